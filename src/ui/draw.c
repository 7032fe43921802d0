/* SPDX-License-Identifier: MIT */
/*
 * A layout on the terminal. Rows that are the same as last time are not
 * touched; of the others curses sends only the cells that changed. But what
 * came into focus is sent whole, and last: screen readers speak what is sent.
 */
#include "ui/draw.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/term_state.h"

enum { SCROLL_MIN = 4 };   /* rows; fewer are as well written anew */

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ at[i]) * UINT64_C(1099511628211);
	return hash;
}

/* FNV-1a over all that can be seen of a line; never 0. */
static uint64_t hash_of(const struct line *line)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < line->count; i++) {
		const struct span *span = &line->spans[i];

		hash = mix(hash, &span->column, sizeof span->column);
		hash = mix(hash, &span->style, sizeof span->style);
		hash = mix(hash, span->text, strlen(span->text) + 1);
	}
	return hash ? hash : 1;
}

static void draw_line(const struct term *term, int row, const struct line *line)
{
	move(row, 0);
	clrtoeol();
	for (size_t i = 0; i < line->count; i++) {
		attrset((attr_t)term_attributes(term, line->spans[i].style));
		mvaddstr(row, line->spans[i].column, line->spans[i].text);
	}
	attrset(A_NORMAL);
}

/* How many rows from TOP on are the ones that stood STEP rows further down (or up) before. */
static int shifted_rows(const struct term *term, const uint64_t *now, int top, int step)
{
	int row = top;

	while (row < term->drawn_rows && row + step >= 0 && row + step < term->drawn_rows &&
	       now[row] == term->drawn[row + step] && now[row] != term->drawn[row])
		row++;
	return row - top;
}

/* Scrolls rows FROM to TO (inclusive) inside curses: much cheaper than writing them anew. */
static void scroll_rows(struct term *term, int from, int to, int step)
{
	int kept = to - from + 1 - abs(step);

	scrollok(stdscr, TRUE);
	wsetscrreg(stdscr, from, to);
	wscrl(stdscr, step);
	wsetscrreg(stdscr, 0, term->drawn_rows - 1);
	scrollok(stdscr, FALSE);
	memmove(&term->drawn[step > 0 ? from : from - step], &term->drawn[step > 0 ? from + step : from],
		(size_t)kept * sizeof *term->drawn);
	/* The rows that came in are blank. */
	for (int row = step > 0 ? to - step + 1 : from; row < (step > 0 ? to + 1 : from - step); row++)
		term->drawn[row] = 0;
}

/* Finds the list that was scrolled by a line or two, if one was. */
static void scroll_list(struct term *term, const uint64_t *now)
{
	static const int steps[] = { 1, -1, 2, -2 };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (int row = 0; row < term->drawn_rows; row++) {
			int rows = shifted_rows(term, now, row, steps[i]), step = steps[i];

			if (rows < SCROLL_MIN)
				continue;
			scroll_rows(term, step > 0 ? row : row + step,
				    step > 0 ? row + rows - 1 + step : row + rows - 1, step);
			return;
		}
}

/* The cells in focus, on the cursor's row: a button, or all of a list's row or a field's. */
struct part {
	int from, end;
};

static struct part part_in_focus(const struct layout *layout)
{
	const struct line *line = &layout->lines[layout->cursor_row];

	for (size_t i = 0; i < line->count; i++) {
		const struct span *span = &line->spans[i];

		if (span->style == STYLE_BUTTON_FOCUS)
			return (struct part){ span->column, span->column + text_cells(span->text) };
	}
	return (struct part){ 0, layout->columns };
}

/*
 * Takes what has come into focus, or has changed there, off the screen, and
 * what explains it. Without that only a marker and half a sentence would be
 * sent, of which nobody can hear what they belong to. False: all is as it was.
 */
static bool take_off_focus(struct term *term, const struct layout *layout, const uint64_t *now)
{
	struct part part = part_in_focus(layout);
	/* Who types hears the keys already: a field is no news for what is in it. */
	uint64_t focus = mix(layout->typing ? 1 : now[layout->cursor_row], &layout->cursor_row, sizeof layout->cursor_row);

	focus = mix(focus, &part, sizeof part);
	if (focus == term->focus)
		return false;
	term->focus = focus;
	mvhline(layout->cursor_row, part.from, ' ', part.end - part.from);
	for (int i = 0; i < layout->about_rows; i++)
		mvhline(layout->about_row + i, 0, ' ', layout->columns);
	return true;
}

static void put_on_focus(const struct term *term, const struct layout *layout)
{
	draw_line(term, layout->cursor_row, &layout->lines[layout->cursor_row]);
	for (int row = layout->about_row; row < layout->about_row + layout->about_rows; row++)
		draw_line(term, row, &layout->lines[row]);
}

void draw_layout(struct term *term, const struct layout *layout)
{
	uint64_t *now = mem_new((size_t)layout->rows + 1, sizeof *now);

	if (term->drawn_rows != layout->rows) {
		term_forget_drawn(term);
		term->drawn = mem_new((size_t)layout->rows + 1, sizeof *term->drawn);
		term->drawn_rows = layout->rows;
	}
	for (int row = 0; row < layout->rows; row++)
		now[row] = hash_of(&layout->lines[row]);
	scroll_list(term, now);
	for (int row = 0; row < layout->rows; row++)
		if (now[row] != term->drawn[row])
			draw_line(term, row, &layout->lines[row]);
	if (take_off_focus(term, layout, now)) {
		refresh();
		put_on_focus(term, layout);
	}
	free(term->drawn);
	term->drawn = now;
	move(layout->cursor_row, layout->cursor_column);
	term_order(term, layout->turned);
	refresh();
}
