/* SPDX-License-Identifier: MIT */
/* What an answer to a page means: a sign, a number, a text. */
#include "ui/plain.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/plain_parts.h"

enum { ANSWER_MAX = 20 * 1024, DIGITS_MAX = 3 };

static bool do_action(struct event *event, enum action_id id)
{
	if (id == ACTION_NONE)
		return false;
	event->kind = EVENT_ACTION;
	event->action = id;
	return true;
}

enum level plain_next_level(const struct grid_row *row)
{
	if (row->level != LEVEL_NONE)
		return LEVEL_NONE;
	return row->has[LEVEL_READ] ? LEVEL_READ : row->has[LEVEL_WRITE] ? LEVEL_WRITE : LEVEL_NONE;
}

enum level plain_other_level(const struct grid_row *row)
{
	for (int level = LEVEL_NONE + 1; level < LEVEL_COUNT; level++)
		if (row->has[level] && (enum level)level != row->level && (enum level)level != plain_next_level(row))
			return (enum level)level;
	return row->level;
}

static const char letters[] = { [LEVEL_NONE] = 'n', [LEVEL_READ] = 'r', [LEVEL_WRITE] = 'w' };

char plain_level_letter(enum level level)
{
	return letters[level];
}

static bool set_level(const struct grid_row *row, enum level level, struct event *event)
{
	if (!row->has[level])
		return false;
	event->kind = EVENT_LEVEL;
	event->grid.row = row->row;
	event->grid.level = level;
	return true;
}

static void choose_row(const struct control *control, size_t at, struct event *event)
{
	switch (control->kind) {
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		event->kind = EVENT_CHOOSE;
		event->choice = control->choices[at].id;
		break;
	case CONTROL_CHECKLIST:
		event->kind = EVENT_TICK;
		event->row = control->checks[at].row;
		break;
	case CONTROL_GRID:
		set_level(&control->grid[at], plain_next_level(&control->grid[at]), event);
		break;
	case CONTROL_REPORT:
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
		break;
	}
}

static bool is_number(const char *line, size_t length)
{
	return length > 0 && length <= DIGITS_MAX && strspn(line, "0123456789") >= length;
}

static bool number_answer(const struct plain *plain, const struct page *page, struct event *event)
{
	size_t number = strtoul(plain->lent, NULL, 10), row = plain_numbered_row(&plain->numbers, page, number);
	const struct action *button = plain_numbered_button(&plain->numbers, page, number);

	if (row != SIZE_MAX) {
		choose_row(&page->control, row, event);
		return true;
	}
	return button && do_action(event, button->id);
}

/* "3w", "3 n": the row to that level. */
static bool level_answer(const struct plain *plain, const struct page *page, struct event *event)
{
	const char *line = plain->lent;
	size_t digits = strspn(line, "0123456789"), row;
	const char *letter = line + digits + strspn(line + digits, " ");

	if (page->control.kind != CONTROL_GRID || !is_number(line, digits) || !*letter || letter[1])
		return false;
	row = plain_numbered_row(&plain->numbers, page, strtoul(line, NULL, 10));
	for (int level = LEVEL_NONE; level < LEVEL_COUNT && row != SIZE_MAX; level++)
		if (letters[level] == (*letter | 0x20))
			return set_level(&page->control.grid[row], (enum level)level, event);
	return false;
}

static bool text_answer(struct plain *plain, enum event_kind kind, struct event *event)
{
	event->kind = kind;
	event->text = plain->lent;
	return true;
}

/* Who searches hears all that was found, also where some or all of it is what the last search found. */
static bool filter_answer(struct plain *plain, struct event *event)
{
	if (strcmp(plain->lent, "*") == 0)
		*plain->lent = '\0';
	plain_drop_list(&plain->last);
	return text_answer(plain, EVENT_FILTER, event);
}

/* plain->lent is the answer without blanks around it. */
static bool understand(struct plain *plain, const struct page *page, struct event *event)
{
	const char *line = plain->lent;

	if (!*line && plain_enter_row(page) != SIZE_MAX)
		return choose_row(&page->control, plain_enter_row(page), event), true;
	if (!*line)
		return do_action(event, page->enter);
	if (strcmp(line, "<") == 0)
		return do_action(event, plain_back_action(page));
	if (strcmp(line, "?") == 0)
		return (page->has_help || page_has_action(page, ACTION_HELP)) && do_action(event, ACTION_HELP);
	if (is_number(line, strlen(line)) && number_answer(plain, page, event))
		return true;
	if (level_answer(plain, page, event))
		return true;
	if (page->control.kind == CONTROL_TEXT)
		return text_answer(plain, EVENT_TEXT, event);
	if (page->control.kind == CONTROL_GRID && !is_number(line, strlen(line)))
		return filter_answer(plain, event);
	return false;
}

static void trim(char *text)
{
	size_t length = strlen(text), lead = strspn(text, " \t");

	while (length > lead && strchr(" \t\r\n", text[length - 1]))
		length--;
	memmove(text, text + lead, length - lead);
	text[length - lead] = '\0';
}

/* A line end is a control character to text_clean(), so it goes first. */
static char *tidied(const char *line)
{
	char *copy = mem_strndup(line, strcspn(line, "\r\n")), *clean;

	trim(copy);
	clean = text_clean(copy, ANSWER_MAX);
	mem_free_wiped(copy);
	return clean;
}

/* Who pressed Enter because nothing seemed to happen hears what has happened. */
static const char *no_answer(const struct page *page, const char *line)
{
	return page->control.kind == CONTROL_SECRET && !*line ? _("Nothing was pasted.") : _("That is no answer here.");
}

void plain_forget_answer(struct plain *plain)
{
	mem_free_wiped(plain->lent);
	plain->lent = NULL;
}

bool plain_answer(struct plain *plain, const struct page *page, const char *line, struct event *event)
{
	char *answers;

	plain_forget_answer(plain);
	plain->lent = tidied(line);
	plain->prompted = false;
	plain_number(&plain->numbers, page, false);
	if (understand(plain, page, event))
		return true;
	answers = plain_joined(mem_strdup(no_answer(page, plain->lent)), plain_question(page, &plain->numbers));
	fprintf(plain->out, "%s\n", answers);
	free(answers);
	plain_prompt(plain);
	return false;
}

bool plain_is_command(const char *line, size_t length)
{
	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	return length == 0 || (length == 1 && (*line == '<' || *line == '?')) || is_number(line, length);
}
