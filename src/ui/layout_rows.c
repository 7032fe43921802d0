/* SPDX-License-Identifier: MIT */
/*
 * The lines of a control: rows of lists in columns, the grid's levels, its
 * search line and its explanation, the text field, the dots of the secret
 * field. A secret is a number here: how many characters there are.
 */
#include "ui/layout_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	GRID_LABEL_MAX = 44,     /* beyond it the levels are too far from the label to be read with it */
	REPORT_LABEL_MIN = 28,   /* so that the columns do not move much as answers come */
	LABEL_MIN = 18,          /* below it levels go under the label */
	COUNT_ROOM = 18,         /* "37 characters" beside the dots */
	FIELD_MIN = 2
};

static int levels_width(void)
{
	int cells = -1;

	for (int level = 0; level < LEVEL_COUNT; level++)
		cells += layout_text_cells(level_name((enum level)level)) + 3;
	return cells;
}

static void measure_grid(struct sheet *sheet)
{
	int room = sheet->width - 4 - levels_width();

	sheet->stacked = room < LABEL_MIN;
	sheet->label_width = sheet->stacked ? sheet->width - 2 : room < GRID_LABEL_MAX ? room : GRID_LABEL_MAX;
}

static void measure_checklist(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;
	int label = 0, level = 0, room;

	for (size_t i = 0; i < control->check_count; i++) {
		int cells = layout_text_cells(control->checks[i].label);

		label = cells > label ? cells : label;
		cells = layout_text_cells(control->checks[i].level);
		level = cells > level ? cells : level;
	}
	room = sheet->width - 6 - 3 - level;
	room = room < 2 ? 2 : room;
	sheet->label_width = label < room ? label : room;
}

static void widen(int *width, const char *text)
{
	int cells = layout_text_cells(text);

	*width = cells > *width ? cells : *width;
}

static void measure_report(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;
	int label = REPORT_LABEL_MIN, room;

	widen(&sheet->wanted_width, control->wanted_heading);
	widen(&sheet->is_width, control->is_heading);
	for (size_t i = 0; i < control->report_count; i++) {
		widen(&label, control->report[i].label);
		widen(&sheet->wanted_width, control->report[i].wanted);
		widen(&sheet->is_width, control->report[i].is);
	}
	room = sheet->width - 2 - 3 - sheet->wanted_width - 3 - sheet->is_width;
	sheet->stacked = room < LABEL_MIN;
	sheet->label_width = sheet->stacked ? sheet->width - 2 : label < room ? label : room;
}

void sheet_measure_list(struct sheet *sheet)
{
	switch (sheet->page->control.kind) {
	case CONTROL_GRID:
		measure_grid(sheet);
		break;
	case CONTROL_CHECKLIST:
		measure_checklist(sheet);
		break;
	case CONTROL_REPORT:
		measure_report(sheet);
		break;
	case CONTROL_CHOICE:
		sheet->label_width = sheet->prose - 6;
		break;
	default:
		sheet->label_width = sheet->prose - 2;
		break;
	}
}

/* The end of a text that is too long, so that its caret is seen. */
static const char *tail(const char *text, int cells)
{
	size_t length = strlen(text), at = 0;

	while (at < length && layout_text_cells(text + at) > cells)
		at = text_after(text, at);
	return text + at;
}

/*
 * "▏" where the next letter goes. Not where the terminal's cursor stands on a
 * letter, nor where the focus is elsewhere; but an empty field is seen by it.
 */
static void write_caret(struct sheet *sheet, int row, int column, bool here, bool empty)
{
	if (here || empty)
		layout_puts(sheet->layout, row, column, STYLE_QUIET, "▏");
}

/* "Find char▏": left of the summary, or instead of it. */
static void write_search(struct sheet *sheet, int row, int room)
{
	const char *word = C_("search", "Find"), *filter = sheet->page->control.filter;
	int column = layout_puts(sheet->layout, row, sheet->left, STYLE_QUIET, word) + 1;
	bool focused = sheet->view->finding && sheet_control_focused(sheet);

	filter = tail(filter ? filter : "", room - layout_text_cells(word) - 2);
	column = layout_puts(sheet->layout, row, column, STYLE_PLAIN, filter);
	write_caret(sheet, row, column, focused, !*filter);
	if (focused)
		layout_caret(sheet->layout, row, column);
}

/* Where both have no room, what is typed stands alone, else the summary. */
void sheet_find(struct sheet *sheet, int row)
{
	const struct control *control = &sheet->page->control;
	const char *summary = control->summary ? control->summary : "";
	const char *filter = control->filter ? control->filter : "";
	int cells = layout_text_cells(summary);
	int wish = layout_text_cells(C_("search", "Find")) + 2 + layout_text_cells(filter);
	bool both = wish + 4 + cells <= sheet->width;

	if (both || sheet->view->finding || *filter)
		write_search(sheet, row, both ? wish : sheet->width);
	if (both)
		layout_puts(sheet->layout, row, sheet->left + sheet->width - cells, STYLE_PLAIN, summary);
	else if (!sheet->view->finding && !*filter)
		layout_puts(sheet->layout, row, sheet->left, STYLE_PLAIN, summary);
}

