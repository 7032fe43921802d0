/* SPDX-License-Identifier: MIT */
/*
 * Every page in every language at every size: somebody presses whatever can be
 * pressed, in every guide, and each page that comes up is laid out and read
 * from top to bottom. It opens with its title and its buttons, nothing is cut,
 * nothing lies over something else.
 *
 * With KEYGUIDE_PAGES=FOLDER the pages are written there, too, each with its
 * English under it: for whoever reads a translation through.
 */
#include <criterion/criterion.h>
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "guide/walk.h"
#include "ui/layout.h"
#include "ui/view_state.h"

enum { STEPS = 4000, SIZES = 3, SEEN_MAX = 256, KEPT_COUNT = 3, LONG_PAGE = 250 };

static const int sizes[SIZES][2] = { { 80, 24 }, { 60, 20 }, { 40, 12 } };

static const struct guide *const guides[] = {
	&guide_create, &guide_home, &guide_replace, &guide_remove, &guide_connect, &guide_prepare
};

static const struct language english = { "en", "English" };

enum { GUIDE_COUNT = sizeof guides / sizeof *guides };

struct wanderer {
	const char *language;
	int sizes;                       /* how many of them */
	unsigned long long random;
	struct walk walk;
	struct kept_key kept[KEPT_COUNT];
	char *seen[SEEN_MAX];            /* slugs of pages */
	size_t seen_count;
	char *said;                      /* the English lines of the pages that were written */
	size_t written;
};

/* The same walk every time: what fails once fails again. */
static size_t any(struct wanderer *w, size_t below)
{
	w->random = w->random * 6364136223846793005ULL + 1442695040888963407ULL;
	return below ? (size_t)(w->random >> 33) % below : 0;
}

static void remember(struct wanderer *w, const char *slug)
{
	for (size_t i = 0; i < w->seen_count; i++)
		if (!strcmp(w->seen[i], slug))
			return;
	cr_assert_lt(w->seen_count, SEEN_MAX);
	w->seen[w->seen_count++] = strdup(slug);
}

static bool has_seen(const struct wanderer *w, const char *slug)
{
	for (size_t i = 0; i < w->seen_count; i++)
		if (!strcmp(w->seen[i], slug))
			return true;
	return false;
}

static void fill_keyring(struct wanderer *w)
{
	static const char *const names[KEPT_COUNT] = { "report", "sync", "report (old)" };

	for (size_t i = 0; i < KEPT_COUNT; i++) {
		struct record *record = &w->kept[i].record;

		w->kept[i].name = (char *)names[i];
		w->kept[i].mode = i == 1 ? MODE_LIVE : MODE_TEST;
		record_init(record);
		if (i == 1)
			continue;
		plan_set_name(record->plan, "report");
		plan_set(record->plan, catalogue_find("charge"), LEVEL_READ);
		strcpy(record->ends, "a1b2");
		strcpy(record->store, "GNOME Keyring, \"Login\"");
		strcpy(record->created, "2026-08-01T10:00:00Z");
		strcpy(record->review, "2026-10-30");
		if (i == 2)
			strcpy(record->until, "2026-11-20T10:00:00Z");
	}
}

static void begin_walk(struct wanderer *w)
{
	struct walk *walk = &w->walk;
	struct effect effect;

	walk_init(walk, guides[any(w, GUIDE_COUNT)]);
	strcpy(walk->today, "2026-11-23");
	strcpy(walk->now, "2026-11-23T12:00:00Z");
	walk->vaults = any(w, 2) ? ~0U : 0;
	walk->manager = any(w, 2) ? "pass" : NULL;
	walk->keyring_folder = any(w, 2) ? "/home/you/.local/share/keyrings" : NULL;
	walk->windowless = any(w, 2);
	walk->demo = any(w, 4) == 0;
	walk->menu_when_kept = any(w, 2);
	walk->languages[0] = &english;
	walk->language_count = 1;
	if (walk->guide != &guide_create && walk->guide != &guide_home)
		walk_take_kept(walk, &w->kept[any(w, KEPT_COUNT)]);
	else if (!any(w, 3)) {
		struct plan *plan = plan_new();
		struct link_name odd = { .name = (char *)"rak_unknown_write" };

		plan_set_name(plan, "accountant");
		plan_set_prepared_by(plan, "Example Consulting");
		plan_set_note(plan, "For the monthly report.");
		plan_set(plan, catalogue_find("charge"), LEVEL_READ);
		plan_set(plan, catalogue_find("customer"), LEVEL_WRITE);
		walk_take_asked(walk, plan, &odd, any(w, 2));
	}
	walk_start(walk, &effect);
}

