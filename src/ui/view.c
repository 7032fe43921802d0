/* SPDX-License-Identifier: MIT */
/*
 * Focus and scroll of a page: which of the control and the buttons is in
 * focus, and the keys that mean the same on every page. What a key does inside
 * a control is in view_control.c. Knows nothing of curses or of lines drawn.
 */
#include "ui/view_state.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/layout.h"

struct view *view_new(void)
{
	return mem_new(1, sizeof(struct view));
}

static void forget_places(struct view *view, size_t from)
{
	while (view->place_count > from)
		free(view->places[--view->place_count].slug);
}

void view_free(struct view *view)
{
	if (!view)
		return;
	forget_places(view, 0);
	free(view->slug);
	free(view->note);
	view_forget_typed(view);
	free(view->hits);
	free(view);
}

void view_forget_typed(struct view *view)
{
	mem_free_wiped(view->typed);
	view->typed = NULL;
}

size_t view_row_count(const struct page *page)
{
	switch (page->control.kind) {
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		return page->control.choice_count;
	case CONTROL_GRID:
		return page->control.grid_count;
	case CONTROL_CHECKLIST:
		return page->control.check_count;
	case CONTROL_REPORT:
		return page->control.report_count;
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
		break;
	}
	return 0;
}

size_t view_row_id(const struct page *page, size_t index)
{
	if (page->control.kind == CONTROL_GRID)
		return page->control.grid[index].row;
	if (page->control.kind == CONTROL_CHECKLIST)
		return page->control.checks[index].row;
	if (page->control.kind == CONTROL_REPORT)
		return page->control.report[index].row;
	return (size_t)page->control.choices[index].id;
}

/* A grid without rows keeps the focus: its filter is still being typed. */
bool view_has_control(const struct page *page)
{
	switch (page->control.kind) {
	case CONTROL_NONE:
		return false;
	case CONTROL_TEXT:
	case CONTROL_SECRET:
	case CONTROL_GRID:
		return true;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
	case CONTROL_CHECKLIST:
	case CONTROL_REPORT:
		break;
	}
	return view_row_count(page) > 0;
}

enum action_id view_escape_action(const struct page *page)
{
	static const enum action_id order[] = { ACTION_BACK, ACTION_STOP, ACTION_NO };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (page_has_action(page, order[i]))
			return order[i];
	return ACTION_NONE;
}

bool view_offers_help(const struct page *page)
{
	return page->has_help || page_has_action(page, ACTION_HELP);
}

bool view_event_action(struct event *event, enum action_id action)
{
	if (action == ACTION_NONE)
		return false;
	event->kind = EVENT_ACTION;
	event->action = action;
	return true;
}

void view_add_hit(struct view *view, struct hit hit)
{
	if (view->hit_count == view->hit_room) {
		view->hit_room = view->hit_room ? 2 * view->hit_room : 64;
		view->hits = mem_resize(view->hits, view->hit_room, sizeof *view->hits);
	}
	view->hits[view->hit_count++] = hit;
}

void view_move_to(struct view *view, const struct page *page, size_t index)
{
	size_t count = view_row_count(page);

	if (!count)
		return;
	view->cursor = index < count ? index : count - 1;
	view->cursor_id = view_row_id(page, view->cursor);
}

/* The page's own wish for the focus, or what is most of use. */
static void focus_hint(struct view *view, const struct page *page)
{
	enum action_id wish = page->focus;

	if (wish == ACTION_NONE && !view_has_control(page))
		wish = page_has_action(page, page->enter) ? page->enter :
			page->action_count ? page->actions[0].id : ACTION_NONE;
	view->on_button = page_has_action(page, wish);
	view->button = view->on_button ? wish : ACTION_NONE;
}

/* Where the cursor of a list begins: on what is chosen, or on the first row still to be ticked. */
static size_t first_row(const struct page *page)
{
	const struct control *control = &page->control;
	size_t i = 0, count = view_row_count(page);

	if (control->kind == CONTROL_CHOICE || control->kind == CONTROL_MENU)
		while (i < count && control->choices[i].id != control->chosen)
			i++;
	else if (control->kind == CONTROL_CHECKLIST)
		while (i < count && control->checks[i].done)
			i++;
	return i < count ? i : 0;
}

