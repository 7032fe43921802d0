/* SPDX-License-Identifier: MIT */
/*
 * What stands still around the body: header, the trail of steps, the buttons,
 * the footer with the keys that work now.
 */
#include "ui/layout_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { STEP_TEXT_SIZE = 160, KEYS_MAX = 8, KEY_GAP = 3 };

/*
 * What stays in the footer of a narrow window, the last the longest: who is in the wrong language can read nothing
 * else; of Esc and Tab the buttons tell, too; that arrows move is guessed, not which key changes something.
 */
enum weight { WEIGHT_BUTTONS, WEIGHT_MORE, WEIGHT_MOVE, WEIGHT_HELP, WEIGHT_CHANGE, WEIGHT_ENTER, WEIGHT_LANGUAGE };

struct key {
	const char *text;
	enum weight weight;
};

/* On the right of the first row; never cut. Returns where it begins. */
static int write_mode(struct sheet *sheet)
{
	const char *mode = sheet->page->mode;
	enum style style = sheet->page->live ? STYLE_BADGE_LIVE : STYLE_BADGE_TEST;
	int column = sheet->layout->columns - 1;
	char *badge;

	if (!mode)
		return column;
	badge = mem_printf(" %s ", mode);
	column -= layout_text_cells(badge);
	layout_puts(sheet->layout, 0, column, style, badge);
	free(badge);
	return column;
}

/* TEXT in the first row, cut before END. */
static void write_short(struct sheet *sheet, int column, int end, enum style style, const char *text)
{
	int room = end - column - 2;

	if (layout_text_cells(text) <= room) {
		layout_puts(sheet->layout, 0, column, style, text);
	} else if (room > 2) {
		column = layout_put(sheet->layout, 0, column, style, text, text_fit(text, room - 1));
		layout_puts(sheet->layout, 0, column, style, "…");
	}
}

/* " keyguide · NAME                     SANDBOX " */
static void write_names(struct sheet *sheet, int end)
{
	const char *name = sheet->page->name;
	int column = layout_puts(sheet->layout, 0, 1, STYLE_TITLE, "keyguide");

	if (!name || !*name)
		return;
	column = layout_puts(sheet->layout, 0, column, STYLE_QUIET, " · ");
	write_short(sheet, column, end, STYLE_PLAIN, name);
}

/* Names and trail in one row: " ▸ 4/6 Permissions        SANDBOX ". False: no step is the current one. */
static bool write_step(struct sheet *sheet, int end)
{
	const struct page *page = sheet->page;
	char text[STEP_TEXT_SIZE];

	for (size_t i = 0; i < page->trail_count; i++)
		if (page->trail[i].current) {
			snprintf(text, sizeof text, "▸ %zu/%zu %s", i + 1, page->trail_count, page->trail[i].title);
			write_short(sheet, 1, end, STYLE_CURRENT, text);
			return true;
		}
	return false;
}

static void step_text(const struct trail_step *step, size_t number, bool titled, char text[STEP_TEXT_SIZE])
{
	if (step->current)
		snprintf(text, STEP_TEXT_SIZE, "▸ %zu %s", number, step->title);
	else if (step->done)
		snprintf(text, STEP_TEXT_SIZE, titled ? "✓ %s" : "✓", step->title);
	else
		snprintf(text, STEP_TEXT_SIZE, titled ? "%zu %s" : "%zu", number, step->title);
}

static int trail_cells(const struct page *page, const bool titled[PAGE_TRAIL_MAX], int gap)
{
	char text[STEP_TEXT_SIZE];
	int cells = -gap;

	for (size_t i = 0; i < page->trail_count; i++) {
		step_text(&page->trail[i], i + 1, titled[i], text);
		cells += layout_text_cells(text) + gap;
	}
	return cells;
}

/* Takes the title from the step that is farthest from the current one. False: none has one left. */
static bool drop_title(const struct page *page, bool titled[PAGE_TRAIL_MAX])
{
	size_t current = 0, farthest = 0, distance = 0;

	while (current + 1 < page->trail_count && !page->trail[current].current)
		current++;
	for (size_t i = 0; i < page->trail_count; i++) {
		size_t away = i < current ? current - i : i - current;

		if (titled[i] && away && away >= distance) {
			distance = away;
			farthest = i;
		}
	}
	titled[farthest] = titled[farthest] && !distance;
	return distance > 0;
}

static enum style step_style(const struct trail_step *step)
{
	return step->current ? STYLE_CURRENT : step->done ? STYLE_GOOD : STYLE_QUIET;
}

