/* SPDX-License-Identifier: MIT */
/*
 * Keys inside a control: moving in lists, levels of the grid and its filter,
 * ticks, choices, and typing in the text field. A secret is not typed here:
 * its bytes never come this way.
 */
#include "ui/view_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Where a key takes the cursor. At the ends the text around the list scrolls into sight. */
static bool moves(struct view *view, const struct page *page, const struct press *press)
{
	size_t count = view_row_count(page), at = view->cursor;
	size_t far = view->list_rows > 3 ? (size_t)view->list_rows - 2 : 5;
	bool was_free = view->free, page_key = press->kind == PRESS_PAGE_UP || press->kind == PRESS_PAGE_DOWN;

	/* Who reads on changes no answer. */
	if (page->control.kind == CONTROL_CHOICE && page_key) {
		view_scroll(view, press->kind == PRESS_PAGE_DOWN ? (int)far : -(int)far);
		return true;
	}
	view->free = false;
	switch (press->kind) {
	case PRESS_UP:
	case PRESS_PAGE_UP:
		if (at == 0 && view->more_above)
			view_scroll(view, press->kind == PRESS_UP ? -1 : -(int)far);
		else
			at -= press->kind == PRESS_UP ? at > 0 : at < far ? at : far;
		break;
	case PRESS_DOWN:
	case PRESS_PAGE_DOWN:
		if (at + 1 >= count && view->more_below)
			view_scroll(view, press->kind == PRESS_DOWN ? 1 : (int)far);
		else if (!was_free)
			at += press->kind == PRESS_DOWN ? 1 : far;
		break;
	case PRESS_HOME:
		at = 0;
		break;
	case PRESS_END:
		at = count ? count - 1 : 0;
		break;
	default:
		return false;
	}
	view->finding = false;
	view_move_to(view, page, at);
	return true;
}

static size_t encode(uint32_t code_point, char out[5])
{
	size_t length = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = length; i-- > 1; code_point >>= 6)
		out[i] = (char)(0x80 | (code_point & 0x3f));
	out[0] = (char)(lead[length] | code_point);
	out[length] = '\0';
	return length;
}

/* Not for a line of text: controls, line ends, marks that turn the direction of writing. */
static bool is_unfit(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) || code_point == 0xfffd ||
	       code_point == 0x2028 || code_point == 0x2029 || (code_point >= 0x202a && code_point <= 0x202e) ||
	       (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0xfeff;
}

static size_t count_characters(const char *text)
{
	size_t count = 0, left = strlen(text), used;
	uint32_t code_point;

	for (; (used = text_next(text, left, &code_point)) > 0; count++) {
		text += used;
		left -= used;
	}
	return count;
}

/* OLD with ADDED put in at byte AT, as far as MAX characters allow (0: no limit). Sets *END behind it. */
static char *put_in(const char *old, size_t at, const char *added, size_t max, size_t *end)
{
	size_t have = count_characters(old), left = strlen(added), used, length = strlen(old);
	char *text = mem_new(length + left + 1, 1);
	uint32_t code_point;

	memcpy(text, old, at);
	*end = at;
	for (; (used = text_next(added, left, &code_point)) > 0; added += used, left -= used) {
		if (is_unfit(code_point))
			continue;
		if (max && have >= max)
			break;
		memcpy(text + *end, added, used);
		*end += used;
		have++;
	}
	memcpy(text + *end, old + at, length - at);
	return text;
}

/* TEXT, taken over, lent to the guide; no event when nothing is new. */
static bool lend(struct view *view, char *text, const char *old, enum event_kind kind, struct event *event)
{
	bool changed = strcmp(text, old) != 0;

	view_forget_typed(view);
	view->typed = text;
	event->kind = kind;
	event->text = text;
	return changed;
}

/* What PRESS types, in ROOM when it is one character; NULL when it types nothing. */
static const char *typed_text(const struct press *press, char room[5])
{
	if (press->kind == PRESS_PASTE)
		return press->text;
	if (press->kind != PRESS_CHARACTER)
		return NULL;
	encode(press->code_point, room);
	return room;
}

static bool text_change(struct view *view, const struct control *control, const char *old,
			const struct press *press, struct event *event)
{
	char room[5];
	size_t from = view->caret, to = view->caret;
	const char *added = typed_text(press, room);
	char *text;

	if (added) {
		text = put_in(old, view->caret, added, control->text_max, &view->caret);
		return lend(view, text, old, EVENT_TEXT, event);
	}
	if (press->kind == PRESS_ERASE) {
		from = 0;
		to = strlen(old);
	} else if (press->kind == PRESS_BACKSPACE) {
		from = text_before(old, from);
	} else {
		to = text_after(old, to);
	}
	text = mem_printf("%.*s%s", (int)from, old, old + to);
	view->caret = from;
	return lend(view, text, old, EVENT_TEXT, event);
}

static bool text_press(struct view *view, const struct page *page, const struct press *press,
		       struct event *event)
{
	const char *text = page->control.text ? page->control.text : "";

	if (view->caret > strlen(text))
		view->caret = strlen(text);
	switch (press->kind) {
	case PRESS_LEFT:
		view->caret = text_before(text, view->caret);
		break;
	case PRESS_RIGHT:
		view->caret = text_after(text, view->caret);
		break;
	case PRESS_HOME:
		view->caret = 0;
		break;
	case PRESS_END:
		view->caret = strlen(text);
		break;
	case PRESS_CHARACTER:
	case PRESS_PASTE:
	case PRESS_BACKSPACE:
	case PRESS_DELETE:
	case PRESS_ERASE:
		view->free = false;
		return text_change(view, &page->control, text, press, event);
	default:
		break;
	}
	return false;
}

