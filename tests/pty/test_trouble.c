/* SPDX-License-Identifier: MIT */
/* What goes wrong: the keyring, wrong pastes, leaving, no network. Nothing is lost, and every screen says what to do. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journey.h"

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;

static void done(void)
{
	journey_end(&journey);
}

TestSuite(trouble, .fini = done, .timeout = 120);

/* Without a password manager's program, whatever this computer has: the menus are the same everywhere. */
static void start_with_path(const char *programs)
{
	char *path = strdup(getenv("PATH"));

	setenv("PATH", programs, 1);
	journey_start(&journey, 80, 24, NULL);
	setenv("PATH", path, 1);
	free(path);
	journey_go_to(&journey, 6);
}

static void at_step_six(const char *state)
{
	journey_prepare(&journey, SESSION_UNLOCKED, state);
	start_with_path("/nowhere");
}

static void kill_the_keyring(void)
{
	kill(journey.session.keyring, SIGKILL);
	waitpid(journey.session.keyring, NULL, 0);
	journey.session.keyring = 0;
}

Test(trouble, without_a_keyring__nothing_begins_until_there_is_one)
{
	journey_prepare(&journey, SESSION_ABSENT, NULL);
	unsetenv("XDG_DATA_HOME");   /* the folder of the keyrings is named: this one is called the same everywhere */
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "No keyring is running");
	terminal_wait(terminal, "Try again");
	cr_assert_not(terminal_shows(terminal, "[ Start ]"));
	terminal_golden(terminal, "trouble-absent");
	session_start_keyring(&journey.session);
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "\"Login\"");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
}

Test(trouble, a_locked_keyring__is_said_and_asked_for)
{
	journey_prepare(&journey, SESSION_LOCKED, NULL);
	session_start_display(&journey.session);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "Unlock the keyring");
	terminal_golden(terminal, "trouble-locked");
	terminal_answer(terminal, KEY_ENTER, "stayed locked");
}

/* By the keyring's own window: closed first, then given the password. */
Test(trouble, a_locked_keyring__is_opened_by_its_own_window)
{
	journey_prepare(&journey, SESSION_LOCKED, NULL);
	session_start_display(&journey.session);
	session_start_prompter(&journey.session);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "Unlock the keyring");
	terminal_type(terminal, KEY_ENTER);
	session_type_into_window("", "Escape");
	terminal_wait(terminal, "stayed locked");
	terminal_wait(terminal, "Unlock the keyring");
	terminal_type(terminal, KEY_LEFT KEY_ENTER);
	session_type_into_window("test", "Return");
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
}

Test(trouble, a_keyring_that_does_not_answer__is_given_up)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	kill(journey.session.keyring, SIGSTOP);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "did not answer in time");
	kill(journey.session.keyring, SIGCONT);
}

Test(trouble, a_keyring_that_dies__loses_no_key)
{
	char *found;

	at_step_six("alive");
	kill_the_keyring();
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "The key is not kept yet");
	terminal_golden(terminal, "trouble-not-kept");
	/* Held now: so that not finding it below means something. */
	if (!geteuid())
		cr_assert_gt(session_count_in_memory(terminal->pid, journey.key), 0);
	session_start_keyring(&journey.session);
	terminal_answer(terminal, KEY_ENTER, "acct_1Standin");
	found = session_lookup("reporting-readonly", "test");
	cr_assert_str_eq(found, journey.key);
	if (!geteuid())
		cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0);
}

/* Below a folder where a file should be nothing can be written, for root neither. The key is safe; what is lost is said. */
Test(trouble, a_record_that_cannot_be_written__is_said_at_the_end)
{
	char *found, *left;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	free(session_output_of("mkdir -p \"$XDG_DATA_HOME/keyguide/keys/test-reporting-readonly.json.new/x\"", ""));
	start_with_path("/nowhere");
	journey_paste(&journey);
	terminal_answer(terminal, KEY_ENTER, "what you planned");
	terminal_answer(terminal, KEY_ENTER, "keyguide run");
	terminal_type(terminal, KEY_TAB KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0, "the key is kept, and that was the task");
	cr_assert(terminal_wrote(terminal, "nothing will remind you of it ("));
	cr_assert(terminal_wrote(terminal, "the key itself is safe in your keyring"));
	found = session_lookup("reporting-readonly", "test");
	cr_assert_str_eq(found, journey.key);
	left = session_output_of("cat \"$XDG_DATA_HOME\"/keyguide/keys/*.json 2>/dev/null; true", "");
	cr_assert(!left || !*left);
}

Test(trouble, a_key_on_the_clipboard__is_gone_when_the_next_one_is_asked_for)
{
	char *live = session_make_key("rk_live_"), *folder, *link, *found;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	session_start_display(&journey.session);
	/* The program of the clipboard alone. */
	cr_assert(asprintf(&folder, "%s/bin", journey.session.folder) > 0 && !mkdir(folder, 0700));
	cr_assert(asprintf(&link, "ln -s \"$(command -v xclip)\" %s", folder) > 0);
	free(session_output_of(link, ""));
	start_with_path(folder);
	kill_the_keyring();
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "The key is not kept yet");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "The key is on the clipboard for one minute.");
	cr_assert(session_clipboard_becomes(journey.key), "the screen is:\n%s", terminal_text(terminal));
	terminal_wait(terminal, "It is in my password manager now");
	terminal_answer(terminal, KEY_DOWN KEY_DOWN KEY_ENTER, "You have the key in a safe place");
	session_start_keyring(&journey.session);
	terminal_answer(terminal, KEY_ENTER, "Who uses the key?");
	journey_live_round(&journey);   /* within the minute for which the first one is on the clipboard */
	cr_assert(session_clipboard_becomes(""));
	terminal_paste(terminal, live);
	terminal_wait(terminal, "Kept: ");
	found = session_lookup("reporting-readonly", "live");
	cr_assert(found && !strcmp(found, live));
	free(found), free(live), free(folder), free(link);
}

