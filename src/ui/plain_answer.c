/* SPDX-License-Identifier: MIT */
/* What an answer to a page means: a sign, a number, a text. */
#include "ui/plain.h"

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

/* The next level that the row has; after the last one None again. */
static enum level next_level(const struct grid_row *row)
{
	for (int level = (int)row->level + 1; level < LEVEL_COUNT; level++)
		if (row->has[level])
			return (enum level)level;
	return LEVEL_NONE;
}

static void choose_row(const struct control *control, size_t at, struct event *event)
{
	const struct grid_row *row;

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
		row = &control->grid[plain_grid_row(control, at)];
		event->kind = EVENT_LEVEL;
		event->grid.row = row->row;
		event->grid.level = next_level(row);
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

static bool number_answer(const struct page *page, const char *line, struct event *event)
{
	size_t number = strtoul(line, NULL, 10), rows = plain_numbered_rows(page);
	const struct action *action;

	if (number == 0)
		return false;
	if (number <= rows) {
		choose_row(&page->control, number - 1, event);
		return true;
	}
	action = plain_numbered_action(page, number - rows - 1);
	return action && do_action(event, action->id);
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

	if (!*line)
		return do_action(event, page->enter);
	if (strcmp(line, "<") == 0)
		return do_action(event, plain_back_action(page));
	if (strcmp(line, "?") == 0)
		return (page->has_help || page_has_action(page, ACTION_HELP)) && do_action(event, ACTION_HELP);
	if (is_number(line, strlen(line)) && number_answer(page, line, event))
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
	free(copy);
	return clean;
}

/* The page says "Nothing happens after pasting? Press Enter.": then this says what has happened. */
static const char *no_answer(const struct page *page, const char *line)
{
	return page->control.kind == CONTROL_SECRET && !*line ? _("Nothing was pasted.") : _("That is no answer here.");
}

bool plain_answer(struct plain *plain, const struct page *page, const char *line, struct event *event)
{
	char *answers;

	free(plain->lent);
	plain->lent = tidied(line);
	plain->prompted = false;
	if (understand(plain, page, event))
		return true;
	answers = plain_joined(mem_strdup(no_answer(page, plain->lent)), plain_question(page));
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
