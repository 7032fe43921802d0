/* SPDX-License-Identifier: MIT */
/*
 * Page × size → lines of styled text: divides the window between header, body,
 * buttons and footer, and writes the lines of the document that are in sight.
 * Knows nothing of curses.
 */
#include "ui/layout_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/bidi.h"

enum {
	ROOMY_ROWS = 16,      /* below: no rule, no blank lines */
	BODY_MIN = 4,         /* rows for text, or for a list */
	LIST_MIN = 4,         /* the least of a list in a low window: the title, one row in two lines, what is out of sight */
	ABOUT_MAX = 6
};

/* Most text is ASCII, where a byte is a cell. */
int layout_cells(const char *s, size_t bytes)
{
	int cells = 0;
	uint32_t code_point;
	size_t used;

	for (; bytes; s += used, bytes -= used) {
		used = 1;
		if ((unsigned char)*s < 0x80) {
			cells += (unsigned char)*s >= 0x20 && *s != 0x7f;
			continue;
		}
		used = text_next(s, bytes, &code_point);
		cells += text_cells_of(code_point);
	}
	return cells;
}

int layout_text_cells(const char *s)
{
	return layout_cells(s, strlen(s));
}

static void add_span(struct line *line, struct span span)
{
	if ((line->count & (line->count - 1)) == 0)
		line->spans = mem_resize(line->spans, line->count ? 2 * line->count : 1, sizeof *line->spans);
	line->spans[line->count++] = span;
}

/* Whatever comes from outside was cleaned before; a stray control character must still not move the cursor. */
static void defuse(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = ' ';
}

void layout_note_clipped(struct layout *layout, const char *text)
{
	if (!layout->clipped)
		layout->clipped = mem_strdup(text);
}

/* The span's text, CELLS wide, is taken over. */
static int put_take(struct layout *layout, int row, struct span span, int cells)
{
	if (*span.text && row >= 0 && row < layout->rows && span.column >= layout->columns)
		layout_note_clipped(layout, span.text);
	if (!*span.text || row < 0 || row >= layout->rows || span.column >= layout->columns) {
		free(span.text);
		return span.column;
	}
	if (span.column + cells > layout->columns) {
		layout_note_clipped(layout, span.text);
		span.text[text_fit(span.text, layout->columns - span.column)] = '\0';
		cells = layout_text_cells(span.text);
	}
	defuse(span.text);
	add_span(&layout->lines[row], span);
	return span.column + cells;
}

int layout_put(struct layout *layout, int row, int column, enum style style, const char *text, size_t bytes)
{
	return put_take(layout, row, (struct span){ column, style, mem_strndup(text, bytes) },
			layout_cells(text, bytes));
}

int layout_puts(struct layout *layout, int row, int column, enum style style, const char *text)
{
	return layout_put(layout, row, column, style, text, strlen(text));
}

void layout_repeat(struct layout *layout, int row, int column, enum style style, const char *text, int count)
{
	size_t length = strlen(text);
	char *whole;

	if (count <= 0)
		return;
	whole = mem_new((size_t)count * length + 1, 1);
	for (int i = 0; i < count; i++)
		memcpy(whole + (size_t)i * length, text, length);
	put_take(layout, row, (struct span){ column, style, whole }, count);
}

void layout_cursor(struct layout *layout, int row, int column)
{
	layout->cursor_row = row < layout->rows ? row : layout->rows - 1;
	layout->cursor_column = column < layout->columns ? column : layout->columns - 1;
}

void layout_caret(struct layout *layout, int row, int column)
{
	layout_cursor(layout, row, column);
	layout->typing = true;
}

bool sheet_control_focused(const struct sheet *sheet)
{
	return !sheet->view->on_button && view_has_control(sheet->page);
}

static void write_text(struct sheet *sheet, int row, const struct doc_line *line)
{
	struct layout *layout = sheet->layout;

	if (line->number) {
		char *number = mem_printf("%d.", line->number);

		layout_puts(layout, row, sheet->left, STYLE_PLAIN, number);
		free(number);
	}
	if (line->mark)
		layout_put(layout, row, sheet->left, line->mark_style, line->mark, strcspn(line->mark, " "));
	layout_put(layout, row, sheet->left + line->indent, line->style, line->text, line->bytes);
}

/* "Core ──────": the rule ends with the content. */
static void write_group(struct sheet *sheet, int row, const struct doc_line *line)
{
	size_t fits = text_fit(line->text, sheet->width);
	int end = layout_put(sheet->layout, row, sheet->left, line->style, line->text, fits) + 1;

	if (line->text[fits])
		layout_note_clipped(sheet->layout, line->text);
	layout_repeat(sheet->layout, row, end, STYLE_QUIET, "─", sheet->left + sheet->width - end);
}

static void write_box(struct sheet *sheet, int row, const char *left, const char *right, bool filled)
{
	int from = sheet->left - 2, to = sheet->left + sheet->width + 1;

	layout_puts(sheet->layout, row, from, STYLE_DANGER, left);
	if (filled)
		layout_repeat(sheet->layout, row, from + 1, STYLE_DANGER, "─", to - from - 1);
	layout_puts(sheet->layout, row, to, STYLE_DANGER, right);
}