Test(trouble, leaving_with_an_unsaved_key__takes_a_second_answer)
{
	at_step_six("alive");
	kill_the_keyring();
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "The key is not kept yet");
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_answer(terminal, KEY_ENTER, "The key is not kept yet");   /* Enter stays */
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "Leave without the key?");
	terminal_golden(terminal, "trouble-abandon");
	terminal_answer(terminal, KEY_ENTER, "The key is not kept yet");
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "Leave without the key?");
	terminal_type(terminal, KEY_RIGHT KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 3);
	cr_assert(terminal_wrote(terminal, "expire it in Stripe"));
	cr_assert_not(terminal_wrote(terminal, journey.key));
}

Test(trouble, wrong_kinds__are_named_and_not_kept)
{
	char *secret = session_make_key("sk_live_"), *masked = session_make_key("rk_test_");

	at_step_six("alive");
	terminal_paste(terminal, secret);
	terminal_wait(terminal, "secret key (sk_)");
	terminal_golden(terminal, "trouble-secret-key");
	strcpy(masked + 8, "...wEg1");
	terminal_paste(terminal, masked);
	terminal_wait(terminal, "hidden copy");
	terminal_paste(terminal, "nothing like it");
	terminal_wait(terminal, "does not look like a key");
	if (!geteuid())
		cr_assert_eq(session_count_in_memory(terminal->pid, secret), 0);
	cr_assert_null(session_lookup("reporting-readonly", "test"));
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
}

Test(trouble, a_live_key_in_the_sandbox_round__is_asked_about)
{
	char *live = session_make_key("rk_live_"), *found;

	at_step_six("alive");
	terminal_paste(terminal, live);
	terminal_wait(terminal, "This is a live key");
	terminal_golden(terminal, "trouble-other-mode");
	terminal_answer(terminal, KEY_ENTER, "Key  ▏");   /* nothing is kept by an Enter too many */
	cr_assert_null(session_lookup("reporting-readonly", "live"));
	terminal_paste(terminal, live);
	terminal_wait(terminal, "This is a live key");
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "Kept");
	found = session_lookup("reporting-readonly", "live");
	cr_assert_str_eq(found, live);
}

Test(trouble, debris_around_the_key__is_taken_off)
{
	char *text, *found;

	at_step_six("alive");
	cr_assert(asprintf(&text, "  export STRIPE_API_KEY=\"%s\"\r\n", journey.key) > 0);
	terminal_paste(terminal, text);
	free(text);
	terminal_wait(terminal, "acct_1Standin");
	terminal_wait(terminal, "were taken off");
	found = session_lookup("reporting-readonly", "test");
	cr_assert_str_eq(found, journey.key);
}

Test(trouble, a_dead_key__is_said)
{
	at_step_six("expired");
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "does not work");
	terminal_wait(terminal, "Paste again");
}

Test(trouble, offline__is_no_failure)
{
	static const char *const nobody[] = { "--api-base", "https://127.0.0.1:1", NULL };
	char *found;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, nobody);
	journey_go_to(&journey, 6);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "could not be reached");
	terminal_wait(terminal, "The key is safe.");
	terminal_golden(terminal, "trouble-offline");
	found = session_lookup("reporting-readonly", "test");
	cr_assert_str_eq(found, journey.key);
	terminal_answer(terminal, KEY_ENTER, "not known whether");
	terminal_golden(terminal, "trouble-offline-report");
	terminal_answer(terminal, KEY_ENTER, "keyguide run");
}

Test(trouble, a_paste__never_presses_enter)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 3);
	terminal_paste(terminal, "-2026\r\n\r\n");
	terminal_wait(terminal, "reporting-readonly-2026");
	cr_assert(terminal_shows(terminal, "▸ 3"));
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
}

static void forgets_a_key_pasted_in(int step)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, step);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "looked like a key");
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
	cr_assert_not(session_is_in_files(&journey.session, journey.key));
	cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0);
}

Test(trouble, a_key_typed_as_a_name__is_forgotten__and_in_no_memory)
{
	forgets_a_key_pasted_in(3);
}

/* A paste is taken for a search there, wherever the focus is. */
Test(trouble, a_key_pasted_on_the_grid__is_forgotten__and_in_no_memory)
{
	forgets_a_key_pasted_in(4);
	cr_assert_not(terminal_wrote(terminal, "rk_test_"));
	terminal_answer(terminal, "payouts", "Payouts");
	cr_assert_not(terminal_shows(terminal, "looked like a key"));
}

Test(trouble, write__is_asked_about)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 4);
	terminal_answer(terminal, "charges and", "Charges and Refunds");
	terminal_answer(terminal, KEY_RIGHT, "[Read]");
	terminal_answer(terminal, KEY_RIGHT, "Write lets the holder move money");
	terminal_golden(terminal, "permissions-write");
	terminal_answer(terminal, KEY_ENTER, "1 Read · 0 Write");
	terminal_answer(terminal, KEY_RIGHT, "Allow Write");
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "0 Read · 1 Write");
}
