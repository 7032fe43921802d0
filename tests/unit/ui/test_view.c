/* SPDX-License-Identifier: MIT */
/* Keys and the events they become; focus from one writing of a page to the next. */
#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

#include "pages.h"
#include "ui/layout.h"
#include "ui/view.h"

struct fixture {
	struct page page;
	struct view *view;
	struct event event;
};

static void begin(struct fixture *f, enum control_kind kind)
{
	setlocale(LC_ALL, "C.UTF-8");
	memset(f, 0, sizeof *f);
	page_init(&f->page);
	pages_write(&f->page, kind, WORDS_SHORT);
	f->view = view_new();
	view_update(f->view, &f->page, 80, 24);
}

static void end(struct fixture *f)
{
	view_free(f->view);
	page_done(&f->page);
}

static bool press(struct fixture *f, enum press_kind kind)
{
	struct press press = { .kind = kind };

	return view_press(f->view, &f->page, &press, &f->event);
}

static bool type(struct fixture *f, uint32_t code_point)
{
	struct press press = { .kind = PRESS_CHARACTER, .code_point = code_point };

	return view_press(f->view, &f->page, &press, &f->event);
}

static bool paste(struct fixture *f, const char *text)
{
	struct press press = { .kind = PRESS_PASTE, .text = text };

	return view_press(f->view, &f->page, &press, &f->event);
}

/* Where the hardware cursor would be. */
static void look(struct fixture *f, int *row, int *column)
{
	struct layout layout;

	view_update(f->view, &f->page, 80, 24);
	layout_page(&layout, &f->page, f->view, 80, 24);
	*row = layout.cursor_row;
	*column = layout.cursor_column;
	layout_done(&layout);
}

static bool click(struct fixture *f, int row, int column)
{
	struct press press = { .kind = PRESS_CLICK, .x = column, .y = row };

	return view_press(f->view, &f->page, &press, &f->event);
}

#define assert_action(f, id) do { \
	cr_assert_eq((f).event.kind, EVENT_ACTION); \
	cr_assert_eq((f).event.action, id); \
} while (0)

Test(view, maps__keys_of_every_page)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	cr_assert(press(&f, PRESS_ESCAPE));
	assert_action(f, ACTION_BACK);
	cr_assert(press(&f, PRESS_HELP));
	assert_action(f, ACTION_HELP);
	cr_assert(type(&f, '?'));
	assert_action(f, ACTION_HELP);
	cr_assert(press(&f, PRESS_LEAVE));
	assert_action(f, ACTION_LEAVE);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_NEXT);
	end(&f);
}

Test(view, escapes__to_stop_or_no)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	f.page.actions[0].id = ACTION_STOP;
	cr_assert(press(&f, PRESS_ESCAPE));
	assert_action(f, ACTION_STOP);
	f.page.actions[0].id = ACTION_NO;
	cr_assert(press(&f, PRESS_ESCAPE));
	assert_action(f, ACTION_NO);
	f.page.actions[0].id = ACTION_YES;
	cr_assert_not(press(&f, PRESS_ESCAPE));
	end(&f);
}

Test(view, offers_no_help__where_there_is_none)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	f.page.has_help = false;
	cr_assert_not(press(&f, PRESS_HELP));
	end(&f);
}

Test(view, cycles_focus__with_tab)
{
	struct fixture f;
	static const enum action_id order[] = { ACTION_BACK, ACTION_QUESTIONS, ACTION_NEXT };

	begin(&f, CONTROL_CHOICE);
	for (size_t i = 0; i < 3; i++) {
		press(&f, PRESS_TAB);
		cr_assert(press(&f, PRESS_ENTER));
		assert_action(f, order[i]);
	}
	press(&f, PRESS_LEFT);
	cr_assert(type(&f, ' '));
	assert_action(f, ACTION_QUESTIONS);
	press(&f, PRESS_RIGHT);
	press(&f, PRESS_TAB);
	cr_assert(press(&f, PRESS_DOWN));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	press(&f, PRESS_BACKTAB);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_NEXT);
	end(&f);
}

