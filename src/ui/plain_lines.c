/* SPDX-License-Identifier: MIT */
/* What is said of a page, line by line, and what has which number. */
#include "ui/plain_parts.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { READ_BACK_CELLS = 200 };

static void say_take(struct said_list *list, enum part part, char *text)
{
	if ((list->count & (list->count - 1)) == 0)
		list->lines = mem_resize(list->lines, list->count ? 2 * list->count : 1, sizeof *list->lines);
	list->lines[list->count++] = (struct said){ part, text };
}

static void say(struct said_list *list, enum part part, const char *text)
{
	say_take(list, part, mem_strdup(text ? text : ""));
}

static const char *label_of(const struct page *page, enum action_id id)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (page->actions[i].id == id)
			return page->actions[i].label;
	return NULL;
}

/* "<" goes back; where one cannot, it stops or says no. */
enum action_id plain_back_action(const struct page *page)
{
	if (page_has_action(page, ACTION_BACK))
		return ACTION_BACK;
	if (page_has_action(page, ACTION_STOP))
		return ACTION_STOP;
	return page_has_action(page, ACTION_NO) ? ACTION_NO : ACTION_NONE;
}

/* " (SANDBOX, key "x")", or less of it. The caller's. */
static char *about_key(const struct page *page)
{
	bool named = page->name && *page->name;

	if (page->mode && named)
		/* TRANSLATORS: behind a page's title: sandbox or live, the name of the key */
		return mem_printf(_(" (%s, key \"%s\")"), page->mode, page->name);
	if (named)
		/* TRANSLATORS: behind a page's title: the name of the key */
		return mem_printf(_(" (key \"%s\")"), page->name);
	return page->mode ? mem_printf(" (%s)", page->mode) : mem_strdup("");
}

static void say_head(const struct page *page, struct said_list *list)
{
	char *key = about_key(page);
	char *title = page->tone == TONE_DANGER ? mem_printf(_("Important: %s"), page->title) :
		mem_strdup(page->title);
	size_t step = 0;

	while (step < page->trail_count && !page->trail[step].current)
		step++;
	if (step < page->trail_count)
		say_take(list, PART_TEXT, mem_printf(_("Step %zu of %zu: %s%s"), step + 1, page->trail_count,
						     title, key));
	else
		say_take(list, PART_TEXT, mem_printf("%s%s", title, key));
	free(title);
	free(key);
}

void plain_say_note(const struct page *page, struct said_list *list)
{
	const struct note *note = &page->note;

	switch (note->kind) {
	case NOTE_NONE:
		return;
	case NOTE_INFO:
		say(list, PART_TEXT, note->text);
		break;
	case NOTE_WAITING:
		say_take(list, PART_TEXT, mem_printf(_("Please wait: %s"), note->text));
		break;
	case NOTE_PROBLEM:
		say_take(list, PART_TEXT, mem_printf(_("Problem: %s"), note->text));
		break;
	}
	if (note->advice)
		say(list, PART_TEXT, note->advice);
}

static char *block_text(const struct block *block)
{
	switch (block->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_HEADING:
	case BLOCK_ADDRESS:
	case BLOCK_SCREEN:
		break;
	case BLOCK_BULLET:
		return mem_printf("- %s", block->text);
	case BLOCK_NUMBER:
		return mem_printf("%d. %s", block->number, block->text);
	case BLOCK_WARNING:
		return mem_printf(_("Careful: %s"), block->text);
	case BLOCK_DONE:
		return mem_printf(_("Done: %s"), block->text);
	case BLOCK_BUSY:
		return mem_printf(_("Going on now: %s"), block->text);
	}
	return mem_strdup(block->text);
}

/* The choice that is in force; NULL: a menu, of which nothing is. */
static const struct choice *choice_in_force(const struct control *control)
{
	if (control->kind == CONTROL_CHOICE || control->has_chosen)
		for (size_t i = 0; i < control->choice_count; i++)
			if (control->choices[i].id == control->chosen)
				return &control->choices[i];
	return NULL;
}

static void say_choices(const struct control *control, const struct numbers *numbers, struct said_list *list)
{
	for (size_t i = 0; i < control->choice_count; i++) {
		const struct choice *choice = &control->choices[i];
		/* "2 1 hour" would be heard as one number */
		const char *usual = isdigit((unsigned char)*choice->label) ? "%zu, %s" : "%zu %s";
		/* TRANSLATORS: the number to type, and what it stands for */
		char *text = mem_printf(choice == choice_in_force(control) ? _("%zu (chosen) %s") : usual,
					plain_number_of(numbers, false, (size_t)choice->id), choice->label);

		if (choice->hint && *choice->hint)
			say_take(list, PART_LIST, mem_printf(_("%s: %s"), text, choice->hint));
		else
			say(list, PART_LIST, text);
		free(text);
	}
}

