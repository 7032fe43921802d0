/* SPDX-License-Identifier: MIT */
/* What is asked, what is expected, and how what came back compares with it. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "core/check.h"

static struct plan *plan;
static struct check *check;

static void begin(void)
{
	plan = plan_new();
	plan_set(plan, catalogue_find("charge"), LEVEL_READ);
	plan_set(plan, catalogue_find("invoice"), LEVEL_WRITE);
}

static void end(void)
{
	check_free(check);
	plan_free(plan);
}

TestSuite(check, .init = begin, .fini = end);

static void make(enum check_depth depth, bool writes)
{
	check_free(check);
	check = check_new(plan, MODE_TEST, depth, writes);
}

static const struct finding *finding(const char *row, enum level level)
{
	return check_find(check, catalogue_find(row), level);
}

/* The number of the question about ROW and LEVEL; SIZE_MAX: it is not asked. */
static size_t question(const char *row, enum level level)
{
	for (size_t i = 0; i < check_question_count(check); i++)
		if (check_question(check, i) == finding(row, level))
			return i;
	return SIZE_MAX;
}

static void answer(const char *row, enum level level, enum verdict verdict)
{
	check_take(check, question(row, level), &(struct answer){ .verdict = verdict });
}

/* Every question answered as the plan expects. */
static void answer_all(void)
{
	for (size_t i = 0; i < check_question_count(check); i++) {
		bool granted = check_question(check, i)->expected == EXPECT_GRANTED;

		check_take(check, i, &(struct answer){ .verdict = granted ? VERDICT_GRANTED : VERDICT_DENIED });
	}
}

/* ---- what is asked ---- */

Test(check, asks__quickly_about_the_plan_and_the_dangerous)
{
	make(CHECK_QUICK, false);
	for (size_t i = 0; i < check_count(check); i++) {
		size_t row = check_at(check, i)->row;

		cr_expect(catalogue_at(row)->watch || plan_level(plan, row) != LEVEL_NONE, "%s", catalogue_at(row)->id);
	}
	cr_expect_neq(question("charge", LEVEL_READ), SIZE_MAX);
	cr_expect_neq(question("payout", LEVEL_READ), SIZE_MAX);
	cr_expect_null(finding("coupon", LEVEL_READ));
	cr_expect_lt(check_question_count(check), 30);
}

Test(check, asks__in_full_about_all_that_can_be_asked)
{
	make(CHECK_FULL, true);
	for (size_t row = 0; row < catalogue_count(); row++)
		for (enum level level = LEVEL_READ; level <= LEVEL_WRITE; level++)
			cr_expect_eq(question(catalogue_at(row)->id, level) != SIZE_MAX,
				     catalogue_question(row, level) != NULL, "%s %s", catalogue_at(row)->id,
				     level_slug(level));
}

Test(check, asks__no_change_unless_told_to)
{
	make(CHECK_FULL, false);
	for (size_t i = 0; i < check_question_count(check); i++)
		cr_expect_eq(check_question(check, i)->level, LEVEL_READ);
	cr_expect_eq(finding("charge", LEVEL_WRITE)->verdict, VERDICT_NOT_ASKED);
	cr_expect_eq(finding("charge", LEVEL_WRITE)->why, WHY_WRITE);
	cr_expect_eq(finding("payout", LEVEL_WRITE)->why, WHY_NO_QUESTION, "never attempted");
}

/* Only updates of a single thing: creating, moving money, tokens, sessions and links to log in are never attempted. */
Test(check, asks__only_changes_that_cannot_do_harm)
{
	static const char *const never[] = { "payouts", "transfers", "tokens", "sessions", "ephemeral", "login" };
	size_t writes = 0;

	make(CHECK_FULL, true);
	for (size_t i = 0; i < check_question_count(check); i++) {
		const struct finding *asked = check_question(check, i);
		const char *path = catalogue_question(asked->row, asked->level)->path;

		if (asked->level != LEVEL_WRITE)
			continue;
		writes++;
		cr_expect_str_eq(path + strlen(path) - 5, "/{id}", "%s", path);
		for (size_t n = 0; n < sizeof never / sizeof *never; n++)
			cr_expect_null(strstr(path, never[n]), "%s", path);
	}
	cr_expect_gt(writes, 30);
}

