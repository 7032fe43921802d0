/* SPDX-License-Identifier: MIT */
/* The report: wanted, is, what to do; worst first, and every "unknown" left as it is. */
#include "guide/report.h"

#include <stdint.h>

#include "base/i18n.h"
#include "guide/plan_page.h"

static enum level wanted_level(const struct check *check, size_t row)
{
	for (enum level level = LEVEL_WRITE; level > LEVEL_NONE; level--) {
		const struct finding *finding = check_find(check, row, level);

		if (finding && finding->expected == EXPECT_GRANTED)
			return level;
	}
	return LEVEL_NONE;
}

/* ---- in one sentence ---- */

static bool is_checked(const struct check *check, size_t row)
{
	return check_find(check, row, LEVEL_READ) || check_find(check, row, LEVEL_WRITE);
}

/* Planned rows about which nothing can be said, those for connected accounts with them. */
static size_t rows_not_asked(const struct check *check)
{
	size_t count = check_connect_count(check);

	for (size_t row = 0; row < catalogue_count(); row++)
		count += is_checked(check, row) && wanted_level(check, row) != LEVEL_NONE &&
			 check_match_row(check, row) == MATCH_NOT_ASKED;
	return count;
}

static const char *headline_compared(const struct check *check, enum tone *tone)
{
	bool more = check_tally(check, MATCH_MORE), less = check_tally(check, MATCH_LESS);

	*tone = more ? TONE_DANGER : TONE_CAREFUL;
	if (more && less)
		return _("The key can do things that were not planned, and lacks others");
	if (more)
		return _("The key can do more than planned");
	if (less)
		return _("The key can do less than planned");
	if (check_tally(check, MATCH_UNKNOWN))
		return _("Some answers are missing");
	if (rows_not_asked(check)) {
		*tone = TONE_PLAIN;
		return _("The key does what you planned, as far as Stripe was asked");
	}
	*tone = TONE_GOOD;
	if (check_depth(check) == CHECK_FULL && check_writes(check))
		return _("The key does what you planned, and nothing else that was asked about");
	return _("The key does what you planned");
}

const char *report_headline(const struct check *check, enum tone *tone)
{
	*tone = TONE_DANGER;
	switch (check_key(check)) {
	case VERDICT_DEAD:
		return _("Stripe says that this key does not work");
	case VERDICT_BLOCKED:
		return _("Stripe does not take this key from your internet address");
	case VERDICT_GRANTED:
		break;
	default:
		*tone = TONE_CAREFUL;
		return _("It is not known whether the key works");
	}
	if (check_has_plan(check))
		return headline_compared(check, tone);
	*tone = TONE_PLAIN;
	return _("What the key can do");
}

/* With their number, where there is a page to hold it. */
static const char *title_of(const struct check *check, enum tone *tone, struct page *page)
{
	const char *headline = report_headline(check, tone);
	size_t count = check_agrees(check) ? rows_not_asked(check) : 0;

	if (!count)
		return headline;
	return page_text(page, ngettext("The key does what you planned, but %zu planned row was not asked about",
					"The key does what you planned, but %zu planned rows were not asked about", count), count);
}

const char *report_advice(const struct check *check)
{
	switch (check_key(check)) {
	case VERDICT_DEAD:
		return _("Look in Stripe whether it is in the list and not expired. Then copy it again, whole, or make a "
			 "new one.");
	case VERDICT_BLOCKED:
		return _("In Stripe, look at the key's \"Access policy\" or \"IP restrictions\".");
	case VERDICT_GRANTED:
		return NULL;
	default:
		return _("Stripe gave no answer that could be understood. Ask again later, or from another network.");
	}
}

bool report_say_difference(const struct check *check, struct page *page)
{
	enum tone tone = TONE_PLAIN;
	const char *headline = check ? report_headline(check, &tone) : NULL;
	bool differs = tone == TONE_DANGER || tone == TONE_CAREFUL;

	if (differs)
		page_say(page, BLOCK_WARNING, page_sentence(page, headline));
	return differs;
}

/* ---- the rows ---- */

