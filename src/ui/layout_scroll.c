/* SPDX-License-Identifier: MIT */
/*
 * Which lines of the document are seen, and below them how many more there
 * are. The title and the grid's search stay at the top when they would scroll
 * away.
 */
#include "ui/layout_parts.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { ROOMY_PORT = 6 };

/* The part of the window that shows the document. */
struct port {
	int top, rows;
	int total;            /* lines of the document */
	int sticky[2];        /* lines that stay in sight, in their order; -1: none */
	bool marked;          /* the last row says how much is out of sight */
};

/* Line number I of the sticky ones stands above FIRST, which is the first line that scrolls. */
static bool stays(const struct port *port, int i, int first)
{
	return port->sticky[i] >= 0 && port->sticky[i] < first;
}

/* First line that is not seen any more when FIRST is the first that is. */
static int seen_to(const struct port *port, int first)
{
	int rows = port->rows - stays(port, 0, first) - stays(port, 1, first) - port->marked;

	return first + rows < port->total ? first + rows : port->total;
}

/* The line behind a sticky one is as good as that. */
static int settled(const struct port *port, int first)
{
	for (int i = 1; i >= 0; i--)
		if (port->sticky[i] >= 0 && first == port->sticky[i] + 1)
			first = port->sticky[i];
	return first < 0 ? 0 : first;
}

static int stepped(const struct port *port, int first, int step)
{
	int next = first + step;

	while (step > 0 && settled(port, next) <= first)
		next++;
	return settled(port, next);
}

/* No further than the end of the document. */
static int bounded(const struct port *port, int first)
{
	first = settled(port, first < port->total ? first : port->total - 1);
	while (first > 0 && seen_to(port, stepped(port, first, -1)) >= port->total)
		first = stepped(port, first, -1);
	return first;
}

static bool has_focus(const struct sheet *sheet, const struct doc_line *line)
{
	const struct view *view = sheet->view;

	switch (line->kind) {
	case DOC_FIELD:
	case DOC_SECRET:
		return !view->on_button;
	case DOC_ROW:
	case DOC_LEVELS:
	case DOC_HINT:
		return !view->on_button && line->index == view->cursor;
	case DOC_BUTTONS:
		for (size_t i = 0; view->on_button && i < sheet->piece_count; i++)
			if (sheet->page->actions[sheet->pieces[i].action].id == view->button &&
			    sheet->pieces[i].row == (int)line->index)
				return true;
		return false;
	default:
		return false;
	}
}

/* Lines FROM to TO (inclusive) are in focus. False: none is. */
static bool focus_lines(const struct sheet *sheet, int *from, int *to)
{
	*from = *to = -1;
	for (int i = 0; i < sheet->count; i++)
		if (has_focus(sheet, &sheet->doc[i])) {
			*from = *from < 0 ? i : *from;
			*to = i;
		}
	return *from >= 0;
}

/* A list that has to scroll does so by half a window: then the next steps change two lines each, and not all of them. */
static int by_half(const struct sheet *sheet, const struct port *port, int first, int wanted)
{
	enum control_kind kind = sheet->page->control.kind;
	bool list = kind == CONTROL_GRID || kind == CONTROL_CHECKLIST || kind == CONTROL_REPORT || kind == CONTROL_MENU;
	int half = wanted > first ? port->rows / 2 : -port->rows / 2, from, to, there;

	if (!list || sheet->view->on_button || port->rows < ROOMY_PORT || first == wanted || !focus_lines(sheet, &from, &to))
		return wanted;
	there = bounded(port, wanted + half);
	return there < from && seen_to(port, there) > to + 1 ? there : wanted;
}

/* The least scroll that shows the focus; a group's heading comes with its first row. */
static int least(const struct sheet *sheet, const struct port *port, int first)
{
	int from, to, heading;

	if (!focus_lines(sheet, &from, &to))
		return first;
	if (seen_to(port, 0) > to && (sheet->view->cursor == 0 || sheet->view->on_button))
		return 0;
	while (seen_to(port, first) <= to && first < from)
		first = stepped(port, first, 1);
	heading = from > 0 && sheet->doc[from - 1].kind == DOC_GROUP ? from - 1 : from;
	if (heading < first && seen_to(port, settled(port, heading)) > to)
		return settled(port, heading);
	return from < first ? settled(port, from) : first;
}

