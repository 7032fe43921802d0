/* SPDX-License-Identifier: MIT */
/* Which number stands for what: it must not move under the hands of who is typing it. */
#include "ui/plain_parts.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

size_t plain_row_count(const struct page *page)
{
	const struct control *control = &page->control;

	switch (control->kind) {
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		return control->choice_count;
	case CONTROL_CHECKLIST:
		return control->check_count;
	case CONTROL_GRID:
		return control->grid_count;
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
	case CONTROL_REPORT:
		break;
	}
	return 0;
}

size_t plain_row_id(const struct page *page, size_t row)
{
	const struct control *control = &page->control;

	switch (control->kind) {
	case CONTROL_CHECKLIST:
		return control->checks[row].row;
	case CONTROL_GRID:
		return control->grid[row].row;
	default:
		return (size_t)control->choices[row].id;
	}
}

bool plain_is_listed(const struct page *page, size_t row)
{
	const struct control *control = &page->control;

	return control->kind != CONTROL_GRID || (control->filter && *control->filter) ||
	       control->grid[row].level != LEVEL_NONE;
}

size_t plain_enter_row(const struct page *page)
{
	const struct control *control = &page->control;

	if (control->kind != CONTROL_MENU || page->enter != ACTION_NONE || !control->choice_count)
		return SIZE_MAX;
	for (size_t i = 0; control->has_chosen && i < control->choice_count; i++)
		if (control->choices[i].id == control->chosen)
			return i;
	return 0;
}

/* Buttons that have a sign of their own get no number. */
static bool has_sign(const struct page *page, enum action_id id)
{
	return id == page->enter || id == ACTION_BACK || id == ACTION_HELP || id == plain_back_action(page);
}

size_t plain_number_of(const struct numbers *numbers, bool is_button, size_t id)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->items[i].is_button == is_button && numbers->items[i].id == id)
			return i + 1;
	return 0;
}

static void give(struct numbers *numbers, bool is_button, size_t id)
{
	if (plain_number_of(numbers, is_button, id))
		return;
	numbers->items = mem_resize(numbers->items, numbers->count + 1, sizeof *numbers->items);
	numbers->items[numbers->count++] = (struct numbered){ is_button, id };
}

static size_t count_rows(const struct numbers *numbers)
{
	size_t count = 0;

	for (size_t i = 0; i < numbers->count; i++)
		count += !numbers->items[i].is_button;
	return count;
}

/* The page lists just the rows that have a number. */
static bool has_same_rows(const struct numbers *numbers, const struct page *page)
{
	size_t listed = 0;

	for (size_t row = 0; row < plain_row_count(page); row++) {
		if (!plain_is_listed(page, row))
			continue;
		listed++;
		if (!plain_number_of(numbers, false, plain_row_id(page, row)))
			return false;
	}
	return listed == count_rows(numbers);
}

bool plain_number(struct numbers *numbers, const struct page *page, bool may_move)
{
	bool anew = may_move && !has_same_rows(numbers, page);

	if (anew)
		numbers->count = 0;
	for (size_t row = 0; row < plain_row_count(page); row++)
		if (plain_is_listed(page, row))
			give(numbers, false, plain_row_id(page, row));
	for (size_t i = 0; i < page->action_count; i++)
		if (!has_sign(page, page->actions[i].id))
			give(numbers, true, page->actions[i].id);
	return anew;
}

size_t plain_numbered_row(const struct numbers *numbers, const struct page *page, size_t number)
{
	for (size_t row = 0; row < plain_row_count(page); row++)
		if (plain_is_listed(page, row) && plain_number_of(numbers, false, plain_row_id(page, row)) == number)
			return row;
	return SIZE_MAX;
}

const struct action *plain_numbered_button(const struct numbers *numbers, const struct page *page, size_t number)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (!has_sign(page, page->actions[i].id) &&
		    plain_number_of(numbers, true, page->actions[i].id) == number)
			return &page->actions[i];
	return NULL;
}