/* What a row is now, and what an answer makes of it. The caller's. */
static char *grid_row(const struct grid_row *row, size_t number)
{
	enum level next = plain_next_level(row), other = plain_other_level(row);

	if (other != row->level)
		return mem_printf(
			/* TRANSLATORS: number, Stripe's name of a row, three of Stripe's words None, Read, Write; the letter
			   behind the second number is to be typed: 3 Customers: now None. Type 3 for Read, 3w for Write. */
			_("%1$zu %2$s: now %3$s. Type %1$zu for %4$s, %1$zu%5$c for %6$s."), number, row->label,
			level_name(row->level), level_name(next), plain_level_letter(other), level_name(other));
	/* TRANSLATORS: as above: 1 Balance: now None. Type 1 for Read. */
	return mem_printf(_("%1$zu %2$s: now %3$s. Type %1$zu for %4$s."), number, row->label, level_name(row->level),
			  level_name(next));
}

static void say_grid(const struct page *page, const struct numbers *numbers, struct said_list *list)
{
	const struct control *control = &page->control;
	bool found = control->filter && *control->filter;

	if (!control->grid_count)
		say(list, PART_LIST, control->nothing_found);
	for (size_t i = 0; i < control->grid_count; i++) {
		const struct grid_row *row = &control->grid[i];
		bool has_about = found && row->about && *row->about;

		if (plain_is_listed(page, i))
			say_take(list, PART_LIST, plain_joined(grid_row(row, plain_number_of(numbers, false, row->row)),
							       has_about ? mem_strdup(row->about) : NULL));
	}
	say(list, PART_LIST, control->summary);
}

static void say_checks(const struct control *control, const struct numbers *numbers, struct said_list *list)
{
	for (size_t i = 0; i < control->check_count; i++) {
		const struct check_row *row = &control->checks[i];

		if (row->group)
			say(list, PART_LIST, row->group);
		/* TRANSLATORS: a number to type, Stripe's name of a row, Stripe's word for a level */
		say_take(list, PART_LIST, mem_printf(row->done ? _("%zu %s: %s, done") : _("%zu %s: %s, still to do"),
						     plain_number_of(numbers, false, row->row), row->label, row->level));
	}
}

static void say_report(const struct control *control, struct said_list *list)
{
	for (size_t i = 0; i < control->report_count; i++) {
		const struct report_row *row = &control->report[i];

		if (row->heading)
			say_take(list, PART_LIST, mem_printf("%s:", row->heading));
		say_take(list, PART_LIST, row->todo ? mem_printf(_("- %s: %s. %s"), row->label, row->found, row->todo) :
						      mem_printf(_("- %s: %s."), row->label, row->found));
	}
}

/* What was typed is read back, but nobody has to hear all of a whole document that was pasted. The caller's. */
static char *read_back(const char *text)
{
	size_t length = text_fit(text, READ_BACK_CELLS);

	return mem_printf(text[length] ? "%.*s…" : "%.*s", (int)length, text);
}

static void say_field(const struct control *control, const char *label, struct said_list *list)
{
	char *text = read_back(control->text && *control->text ? control->text : C_("field", "nothing yet"));

	say_take(list, PART_TEXT, mem_printf(_("%s: %s"), label, text));
	free(text);
}

static void say_control(const struct page *page, const struct numbers *numbers, struct said_list *list)
{
	const struct control *control = &page->control;
	const char *label = control->label ? control->label : "";

	switch (control->kind) {
	case CONTROL_NONE:
		break;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		say_choices(control, numbers, list);
		break;
	case CONTROL_TEXT:
		say_field(control, label, list);
		break;
	case CONTROL_SECRET:
		break;
	case CONTROL_GRID:
		say_grid(page, numbers, list);
		break;
	case CONTROL_CHECKLIST:
		say_checks(control, numbers, list);
		break;
	case CONTROL_REPORT:
		say_report(control, list);
		break;
	}
}

/* By number, for that is not always the order in which they stand on the page. */
static void say_buttons(const struct page *page, const struct numbers *numbers, struct said_list *list)
{
	for (size_t number = 1; number <= numbers->count; number++) {
		const struct action *button = plain_numbered_button(numbers, page, number);

		if (button)
			say_take(list, PART_BUTTON, mem_printf("%zu %s", number, button->label));
	}
}

static bool lists_rows(const struct page *page)
{
	for (size_t row = 0; row < plain_row_count(page); row++)
		if (plain_is_listed(page, row))
			return true;
	return false;
}