void sheet_line(struct sheet *sheet, int row, const struct doc_line *line)
{
	if (line->kind == DOC_BOX_TOP)
		write_box(sheet, row, "┌", "┐", true);
	else if (line->kind == DOC_BOX_BOTTOM)
		write_box(sheet, row, "└", "┘", true);
	else if (sheet->boxed)
		write_box(sheet, row, "│", "│", false);
	switch (line->kind) {
	case DOC_BLANK:
	case DOC_BOX_TOP:
	case DOC_BOX_BOTTOM:
		break;
	case DOC_TEXT:
		write_text(sheet, row, line);
		break;
	case DOC_FIND:
		sheet_find(sheet, row);
		break;
	case DOC_COLUMNS:
		sheet_columns(sheet, row);
		break;
	case DOC_GROUP:
		write_group(sheet, row, line);
		break;
	case DOC_ROW:
	case DOC_LEVELS:
	case DOC_HINT:
		sheet_row(sheet, row, line);
		break;
	case DOC_FIELD:
		sheet_field(sheet, row, line);
		break;
	case DOC_SECRET:
	case DOC_SECRET_COUNT:
		sheet_secret(sheet, row, line);
		break;
	case DOC_BUTTONS:
		sheet_buttons(sheet, row, (int)line->index);
		break;
	}
}

/* The content's place; a box takes two cells on either side. */
static void measure(struct sheet *sheet)
{
	int columns = sheet->layout->columns, inset = sheet->boxed ? 2 : 0;

	sheet->left = CONTENT_LEFT + inset;
	sheet->width = columns - 2 * CONTENT_LEFT;
	sheet->width = (sheet->width < CONTENT_MAX ? sheet->width : CONTENT_MAX) - 2 * inset;
	sheet->prose = sheet->width < PROSE_MAX ? sheet->width : PROSE_MAX;
	sheet_measure_list(sheet);
}

/* Two lines explain the grid's row, three where lines are short; a long text takes more if the list can spare it. */
static int about_rows(const struct sheet *sheet)
{
	int rows = sheet->layout->columns >= CONTENT_MAX ? 2 : 3, wish = sheet_about_wish(sheet);
	int list = sheet->tight ? LIST_MIN : BODY_MIN + 1;

	/* A low window has room for the buttons or for this. */
	if (sheet->page->control.kind != CONTROL_GRID || (sheet->tight && !sheet_control_focused(sheet)))
		return 0;
	wish = wish < ABOUT_MAX ? wish : ABOUT_MAX;
	if (wish > sheet->body_rows - list)
		wish = sheet->body_rows - list;
	rows = wish > rows ? wish : rows;
	return sheet->body_rows - rows >= LIST_MIN ? rows : sheet->body_rows - LIST_MIN;
}

/* Buttons stand below the body; in it where it would be left too small, and in the box of a question. */
static void divide(struct sheet *sheet, int header_rows, bool buttons_inside)
{
	int rows = sheet->layout->rows - header_rows - 1;

	sheet_place_buttons(sheet);
	sheet->buttons_in_doc = buttons_inside || rows - sheet->button_rows < BODY_MIN;
	sheet->body_top = header_rows;
	sheet->body_rows = rows;
	if (!sheet->buttons_in_doc && sheet->button_rows)
		sheet->body_rows -= sheet->button_rows + !sheet->tight;
	sheet->about_rows = about_rows(sheet);
}

static void write_page(struct sheet *sheet)
{
	int last = sheet->layout->rows - 1, header = sheet_header(sheet), buttons;

	measure(sheet);
	divide(sheet, header, sheet->boxed);
	/* Seen when the focus itself has been scrolled away. */
	layout_cursor(sheet->layout, sheet->body_top, sheet->left);
	sheet_write_document(sheet);
	if (sheet->boxed && sheet->count > sheet->body_rows) {
		/* Too long to be seen at once: the answers must not scroll away. */
		sheet->count = 0;
		divide(sheet, header, false);
		sheet_write_document(sheet);
	}
	sheet_scroll(sheet, sheet->body_top, sheet->body_rows - sheet->about_rows);
	sheet_about(sheet, sheet->body_top + sheet->body_rows - sheet->about_rows);
	buttons = last - sheet->button_rows;
	for (int i = 0; !sheet->buttons_in_doc && i < sheet->button_rows; i++)
		sheet_buttons(sheet, buttons + i, i);
	sheet_footer(sheet, last);
}

bool layout_is_too_small(int columns, int rows)
{
	return columns < LAYOUT_MIN_COLUMNS || rows < LAYOUT_MIN_ROWS;
}

static void ask_for_room(struct layout *layout)
{
	char *text = mem_printf(_("This window is too small. Please make it at least %d columns wide and %d rows high."),
				LAYOUT_MIN_COLUMNS, LAYOUT_MIN_ROWS);
	const char *next = text, *line;
	size_t bytes;

	for (int row = 0; next && row < layout->rows; row++) {
		line = next;
		bytes = text_wrap(line, layout->columns < 2 ? 2 : layout->columns, &next);
		layout_put(layout, row, 0, STYLE_PLAIN, line, bytes);
	}
	free(text);
}

void layout_page(struct layout *layout, const struct page *page, struct view *view, int columns, int rows)
{
	struct sheet sheet = { .layout = layout, .page = page, .view = view,
			       .boxed = page->tone == TONE_DANGER && page->control.kind != CONTROL_REPORT,
			       .tight = rows < ROOMY_ROWS };

	*layout = (struct layout){ .columns = columns, .rows = rows };
	layout->lines = mem_new((size_t)(rows > 0 ? rows : 1), sizeof *layout->lines);
	view->hit_count = 0;
	if (layout_is_too_small(columns, rows))
		ask_for_room(layout);
	else
		write_page(&sheet);
	free(sheet.doc);
	layout->turned = view->turned = bidi_wanted() && !view->terminal_turns;
	if (layout->turned)
		bidi_turn(layout, view);
}

void layout_done(struct layout *layout)
{
	free(layout->clipped);
	for (int row = 0; row < layout->rows; row++) {
		for (size_t i = 0; i < layout->lines[row].count; i++)
			free(layout->lines[row].spans[i].text);
		free(layout->lines[row].spans);
	}
	free(layout->lines);
	*layout = (struct layout){ 0 };
}
