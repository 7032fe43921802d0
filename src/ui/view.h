/* SPDX-License-Identifier: MIT */
/*
 * What is in focus on a page, and what a key press does to it. Keeps the
 * cursor, the scroll and the place in a text field between one writing of a
 * page and the next; turns a key press into an event for the guide. Knows
 * nothing of curses.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guide/event.h"
#include "guide/page.h"

enum press_kind {
	PRESS_CHARACTER,     /* code_point is set; blanks included */
	PRESS_ENTER, PRESS_ESCAPE, PRESS_TAB, PRESS_BACKTAB,
	PRESS_UP, PRESS_DOWN, PRESS_LEFT, PRESS_RIGHT,
	PRESS_HOME, PRESS_END, PRESS_PAGE_UP, PRESS_PAGE_DOWN,
	PRESS_BACKSPACE, PRESS_DELETE,
	PRESS_ERASE,         /* Ctrl-U: all of the line */
	PRESS_HELP,          /* F1 */
	PRESS_LANGUAGE,      /* F2 */
	PRESS_LEAVE,         /* Ctrl-C */
	PRESS_PASTE,         /* text is set: a bracketed paste, as it came (borrowed) */
	PRESS_CLICK,         /* x, y: cells from the top left of the window */
	PRESS_WHEEL_UP, PRESS_WHEEL_DOWN
};

struct press {
	enum press_kind kind;
	uint32_t code_point;
	const char *text;
	int x, y;
};

struct view;

struct view *view_new(void);
void view_free(struct view *view);

/* The page was written anew, or the window has this size now: keeps the focus where it was when that is still there. */
void view_update(struct view *view, const struct page *page, int columns, int rows);

/*
 * What PRESS does. True: *EVENT is for the guide (its text is borrowed until
 * the next call). False: the focus or scroll changed at most. Never called for
 * typing into a CONTROL_SECRET: the bytes of a key do not pass here.
 */
bool view_press(struct view *view, const struct page *page, const struct press *press, struct event *event);

/* The text of the last event is of no use any more. It may have been a key, pasted where none belongs: it is wiped. */
void view_forget_typed(struct view *view);

/* The terminal puts right-to-left text in order by itself: pages are not turned for it. */
void view_let_terminal_turn(struct view *view, bool turns);

/* True when the focus is in the secret field, so that typing must go to the locked page. */
bool view_in_secret(const struct view *view, const struct page *page);

/* How many characters the secret field holds, to be drawn as dots. */
void view_set_secret_length(struct view *view, size_t characters);

/* True on pages where the mouse is of use and nothing is typed or copied. */
bool view_wants_mouse(const struct page *page);

#endif
