/* SPDX-License-Identifier: MIT */
/*
 * The same pages as numbered lines, for screen readers, pipes and terminals
 * that can do no more. One page, one question, one answer.
 */
#ifndef UI_PLAIN_H
#define UI_PLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "guide/event.h"
#include "guide/page.h"

struct plain;     /* remembers what was said, so that only what is new is said again */

struct plain *plain_new(FILE *out);
void plain_free(struct plain *plain);

/* Prints PAGE (or, where only the note or the "done" lines changed, those) and the prompt. */
void plain_show(struct plain *plain, const struct page *page);

/* Prints PAGE to be read, without its buttons and without a question. */
void plain_print(FILE *out, const struct page *page);

/* The same as Markdown. */
void plain_print_markdown(FILE *out, const struct page *page);

/*
 * What LINE answers. True: *EVENT is for the guide (borrowed until the next
 * call). False: the answer was not understood, or only something was printed.
 * Never called with the line of a CONTROL_SECRET unless plain_is_command().
 */
bool plain_answer(struct plain *plain, const struct page *page, const char *line, struct event *event);

/* The event is of no use any more. Its text may have been a key, typed where none belongs: it is wiped. */
void plain_forget_answer(struct plain *plain);

/* "<", "?" , "" and a number: commands, also where a key is asked for. */
bool plain_is_command(const char *line, size_t length);

#endif
