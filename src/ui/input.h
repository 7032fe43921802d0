/* SPDX-License-Identifier: MIT */
/*
 * Keys from the terminal, read byte by byte and never by curses, whose queue
 * is ordinary memory. Typing and pasting into the secret field goes from the
 * file descriptor straight into the locked page.
 */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include "base/secret.h"
#include "ui/term.h"
#include "ui/view.h"

enum input_result {
	INPUT_NOTHING,      /* no whole key yet */
	INPUT_PRESS,        /* *PRESS is set */
	INPUT_SECRET,       /* the secret changed (typing, or a paste still under way) */
	INPUT_SECRET_DONE,  /* a bracketed paste is complete, or Enter was pressed on what is there */
	INPUT_CLOSED        /* the terminal is gone */
};

/* One key, without waiting for one. SECRET: where to put what is typed, or NULL when the secret field is not in focus. */
enum input_result input_read(struct term *term, struct secret *secret, struct press *press);

/* The text of the last press is of no use any more. It may have been a key, pasted where none belongs: it is wiped. */
void input_forget_pasted(struct term *term);

/* True when more input is already there: handle it before painting. */
bool input_waiting(void);

#endif