/* The next level above (STEP 1) or below (-1) that the row has; the same when there is none. */
static enum level next_level(const struct grid_row *row, int step)
{
	for (int level = (int)row->level + step; level >= 0 && level < LEVEL_COUNT; level += step)
		if (row->has[level])
			return (enum level)level;
	return row->level;
}

bool view_set_level(const struct page *page, size_t index, enum level level, struct event *event)
{
	const struct grid_row *row = &page->control.grid[index];

	if (row->level == level || !row->has[level])
		return false;
	event->kind = EVENT_LEVEL;
	event->grid.row = row->row;
	event->grid.level = level;
	return true;
}

bool view_clear_filter(struct view *view, struct event *event)
{
	view->finding = false;
	return lend(view, mem_strdup(""), "-", EVENT_FILTER, event);
}

/* Any letter or digit; not Space, which changes levels until something is typed. */
static bool is_word(uint32_t code_point)
{
	return code_point > 0x7f || (code_point >= '0' && code_point <= '9') ||
	       (code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z');
}

bool view_starts_filter(const struct page *page, const struct press *press)
{
	return page->control.kind == CONTROL_GRID &&
	       (press->kind == PRESS_PASTE ||
		(press->kind == PRESS_CHARACTER && (press->code_point == '/' || is_word(press->code_point))));
}

/* A search that was ended stays in force until the next one, which begins anew; Backspace takes it up again. */
static bool filter_change(struct view *view, const char *old, const struct press *press, struct event *event)
{
	bool slash = press->kind == PRESS_CHARACTER && press->code_point == '/' && !(view->finding && *old);
	const char *kept = view->finding ? old : "";
	char room[5], *text;
	size_t end;

	view->finding = true;
	view->free = false;
	if (press->kind == PRESS_BACKSPACE)
		text = mem_strndup(old, text_before(old, strlen(old)));
	else if (press->kind == PRESS_ERASE || slash)
		text = mem_strdup("");
	else
		text = put_in(kept, strlen(kept), typed_text(press, room), 60, &end);
	return lend(view, text, old, EVENT_FILTER, event);
}

/* While a name is typed Space belongs to it: else "tax id" would give Read to some row on the way. */
static bool is_for_filter(const struct view *view, const char *filter, const struct press *press)
{
	switch (press->kind) {
	case PRESS_CHARACTER:
		return is_word(press->code_point) || press->code_point == '/' || (view->finding && *filter);
	case PRESS_PASTE:
		return true;
	case PRESS_BACKSPACE:
	case PRESS_ERASE:
		return *filter;
	default:
		return false;
	}
}

static bool filter_press(struct view *view, const struct page *page, const struct press *press,
			 struct event *event, bool *taken)
{
	const char *filter = page->control.filter ? page->control.filter : "";

	*taken = true;
	if (is_for_filter(view, filter, press))
		return filter_change(view, filter, press, event);
	if (press->kind == PRESS_ENTER && view->finding) {
		view->finding = false;
		return false;
	}
	*taken = false;
	return false;
}

static bool grid_press(struct view *view, const struct page *page, const struct press *press,
		       struct event *event)
{
	const struct grid_row *row;
	enum level level;
	bool taken;
	bool result = filter_press(view, page, press, event, &taken);

	if (taken || !page->control.grid_count)
		return result;
	row = &page->control.grid[view->cursor];
	if (press->kind == PRESS_LEFT)
		level = next_level(row, -1);
	else if (press->kind == PRESS_RIGHT)
		level = next_level(row, 1);
	else if (press->kind == PRESS_CHARACTER && press->code_point == ' ')
		level = next_level(row, 1) == row->level ? LEVEL_NONE : next_level(row, 1);
	else
		return false;
	view->finding = view->free = false;
	return view_set_level(page, view->cursor, level, event);
}

static bool checklist_press(struct view *view, const struct page *page, const struct press *press,
			    struct event *event)
{
	if (press->kind != PRESS_CHARACTER || press->code_point != ' ')
		return false;
	view->free = false;
	event->kind = EVENT_TICK;
	event->row = page->control.checks[view->cursor].row;
	return true;
}

static bool choose(const struct page *page, size_t index, struct event *event)
{
	event->kind = EVENT_CHOOSE;
	event->choice = page->control.choices[index].id;
	return true;
}

static bool list_press(struct view *view, const struct page *page, const struct press *press,
		       struct event *event)
{
	bool space = press->kind == PRESS_CHARACTER && press->code_point == ' ';

	switch (page->control.kind) {
	case CONTROL_GRID:
		return grid_press(view, page, press, event);
	case CONTROL_CHECKLIST:
		return checklist_press(view, page, press, event);
	case CONTROL_MENU:
		return (space || press->kind == PRESS_ENTER) && choose(page, view->cursor, event);
	case CONTROL_CHOICE:
		return space && choose(page, view->cursor, event);
	default:
		return false;
	}
}

bool view_control_press(struct view *view, const struct page *page, const struct press *press,
			struct event *event)
{
	enum control_kind kind = page->control.kind;
	bool field = kind == CONTROL_TEXT || kind == CONTROL_SECRET;
	size_t before = view->cursor;
	bool line_key = press->kind == PRESS_HOME || press->kind == PRESS_END;

	if (!(field && line_key) && moves(view, page, press))
		return kind == CONTROL_CHOICE && view->cursor != before && choose(page, view->cursor, event);
	if (press->kind == PRESS_ENTER && kind != CONTROL_MENU && !(kind == CONTROL_GRID && view->finding))
		return view_event_action(event, page->enter);
	if (kind == CONTROL_TEXT)
		return text_press(view, page, press, event);
	return list_press(view, page, press, event);
}
