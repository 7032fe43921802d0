/* SPDX-License-Identifier: MIT */
/* Every kind of page at every size: nothing clipped, the cursor on the focus, every word within reach. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "pages.h"
#include "ui/layout.h"
#include "ui/view_state.h"

enum { SIZES = 5, SCREEN_MAX = 16 * 1024 };

static const int sizes[SIZES][2] = { { 80, 24 }, { 60, 20 }, { 40, 12 }, { 132, 43 }, { 76, 16 } };

static const enum control_kind kinds[] = {
	CONTROL_NONE, CONTROL_CHOICE, CONTROL_MENU, CONTROL_TEXT, CONTROL_SECRET, CONTROL_GRID, CONTROL_CHECKLIST,
	CONTROL_REPORT
};

struct fixture {
	struct page page;
	struct view *view;
	struct layout layout;
	int columns, rows;
	char screen[SCREEN_MAX];      /* what the last layout shows, a line each */
};

static void begin(struct fixture *f, int columns, int rows)
{
	setlocale(LC_ALL, "C.UTF-8");
	memset(f, 0, sizeof *f);
	page_init(&f->page);
	f->view = view_new();
	f->columns = columns;
	f->rows = rows;
}

static void end(struct fixture *f)
{
	layout_done(&f->layout);
	view_free(f->view);
	page_done(&f->page);
}

/* Puts the spans of a line side by side and holds them against the window. */
static void add_line(struct fixture *f, const struct line *line, int row)
{
	for (int column = 0; column < f->columns;) {
		const struct span *here = NULL;

		for (size_t i = 0; i < line->count; i++)
			if (line->spans[i].column == column)
				here = &line->spans[i];
		if (!here) {
			strcat(f->screen, " ");
			column++;
			continue;
		}
		strcat(f->screen, here->text);
		cr_assert(*here->text);
		column += text_cells(here->text);
		cr_assert_leq(column, f->columns, "row %d is too wide: %s", row, here->text);
	}
	strcat(f->screen, "\n");
}

static void check_no_overlap(const struct line *line, int row)
{
	for (size_t i = 0; i < line->count; i++)
		for (size_t j = 0; j < line->count; j++) {
			const struct span *a = &line->spans[i], *b = &line->spans[j];

			cr_assert(i == j || b->column < a->column || b->column >= a->column + text_cells(a->text),
				  "row %d: \"%s\" lies over \"%s\"", row, b->text, a->text);
		}
}

static void show(struct fixture *f)
{
	layout_done(&f->layout);
	view_update(f->view, &f->page, f->columns, f->rows);
	layout_page(&f->layout, &f->page, f->view, f->columns, f->rows);
	*f->screen = '\0';
	for (int row = 0; row < f->rows; row++) {
		check_no_overlap(&f->layout.lines[row], row);
		add_line(f, &f->layout.lines[row], row);
	}
	cr_assert(f->layout.cursor_row >= 0 && f->layout.cursor_row < f->rows);
	cr_assert(f->layout.cursor_column >= 0 && f->layout.cursor_column < f->columns);
}

static void press(struct fixture *f, enum press_kind kind)
{
	struct event event;
	struct press press = { .kind = kind };

	view_press(f->view, &f->page, &press, &event);
	show(f);
}

static void type(struct fixture *f, uint32_t code_point)
{
	struct event event;
	struct press press = { .kind = PRESS_CHARACTER, .code_point = code_point };

	view_press(f->view, &f->page, &press, &event);
	show(f);
}

/* The text at the hardware cursor begins with TEXT. */
static bool cursor_on(const struct fixture *f, const char *text)
{
	const struct line *line = &f->layout.lines[f->layout.cursor_row];

	for (size_t i = 0; i < line->count; i++) {
		const char *at = line->spans[i].text;

		for (int column = line->spans[i].column; *at; at += text_after(at, 0)) {
			if (column == f->layout.cursor_column && strncmp(at, text, strlen(text)) == 0)
				return true;
			column += text_cells_of((unsigned char)*at < 0x80 ? (uint32_t)*at : 0x3042);
			if ((unsigned char)*at >= 0x80 && (unsigned char)*at < 0xe3)
				column--;
		}
	}
	return false;
}