Test(check, asks__first_what_should_be_refused__and_changes_last)
{
	bool writes = false;

	make(CHECK_FULL, true);
	cr_expect_eq(check_question(check, 0)->expected, EXPECT_DENIED);
	cr_expect_eq(check_question(check, 0)->level, LEVEL_READ);
	for (size_t i = 0; i < check_question_count(check); i++) {
		writes = writes || check_question(check, i)->level == LEVEL_WRITE;
		cr_expect_eq(check_question(check, i)->level == LEVEL_WRITE, writes);
	}
}

Test(check, asks__nothing_of_the_sandbox_with_a_live_key)
{
	make(CHECK_FULL, false);
	cr_expect_neq(question("billing_clock", LEVEL_READ), SIZE_MAX);
	check_free(check);
	check = check_new(plan, MODE_LIVE, CHECK_FULL, false);
	cr_expect_eq(question("billing_clock", LEVEL_READ), SIZE_MAX);
	cr_expect_eq(finding("billing_clock", LEVEL_READ)->why, WHY_SANDBOX_ONLY);
}

Test(check, asks__each_thing_once)
{
	make(CHECK_FULL, true);
	for (size_t i = 0; i < check_question_count(check); i++)
		for (size_t k = 0; k < i; k++)
			cr_assert_neq(check_question(check, i), check_question(check, k));
}

Test(check, takes_as_long__as_the_pace_allows)
{
	make(CHECK_FULL, false);
	cr_expect_eq(check_seconds(check), (int)(check_question_count(check) + 19) / 20);
	check_free(check);
	check = check_new(plan, MODE_LIVE, CHECK_QUICK, false);
	cr_expect_eq(check_seconds(check), 1);
}

/* ---- what is expected ---- */

Test(check, expects__read_where_write_was_planned)
{
	make(CHECK_QUICK, false);
	cr_expect_eq(finding("invoice", LEVEL_READ)->expected, EXPECT_GRANTED);
	cr_expect_eq(finding("invoice", LEVEL_WRITE)->expected, EXPECT_GRANTED);
	cr_expect_eq(finding("charge", LEVEL_WRITE)->expected, EXPECT_DENIED);
	cr_expect_eq(finding("payout", LEVEL_READ)->expected, EXPECT_DENIED);
}

/* invoice brings credit_note; the plan names no customer, so nothing of customers comes along. */
Test(check, expects__what_is_implied_too)
{
	make(CHECK_FULL, false);
	cr_expect_eq(finding("credit_note", LEVEL_READ)->expected, EXPECT_IMPLIED);
	cr_expect_eq(finding("billing_clock", LEVEL_READ)->expected, EXPECT_DENIED);
	cr_expect_eq(finding("credit_note", LEVEL_WRITE)->expected, EXPECT_DENIED, "Write never comes along");
}

Test(check, expects__a_planned_row_itself__also_where_it_is_implied)
{
	plan_set(plan, catalogue_find("credit_note"), LEVEL_READ);
	make(CHECK_FULL, false);
	cr_expect_eq(finding("credit_note", LEVEL_READ)->expected, EXPECT_GRANTED);
	cr_expect_eq(finding("invoice", LEVEL_READ)->expected, EXPECT_GRANTED);
}

/* transfer brings payout, and is itself brought by balance_transaction_source. */
Test(check, expects__what_the_implied_implies)
{
	struct plan *other = plan_new();

	plan_set(other, catalogue_find("quote"), LEVEL_READ);
	plan_set(other, catalogue_find("transfer"), LEVEL_READ);
	check = check_new(other, MODE_TEST, CHECK_FULL, false);
	cr_expect_eq(finding("product", LEVEL_READ)->expected, EXPECT_IMPLIED);
	cr_expect_eq(finding("payout", LEVEL_READ)->expected, EXPECT_IMPLIED);
	plan_set(other, catalogue_find("balance_transaction_source"), LEVEL_READ);
	plan_set(other, catalogue_find("transfer"), LEVEL_NONE);
	check_free(check);
	check = check_new(other, MODE_TEST, CHECK_FULL, false);
	cr_expect_eq(finding("transfer", LEVEL_READ)->expected, EXPECT_IMPLIED);
	cr_expect_eq(finding("payout", LEVEL_READ)->expected, EXPECT_IMPLIED, "by way of transfer");
	plan_free(other);
}

