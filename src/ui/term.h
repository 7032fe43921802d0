/* SPDX-License-Identifier: MIT */
/*
 * The terminal: curses begun and ended, colours by role, size, bracketed
 * paste, mouse. With draw and input the only files that call curses.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "ui/layout.h"

struct term;

/*
 * Starts curses on standard input and output. NULL when the terminal cannot do
 * it (TERM unknown or dumb, or no terminal). The caller's. Signal handlers
 * that are set before this are left alone by curses.
 */
struct term *term_open(void);

/* Gives the terminal back as it was. */
void term_close(struct term *term);

/* For SIGTSTP: the terminal given back; term_resume() takes it again and forces a full paint. */
void term_suspend(struct term *term);
void term_resume(struct term *term);

/* The window's size changed (SIGWINCH): takes the new one over. */
void term_resize(struct term *term);
void term_size(const struct term *term, int *columns, int *rows);

/* The mouse is caught only where WANTED, so that the terminal's own select and paste work elsewhere. */
void term_set_mouse(struct term *term, bool wanted);

/*
 * Asks the terminal of standard output to empty the clipboard (OSC 52, as xterm has it; a blank takes its place). False
 * where there is none that could. Whether it obeys cannot be known. Works without a struct term, too.
 */
bool term_empty_clipboard(void);

/* How many colours the terminal of TERM has; 0: none, or NO_COLOR is set. -1: it can show no screen, or is not known. */
int term_colours(void);

/* The curses attributes of a role. */
unsigned long term_attributes(const struct term *term, enum style style);

#endif