static void collect(char **seen, const char *screen)
{
	char *more = mem_printf("%s%s", *seen, screen);

	free(*seen);
	*seen = more;
}

/* All that comes into sight from the top of the page to its end. */
static char *read_all(struct fixture *f)
{
	char *seen = mem_strdup("");

	press(f, PRESS_HOME);
	for (int i = 0; i < 300; i++) {
		collect(&seen, f->screen);
		press(f, PRESS_DOWN);
	}
	return seen;
}

static void focus_buttons(struct fixture *f)
{
	if (f->page.control.kind != CONTROL_NONE)
		press(f, PRESS_TAB);
}

/* Words at blanks and hyphens; wide text by characters, since it is broken anywhere. */
static void check_words(const char *seen, const char *text, bool wide)
{
	char *copy = mem_strdup(text), *save, *word;

	for (word = strtok_r(copy, " -/", &save); word; word = strtok_r(NULL, " -/", &save)) {
		if (!wide) {
			cr_assert(strstr(seen, word), "\"%s\" cannot be reached", word);
			continue;
		}
		for (size_t at = 0; word[at]; at = text_after(word, at)) {
			char *character = mem_strndup(word + at, text_after(word, at) - at);

			cr_assert(strstr(seen, character), "%s of \"%s\" cannot be reached", character, text);
			free(character);
		}
	}
	free(copy);
}

static void check_all_words(struct fixture *f, enum words words)
{
	bool wide = words == WORDS_WIDE;
	char *seen;

	focus_buttons(f);
	seen = read_all(f);
	check_words(seen, f->page.title, wide);
	for (size_t i = 0; i < f->page.block_count; i++)
		check_words(seen, f->page.blocks[i].text, wide);
	for (size_t i = 0; i < f->page.action_count; i++)
		check_words(seen, f->page.actions[i].label, wide);
	free(seen);
}

/* Each button can be focused, is in sight then, and has the cursor on its first letter. */
static void check_buttons(struct fixture *f)
{
	focus_buttons(f);
	for (size_t i = 0; i < f->page.action_count; i++) {
		const char *label = f->page.actions[i].label;
		char *first = mem_strndup(label, text_after(label, 0));

		press(f, i ? PRESS_RIGHT : PRESS_LEFT);
		for (size_t j = 0; !i && j < f->page.action_count; j++)
			press(f, PRESS_LEFT);
		cr_assert(cursor_on(f, first), "the cursor is not on \"%s\":\n%s", label, f->screen);
		free(first);
	}
}

static void for_all(void (*check)(struct fixture *, enum words))
{
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (int words = 0; words < WORDS_COUNT; words++)
			for (int size = 0; size < SIZES; size++) {
				struct fixture f;

				begin(&f, sizes[size][0], sizes[size][1]);
				pages_write(&f.page, kinds[k], (enum words)words);
				show(&f);
				check(&f, (enum words)words);
				end(&f);
			}
}

static void buttons(struct fixture *f, enum words words)
{
	(void)words;
	check_buttons(f);
}

Test(layout, reaches__every_word)
{
	for_all(check_all_words);
}

Test(layout, keeps_buttons__in_reach)
{
	for_all(buttons);
}

/* Down to the last row and up again: the marker, the label and the cursor stay together. */
static void walk_rows(struct fixture *f, enum words words)
{
	size_t count = view_row_count(&f->page);
	enum control_kind kind = f->page.control.kind;

	(void)words;
	if (kind != CONTROL_GRID && kind != CONTROL_CHECKLIST && kind != CONTROL_REPORT)
		return;
	press(f, PRESS_HOME);
	for (size_t i = 0; i + 1 < 2 * count; i++) {
		size_t row = i < count ? i : 2 * count - 2 - i;
		char *number = mem_printf("%zu", row);

		cr_assert(cursor_on(f, "▸"), "row %zu is not marked:\n%s", row, f->screen);
		cr_assert(strstr(f->screen, number));
		free(number);
		press(f, i + 1 < count ? PRESS_DOWN : PRESS_UP);
	}
}