Test(view, keeps_focus__until_hint_changes)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	f.page.focus = ACTION_QUESTIONS;
	view_update(f.view, &f.page, 80, 24);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_QUESTIONS);
	press(&f, PRESS_LEFT);
	view_update(f.view, &f.page, 60, 20);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_BACK);
	f.page.focus = ACTION_NEXT;
	view_update(f.view, &f.page, 60, 20);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_NEXT);
	end(&f);
}

/* Another page over this one, and away again. */
static void look_over(struct fixture *f, enum control_kind kind, bool over)
{
	int row, column;

	pages_write(&f->page, CONTROL_MENU, WORDS_SHORT);
	f->page.slug = "over";
	f->page.over = over;
	look(f, &row, &column);
	pages_write(&f->page, kind, WORDS_SHORT);
}

Test(view, returns_to_place__after_page_over_it)
{
	static const enum control_kind kinds[] = { CONTROL_GRID, CONTROL_CHECKLIST, CONTROL_MENU, CONTROL_REPORT };
	struct fixture f;
	int first, was, row, column;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		begin(&f, kinds[i]);
		look(&f, &first, &column);
		press(&f, PRESS_DOWN);
		look(&f, &was, &column);
		cr_assert_neq(was, first);
		look_over(&f, kinds[i], true);
		look(&f, &row, &column);
		cr_expect_eq(row, was);
		press(&f, PRESS_TAB);
		look(&f, &was, &column);
		look_over(&f, kinds[i], true);
		look(&f, &row, &column);
		cr_expect_eq(row, was);
		look_over(&f, kinds[i], false);
		look(&f, &row, &column);
		cr_expect_eq(row, first, "another step begins anew");
		end(&f);
	}
}

Test(view, leaves_button__that_is_gone)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	press(&f, PRESS_LEFT);
	f.page.actions[1] = f.page.actions[2];
	f.page.action_count = 2;
	view_update(f.view, &f.page, 80, 24);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_NEXT);
	end(&f);
}

Test(view, chooses__at_once)
{
	struct fixture f;

	begin(&f, CONTROL_CHOICE);
	cr_assert(press(&f, PRESS_DOWN));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	cr_assert_eq(f.event.choice, 3);
	cr_assert(press(&f, PRESS_ENTER));
	assert_action(f, ACTION_NEXT);
	end(&f);
}

Test(view, acts__on_menu_entry)
{
	struct fixture f;

	begin(&f, CONTROL_MENU);
	cr_assert_not(press(&f, PRESS_DOWN));
	cr_assert(press(&f, PRESS_ENTER));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	cr_assert_eq(f.event.choice, 3);
	end(&f);
}

Test(view, ticks__with_space)
{
	struct fixture f;

	begin(&f, CONTROL_CHECKLIST);
	cr_assert(type(&f, ' '));
	cr_assert_eq(f.event.kind, EVENT_TICK);
	cr_assert_eq(f.event.row, 101, "the first row still to do");
	press(&f, PRESS_END);
	cr_assert(type(&f, ' '));
	cr_assert_eq(f.event.row, 111);
	end(&f);
}

static void assert_level(struct fixture *f, size_t row, enum level level)
{
	cr_assert_eq(f->event.kind, EVENT_LEVEL);
	cr_assert_eq(f->event.grid.row, row);
	cr_assert_eq(f->event.grid.level, level);
}

Test(view, changes_level__within_what_row_has)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	cr_assert(press(&f, PRESS_RIGHT));
	assert_level(&f, 100, LEVEL_READ);
	cr_assert_not(press(&f, PRESS_LEFT));
	press(&f, PRESS_DOWN);
	press(&f, PRESS_DOWN);
	press(&f, PRESS_DOWN);
	cr_assert_not(press(&f, PRESS_RIGHT), "row 3 has neither Read nor Write");
	press(&f, PRESS_UP);
	pages_write_grid(&f.page, 2, LEVEL_WRITE, "");
	view_update(f.view, &f.page, 80, 24);
	cr_assert_not(press(&f, PRESS_RIGHT));
	cr_assert(type(&f, ' '));
	assert_level(&f, 102, LEVEL_NONE);
	cr_assert(press(&f, PRESS_LEFT));
	assert_level(&f, 102, LEVEL_READ);
	end(&f);
}

