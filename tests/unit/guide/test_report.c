/* SPDX-License-Identifier: MIT */
/* The report: worst first, nothing rounded up, always what to do. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "guide/report.h"

static struct plan *plan;
static struct check *check;
static struct page page;

static void begin_report(void)
{
	plan = plan_new();
	plan_set(plan, catalogue_find("charge"), LEVEL_READ);
	plan_set(plan, catalogue_find("customer"), LEVEL_READ);
	page_init(&page);
}

static void end_report(void)
{
	page_done(&page);
	check_free(check);
	plan_free(plan);
}

TestSuite(report, .init = begin_report, .fini = end_report);

/* A verdict for one row; the others get what is expected of them. */
struct odd {
	const char *row;
	enum level level;
	enum verdict verdict;
	enum why why;
	const char *named;
};

static struct answer as_expected(const struct finding *finding)
{
	bool granted = finding->expected == EXPECT_GRANTED;

	return (struct answer){ .verdict = granted ? VERDICT_GRANTED : VERDICT_DENIED };
}

static void answer_all(const struct odd *odds, size_t count)
{
	for (size_t i = 0; i < check_question_count(check); i++) {
		const struct finding *finding = check_question(check, i);
		struct answer answer = as_expected(finding);

		for (size_t odd = 0; odd < count; odd++)
			if (finding->row == catalogue_find(odds[odd].row) && finding->level == odds[odd].level) {
				answer = (struct answer){ .verdict = odds[odd].verdict, .why = odds[odd].why };
				snprintf(answer.permission, sizeof answer.permission, "%s",
					 odds[odd].named ? odds[odd].named : "");
			}
		check_take(check, i, &answer);
	}
}

static void report(enum check_depth depth, bool writes, const struct odd *odds, size_t count)
{
	check = check_new(plan, MODE_TEST, depth, writes);
	answer_all(odds, count);
	report_page(check, false, true, &page);
}

static const struct report_row *row_of(const char *id)
{
	for (size_t i = 0; i < page.control.report_count; i++)
		if (page.control.report[i].row == catalogue_find(id))
			return &page.control.report[i];
	return NULL;
}

static bool says(const char *text)
{
	for (size_t i = 0; i < page.block_count; i++)
		if (strstr(page.blocks[i].text, text))
			return true;
	return false;
}

Test(report, is_short__when_all_is_as_planned)
{
	report(CHECK_QUICK, false, NULL, 0);
	cr_expect_str_eq(page.title, "The key does what you planned");
	cr_expect_eq(page.tone, TONE_GOOD);
	cr_expect_eq(page.control.report_count, 2);
	cr_expect_str_eq(page.control.report[0].heading, "As planned");
	cr_expect_null(page.control.report[0].todo);
	cr_expect(says("other rows: None, as planned."));
}

Test(report, claims_nothing_else__only_after_asking_everything)
{
	report(CHECK_FULL, true, NULL, 0);
	cr_expect(strstr(page.title, "nothing else"), "%s", page.title);
	cr_expect_not(says("left out"));
}

Test(report, names_what_was_left_out__of_a_quick_check)
{
	report(CHECK_QUICK, false, NULL, 0);
	cr_expect(says("\"Check all rows\""));
	cr_expect(says("\"Ask about Write\""));
	cr_expect_not(strstr(page.title, "nothing else"));
}

Test(report, puts_more_before_less__and_unknown_before_what_is_right)
{
	static const struct odd odds[] = {
		{ "payout", LEVEL_READ, VERDICT_GRANTED, WHY_NO_SUCH_THING, NULL },
		{ "charge", LEVEL_READ, VERDICT_DENIED, WHY_NO_PERMISSION, NULL },
		{ "dispute", LEVEL_READ, VERDICT_UNKNOWN, WHY_BUSY, NULL },
	};
	static const char *const headings[] = { "More than planned", "Less than planned", "Could not be asked", "As planned" };

	report(CHECK_QUICK, false, odds, 3);
	cr_expect_eq(page.tone, TONE_DANGER);
	for (size_t i = 0; i < 4; i++)
		cr_expect_str_eq(page.control.report[i].heading, headings[i]);
	cr_expect_str_eq(row_of("payout")->wanted, "None");
	cr_expect_str_eq(row_of("payout")->is, "Read");
	cr_expect_str_eq(row_of("payout")->todo, "In Stripe: ⋯, \"Edit key\", then Core, Payouts: None.");
	cr_expect_str_eq(row_of("charge")->is, "None");
	cr_expect(strstr(row_of("charge")->todo, "Charges and Refunds: Read."));
	cr_expect_str_eq(row_of("dispute")->is, "unknown");
	cr_expect_str_eq(row_of("dispute")->todo, why_text(WHY_BUSY));
}

