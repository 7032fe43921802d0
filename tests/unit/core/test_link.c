/* SPDX-License-Identifier: MIT */
/* Dashboard addresses. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/link.h"

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