/* The row that is called what is looked for, before those that only mean something like it. */
static size_t best_row(const struct control *control)
{
	size_t best = 0, length = strlen(control->filter);
	int best_rank = 0;

	for (size_t i = 0; i < control->grid_count; i++) {
		const char *label = control->grid[i].label;
		int rank = !strncasecmp(label, control->filter, length) ? 2 : text_contains(label, control->filter);

		if (rank > best_rank) {
			best_rank = rank;
			best = i;
		}
	}
	return best;
}

/* While a name is typed the cursor is on what it finds; else it stays on its row, wherever the filter moves that. */
static void find_cursor(struct view *view, const struct page *page)
{
	const struct control *control = &page->control;
	size_t count = view_row_count(page);

	if (control->kind == CONTROL_CHOICE) {
		view_move_to(view, page, first_row(page));
		return;
	}
	if (control->kind == CONTROL_GRID && view->finding && control->filter && *control->filter) {
		view->cursor = 0;
		view_move_to(view, page, best_row(control));
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (view_row_id(page, i) == view->cursor_id) {
			view->cursor = i;
			return;
		}
	view->cursor = view->cursor < count ? view->cursor : 0;
}

static void find_caret(struct view *view, const struct page *page)
{
	size_t length = page->control.text ? strlen(page->control.text) : 0;

	if (view->caret > length)
		view->caret = length;
	if (view->field_from > view->caret)
		view->field_from = view->caret;
}

/* Takes the page's name from the view: it is the place's now. */
static void remember_place(struct view *view)
{
	if (!view->slug || view->place_count == PLACES)
		return;
	view->places[view->place_count++] = (struct place){
		.slug = view->slug, .on_button = view->on_button, .button = view->button,
		.cursor_id = view->cursor_id, .finding = view->finding, .caret = view->caret, .field_from = view->field_from,
		.scroll = view->scroll };
	view->slug = NULL;
}

/* Back on a page that another one lay over: everything is where it was. */
static void return_to_place(struct view *view, const struct page *page)
{
	for (size_t i = 0; i < view->place_count; i++) {
		const struct place *place = &view->places[i];

		if (strcmp(place->slug, page->slug) != 0)
			continue;
		view->cursor_id = place->cursor_id;
		view->finding = place->finding;
		view->caret = place->caret;
		view->field_from = place->field_from;
		view->scroll = place->scroll;
		find_cursor(view, page);
		find_caret(view, page);
		if (place->on_button ? page_has_action(page, place->button) : view_has_control(page)) {
			view->on_button = place->on_button;
			view->button = place->button;
		}
		forget_places(view, i);
		return;
	}
	if (!page->over)
		forget_places(view, 0);
}

static void begin_page(struct view *view, const struct page *page)
{
	if (page->over)
		remember_place(view);
	free(view->slug);
	view->slug = mem_strdup(page->slug);
	view->finding = false;
	view->scroll = view->scroll_by = 0;
	view->free = false;
	view->field_from = 0;
	view->caret = page->control.text ? strlen(page->control.text) : 0;
	view->cursor = 0;
	view_move_to(view, page, first_row(page));
	focus_hint(view, page);
	return_to_place(view, page);
}

/*
 * A note that is new, or stands in the way of Enter, must be seen, so the body
 * goes back to its top; but what is being typed stays in sight.
 */
static void look_at_note(struct view *view, const struct page *page, bool same_page)
{
	char *note = page->note.kind == NOTE_NONE ? NULL :
		mem_printf("%d%s%s", page->note.kind, page->note.text ? page->note.text : "",
			   page->note.advice ? page->note.advice : "");

	if (note && same_page && (view->entered || !view->note || strcmp(note, view->note) != 0)) {
		view->scroll = view->scroll_by = 0;
		view->free = view->on_button || view->entered || page->control.kind != CONTROL_TEXT;
	}
	free(view->note);
	view->note = note;
}

void view_update(struct view *view, const struct page *page, int columns, int rows)
{
	bool same_page = view->slug && strcmp(view->slug, page->slug) == 0;

	if (!same_page) {
		begin_page(view, page);
	} else {
		find_cursor(view, page);
		find_caret(view, page);
		if (page->focus != view->hint || (view->on_button && !page_has_action(page, view->button)) ||
		    (!view->on_button && !view_has_control(page)))
			focus_hint(view, page);
	}
	if (columns != view->columns || rows != view->rows)
		view->free = view->free && view->on_button;
	view->hint = page->focus;
	view->columns = columns;
	view->rows = rows;
	look_at_note(view, page, same_page);
}

/* Control first, then the buttons in their order; round and round. */
static void focus_step(struct view *view, const struct page *page, int step)
{
	size_t control = view_has_control(page) ? 1 : 0;
	size_t stops = control + page->action_count, at = 0;

	if (!stops)
		return;
	for (size_t i = 0; view->on_button && i < page->action_count; i++)
		if (page->actions[i].id == view->button)
			at = control + i;
	at = step > 0 ? (at + 1) % stops : (at + stops - 1) % stops;
	view->on_button = at >= control;
	view->button = view->on_button ? page->actions[at - control].id : ACTION_NONE;
	view->finding = false;
}

/* Left and right, without leaving the buttons. */
static void button_step(struct view *view, const struct page *page, int step)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (page->actions[i].id == view->button) {
			if (step > 0 ? i + 1 < page->action_count : i > 0)
				view->button = page->actions[step > 0 ? i + 1 : i - 1].id;
			return;
		}
}

