/* SPDX-License-Identifier: MIT */
/* FriBidi orders and shapes each text; places are counted from the other side. */
#include "ui/bidi.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/layout_parts.h"

bool bidi_wanted(void)
{
	/* TRANSLATORS: "right-to-left" where your language is written so, else "left-to-right"; nothing else */
	return !strcmp(C_("direction", "left-to-right"), "right-to-left");
}

/* Signs that Unicode does not mirror, but that point somewhere here. */
static const struct {
	const char *sign, *turned;
} signs[] = { { "┌", "┐" }, { "┐", "┌" }, { "└", "┘" }, { "┘", "└" }, { "▸", "◂" }, { "[", "]" }, { "]", "[" } };

enum { POINTER = 0x25B8, POINTER_TURNED = 0x25C2 };   /* ▸ ◂ */

static const char *turned_sign(const char *text)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (!strcmp(text, signs[i].sign))
			return signs[i].turned;
	return NULL;
}

/* A name, an address, a command: Latin letters alone are read from left to right wherever they stand. */
static bool is_left_to_right(const FriBidiChar *text, FriBidiStrIndex length)
{
	bool letters = false;

	for (FriBidiStrIndex i = 0; i < length; i++) {
		FriBidiCharType type = fribidi_get_bidi_type(text[i]);

		if (FRIBIDI_IS_RTL(type))
			return false;
		letters = letters || type == FRIBIDI_TYPE_LTR;
	}
	return letters;
}

/* Marks that translators put beside Latin words have done their work. */
static void drop_marks(char *text)
{
	static const char mark[] = "\u200E";

	for (char *at = text; (at = strstr(at, mark));)
		memmove(at, at + sizeof mark - 1, strlen(at + sizeof mark - 1) + 1);
}

/* The end of a sentence whose last line is a name: its full stop stands on the left. What is typed is left alone. */
static void move_stop(struct span *span)
{
	size_t bytes = strlen(span->text);

	if (span->style == STYLE_FIELD || bytes < 2 || span->text[bytes - 1] != '.')
		return;
	memmove(span->text + 1, span->text, bytes - 1);
	*span->text = '.';
}

/*
 * The place, in cells from the left of what is seen, of the character that
 * begins CELL cells into TEXT: so the cursor stays on its letter.
 */
static int seen_at(const FriBidiChar *text, const FriBidiStrIndex *places, FriBidiStrIndex length, int cell)
{
	int cells = 0;

	for (FriBidiStrIndex i = 0; i < length; i++) {
		if (cells >= cell)
			return places ? (int)places[i] : (int)i;
		cells += text_cells_of(text[i]);
	}
	return -1;   /* behind the last one */
}

/* Puts SPAN's text into the order in which it is seen. CELL becomes where that cell of it is, or -1: behind the end. */
static void order(struct span *span, int *cell)
{
	size_t bytes = strlen(span->text);
	FriBidiChar *text = mem_new(bytes + 1, sizeof *text), *seen = mem_new(bytes + 1, sizeof *seen);
	FriBidiStrIndex *places = mem_new(bytes + 1, sizeof *places);
	FriBidiStrIndex length = fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, span->text, (FriBidiStrIndex)bytes, text);
	FriBidiParType direction = FRIBIDI_PAR_RTL;
	FriBidiStrIndex rest;

	if (is_left_to_right(text, length)) {
		*cell = seen_at(text, NULL, length, *cell);
		drop_marks(span->text);
		move_stop(span);
	} else if (fribidi_log2vis(text, length, &direction, seen, places, NULL, NULL)) {
		for (FriBidiStrIndex i = 0; i < length; i++)
			seen[i] = seen[i] == POINTER ? POINTER_TURNED : seen[i];
		/* Takes away the marks, and what a ligature left over. */
		rest = fribidi_remove_bidi_marks(seen, length, places, NULL, NULL);
		*cell = seen_at(text, places, length, *cell);
		free(span->text);
		span->text = mem_new(4 * bytes + 1, 1);
		fribidi_unicode_to_charset(FRIBIDI_CHAR_SET_UTF8, seen, rest, span->text);
	}
	free(places);
	free(seen);
	free(text);
}

static void turn_span(struct layout *layout, struct span *span, bool cursor)
{
	int cells = layout_text_cells(span->text), cell = layout->cursor_column - span->column;
	const char *sign = turned_sign(span->text);
	bool here = cursor && cell >= 0 && cell < cells;

	if (sign) {
		free(span->text);
		span->text = mem_strdup(sign);
		cell = 0;
	} else {
		order(span, &cell);
	}
	/* A ligature takes less room: what is read first stays where it was. */
	span->column = layout->columns - span->column - layout_text_cells(span->text);
	if (here)
		layout_cursor(layout, layout->cursor_row, span->column + (cell > 0 ? cell : 0));
}

static void turn_hits(const struct layout *layout, struct view *view)
{
	for (size_t i = 0; i < view->hit_count; i++) {
		struct hit *hit = &view->hits[i];
		int column = hit->column;

		hit->column = layout->columns - hit->end;
		hit->end = layout->columns - column;
	}
}

void bidi_turn(struct layout *layout, struct view *view)
{
	int cursor = layout->cursor_column;
	bool on_text = false;

	for (int row = 0; row < layout->rows; row++)
		for (size_t i = 0; i < layout->lines[row].count; i++) {
			struct span *span = &layout->lines[row].spans[i];
			bool here = row == layout->cursor_row && cursor >= span->column &&
				    cursor < span->column + layout_text_cells(span->text);

			/* layout->cursor_column is turned with the one span that it is on, and read by no other */
			turn_span(layout, span, here && !on_text);
			on_text = on_text || here;
		}
	if (!on_text)
		layout_cursor(layout, layout->cursor_row, layout->columns - 1 - cursor);
	turn_hits(layout, view);
}