Test(check, expects__nothing_without_a_plan)
{
	check = check_new(NULL, MODE_TEST, CHECK_FULL, false);
	cr_expect_eq(finding("charge", LEVEL_READ)->expected, EXPECT_NOTHING);
	answer("charge", LEVEL_READ, VERDICT_GRANTED);
	cr_expect_eq(check_match(finding("charge", LEVEL_READ)), MATCH_OPEN);
	cr_expect_not(check_as_planned(check));
	cr_expect_eq(check_tally(check, MATCH_MORE), 0);
}

/* ---- the comparison ---- */

Test(check, compares__both_ways)
{
	static const struct {
		enum expectation expected;
		enum verdict verdict;
		enum match match;
	} cases[] = {
		{ EXPECT_GRANTED, VERDICT_GRANTED, MATCH_AS_PLANNED }, { EXPECT_GRANTED, VERDICT_DENIED, MATCH_LESS },
		{ EXPECT_GRANTED, VERDICT_UNKNOWN, MATCH_UNKNOWN }, { EXPECT_GRANTED, VERDICT_DEAD, MATCH_UNKNOWN },
		{ EXPECT_GRANTED, VERDICT_BLOCKED, MATCH_UNKNOWN }, { EXPECT_GRANTED, VERDICT_NOT_ASKED, MATCH_NOT_ASKED },
		{ EXPECT_DENIED, VERDICT_GRANTED, MATCH_MORE }, { EXPECT_DENIED, VERDICT_DENIED, MATCH_AS_PLANNED },
		{ EXPECT_DENIED, VERDICT_UNKNOWN, MATCH_UNKNOWN }, { EXPECT_DENIED, VERDICT_NOT_ASKED, MATCH_NOT_ASKED },
		{ EXPECT_IMPLIED, VERDICT_GRANTED, MATCH_ALSO }, { EXPECT_IMPLIED, VERDICT_DENIED, MATCH_AS_PLANNED },
		{ EXPECT_IMPLIED, VERDICT_UNKNOWN, MATCH_UNKNOWN }, { EXPECT_NOTHING, VERDICT_DENIED, MATCH_OPEN },
		{ EXPECT_NOTHING, VERDICT_UNKNOWN, MATCH_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct finding given = { .expected = cases[i].expected, .verdict = cases[i].verdict };

		cr_expect_eq(check_match(&given), cases[i].match, "%zu", i);
	}
}

Test(check, compares__what_has_no_answer_yet_as_unknown)
{
	make(CHECK_QUICK, false);
	cr_expect_eq(check_match(finding("charge", LEVEL_READ)), MATCH_UNKNOWN);
	cr_expect_eq(check_match(finding("charge", LEVEL_WRITE)), MATCH_NOT_ASKED);
}

Test(check, compares__a_row_by_its_worst_level)
{
	size_t charge = catalogue_find("charge"), invoice = catalogue_find("invoice"), payout = catalogue_find("payout");

	make(CHECK_QUICK, true);
	answer_all();
	cr_expect_eq(check_match_row(check, charge), MATCH_AS_PLANNED);
	cr_expect_eq(check_match_row(check, payout), MATCH_AS_PLANNED, "its Write cannot be asked, and nobody wanted it");
	answer("charge", LEVEL_WRITE, VERDICT_GRANTED);
	cr_expect_eq(check_match_row(check, charge), MATCH_MORE);
	answer("charge", LEVEL_READ, VERDICT_DENIED);
	cr_expect_eq(check_match_row(check, charge), MATCH_MORE);
	answer("charge", LEVEL_WRITE, VERDICT_UNKNOWN);
	cr_expect_eq(check_match_row(check, charge), MATCH_LESS);
	answer("invoice", LEVEL_WRITE, VERDICT_DENIED);
	cr_expect_eq(check_match_row(check, invoice), MATCH_LESS);
	make(CHECK_QUICK, false);
	answer_all();
	cr_expect_eq(check_match_row(check, invoice), MATCH_NOT_ASKED, "its Write was wanted");
}

Test(check, is_as_planned__only_when_nothing_is_left_open)
{
	make(CHECK_QUICK, false);
	cr_expect_not(check_as_planned(check));
	answer_all();
	cr_expect(check_as_planned(check), "what cannot be asked harmlessly does not spoil it");
	answer("payout", LEVEL_READ, VERDICT_UNKNOWN);
	cr_expect_not(check_as_planned(check), "unknown is never rounded up");
	answer("payout", LEVEL_READ, VERDICT_GRANTED);
	cr_expect_not(check_as_planned(check));
	answer("payout", LEVEL_READ, VERDICT_DENIED);
	answer("charge", LEVEL_READ, VERDICT_DENIED);
	cr_expect_not(check_as_planned(check));
}

Test(check, is_as_planned__with_what_is_implied)
{
	make(CHECK_FULL, false);
	answer_all();
	answer("credit_note", LEVEL_READ, VERDICT_GRANTED);
	cr_expect(check_as_planned(check));
	cr_expect_eq(check_tally(check, MATCH_ALSO), 1);
}

/* ---- the key ---- */

Test(check, knows_the_key__by_what_only_a_living_one_hears)
{
	make(CHECK_QUICK, false);
	cr_expect_eq(check_key(check), VERDICT_UNKNOWN);
	answer("payout", LEVEL_READ, VERDICT_UNKNOWN);
	cr_expect_eq(check_key(check), VERDICT_UNKNOWN);
	answer("charge", LEVEL_READ, VERDICT_DENIED);
	cr_expect_eq(check_key(check), VERDICT_GRANTED);
	answer("payout", LEVEL_READ, VERDICT_UNKNOWN);
	cr_expect_eq(check_key(check), VERDICT_GRANTED);
}

Test(check, believes__that_a_key_has_died_meanwhile)
{
	make(CHECK_QUICK, false);
	answer("charge", LEVEL_READ, VERDICT_GRANTED);
	answer("payout", LEVEL_READ, VERDICT_BLOCKED);
	cr_expect_eq(check_key(check), VERDICT_BLOCKED);
	answer("dispute", LEVEL_READ, VERDICT_DEAD);
	cr_expect_eq(check_key(check), VERDICT_DEAD);
	answer("event", LEVEL_READ, VERDICT_DENIED);
	answer("file", LEVEL_READ, VERDICT_BLOCKED);
	cr_expect_eq(check_key(check), VERDICT_DEAD, "the last word");
}

Test(check, keeps__what_a_refusal_told)
{
	make(CHECK_QUICK, false);
	check_take(check, 0, &(struct answer){ .verdict = VERDICT_DENIED, .account = "acct_1",
		.edit_link = "https://dashboard.stripe.com/b/acct_1", .permission = "rak_plan_read", .request_id = "req_1" });
	check_take(check, 1, &(struct answer){ .verdict = VERDICT_GRANTED });
	cr_expect_str_eq(check_account(check), "acct_1");
	cr_expect_str_eq(check_edit_link(check), "https://dashboard.stripe.com/b/acct_1");
	cr_expect_str_eq(check_question(check, 0)->permission, "rak_plan_read");
	cr_expect_str_eq(check_question(check, 0)->request_id, "req_1");
}

Test(check, counts__each_question_once)
{
	make(CHECK_QUICK, false);
	answer("charge", LEVEL_READ, VERDICT_UNKNOWN);
	answer("charge", LEVEL_READ, VERDICT_GRANTED);
	check_take(check, check_question_count(check), &(struct answer){ .verdict = VERDICT_DEAD });
	check_take(check, SIZE_MAX, &(struct answer){ .verdict = VERDICT_DEAD });
	cr_expect_eq(check_answered(check), 1);
	cr_expect_eq(check_key(check), VERDICT_GRANTED, "there are no such questions");
}

/* ---- JSON ---- */

static json_t *json;

static const char *row_field(const char *row, const char *level, const char *field)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(json, "rows"), i, item)
		if (!strcmp(json_string_value(json_object_get(item, "resource")), row) &&
		    !strcmp(json_string_value(json_object_get(item, "level")), level))
			return json_string_value(json_object_get(item, field));
	return NULL;
}