static bool is_granted(const struct finding *finding)
{
	return finding && finding->verdict == VERDICT_GRANTED;
}

/* What was found, in one or two words. */
static const char *found_text(const struct check *check, size_t row)
{
	const struct finding *read = check_find(check, row, LEVEL_READ), *write = check_find(check, row, LEVEL_WRITE);
	const struct finding *first = read ? read : write;

	if (is_granted(write))
		return level_name(LEVEL_WRITE);
	if (is_granted(read))
		return level_name(LEVEL_READ);
	if (first->verdict == VERDICT_DENIED)
		return level_name(LEVEL_NONE);
	return first->verdict == VERDICT_NOT_ASKED ? C_("found", "not asked") : C_("found", "unknown");
}

/* Stripe's refusal sometimes names another row than the one that was asked about: worth a hint. */
static const char *hint_of(const struct check *check, size_t row, struct page *page)
{
	const struct finding *read = check_find(check, row, LEVEL_READ);
	enum level level;
	size_t named;

	if (!read || read->verdict != VERDICT_DENIED || !*read->permission)
		return NULL;
	named = catalogue_find_slug(read->permission, &level);
	if (named == SIZE_MAX || named == row)
		return NULL;
	/* TRANSLATORS: Stripe's name of a row, and of a level */
	return page_text(page, _("Stripe itself names \"%s\": %s."), catalogue_at(named)->label, level_name(level));
}

static const char *how_to_change(const struct check *check, size_t row, struct page *page)
{
	const struct resource *resource = catalogue_at(row);
	const char *hint = hint_of(check, row, page);
	/* TRANSLATORS: "Edit key" is Stripe's; %1$s is the heading of a group, %2$s of a row, %3$s a level, all Stripe's. */
	const char *text = page_text(page, _("In Stripe: ⋯, \"Edit key\", then %1$s, %2$s: %3$s."),
				     catalogue_group(resource->group)->heading, resource->label,
				     level_name(wanted_level(check, row)));

	return hint ? page_text(page, _("%s %s"), text, hint) : text;
}

/* The level whose finding makes the row what it is; of both the one that was planned. */
static const struct finding *reason(const struct check *check, size_t row, enum match match)
{
	const struct finding *read = check_find(check, row, LEVEL_READ), *write = check_find(check, row, LEVEL_WRITE);

	if (read && check_match(read) == match && wanted_level(check, row) == LEVEL_READ)
		return read;
	return write && check_match(write) == match ? write : read;
}

static const char *todo(const struct check *check, size_t row, enum match match, struct page *page)
{
	const struct finding *finding;

	switch (match) {
	case MATCH_MORE:
	case MATCH_LESS:
		return how_to_change(check, row, page);
	case MATCH_UNKNOWN:
	case MATCH_NOT_ASKED:
		finding = reason(check, row, match);
		if (finding->level == LEVEL_WRITE)
			/* TRANSLATORS: the level "Write", then a sentence that says why it is not known */
			return page_text(page, _("Write: %s"), why_text(finding->why));
		return why_text(finding->why);
	default:
		return NULL;
	}
}

static const char *heading(enum match match)
{
	static const char *const headings[MATCH_COUNT] = {
		[MATCH_MORE] = N_("More than planned"),
		[MATCH_LESS] = N_("Less than planned"),
		[MATCH_UNKNOWN] = N_("Could not be asked"),
		[MATCH_NOT_ASKED] = N_("Not asked"),
		[MATCH_AS_PLANNED] = N_("As planned"),
		[MATCH_ALSO] = N_("Allowed too: it comes with what you planned"),
		[MATCH_OPEN] = N_("Allowed"),
	};

	return _(headings[match]);
}

static enum tone tone_of(enum match match)
{
	switch (match) {
	case MATCH_MORE:
		return TONE_DANGER;
	case MATCH_LESS:
	case MATCH_UNKNOWN:
		return TONE_CAREFUL;
	case MATCH_AS_PLANNED:
		return TONE_GOOD;
	default:
		return TONE_PLAIN;
	}
}