static void write_trail(struct sheet *sheet, int row)
{
	const struct page *page = sheet->page;
	bool titled[PAGE_TRAIL_MAX];
	int room = sheet->layout->columns - 2, gap = 3, column = 1, cells;
	char text[STEP_TEXT_SIZE];

	for (size_t i = 0; i < PAGE_TRAIL_MAX; i++)
		titled[i] = true;
	while ((cells = trail_cells(page, titled, gap)) > room) {
		/* Gaps shrink first, then titles go, then gaps shrink again. */
		if (gap == 3)
			gap = 2;
		else if (!drop_title(page, titled))
			break;
	}
	if (cells > room)
		gap = 1;
	for (size_t i = 0; i < page->trail_count; i++) {
		step_text(&page->trail[i], i + 1, titled[i], text);
		column = layout_puts(sheet->layout, row, column, step_style(&page->trail[i]), text) + gap;
	}
}

/* In a low window one row is enough. */
int sheet_header(struct sheet *sheet)
{
	int rows = 1, end = write_mode(sheet);

	if (sheet->tight && write_step(sheet, end))
		return rows;
	write_names(sheet, end);
	if (sheet->tight)
		return rows;
	if (sheet->page->trail_count)
		write_trail(sheet, rows++);
	layout_repeat(sheet->layout, rows++, 0, STYLE_QUIET, "─", sheet->layout->columns);
	return rows;
}

/* What Enter does where the focus is; NULL: nothing. The caller's. */
static char *enter_key(const struct sheet *sheet)
{
	const struct page *page = sheet->page;
	enum action_id action = sheet->view->on_button ? sheet->view->button : page->enter;

	if (sheet->view->finding && sheet_control_focused(sheet))
		return mem_strdup(C_("keys", "Enter found"));
	if (sheet_control_focused(sheet) && page->control.kind == CONTROL_MENU)
		return mem_strdup(C_("keys", "Enter choose"));
	if (action == ACTION_NEXT)
		return mem_strdup(C_("keys", "Enter next"));
	if (action == ACTION_NONE)
		return NULL;
	if (action == ACTION_BACK)
		return mem_strdup(C_("keys", "Enter back"));
	if (sheet->view->on_button)
		return mem_strdup(C_("keys", "Enter press"));
	for (size_t i = 0; i < page->action_count; i++)
		if (page->actions[i].id == action)
			/* TRANSLATORS: what the Enter key does; %s is the label of a button */
			return mem_printf(C_("keys", "Enter: %s"), page->actions[i].label);
	return NULL;
}

static const char *escape_key(const struct sheet *sheet)
{
	const char *filter = sheet->page->control.filter;

	if (sheet->page->control.kind == CONTROL_GRID && filter && *filter)
		return C_("keys", "Esc all rows");
	switch (view_escape_action(sheet->page)) {
	case ACTION_BACK:
		return C_("keys", "Esc back");
	case ACTION_STOP:
		return C_("keys", "Esc stop");
	case ACTION_NO:
		return C_("keys", "Esc no");
	default:
		return NULL;
	}
}

static size_t control_keys(const struct sheet *sheet, struct key keys[])
{
	size_t count = 0;

	switch (sheet->page->control.kind) {
	case CONTROL_GRID:
		if (!sheet->view->finding)
			keys[count++] = (struct key){ C_("keys", "←→ change"), WEIGHT_CHANGE };
		if (!sheet->view->finding)
			keys[count++] = (struct key){ C_("keys", "/ find"), WEIGHT_MORE };
		break;
	case CONTROL_CHECKLIST:
		keys[count++] = (struct key){ C_("keys", "Space tick"), WEIGHT_CHANGE };
		break;
	case CONTROL_REPORT:
		keys[count++] = (struct key){ C_("keys", "↑↓ read on"), WEIGHT_MOVE };
		break;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		keys[count++] = (struct key){ C_("keys", "↑↓ choose"), WEIGHT_MOVE };
		break;
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
		break;
	}
	return count;
}

/* How many of KEYS fit into CELLS; those that weigh least are taken out, their order stays. */
static size_t keys_that_fit(struct key keys[], size_t count, int cells)
{
	for (;;) {
		int wanted = -KEY_GAP;
		size_t least = 0;

		for (size_t i = 0; i < count; i++) {
			wanted += layout_text_cells(keys[i].text) + KEY_GAP;
			least = keys[i].weight <= keys[least].weight ? i : least;
		}
		if (!count || wanted <= cells)
			return count;
		memmove(keys + least, keys + least + 1, (--count - least) * sizeof *keys);
	}
}

