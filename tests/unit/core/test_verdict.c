/* SPDX-License-Identifier: MIT */
/* One answer of Stripe's, or of somebody in between. Most of it are cases/verdict/NAME/{status,body,expect}. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/verdict.h"
#include "unit/core/cases.h"

ParameterizedTestParameters(verdict, judges__each_case)
{
	static struct test_case cases[CASE_MAX];
	size_t count = cases_list("verdict", cases);

	return cr_make_param_array(struct test_case, cases, count);
}

ParameterizedTest(struct test_case *given, verdict, judges__each_case)
{
	char status[CASE_FILE_MAX], body[CASE_FILE_MAX], expect[CASE_FILE_MAX], value[CASE_VALUE_SIZE];
	const char *name = given->name;
	size_t length = case_read("verdict", name, "body", body);
	struct answer answer;

	case_read("verdict", name, "status", status);
	case_read("verdict", name, "expect", expect);
	answer = verdict_judge(atol(status), body, length);
	cr_expect_str_eq(verdict_slug(answer.verdict), case_value(expect, "verdict", "?", value), "%s: %s", name,
			 verdict_slug(answer.verdict));
	cr_expect_str_eq(why_slug(answer.why), case_value(expect, "why", "", value), "%s: %s", name, why_slug(answer.why));
	cr_expect_str_eq(answer.account, case_value(expect, "account", "", value), "%s: %s", name, answer.account);
	cr_expect_str_eq(answer.permission, case_value(expect, "permission", "", value), "%s: %s", name,
			 answer.permission);
	cr_expect_str_eq(answer.edit_link, case_value(expect, "edit", "", value), "%s: %s", name, answer.edit_link);
	cr_expect_str_eq(answer.request_id, "", "%s", name);
}

Test(verdict, judges__enough_cases)
{
	static struct test_case cases[CASE_MAX];

	cr_assert_gt(cases_list("verdict", cases), 70);   /* the folder was found */
}

static const char missing[] = "{\"error\":{\"code\":\"resource_missing\",\"message\":\"No such charge\"}}";

Test(verdict, judge__believes_no_part_of_an_answer)
{
	for (size_t length = 0; length < sizeof missing - 1; length++)
		cr_expect_eq(verdict_judge(404, missing, length).verdict, VERDICT_UNKNOWN, "%zu", length);
	cr_expect_eq(verdict_judge(404, missing, sizeof missing - 1).verdict, VERDICT_GRANTED);
}

Test(verdict, judge__reads_no_further_than_length)
{
	size_t length = sizeof missing - 1;
	char *body = mem_new(length, 1);   /* no zero byte behind it */

	memcpy(body, missing, length);
	cr_assert_eq(verdict_judge(404, body, length).verdict, VERDICT_GRANTED);
	free(body);
}

Test(verdict, judge__takes_no_body__and_no_zero_bytes)
{
	cr_assert_eq(verdict_judge(404, "", 0).verdict, VERDICT_UNKNOWN);
	cr_assert_eq(verdict_judge(404, "{\"error\":{\"code\":\"resource_missing\0\"}}", 38).verdict, VERDICT_UNKNOWN);
	cr_assert_eq(verdict_judge(404, "{\"error\":{\"code\":\"resource_missing\\u0000\"}}", 43).verdict,
		     VERDICT_UNKNOWN);
}

/* BEGIN, then FILL over and over, then END: COUNT bytes in the middle. */
static enum verdict verdict_of_long(const char *begin, char fill, size_t count, const char *end)
{
	char *body = mem_new(strlen(begin) + count + strlen(end) + 1, 1);
	enum verdict verdict;

	strcpy(body, begin);
	memset(body + strlen(begin), fill, count);
	strcpy(body + strlen(begin) + count, end);
	verdict = verdict_judge(404, body, strlen(body)).verdict;
	free(body);
	return verdict;
}

Test(verdict, judge__does_not_read_what_is_over_long)
{
	cr_expect_eq(verdict_of_long("{\"error\":{\"code\":\"resource_missing\",\"message\":\"", 'a', 1000, "\"}}"),
		     VERDICT_GRANTED);
	cr_expect_eq(verdict_of_long("{\"error\":{\"code\":\"resource_missing\",\"message\":\"", 'a', 65536, "\"}}"),
		     VERDICT_UNKNOWN);
	cr_expect_eq(verdict_of_long("", '[', 60000, ""), VERDICT_UNKNOWN);
	cr_expect_eq(verdict_of_long("", '\xFF', 60000, ""), VERDICT_UNKNOWN);
}

Test(verdict, slug__leads_back_to_its_verdict)
{
	for (unsigned verdict = VERDICT_UNKNOWN; verdict <= VERDICT_NOT_ASKED; verdict++)
		cr_expect_eq(verdict_from_slug(verdict_slug(verdict)), verdict);
	cr_expect_eq(verdict_from_slug("granted "), VERDICT_UNKNOWN);
	cr_expect_eq(verdict_from_slug(""), VERDICT_UNKNOWN);
}

Test(verdict, is_account__takes_the_whole_form__and_nothing_else)
{
	cr_expect(verdict_is_account("acct_1"));
	cr_expect(verdict_is_account("acct_1A2b3C4d5E6f7G8h"));
	cr_expect_not(verdict_is_account("acct_"));
	cr_expect_not(verdict_is_account(""));
	cr_expect_not(verdict_is_account("acct_1 "));
	cr_expect_not(verdict_is_account("acct_1/../x"));
	cr_expect_not(verdict_is_account("cus_1"));
	cr_expect_not(verdict_is_account("acct_ä"));
}

Test(verdict, why__leads_back__and_has_its_sentence)
{
	for (int why = WHY_NONE; why < WHY_COUNT; why++) {
		cr_expect_eq(why_from_slug(why_slug((enum why)why)), why);
		cr_expect_eq(*why_text((enum why)why) == '\0', why == WHY_NONE, "%s", why_slug((enum why)why));
	}
	cr_expect_eq(why_from_slug("something new"), WHY_OTHER);
}

Test(verdict, is_slug__takes_the_whole_form__and_nothing_else)
{
	static const char *const others[] = { "", "rak_", "rak", "charge_read", "rak_Charge_read", "rak_charge read",
		"rak_charge_read\n", "rak_charge-read", "rak_\303\244" };

	cr_expect(verdict_is_slug("rak_v2_account_storer_read"));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_not(verdict_is_slug(others[i]), "%s", others[i]);
}

Test(verdict, is_request_id__takes_the_whole_form__and_nothing_else)
{
	static const char *const others[] = { "", "req_", "req", "req_a b", "req_<b>", "REQ_1", "req_1\033[2J",
		"req_0123456789012345678901234567890123456789012345678901234567890123456789" };

	cr_expect(verdict_is_request_id("req_standin_1A"));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_not(verdict_is_request_id(others[i]), "%s", others[i]);
}
