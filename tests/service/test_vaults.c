/* SPDX-License-Identifier: MIT */
/* The lines for vaults, run as they are shown, where their programs can be had: pass and KeePassXC. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/vaults.h"
#include "session.h"

static struct session session;
static char *key;

static const char name[] = "Jane's report";

static void begin(void)
{
	char *path, *stored;

	session_start(&session, SESSION_UNLOCKED);
	key = session_make_key("rk_test_");
	setenv("NAME", name, 1);
	stored = session_output_of("secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name \"$NAME\" mode test "
				   "account ''", key);
	cr_assert(stored);
	free(stored);
	/* "keyguide" in the line is the one under test. */
	cr_assert(asprintf(&path, "%.*s:%s", (int)(strrchr(KEYGUIDE_PATH, '/') - KEYGUIDE_PATH), KEYGUIDE_PATH, getenv("PATH")) > 0);
	setenv("PATH", path, 1);
	free(path);
}

static void done(void)
{
	free(session_output((const char *const[]){ "sh", "-c", "gpgconf --kill all 2>/dev/null", NULL }));
	session_stop(&session);
	free(key);
}

TestSuite(vaults, .init = begin, .fini = done, .timeout = 60);

/* The manual sends its readers there. */
Test(vaults, list__is_installed)
{
	cr_expect_eq(access(PKGDATADIR "/vaults.json", R_OK), 0, PKGDATADIR);
}

static void set_line(const char *id)
{
	for (size_t i = 0; i < vault_count(); i++)
		if (!strcmp(vault_at(i)->id, id)) {
			char *line = vault_line(vault_at(i), name, MODE_TEST);

			setenv("LINE", line, 1);
			free(line);
			return;
		}
	cr_assert_fail("no vault %s", id);
}

static void in_the_session(const char *command, const char *input)
{
	char *output, *whole;

	cr_assert(asprintf(&whole, "cd %s && { %s; } 2>&1", session.folder, command) > 0);
	output = session_output_of(whole, input);
	cr_assert(output, "%s", command);
	free(output);
	free(whole);
}

static void assert_found(const char *command, const char *input)
{
	char *found = session_output_of(command, input);

	cr_assert(found && !strcmp(found, key), "it is not in the vault");
	free(found);
}

Test(vaults, pass__has_the_key_afterwards)
{
	setenv("GNUPGHOME", session.folder, 1);
	in_the_session("gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key keyguide-test default "
		       "default never && pass init keyguide-test", "");
	set_line("pass");
	in_the_session("sh -c \"$LINE\"", "");
	assert_found("pass show \"keyguide/$NAME-test\"", "");
}

/* Its database has a password of its own, which the line asks for on the terminal: script(1) is one. */
Test(vaults, keepassxc__has_the_key_afterwards)
{
	setenv("QT_QPA_PLATFORM", "offscreen", 1);
	in_the_session("keepassxc-cli db-create -q -p Passwords.kdbx", "open\nopen\n");
	set_line("keepassxc");
	in_the_session("script -qec \"$LINE\" /dev/null", "open\n");
	assert_found("keepassxc-cli show -q -s -a Password \"$XDG_STATE_HOME/../Passwords.kdbx\" \"$NAME\"", "open\n");
}