static int follow(const struct sheet *sheet, const struct port *port, int first)
{
	return by_half(sheet, port, first, least(sheet, port, first));
}

/* In long lists the rows are counted, else the lines. */
static int hidden(const struct sheet *sheet, int from, int to)
{
	enum control_kind kind = sheet->page->control.kind;
	bool list = kind == CONTROL_GRID || kind == CONTROL_CHECKLIST || kind == CONTROL_REPORT;
	int rows = 0;

	for (int i = from; list && i < to; i++)
		rows += sheet->doc[i].kind == DOC_ROW && sheet->doc[i].first;
	return rows ? rows : to - from;
}

static char *mark_text(bool above, int count)
{
	return above ?
		/* TRANSLATORS: rows or lines that are out of sight above */
		mem_printf(ngettext("▲ %d more", "▲ %d more", (unsigned long)count), count) :
		/* TRANSLATORS: rows or lines that are out of sight below */
		mem_printf(ngettext("▼ %d more", "▼ %d more", (unsigned long)count), count);
}

static int write_mark(struct sheet *sheet, int row, int column, bool above, int count)
{
	char *text;

	if (!count)
		return column;
	text = mark_text(above, count);
	column = layout_puts(sheet->layout, row, column, STYLE_QUIET, text);
	free(text);
	return column + 3;
}

/* A title of more lines is not all there. */
static void write_sticky(struct sheet *sheet, int row, int index)
{
	const struct doc_line *line = &sheet->doc[index];

	sheet_line(sheet, row, line);
	if (line->kind == DOC_TEXT && !line->last)
		layout_puts(sheet->layout, row, sheet->left + line->indent + layout_cells(line->text, line->bytes),
			    line->style, "…");
}

static void write_port(struct sheet *sheet, const struct port *port, int first)
{
	int end = seen_to(port, first), row = port->top, last = port->top + port->rows - 1, column;

	for (int i = 0; i < 2; i++)
		if (stays(port, i, first))
			write_sticky(sheet, row++, port->sticky[i]);
	for (int i = first; i < end; i++)
		sheet_line(sheet, row++, &sheet->doc[i]);
	if (!port->marked)
		return;
	column = write_mark(sheet, last, sheet->left, true, hidden(sheet, 0, first));
	write_mark(sheet, last, column, false, hidden(sheet, end, port->total));
}

/* A low window has room for one: for the search while it is in use. */
static void choose_sticky(const struct sheet *sheet, struct port *port)
{
	const char *filter = sheet->page->control.filter;
	bool searching = sheet->find_line >= 0 && (sheet->view->finding || (filter && *filter));
	bool one = sheet->tight || port->rows <= ROOMY_PORT;

	port->sticky[0] = port->rows > 2 && !(one && searching) ? sheet->title_line : -1;
	port->sticky[1] = port->rows > 2 && !(one && !searching) ? sheet->find_line : -1;
}

void sheet_scroll(struct sheet *sheet, int top, int rows)
{
	struct view *view = sheet->view;
	struct port port = { .top = top, .rows = rows, .total = sheet->count,
			     .marked = rows > 3 && sheet->count > rows };
	int first, step = view->scroll_by < 0 ? -1 : 1;

	choose_sticky(sheet, &port);
	first = bounded(&port, view->scroll);
	for (; view->scroll_by && (step < 0 ? first > 0 : seen_to(&port, first) < port.total);
	     view->scroll_by -= step)
		first = stepped(&port, first, step);
	/* Where the focus is in sight all the same, the next key moves it as usual. */
	view->free = view->free && follow(sheet, &port, first) != first;
	if (!view->free)
		first = follow(sheet, &port, first);
	view->scroll = first;
	view->scroll_by = 0;
	view->more_above = first > 0;
	view->more_below = seen_to(&port, first) < port.total;
	view->list_rows = rows;
	write_port(sheet, &port, first);
}
