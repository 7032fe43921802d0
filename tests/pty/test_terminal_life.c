/* SPDX-License-Identifier: MIT */
/* The terminal's own life: resize, stop and go on, signals, hang-up, crash; leaving and coming back. */
#include <criterion/criterion.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "journey.h"

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;

static void done(void)
{
	journey_end(&journey);
}

TestSuite(terminal_life, .fini = done, .timeout = 120);

static void at_step(int step, int columns, int rows)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, columns, rows, NULL);
	journey_go_to(&journey, step);
}

static bool progress_says(const char *text)
{
	char *path, *found;
	bool says;

	cr_assert(asprintf(&path, "%s/state/keyguide/progress.json", journey.session.folder) > 0);
	found = session_output((const char *const[]){ "grep", text, path, NULL });
	says = found != NULL;
	free(found);
	free(path);
	return says;
}

/* As the system makes a terminal, before any program changed it. */
static struct termios fresh_settings(void)
{
	struct termios settings;
	int master, other;

	cr_assert(!openpty(&master, &other, NULL, NULL, NULL));
	cr_assert(!tcgetattr(master, &settings));
	close(master);
	close(other);
	return settings;
}

static const char *last_of(const char *text)
{
	const char *last = NULL, *from = terminal->written, *end = from + terminal->written_length;

	while ((from = memmem(from, (size_t)(end - from), text, strlen(text))))
		last = from++;
	return last;
}

/* Nothing of a full-screen program is left: alternate screen, paste marks, a hidden cursor, the line's settings. */
static void assert_terminal_is_back(void)
{
	struct termios now, fresh = fresh_settings();

	cr_assert_gt(last_of("\033[?1049l"), last_of("\033[?1049h"));
	cr_assert_gt(last_of("\033[?2004l"), last_of("\033[?2004h"));
	cr_assert(!last_of("\033[?25l") || last_of("\033[?25h") > last_of("\033[?25l"));
	cr_assert(!tcgetattr(terminal->master, &now));
	cr_assert_eq(now.c_iflag, fresh.c_iflag);
	cr_assert_eq(now.c_oflag, fresh.c_oflag);
	cr_assert_eq(now.c_lflag, fresh.c_lflag);
	cr_assert_arr_eq(now.c_cc, fresh.c_cc, sizeof now.c_cc);
}

Test(terminal_life, signals__give_the_terminal_back_and_save)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		at_step(3, 80, 24);
		kill(terminal->pid, signals[i]);
		cr_assert_eq(terminal_status(terminal), 128 + signals[i]);
		assert_terminal_is_back();
		cr_assert(progress_says("\"step\": \"name\""));
		journey_end(&journey);
	}
	at_step(1, 80, 24);
}

Test(terminal_life, a_crash__gives_the_terminal_back)
{
	at_step(3, 80, 24);
	kill(terminal->pid, SIGSEGV);
	cr_assert_eq(terminal_status(terminal), 128 + SIGSEGV);
	assert_terminal_is_back();
}

Test(terminal_life, a_lost_terminal__ends_it_and_saves)
{
	int status;

	at_step(3, 80, 24);
	close(terminal->master);
	cr_assert_eq(waitpid(terminal->pid, &status, 0), terminal->pid);
	terminal->pid = 0;
	cr_assert(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	cr_assert(progress_says("\"step\": \"name\""));
}

Test(terminal_life, stops_and_goes_on)
{
	at_step(3, 80, 24);
	terminal_type(terminal, KEY_CTRL_Z);
	terminal_wait_stopped(terminal);
	assert_terminal_is_back();
	kill(terminal->pid, SIGCONT);
	terminal_wait(terminal, "▸ 3");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
}

Test(terminal_life, survives_a_storm_of_sizes)
{
	static const int sizes[][2] = { { 60, 20 }, { 40, 12 }, { 200, 60 }, { 10, 3 }, { 1, 1 }, { 61, 13 }, { 80, 24 } };

	at_step(4, 80, 24);
	for (int round = 0; round < 20; round++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			terminal_resize(terminal, sizes[i][0], sizes[i][1]);
			terminal_type(terminal, round % 2 ? KEY_DOWN : KEY_UP);
			terminal_read(terminal, 0);
		}
	/* What it shows may be of a size before; where the storm has left the focus, nobody knows. */
	for (int row = 0; row < 80; row++)
		terminal_type(terminal, KEY_UP);
	terminal_answer(terminal, KEY_DOWN KEY_RIGHT, "1 Read");
	terminal_wait(terminal, "▸ 4");
}

Test(terminal_life, asks_for_a_larger_window)
{
	at_step(3, 80, 24);
	terminal_resize(terminal, 38, 10);
	terminal_wait(terminal, "too small");
	terminal_resize(terminal, 80, 24);
	terminal_wait(terminal, "▸ 3");
}

Test(terminal_life, uses_lines__in_a_window_that_is_too_small)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 38, 10, NULL);
	terminal_wait(terminal, "\n>");
	cr_assert(terminal_wrote(terminal, "too small for keyguide's screen"), "nothing says why");
	cr_assert_not(terminal_wrote(terminal, "\033[?1049h") && !terminal_wrote(terminal, "\033[?1049l"));
	terminal_wait(terminal, "Enter: Start");
	terminal_answer(terminal, KEY_ENTER, "1 Open in browser");
}

