/* SPDX-License-Identifier: MIT */
/*
 * Page → document: which lines there are, in order, without writing them. Long
 * lists cost little here, because only the lines in sight are written later.
 */
#include "ui/layout_parts.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static struct doc_line *add(struct sheet *sheet, struct doc_line line)
{
	if (sheet->count == sheet->room) {
		sheet->room = sheet->room ? 2 * sheet->room : 128;
		sheet->doc = mem_resize(sheet->doc, (size_t)sheet->room, sizeof *sheet->doc);
	}
	sheet->doc[sheet->count] = line;
	return &sheet->doc[sheet->count++];
}

static void blank(struct sheet *sheet)
{
	if (!sheet->tight && sheet->count && sheet->doc[sheet->count - 1].kind != DOC_BLANK &&
	    sheet->doc[sheet->count - 1].kind != DOC_BOX_TOP)
		add(sheet, (struct doc_line){ .kind = DOC_BLANK });
}

/* The line of TEXT that begins here. Most labels fit as they are, which is quickly seen. */
static size_t one_line(const char *text, int cells, const char **next)
{
	size_t bytes = strcspn(text, "\n");

	if (text[bytes] || layout_cells(text, bytes) > cells || (bytes && text[bytes - 1] == ' '))
		return text_wrap(text, cells, next);
	*next = NULL;
	return bytes;
}

/* TEXT wrapped into WIDTH; every line is a copy of LIKE, marks stand on the first one only. */
static void wrapped(struct sheet *sheet, struct doc_line like, const char *text, int width)
{
	const char *next = text ? text : "";
	int cells = width - like.indent < 2 ? 2 : width - like.indent;
	struct doc_line *line;

	like.first = true;
	do {
		like.text = next;
		like.bytes = one_line(like.text, cells, &next);
		line = add(sheet, like);
		like.first = false;
		like.mark = NULL;
		like.number = 0;
	} while (next);
	line->last = true;
}

static void prose(struct sheet *sheet, const char *mark, enum style mark_style, enum style style,
		  const char *text)
{
	struct doc_line like = { .kind = DOC_TEXT, .style = style, .mark_style = mark_style, .mark = mark };

	like.indent = mark ? 2 : 0;
	wrapped(sheet, like, text, sheet->prose);
}

static void numbered(struct sheet *sheet, const struct block *block)
{
	struct doc_line like = { .kind = DOC_TEXT, .number = block->number };

	like.indent = block->number > 9 ? 4 : 3;
	wrapped(sheet, like, block->text, sheet->prose);
}

/* An address is copied by hand or by mouse: on one line wherever one is wide enough. */
static void address(struct sheet *sheet, const char *text)
{
	struct doc_line like = { .kind = DOC_TEXT, .style = STYLE_FIELD, .indent = 2 };

	if (layout_text_cells(text) > sheet->width - 2)
		like.indent = 0;
	wrapped(sheet, like, text, sheet->width);
}

static void write_note(struct sheet *sheet)
{
	const struct note *note = &sheet->page->note;

	blank(sheet);
	switch (note->kind) {
	case NOTE_NONE:
		return;
	case NOTE_PROBLEM:
		prose(sheet, "! ", STYLE_DANGER, STYLE_DANGER, note->text);
		break;
	case NOTE_WAITING:
		prose(sheet, "… ", STYLE_CAREFUL, STYLE_PLAIN, note->text);
		break;
	case NOTE_INFO:
		prose(sheet, "› ", STYLE_GOOD, STYLE_PLAIN, note->text);
		break;
	}
	if (note->advice) {
		struct doc_line like = { .kind = DOC_TEXT, .indent = 2 };

		wrapped(sheet, like, note->advice, sheet->prose);
	}
}

