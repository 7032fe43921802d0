/* SPDX-License-Identifier: MIT */
/* What somebody asked for: a beginning that can be changed, and Write only after its question. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "core/presets.h"
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

TestSuite(asked, .init = at_start, .fini = done);

static void type(const char *text)
{
	send(&walk, (struct event){ .kind = EVENT_TEXT, .text = text });
}

/* "I was sent a link": types TEXT and goes on. */
static struct effect sent(const char *text)
{
	press(&walk, ACTION_SENT);
	type(text);
	return press(&walk, ACTION_NEXT);
}

static const char link_text[] = "https://dashboard.stripe.com/apikeys/create?name=tool&permissions[]=rak_charge_read"
				"&permissions[]=rak_invoice_write&permissions[]=rak_price_read";

static enum level level_of(const char *id)
{
	return plan_level(walk.plan, catalogue_find(id));
}

Test(asked, takes_a_link)
{
	cr_assert_eq(sent(link_text).kind, EFFECT_NONE);
	cr_assert_eq(walk.overlay, OVERLAY_NONE);
	cr_assert(says(&walk, "A key called \"tool\": 1 Read · 1 Write."));
	cr_assert(says(&walk, "Stripe gives nothing for \"rak_price_read\". What is meant is \"rak_plan_read\"."));
	cr_assert_eq(plan_mode(walk.plan), MODE_TEST, "where to practise is not the link's to say");
	press(&walk, ACTION_ASKED);
	cr_assert(says(&walk, "Charges and Refunds: Read."));
	cr_assert(says(&walk, "Invoices: Write."));
	press(&walk, ACTION_BACK);
	go_to(&walk, "name");
	cr_assert_str_eq(plan_name(walk.plan), "tool");
	cr_assert(says(&walk, "This name was asked for."));
}

Test(asked, asks_about_write__before_the_list)
{
	sent(link_text);
	go_to(&walk, "permissions");
	cr_assert_eq(level_of("charge"), LEVEL_READ);
	cr_assert_eq(level_of("invoice"), LEVEL_READ, "not Write yet");
	cr_assert(says(&walk, "Write is wanted on 1 row"));
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "Write on \"Invoices\""));
	press(&walk, ACTION_YES);
	cr_assert_eq(level_of("invoice"), LEVEL_WRITE);
	cr_assert_eq(walk.permissions.view, PERMISSIONS_COPY);
}

Test(asked, takes_a_no_for_write)
{
	sent(link_text);
	go_to(&walk, "permissions");
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NO);
	cr_assert_eq(level_of("invoice"), LEVEL_READ);
	cr_assert_eq(walk.permissions.view, PERMISSIONS_COPY);
	press(&walk, ACTION_BACK);
	press(&walk, ACTION_NEXT);
	cr_assert_eq(walk.permissions.view, PERMISSIONS_COPY, "asked once");
}

Test(asked, does_not_ask__about_what_was_changed_by_hand)
{
	sent(link_text);
	go_to(&walk, "permissions");
	set_level(&walk, "invoice", LEVEL_NONE);
	press(&walk, ACTION_NEXT);
	cr_assert_eq(walk.permissions.view, PERMISSIONS_COPY);
	cr_assert_eq(level_of("invoice"), LEVEL_NONE);
}

Test(asked, says_what_is_wrong__with_a_link)
{
	sent("https://dashboard.stripe.com.example.com/apikeys/create");
	cr_assert_eq(walk.overlay, OVERLAY_SENT);
	cr_assert(says(&walk, "does not lead to dashboard.stripe.com"));
	type("");
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "Nothing is in the field yet"));
	press(&walk, ACTION_BACK);
	cr_assert_null(walk.asked);
}

Test(asked, takes_no_key_there)
{
	char key[64];

	snprintf(key, sizeof key, "%s%s%040d", "rk_", "live_", 7);
	press(&walk, ACTION_SENT);
	type(key);
	cr_assert_str_eq(walk.sent, "");
	cr_assert(says(&walk, "That looked like a key"));
}

Test(asked, says_where_a_link_belongs__when_it_is_pasted_as_a_name)
{
	go_to(&walk, "name");
	type("reporting-readonlyhttps://dashboard.stripe.com/apikeys/create?name=x");
	cr_assert(says(&walk, "That is a link, not a name"));
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
	type("report");
	cr_assert_not(says(&walk, "That is a link"));
}