static void some_outcome(struct wanderer *w, struct outcome *outcome)
{
	*outcome = (struct outcome){
		.ticket = w->walk.ticket, .detail = any(w, 2) ? "" : "No space left on device",
		.store = "GNOME Keyring, \"Login\"", .aside = "report (old)", .kept = w->kept,
		.fault = any(w, 3) ? FAULT_NONE : (enum fault_code)(1 + any(w, FAULT_COUNT - 1)),
		.kept_count = any(w, KEPT_COUNT + 1), .clipboard = (enum clipboard)any(w, CLIPBOARD_NO_WAY + 1),
		.records = &w->kept[0].record, .record_count = any(w, 2),
		.plan = w->kept[0].record.plan,
	};
}

static void some_answer(struct wanderer *w, struct answer *answer)
{
	static const enum why whys[] = {
		WHY_NO_SUCH_THING, WHY_NO_PERMISSION, WHY_EXPIRED, WHY_NOT_A_KEY, WHY_ADDRESS, WHY_BUSY, WHY_SERVER,
		WHY_PRODUCT_OFF, WHY_OFFLINE
	};
	static const enum verdict verdicts[] = {
		VERDICT_GRANTED, VERDICT_DENIED, VERDICT_DEAD, VERDICT_DEAD, VERDICT_BLOCKED, VERDICT_UNKNOWN,
		VERDICT_UNKNOWN, VERDICT_UNKNOWN, VERDICT_UNKNOWN
	};
	size_t which = any(w, 4) ? any(w, 2) : any(w, sizeof whys / sizeof *whys);

	*answer = (struct answer){ .verdict = verdicts[which], .why = whys[which], .account = "acct_1" };
}

/* Stripe answers all that was asked, one way or another. */
static void answer_all(struct wanderer *w)
{
	struct effect effect;
	size_t count = w->walk.check ? check_question_count(w->walk.check) : 0;

	for (size_t i = 0; i < count; i++) {
		struct answer answer;
		struct event event = { .kind = EVENT_TOLD, .told = { w->walk.ticket, i, &answer } };

		some_answer(w, &answer);
		walk_handle(&w->walk, &event, &effect);
	}
}

/* Something that can happen on this page. The event's outcome is in *OUTCOME. */
static struct event some_event(struct wanderer *w, const struct page *page, struct outcome *outcome)
{
	static const char *const texts[] = { "", "report", "two  words", "https://dashboard.stripe.com/x", "charge", "zzz" };
	const struct control *control = &page->control;
	struct event event = { .kind = EVENT_ACTION };

	if (w->walk.pending != EFFECT_NONE && any(w, 3)) {
		if (w->walk.pending == EFFECT_ASK)
			answer_all(w);
		some_outcome(w, outcome);
		return (struct event){ .kind = EVENT_OUTCOME, .outcome = outcome };
	}
	if (any(w, 3) && control->kind != CONTROL_NONE)
		switch (control->kind) {
		case CONTROL_CHOICE:
		case CONTROL_MENU:
			event.kind = EVENT_CHOOSE;
			event.choice = control->choices[any(w, control->choice_count)].id;
			return event;
		case CONTROL_TEXT:
			event.kind = EVENT_TEXT;
			event.text = texts[any(w, 4)];
			return event;
		case CONTROL_SECRET:
			event.kind = EVENT_KEY;
			event.key = (struct apikey){ .kind = any(w, 2) ? APIKEY_RESTRICTED :
						     (enum apikey_kind)any(w, APIKEY_KIND_COUNT),
						     .mode = any(w, 3) ? plan_mode(w->walk.plan) : MODE_LIVE,
						     .has_mode = true, .length = 107, .tidied = (unsigned)any(w, 64),
						     .unusual_length = any(w, 2), .ends = "a1b2" };
			return event;
		case CONTROL_GRID:
			if (!any(w, 4) || !control->grid_count) {
				event.kind = EVENT_FILTER;
				event.text = texts[any(w, 6)];
			} else {
				const struct grid_row *row = &control->grid[any(w, control->grid_count)];

				event.kind = EVENT_LEVEL;
				event.grid.row = row->row;
				event.grid.level = (enum level)any(w, LEVEL_COUNT);
				if (!row->has[event.grid.level])
					event.grid.level = LEVEL_NONE;
			}
			return event;
		case CONTROL_CHECKLIST:
			event.kind = EVENT_TICK;
			event.row = control->checks[any(w, control->check_count)].row;
			return event;
		case CONTROL_REPORT:
		case CONTROL_NONE:
			break;
		}
	event.action = ACTION_NEXT;
	if (page->action_count && any(w, 3))
		event.action = page->actions[any(w, page->action_count)].id;
	else if (page->has_help && !any(w, 4))
		event.action = ACTION_HELP;
	if (event.action == ACTION_LEAVE || event.action == ACTION_LANGUAGE)
		event.action = any(w, 8) ? ACTION_NEXT : event.action;
	return event;
}