Test(layout, marks_row__in_focus)
{
	for_all(walk_rows);
}

/* The line of SCREEN that holds its byte AT, counted from 0. */
static int line_of(const char *screen, const char *at)
{
	int line = 0;

	for (; screen < at; screen++)
		line += *screen == '\n';
	return line;
}

/* A screen reader reads what changes: the mark goes from the old row to the new one, and nothing else moves. */
static void check_step_changes_two_rows(enum control_kind kind)
{
	static char before[SCREEN_MAX];
	struct fixture f;
	int was;

	begin(&f, 80, 43);
	pages_write(&f.page, kind, WORDS_SHORT);
	show(&f);
	was = f.layout.cursor_row;
	memcpy(before, f.screen, sizeof before);
	press(&f, PRESS_DOWN);
	cr_assert_neq(f.layout.cursor_row, was);
	for (char *a = before, *b = f.screen; *a && *b;) {
		int row = line_of(before, a);
		size_t bytes_a = strcspn(a, "\n"), bytes_b = strcspn(b, "\n");

		cr_assert(row == was || row == f.layout.cursor_row ||
			  (bytes_a == bytes_b && !memcmp(a, b, bytes_a)), "row %d changes, too: %.*s", row, (int)bytes_b, b);
		a += bytes_a + 1;
		b += bytes_b + 1;
	}
	end(&f);
}

Test(layout, step__changes_two_rows)
{
	check_step_changes_two_rows(CONTROL_MENU);
	check_step_changes_two_rows(CONTROL_CHECKLIST);
	check_step_changes_two_rows(CONTROL_REPORT);
}

/* The explanation of the row is all there, in small windows too. */
Test(layout, explains_row__without_clipping)
{
	for (int words = 0; words < WORDS_COUNT; words++)
		for (int size = 0; size < SIZES; size++) {
			struct fixture f;

			begin(&f, sizes[size][0], sizes[size][1]);
			pages_write(&f.page, CONTROL_GRID, (enum words)words);
			show(&f);
			for (int row = 0; row < 5; row++) {
				check_words(f.screen, f.page.control.grid[row].about, words == WORDS_WIDE);
				press(&f, PRESS_DOWN);
			}
			end(&f);
		}
}

Test(layout, shows_level__in_brackets)
{
	struct fixture f;

	begin(&f, 80, 24);
	pages_write_grid(&f.page, 0, LEVEL_READ, "");
	show(&f);
	cr_assert(strstr(f.screen, "▸ Charges and Refunds 0"));
	cr_assert(strstr(f.screen, " None  [Read]  Write"));
	cr_assert(strstr(f.screen, "[None]  Read \n") == NULL);
	cr_assert(strstr(f.screen, "Group 0 ───"));
	cr_assert(strstr(f.screen, "▼ "));
	end(&f);
}

Test(layout, keeps_search_line__when_scrolled)
{
	struct fixture f;

	begin(&f, 60, 20);
	pages_write_grid(&f.page, SIZE_MAX, LEVEL_NONE, "");
	show(&f);
	press(&f, PRESS_END);
	cr_assert(strstr(f.screen, "Find ▏"));
	cr_assert(strstr(f.screen, "1 Read · 0 Write · 39 None"));
	cr_assert(strstr(f.screen, "▲ "));
	cr_assert(strstr(f.screen, "What may this key see?"));
	cr_assert_not(strstr(f.screen, "Everything starts at None."));
	press(&f, PRESS_HOME);
	cr_assert(strstr(f.screen, "Everything starts at None."));
	end(&f);
}

Test(layout, puts_cursor__into_search)
{
	struct fixture f;

	begin(&f, 40, 12);
	pages_write_grid(&f.page, SIZE_MAX, LEVEL_NONE, "");
	show(&f);
	type(&f, '/');
	cr_assert(cursor_on(&f, "▏"));
	cr_assert(strstr(f.screen, "Find ▏"));
	press(&f, PRESS_DOWN);
	cr_assert(cursor_on(&f, "▸"));
	end(&f);
}

