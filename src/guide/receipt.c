/* SPDX-License-Identifier: MIT */
/* A receipt as a page (on the screen, and as Markdown) and as JSON. */
#include "guide/receipt.h"

#include <string.h>

#include "base/i18n.h"
#include "guide/plan_page.h"

static bool has_connect(const struct plan *plan)
{
	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan_connect(plan, row) != LEVEL_NONE)
			return true;
	return false;
}

/* Nothing that was asked differs; but connected accounts are never asked about (an old record may call it as planned). */
static bool agrees_as_far_as_asked(const struct record *record)
{
	static const char *const lists[] = { "missing", "extra", "unknown" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (json_array_size(json_object_get(record->summary, lists[i])))
			return false;
	return record->summary && has_connect(record->plan);
}

const char *receipt_result(const struct record *record)
{
	switch (record->found) {
	case VERDICT_DEAD:
		return _("the key did not work");
	case VERDICT_BLOCKED:
		return _("Stripe did not take it from this internet address");
	case VERDICT_GRANTED:
		break;
	default:
		return _("not known");
	}
	if (record->match != RECORD_NOT_COMPARED && agrees_as_far_as_asked(record))
		return _("as planned, as far as Stripe was asked");
	switch (record->match) {
	case RECORD_AS_PLANNED:
		return _("as planned");
	case RECORD_NOT_AS_PLANNED:
		return _("not as planned");
	case RECORD_NOT_COMPARED:
		break;
	}
	return _("the key worked");
}

/* A field that is not known is left out. */
static void fact(struct page *page, const char *label, const char *value)
{
	if (*value)
		page_bullet(page, page_text(page, _("%s: %s"), label, value));
}

static void write_key(const struct record *record, struct page *page)
{
	bool live = plan_mode(record->plan) == MODE_LIVE;

	page_say(page, BLOCK_HEADING, live ? _("The live key (your real account)") : _("The sandbox key (for practice)"));
	fact(page, _("Ends in"), record->ends);
	fact(page, _("Account"), record->account);
	fact(page, _("Made"), page_date(page, record->created));
	if (record->gone)
		page_bullet(page, _("It is no longer in the keyring."));
	else
		fact(page, _("Kept in"), record->store);
	if (*record->checked)
		page_bullet(page, page_text(page, _("Checked: %s, %s"), page_date(page, record->checked), receipt_result(record)));
	if (record->found != VERDICT_DEAD)
		fact(page, _("Look at it again"), page_date(page, record->review));
	if (record->gone)
		return;
	page_bullet(page, _("Another program finds it by its name and mode:"));
	page_say(page, BLOCK_ADDRESS, page_text(page, "secret-tool lookup name %s mode %s",
						page_shell(page, plan_name(record->plan)), mode_slug(plan_mode(record->plan))));
}

/* "Payouts: Read" for each name of LIST; label_of() says how a row is called there. */
static void write_names(const struct record *record, const char *list, const char *heading,
			const char *(*label_of)(size_t, struct page *), struct page *page)
{
	const json_t *names = json_object_get(record->summary, list), *item;
	size_t i;

	if (!json_array_size(names))
		return;
	page_say(page, BLOCK_HEADING, heading);
	json_array_foreach(names, i, item) {
		struct name name = catalogue_look_up(json_string_value(item));

		page_bullet(page, name.kind == NAME_ROW ?
			page_text(page, _("%s: %s"), label_of(name.index, page), level_name(name.level)) :
			page_text(page, "%s", json_string_value(item)));
	}
}

static void write_level(const char *label, enum level level, struct page *page)
{
	if (level != LEVEL_NONE)
		page_bullet(page, page_text(page, _("%s: %s"), label, level_name(level)));
}

static void write_permissions(const struct record *record, struct page *page)
{
	const struct plan *plan = record->plan;

	page_say(page, BLOCK_HEADING, _("What was planned"));
	for (size_t row = 0; row < catalogue_count(); row++) {
		write_level(plan_page_label(row, page), plan_level(plan, row), page);
		write_level(plan_page_connect_label(row, page), plan_connect(plan, row), page);
	}
	page_bullet(page, _("Everything else: None"));
}

static void write_findings(const struct record *record, struct page *page)
{
	write_names(record, "extra", _("Found: more than planned"), plan_page_label, page);
	write_names(record, "missing", _("Found: less than planned"), plan_page_label, page);
	write_names(record, "also_allowed", _("Found: allowed too, it comes with what was planned"), plan_page_label, page);
	write_names(record, "unknown", _("Not known"), plan_page_label, page);
	write_names(record, "connect_not_asked", _("Not asked"), plan_page_connect_label, page);
}

static void write_advice(struct page *page)
{
	page_say(page, BLOCK_HEADING, _("Hand it over"));
	page_paragraph(page, _("Put it into a password manager and send a share link that expires. Never e-mail, never "
			       "chat."));
	page_say(page, BLOCK_HEADING, _("Change it, or take it back"));
	page_bullet(page, _("A new key for the same job: in Stripe, ⋯ beside the key, \"Rotate key\" (older pages: \"Roll "
			    "key\"). The old one can live on for up to seven days."));
	page_bullet(page, _("Take it back: in Stripe, ⋯ beside the key, \"Expire key\". It stops at once. Then delete it "
			    "from the keyring."));
}

static bool any_is_kept(const struct record *records, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!records[i].gone)
			return true;
	return false;
}

void receipt_page(const struct record *records, size_t count, struct page *page)
{
	const struct plan *plan = records[0].plan;

	page->title = page_text(page, _("Receipt for the key \"%s\""), plan_name(plan));
	if (*plan_prepared_by(plan))
		page_paragraph(page, page_text(page, _("Prepared by %s."), plan_prepared_by(plan)));
	for (size_t i = 0; i < count; i++) {
		write_key(&records[i], page);
		write_findings(&records[i], page);
	}
	write_permissions(&records[count - 1], page);
	write_advice(page);
	if (any_is_kept(records, count))
		page_paragraph(page, _("The key itself is not on this paper. It is in the keyring only."));
}

json_t *receipt_to_json(const struct record *records, size_t count)
{
	json_t *keys = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct record *record = &records[i];

		json_array_append_new(keys, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s?, s:o, s:o, s:O?}",
			"mode", mode_slug(plan_mode(record->plan)), "ends", record->ends, "account", record->account,
			"created", record->created, "checked", record->checked, "as_planned", record_match_to_json(record->match),
			"review", record->review, "store", record->gone ? NULL : record->store,
			"permissions", plan_names(record->plan), "connect_permissions", plan_connect_names(record->plan),
			"found", record->summary));
	}
	return json_pack("{s:s, s:s, s:o}", "name", plan_name(records[0].plan),
			 "prepared_by", plan_prepared_by(records[0].plan), "keys", keys);
}