/* Lines of a list stand together; everything else is set apart. */
static bool belongs_together(enum block_kind before, enum block_kind now)
{
	bool done_before = before == BLOCK_DONE || before == BLOCK_BUSY;

	if (before == BLOCK_HEADING)
		return true;
	if (now == BLOCK_DONE || now == BLOCK_BUSY)
		return done_before;
	return before == now && (now == BLOCK_BULLET || now == BLOCK_NUMBER);
}

static void write_block(struct sheet *sheet, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_SCREEN:
		prose(sheet, NULL, STYLE_PLAIN, STYLE_PLAIN, block->text);
		break;
	case BLOCK_HEADING:
		prose(sheet, NULL, STYLE_PLAIN, STYLE_HEADING, block->text);
		break;
	case BLOCK_BULLET:
		prose(sheet, "• ", STYLE_PLAIN, STYLE_PLAIN, block->text);
		break;
	case BLOCK_NUMBER:
		numbered(sheet, block);
		break;
	case BLOCK_WARNING:
		prose(sheet, "! ", STYLE_CAREFUL, STYLE_CAREFUL, block->text);
		break;
	case BLOCK_ADDRESS:
		address(sheet, block->text);
		break;
	case BLOCK_DONE:
		prose(sheet, "✓ ", STYLE_GOOD, STYLE_PLAIN, block->text);
		break;
	case BLOCK_BUSY:
		prose(sheet, "… ", STYLE_CAREFUL, STYLE_PLAIN, block->text);
		break;
	}
}

static void row_lines(struct sheet *sheet, const char *group, enum style group_style, const char *label, size_t index,
		      int indent)
{
	struct doc_line like = { .kind = DOC_ROW, .index = index };

	if (group)
		add(sheet, (struct doc_line){ .kind = DOC_GROUP, .style = group_style, .text = group,
					      .index = index });
	like.indent = indent;
	wrapped(sheet, like, label, sheet->label_width + indent);
}

static void write_grid(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;

	sheet->find_line = sheet->count;
	add(sheet, (struct doc_line){ .kind = DOC_FIND });
	if (!control->grid_count)
		prose(sheet, NULL, STYLE_PLAIN, STYLE_PLAIN, control->nothing_found);
	for (size_t i = 0; i < control->grid_count; i++) {
		row_lines(sheet, control->grid[i].group, STYLE_HEADING, control->grid[i].label, i, 2);
		if (!sheet->stacked)
			continue;
		sheet->doc[sheet->count - 1].last = false;
		add(sheet, (struct doc_line){ .kind = DOC_LEVELS, .index = i, .last = true });
	}
}

static void write_checklist(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;

	for (size_t i = 0; i < control->check_count; i++)
		row_lines(sheet, control->checks[i].group, STYLE_HEADING, control->checks[i].label, i, 6);
}

static void write_choices(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;
	int indent = control->kind == CONTROL_CHOICE ? 6 : 2;

	for (size_t i = 0; i < control->choice_count; i++) {
		struct doc_line hint = { .kind = DOC_HINT, .style = STYLE_QUIET, .index = i };

		row_lines(sheet, NULL, STYLE_PLAIN, control->choices[i].label, i, indent);
		hint.indent = indent;
		if (control->choices[i].hint && *control->choices[i].hint)
			wrapped(sheet, hint, control->choices[i].hint, sheet->prose);
	}
}

static enum style part_style(enum tone tone)
{
	switch (tone) {
	case TONE_DANGER:
		return STYLE_DANGER;
	case TONE_CAREFUL:
		return STYLE_CAREFUL;
	default:
		return STYLE_HEADING;
	}
}

static void write_report(struct sheet *sheet)
{
	const struct control *control = &sheet->page->control;

	if (!sheet->stacked)
		add(sheet, (struct doc_line){ .kind = DOC_COLUMNS });
	for (size_t i = 0; i < control->report_count; i++) {
		const struct report_row *row = &control->report[i];
		struct doc_line hint = { .kind = DOC_HINT, .index = i, .indent = 4 };

		row_lines(sheet, row->heading, part_style(row->tone), row->label, i, 2);
		if (sheet->stacked || row->todo)
			sheet->doc[sheet->count - 1].last = false;
		if (sheet->stacked)
			wrapped(sheet, hint, row->found, sheet->prose);
		if (row->todo)
			wrapped(sheet, hint, row->todo, sheet->prose);
	}
}

