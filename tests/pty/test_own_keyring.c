/* SPDX-License-Identifier: MIT */
/* Where no keyring runs the wizard starts one: it asks for its password, and is gone when the wizard is. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "journey.h"

enum { LOOK_MS = 50, LOOKS = 200, LINES_MAX = 40 };

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;

static void done(void)
{
	journey_end(&journey);
}

TestSuite(own_keyring, .fini = done, .timeout = 120);

static void kill_the_keyring(void)
{
	kill(journey.session.keyring, SIGKILL);
	waitpid(journey.session.keyring, NULL, 0);
	journey.session.keyring = 0;
}

/* What the wizard has started: each has a folder in the session's own on its command line. NULL: nothing. */
static char *started(void)
{
	char *pattern, *found;

	cr_assert(asprintf(&pattern, "%s/run/keyguide", journey.session.folder) > 0);
	found = session_output((const char *const[]){ "pgrep", "-af", "--", pattern, NULL });
	free(pattern);
	return found;
}

static void nothing_is_left(void)
{
	char *found, *folder;

	for (int looks = 0; looks < LOOKS && (found = started()); looks++) {
		free(found);
		nanosleep(&(struct timespec){ .tv_nsec = LOOK_MS * 1000000L }, NULL);
	}
	found = started();
	cr_assert_null(found, "%s", found);
	cr_assert(asprintf(&folder, "%s/run", journey.session.folder) > 0);
	found = session_output((const char *const[]){ "find", folder, "-name", "keyguide.*", NULL });
	cr_assert_str_eq(found, "");
	free(found), free(folder);
}

/* The screen of an earlier question comes back first: so what was written is counted. */
static void press_until_asked(const char *keys, int times)
{
	const char *at;
	int asked;

	terminal_type(terminal, keys);
	do {
		asked = 0;
		for (at = terminal->written; (at = strstr(at, "Password of the keyring:")); at++)
			asked++;
	} while (asked < times && terminal_read(terminal, 10000));
	cr_assert_eq(asked, times);
}

/* Chooses a password that the session's own keyring daemon knows too. */
static void start_a_new_one(void)
{
	terminal_wait(terminal, "[ Start a keyring ]");
	terminal_answer(terminal, KEY_ENTER, "Password of the keyring:");
	terminal_answer(terminal, "test\r", "The same once more:");
	terminal_answer(terminal, "test\r", "\"Login\"");
}

static void leave(void)
{
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_type(terminal, KEY_RIGHT KEY_ENTER);
	terminal_status(terminal);
}

static void key_is_kept(void)
{
	char *found = session_lookup("reporting-readonly", "test");

	cr_assert(found);
	cr_assert_str_eq(found, journey.key);
	free(found);
}

/* A line to type may be broken anywhere, and be quoted: how it is depends on where keyguide is installed. */
static bool shows_unbroken(const char *line)
{
	char *text, *to;
	bool found;

	terminal_shows(terminal, "");   /* waits for the whole paint */
	text = to = strdup(terminal_text(terminal));
	for (const char *at = text; *at; at++)
		if (!isspace((unsigned char)*at) && *at != '\'')
			*to++ = *at;
	*to = '\0';
	found = strstr(text, line) != NULL;
	free(text);
	return found;
}

static void read_on_until(const char *line)
{
	for (int rows = 0; rows < LINES_MAX && !shows_unbroken(line); rows++)
		terminal_type(terminal, KEY_DOWN);
	cr_assert(shows_unbroken(line), "the screen is:\n%s", terminal_text(terminal));
}

Test(own_keyring, on_a_bus_without_one__keeps_the_key)
{
	journey_prepare(&journey, SESSION_ABSENT, "alive");
	journey_start(&journey, 80, 24, NULL);
	start_a_new_one();
	journey_go_to(&journey, 6);
	journey_paste(&journey);
	key_is_kept();
	terminal_answer(terminal, KEY_ENTER, "As planned");
	terminal_answer(terminal, KEY_ENTER, "Your keyring closes when keyguide ends.");
	read_on_until("/with-keyringbash");
	leave();
	nothing_is_left();
}

Test(own_keyring, without_any_bus__keeps_the_key)
{
	char *address;

	journey_prepare(&journey, SESSION_ABSENT, "alive");
	address = strdup(getenv("DBUS_SESSION_BUS_ADDRESS"));
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "no desktop session");
	start_a_new_one();
	journey_go_to(&journey, 6);
	journey_paste(&journey);
	cr_assert(started());
	leave();
	nothing_is_left();
	/* It is in the file: another daemon finds it there. */
	setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
	free(address);
	session_start_keyring(&journey.session);
	key_is_kept();
}

Test(own_keyring, that_is_there__is_asked_for_until_its_password_is_right)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	kill_the_keyring();
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "[ Start a keyring ]");
	terminal_answer(terminal, KEY_ENTER, "Password of the keyring:");
	terminal_answer(terminal, "wrong\r", "That is not the password");
	terminal_answer(terminal, "test\r", "\"Login\"");
	leave();
	nothing_is_left();
}

