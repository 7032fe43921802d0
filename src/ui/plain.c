/* SPDX-License-Identifier: MIT */
/*
 * Pages as lines. A page is first written as a list of lines; what was said
 * before on the same page is then left out. Lines are not wrapped: a screen
 * reader or the terminal does that. Knows nothing of curses or of views.
 */
#include "ui/plain.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { ANSWER_MAX = 20 * 1024, DIGITS_MAX = 3, READ_BACK_CELLS = 200 };

/* What a line is part of: lists are said anew as a whole, other lines one by one. */
enum part { PART_TEXT, PART_LIST, PART_ASK, PART_COUNT };

struct said {
	enum part part;
	char *text;
};

struct said_list {
	struct said *lines;
	size_t count;
};

struct plain {
	FILE *out;
	char *slug;
	struct said_list last;
	bool prompted;           /* the prompt is the last thing that was printed */
	char *lent;              /* text of the last event */
};

struct plain *plain_new(FILE *out)
{
	struct plain *plain = mem_new(1, sizeof *plain);

	plain->out = out;
	return plain;
}

static void forget(struct said_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->lines[i].text);
	free(list->lines);
	*list = (struct said_list){ 0 };
}

void plain_free(struct plain *plain)
{
	if (!plain)
		return;
	forget(&plain->last);
	free(plain->slug);
	free(plain->lent);
	free(plain);
}

static void say_take(struct said_list *list, enum part part, char *text)
{
	if ((list->count & (list->count - 1)) == 0)
		list->lines = mem_resize(list->lines, list->count ? 2 * list->count : 1, sizeof *list->lines);
	list->lines[list->count++] = (struct said){ part, text };
}

static void say(struct said_list *list, enum part part, const char *text)
{
	say_take(list, part, mem_strdup(text ? text : ""));
}

/* The row of the grid that stands at place AT of the list: without a filter only rows that give something. */
static size_t grid_row_at(const struct control *control, size_t at)
{
	bool all = control->filter && *control->filter;

	for (size_t i = 0; i < control->grid_count; i++)
		if ((all || control->grid[i].level != LEVEL_NONE) && at-- == 0)
			return i;
	return SIZE_MAX;
}

/* How many numbers the control takes; the buttons have those behind. */
static size_t numbered_rows(const struct page *page)
{
	size_t count = 0;

	switch (page->control.kind) {
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		return page->control.choice_count;
	case CONTROL_CHECKLIST:
		return page->control.check_count;
	case CONTROL_GRID:
		while (grid_row_at(&page->control, count) != SIZE_MAX)
			count++;
		return count;
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
	case CONTROL_REPORT:
		break;
	}
	return 0;
}

/* Buttons that have a sign of their own get no number. */
static bool has_sign(const struct page *page, enum action_id id)
{
	return id == page->enter || id == ACTION_BACK || id == ACTION_HELP;
}

static const struct action *numbered_action(const struct page *page, size_t at)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (!has_sign(page, page->actions[i].id) && at-- == 0)
			return &page->actions[i];
	return NULL;
}

static const char *label_of(const struct page *page, enum action_id id)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (page->actions[i].id == id)
			return page->actions[i].label;
	return NULL;
}

/* "<" goes back; where one cannot, it stops or says no. */
static enum action_id back_action(const struct page *page)
{
	if (page_has_action(page, ACTION_BACK))
		return ACTION_BACK;
	if (page_has_action(page, ACTION_STOP))
		return ACTION_STOP;
	return page_has_action(page, ACTION_NO) ? ACTION_NO : ACTION_NONE;
}

/* " (SANDBOX, key "x")", or less of it. The caller's. */
static char *about_key(const struct page *page)
{
	bool named = page->name && *page->name;

	if (page->mode && named)
		/* TRANSLATORS: behind a page's title: sandbox or live, the name of the key */
		return mem_printf(_(" (%s, key \"%s\")"), page->mode, page->name);
	if (named)
		/* TRANSLATORS: behind a page's title: the name of the key */
		return mem_printf(_(" (key \"%s\")"), page->name);
	return page->mode ? mem_printf(" (%s)", page->mode) : mem_strdup("");
}