Test(view, finds_row__while_typing)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	cr_assert_not(type(&f, '/'));
	cr_assert(type(&f, 't'));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_eq(f.event.text, "t");
	f.page.control.filter = "tax";
	cr_assert(type(&f, ' '), "a blank of the name, no change of level");
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_eq(f.event.text, "tax ");
	cr_assert(press(&f, PRESS_BACKSPACE));
	cr_assert_str_eq(f.event.text, "ta");
	cr_assert_not(press(&f, PRESS_ENTER), "ends the search");
	cr_assert(type(&f, ' '));
	cr_assert_eq(f.event.kind, EVENT_LEVEL);
	cr_assert(press(&f, PRESS_ESCAPE));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_eq(f.event.text, "");
	f.page.control.filter = "";
	cr_assert(press(&f, PRESS_ESCAPE));
	assert_action(f, ACTION_BACK);
	end(&f);
}

Test(view, begins_a_search_anew__or_takes_it_up_again)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	cr_assert_not(type(&f, '/'), "there is nothing to empty");
	f.page.control.filter = "tax";
	cr_assert_not(press(&f, PRESS_ENTER), "ends the search, which stays in force");
	cr_assert(type(&f, 'c'));
	cr_assert_str_eq(f.event.text, "c");
	press(&f, PRESS_ENTER);
	cr_assert(press(&f, PRESS_BACKSPACE));
	cr_assert_str_eq(f.event.text, "ta");
	cr_assert(press(&f, PRESS_ERASE));
	cr_assert_str_eq(f.event.text, "");
	press(&f, PRESS_ENTER);
	cr_assert(type(&f, '/'));
	cr_assert_str_eq(f.event.text, "");
	cr_assert(type(&f, 'x'), "in the search");
	cr_assert_str_eq(f.event.text, "taxx");
	end(&f);
}

Test(view, starts_search__from_a_button)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	press(&f, PRESS_TAB);
	cr_assert(type(&f, 0xe9));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_eq(f.event.text, "é");
	end(&f);
}

Test(view, stays_on_row__when_filter_changes)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	for (int i = 0; i < 7; i++)
		press(&f, PRESS_DOWN);
	f.page.control.grid += 5;
	f.page.control.grid_count = 10;
	view_update(f.view, &f.page, 80, 24);
	cr_assert(press(&f, PRESS_RIGHT));
	assert_level(&f, 107, LEVEL_READ);
	f.page.control.grid_count = 0;
	view_update(f.view, &f.page, 80, 24);
	cr_assert_not(press(&f, PRESS_RIGHT));
	cr_assert_not(press(&f, PRESS_DOWN));
	end(&f);
}

Test(view, edits_text__by_characters)
{
	struct fixture f;

	begin(&f, CONTROL_TEXT);
	f.page.control.text = "añ日";
	view_update(f.view, &f.page, 80, 24);
	press(&f, PRESS_END);
	cr_assert(press(&f, PRESS_BACKSPACE));
	cr_assert_eq(f.event.kind, EVENT_TEXT);
	cr_assert_str_eq(f.event.text, "añ");
	view_update(f.view, &f.page, 80, 24);
	press(&f, PRESS_HOME);
	press(&f, PRESS_RIGHT);
	cr_assert(press(&f, PRESS_DELETE));
	cr_assert_str_eq(f.event.text, "a日");
	cr_assert(type(&f, '?'), "a sign like any other");
	cr_assert_str_eq(f.event.text, "a?ñ日");
	press(&f, PRESS_HOME);
	cr_assert_not(press(&f, PRESS_BACKSPACE));
	cr_assert(press(&f, PRESS_ERASE));
	cr_assert_str_eq(f.event.text, "");
	end(&f);
}

Test(view, pastes__without_pressing_enter)
{
	struct fixture f;

	begin(&f, CONTROL_TEXT);
	f.page.control.text = "";
	f.page.control.text_max = 8;
	view_update(f.view, &f.page, 80, 24);
	cr_assert(paste(&f, "a\r\nb\033c\tdéfghijk"));
	cr_assert_eq(f.event.kind, EVENT_TEXT);
	cr_assert_str_eq(f.event.text, "abcdéfgh");
	end(&f);
}