Test(own_keyring, that_is_locked_without_a_window__is_opened_here)
{
	journey_prepare(&journey, SESSION_LOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "[ Start a keyring ]");
	cr_assert_not(terminal_shows(terminal, "Unlock the keyring"), "no window can come up");
	terminal_answer(terminal, KEY_ENTER, "Password of the keyring:");
	terminal_answer(terminal, "test\r", "\"Login\"");
}

Test(own_keyring, that_died_in_step_six__loses_no_key)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	kill_the_keyring();
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "Start a keyring on this computer");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "Password of the keyring:");
	terminal_answer(terminal, KEY_CTRL_C, "No keyring was started");
	terminal_wait(terminal, "The key is not kept yet");
	press_until_asked(KEY_ENTER, 2);   /* the cursor is still on it */
	terminal_answer(terminal, "test\r", "acct_1Standin");
	key_is_kept();
	cr_assert_not(terminal_wrote(terminal, journey.key));
	cr_assert_not(terminal_wrote(terminal, "test\r"));
}

/* The bus goes with it, and the wizard still has its address. */
Test(own_keyring, of_its_own_that_died__is_started_again)
{
	char *ended;

	journey_prepare(&journey, SESSION_ABSENT, "alive");
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	journey_start(&journey, 80, 24, NULL);
	start_a_new_one();
	journey_go_to(&journey, 6);
	ended = session_output_of("read -r folder; kill $(pgrep -f \"gnome-keyring-daemon.*$folder/run/keyguide\")",
				  journey.session.folder);
	cr_assert(ended);
	free(ended);
	nothing_is_left();
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "Start a keyring on this computer");
	press_until_asked(KEY_DOWN KEY_ENTER, 2);
	terminal_answer(terminal, "test\r", "acct_1Standin");
	leave();
	nothing_is_left();
}

/* A service that could make its first keyring in a window only. */
Test(own_keyring, beside_a_service_without_one__is_made_here)
{
	journey_prepare(&journey, SESSION_EMPTY, NULL);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "You have no keyring yet");
	start_a_new_one();
	leave();
	nothing_is_left();
}

Test(own_keyring, given_up__goes_back_to_the_page)
{
	journey_prepare(&journey, SESSION_ABSENT, NULL);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "[ Start a keyring ]");
	terminal_answer(terminal, KEY_ENTER, "Password of the keyring:");
	terminal_answer(terminal, KEY_CTRL_C, "No keyring was started");
	press_until_asked(KEY_ENTER, 2);
	terminal_answer(terminal, "one\r", "The same once more:");
	press_until_asked("two\r", 3);
	cr_assert(terminal_shows(terminal, "The two are not the same"));
	terminal_answer(terminal, KEY_CTRL_Z KEY_CTRL_C, "No keyring was started");
	press_until_asked(KEY_ENTER, 4);
	terminal_answer(terminal, "\004", "[ Start a keyring ]");
	cr_assert(terminal_shows(terminal, "No keyring was started"));
}

Test(own_keyring, ends_with_a_wizard__that_is_killed)
{
	journey_prepare(&journey, SESSION_ABSENT, NULL);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	journey_start(&journey, 80, 24, NULL);
	start_a_new_one();
	cr_assert(started());
	kill(terminal->pid, SIGKILL);
	terminal_status(terminal);
	nothing_is_left();
}

Test(own_keyring, in_numbered_lines__is_started_too)
{
	static const char *const plain[] = { "--plain", NULL };

	journey_prepare(&journey, SESSION_ABSENT, NULL);
	unsetenv("XDG_DATA_HOME");
	journey_start(&journey, 80, 50, plain);
	terminal_wait(terminal, "6 Try again");
	terminal_golden(terminal, "trouble-absent-plain");
	terminal_answer(terminal, "5\r", "Password of the keyring:");
	terminal_answer(terminal, "test\r", "The same once more:");
	terminal_answer(terminal, "test\r", "\"Login\"");
	terminal_type(terminal, KEY_CTRL_C);
	terminal_wait(terminal, "Leave keyguide?");
}

Test(own_keyring, in_a_rehearsal__is_not_offered)
{
	static const char *const demo[] = { "--demo", NULL };

	journey_prepare(&journey, SESSION_ABSENT, NULL);
	journey_start(&journey, 80, 24, demo);
	terminal_wait(terminal, "[ Start ]");
	cr_assert_not(terminal_shows(terminal, "Start a keyring"));
}

Test(own_keyring, where_it_is_not_installed__is_not_offered)
{
	char *path = strdup(getenv("PATH"));

	journey_prepare(&journey, SESSION_ABSENT, NULL);
	setenv("PATH", "/nowhere", 1);
	journey_start(&journey, 80, 24, NULL);
	setenv("PATH", path, 1);
	free(path);
	terminal_wait(terminal, "[ Try again ]");
	cr_assert_not(terminal_shows(terminal, "Start a keyring"));
}

Test(own_keyring, in_another_language__is_asked_for_in_it)
{
	journey_prepare(&journey, SESSION_ABSENT, NULL);
	setenv("LANGUAGE", "qps", 1);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "⟦Stárt á kéýrîñg");
	terminal_answer(terminal, KEY_ENTER, "⟦Páššwörd öf thé kéýrîñg:");
}