static void say_head(const struct page *page, struct said_list *list)
{
	char *key = about_key(page);
	char *title = page->tone == TONE_DANGER ? mem_printf(_("Important: %s"), page->title) :
		mem_strdup(page->title);
	size_t step = 0;

	while (step < page->trail_count && !page->trail[step].current)
		step++;
	if (step < page->trail_count)
		say_take(list, PART_TEXT, mem_printf(_("Step %zu of %zu: %s%s"), step + 1, page->trail_count,
						     title, key));
	else
		say_take(list, PART_TEXT, mem_printf("%s%s", title, key));
	free(title);
	free(key);
}

static void say_note(const struct page *page, struct said_list *list)
{
	const struct note *note = &page->note;

	switch (note->kind) {
	case NOTE_NONE:
		return;
	case NOTE_INFO:
		say(list, PART_TEXT, note->text);
		break;
	case NOTE_WAITING:
		say_take(list, PART_TEXT, mem_printf(_("Please wait: %s"), note->text));
		break;
	case NOTE_PROBLEM:
		say_take(list, PART_TEXT, mem_printf(_("Problem: %s"), note->text));
		break;
	}
	if (note->advice)
		say(list, PART_TEXT, note->advice);
}

static char *block_text(const struct block *block)
{
	switch (block->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_HEADING:
	case BLOCK_ADDRESS:
		break;
	case BLOCK_BULLET:
		return mem_printf("- %s", block->text);
	case BLOCK_NUMBER:
		return mem_printf("%d. %s", block->number, block->text);
	case BLOCK_WARNING:
		return mem_printf(_("Careful: %s"), block->text);
	case BLOCK_DONE:
		return mem_printf(_("Done: %s"), block->text);
	case BLOCK_BUSY:
		return mem_printf(_("Going on now: %s"), block->text);
	}
	return mem_strdup(block->text);
}

static void say_choices(const struct control *control, struct said_list *list)
{
	for (size_t i = 0; i < control->choice_count; i++) {
		const struct choice *choice = &control->choices[i];
		bool chosen = control->kind == CONTROL_CHOICE && choice->id == control->chosen;
		/* TRANSLATORS: the number to type, and what it stands for */
		char *text = mem_printf(chosen ? _("%zu (chosen) %s") : "%zu %s", i + 1, choice->label);

		if (choice->hint && *choice->hint)
			say_take(list, PART_LIST, mem_printf(_("%s: %s"), text, choice->hint));
		else
			say(list, PART_LIST, text);
		free(text);
	}
}

static void say_grid(const struct control *control, struct said_list *list)
{
	bool found = control->filter && *control->filter;

	if (!control->grid_count)
		say(list, PART_LIST, control->nothing_found);
	for (size_t at = 0, i; (i = grid_row_at(control, at)) != SIZE_MAX; at++) {
		const struct grid_row *row = &control->grid[i];
		const char *about = found && row->about && *row->about ? row->about : NULL;

		say_take(list, PART_LIST, mem_printf(about ? _("%zu %s: %s. %s") : _("%zu %s: %s"), at + 1, row->label,
						     level_name(row->level), about));
	}
	say(list, PART_LIST, control->summary);
}

static void say_checks(const struct control *control, struct said_list *list)
{
	for (size_t i = 0; i < control->check_count; i++) {
		const struct check_row *row = &control->checks[i];

		if (row->group)
			say(list, PART_LIST, row->group);
		/* TRANSLATORS: a number to type, Stripe's name of a row, Stripe's word for a level */
		say_take(list, PART_LIST, mem_printf(row->done ? _("%zu %s: %s, done") : _("%zu %s: %s, still to do"),
						     i + 1, row->label, row->level));
	}
}

static void say_report(const struct control *control, struct said_list *list)
{
	for (size_t i = 0; i < control->report_count; i++) {
		const struct report_row *row = &control->report[i];

		if (row->heading)
			say_take(list, PART_LIST, mem_printf("%s:", row->heading));
		say_take(list, PART_LIST, row->todo ? mem_printf(_("- %s: %s. %s"), row->label, row->found, row->todo) :
						      mem_printf(_("- %s: %s."), row->label, row->found));
	}
}

/* What was typed is read back, but nobody has to hear all of a whole document that was pasted. The caller's. */
static char *read_back(const char *text)
{
	size_t length = text_fit(text, READ_BACK_CELLS);

	return mem_printf(text[length] ? "%.*s…" : "%.*s", (int)length, text);
}

