/* SPDX-License-Identifier: MIT */
/*
 * Inside of the layout, shared by layout*.c. A page becomes a document: a list
 * of lines that only say what stands on them; those that are in sight are then
 * written as styled text. Nobody else includes this.
 */
#ifndef UI_LAYOUT_PARTS_H
#define UI_LAYOUT_PARTS_H

#include "ui/layout.h"
#include "ui/view_state.h"

enum {
	CONTENT_LEFT = 2, CONTENT_MAX = 76, PROSE_MAX = 72,
	BUTTON_PIECES_MAX = 48
};

/* What a line of the document holds. */
enum doc_kind {
	DOC_BLANK,
	DOC_TEXT,             /* wrapped prose, with a mark before its first line */
	DOC_BOX_TOP, DOC_BOX_BOTTOM,
	DOC_FIND,             /* the grid's search and summary */
	DOC_GROUP,            /* a group's heading */
	DOC_ROW,              /* of a list; the first line has the marker */
	DOC_LEVELS,           /* of a grid row, where they have no room beside the label */
	DOC_COLUMNS,          /* the report's headings */
	DOC_HINT,             /* of a choice, or of a row of the report */
	DOC_FIELD,            /* text field */
	DOC_SECRET,           /* dots */
	DOC_SECRET_COUNT,     /* how many characters, where there is no room beside the dots */
	DOC_BUTTONS           /* a row of buttons, in windows too low to keep them below the body */
};

struct doc_line {
	enum doc_kind kind;
	enum style style, mark_style;
	const char *mark;     /* "• ", or NULL */
	int number;           /* instead of a mark, or 0 */
	int indent;           /* of the text, from the left of the content */
	const char *text;
	size_t bytes;         /* of text on this line */
	size_t index;         /* row of the control, or of the buttons */
	bool first, last;     /* line of its row */
};

/* One line of a button; a long label takes several. */
struct button_piece {
	size_t action;
	int row, column;
	const char *text;
	size_t bytes;
	bool first, last;
};

/* All that is known while one page is laid out. */
struct sheet {
	struct layout *layout;
	const struct page *page;
	struct view *view;
	int left, width, prose;          /* of the content */
	bool tight;                      /* the window is low: one row of header, no blank lines, the title stays in sight */
	/* lists */
	int label_width;                 /* of a list's labels */
	int wanted_width, is_width;      /* of the report's columns */
	bool stacked;                    /* levels, or the report's columns, below the label */
	/* the document */
	struct doc_line *doc;
	int count, room;
	int title_line;
	int find_line;                   /* -1 where there is none */
	bool boxed;
	/* buttons */
	struct button_piece pieces[BUTTON_PIECES_MAX];
	size_t piece_count;
	int button_rows;
	bool few_buttons;                /* others come in sight when the focus is on one */
	bool buttons_in_doc;
	/* the window from top to bottom */
	int body_top, body_rows;         /* with the lines that explain the grid's row */
	int about_rows;
};

/* Cells of the first BYTES of S; of all of it. */
int layout_cells(const char *s, size_t bytes);
int layout_text_cells(const char *s);
/* Puts text on a line of the window, cut where the window ends. Returns the column behind it. */
int layout_put(struct layout *layout, int row, int column, enum style style, const char *text, size_t bytes);
int layout_puts(struct layout *layout, int row, int column, enum style style, const char *text);
/* TEXT has no room. */
void layout_note_clipped(struct layout *layout, const char *text);
/* COUNT times TEXT, one cell wide. */
void layout_repeat(struct layout *layout, int row, int column, enum style style, const char *text, int count);
void layout_cursor(struct layout *layout, int row, int column);
/* The same in a field, where something is typed. */
void layout_caret(struct layout *layout, int row, int column);

/* The control has the focus. */
bool sheet_control_focused(const struct sheet *sheet);

/* layout_doc.c: fills sheet->doc. */
void sheet_write_document(struct sheet *sheet);

/* layout_frame.c: what stands still. The header's rows are returned; the footer takes one. */
int sheet_header(struct sheet *sheet);
void sheet_footer(struct sheet *sheet, int row);
/* Finds places for the buttons: pieces and button_rows. */
void sheet_place_buttons(struct sheet *sheet);
/* Draws row BUTTON_ROW of the buttons. */
void sheet_buttons(struct sheet *sheet, int row, int button_row);

/* layout_rows.c: one line of a control. */
void sheet_find(struct sheet *sheet, int row);
void sheet_row(struct sheet *sheet, int row, const struct doc_line *line);
void sheet_field(struct sheet *sheet, int row, const struct doc_line *line);
void sheet_secret(struct sheet *sheet, int row, const struct doc_line *line);
/* "Row   Wanted   Is": the report's headings. */
void sheet_columns(struct sheet *sheet, int row);
/* Widths of a list's columns; before the document is written. */
void sheet_measure_list(struct sheet *sheet);
/* How many lines the explanation of the grid's row wants. */
int sheet_about_wish(const struct sheet *sheet);
void sheet_about(struct sheet *sheet, int row);

/* layout_scroll.c: which lines of the document are seen, by VIEW's scroll; ROWS lines of the window from TOP. */
void sheet_scroll(struct sheet *sheet, int top, int rows);

/* layout.c: one line of the document on ROW. */
void sheet_line(struct sheet *sheet, int row, const struct doc_line *line);

#endif
