/* SPDX-License-Identifier: MIT */
/*
 * A program in a pseudo-terminal, and what its screen shows (libvterm). Waits
 * for text with a deadline, never for time to pass; keeps every byte that the
 * program wrote.
 */
#ifndef TESTS_TERMINAL_H
#define TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <vterm.h>

#define KEY_UP "\033OA"
#define KEY_DOWN "\033OB"
#define KEY_RIGHT "\033OC"
#define KEY_LEFT "\033OD"
#define KEY_F1 "\033OP"
#define KEY_ESC "\033"
#define KEY_ENTER "\r"
#define KEY_TAB "\t"
#define KEY_BACKTAB "\033[Z"
#define KEY_CTRL_C "\003"
#define KEY_CTRL_Z "\032"

struct terminal {
	int master;
	pid_t pid;
	int rows, columns;
	VTerm *vterm;
	VTermScreen *screen;
	char *written;           /* all that the program wrote, and a zero behind it */
	size_t written_length;
	bool ended;              /* the program closed the terminal */
};

/* Starts ARGV in a terminal of this size; TERM is xterm-256color where the environment does not say otherwise. */
void terminal_start(struct terminal *terminal, int columns, int rows, const char *const argv[]);

/* Ends it where it still runs, gives everything back. */
void terminal_stop(struct terminal *terminal);

/* Types BYTES. */
void terminal_type(struct terminal *terminal, const char *bytes);
/* Pastes TEXT as a terminal with bracketed paste does. */
void terminal_paste(struct terminal *terminal, const char *text);
void terminal_resize(struct terminal *terminal, int columns, int rows);

/* Reads what comes within MS milliseconds; false when nothing did. */
bool terminal_read(struct terminal *terminal, int ms);

/* Reads until the screen shows TEXT (or no longer does); fails the test after 20 seconds of silence. */
void terminal_wait(struct terminal *terminal, const char *text);
void terminal_wait_gone(struct terminal *terminal, const char *text);
/* Types BYTES, then waits for TEXT. */
void terminal_answer(struct terminal *terminal, const char *bytes, const char *text);

/* The screen as lines, trailing blanks cut; valid until the next call. */
const char *terminal_text(struct terminal *terminal);
bool terminal_shows(struct terminal *terminal, const char *text);

/* The cell that the cursor is on: its attributes and colours. */
VTermScreenCell terminal_focus(struct terminal *terminal);
/* True when a cell of the screen is in a colour, in front or behind. */
bool terminal_has_colour(struct terminal *terminal);

/* True when the program wrote TEXT at any time. */
bool terminal_wrote(const struct terminal *terminal, const char *text);

/* Waits until the program has stopped itself, as ^Z does. */
void terminal_wait_stopped(struct terminal *terminal);

/* Waits for the program's end; its exit status, or 128 + the signal. */
int terminal_status(struct terminal *terminal);

/*
 * Compares the screen and the cursor's place with golden/NAME.txt; writes the
 * file instead where KEYGUIDE_GOLDEN is "write".
 */
void terminal_golden(struct terminal *terminal, const char *name);

#endif
