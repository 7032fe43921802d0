/* SPDX-License-Identifier: MIT */
/*
 * Lines from standard input, read byte by byte so that nothing is read ahead:
 * the line with a key in it goes straight into the locked page.
 */
#ifndef CMD_LINES_H
#define CMD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"

enum { LINES_MAX = 20 * 1024 };   /* bytes of an ordinary answer, a long link too; the rest of a longer one is dropped */

struct lines {
	char text[LINES_MAX];
	size_t length;
	bool whole;              /* text is a line that was handed out */
	bool terminal;           /* standard input is one */
};

enum lines_result { LINES_MORE, LINES_LINE, LINES_SECRET, LINES_CLOSED };

void lines_init(struct lines *lines);

/*
 * Reads what is there. SECRET: where the line goes instead of text, or NULL.
 * LINES_LINE: text is a whole line, without its end, valid until the next call.
 */
enum lines_result lines_read(struct lines *lines, struct secret *secret);

/* On a terminal: typing is not shown (for a key), or shown again. */
void lines_hide(const struct lines *lines, bool hidden);

#endif