static void say_field(const struct control *control, const char *label, struct said_list *list)
{
	char *text = read_back(control->text && *control->text ? control->text : C_("field", "nothing yet"));

	say_take(list, PART_TEXT, mem_printf(_("%s: %s"), label, text));
	free(text);
}

static void say_control(const struct page *page, struct said_list *list)
{
	const struct control *control = &page->control;
	const char *label = control->label ? control->label : "";

	switch (control->kind) {
	case CONTROL_NONE:
		break;
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		say_choices(control, list);
		break;
	case CONTROL_TEXT:
		say_field(control, label, list);
		break;
	case CONTROL_SECRET:
		break;
	case CONTROL_GRID:
		say_grid(control, list);
		break;
	case CONTROL_CHECKLIST:
		say_checks(control, list);
		break;
	case CONTROL_REPORT:
		say_report(control, list);
		break;
	}
}

static void say_actions(const struct page *page, struct said_list *list)
{
	size_t rows = numbered_rows(page);
	const struct action *action;

	for (size_t at = 0; (action = numbered_action(page, at)); at++)
		say_take(list, PART_LIST, mem_printf("%zu %s", rows + at + 1, action->label));
}

/* Of rows only where some are listed: else the numbers are those of the buttons. */
static const char *grid_question(const struct control *control)
{
	bool listed = grid_row_at(control, 0) != SIZE_MAX;

	if (control->filter && *control->filter)
		return listed ? _("Type a number to change that row, part of another name, or * for your own list.") :
			_("Type part of another name, or * for your own list.");
	return listed ? _("Type part of a name to find a row, or a number to change that row.") :
		_("Type part of a name to find a row.");
}

/* What an answer to the control may be. The caller's; NULL: nothing but numbers and signs. */
static char *control_question(const struct page *page)
{
	const struct control *control = &page->control;

	switch (control->kind) {
	case CONTROL_REPORT:
	case CONTROL_NONE:
		return numbered_action(page, 0) ? mem_strdup(_("Type a number to choose.")) : NULL;
	case CONTROL_CHOICE:
		for (size_t i = 0; i < control->choice_count; i++)
			if (control->choices[i].id == control->chosen)
				return mem_printf(_("Type a number to choose. \"%s\" is chosen now."),
						  control->choices[i].label);
		return mem_strdup(_("Type a number to choose."));
	case CONTROL_MENU:
		return mem_strdup(_("Type a number to choose."));
	case CONTROL_TEXT:
		return mem_strdup(_("Type a new text, or only press Enter to keep what is there."));
	case CONTROL_SECRET:
		return mem_strdup(_("Paste the key and press Enter. It is not shown."));
	case CONTROL_GRID:
		return mem_strdup(grid_question(control));
	case CONTROL_CHECKLIST:
		return mem_strdup(_("Type a number to tick that row, or to take the tick off."));
	}
	return NULL;
}

/* A sentence and the next, either of them NULL where there is none. The caller's; takes both. */
static char *joined(char *sentence, char *next)
{
	char *both;

	if (!sentence || !next)
		return sentence ? sentence : next;
	/* TRANSLATORS: a sentence and the next one: take the blank away where your language writes none */
	both = mem_printf(_("%s %s"), sentence, next);
	free(sentence);
	free(next);
	return both;
}

/* All that can be answered, in one line. The caller's; NULL where nothing can. */
static char *question(const struct page *page)
{
	char *enter = NULL, *back = NULL;
	const char *label = label_of(page, page->enter);

	if (page->enter != ACTION_NONE)
		/* TRANSLATORS: what the Enter key does: the label of a button */
		enter = label ? mem_printf(_("Enter: %s."), label) : mem_strdup(_("Enter: go on."));
	label = label_of(page, back_action(page));
	if (label)
		/* TRANSLATORS: what the sign < does: the label of a button */
		back = mem_printf(_("<: %s."), label);
	return joined(joined(joined(control_question(page), enter), back), page->has_help ? mem_strdup(_("?: help.")) : NULL);
}

static void write_body(const struct page *page, struct said_list *list)
{
	say_head(page, list);
	say_note(page, list);
	for (size_t i = 0; i <= page->block_count; i++) {
		if (i == page->control_at)
			say_control(page, list);
		if (i < page->block_count)
			say_take(list, PART_TEXT, block_text(&page->blocks[i]));
	}
}

