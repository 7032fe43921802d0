/* SPDX-License-Identifier: MIT */
/* A plan for somebody else, and the receipt at the end. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "guide/receipt.h"
#include "walking.h"

static struct walk walk;

static void at_start(void)
{
	begin(&walk);
}

static void done(void)
{
	walk_done(&walk);
}

TestSuite(prepare, .init = at_start, .fini = done);

static void until_saving(void)
{
	press(&walk, ACTION_SENT);
	press(&walk, ACTION_PREPARE);
	cr_assert_str_eq(slug_now(&walk), "name");
	send(&walk, (struct event){ .kind = EVENT_TEXT, .text = "report" });
	press(&walk, ACTION_NEXT);
	set_level(&walk, "charge", LEVEL_READ);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "who", "no list of rows: nothing is set in Stripe");
	send(&walk, (struct event){ .kind = EVENT_TEXT, .text = "Jane Smith" });
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "save");
}

Test(prepare, ends_with_a_plan_and_a_link)
{
	until_saving();
	cr_assert(says(&walk, "Prepared by Jane Smith."));
	cr_assert(says(&walk, "Charges and Refunds: Read."));
	cr_assert(says(&walk, "/test/apikeys/create?name=report&permissions%5B%5D=rak_charge_read"));
	cr_assert_eq(press(&walk, ACTION_SAVE).kind, EFFECT_SAVE_PLAN);
	end_with(&walk, (struct outcome){ .detail = "/home/jane/keyguide-report.json" });
	cr_assert(says(&walk, "/home/jane/keyguide-report.json"));
	cr_assert_eq(press(&walk, ACTION_FINISH).kind, EFFECT_QUIT);
	cr_assert(walk.finished);
}

Test(prepare, says_which_rows__no_link_can_hold)
{
	until_saving();
	cr_assert_not(says(&walk, "cannot be filled in that way"));
	plan_set(walk.plan, catalogue_find("top_up"), LEVEL_READ);
	cr_assert(says(&walk, "1 row cannot be filled in that way: set it by hand."));
}

Test(prepare, tells_rows_of_one_label_apart)
{
	until_saving();
	plan_set(walk.plan, catalogue_find("token"), LEVEL_WRITE);
	cr_assert(says(&walk, "Tokens (Core): Write."));
	cr_assert_not(says(&walk, "Charges and Refunds ("));
}

Test(prepare, says_so__when_it_cannot_be_saved)
{
	until_saving();
	press(&walk, ACTION_SAVE);
	end_badly(&walk, FAULT_FILE_WRITE);
	cr_assert(says(&walk, fault_what(FAULT_FILE_WRITE)));
	cr_assert_eq(press(&walk, ACTION_SAVE).kind, EFFECT_SAVE_PLAN);
}

Test(prepare, leads_back__to_making_a_key)
{
	press(&walk, ACTION_SENT);
	press(&walk, ACTION_PREPARE);
	press(&walk, ACTION_BACK);
	cr_assert_eq(walk.guide, &guide_create);
	cr_assert_str_eq(slug_now(&walk), "before");
}

Test(prepare, takes_a_name__that_is_kept_here_already)
{
	struct kept_key kept = { .name = (char *)"report", .mode = MODE_TEST };

	walk_look(&walk, false, &(struct effect){ 0 });
	end_with(&walk, (struct outcome){ .detail = "", .kept = &kept, .kept_count = 1 });
	until_saving();   /* it is for another computer */
}

/* ---- the receipt ---- */

static void fill(struct record *record, enum mode mode)
{
	record_init(record);
	plan_set_name(record->plan, "report");
	plan_set_prepared_by(record->plan, "Jane Smith");
	plan_set_mode(record->plan, mode);
	plan_set(record->plan, catalogue_find("charge"), LEVEL_READ);
	strcpy(record->ends, mode == MODE_LIVE ? "live" : "test");
	strcpy(record->account, "acct_1");
	strcpy(record->store, "GNOME Keyring, \"Login\"");
	record_time(record->created, 1795428000);
	record_time(record->checked, 1795428000);
	record_date(record->review, 1795428000, 90);
	record->found = VERDICT_GRANTED;
	record->match = mode == MODE_LIVE ? RECORD_NOT_AS_PLANNED : RECORD_AS_PLANNED;
	if (mode == MODE_LIVE)
		record->summary = json_pack("{s:b, s:[s]}", "as_planned", 0, "extra", "rak_payout_read");
}

