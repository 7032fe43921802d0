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
enum part { PART_TEXT, PART_LIST, PART_BUTTON, PART_ASK, PART_COUNT };

struct said {
	enum part part;
	char *text;
};

struct said_list {
	struct said *lines;
	size_t count;
};

/* What stands behind a number: a row of the control (its choice, or its row in the catalogue) or a button. */
struct numbered {
	bool is_button;
	size_t id;
};

/* By number, from 1 on. What is gone from the page keeps its number: then that is no answer. */
struct numbers {
	struct numbered *items;
	size_t count;
};

struct plain {
	FILE *out;
	char *slug;
	struct numbers numbers;
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

/* ---- plain_numbers.c ---- */

/* The row that Enter chooses, as on the screen: in a menu what is in force, else the first. SIZE_MAX: Enter chooses none. */
size_t plain_enter_row(const struct page *page);

/*
 * Gives a number to all of PAGE that has none yet. The numbers of a page that
 * is up do not move, for somebody may be typing one. Only where MAY_MOVE (a new
 * page, an answer to this one) and other rows are listed they are given anew;
 * true then.
 */
bool plain_number(struct numbers *numbers, const struct page *page, bool may_move);
/* What has which number; 0: none. */
size_t plain_number_of(const struct numbers *numbers, bool is_button, size_t id);
/* The row of the control, by its place in the page, or the button, that has this number; SIZE_MAX and NULL: none. */
size_t plain_numbered_row(const struct numbers *numbers, const struct page *page, size_t number);
const struct action *plain_numbered_button(const struct numbers *numbers, const struct page *page, size_t number);
/* How many rows the control lists by number, and what is remembered of each. */
size_t plain_row_count(const struct page *page);
size_t plain_row_id(const struct page *page, size_t row);
/* The row of a grid is listed: without a filter only those are that give something. */
bool plain_is_listed(const struct page *page, size_t row);

/* ---- plain_lines.c ---- */

/* "<" goes back; where one cannot, it stops or says no. */
enum action_id plain_back_action(const struct page *page);

/* Adds the page without its buttons; all of it, the question last; its note alone. */
void plain_write_body(const struct page *page, const struct numbers *numbers, struct said_list *list);
void plain_write_lines(const struct page *page, const struct numbers *numbers, struct said_list *list);
void plain_say_note(const struct page *page, struct said_list *list);

/* All that can be answered, in one line. The caller's; NULL where nothing can. */
char *plain_question(const struct page *page, const struct numbers *numbers);
/* A sentence and the next, either of them NULL where there is none. The caller's; takes both. */
char *plain_joined(char *sentence, char *next);

/* ---- plain_answer.c ---- */

/* What the number of a grid row makes of it: None where it gives something, else its first level. */
enum level plain_next_level(const struct grid_row *row);
/* What the number and a letter make of it; the level in force where the row has no third one. */
enum level plain_other_level(const struct grid_row *row);
/* 'n', 'r' or 'w': Stripe's words are not translated. */
char plain_level_letter(enum level level);

#endif