Test(terminal_life, uses_lines__where_the_terminal_is_dumb)
{
	static const char *const terms[] = { "nosuch", "dumb" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		if (i)
			journey_end(&journey);
		setenv("TERM", terms[i], 1);
		journey_prepare(&journey, SESSION_UNLOCKED, NULL);
		journey_start(&journey, 80, 24, NULL);
		terminal_wait(terminal, "\n>");
		cr_assert(terminal_wrote(terminal, "This terminal (TERM) cannot show"), "nothing says why");
		cr_assert_not(terminal_wrote(terminal, "\033["));
	}
}

Test(terminal_life, has_no_colour__with_no_color)
{
	setenv("NO_COLOR", "1", 1);
	at_step(4, 80, 24);
	terminal_answer(terminal, KEY_RIGHT, "[Read]");
	cr_assert_not(terminal_has_colour(terminal));
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	terminal_answer(terminal, KEY_ENTER, "▸ 5");
	cr_assert(terminal_focus(terminal).attrs.reverse, "the button in focus is not marked");
	cr_assert_not(terminal_has_colour(terminal));
}

Test(terminal_life, has_colour)
{
	unsetenv("NO_COLOR");
	at_step(4, 80, 24);
	terminal_answer(terminal, KEY_RIGHT, "[Read]");
	cr_assert(terminal_has_colour(terminal));
}

Test(terminal_life, works_in_other_terminals)
{
	static const char *const terms[] = { "vt100", "linux", "xterm", "screen", "tmux-256color", "xterm-mono" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		setenv("TERM", terms[i], 1);
		at_step(2, 80, 24);
		terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
		journey_end(&journey);
	}
	at_step(1, 80, 24);
}

Test(terminal_life, leaves_and_comes_back)
{
	at_step(4, 80, 24);
	terminal_type(terminal, KEY_DOWN KEY_RIGHT);
	terminal_wait(terminal, "1 Read");
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 3);
	terminal_stop(terminal);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "Welcome back");
	terminal_golden(terminal, "resume");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
	terminal_wait(terminal, "1 Read");
	cr_assert(terminal_shows(terminal, "reporting-readonly"));
}

Test(terminal_life, esc__goes_back_and_keeps_what_was_chosen)
{
	at_step(4, 80, 24);
	terminal_answer(terminal, KEY_DOWN KEY_RIGHT, "1 Read");
	terminal_answer(terminal, KEY_ESC, "▸ 3");
	terminal_answer(terminal, KEY_ESC, "▸ 2");
	terminal_answer(terminal, KEY_ENTER, "▸ 3");
	terminal_wait(terminal, "reporting-readonly");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
	terminal_wait(terminal, "1 Read");
}

Test(terminal_life, esc__stays_when_asked_about_leaving)
{
	at_step(3, 80, 24);
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_type(terminal, KEY_ESC);
	terminal_wait_gone(terminal, "Leave keyguide?");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
}

/* A browser that begins only when it is let: the person is three pages on by then. */
Test(terminal_life, a_slow_browser__is_not_spoken_of_on_another_page)
{
	char *script, *gate;
	FILE *file;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	cr_assert(asprintf(&script, "%s/browser", journey.session.folder) > 0);
	cr_assert(asprintf(&gate, "%s/gate", journey.session.folder) > 0);
	cr_assert(!mkfifo(gate, 0600));
	file = fopen(script, "w");
	cr_assert(file);
	fprintf(file, "#!/bin/sh\nread -r line <'%s'\n", gate);
	fclose(file);
	cr_assert(!chmod(script, 0700));
	setenv("BROWSER", script, 1);
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 4);
	terminal_answer(terminal, KEY_DOWN KEY_RIGHT, "1 Read");
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	file = fopen(gate, "w");   /* waits until the browser is there */
	fputs("go\n", file);
	fclose(file);
	while (terminal_read(terminal, 300))
		;
	cr_assert_not(terminal_shows(terminal, "Your browser was asked"));
	free(script);
	free(gate);
}

Test(terminal_life, helps_on_every_page)
{
	at_step(2, 80, 24);
	terminal_answer(terminal, KEY_F1, "My screen looks different");
	terminal_golden(terminal, "help-start");
	terminal_answer(terminal, KEY_TAB KEY_ENTER, "What is the difference");
	terminal_answer(terminal, KEY_ENTER, "The secret key (it begins with sk_)");
	terminal_answer(terminal, KEY_ESC, "Can I see the key again later?");
	terminal_answer(terminal, KEY_ESC, "Start a new restricted key");
	terminal_answer(terminal, "?", "My screen looks different");
}

/* F2 on any page: other words, the same place. */
Test(terminal_life, f2__changes_the_language_and_nothing_else)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 4);
	terminal_answer(terminal, KEY_DOWN KEY_RIGHT, "1 Read");
	terminal_answer(terminal, "\033OQ", "Deutsch");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "4 ◂");   /* Arabic: turned, and so is every key */
	terminal_wait(terminal, "1 Read");
	terminal_wait(terminal, "Balance ◂");
	terminal_answer(terminal, "\033OQ", "Deutsch");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "Sprache");   /* from the one in force on */
	terminal_wait(terminal, "▸ 4");
	terminal_wait(terminal, "1 Read");
	terminal_wait(terminal, "▸ Balance");
	terminal_answer(terminal, KEY_F1, "Mein Bildschirm sieht anders aus");
	terminal_answer(terminal, "\033OQ", "English");
	terminal_answer(terminal, KEY_UP KEY_UP KEY_ENTER, "My screen looks different");
	terminal_answer(terminal, KEY_ESC, "▸ 4");
	terminal_wait(terminal, "F2 language");
}
