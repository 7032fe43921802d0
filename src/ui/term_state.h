/* SPDX-License-Identifier: MIT */
/* Inside of a terminal, shared by term.c, draw.c and input.c. Nobody else includes this. */
#ifndef UI_TERM_STATE_H
#define UI_TERM_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "ui/term.h"

/* A bracketed paste, possibly spread over several readings. */
struct paste {
	bool open;                   /* the opening mark came, the closing one not yet */
	bool into_secret;            /* it began in the secret field */
	size_t matched;              /* bytes of the closing mark seen */
	char *text;                  /* PASTE_ROOM bytes, or NULL; wiped after use */
	size_t length;
};

struct term {
	void *screen;                /* curses' own */
	bool mouse;
	bool ours;                   /* the terminal was told not to order right-to-left text by itself */
	unsigned long attributes[STYLE_COUNT];
	uint64_t *drawn;             /* a hash for each row on the screen; 0: not known */
	int drawn_rows;
	uint64_t focus;              /* a hash of what is in focus on it, and where */
	struct paste paste;
};

/* OURS: right-to-left text is written as it is seen, and a terminal that orders it by itself should not. */
void term_order(struct term *term, bool ours);

/* Nothing on the screen can be relied on: the next layout is drawn whole. */
void term_forget_drawn(struct term *term);

#endif