void view_scroll(struct view *view, int lines)
{
	view->scroll_by += lines;
	view->free = true;
}

static bool button_press(struct view *view, const struct page *page, const struct press *press,
			 struct event *event)
{
	int far = view->list_rows > 3 ? view->list_rows - 2 : 1;

	switch (press->kind) {
	case PRESS_ENTER:
		return view_event_action(event, view->on_button ? view->button : page->enter);
	case PRESS_CHARACTER:
		return press->code_point == ' ' && view->on_button && view_event_action(event, view->button);
	case PRESS_LEFT:
	case PRESS_RIGHT:
		button_step(view, page, press->kind == PRESS_RIGHT ? 1 : -1);
		break;
	case PRESS_UP:
	case PRESS_DOWN:
		view_scroll(view, press->kind == PRESS_DOWN ? 1 : -1);
		break;
	case PRESS_PAGE_UP:
	case PRESS_PAGE_DOWN:
		view_scroll(view, press->kind == PRESS_PAGE_DOWN ? far : -far);
		break;
	case PRESS_HOME:
	case PRESS_END:
		view_scroll(view, press->kind == PRESS_END ? 10000 : -10000);
		break;
	default:
		break;
	}
	return false;
}

static bool escape_press(struct view *view, const struct page *page, struct event *event)
{
	if (page->control.kind == CONTROL_GRID && page->control.filter && *page->control.filter)
		return view_clear_filter(view, event);
	if (view->finding) {
		view->finding = false;
		return false;
	}
	return view_event_action(event, view_escape_action(page));
}

static const struct hit *hit_at(const struct view *view, int x, int y)
{
	for (size_t i = view->hit_count; i-- > 0;) {
		const struct hit *hit = &view->hits[i];

		if (hit->row == y && x >= hit->column && x < hit->end)
			return hit;
	}
	return NULL;
}

/* The first click on a row goes there, the next one is like Space or Enter on it. */
static bool row_click(struct view *view, const struct page *page, const struct hit *hit, struct event *event)
{
	bool there = view->cursor == hit->index && !view->on_button;
	struct press press = { .kind = PRESS_ENTER };

	view->on_button = view->finding = view->free = false;
	view_move_to(view, page, hit->index);
	switch (page->control.kind) {
	case CONTROL_CHOICE:
		event->kind = EVENT_CHOOSE;
		event->choice = page->control.choices[hit->index].id;
		return true;
	case CONTROL_GRID:
		return there && hit->kind == HIT_LEVEL && view_set_level(page, hit->index, hit->level, event);
	case CONTROL_CHECKLIST:
		press = (struct press){ .kind = PRESS_CHARACTER, .code_point = ' ' };
		break;
	default:
		break;
	}
	return there && view_control_press(view, page, &press, event);
}