/* Of rows only where some are listed: else the numbers are those of the buttons. */
static const char *grid_question(const struct page *page)
{
	if (page->control.filter && *page->control.filter)
		return lists_rows(page) ? _("Type a number to change that row, part of another name, or * for your own list.") :
			_("Type part of another name, or * for your own list.");
	return lists_rows(page) ? _("Type part of a name to find a row, or a number to change that row.") :
		_("Type part of a name to find a row.");
}

static char *choice_question(const struct control *control)
{
	const struct choice *choice = choice_in_force(control);

	return choice ? mem_printf(_("Type a number to choose. \"%s\" is chosen now."), choice->label) :
		mem_strdup(_("Type a number to choose."));
}

static const char *text_question(const struct control *control)
{
	return control->text && *control->text ? _("Type a new text, or only press Enter to keep what is there.") :
		_("Type a text and press Enter.");
}

/* What an answer to the control may be. The caller's; NULL: nothing but numbers and signs. */
static char *control_question(const struct page *page, const struct numbers *numbers)
{
	const struct control *control = &page->control;

	switch (control->kind) {
	case CONTROL_REPORT:
	case CONTROL_NONE:
		for (size_t number = 1; number <= numbers->count; number++)
			if (plain_numbered_button(numbers, page, number))
				return mem_strdup(_("Type a number to choose."));
		return NULL;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		return choice_question(control);
	case CONTROL_TEXT:
		return mem_strdup(text_question(control));
	case CONTROL_SECRET:
		return mem_strdup(_("Paste the key and press Enter. It is not shown."));
	case CONTROL_GRID:
		return mem_strdup(grid_question(page));
	case CONTROL_CHECKLIST:
		return mem_strdup(_("Type a number to tick that row, or to take the tick off."));
	}
	return NULL;
}

/* A sentence and the next, either of them NULL where there is none. The caller's; takes both. */
char *plain_joined(char *sentence, char *next)
{
	char *both;

	if (!sentence || !next)
		return sentence ? sentence : next;
	/* TRANSLATORS: a sentence and the next one: take the blank away where your language writes none */
	both = mem_printf(_("%s %s"), sentence, next);
	free(sentence);
	free(next);
	return both;
}

/* TEXT ends in a question mark: behind it there is no full stop. */
static bool is_question(const char *text)
{
	static const char *const marks[] = { "?", "\uff1f", "\u061f" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strlen(text) >= strlen(marks[i]) && !strcmp(text + strlen(text) - strlen(marks[i]), marks[i]))
			return true;
	return false;
}

/* What the Enter key does. The caller's; NULL: nothing. */
static char *enter_question(const struct page *page, const struct numbers *numbers)
{
	size_t row = plain_enter_row(page);
	const char *label = row != SIZE_MAX ? page->control.choices[row].label : label_of(page, page->enter);
	char number[24];

	if (row == SIZE_MAX && page->enter == ACTION_NONE)
		return NULL;
	if (!label)
		return mem_strdup(_("Enter: go on."));
	if (row != SIZE_MAX && is_question(label)) {
		snprintf(number, sizeof number, "%zu", plain_number_of(numbers, false, plain_row_id(page, row)));
		label = number;
	}
	/* TRANSLATORS: what the Enter key does: the label of a button */
	return mem_printf(_("Enter: %s."), label);
}

/* All that can be answered, in one line. The caller's; NULL where nothing can. */
char *plain_question(const struct page *page, const struct numbers *numbers)
{
	char *enter = enter_question(page, numbers), *back = NULL, *help = page->has_help ? mem_strdup(_("?: help.")) : NULL;
	const char *label = label_of(page, plain_back_action(page));

	if (label)
		/* TRANSLATORS: what the sign < does: the label of a button */
		back = mem_printf(_("<: %s."), label);
	return plain_joined(plain_joined(plain_joined(control_question(page, numbers), enter), back), help);
}

void plain_write_body(const struct page *page, const struct numbers *numbers, struct said_list *list)
{
	say_head(page, list);
	plain_say_note(page, list);
	for (size_t i = 0; i <= page->block_count; i++) {
		if (i == page->control_at)
			say_control(page, numbers, list);
		if (i < page->block_count && page->blocks[i].kind != BLOCK_SCREEN)
			say_take(list, PART_TEXT, block_text(&page->blocks[i]));
	}
}

void plain_write_lines(const struct page *page, const struct numbers *numbers, struct said_list *list)
{
	char *asked = plain_question(page, numbers);

	plain_write_body(page, numbers, list);
	say_buttons(page, numbers, list);
	say_take(list, PART_ASK, asked ? asked : mem_strdup(""));
}