/* What is said of the place where something is wrong. */
#define WHERE "%s, %s at %dx%d: "
#define WHERE_ARGUMENTS(w, page, layout) (w)->language, (page)->slug, (layout)->columns, (layout)->rows

static void check_window(const struct wanderer *w, const struct page *page, const struct layout *layout)
{
	cr_assert(!layout->clipped, WHERE "cut: %s", WHERE_ARGUMENTS(w, page, layout), layout->clipped);
	for (int row = 0; row < layout->rows; row++) {
		const struct line *line = &layout->lines[row];

		for (size_t i = 0; i < line->count; i++)
			for (size_t j = 0; j < line->count; j++) {
				const struct span *a = &line->spans[i], *b = &line->spans[j];

				cr_assert(i == j || b->column < a->column || b->column >= a->column + text_cells(a->text),
					  WHERE "\"%s\" lies over \"%s\"", WHERE_ARGUMENTS(w, page, layout),
					  b->text, a->text);
			}
	}
}

static void note_buttons(const struct view *view, bool seen[PAGE_ACTIONS_MAX])
{
	for (size_t i = 0; i < view->hit_count; i++)
		if (view->hits[i].kind == HIT_BUTTON)
			seen[view->hits[i].index] = true;
}

/* Before any key: the title is there, or the search that is in use, and the buttons; of a grid's at least the next one. */
static void check_opening(const struct wanderer *w, const struct page *page, struct view *view)
{
	bool seen[PAGE_ACTIONS_MAX] = { false }, grid = page->control.kind == CONTROL_GRID;
	bool titled = grid && *page->control.filter;
	struct layout layout;

	layout_page(&layout, page, view, view->columns, view->rows);
	note_buttons(view, seen);
	for (int row = 0; row < layout.rows; row++)
		for (size_t i = 0; i < layout.lines[row].count; i++) {
			const struct span *span = &layout.lines[row].spans[i];

			titled = titled || layout.turned || !strncmp(span->text, page->title, strlen(span->text));
		}
	cr_assert(titled, WHERE "opens without its title", WHERE_ARGUMENTS(w, page, &layout));
	for (size_t i = 0; i < page->action_count; i++)
		cr_assert(seen[i] || (grid && page->actions[i].id != page->enter), WHERE "opens without the button \"%s\"",
			  WHERE_ARGUMENTS(w, page, &layout), page->actions[i].label);
	layout_done(&layout);
}

/* One window of the page, then PRESS. False: it showed nothing new. */
static bool look(const struct wanderer *w, const struct page *page, struct view *view, enum press_kind kind,
		 bool seen[PAGE_ACTIONS_MAX])
{
	struct press press = { .kind = kind };
	struct layout layout;
	struct event event;
	int scroll;
	size_t cursor;

	layout_page(&layout, page, view, view->columns, view->rows);
	check_window(w, page, &layout);
	note_buttons(view, seen);
	layout_done(&layout);
	scroll = view->scroll;
	cursor = view->cursor;
	view_press(view, page, &press, &event);
	return view->scroll != scroll || view->cursor != cursor || (view->scroll_by && view->more_below);
}

/* From top to bottom, then from button to button. */
static void read_page(const struct wanderer *w, const struct page *page, int columns, int rows)
{
	struct view *view = view_new();
	bool seen[PAGE_ACTIONS_MAX] = { false };

	view_update(view, page, columns, rows);
	check_opening(w, page, view);
	while (look(w, page, view, PRESS_WHEEL_DOWN, seen))
		;
	for (size_t i = 0; i <= page->action_count; i++)
		look(w, page, view, PRESS_TAB, seen);
	for (size_t i = 0; i < page->action_count; i++)
		cr_assert(seen[i], "%s, %s at %dx%d: the button \"%s\" is nowhere", w->language, page->slug, columns, rows,
			  page->actions[i].label);
	view_free(view);
}

static void speak(const char *code)
{
	setenv("LANGUAGE", code, 1);
	bindtextdomain("keyguide", LOCALE_FOLDER);   /* what was looked up is looked up again */
	bind_textdomain_codeset("keyguide", "UTF-8");
	textdomain("keyguide");
}

static int by_column(const void *a, const void *b)
{
	return ((const struct span *)a)->column - ((const struct span *)b)->column;
}

/* The whole page, however long, as plain text; where there is nothing, one line stands for many. */
static void print_page(const struct wanderer *w, FILE *file)
{
	struct view *view = view_new();
	struct layout layout;
	struct page page;
	bool gap = false;

	page_init(&page);
	walk_page(&w->walk, &page);
	view->terminal_turns = true;   /* what shows the file turns it, too */
	view_update(view, &page, 80, LONG_PAGE);
	layout_page(&layout, &page, view, 80, LONG_PAGE);
	for (int row = 0; row < layout.rows; row++) {
		struct line *line = &layout.lines[row];
		int column = 0;

		if (line->count)
			qsort(line->spans, line->count, sizeof *line->spans, by_column);
		if (!line->count && gap)
			continue;
		gap = !line->count;
		for (size_t i = 0; i < line->count; i++) {
			const struct span *span = &line->spans[i];

			fprintf(file, "%*s%s", span->column > column ? span->column - column : 0, "", span->text);
			column = span->column + text_cells(span->text);
		}
		fputc('\n', file);
	}
	layout_done(&layout);
	page_done(&page);
	view_free(view);
}