static bool receipt_says(const struct record *records, size_t count, const char *text)
{
	struct page page;
	bool found = false;

	page_init(&page);
	receipt_page(records, count, &page);
	for (size_t i = 0; i < page.block_count; i++)
		found = found || strstr(page.blocks[i].text, text);
	page_done(&page);
	return found;
}

Test(prepare, receipt__covers_both_rounds)
{
	static const char *const texts[] = { "Prepared by Jane Smith.", "The sandbox key", "The live key", "Ends in: test",
		"Ends in: live", "Account: acct_1", "Made: 2026-11-23", "Kept in: GNOME Keyring", "Checked: 2026-11-23, as planned",
		"Checked: 2026-11-23, not as planned", "Look at it again: 2027-02-21", "Found: more than planned", "Payouts: Read",
		"Charges and Refunds: Read", "Everything else: None", "secret-tool lookup name report mode live", "\"Expire key\"",
		"Never e-mail" };
	struct record records[2];

	fill(&records[0], MODE_TEST);
	fill(&records[1], MODE_LIVE);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(receipt_says(records, 2, texts[i]), "%s", texts[i]);
	cr_expect_not(receipt_says(records, 1, "The live key"));
	record_done(&records[0]);
	record_done(&records[1]);
}

/* Nobody needs reminding of a key that is dead. */
Test(prepare, receipt__reminds_of_no_dead_key)
{
	struct record record;

	fill(&record, MODE_TEST);
	record.found = VERDICT_DEAD;
	cr_expect_not(receipt_says(&record, 1, "Look at it again"));
	record_done(&record);
}

/* Of two keys one may be gone. */
Test(prepare, receipt__says_that_a_key_is_gone)
{
	struct record records[2];

	fill(&records[0], MODE_TEST);
	fill(&records[1], MODE_LIVE);
	records[0].gone = true;
	cr_expect(receipt_says(records, 2, "It is no longer in the keyring."));
	cr_expect(receipt_says(records, 2, "secret-tool lookup name report mode live"));
	cr_expect_not(receipt_says(records, 2, "mode test"));
	cr_expect(receipt_says(records, 2, "It is in the keyring only."));
	records[1].gone = true;
	cr_expect_not(receipt_says(records, 2, "It is in the keyring only."));
	record_done(&records[0]);
	record_done(&records[1]);
}

Test(prepare, receipt__is_json_too)
{
	struct record records[2];
	json_t *json;

	fill(&records[0], MODE_TEST);
	fill(&records[1], MODE_LIVE);
	json = receipt_to_json(records, 2);
	cr_expect_str_eq(json_string_value(json_object_get(json, "name")), "report");
	cr_expect_eq(json_array_size(json_object_get(json, "keys")), 2);
	cr_expect_str_eq(json_string_value(json_object_get(json_array_get(json_object_get(json, "keys"), 1), "ends")), "live");
	json_decref(json);
	record_done(&records[0]);
	record_done(&records[1]);
}

/* A record is a file that anybody may have written: nothing of a summary comes through but names. */
Test(prepare, receipt__takes_no_odd_summary)
{
	struct record record, read;
	json_t *json;

	fill(&record, MODE_LIVE);
	json = record_to_json(&record);
	cr_assert_eq(record_from_json(json, &read, NULL), FAULT_NONE);
	cr_expect(receipt_says(&read, 1, "Payouts: Read"));
	record_done(&read);
	json_object_set_new(json_object_get(json, "summary"), "extra", json_pack("[s]", "\033[31m"));
	cr_assert_eq(record_from_json(json, &read, NULL), FAULT_NONE);
	cr_expect_null(read.summary);
	record_done(&read);
	json_decref(json);
	record_done(&record);
}