Test(asked, reads_a_file)
{
	struct plan *plan = plan_new();
	struct effect effect = sent("plans/report.json");

	cr_assert_eq(effect.kind, EFFECT_READ_PLAN);
	cr_assert_str_eq(effect.address, "plans/report.json");
	end_with(&walk, (struct outcome){ .detail = "Line 3: a plan has no field \"x\"", .advice = "do you mean \"y\"?" });
	cr_assert(says(&walk, "Line 3"));
	cr_assert(says(&walk, "do you mean"));
	press(&walk, ACTION_NEXT);
	plan_set_name(plan, "report");
	plan_set_prepared_by(plan, "Jane");
	plan_set_mode(plan, MODE_LIVE);
	end_with(&walk, (struct outcome){ .detail = "", .plan = plan });
	plan_free(plan);
	cr_assert(says(&walk, "Prepared by Jane."));
	cr_assert(walk.live_only, "a plan may ask for the live key at once");
}

Test(asked, comes_back__with_what_was_asked)
{
	struct walk again;
	json_t *progress;

	sent(link_text);
	go_to(&walk, "permissions");
	progress = walk_to_json(&walk);
	walk_init(&again, &guide_create);
	cr_assert_eq(walk_from_json(&again, progress, NULL), FAULT_NONE);
	json_decref(progress);
	cr_assert(again.asked);
	cr_assert(again.permissions.write_open[catalogue_find("invoice")], "still to be answered");
	walk_done(&again);
}

Test(asked, a_preset_of_a_tool__asks_about_write_too)
{
	const struct preset *preset = preset_find("swetrix");
	int index = 0;

	while (preset_at((size_t)index) != preset)
		index++;
	go_to(&walk, "permissions");
	press(&walk, ACTION_PRESETS);
	choose(&walk, index);
	cr_assert(says(&walk, "As of 2026-11-23"));
	press(&walk, ACTION_APPLY);
	cr_assert_eq(level_of("webhook"), LEVEL_READ);
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "Webhook Endpoints"));
	press(&walk, ACTION_YES);
	cr_assert_eq(level_of("webhook"), LEVEL_WRITE);
}

/* ---- connected accounts ---- */

Test(asked, lists_connected_accounts__as_rows_of_their_own)
{
	sent("https://dashboard.stripe.com/apikeys/create?name=x&permissions[]=rak_charge_read&connectPermissions[]=rak_charge_read"
	     "&connectPermissions[]=rak_customer_write");
	cr_assert_eq(plan_connect(walk.plan, catalogue_find("charge")), LEVEL_READ);
	cr_assert_eq(plan_connect(walk.plan, catalogue_find("customer")), LEVEL_READ, "not Write yet");
	go_to(&walk, "permissions");
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_YES);
	cr_assert_eq(plan_connect(walk.plan, catalogue_find("customer")), LEVEL_WRITE);
	cr_assert_eq(level_of("customer"), LEVEL_NONE, "nobody asked for the account's own customers");
	cr_assert_eq(walk.permissions.view, PERMISSIONS_COPY);
	send(&walk, (struct event){ .kind = EVENT_TICK, .row = catalogue_find("charge") + catalogue_count() });
	cr_assert(walk.permissions.ticked[catalogue_find("charge") + catalogue_count()]);
	cr_assert_not(walk.permissions.ticked[catalogue_find("charge")]);
}

static void send_level(const char *id, enum level level)
{
	send(&walk, (struct event){ .kind = EVENT_LEVEL, .grid = { plan_connect_cell(catalogue_find(id)), level } });
}

/* How the grid shows the row ID for connected accounts; NULL: not at all. */
static const char *grid_label(const char *id)
{
	static char label[96];
	struct page page;

	*label = '\0';
	page_init(&page);
	walk_page(&walk, &page);
	for (size_t i = 0; i < page.control.grid_count; i++)
		if (page.control.grid[i].row == plan_connect_cell(catalogue_find(id)))
			snprintf(label, sizeof label, "%s", page.control.grid[i].label);
	page_done(&page);
	return *label ? label : NULL;
}