/* Whether PAGE, in English, has a line that no page before it had; marks, levels and numbers do not count. */
static bool says_something_new(struct wanderer *w, const char *page)
{
	bool is_new = false;

	while (*page) {
		char line[512];
		size_t length = 0;

		for (; *page && *page != '\n'; page++)
			if (isalpha((unsigned char)*page) && length < sizeof line - 2)
				line[length++] = *page;
		page += *page == '\n';
		strcpy(line + length, "\n");
		if (strstr(w->said, line))
			continue;
		is_new = true;
		w->said = realloc(w->said, strlen(w->said) + length + 2);
		strcat(w->said, line);
	}
	return is_new;
}

/* Into FOLDER, its English under it; the same name in every language. */
static void write_page(struct wanderer *w, const struct page *page, const char *folder)
{
	char path[512], *in_english;
	size_t size;
	FILE *file = open_memstream(&in_english, &size);

	speak("en");
	print_page(w, file);
	fclose(file);
	speak(w->language);
	if (says_something_new(w, in_english)) {
		snprintf(path, sizeof path, "%s/%03zu-%s-%s.txt", folder, w->written++, w->walk.guide->slug, page->slug);
		file = fopen(path, "w");
		cr_assert(file, "%s cannot be written", path);
		print_page(w, file);
		fputs(in_english, file);
		fclose(file);
	}
	free(in_english);
}

static void wander(struct wanderer *w)
{
	const char *folder = getenv("KEYGUIDE_PAGES");
	struct page page;
	struct outcome outcome;

	page_init(&page);
	begin_walk(w);
	for (int i = 0; i < STEPS; i++) {
		struct effect effect;
		struct event event;

		page_clear(&page);
		walk_page(&w->walk, &page);
		remember(w, w->walk.guide->steps[w->walk.at].slug);
		remember(w, page.slug);
		for (int size = 0; size < w->sizes; size++)
			read_page(w, &page, sizes[size][0], sizes[size][1]);
		if (folder)
			write_page(w, &page, folder);
		event = some_event(w, &page, &outcome);
		walk_handle(&w->walk, &event, &effect);
		if (effect.kind == EFFECT_QUIT || !any(w, 120)) {
			walk_done(&w->walk);
			begin_walk(w);
		}
	}
	walk_done(&w->walk);
	page_done(&page);
}

/* Every step of every guide came up, or the walk has proved little. */
static void check_seen(const struct wanderer *w)
{
	for (size_t g = 0; g < GUIDE_COUNT; g++)
		for (size_t s = 0; s < guides[g]->count; s++)
			cr_assert(has_seen(w, guides[g]->steps[s].slug), "%s of %s never came up", guides[g]->steps[s].slug,
				  guides[g]->slug);
}

static void read_language(const char *code, int sizes_count)
{
	struct wanderer w = { .language = code, .sizes = sizes_count, .random = 1, .said = strdup("") };

	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	speak(code);
	cr_assert(!strcmp(code, "en") || strcmp(_("Your keyring is locked."), "Your keyring is locked."),
		  "there is no catalogue for %s", code);
	fill_keyring(&w);
	wander(&w);
	check_seen(&w);
	for (size_t i = 0; i < w.seen_count; i++)
		free(w.seen[i]);
	for (size_t i = 0; i < KEPT_COUNT; i++)
		record_done(&w.kept[i].record);
	free(w.said);
}

Test(languages, en) { read_language("en", SIZES); }
Test(languages, ar) { read_language("ar", SIZES); }
Test(languages, de) { read_language("de", SIZES); }
Test(languages, es) { read_language("es", SIZES); }
Test(languages, fr) { read_language("fr", SIZES); }
Test(languages, it) { read_language("it", SIZES); }
Test(languages, pl) { read_language("pl", SIZES); }
Test(languages, pt_BR) { read_language("pt_BR", SIZES); }
Test(languages, zh_CN) { read_language("zh_CN", SIZES); }
Test(languages, ko) { read_language("ko", SIZES); }
Test(languages, nl) { read_language("nl", SIZES); }
Test(languages, ja) { read_language("ja", SIZES); }
Test(languages, tr) { read_language("tr", SIZES); }
/* Longer than any language that people speak, so not in the smallest window. */
Test(languages, pseudo) { read_language("qps", SIZES - 1); }
