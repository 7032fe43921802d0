/* SPDX-License-Identifier: MIT */
/*
 * Inside of a view, shared by the files that keep it (view*.c) and the one
 * that draws by it (layout*.c). Nobody else includes this.
 */
#ifndef UI_VIEW_STATE_H
#define UI_VIEW_STATE_H

#include "ui/view.h"

enum hit_kind { HIT_ROW, HIT_LEVEL, HIT_BUTTON };

/* Where something that can be clicked was drawn. */
struct hit {
	enum hit_kind kind;
	int row, column, end;        /* cells; END is the first one that is no longer part of it */
	size_t index;                /* of the control's row, or of the action */
	enum level level;            /* HIT_LEVEL */
};

/* Where somebody was on a page that another one lies over now. */
struct place {
	char *slug;
	bool on_button;
	enum action_id button;
	size_t cursor_id;
	bool finding;
	size_t caret, field_from;
	int scroll;
};

enum { PLACES = 4 };             /* a step, the questions, an answer, its help */

struct view {
	char *slug;                  /* of the page shown last */
	char *note;                  /* its note, to see when it changes */
	enum action_id hint;         /* its page.focus */
	bool on_button;
	enum action_id button;       /* in focus when ON_BUTTON */
	size_t cursor;               /* row of the control */
	size_t cursor_id;            /* the catalogue row or choice there: found again when rows go */
	bool finding;                /* what is typed goes into the grid's filter */
	size_t caret;                /* bytes into the text field */
	size_t field_from;           /* first byte of the field that is shown */
	char *typed;                 /* lent out with EVENT_TEXT and EVENT_FILTER */
	size_t secret_length;
	int columns, rows;
	/* the body's scroll; layout keeps it within what there is */
	int scroll;                  /* the document's line that is shown first */
	int scroll_by;               /* asked for by a key, done by the next layout */
	bool entered;                /* the last key was Enter, so nothing is being typed */
	bool free;                   /* scrolled by hand: the focus may be out of sight */
	bool more_above, more_below;
	int list_rows;               /* how many lines of the document are seen */
	bool terminal_turns;         /* right-to-left text is left to the terminal */
	bool turned;                 /* the page was turned: the left arrow key goes on, the right one back */
	struct place places[PLACES]; /* of the pages below, the lowest first */
	size_t place_count;
	struct hit *hits;
	size_t hit_count, hit_room;
};

/* True when the page has a control that can be in focus. */
bool view_has_control(const struct page *page);
/* How many rows the control has, and the id of one. */
size_t view_row_count(const struct page *page);
size_t view_row_id(const struct page *page, size_t index);
/* What Esc does: BACK, STOP or NO, or ACTION_NONE. */
enum action_id view_escape_action(const struct page *page);
bool view_offers_help(const struct page *page);

/* Remembers a place that can be clicked, until the next layout. */
void view_add_hit(struct view *view, struct hit hit);

/* Asks the next layout to scroll; the focus need not stay in sight. */
void view_scroll(struct view *view, int lines);

/* Moves the cursor of a list. */
void view_move_to(struct view *view, const struct page *page, size_t index);

/* What a press does in the control (view_control.c); as view_press(). */
bool view_control_press(struct view *view, const struct page *page, const struct press *press,
			struct event *event);
/* A letter of the grid's filter, typed wherever the focus is. False: PRESS is none. */
bool view_starts_filter(const struct page *page, const struct press *press);
/* The same as a Space or a Right on row INDEX: to LEVEL, which the row has. */
bool view_set_level(const struct page *page, size_t index, enum level level, struct event *event);
/* Empties the grid's filter. */
bool view_clear_filter(struct view *view, struct event *event);
bool view_event_action(struct event *event, enum action_id action);

#endif