Test(report, says_less_as_loudly_as_more)
{
	static const struct odd odds[] = { { "charge", LEVEL_READ, VERDICT_DENIED, WHY_NO_PERMISSION, NULL } };

	report(CHECK_QUICK, false, odds, 1);
	cr_expect_str_eq(page.title, "The key can do less than planned");
	cr_expect_neq(page.tone, TONE_GOOD);
	cr_expect_eq(page.control.report[0].row, catalogue_find("charge"));
}

Test(report, does_not_round_unknown_up)
{
	static const struct odd odds[] = { { "payout", LEVEL_READ, VERDICT_UNKNOWN, WHY_NOT_STRIPE, NULL } };

	report(CHECK_QUICK, false, odds, 1);
	cr_expect_str_eq(page.title, "Some answers are missing");
	cr_expect_eq(page.tone, TONE_CAREFUL);
}

Test(report, hints_at_another_row__where_stripe_names_one)
{
	static const struct odd odds[] = {
		{ "charge", LEVEL_READ, VERDICT_DENIED, WHY_NO_PERMISSION, "rak_plan_read" },
		{ "customer", LEVEL_READ, VERDICT_DENIED, WHY_NO_PERMISSION, "rak_customer_read" },
	};

	report(CHECK_QUICK, false, odds, 2);
	cr_expect(strstr(row_of("charge")->todo, "Stripe itself names \"Prices\": Read."), "%s", row_of("charge")->todo);
	cr_expect_not(strstr(row_of("customer")->todo, "Stripe itself names"));
}

Test(report, says_write_was_not_asked__where_it_was_wanted)
{
	plan_set(plan, catalogue_find("invoice"), LEVEL_WRITE);
	report(CHECK_QUICK, false, NULL, 0);
	cr_expect_str_eq(row_of("invoice")->heading, "Not asked");
	cr_expect_str_eq(row_of("invoice")->wanted, "Write");
	cr_expect_str_eq(row_of("invoice")->is, "Read");
	cr_expect(strstr(row_of("invoice")->todo, why_text(WHY_WRITE)));
	cr_expect_str_eq(page.title, "The key does what you planned, but 1 planned row was not asked about");
	cr_expect_neq(page.tone, TONE_GOOD);
	cr_expect(strstr(report_headline(check, &page.tone), "as far as Stripe was asked"), "also where there is no number");
}

Test(report, says_why_read_was_not_asked__where_only_that_was_wanted)
{
	plan_set(plan, catalogue_find("customer_session"), LEVEL_READ);
	report(CHECK_QUICK, false, NULL, 0);
	cr_expect_str_eq(row_of("customer_session")->heading, "Not asked");
	cr_expect_str_eq(row_of("customer_session")->todo, why_text(WHY_NO_QUESTION), "nothing of Write");
}

/* That a row was not asked which should be None is said below, and is nobody's fault. */
Test(report, counts_only_planned_rows__as_not_asked)
{
	static const struct odd odds[] = { { "payout", LEVEL_READ, VERDICT_GRANTED, WHY_NO_SUCH_THING, NULL } };

	plan_set(plan, catalogue_find("invoice"), LEVEL_WRITE);
	report(CHECK_FULL, false, odds, 1);
	cr_expect_str_eq(page.title, "The key can do more than planned");
}

