/* SPDX-License-Identifier: MIT */
/* All six steps in the installed program, in several languages and window sizes, with golden screens. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journey.h"

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;
static char variant[32];   /* "de-60x20": of this test's golden screens */
static bool few;           /* of them are compared: what every language has in common needs no more */

static void done(void)
{
	journey_end(&journey);
}

TestSuite(six_steps, .fini = done, .timeout = 120);

static void golden(const char *page)
{
	static const char *const telling[] = { "0-before", "4-read", "6-report" };
	bool tells = !few;
	char name[64];

	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
		tells = tells || !strcmp(page, telling[i]);
	if (!tells)
		return;
	snprintf(name, sizeof name, "%s-%s", variant, page);
	terminal_golden(terminal, name);
}

static void find_the_key(void)
{
	char *found = session_lookup("reporting-readonly", "test");

	cr_assert(found, "another program does not find the key");
	cr_assert_str_eq(found, journey.key);
	free(found);
}

/* The header says that this is step NUMBER; where it is read from right to left the sign points there. */
static void step_comes(const char *keys, int number)
{
	char mark[16];

	snprintf(mark, sizeof mark, strncmp(variant, "ar", 2) ? "▸ %d" : "%d ◂", number);
	terminal_answer(terminal, keys, mark);
}

static void through_the_permissions(void)
{
	golden("4-permissions");
	terminal_type(terminal, strncmp(variant, "ar", 2) ? KEY_DOWN KEY_RIGHT : KEY_DOWN KEY_LEFT);
	terminal_wait(terminal, "[Read]");
	golden("4-read");
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	golden("4-list");
	terminal_answer(terminal, " ", "[x]");
}

static void walk(const char *language, int columns, int rows)
{
	snprintf(variant, sizeof variant, "%s-%dx%d", language, columns, rows);
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	setenv("LANGUAGE", language, 1);
	journey_start(&journey, columns, rows, NULL);
	terminal_wait(terminal, rows > 12 ? "\"Login\"" : "[ Start ]");
	golden("0-before");
	step_comes(KEY_ENTER, 1);
	golden("1-open");
	terminal_type(terminal, KEY_ENTER);
	step_comes(KEY_ENTER, 2);
	golden("2-start");
	step_comes(KEY_ENTER, 3);
	golden("3-name");
	step_comes(KEY_ENTER, 4);
	through_the_permissions();
	step_comes(KEY_ENTER, 5);
	golden("5-create");
	step_comes(KEY_ENTER, 6);
	golden("6-copy");
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	golden("6-kept");
	find_the_key();
	terminal_answer(terminal, KEY_ENTER, "Balance");
	golden("6-report");
	terminal_type(terminal, KEY_ENTER);
	terminal_wait(terminal, "(•)");
	golden("7-after");
	terminal_type(terminal, KEY_TAB KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_not(terminal_wrote(terminal, journey.key));
}

Test(six_steps, in_english__80x24) { walk("en", 80, 24); }
Test(six_steps, in_english__60x20) { walk("en", 60, 20); }
Test(six_steps, in_english__40x12) { walk("en", 40, 12); }
Test(six_steps, in_german__80x24) { walk("de", 80, 24); }
Test(six_steps, in_german__60x20) { walk("de", 60, 20); }

static void glance(const char *language)
{
	few = true;
	walk(language, 80, 24);
}

Test(six_steps, in_arabic) { glance("ar"); }
Test(six_steps, in_spanish) { glance("es"); }
Test(six_steps, in_french) { glance("fr"); }
Test(six_steps, in_italian) { glance("it"); }
Test(six_steps, in_brazilian_portuguese) { glance("pt_BR"); }
Test(six_steps, in_dutch) { glance("nl"); }
Test(six_steps, in_japanese) { glance("ja"); }
Test(six_steps, in_korean) { glance("ko"); }
Test(six_steps, in_polish) { glance("pl"); }
Test(six_steps, in_turkish) { glance("tr"); }
Test(six_steps, in_chinese) { glance("zh_CN"); }
Test(six_steps, in_the_pseudo_language__80x24) { walk("qps", 80, 24); }
Test(six_steps, in_the_pseudo_language__60x20) { walk("qps", 60, 20); }

/* ---- the key is nowhere but in the keyring ---- */

static bool file_has(const char *path, const char *text)
{
	char bytes[256 * 1024];
	FILE *file = fopen(path, "r");
	size_t length;

	if (!file)
		return false;
	length = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	return memmem(bytes, length, text, strlen(text)) != NULL;
}

/* Command lines and environments of every process there is. */
static void look_at_processes(const char *piece)
{
	DIR *processes = opendir("/proc");
	const struct dirent *process;
	char path[300];

	while ((process = readdir(processes))) {
		if (!strspn(process->d_name, "0123456789"))
			continue;
		snprintf(path, sizeof path, "/proc/%s/cmdline", process->d_name);
		cr_assert_not(file_has(path, piece), "%s", path);
		snprintf(path, sizeof path, "/proc/%s/environ", process->d_name);
		cr_assert_not(file_has(path, piece), "%s", path);
	}
	closedir(processes);
}

Test(six_steps, leave_the_key_nowhere)
{
	char piece[25] = "";

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	memcpy(piece, journey.key + 8, 24);
	look_at_processes(piece);
	cr_assert_not(terminal_wrote(terminal, piece));
	cr_assert_not(session_is_in_files(&journey.session, journey.key));
	find_the_key();
}

Test(six_steps, leave_the_key_in_no_memory)
{
	if (geteuid())
		cr_skip_test("only root can read the memory of a program that is not dumpable");
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0);
}