static void expect_names(const char *list, const char *only)
{
	const json_t *names = json_object_get(json_object_get(json, "summary"), list);

	cr_expect_eq(json_array_size(names), only ? 1 : 0, "%s", list);
	if (only)
		cr_expect_str_eq(json_string_value(json_array_get(names, 0)), only);
}

Test(check, writes__what_others_rely_on)
{
	make(CHECK_QUICK, false);
	answer_all();
	answer("payout", LEVEL_READ, VERDICT_GRANTED);
	answer("charge", LEVEL_READ, VERDICT_DENIED);
	answer("file", LEVEL_READ, VERDICT_UNKNOWN);
	check_take(check, 0, &(struct answer){ .verdict = VERDICT_DENIED, .why = WHY_NO_PERMISSION, .account = "acct_1",
					       .request_id = "req_1" });
	json = check_to_json(check);
	cr_expect(json_is_true(json_object_get(json, "alive")));
	cr_expect_str_eq(json_string_value(json_object_get(json, "account")), "acct_1");
	cr_expect(json_is_false(json_object_get(json_object_get(json, "summary"), "as_planned")));
	expect_names("missing", "rak_charge_read");
	expect_names("extra", "rak_payout_read");
	expect_names("unknown", "rak_file_read");
	cr_expect_str_eq(row_field("charge", "read", "expected"), "granted");
	cr_expect_str_eq(row_field("charge", "read", "verdict"), "denied");
	cr_expect_str_eq(row_field("charge", "write", "verdict"), "not-asked");
	cr_expect_str_eq(row_field("charge", "write", "why"), "write");
	cr_expect_str_eq(row_field(catalogue_at(check_question(check, 0)->row)->id, "read", "request_id"), "req_1");
	json_decref(json);
}

