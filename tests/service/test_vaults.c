/* SPDX-License-Identifier: MIT */
/* The lines for vaults, typed as they are shown, where their programs can be had: pass and KeePassXC. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/vaults.h"
#include "session.h"

static struct session session;
static char *key;   /* the one that is kept now */

static const char name[] = "Jane's report";

/* A new one, in the place of the one before. */
static void keep_a_key(const char *mode, const char *prefix)
{
	char *stored;

	free(key);
	key = session_make_key(prefix);
	setenv("MODE", mode, 1);
	stored = session_output_of("secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name \"$NAME\" mode $MODE "
				   "account ''", key);
	cr_assert(stored);
	free(stored);
}

static void begin(void)
{
	char *path;

	session_start(&session, SESSION_UNLOCKED);
	setenv("NAME", name, 1);
	keep_a_key("test", "rk_test_");
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

static void set_line(const char *id, enum mode mode)
{
	char *line = vault_line(vault_find(id), name, mode);

	setenv("LINE", line, 1);
	free(line);
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

static void assert_found(const char *command, const char *input, const char *wanted)
{
	char *found = session_output_of(command, input);

	cr_assert(found && !strcmp(found, wanted), "it is not in the vault");
	free(found);
}

Test(vaults, pass__has_the_key_afterwards)
{
	setenv("GNUPGHOME", session.folder, 1);
	in_the_session("gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key keyguide-test default "
		       "default never && pass init keyguide-test", "");
	set_line("pass", MODE_TEST);
	in_the_session("sh -c \"$LINE\"", "");
	assert_found("pass show \"keyguide/$NAME-test\"", "", key);
	keep_a_key("test", "rk_test_");
	in_the_session("sh -c \"$LINE\"", "");
	assert_found("pass show \"keyguide/$NAME-test\"", "", key);
}

/* Its database has a password of its own, which the line asks for on the terminal: script(1) is one. */
static void make_database(void)
{
	setenv("QT_QPA_PLATFORM", "offscreen", 1);
	in_the_session("keepassxc-cli db-create -q -p Team.kdbx", "open\nopen\n");
}

#define ASK_KEEPASSXC "keepassxc-cli show -q -s -a Password \"$XDG_STATE_HOME/../Team.kdbx\" \"keyguide/$NAME-"

Test(vaults, keepassxc__has_the_key_afterwards)
{
	char *sandbox;

	make_database();
	set_line("keepassxc", MODE_TEST);
	in_the_session("script -qec \"$LINE\" /dev/null", "open\n");
	assert_found(ASK_KEEPASSXC "test\"", "open\n", key);
	keep_a_key("test", "rk_test_");
	in_the_session("script -qec \"$LINE\" /dev/null", "open\n");
	assert_found(ASK_KEEPASSXC "test\"", "open\n", key);
	sandbox = strdup(key);
	keep_a_key("live", "rk_live_");
	set_line("keepassxc", MODE_LIVE);
	in_the_session("script -qec \"$LINE\" /dev/null", "open\n");
	assert_found(ASK_KEEPASSXC "live\"", "open\n", key);
	assert_found(ASK_KEEPASSXC "test\"", "open\n", sandbox);
	free(sandbox);
}

/* A wrong password, Ctrl-C, the end of the input: the terminal shows again what is typed, and the line has not worked. */
Test(vaults, keepassxc__leaves_the_terminal_as_it_was)
{
	static const char *const typed[] = { "wrong\n", "\x03", "\x04" };

	make_database();
	set_line("keepassxc", MODE_TEST);
	setenv("AROUND", "tty >tty; trap : INT; sh -c \"$LINE\"; echo $?; stty -a; : >over", 1);
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		char *whole, *said;

		/* Typed once the line waits for it: the last that it does before is to hide it. */
		cr_assert(asprintf(&whole, "cd %s && rm -f tty over && ("
				   "until stty -F \"$(cat tty)\" -a | grep -q -e ' -echo '; do sleep 0.05; done; cat; "
				   "until [ -e over ]; do sleep 0.05; done) 2>/dev/null | "
				   "script -qec \"$AROUND\" /dev/null 2>&1", session.folder) > 0);
		said = session_output_of(whole, typed[i]);
		cr_assert(said);
		cr_expect(strstr(said, " echo ") && !strstr(said, " -echo "), "%zu: %s", i, said);
		cr_expect_null(strstr(said, "\n0\r"), "%zu: %s", i, said);
		cr_expect_null(strstr(said, "wrong"), "%zu: %s", i, said);
		cr_expect_eq(!i, strstr(said, "KeePassXC did not take the key") != NULL, "%zu: %s", i, said);
		free(said);
		free(whole);
	}
}
