/* SPDX-License-Identifier: MIT */
/*
 * Inside of the plain lines, shared by plain*.c: what was said, what is said,
 * what has which number. Nobody else includes this.
 */
#ifndef UI_PLAIN_PARTS_H
#define UI_PLAIN_PARTS_H

#include <stdbool.h>
#include <stdio.h>

#include "guide/page.h"

/* What a line is part of: lists are said anew as a whole, other lines one by one. */
enum part { PART_TEXT, PART_LIST, PART_ASK, PART_COUNT };

struct said {
	enum part part;
	char *text;
};

struct said_list {
	struct said *lines;
	size_t count;
};

struct plain {
	FILE *out;
	char *slug;
	struct said_list last;
	bool prompted;           /* the prompt is the last thing that was printed */
	char *lent;              /* text of the last event */
};

/* ---- plain.c ---- */

/* Empties it. */
void plain_forget(struct said_list *list);
/* The list is said whole the next time, as if it had never been said. */
void plain_drop_list(struct said_list *last);
void plain_prompt(struct plain *plain);

/* ---- plain_lines.c ---- */

/* The row of the grid that stands at place AT of the list; SIZE_MAX: none does. */
size_t plain_grid_row(const struct control *control, size_t at);
/* How many numbers the control takes; the buttons have those behind. */
size_t plain_numbered_rows(const struct page *page);
/* The button that stands at place AT of those with a number; NULL: none does. */
const struct action *plain_numbered_action(const struct page *page, size_t at);
/* "<" goes back; where one cannot, it stops or says no. */
enum action_id plain_back_action(const struct page *page);

/* Adds the page without its buttons; all of it, the question last; its note alone. */
void plain_write_body(const struct page *page, struct said_list *list);
void plain_write_lines(const struct page *page, struct said_list *list);
void plain_say_note(const struct page *page, struct said_list *list);

/* All that can be answered, in one line. The caller's; NULL where nothing can. */
char *plain_question(const struct page *page);
/* A sentence and the next, either of them NULL where there is none. The caller's; takes both. */
char *plain_joined(char *sentence, char *next);

#endif
