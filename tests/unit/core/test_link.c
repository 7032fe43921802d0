/* SPDX-License-Identifier: MIT */
/* Dashboard addresses. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/link.h"
#include "unit/core/cases.h"

static struct plan *plan;

static void new_plan(void)
{
	plan = plan_new();
}

static void free_plan(void)
{
	plan_free(plan);
}

TestSuite(link, .init = new_plan, .fini = free_plan);

static void grant(const char *id, enum level level)
{
	cr_assert(plan_set(plan, catalogue_find(id), level), "%s", id);
}

static void expect_link(const char *expected, size_t expected_left_out)
{
	size_t left_out = 999;
	char *address = link_create(plan, &left_out);

	cr_expect_str_eq(address, expected);
	cr_expect_eq(left_out, expected_left_out);
	free(address);
}

Test(link, keys_page__differs_by_mode)
{
	cr_expect_str_eq(link_keys_page(MODE_TEST), "https://dashboard.stripe.com/test/apikeys");
	cr_expect_str_eq(link_keys_page(MODE_LIVE), "https://dashboard.stripe.com/apikeys");
	cr_expect_str_eq(link_keys_page_short(MODE_TEST), "dashboard.stripe.com/test/apikeys");
	cr_expect_str_eq(link_keys_page_short(MODE_LIVE), "dashboard.stripe.com/apikeys");
}

Test(link, create__has_name_and_permissions)
{
	plan_set_name(plan, "Monthly report");
	grant("charge", LEVEL_READ);
	grant("customer", LEVEL_WRITE);
	expect_link("https://dashboard.stripe.com/test/apikeys/create?name=Monthly%20report"
		    "&permissions%5B%5D=rak_charge_read&permissions%5B%5D=rak_customer_write", 0);
	plan_set_mode(plan, MODE_LIVE);
	plan_set_name(plan, "x");
	expect_link("https://dashboard.stripe.com/apikeys/create?name=x"
		    "&permissions%5B%5D=rak_charge_read&permissions%5B%5D=rak_customer_write", 0);
}

Test(link, create__is_the_bare_form__for_an_empty_plan)
{
	expect_link("https://dashboard.stripe.com/test/apikeys/create", 0);
	plan_set_name(plan, "x");
	expect_link("https://dashboard.stripe.com/test/apikeys/create?name=x", 0);
	plan_set_name(plan, "");
	grant("charge", LEVEL_READ);
	expect_link("https://dashboard.stripe.com/test/apikeys/create?permissions%5B%5D=rak_charge_read", 0);
}

Test(link, create__encodes_every_special_character)
{
	plan_set_name(plan, "a&b=c#d?e%f+g/ü\"'<>~-._");
	expect_link("https://dashboard.stripe.com/test/apikeys/create?name="
		    "a%26b%3Dc%23d%3Fe%25f%2Bg%2F%C3%BC%22%27%3C%3E~-._", 0);
}

Test(link, create__leaves_out_a_name_that_will_not_do)
{
	char name[64];

	snprintf(name, sizeof name, "rk_live_%040d", 7);
	plan_set_name(plan, name);
	expect_link("https://dashboard.stripe.com/test/apikeys/create", 0);
	plan_set_name(plan, "a\nb");
	expect_link("https://dashboard.stripe.com/test/apikeys/create", 0);
}

Test(link, create__counts_what_cannot_go_in)
{
	grant("charge", LEVEL_READ);
	grant("tax_id", LEVEL_READ);   /* the slug is not certain */
	grant("sigma", LEVEL_READ);    /* no slug is known */
	expect_link("https://dashboard.stripe.com/test/apikeys/create?permissions%5B%5D=rak_charge_read", 2);
}

/* Whatever is granted either stands in the link or was counted. */
Test(link, create__loses_no_row)
{
	size_t left_out, inside = 0;
	char *address;

	for (size_t row = 0; row < catalogue_count(); row++)
		if (!plan_set(plan, row, LEVEL_WRITE))
			plan_set(plan, row, LEVEL_READ);
	address = link_create(plan, &left_out);
	for (const char *at = address; (at = strstr(at, "permissions%5B%5D=rak_")); at++)
		inside++;
	cr_assert_eq(inside + left_out, plan_granted(plan));
	cr_assert_gt(inside, 30);
	cr_assert_gt(left_out, 10);
	free(address);
	address = link_create(plan, NULL);
	cr_assert_not_null(address);
	free(address);
}

/* ---- reading: cases/link/NAME/{text,expect} ---- */

ParameterizedTestParameters(link, reads__each_case)
{
	static struct test_case cases[CASE_MAX];
	size_t count = cases_list("link", cases);

	return cr_make_param_array(struct test_case, cases, count);
}

/* "rak_a rak_b": what the plan grants, in the Dashboard's order. */
static void list_permissions(const struct plan *given, char out[CASE_VALUE_SIZE])
{
	char room[CATALOGUE_NAME_SIZE];

	*out = '\0';
	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan_level(given, row) != LEVEL_NONE) {
			strcat(out, *out ? " " : "");
			strcat(out, catalogue_name(row, plan_level(given, row), room));
		}
}