/* The label stands before its field, or above it where that leaves the field too small. */
static void write_field(struct sheet *sheet, enum doc_kind kind)
{
	const char *label = sheet->page->control.label ? sheet->page->control.label : "";
	int cells = layout_text_cells(label) + 2;

	if (cells == 2)
		cells = 0;
	if (cells + 20 > sheet->width) {
		prose(sheet, NULL, STYLE_PLAIN, STYLE_HEADING, label);
		cells = 0;
	}
	add(sheet, (struct doc_line){ .kind = kind, .text = cells ? label : NULL, .indent = cells,
				      .first = true, .last = true });
	if (kind == DOC_SECRET && sheet->width - cells < 36)
		add(sheet, (struct doc_line){ .kind = DOC_SECRET_COUNT, .indent = cells });
}

static void write_control(struct sheet *sheet)
{
	switch (sheet->page->control.kind) {
	case CONTROL_NONE:
		return;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		write_choices(sheet);
		break;
	case CONTROL_TEXT:
		write_field(sheet, DOC_FIELD);
		break;
	case CONTROL_SECRET:
		write_field(sheet, DOC_SECRET);
		break;
	case CONTROL_GRID:
		write_grid(sheet);
		break;
	case CONTROL_CHECKLIST:
		write_checklist(sheet);
		break;
	case CONTROL_REPORT:
		write_report(sheet);
		break;
	}
}

/* A heading stays with the control below it. */
static void write_blocks(struct sheet *sheet)
{
	const struct page *page = sheet->page;

	for (size_t i = 0; i <= page->block_count; i++) {
		bool control_here = page->control_at == i && page->control.kind != CONTROL_NONE;

		if (control_here) {
			if (i == 0 || page->blocks[i - 1].kind != BLOCK_HEADING)
				blank(sheet);
			write_control(sheet);
		}
		if (i == page->block_count)
			break;
		if (i == 0 || control_here || !belongs_together(page->blocks[i - 1].kind, page->blocks[i].kind))
			blank(sheet);
		write_block(sheet, &page->blocks[i]);
	}
}

static void write_title(struct sheet *sheet)
{
	switch (sheet->page->tone) {
	case TONE_DANGER:
		prose(sheet, "! ", STYLE_DANGER, STYLE_DANGER, sheet->page->title);
		break;
	case TONE_CAREFUL:
		prose(sheet, "! ", STYLE_CAREFUL, STYLE_CAREFUL, sheet->page->title);
		break;
	case TONE_GOOD:
		prose(sheet, "✓ ", STYLE_GOOD, STYLE_TITLE, sheet->page->title);
		break;
	case TONE_PLAIN:
	case TONE_QUIET:
		prose(sheet, NULL, STYLE_PLAIN, STYLE_TITLE, sheet->page->title);
		break;
	}
}

void sheet_write_document(struct sheet *sheet)
{
	sheet->find_line = -1;
	if (sheet->boxed)
		add(sheet, (struct doc_line){ .kind = DOC_BOX_TOP });
	sheet->title_line = sheet->count;
	write_title(sheet);
	write_note(sheet);
	write_blocks(sheet);
	while (sheet->count && sheet->doc[sheet->count - 1].kind == DOC_BLANK)
		sheet->count--;
	if (sheet->buttons_in_doc) {
		blank(sheet);
		for (int i = 0; i < sheet->button_rows; i++)
			add(sheet, (struct doc_line){ .kind = DOC_BUTTONS, .index = (size_t)i });
	}
	if (sheet->boxed)
		add(sheet, (struct doc_line){ .kind = DOC_BOX_BOTTOM });
}