static enum style level_style(enum level level)
{
	switch (level) {
	case LEVEL_READ:
		return STYLE_LEVEL_READ;
	case LEVEL_WRITE:
		return STYLE_LEVEL_WRITE;
	case LEVEL_NONE:
	case LEVEL_COUNT:
		break;
	}
	return STYLE_LEVEL_NONE;
}

/* Brackets, bold and colour together say which level is in force. */
static void write_levels(struct sheet *sheet, int row, size_t index)
{
	const struct grid_row *grid = &sheet->page->control.grid[index];
	struct layout *layout = sheet->layout;
	int column = sheet->left + 2 + (sheet->stacked ? 2 : sheet->label_width + 2), end;

	for (int i = 0; i < LEVEL_COUNT; i++) {
		enum level level = (enum level)i;
		bool now = grid->level == level;
		enum style style = now ? level_style(level) : STYLE_PLAIN;

		end = column + 2 + layout_text_cells(level_name(level));
		if (grid->has[level]) {
			if (now)
				layout_puts(layout, row, column, style, "[");
			layout_puts(layout, row, column + 1, style, level_name(level));
			if (now)
				layout_puts(layout, row, end - 1, style, "]");
			view_add_hit(sheet->view, (struct hit){ HIT_LEVEL, row, column, end, index, level });
		}
		column = end + 1;
	}
}

static void write_found(struct sheet *sheet, int row, enum style style, const char *wanted, const char *is)
{
	int column = sheet->left + 2 + sheet->label_width + 3;

	layout_puts(sheet->layout, row, column, style, wanted);
	layout_puts(sheet->layout, row, column + sheet->wanted_width + 3, style, is);
}

void sheet_columns(struct sheet *sheet, int row)
{
	const struct control *control = &sheet->page->control;

	write_found(sheet, row, STYLE_QUIET, control->wanted_heading, control->is_heading);
}

/* "▸ (•) " before a choice, "▸ [x] " before a row to tick, "▸ " before the others; "▸" only where the focus is. */
static void write_marker(struct sheet *sheet, int row, size_t index)
{
	const struct control *control = &sheet->page->control;
	struct layout *layout = sheet->layout;
	bool current = sheet_control_focused(sheet) && sheet->view->cursor == index;

	if (current)
		layout_puts(layout, row, sheet->left, STYLE_PLAIN, "▸");
	if (control->kind == CONTROL_CHECKLIST)
		layout_puts(layout, row, sheet->left + 2, control->checks[index].done ? STYLE_GOOD : STYLE_PLAIN,
			    control->checks[index].done ? "[x]" : "[ ]");
	else if (control->kind == CONTROL_CHOICE)
		layout_puts(layout, row, sheet->left + 2, STYLE_PLAIN,
			    control->choices[index].id == control->chosen ? "(•)" : "( )");
	if (current && !sheet->view->finding)
		layout_cursor(layout, row, sheet->left);
}

/* Label and what stands in columns beside it; a click anywhere on the line means the row. */
void sheet_row(struct sheet *sheet, int row, const struct doc_line *line)
{
	const struct control *control = &sheet->page->control;
	struct layout *layout = sheet->layout;

	view_add_hit(sheet->view, (struct hit){ HIT_ROW, row, sheet->left, sheet->left + sheet->width,
						line->index, LEVEL_NONE });
	if (line->kind == DOC_LEVELS) {
		write_levels(sheet, row, line->index);
		return;
	}
	layout_put(layout, row, sheet->left + line->indent, line->style, line->text, line->bytes);
	if (line->kind != DOC_ROW || !line->first)
		return;
	write_marker(sheet, row, line->index);
	if (control->kind == CONTROL_GRID && !sheet->stacked)
		write_levels(sheet, row, line->index);
	else if (control->kind == CONTROL_REPORT && !sheet->stacked)
		write_found(sheet, row, STYLE_PLAIN, control->report[line->index].wanted,
			    control->report[line->index].is);
	else if (control->kind == CONTROL_CHECKLIST)
		layout_puts(layout, row, sheet->left + 6 + sheet->label_width + 3,
			    strcmp(control->checks[line->index].level, level_name(LEVEL_WRITE)) == 0 ?
			    STYLE_LEVEL_WRITE : STYLE_LEVEL_READ, control->checks[line->index].level);
}