/* Only what works now. */
void sheet_footer(struct sheet *sheet, int row)
{
	struct key keys[KEYS_MAX];
	char *enter = enter_key(sheet);
	bool control = sheet_control_focused(sheet);
	size_t count = control ? control_keys(sheet, keys) : 0;
	int column = 1;

	if (enter)
		keys[count++] = (struct key){ enter, WEIGHT_ENTER };
	if (!control && (sheet->view->more_above || sheet->view->more_below))
		keys[count++] = (struct key){ C_("keys", "↑↓ read on"), WEIGHT_MOVE };
	if (escape_key(sheet))
		keys[count++] = (struct key){ escape_key(sheet), WEIGHT_MORE };
	if (view_offers_help(sheet->page))
		keys[count++] = (struct key){ C_("keys", "F1 help"), WEIGHT_HELP };
	if (sheet->page->has_languages)
		keys[count++] = (struct key){ C_("keys", "F2 language"), WEIGHT_LANGUAGE };
	if (control && sheet->page->action_count && !sheet->few_buttons)
		keys[count++] = (struct key){ C_("keys", "Tab buttons"), WEIGHT_BUTTONS };
	count = keys_that_fit(keys, count, sheet->layout->columns - 2);
	for (size_t i = 0; i < count; i++)
		column = layout_puts(sheet->layout, row, column, STYLE_QUIET, keys[i].text) + KEY_GAP;
	free(enter);
}

static void add_piece(struct sheet *sheet, struct button_piece piece)
{
	if (sheet->piece_count < BUTTON_PIECES_MAX)
		sheet->pieces[sheet->piece_count++] = piece;
}

/* A label that is longer than the window is wide goes on below itself. */
static void place_long(struct sheet *sheet, size_t action, int row)
{
	const char *next = sheet->page->actions[action].label;
	struct button_piece piece = { .action = action, .row = row, .column = sheet->left, .first = true };

	while (next) {
		piece.text = next;
		piece.bytes = text_wrap(next, sheet->width - 4, &next);
		piece.last = !next;
		add_piece(sheet, piece);
		piece.first = false;
		piece.row++;
	}
	sheet->button_rows = piece.row;
}

/* Of several rows of buttons only the one that Enter presses. */
static void keep_enter(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	size_t kept = 0;

	if (sheet->button_rows < 2 || !page_has_action(page, page->enter))
		return;
	for (size_t i = 0; i < sheet->piece_count; i++)
		if (page->actions[sheet->pieces[i].action].id == page->enter) {
			sheet->pieces[kept] = sheet->pieces[i];
			sheet->pieces[kept].column = sheet->left;
			sheet->pieces[kept].row = (int)kept;
			kept++;
		}
	sheet->piece_count = kept;
	sheet->button_rows = (int)kept;
	sheet->few_buttons = true;
}

void sheet_place_buttons(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	int column = sheet->left, row = 0;

	sheet->piece_count = 0;
	sheet->button_rows = 0;
	for (size_t i = 0; i < page->action_count; i++) {
		const char *label = page->actions[i].label;
		int cells = layout_text_cells(label) + 4;

		if (column > sheet->left && column + cells > sheet->left + sheet->width) {
			column = sheet->left;
			row = sheet->button_rows;
		}
		if (cells > sheet->width) {
			place_long(sheet, i, row);
			row = sheet->button_rows;
			continue;
		}
		add_piece(sheet, (struct button_piece){ i, row, column, label, strlen(label), true, true });
		sheet->button_rows = row + 1;
		column += cells + 2;
	}
	if (sheet->tight && page->control.kind == CONTROL_GRID && sheet_control_focused(sheet))
		keep_enter(sheet);
}

static void write_piece(struct sheet *sheet, int row, const struct button_piece *piece)
{
	const struct view *view = sheet->view;
	const struct page *page = sheet->page;
	bool focused = view->on_button && view->button == page->actions[piece->action].id;
	char *text = mem_printf("%s%.*s%s", piece->first ? "[ " : "  ", (int)piece->bytes, piece->text,
				piece->last ? " ]" : "");
	int end = layout_puts(sheet->layout, row, piece->column, focused ? STYLE_BUTTON_FOCUS : STYLE_BUTTON, text);

	free(text);
	view_add_hit(sheet->view, (struct hit){ .kind = HIT_BUTTON, .row = row, .column = piece->column,
						.end = end, .index = piece->action });
	if (focused && piece->first)
		layout_cursor(sheet->layout, row, piece->column + 2);
}

/* Beside the only button: how to come to the others. */
static void write_way(struct sheet *sheet, int row)
{
	const struct button_piece *only = &sheet->pieces[0];
	const char *way = C_("keys", "Tab buttons");
	int column = sheet->left + sheet->width - layout_text_cells(way);

	if (column > only->column + layout_cells(only->text, only->bytes) + 4)
		layout_puts(sheet->layout, row, column, STYLE_QUIET, way);
}

void sheet_buttons(struct sheet *sheet, int row, int button_row)
{
	for (size_t i = 0; i < sheet->piece_count; i++)
		if (sheet->pieces[i].row == button_row)
			write_piece(sheet, row, &sheet->pieces[i]);
	if (sheet->few_buttons && button_row == 0)
		write_way(sheet, row);
}