/* ---- the rehearsal ---- */

Test(prepare, demo__says_so_on_every_page__and_takes_the_sample_alone)
{
	struct page page;
	struct apikey key = looked_at(APIKEY_RESTRICTED, MODE_TEST);

	walk.demo = true;
	page_init(&page);
	for (walk.at = 0; walk.at < guide_create.count; walk.at++) {
		walk_page(&walk, &page);
		cr_expect(strstr(page.mode, "DEMO"), "%s", page.slug);
	}
	page_done(&page);
	walk.at = 0;
	go_to(&walk, "copy");
	cr_assert(has_button(&walk, ACTION_SAMPLE));
	cr_assert_eq(press(&walk, ACTION_SAMPLE).kind, EFFECT_SAMPLE);
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).kind, EFFECT_NONE, "a real key is not taken");
	cr_assert(says(&walk, "only the sample key belongs here"));
	cr_assert_not(walk_needs_key(&walk), "and wiped");
	key.sample = true;
	cr_assert_eq(send(&walk, (struct event){ .kind = EVENT_KEY, .key = key }).kind, EFFECT_STORE);
	end_well(&walk);
	for (; walk.at < guide_create.count; walk.at++) {
		cr_expect(says(&walk, "A real key would be in your keyring now"));
		cr_expect_not(says(&walk, "is in your keyring"));
		cr_expect_not(says(&walk, "Read back"), "nothing was");
	}
}

/* ---- connected accounts on the receipt ---- */

Test(prepare, receipt__names_connected_accounts)
{
	struct record record;
	json_t *json, *names;

	fill(&record, MODE_TEST);
	plan_set_connect(record.plan, catalogue_find("payout"), LEVEL_WRITE);
	record.match = RECORD_NOT_AS_PLANNED;
	record.summary = json_pack("{s:b, s:[], s:[], s:[], s:[s]}", "as_planned", 0, "missing", "extra", "unknown",
				   "connect_not_asked", "rak_payout_write");
	cr_expect(receipt_says(&record, 1, "Checked: 2026-11-23, as planned, as far as Stripe was asked"));
	cr_expect(receipt_says(&record, 1, "Not asked"));
	cr_expect(receipt_says(&record, 1, "Payouts, connected accounts: Write"));
	json = receipt_to_json(&record, 1);
	names = json_object_get(json_array_get(json_object_get(json, "keys"), 0), "connect_permissions");
	cr_expect_eq(json_array_size(names), 1);
	cr_expect_str_eq(json_string_value(json_array_get(names, 0)), "rak_payout_write");
	json_decref(json);
	record.match = RECORD_AS_PLANNED;   /* as it was written before */
	cr_expect_str_eq(receipt_result(&record), "as planned, as far as Stripe was asked");
	json_object_set_new(record.summary, "extra", json_pack("[s]", "rak_payout_read"));
	record.match = RECORD_NOT_AS_PLANNED;
	cr_expect_str_eq(receipt_result(&record), "not as planned");
	record_done(&record);
}

Test(prepare, receipt__has_room_for_every_row_of_both_columns)
{
	struct record records[2];

	for (int i = 0; i < 2; i++) {
		fill(&records[i], i ? MODE_LIVE : MODE_TEST);
		for (size_t cell = 0; cell < plan_cell_count(); cell++)
			if (!plan_set_cell(records[i].plan, cell, LEVEL_WRITE))
				plan_set_cell(records[i].plan, cell, LEVEL_READ);
		json_decref(records[i].summary);
		records[i].summary = json_pack("{s:o, s:o, s:o}", "connect_not_asked", plan_connect_names(records[i].plan),
					       "missing", plan_names(records[i].plan), "unknown", plan_names(records[i].plan));
	}
	cr_expect(receipt_says(records, 2, "Everything else: None"));
	record_done(&records[0]);
	record_done(&records[1]);
}