static const char *verdict_word(enum link_verdict verdict)
{
	static const char *const words[] = {
		[LINK_OK] = "ok", [LINK_NONE] = "none", [LINK_NOT_SECURE] = "not-secure", [LINK_OTHER_HOST] = "other-host",
		[LINK_OTHER_PAGE] = "other-page", [LINK_TOO_LONG] = "too-long", [LINK_ODD] = "odd",
	};

	return words[verdict];
}

ParameterizedTest(struct test_case *given, link, reads__each_case)
{
	char text[CASE_FILE_MAX], expect[CASE_FILE_MAX], value[CASE_VALUE_SIZE], found[CASE_VALUE_SIZE];
	const char *name = given->name;
	struct link link;
	enum link_verdict verdict;

	case_read("link", name, "text", text);
	case_read("link", name, "expect", expect);
	verdict = link_read(text, &link);
	cr_expect_str_eq(verdict_word(verdict), case_value(expect, "verdict", "?", value), "%s: %s", name,
			 verdict_word(verdict));
	cr_expect_str_eq(plan_name(link.plan), case_value(expect, "name", "", value), "%s: %s", name, plan_name(link.plan));
	list_permissions(link.plan, found);
	cr_expect_str_eq(found, case_value(expect, "permissions", "", value), "%s: %s", name, found);
	if (verdict == LINK_OK)
		cr_expect_str_eq(mode_slug(plan_mode(link.plan)), case_value(expect, "mode", "?", value), "%s", name);
	cr_expect_str_eq(link.odd_count ? (*link.odd[0].name ? link.odd[0].name : "-") : "",
			 case_value(expect, "unknown", "", value), "%s", name);
	link_done(&link);
}

Test(link, reads__enough_cases)
{
	static struct test_case cases[CASE_MAX];

	cr_assert_gt(cases_list("link", cases), 50);   /* the folder was found */
}

Test(link, read__refuses_what_is_far_too_long)
{
	static const char start[] = "https://dashboard.stripe.com/apikeys/create?name=";
	char *text = mem_new(200 * 1024 + 1, 1);
	struct link link;

	memset(text, 'a', 200 * 1024);
	memcpy(text, start, sizeof start - 1);
	cr_expect_eq(link_read(text, &link), LINK_TOO_LONG);
	cr_expect_str_eq(plan_name(link.plan), "");
	link_done(&link);
	free(text);
}

/* A name that is a key must not be shown, nor kept. */
Test(link, read__refuses_a_key)
{
	char text[200];
	struct link link;

	snprintf(text, sizeof text, "https://dashboard.stripe.com/apikeys/create?name=%s%s%.40d", "rk_", "live_", 1);
	cr_expect_eq(link_read(text, &link), LINK_ODD);
	link_done(&link);
}

Test(link, read__takes_no_endless_list_of_unknown_names)
{
	char text[8192] = "https://dashboard.stripe.com/apikeys/create?x=y";
	struct link link;

	for (int i = 0; i < 100; i++)
		sprintf(text + strlen(text), "&permissions[]=rak_nope%d_read", i);
	cr_expect_eq(link_read(text, &link), LINK_ODD);
	link_done(&link);
}

/* What we make ourselves is read back as it was. */
Test(link, read__takes_what_create_makes)
{
	struct link link;
	char *address;

	plan_set_name(plan, "Büro & Söhne 100%");
	plan_set_mode(plan, MODE_TEST);
	grant("charge", LEVEL_WRITE);
	grant("balance", LEVEL_READ);
	address = link_create(plan, NULL);
	cr_expect_eq(link_read(address, &link), LINK_OK);
	cr_expect_str_eq(plan_name(link.plan), "Büro & Söhne 100%");
	cr_expect_eq(plan_mode(link.plan), MODE_TEST);
	cr_expect_eq(plan_level(link.plan, catalogue_find("charge")), LEVEL_WRITE);
	cr_expect_eq(plan_granted(link.plan), 2);
	link_done(&link);
	free(address);
}

Test(link, is_dashboard__believes_stripes_host_alone)
{
	static const char *const others[] = { "", "https://dashboard.stripe.com", "http://dashboard.stripe.com/",
		"https://dashboard.stripe.com.example.com/", "https://dashboard.stripe.com@example.com/",
		"https://dashboard.stripe.com/a b", "https://dashboard.stripe.com/\033[31m", "https://dashboard.stripe.com/\"" };

	cr_expect(link_is_dashboard("https://dashboard.stripe.com/b/acct_1?destination=%2Fapikeys%2Fmk_1%2Fedit"));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_not(link_is_dashboard(others[i]), "%s", others[i]);
}

Test(link, what__says_something_of_each)
{
	for (int verdict = LINK_OK; verdict <= LINK_ODD; verdict++)
		cr_expect_eq(*link_what((enum link_verdict)verdict) == '\0', verdict == LINK_OK);
}