static void write_lines(const struct page *page, struct said_list *list)
{
	char *asked = question(page);

	write_body(page, list);
	say_actions(page, list);
	say_take(list, PART_ASK, asked ? asked : mem_strdup(""));
}

static bool contains(const struct said_list *list, const struct said *line)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->lines[i].part == line->part && strcmp(list->lines[i].text, line->text) == 0)
			return true;
	return false;
}

static size_t count_part(const struct said_list *list, enum part part)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->lines[i].part == part;
	return count;
}

/* The list is said whole the next time, as if it had never been said. */
static void drop_list(struct said_list *last)
{
	for (size_t i = 0; i < last->count; i++)
		if (last->lines[i].part == PART_LIST)
			last->lines[i].part = PART_COUNT;
}

/* A list that has other rows now is said whole, for its numbers mean something else. */
static void drop_old_list(struct said_list *last, const struct said_list *now)
{
	if (count_part(last, PART_LIST) != count_part(now, PART_LIST))
		drop_list(last);
}

static bool print_new(struct plain *plain, const struct said_list *now)
{
	bool printed = false;

	for (size_t i = 0; i < now->count; i++) {
		if (contains(&plain->last, &now->lines[i]))
			continue;
		if (!printed && plain->prompted)
			fputc('\n', plain->out);
		printed = true;
		fprintf(plain->out, "%s\n", now->lines[i].text);
	}
	return printed;
}

/* An answer that changed nothing because of a problem: it is said again, else there would be silence. */
static void repeat_problem(struct plain *plain, const struct page *page)
{
	struct said_list note = { 0 };

	if (page->note.kind == NOTE_PROBLEM)
		say_note(page, &note);
	for (size_t i = 0; i < note.count; i++)
		fprintf(plain->out, "%s\n", note.lines[i].text);
	forget(&note);
}

/* Where the question is the one that was asked before, print_new() has left it out. */
static void repeat_question(struct plain *plain, const struct said_list *now)
{
	const struct said *asked = &now->lines[now->count - 1];

	if (*asked->text && contains(&plain->last, asked))
		fprintf(plain->out, "%s\n", asked->text);
}

static void prompt(struct plain *plain)
{
	fputs("> ", plain->out);
	fflush(plain->out);
	plain->prompted = true;
}

void plain_show(struct plain *plain, const struct page *page)
{
	struct said_list now = { 0 };
	bool same_page = plain->slug && strcmp(plain->slug, page->slug) == 0, answered = !plain->prompted, printed;

	if (!same_page) {
		if (plain->slug)
			fputs(plain->prompted ? "\n\n" : "\n", plain->out);
		plain->prompted = false;
		forget(&plain->last);
		free(plain->slug);
		plain->slug = mem_strdup(page->slug);
	}
	write_lines(page, &now);
	drop_old_list(&plain->last, &now);
	printed = print_new(plain, &now);
	if (answered && !printed)
		repeat_problem(plain, page);
	if (answered || (printed && page->note.kind == NOTE_PROBLEM))
		repeat_question(plain, &now);
	if (answered || printed)
		prompt(plain);
	forget(&plain->last);
	plain->last = now;
}

void plain_print(FILE *out, const struct page *page)
{
	struct said_list body = { 0 };

	write_body(page, &body);
	for (size_t i = 0; i < body.count; i++)
		fprintf(out, "%s\n", body.lines[i].text);
	forget(&body);
}

static const char *markdown_mark(enum block_kind kind)
{
	switch (kind) {
	case BLOCK_HEADING:
		return "## ";
	case BLOCK_BULLET:
	case BLOCK_DONE:
	case BLOCK_BUSY:
		return "- ";
	case BLOCK_WARNING:
		return "> ";
	case BLOCK_ADDRESS:
		return "      ";   /* code, within the item above it */
	default:
		return "";
	}
}

void plain_print_markdown(FILE *out, const struct page *page)
{
	fprintf(out, "# %s\n\n", page->title);
	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *block = &page->blocks[i];
		bool item = block->kind == BLOCK_BULLET && i + 1 < page->block_count && page->blocks[i + 1].kind == BLOCK_BULLET;

		fprintf(out, "%s%s\n%s", markdown_mark(block->kind), block->text, item ? "" : "\n");
	}
}

static bool do_action(struct event *event, enum action_id id)
{
	if (id == ACTION_NONE)
		return false;
	event->kind = EVENT_ACTION;
	event->action = id;
	return true;
}