/* A question about it has no answer, or not yet. */
static bool is_pending(const struct check *check, size_t row)
{
	const struct finding *read = check_find(check, row, LEVEL_READ), *write = check_find(check, row, LEVEL_WRITE);

	return (read && read->why == WHY_STOPPED) || (write && write->why == WHY_STOPPED);
}

/* Rows at None that are None, and rows that nobody wanted and nobody asked about, are only counted. */
static bool is_listed(const struct check *check, size_t row, enum match match)
{
	switch (match) {
	case MATCH_NOT_ASKED:
		return wanted_level(check, row) != LEVEL_NONE;
	case MATCH_AS_PLANNED:
		return wanted_level(check, row) != LEVEL_NONE;
	case MATCH_OPEN:
		return is_granted(check_find(check, row, LEVEL_READ)) || is_granted(check_find(check, row, LEVEL_WRITE));
	default:
		return true;
	}
}

struct tally {
	size_t none;          /* asked, wanted at None, and None */
	size_t no_question;   /* not asked, and not wanted */
	size_t write;         /* Write was not asked, and not wanted: nobody said yes to it */
	size_t write_never;   /* the same, because there is no question */
	size_t outside;       /* rows of Stripe's form that the quick check leaves out */
};

static void count_row(const struct check *check, size_t row, enum match match, struct tally *tally)
{
	const struct finding *write = check_find(check, row, LEVEL_WRITE);

	if (!is_listed(check, row, match)) {
		tally->none += match == MATCH_AS_PLANNED || match == MATCH_OPEN;
		tally->no_question += match == MATCH_NOT_ASKED;
	}
	if (write && write->expected != EXPECT_GRANTED && match != MATCH_NOT_ASKED) {
		tally->write += write->why == WHY_WRITE;
		tally->write_never += write->why == WHY_NO_QUESTION;
	}
}

static void add_row(const struct check *check, size_t row, enum match match, struct control *control, bool first,
		    struct report_row *rows, struct page *page)
{
	const char *wanted = level_name(wanted_level(check, row)), *is = found_text(check, row);
	bool planned = check_has_plan(check);

	rows[control->report_count++] = (struct report_row){
		.row = row, .heading = first ? heading(match) : NULL, .tone = tone_of(match),
		.label = catalogue_at(row)->label, .wanted = planned ? wanted : "–", .is = is,
		/* TRANSLATORS: %s is a level, such as Read, or "unknown", "not asked" */
		.found = planned ? page_text(page, _("wanted: %s, is: %s"), wanted, is) : page_text(page, _("is: %s"), is),
		.todo = todo(check, row, match, page),
	};
}

/* The column that is never asked about: what was planned there is only named. */
static void add_connect_rows(const struct check *check, struct control *control, bool first, struct report_row *rows,
			     struct page *page)
{
	for (size_t i = 0; i < check_count(check); i++) {
		const struct finding *finding = check_at(check, i);
		const char *wanted = level_name(finding->level), *is = C_("found", "not asked");

		if (!finding->connect)
			continue;
		rows[control->report_count++] = (struct report_row){
			.row = plan_connect_cell(finding->row), .heading = first ? heading(MATCH_NOT_ASKED) : NULL,
			.tone = tone_of(MATCH_NOT_ASKED), .label = plan_page_connect_label(finding->row, page),
			.wanted = wanted, .is = is, .found = page_text(page, _("wanted: %s, is: %s"), wanted, is),
			.todo = why_text(finding->why),
		};
		first = false;
	}
}

static void write_rows(const struct check *check, bool going, struct page *page, struct tally *tally)
{
	struct report_row *rows = page_room(page, plan_cell_count() + 1, sizeof *rows);
	struct control *control = page_control(page, CONTROL_REPORT);

	control->report = rows;
	control->wanted_heading = C_("report", "Wanted");
	control->is_heading = C_("report", "Is");
	for (int match = 0; match < MATCH_COUNT; match++) {
		bool first = true;

		for (size_t row = 0; row < catalogue_count(); row++) {
			if (!is_checked(check, row) || check_match_row(check, row) != (enum match)match)
				continue;
			if (going && match == MATCH_UNKNOWN && is_pending(check, row))
				continue;
			count_row(check, row, (enum match)match, tally);
			if (!is_listed(check, row, (enum match)match))
				continue;
			add_row(check, row, (enum match)match, control, first, rows, page);
			first = false;
		}
		if (match == MATCH_NOT_ASKED)
			add_connect_rows(check, control, first, rows, page);
	}
	for (size_t row = 0; row < catalogue_count(); row++)
		tally->outside += catalogue_on_grid(row) && !is_checked(check, row);
	if (!control->report_count)   /* nothing to read there */
		control->kind = CONTROL_NONE;
}