static bool click(struct view *view, const struct page *page, const struct press *press, struct event *event)
{
	const struct hit *hit = hit_at(view, press->x, press->y);

	if (!hit)
		return false;
	if (hit->kind != HIT_BUTTON)
		return hit->index < view_row_count(page) && row_click(view, page, hit, event);
	if (hit->index >= page->action_count)
		return false;
	view->on_button = true;
	view->button = page->actions[hit->index].id;
	return view_event_action(event, view->button);
}

/* In a list the wheel moves; a choice is not changed by it. */
static void wheel(struct view *view, const struct page *page, int step)
{
	enum control_kind kind = page->control.kind;
	bool list = kind == CONTROL_GRID || kind == CONTROL_CHECKLIST || kind == CONTROL_MENU ||
		    kind == CONTROL_REPORT;

	if (!list || view->on_button) {
		view_scroll(view, 3 * step);
		return;
	}
	view->free = view->finding = false;
	if (step > 0)
		view_move_to(view, page, view->cursor + 1);
	else if (view->cursor > 0)
		view_move_to(view, page, view->cursor - 1);
}

/* A "?" where letters are typed is a letter. */
static bool asks_help(const struct view *view, const struct page *page, const struct press *press)
{
	return press->kind == PRESS_HELP ||
	       (press->kind == PRESS_CHARACTER && press->code_point == '?' &&
		(view->on_button || (page->control.kind != CONTROL_TEXT && page->control.kind != CONTROL_SECRET)));
}

static bool typed_into_control(const struct page *page, const struct press *press)
{
	return view_starts_filter(page, press) ||
	       (press->kind == PRESS_PASTE && page->control.kind == CONTROL_TEXT);
}

void view_let_terminal_turn(struct view *view, bool turns)
{
	view->terminal_turns = turns;
}

/* On a page that was turned the arrow keys to the sides mean the other one; not among the letters of a field. */
static struct press as_turned(const struct view *view, const struct page *page, const struct press *press)
{
	struct press turned = *press;

	if (!view->turned || (page->control.kind == CONTROL_TEXT && !view->on_button))
		return turned;
	if (press->kind == PRESS_LEFT)
		turned.kind = PRESS_RIGHT;
	else if (press->kind == PRESS_RIGHT)
		turned.kind = PRESS_LEFT;
	return turned;
}

bool view_press(struct view *view, const struct page *page, const struct press *pressed, struct event *event)
{
	struct press turned = as_turned(view, page, pressed);
	const struct press *press = &turned;

	/* Nothing of the page is seen: no key may answer what nobody reads. */
	if (layout_is_too_small(view->columns, view->rows) && press->kind != PRESS_LEAVE)
		return false;
	view->entered = press->kind == PRESS_ENTER;
	if (asks_help(view, page, press))
		return view_offers_help(page) && view_event_action(event, ACTION_HELP);
	switch (press->kind) {
	case PRESS_LANGUAGE:
		return page->has_languages && view_event_action(event, ACTION_LANGUAGE);
	case PRESS_LEAVE:
		return view_event_action(event, ACTION_LEAVE);
	case PRESS_ESCAPE:
		return escape_press(view, page, event);
	case PRESS_TAB:
	case PRESS_BACKTAB:
		view->free = false;
		focus_step(view, page, press->kind == PRESS_TAB ? 1 : -1);
		return false;
	case PRESS_CLICK:
		return click(view, page, press, event);
	case PRESS_WHEEL_UP:
	case PRESS_WHEEL_DOWN:
		wheel(view, page, press->kind == PRESS_WHEEL_DOWN ? 1 : -1);
		return false;
	default:
		break;
	}
	if (view->on_button && typed_into_control(page, press))
		view->on_button = false;
	if (view->on_button || !view_has_control(page))
		return button_press(view, page, press, event);
	return view_control_press(view, page, press, event);
}

bool view_in_secret(const struct view *view, const struct page *page)
{
	return page->control.kind == CONTROL_SECRET && !view->on_button;
}

void view_set_secret_length(struct view *view, size_t characters)
{
	view->secret_length = characters;
}

bool view_wants_mouse(const struct page *page)
{
	switch (page->control.kind) {
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
		return false;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
	case CONTROL_GRID:
	case CONTROL_CHECKLIST:
	case CONTROL_REPORT:
		break;
	}
	for (size_t i = 0; i < page->block_count; i++)
		if (page->blocks[i].kind == BLOCK_ADDRESS)
			return false;
	return true;
}