/* Shows a window of the text that has the caret in it; one cell stays free for the caret at the end. */
static void fit_field(struct view *view, const char *text, int room)
{
	char *shown;

	if (view->field_from > view->caret)
		view->field_from = view->caret;
	for (;;) {
		shown = mem_strndup(text + view->field_from, view->caret - view->field_from);
		if (layout_text_cells(shown) < room || view->field_from >= view->caret)
			break;
		free(shown);
		view->field_from = text_after(text, view->field_from);
	}
	free(shown);
}

void sheet_field(struct sheet *sheet, int row, const struct doc_line *line)
{
	const char *text = sheet->page->control.text ? sheet->page->control.text : "";
	struct view *view = sheet->view;
	struct layout *layout = sheet->layout;
	int column = sheet->left + line->indent, room = sheet->width - line->indent, end;
	bool focused = sheet_control_focused(sheet);
	size_t fits;

	if (line->text)
		layout_puts(layout, row, sheet->left, STYLE_HEADING, line->text);
	room = room < FIELD_MIN ? FIELD_MIN : room;
	fit_field(view, text, room);
	fits = text_fit(text + view->field_from, room - 1);
	end = layout_put(layout, row, column, STYLE_FIELD, text + view->field_from, fits);
	if (text[view->field_from + fits])
		layout_puts(layout, row, end, STYLE_QUIET, "…");
	else
		write_caret(sheet, row, end, focused && !text[view->caret], !*text);
	if (focused)
		layout_caret(layout, row, column + layout_cells(text + view->field_from,
								view->caret - view->field_from));
}

/* One dot a character, as far as there is room; the count tells the rest. */
void sheet_secret(struct sheet *sheet, int row, const struct doc_line *line)
{
	size_t length = sheet->view->secret_length;
	int column = sheet->left + line->indent, room = sheet->width - line->indent, dots;
	bool count_below = sheet->width - line->indent < 36;
	/* TRANSLATORS: beside the dots of a hidden key: how many characters were pasted */
	char *count = mem_printf(ngettext("%zu character", "%zu characters", length), length);

	if (line->kind == DOC_SECRET_COUNT) {
		if (length)
			layout_puts(sheet->layout, row, column, STYLE_PLAIN, count);
		free(count);
		return;
	}
	if (line->text)
		layout_puts(sheet->layout, row, sheet->left, STYLE_HEADING, line->text);
	room -= count_below ? 1 : COUNT_ROOM;
	if (!count_below && layout_text_cells(count) + 3 > COUNT_ROOM)
		room -= layout_text_cells(count) + 3 - COUNT_ROOM;
	dots = length < (size_t)room ? (int)length : room;
	layout_repeat(sheet->layout, row, column, STYLE_PLAIN, "·", dots);
	write_caret(sheet, row, column + dots, sheet_control_focused(sheet), !length);
	if (length && !count_below)
		layout_puts(sheet->layout, row, column + dots + 3, STYLE_PLAIN, count);
	if (sheet_control_focused(sheet))
		layout_caret(sheet->layout, row, column + dots);
	free(count);
}

static const struct grid_row *explained(const struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;

	return control->kind == CONTROL_GRID && sheet->view->cursor < control->grid_count ?
		&control->grid[sheet->view->cursor] : NULL;
}

/* Money and data at stake are marked by a sign too, not by colour alone. */
static int about_indent(const struct grid_row *grid)
{
	return grid->tone == TONE_DANGER || grid->tone == TONE_CAREFUL ? 2 : 0;
}

int sheet_about_wish(const struct sheet *sheet)
{
	const struct grid_row *grid = explained(sheet);
	const char *next = grid && grid->about ? grid->about : NULL;
	int lines = 0;

	for (; next; lines++)
		text_wrap(next, sheet->width - about_indent(grid), &next);
	return lines;
}

void sheet_about(struct sheet *sheet, int row)
{
	const struct grid_row *grid = explained(sheet);
	const char *next = grid && grid->about ? grid->about : NULL, *text;
	int last = row + sheet->about_rows - 1, indent = next ? about_indent(grid) : 0, column;
	enum style style = !indent ? STYLE_PLAIN : grid->tone == TONE_DANGER ? STYLE_DANGER : STYLE_CAREFUL;
	size_t bytes;

	sheet->layout->about_row = row;
	sheet->layout->about_rows = sheet->about_rows;
	if (indent && row <= last)
		layout_puts(sheet->layout, row, sheet->left, style, "!");
	for (; next && row <= last; row++) {
		text = next;
		bytes = text_wrap(text, sheet->width - indent, &next);
		if (row == last && next)
			bytes = text_fit(text, sheet->width - indent - 1);
		column = layout_put(sheet->layout, row, sheet->left + indent, style, text, bytes);
		if (row == last && next)
			layout_puts(sheet->layout, row, column, style, "…");
	}
}