Test(report, finds_write__where_only_read_was_planned)
{
	static const struct odd odds[] = { { "charge", LEVEL_WRITE, VERDICT_GRANTED, WHY_NO_SUCH_THING, NULL } };

	report(CHECK_QUICK, true, odds, 1);
	cr_expect_str_eq(page.title, "The key can do more than planned");
	cr_expect_str_eq(row_of("charge")->is, "Write");
	cr_expect(strstr(row_of("charge")->todo, "Charges and Refunds: Read."), "back to what was planned");
}

Test(report, shows_what_comes_along__as_no_fault)
{
	static const struct odd odds[] = { { "billing_clock", LEVEL_READ, VERDICT_GRANTED, WHY_NO_SUCH_THING, NULL } };

	report(CHECK_FULL, false, odds, 1);
	cr_expect_str_eq(page.title, "The key does what you planned");
	cr_expect(strstr(row_of("billing_clock")->heading, "comes with"));
}

Test(report, gives_one_reason__when_nothing_was_believable)
{
	struct answer answer = { .verdict = VERDICT_UNKNOWN, .why = WHY_SERVER };

	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	check_take(check, 0, &answer);
	report_page(check, false, true, &page);
	cr_expect(says(why_text(WHY_SERVER)));
	cr_expect_eq(page.control.kind, CONTROL_NONE, "no list of rows about which nothing is known");
}

Test(report, lists_no_rows__for_a_dead_or_blocked_key)
{
	struct answer dead = { .verdict = VERDICT_DEAD }, blocked = { .verdict = VERDICT_BLOCKED };
	enum tone tone;

	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	check_take(check, 0, &blocked);
	cr_expect(strstr(report_headline(check, &tone), "internet address"));
	check_take(check, 1, &dead);
	report_page(check, false, true, &page);
	cr_expect(strstr(page.title, "does not work"));
	cr_expect_eq(page.control.kind, CONTROL_NONE);
}

Test(report, compares_with_nothing__without_a_plan)
{
	check = check_new(NULL, MODE_TEST, CHECK_FULL, false);
	answer_all((const struct odd[]){ { "payout", LEVEL_READ, VERDICT_GRANTED, WHY_NO_SUCH_THING, NULL } }, 1);
	report_page(check, false, false, &page);
	cr_expect_str_eq(page.title, "What the key can do");
	cr_expect_eq(page.control.report_count, 1);
	cr_expect_str_eq(page.control.report[0].found, "is: Read");
	cr_expect(says("\"--writes\""), "options, where there are no buttons");
}

Test(report, lists_every_change__before_it_is_attempted)
{
	size_t writes = 0;

	check = check_new(plan, MODE_TEST, CHECK_FULL, true);
	report_list_writes(check, &page);
	for (size_t i = 0; i < check_question_count(check); i++)
		writes += check_question(check, i)->level == LEVEL_WRITE;
	cr_expect_eq(page.block_count, writes);
	cr_expect(says("Charges and Refunds: POST /v1/charges/{id}"));
}

/* ---- connected accounts ---- */

Test(report, claims_nothing__of_connected_accounts)
{
	const struct report_row *last;

	plan_set_connect(plan, catalogue_find("payout"), LEVEL_WRITE);
	plan_set_connect(plan, catalogue_find("charge"), LEVEL_READ);
	report(CHECK_FULL, true, NULL, 0);
	cr_expect_str_eq(page.title, "The key does what you planned, but 2 planned rows were not asked about");
	cr_expect_neq(page.tone, TONE_GOOD);
	cr_assert_eq(page.control.report_count, 4);
	cr_expect_str_eq(page.control.report[0].heading, "Not asked");
	cr_expect_str_eq(page.control.report[0].label, "Charges and Refunds, connected accounts");
	cr_expect_str_eq(page.control.report[1].label, "Payouts, connected accounts");
	cr_expect_null(page.control.report[1].heading);
	cr_expect_str_eq(page.control.report[1].wanted, "Write");
	cr_expect_str_eq(page.control.report[1].is, "not asked");
	cr_expect_str_eq(page.control.report[1].todo, why_text(WHY_CONNECT));
	last = &page.control.report[3];
	cr_expect_str_eq(last->label, "Customers", "the account's own rows are as they were");
}
