/* SPDX-License-Identifier: MIT */
/*
 * Page × size → lines of styled text, and where the cursor is. No curses: the
 * same lines are tested without a terminal.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "guide/page.h"
#include "ui/view.h"

/* The smallest window that a page is drawn in; below it one sentence is shown. */
enum { LAYOUT_MIN_COLUMNS = 40, LAYOUT_MIN_ROWS = 12 };

/* True when there is only room for that sentence. */
bool layout_is_too_small(int columns, int rows);

/* Roles, not colours. */
enum style {
	STYLE_PLAIN, STYLE_TITLE, STYLE_HEADING, STYLE_QUIET, STYLE_GOOD, STYLE_CAREFUL, STYLE_DANGER,
	STYLE_BUTTON, STYLE_BUTTON_FOCUS, STYLE_CURRENT, STYLE_LEVEL_READ, STYLE_LEVEL_WRITE, STYLE_LEVEL_NONE,
	STYLE_FIELD, STYLE_BADGE_TEST, STYLE_BADGE_LIVE, STYLE_COUNT
};

struct span {
	int column;              /* from the left of the window */
	enum style style;
	char *text;              /* UTF-8, fits the window */
};

struct line {
	struct span *spans;
	size_t count;
};

struct layout {
	int columns, rows;
	struct line *lines;      /* ROWS of them */
	int cursor_row, cursor_column;   /* where the hardware cursor sits: always in the window */
	bool typing;             /* it is in a field */
	int about_row, about_rows;       /* what explains the focus, below the list */
	bool turned;             /* for a language that is written from right to left: ui/bidi.h */
	char *clipped;           /* the first text that had no room and was cut; NULL: none. For tests: no page should */
};

/* Lays PAGE out for VIEW; scrolls VIEW so that the focus is seen. The caller's: layout_done(). */
void layout_page(struct layout *layout, const struct page *page, struct view *view, int columns, int rows);
void layout_done(struct layout *layout);

#endif