static const char connect_link[] = "https://dashboard.stripe.com/apikeys/create?name=x&connectPermissions[]=rak_payout_write";

Test(asked, counts_connected_accounts)
{
	sent(connect_link);
	cr_expect(says(&walk, "A key called \"x\": 0 Read · 1 Write."));
	press(&walk, ACTION_ASKED);
	cr_expect(says(&walk, "Payouts, connected accounts: Write."));
	cr_expect_not(says(&walk, "It asks for nothing"));
}

Test(asked, goes_on__with_connected_accounts_alone)
{
	sent(connect_link);
	while (strcmp(slug_now(&walk), "permissions"))
		press(&walk, ACTION_NEXT);
	cr_expect(says(&walk, "Write is wanted on 1 row"));
	press(&walk, ACTION_NEXT);
	cr_expect(says(&walk, "Write on \"Payouts, connected accounts\""));
	press(&walk, ACTION_NO);
	cr_expect_eq(walk.permissions.view, PERMISSIONS_COPY, "Read is left");
	cr_expect_eq(plan_connect(walk.plan, catalogue_find("payout")), LEVEL_READ);
}

Test(asked, shows_connected_accounts_in_the_grid__and_takes_them_back)
{
	sent(connect_link);
	go_to(&walk, "permissions");
	cr_assert(grid_label("payout"));
	cr_expect_str_eq(grid_label("payout"), "Payouts, connected accounts");
	cr_expect_null(grid_label("charge"), "only what was asked for");
	send_level("payout", LEVEL_NONE);
	cr_expect_eq(plan_connect(walk.plan, catalogue_find("payout")), LEVEL_NONE);
	cr_expect_not(walk.permissions.write_open[plan_connect_cell(catalogue_find("payout"))], "nothing is left to ask");
	cr_expect(grid_label("payout"), "it can be set again");
	send_level("payout", LEVEL_WRITE);
	cr_expect(says(&walk, "Write on \"Payouts, connected accounts\""));
	press(&walk, ACTION_YES);
	cr_expect_eq(plan_connect(walk.plan, catalogue_find("payout")), LEVEL_WRITE);
	cr_expect_eq(level_of("payout"), LEVEL_NONE, "not in the account itself");
}

Test(asked, asks_of_both_columns__where_both_want_write)
{
	sent("https://dashboard.stripe.com/apikeys/create?name=x&permissions[]=rak_payout_write&connectPermissions[]=rak_payout_write");
	go_to(&walk, "permissions");
	cr_expect(says(&walk, "Write is wanted on 2 rows"));
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NO);
	cr_expect(says(&walk, "Write on \"Payouts, connected accounts\""));
	press(&walk, ACTION_YES);
	cr_expect_eq(level_of("payout"), LEVEL_READ);
	cr_expect_eq(plan_connect(walk.plan, catalogue_find("payout")), LEVEL_WRITE);
}

Test(asked, hides_connected_accounts__until_somebody_asks)
{
	go_to(&walk, "permissions");
	cr_expect_null(grid_label("payout"));
	press(&walk, ACTION_PRESETS);
	choose(&walk, (int)preset_count());
	cr_expect_eq(walk.permissions.view, PERMISSIONS_CHOOSE);
	cr_expect(grid_label("payout"));
	cr_expect_null(grid_label("connected_account"), "a row without that column");
	cr_expect_eq(plan_granted(walk.plan), 0, "nothing is given by looking");
}

Test(asked, comes_back__with_what_is_open_for_connected_accounts)
{
	size_t cell = plan_connect_cell(catalogue_find("payout"));
	struct walk again;
	json_t *progress;

	sent(connect_link);
	go_to(&walk, "permissions");
	send(&walk, (struct event){ .kind = EVENT_LEVEL, .grid = { catalogue_find("charge"), LEVEL_READ } });
	walk.permissions.ticked[cell] = true;
	progress = walk_to_json(&walk);
	walk_init(&again, &guide_create);
	cr_assert_eq(walk_from_json(&again, progress, NULL), FAULT_NONE);
	json_decref(progress);
	cr_expect(again.permissions.write_open[cell] && again.permissions.ticked[cell]);
	cr_expect_not(again.permissions.write_open[catalogue_find("payout")]);
	walk_done(&again);
}