/* Typed without the marks of a paste, as an old terminal sends it. */
Test(six_steps, take_a_key_without_paste_marks)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	terminal_type(terminal, journey.key);
	terminal_wait(terminal, "107");
	terminal_answer(terminal, KEY_ENTER, "acct_1Standin");
	find_the_key();
}

Test(six_steps, go_on_with_the_live_key)
{
	char *live = session_make_key("rk_live_"), *found;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	terminal_answer(terminal, KEY_ENTER, "what you planned");
	terminal_answer(terminal, KEY_ENTER, "keyguide run");
	journey_live_round(&journey);
	terminal_paste(terminal, live);
	terminal_wait(terminal, "does not work");   /* the stand-in knows the sandbox key only */
	found = session_lookup("reporting-readonly", "live");
	cr_assert_str_eq(found, live);
	find_the_key();
}

/* The terminal within a terminal that many people work in: its own keys, colours and paste marks. The socket is the caller's. */
static char *start_in_tmux(void)
{
	char *socket;

	cr_assert(asprintf(&socket, "%s/tmux", journey.session.folder) > 0);
	terminal_start(terminal, 80, 25, (const char *const[]){ "/usr/bin/env", "tmux", "-u", "-f", "/dev/null", "-S",
		socket, "new-session", KEYGUIDE_PATH, "--api-base", journey.peer.base, "--ca-file",
		journey.peer.certificate, ";", "set-option", "destroy-unattached", "on", ";", "set-option", "-s",
		"set-clipboard", "on", NULL });
	return socket;
}

