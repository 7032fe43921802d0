/* SPDX-License-Identifier: MIT */
/*
 * Pages as lines: a page is first written as a list of lines (plain_lines.c);
 * what was said before on the same page is then left out. Lines are not
 * wrapped: a screen reader or the terminal does that. Knows nothing of curses
 * or of views.
 */
#include "ui/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/plain_parts.h"

struct plain *plain_new(FILE *out)
{
	struct plain *plain = mem_new(1, sizeof *plain);

	plain->out = out;
	return plain;
}

void plain_forget(struct said_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->lines[i].text);
	free(list->lines);
	*list = (struct said_list){ 0 };
}

void plain_free(struct plain *plain)
{
	if (!plain)
		return;
	plain_forget(&plain->last);
	free(plain->numbers.items);
	free(plain->slug);
	plain_forget_answer(plain);
	free(plain);
}

void plain_drop_list(struct said_list *last)
{
	for (size_t i = 0; i < last->count; i++)
		if (last->lines[i].part == PART_LIST || last->lines[i].part == PART_BUTTON)
			last->lines[i].part = PART_COUNT;
}

void plain_prompt(struct plain *plain)
{
	fputs("> ", plain->out);
	fflush(plain->out);
	plain->prompted = true;
}

static bool contains(const struct said_list *list, const struct said *line)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->lines[i].part == line->part && strcmp(list->lines[i].text, line->text) == 0)
			return true;
	return false;
}

static size_t count_part(const struct said_list *list, enum part part)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->lines[i].part == part;
	return count;
}

/* A list that has other rows now is said whole. */
static bool is_other_list(const struct said_list *last, const struct said_list *now)
{
	return count_part(last, PART_LIST) != count_part(now, PART_LIST);
}

static bool print_new(struct plain *plain, const struct said_list *now)
{
	bool printed = false;

	for (size_t i = 0; i < now->count; i++) {
		if (contains(&plain->last, &now->lines[i]))
			continue;
		if (!printed && plain->prompted)
			fputc('\n', plain->out);
		printed = true;
		fprintf(plain->out, "%s\n", now->lines[i].text);
	}
	return printed;
}

/* An answer that changed nothing because of a problem: it is said again, else there would be silence. */
static void repeat_problem(struct plain *plain, const struct page *page)
{
	struct said_list note = { 0 };

	if (page->note.kind == NOTE_PROBLEM)
		plain_say_note(page, &note);
	for (size_t i = 0; i < note.count; i++)
		fprintf(plain->out, "%s\n", note.lines[i].text);
	plain_forget(&note);
}

/* Where the question is the one that was asked before, print_new() has left it out. */
static void repeat_question(struct plain *plain, const struct said_list *now)
{
	const struct said *asked = &now->lines[now->count - 1];

	if (*asked->text && contains(&plain->last, asked))
		fprintf(plain->out, "%s\n", asked->text);
}

/* Of the page before nothing counts here. */
static void turn_page(struct plain *plain, const struct page *page)
{
	if (plain->slug)
		fputs(plain->prompted ? "\n\n" : "\n", plain->out);
	plain->prompted = false;
	plain_forget(&plain->last);
	plain->numbers.count = 0;
	free(plain->slug);
	plain->slug = mem_strdup(page->slug);
}

void plain_show(struct plain *plain, const struct page *page)
{
	struct said_list now = { 0 };
	bool same_page = plain->slug && strcmp(plain->slug, page->slug) == 0, answered = !plain->prompted, anew, printed;

	if (!same_page)
		turn_page(plain, page);
	anew = plain_number(&plain->numbers, page, !plain->prompted);
	plain_write_lines(page, &plain->numbers, &now);
	if (anew || is_other_list(&plain->last, &now))
		plain_drop_list(&plain->last);
	printed = print_new(plain, &now);
	if (answered && !printed)
		repeat_problem(plain, page);
	if (answered || (printed && page->note.kind == NOTE_PROBLEM))
		repeat_question(plain, &now);
	if (answered || printed)
		plain_prompt(plain);
	plain_forget(&plain->last);
	plain->last = now;
}

void plain_print(FILE *out, const struct page *page)
{
	struct said_list body = { 0 };
	struct numbers numbers = { 0 };

	plain_number(&numbers, page, true);
	plain_write_body(page, &numbers, &body);
	for (size_t i = 0; i < body.count; i++)
		fprintf(out, "%s\n", body.lines[i].text);
	plain_forget(&body);
	free(numbers.items);
}

static const char *markdown_mark(enum block_kind kind)
{
	switch (kind) {
	case BLOCK_HEADING:
		return "## ";
	case BLOCK_BULLET:
	case BLOCK_DONE:
	case BLOCK_BUSY:
		return "- ";
	case BLOCK_WARNING:
		return "> ";
	case BLOCK_ADDRESS:
		return "      ";   /* code, within the item above it */
	default:
		return "";
	}
}

void plain_print_markdown(FILE *out, const struct page *page)
{
	fprintf(out, "# %s\n\n", page->title);
	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *block = &page->blocks[i];
		bool item = block->kind == BLOCK_BULLET && i + 1 < page->block_count && page->blocks[i + 1].kind == BLOCK_BULLET;

		fprintf(out, "%s%s\n%s", markdown_mark(block->kind), block->text, item ? "" : "\n");
	}
}
