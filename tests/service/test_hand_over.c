/* SPDX-License-Identifier: MIT */
/*
 * The ways out when the keyring failed: a real clipboard (xclip and xsel on a private X server, wl-clipboard on a private
 * Wayland compositor) and a real password manager (pass).
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "sys/clipboard.h"

static struct session session;
static char *text;
static struct secret *key;

static void begin(void)
{
	session_start(&session, SESSION_ABSENT);
	text = session_make_key("rk_test_");
	key = secret_new(SECRET_ROOM);
	secret_append(key, text, strlen(text));
}

static void done(void)
{
	free(session_output((const char *const[]){ "sh", "-c", "gpgconf --kill all 2>/dev/null", NULL }));
	secret_free(key);
	session_stop(&session);
}

TestSuite(hand_over, .init = begin, .fini = done, .timeout = 60);

/* ---- the clipboard, by each of the programs that reach one ---- */

/* What a tool is made of, for a shell; the first is the one that is found. */
static const char *every[] = { "xclip", "xsel", "wl-copy wl-paste cat rm" };

static char *all_programs;

/* Nothing but TOOL is on PATH, until all_are_found(). */
static void find_only(const char *tool)
{
	char *command, *only;

	cr_assert(asprintf(&command, "cd '%s' && rm -rf only && mkdir only && for part in %s; do "
		"ln -s \"$(command -v $part)\" only || exit; done && echo \"$PWD/only\"", session.folder, tool) > 0);
	only = session_output_of(command, "");
	cr_assert(only, "%s is not there", tool);
	all_programs = strdup(getenv("PATH"));
	setenv("PATH", only, 1);
	cr_assert(!strncmp(clipboard_found(), tool, strlen(clipboard_found())));
	free(command), free(only);
}

static void all_are_found(void)
{
	setenv("PATH", all_programs, 1);
	free(all_programs);
}

static void put_by(const char *tool)
{
	find_only(tool);
	cr_assert_eq(clipboard_put(key, NULL), FAULT_NONE);
	all_are_found();
	cr_assert(session_clipboard_becomes(text));
}

static enum clipboard_cleared clear_by(const char *tool)
{
	enum clipboard_cleared cleared;

	find_only(tool);
	cleared = clipboard_clear(key);
	all_are_found();
	return cleared;
}

/* A test that runs once with each of them; its display is started. */
#define EACH(NAME) \
	static void NAME(const char *tool); \
	ParameterizedTestParameters(hand_over, NAME) \
	{ \
		static size_t numbers[] = { 0, 1, 2 }; \
		return cr_make_param_array(size_t, numbers, 3); \
	} \
	ParameterizedTest(size_t *number, hand_over, NAME) \
	{ \
		(*number == 2 ? session_start_wayland : session_start_display)(&session); \
		NAME(every[*number]); \
	} \
	static void NAME(const char *tool)

EACH(clipboard__holds_the_key_and_is_cleared)
{
	put_by(tool);
	cr_assert_eq(clear_by(tool), CLIPBOARD_EMPTIED);
	cr_assert(session_clipboard_becomes(""));
}

EACH(clipboard__of_somebody_else_is_left_alone)
{
	free(session_output_of("{ [ -n \"$WAYLAND_DISPLAY\" ] && wl-copy || xclip -selection clipboard; } >/dev/null 2>&1",
			       "other"));
	cr_assert(session_clipboard_becomes("other"));
	cr_assert_eq(clear_by(tool), CLIPBOARD_OTHER);
	cr_assert(session_clipboard_becomes("other"));
}

EACH(clipboard__is_left_alone__once_the_key_is_wiped)
{
	put_by(tool);
	secret_wipe(key);
	cr_assert_eq(clear_by(tool), CLIPBOARD_OTHER);
	cr_assert(session_clipboard_becomes(text));
}

/* Nothing was ever on it: some programs call that an error. */
EACH(clipboard__that_is_empty_is_somebody_elses)
{
	cr_assert_eq(clear_by(tool), CLIPBOARD_OTHER);
}

Test(hand_over, clipboard__says_so_where_there_is_none)
{
	struct fault fault;

	cr_assert_eq(clipboard_put(key, &fault), FAULT_CLIPBOARD);
	cr_assert_eq(clipboard_clear(key), CLIPBOARD_UNKNOWN);
}

static void make_password_store(void)
{
	char *made;

	setenv("GNUPGHOME", session.folder, 1);
	made = session_output((const char *const[]){ "sh", "-c", "gpg --batch --quiet --pinentry-mode loopback "
		"--passphrase '' --quick-generate-key keyguide-test default default never 2>/dev/null && "
		"pass init keyguide-test", NULL });
	cr_assert(made, "no password store");
	free(made);
}

/* Gives it under NAME, which comes to ENTRY, and is there whole. */
static void assert_given(const char *name, const char *entry)
{
	char *told, *found;

	cr_assert_eq(manager_give(key, name, "test", &told, NULL), FAULT_NONE, "%s", name);
	cr_assert_str_eq(told, entry);
	found = session_output((const char *const[]){ "pass", "show", entry, NULL });
	cr_assert(found && !strcmp(found, text), "%s", entry);
	free(told);
	free(found);
}

Test(hand_over, manager__keeps_the_key)
{
	make_password_store();
	cr_assert_str_eq(manager_found(), "pass");
	assert_given("../re ports", "keyguide/_._re ports-test");
	assert_given("-x", "keyguide/_x-test");
	assert_given("請求", "keyguide/請求-test");
	assert_given("会計", "keyguide/会計-test");
	assert_given("a\033b", "keyguide/a\uFFFDb-test");
}

/* 80 of the longest characters: the name is cut, the key is not lost. */
Test(hand_over, manager__keeps_the_key__whatever_the_length_of_its_name)
{
	char name[4 * 80 + 1] = "", entry[400];

	make_password_store();
	for (int i = 0; i < 80; i++)
		strcat(name, "😀");
	snprintf(entry, sizeof entry, "keyguide/%.200s-test", name);
	assert_given(name, entry);
}

Test(hand_over, manager__overwrites_nothing)
{
	char *first = text, *found;

	make_password_store();
	assert_given("reports", "keyguide/reports-test");
	text = session_make_key("rk_test_");
	secret_wipe(key);
	secret_append(key, text, strlen(text));
	assert_given("reports", "keyguide/reports-test-2");
	found = session_output((const char *const[]){ "pass", "show", "keyguide/reports-test", NULL });
	cr_assert_str_eq(found, first);
	/* Where the store is by itself. */
	setenv("PASSWORD_STORE_DIR", "", 1);
	assert_given("reports", "keyguide/reports-test-3");
	free(first);
	free(found);
}

Test(hand_over, manager__says_so_when_it_fails)
{
	char *entry;

	setenv("PASSWORD_STORE_DIR", "/proc/nowhere", 1);
	cr_assert_eq(manager_give(key, "reports", "test", &entry, NULL), FAULT_MANAGER);
	cr_assert_null(entry);
}