Test(six_steps, inside_tmux)
{
	char *socket;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	socket = start_in_tmux();
	journey_go_to(&journey, 6);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	find_the_key();
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
	terminal_answer(terminal, KEY_ENTER, "what you planned");
	terminal_answer(terminal, KEY_ENTER, "keyguide run");
	terminal_type(terminal, KEY_TAB KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	free(socket);
}

/* What is said to answers from a pipe: up to the key, the key, and what REST (for a shell) does behind it. */
static char *said_through_a_pipe(const char *rest)
{
	char *command, *said;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	/* The key comes from a file descriptor, so that it is in no argument. */
	setenv("KEYGUIDE", KEYGUIDE_PATH, 1);
	cr_assert(asprintf(&command, "{ printf '\\n\\n\\n\\nbalance\\n1\\n*\\n\\n\\n\\n'; cat; %s; } | "
		"\"$KEYGUIDE\" --plain --api-base %s --ca-file %s; echo status $?", rest, journey.peer.base,
		journey.peer.certificate) > 0);
	said = session_output_of(command, journey.key);
	free(command);
	cr_assert(said);
	return said;
}

/* The same pages and words as numbered lines, from a pipe. */
Test(six_steps, as_lines__through_a_pipe)
{
	char *said = said_through_a_pipe("printf '\\n\\n\\n6\\n'");

	cr_assert(strstr(said, "Step 6 of 6"), "%s", said);
	cr_assert_not(strstr(said, "Nothing happens after pasting?"), "that is for the screen");
	cr_assert(strstr(said, "status 0"), "%s", said);
	cr_assert(strstr(said, "acct_1Standin"), "%s", said);
	cr_assert(strstr(said, "The key does what you planned (SANDBOX"), "%s", said);
	cr_assert(strstr(said, "- Balance: wanted: Read, is: Read."), "%s", said);
	cr_assert_not(strstr(said, journey.key + 8));
	find_the_key();
}

/* What makes a pipe's last line may write no line break. */
Test(six_steps, as_lines__take_a_key_without_a_line_break)
{
	char *said = said_through_a_pipe("sleep 0.3");

	cr_assert(strstr(said, "acct_1Standin"), "%s", said);
	cr_assert(strstr(said, "status 3"), "%s", said);
	find_the_key();
}

/* ---- the clipboard, once the key is kept ---- */

static void put_on_clipboard(const char *text)
{
	char *nothing = session_output_of("xclip -selection clipboard >/dev/null 2>&1", text);

	free(nothing);
	cr_assert(session_clipboard_becomes(text));
}

static void press_clear(void)
{
	journey_go_to(&journey, 6);
	journey_paste(&journey);
	terminal_wait(terminal, "Clear the clipboard");
	terminal_wait(terminal, "Asked Stripe");
	terminal_type(terminal, KEY_LEFT KEY_ENTER);
}

Test(six_steps, clipboard__is_emptied__and_the_key_in_no_memory)
{
	char *line;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	session_start_display(&journey.session);
	cr_assert(asprintf(&line, "STRIPE_API_KEY=%s", journey.key) > 0);
	put_on_clipboard(line);
	journey_start(&journey, 80, 24, NULL);
	press_clear();
	terminal_wait(terminal, "The clipboard is empty now.");
	cr_assert(session_clipboard_becomes(""));
	if (!geteuid())
		cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0, "fetched for it, and gone again");
	free(line);
}

Test(six_steps, clipboard__is_left_alone__with_something_else_on_it)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	session_start_display(&journey.session);
	put_on_clipboard("a shopping list");
	journey_start(&journey, 80, 24, NULL);
	press_clear();
	terminal_wait(terminal, "It was left alone.");
	cr_assert(session_clipboard_becomes("a shopping list"));
}

Test(six_steps, clipboard__is_asked_of_the_terminal__where_nothing_else_can_reach_it)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	journey_paste(&journey);
	terminal_wait(terminal, "Clear the clipboard");
	cr_assert_not(terminal_wrote(terminal, "\033]52;"), "never unasked");
	terminal_wait(terminal, "Asked Stripe");
	terminal_answer(terminal, KEY_LEFT KEY_ENTER, "Your terminal was asked");
	cr_assert(terminal_wrote(terminal, "\033]52;c;IA==\033\\"));
}

/* tmux is such a terminal: what is asked of it lies on its own clipboard then, in front of what was there. */
Test(six_steps, clipboard__is_asked_of_tmux)
{
	char *socket, *held;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	socket = start_in_tmux();
	journey_go_to(&journey, 6);
	held = session_output((const char *const[]){ "tmux", "-S", socket, "set-buffer", journey.key, NULL });
	free(held);
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "acct_1Standin");
	terminal_answer(terminal, KEY_LEFT KEY_ENTER, "Your terminal was asked");
	held = session_output((const char *const[]){ "tmux", "-S", socket, "show-buffer", NULL });
	cr_assert_str_eq(held ? held : "none", " ");
	free(held), free(socket);
}