Test(layout, never_shows__secret)
{
	struct fixture f;

	begin(&f, 80, 24);
	pages_write(&f.page, CONTROL_SECRET, WORDS_SHORT);
	view_set_secret_length(f.view, 37);
	show(&f);
	cr_assert(strstr(f.screen, "·····································▏  37 characters"));
	view_set_secret_length(f.view, 50000);
	show(&f);
	cr_assert(strstr(f.screen, "50000 characters"));
	end(&f);
}

Test(layout, scrolls_field__with_caret)
{
	struct fixture f;
	const char *text = "the-beginning-of-a-name-that-is-much-longer-than-any-window-is-wide-and-has-an-end";

	begin(&f, 40, 12);
	pages_write(&f.page, CONTROL_TEXT, WORDS_SHORT);
	f.page.control.text = text;
	show(&f);
	cr_assert(strstr(f.screen, "has-an-end▏"));
	cr_assert(cursor_on(&f, "▏"));
	press(&f, PRESS_HOME);
	cr_assert(strstr(f.screen, "the-beginning"));
	cr_assert(cursor_on(&f, "the-"));
	f.page.control.text = "short";
	press(&f, PRESS_END);
	cr_assert(strstr(f.screen, "short▏"));
	press(&f, PRESS_LEFT);
	cr_assert(cursor_on(&f, "t"));
	cr_assert_not(strstr(f.screen, "▏"), "a second mark, where the cursor is not:\n%s", f.screen);
	end(&f);
}

/* One thing is in focus, so one thing is marked. */
Test(layout, marks__nothing_but_the_focus)
{
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct fixture f;

		begin(&f, 80, 43);
		pages_write(&f.page, kinds[k], WORDS_SHORT);
		f.page.trail_count = 0;
		show(&f);
		focus_buttons(&f);
		cr_assert_not(strstr(f.screen, "▸"), "a row is marked, and a button:\n%s", f.screen);
		cr_assert_not(strstr(f.screen, "readonly▏"), "%s", f.screen);
		end(&f);
	}
}

/* Only what is between the title and the buttons scrolls; header and footer take a row each. */
Test(layout, keeps_title_and_buttons__in_a_low_window)
{
	struct fixture f;

	begin(&f, 40, 12);
	pages_write(&f.page, CONTROL_REPORT, WORDS_SHORT);
	show(&f);
	press(&f, PRESS_END);
	cr_assert(strstr(f.screen, " ▸ 4/6 Open"), "%s", f.screen);
	cr_assert(strstr(f.screen, "\n  What may this key see?"), "%s", f.screen);
	cr_assert(strstr(f.screen, "[ Back ]  [ Questions ]  [ Next ]"), "%s", f.screen);
	pages_write(&f.page, CONTROL_CHOICE, WORDS_LONG);
	press(&f, PRESS_END);
	cr_assert(strstr(f.screen, "\n  Zugriffsberechtigungen des…"), "%s", f.screen);
	end(&f);
}

/* There the explanation of the row and the buttons have the same place. */
Test(layout, shows_next__below_the_grid_in_a_low_window)
{
	struct fixture f;

	begin(&f, 40, 12);
	pages_write(&f.page, CONTROL_GRID, WORDS_LONG);
	show(&f);
	cr_assert(strstr(f.screen, "[ Next ]"), "%s", f.screen);
	cr_assert_not(strstr(f.screen, "[ Back ]"), "%s", f.screen);
	cr_assert(strstr(f.screen, "Kunden. (0)"), "%s", f.screen);
	cr_assert(strstr(f.screen, "Tab buttons"), "%s", f.screen);
	press(&f, PRESS_TAB);
	cr_assert(cursor_on(&f, "Back"), "%s", f.screen);
	cr_assert(strstr(f.screen, "[ Next ]"), "%s", f.screen);
	cr_assert_not(strstr(f.screen, "Kunden. (0)"), "%s", f.screen);
	end(&f);
}