/* The next level that the row has; after the last one None again. */
static enum level next_level(const struct grid_row *row)
{
	for (int level = (int)row->level + 1; level < LEVEL_COUNT; level++)
		if (row->has[level])
			return (enum level)level;
	return LEVEL_NONE;
}

static void choose_row(const struct control *control, size_t at, struct event *event)
{
	const struct grid_row *row;

	switch (control->kind) {
	case CONTROL_CHOICE:
	case CONTROL_MENU:
		event->kind = EVENT_CHOOSE;
		event->choice = control->choices[at].id;
		break;
	case CONTROL_CHECKLIST:
		event->kind = EVENT_TICK;
		event->row = control->checks[at].row;
		break;
	case CONTROL_GRID:
		row = &control->grid[grid_row_at(control, at)];
		event->kind = EVENT_LEVEL;
		event->grid.row = row->row;
		event->grid.level = next_level(row);
		break;
	case CONTROL_REPORT:
	case CONTROL_NONE:
	case CONTROL_TEXT:
	case CONTROL_SECRET:
		break;
	}
}

static bool is_number(const char *line, size_t length)
{
	return length > 0 && length <= DIGITS_MAX && strspn(line, "0123456789") >= length;
}

static bool number_answer(const struct page *page, const char *line, struct event *event)
{
	size_t number = strtoul(line, NULL, 10), rows = numbered_rows(page);
	const struct action *action;

	if (number == 0)
		return false;
	if (number <= rows) {
		choose_row(&page->control, number - 1, event);
		return true;
	}
	action = numbered_action(page, number - rows - 1);
	return action && do_action(event, action->id);
}

static bool text_answer(struct plain *plain, enum event_kind kind, struct event *event)
{
	event->kind = kind;
	event->text = plain->lent;
	return true;
}

/* Who searches hears all that was found, also where some or all of it is what the last search found. */
static bool filter_answer(struct plain *plain, struct event *event)
{
	if (strcmp(plain->lent, "*") == 0)
		*plain->lent = '\0';
	drop_list(&plain->last);
	return text_answer(plain, EVENT_FILTER, event);
}

/* plain->lent is the answer without blanks around it. */
static bool understand(struct plain *plain, const struct page *page, struct event *event)
{
	const char *line = plain->lent;

	if (!*line)
		return do_action(event, page->enter);
	if (strcmp(line, "<") == 0)
		return do_action(event, back_action(page));
	if (strcmp(line, "?") == 0)
		return (page->has_help || page_has_action(page, ACTION_HELP)) && do_action(event, ACTION_HELP);
	if (is_number(line, strlen(line)) && number_answer(page, line, event))
		return true;
	if (page->control.kind == CONTROL_TEXT)
		return text_answer(plain, EVENT_TEXT, event);
	if (page->control.kind == CONTROL_GRID && !is_number(line, strlen(line)))
		return filter_answer(plain, event);
	return false;
}

static void trim(char *text)
{
	size_t length = strlen(text), lead = strspn(text, " \t");

	while (length > lead && strchr(" \t\r\n", text[length - 1]))
		length--;
	memmove(text, text + lead, length - lead);
	text[length - lead] = '\0';
}

/* A line end is a control character to text_clean(), so it goes first. */
static char *tidied(const char *line)
{
	char *copy = mem_strndup(line, strcspn(line, "\r\n")), *clean;

	trim(copy);
	clean = text_clean(copy, ANSWER_MAX);
	free(copy);
	return clean;
}

/* The page says "Nothing happens after pasting? Press Enter.": then this says what has happened. */
static const char *no_answer(const struct page *page, const char *line)
{
	return page->control.kind == CONTROL_SECRET && !*line ? _("Nothing was pasted.") : _("That is no answer here.");
}

bool plain_answer(struct plain *plain, const struct page *page, const char *line, struct event *event)
{
	char *answers;

	free(plain->lent);
	plain->lent = tidied(line);
	plain->prompted = false;
	if (understand(plain, page, event))
		return true;
	answers = joined(mem_strdup(no_answer(page, plain->lent)), question(page));
	fprintf(plain->out, "%s\n", answers);
	free(answers);
	prompt(plain);
	return false;
}

bool plain_is_command(const char *line, size_t length)
{
	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	return length == 0 || (length == 1 && (*line == '<' || *line == '?')) || is_number(line, length);
}