Test(view, knows__secret_in_focus)
{
	struct fixture f;

	begin(&f, CONTROL_SECRET);
	cr_assert(view_in_secret(f.view, &f.page));
	cr_assert_not(type(&f, 'x'));
	cr_assert_not(paste(&f, "anything"));
	press(&f, PRESS_TAB);
	cr_assert_not(view_in_secret(f.view, &f.page));
	end(&f);
}

Test(view, wants_mouse__only_for_choosing)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	cr_assert_not(view_wants_mouse(&f.page), "there is an address to copy");
	pages_write_grid(&f.page, 0, LEVEL_NONE, "");
	cr_assert(view_wants_mouse(&f.page));
	f.page.control.kind = CONTROL_TEXT;
	cr_assert_not(view_wants_mouse(&f.page));
	end(&f);
}

Test(view, clicks__row_level_and_button)
{
	struct fixture f;
	int row, column;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, SIZE_MAX, LEVEL_NONE, "");
	look(&f, &row, &column);
	cr_assert_not(click(&f, row + 2, column + 5), "moves there");
	look(&f, &row, &column);
	cr_assert_not(click(&f, row, column + 5));
	cr_assert(click(&f, row, column + 2 + 44 + 2 + 8), "the level Read");
	assert_level(&f, 102, LEVEL_READ);
	press(&f, PRESS_TAB);
	look(&f, &row, &column);
	cr_assert(click(&f, row, column + 1));
	assert_action(f, ACTION_BACK);
	cr_assert_not(click(&f, 0, 0));
	end(&f);
}

Test(view, moves__with_wheel)
{
	struct fixture f;
	struct press wheel = { .kind = PRESS_WHEEL_DOWN };

	begin(&f, CONTROL_GRID);
	cr_assert_not(view_press(f.view, &f.page, &wheel, &f.event));
	cr_assert(press(&f, PRESS_RIGHT));
	assert_level(&f, 101, LEVEL_READ);
	end(&f);
}

Test(view, takes_no_key__where_nothing_of_the_page_is_seen)
{
	struct fixture f;

	begin(&f, CONTROL_CHOICE);
	view_update(f.view, &f.page, 39, 24);
	cr_assert_not(press(&f, PRESS_DOWN));
	cr_assert_not(press(&f, PRESS_ENTER));
	cr_assert_not(type(&f, ' '));
	view_update(f.view, &f.page, 80, 11);
	cr_assert_not(press(&f, PRESS_ENTER));
	cr_assert(press(&f, PRESS_LEAVE));
	end(&f);
}

Test(view, reads_on__without_choosing)
{
	struct fixture f;
	int row, column;

	begin(&f, CONTROL_CHOICE);
	cr_assert_not(press(&f, PRESS_PAGE_DOWN));
	cr_assert_not(press(&f, PRESS_PAGE_UP));
	look(&f, &row, &column);
	cr_assert(press(&f, PRESS_DOWN));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	end(&f);
}

/* What is called so comes before what only means it; and there the cursor stays when all rows are back. */
Test(view, searches__for_the_name_first)
{
	struct grid_row rows[GRID_ROWS];
	struct fixture f;

	begin(&f, CONTROL_GRID);
	type(&f, '/');
	pages_write_grid(&f.page, SIZE_MAX, LEVEL_NONE, "pay");
	memcpy(rows, f.page.control.grid, sizeof rows);
	rows[5].label = "Repayment";
	rows[7].label = "Payouts";
	f.page.control.grid = rows;
	view_update(f.view, &f.page, 80, 24);
	press(&f, PRESS_ENTER);
	press(&f, PRESS_RIGHT);
	cr_assert_eq(f.event.kind, EVENT_LEVEL);
	cr_assert_eq(f.event.grid.row, rows[7].row);
	press(&f, PRESS_ESCAPE);
	pages_write_grid(&f.page, SIZE_MAX, LEVEL_NONE, "");
	view_update(f.view, &f.page, 80, 24);
	press(&f, PRESS_RIGHT);
	cr_assert_eq(f.event.grid.row, rows[7].row);
	end(&f);
}