/* ---- the rest, counted ---- */

static void say_rest(const struct check *check, const struct tally *tally, bool buttons, struct page *page)
{
	if (check_tally(check, MATCH_UNKNOWN))
		page_say(page, BLOCK_WARNING, buttons ? _("What has no answer stays unknown. \"Check again\" asks once more.") :
							_("What has no answer stays unknown. Check again later."));
	if (tally->none)
		page_say(page, BLOCK_DONE, page_text(page, check_has_plan(check) ?
			ngettext("%zu other row: None, as planned.", "%zu other rows: None, as planned.", tally->none) :
			ngettext("%zu other row: None.", "%zu other rows: None.", tally->none), tally->none));
	if (tally->write)
		page_bullet(page, buttons ?
			_("Whether Write is really absent was not asked: that takes attempting a change. \"Ask about Write\" does it, on "
			  "things that cannot exist.") :
			_("Whether Write is really absent was not asked: that takes attempting a change. \"--writes\" does it, on things "
			  "that cannot exist."));
	else if (tally->write_never)
		page_bullet(page, page_text(page, ngettext(
			"Write of %zu row was not asked: it has no harmless question.",
			"Write of %zu rows was not asked: they have no harmless question.", tally->write_never),
			tally->write_never));
	if (tally->no_question)
		page_bullet(page, page_text(page, ngettext(
			"%zu row has no harmless question. It is None if you left it there in Stripe.",
			"%zu rows have no harmless question. They are None if you left them there in Stripe.",
			tally->no_question), tally->no_question));
	if (tally->outside)
		page_bullet(page, page_text(page, buttons ? ngettext(
			"%zu row was left out of this quick check. \"Check all rows\" asks about it.",
			"%zu rows were left out of this quick check. \"Check all rows\" asks about them.", tally->outside) :
			ngettext("%zu row was left out of this quick check. \"--full\" asks about it.",
				 "%zu rows were left out of this quick check. \"--full\" asks about them.", tally->outside),
			tally->outside));
}

/* Nothing is known of any row: then one reason says it all. */
static void say_reason(const struct check *check, struct page *page)
{
	for (size_t i = 0; check_key(check) == VERDICT_UNKNOWN && i < check_question_count(check); i++)
		if (check_question(check, i)->verdict == VERDICT_UNKNOWN) {
			page_paragraph(page, why_text(check_question(check, i)->why));
			return;
		}
}

void report_page(const struct check *check, bool going, bool buttons, struct page *page)
{
	struct tally tally = { 0 };

	page->title = title_of(check, &page->tone, page);
	if (going) {
		page->title = _("Asking Stripe what the key can do");
		page->tone = TONE_PLAIN;
		page_note(page, NOTE_WAITING, page_text(page, ngettext("%zu of %zu answer is there.", "%zu of %zu answers are there.",
			check_question_count(check)), check_answered(check), check_question_count(check)), NULL);
	}
	if (!going && report_advice(check))
		page_paragraph(page, report_advice(check));
	if (check_key(check) != VERDICT_GRANTED) {
		say_reason(check, page);
		return;
	}
	write_rows(check, going, page, &tally);
	if (!going)
		say_rest(check, &tally, buttons, page);
}

void report_list_writes(const struct check *check, struct page *page)
{
	for (size_t i = 0; i < check_question_count(check); i++) {
		const struct finding *finding = check_question(check, i);

		if (finding->level == LEVEL_WRITE)
			page_bullet(page, page_text(page, "%s: POST %s", catalogue_at(finding->row)->label,
						    catalogue_question(finding->row, LEVEL_WRITE)->path));
	}
}