Test(layout, says__window_too_small)
{
	struct fixture f;

	begin(&f, 39, 12);
	pages_write(&f.page, CONTROL_NONE, WORDS_SHORT);
	show(&f);
	cr_assert(strstr(f.screen, "too small"));
	cr_assert(strstr(f.screen, "40"));
	f.columns = 1;
	f.rows = 1;
	show(&f);
	end(&f);
}

Test(layout, shows_note__first)
{
	struct fixture f;

	begin(&f, 40, 12);
	pages_write(&f.page, CONTROL_NONE, WORDS_SHORT);
	show(&f);
	press(&f, PRESS_END);
	cr_assert_not(strstr(f.screen, "Everything starts"));
	page_note(&f.page, NOTE_PROBLEM, "It failed.", "Try again.");
	show(&f);
	cr_assert(strstr(f.screen, "What may this key see?"));
	cr_assert(strstr(f.screen, "! It failed."));
	cr_assert(strstr(f.screen, "  Try again."));
	end(&f);
}

/* What Enter brings is read before anything more is typed; what comes while typing leaves the field in sight. */
Test(layout, shows_note__before_the_field_after_enter)
{
	struct fixture f;

	begin(&f, 40, 12);
	pages_write(&f.page, CONTROL_TEXT, WORDS_LONG);
	show(&f);
	press(&f, PRESS_ENTER);
	page_note(&f.page, NOTE_PROBLEM, "This name cannot be.", "Type another one.");
	show(&f);
	cr_assert(strstr(f.screen, "! This name cannot be."), "%s", f.screen);
	type(&f, 'x');
	cr_assert(cursor_on(&f, "▏"), "%s", f.screen);
	page_note(&f.page, NOTE_PROBLEM, "This one neither.", "Type another one.");
	show(&f);
	cr_assert(cursor_on(&f, "▏"), "%s", f.screen);
	press(&f, PRESS_ENTER);
	cr_assert(strstr(f.screen, "! This one neither."), "%s", f.screen);
	end(&f);
}

Test(layout, frames__dangerous_question)
{
	struct fixture f;

	begin(&f, 60, 20);
	pages_write(&f.page, CONTROL_NONE, WORDS_SHORT);
	f.page.tone = TONE_DANGER;
	show(&f);
	cr_assert(strstr(f.screen, "┌───"));
	cr_assert(strstr(f.screen, "│ ! What may this key see?"));
	check_all_words(&f, WORDS_SHORT);
	end(&f);
}

Test(layout, shortens_trail__to_current_step)
{
	struct fixture f;

	begin(&f, 40, 20);
	pages_write(&f.page, CONTROL_NONE, WORDS_LONG);
	show(&f);
	cr_assert(strstr(f.screen, "✓ ✓ ✓ ▸ 4 Zugriffsberechtigungen 5 6"), "%s", f.screen);
	end(&f);
}

/* Bad news stands in its own words and columns; a box would take room from them. */
Test(layout, shows_report__in_columns)
{
	struct fixture f;

	begin(&f, 80, 24);
	pages_write(&f.page, CONTROL_REPORT, WORDS_SHORT);
	f.page.tone = TONE_DANGER;
	show(&f);
	cr_assert(strstr(f.screen, "Wanted   "), "%s", f.screen);
	cr_assert(strstr(f.screen, "Charges and Refunds 1"), "%s", f.screen);
	cr_assert(strstr(f.screen, "None     Read"), "%s", f.screen);
	cr_assert_not(strstr(f.screen, "┌"));
	end(&f);
}

/* Where columns have no room the same is said in a line. */
Test(layout, shows_report__in_words_where_narrow)
{
	struct fixture f;

	begin(&f, 40, 40);
	pages_write(&f.page, CONTROL_REPORT, WORDS_LONG);
	show(&f);
	cr_assert(strstr(f.screen, "wanted: None, is:"), "%s", f.screen);
	end(&f);
}