Test(check, writes__null_for_what_is_not_known)
{
	check = check_new(NULL, MODE_TEST, CHECK_FULL, false);
	json = check_to_json(check);
	cr_expect(json_is_null(json_object_get(json, "alive")));
	cr_expect(json_is_null(json_object_get(json, "account")));
	cr_expect(json_is_null(json_object_get(json_object_get(json, "summary"), "as_planned")));
	cr_expect_null(row_field("charge", "read", "expected"));
	json_decref(json);
}

Test(check, writes__dead_as_not_alive__and_its_row_as_unknown)
{
	make(CHECK_QUICK, false);
	answer("charge", LEVEL_READ, VERDICT_DEAD);
	json = check_to_json(check);
	cr_expect(json_is_false(json_object_get(json, "alive")));
	cr_expect_str_eq(row_field("charge", "read", "verdict"), "unknown");
	json_decref(json);
}

Test(check, writes__implied_and_names_of_our_own)
{
	plan_set(plan, catalogue_find("sigma"), LEVEL_READ);
	make(CHECK_FULL, false);
	answer_all();
	answer("sigma", LEVEL_READ, VERDICT_DENIED);
	answer("credit_note", LEVEL_READ, VERDICT_GRANTED);
	json = check_to_json(check);
	expect_names("missing", "sigma:read");
	expect_names("also_allowed", "rak_credit_note_read");
	expect_names("extra", NULL);
	cr_expect_str_eq(row_field("credit_note", "read", "expected"), "implied");
	json_decref(json);
}

/* ---- connected accounts: never asked about ---- */

Test(check, is_not_as_planned__where_connected_accounts_are_planned)
{
	plan_set_connect(plan, catalogue_find("payout"), LEVEL_WRITE);
	make(CHECK_QUICK, true);
	answer_all();
	cr_expect(check_agrees(check), "what was asked is as planned");
	cr_expect_eq(check_connect_count(check), 1);
	cr_expect_not(check_as_planned(check));
	cr_expect_eq(finding("payout", LEVEL_WRITE)->expected, EXPECT_DENIED, "in the account itself");
}

Test(check, writes__connected_accounts_as_rows_of_their_own)
{
	const json_t *row;
	size_t i, found = 0;

	plan_set_connect(plan, catalogue_find("payout"), LEVEL_WRITE);
	make(CHECK_QUICK, true);
	answer_all();
	json = check_to_json(check);
	json_array_foreach(json_object_get(json, "rows"), i, row) {
		if (!json_is_true(json_object_get(row, "connect")))
			continue;
		found++;
		cr_expect_str_eq(json_string_value(json_object_get(row, "resource")), "payout");
		cr_expect_str_eq(json_string_value(json_object_get(row, "level")), "write");
		cr_expect_str_eq(json_string_value(json_object_get(row, "expected")), "granted");
		cr_expect_str_eq(json_string_value(json_object_get(row, "verdict")), "not-asked");
		cr_expect_str_eq(json_string_value(json_object_get(row, "why")), "connected-account");
	}
	cr_expect_eq(found, 1);
	cr_expect(json_is_false(json_object_get(json_object_get(json, "summary"), "as_planned")));
	expect_names("connect_not_asked", "rak_payout_write");
	expect_names("unknown", NULL);
	json_decref(json);
}
