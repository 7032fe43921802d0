/* SPDX-License-Identifier: MIT */
/*
 * The catalogue as the program sees it. That the data is sound in itself is for
 * tests/lint/data; here is what came through into the tables.
 */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "core/catalogue.h"

static const struct resource *row_of(const char *id)
{
	size_t row = catalogue_find(id);

	cr_assert_neq(row, SIZE_MAX, "%s", id);
	return catalogue_at(row);
}

Test(catalogue, count__is_all_rows__the_grid_shows_those_that_were_seen)
{
	size_t shown = 0, by_form[3] = { 0 };

	cr_assert_eq(catalogue_count(), 112);
	for (size_t row = 0; row < catalogue_count(); row++) {
		by_form[catalogue_at(row)->on_form]++;
		shown += catalogue_on_grid(row);
	}
	cr_expect_eq(by_form[ON_FORM_SEEN], 71);
	cr_expect_eq(by_form[ON_FORM_LABEL_ONLY], 5);
	cr_expect_eq(by_form[ON_FORM_INFERRED], 36);
	cr_expect_eq(shown, 76);
}

Test(catalogue, groups__have_stripes_headings__in_the_dashboards_order)
{
	cr_assert_eq(catalogue_group_count(), 20);
	cr_expect_str_eq(catalogue_group(0)->heading, "Core");
	cr_expect_str_eq(catalogue_group(2)->id, "billing");
	cr_expect_str_eq(catalogue_group(19)->heading, "Developers");
}

/* A group is one run of rows: the grid writes a heading where the group changes. */
Test(catalogue, rows__of_a_group_stand_together)
{
	bool met[20] = { false };

	for (size_t row = 0; row < catalogue_count(); row++) {
		size_t group = catalogue_at(row)->group;

		cr_assert_lt(group, catalogue_group_count());
		if (row && catalogue_at(row - 1)->group == group)
			continue;
		cr_expect_not(met[group], "%s: its group had ended", catalogue_at(row)->id);
		met[group] = true;
	}
	for (size_t group = 0; group < catalogue_group_count(); group++)
		cr_expect(met[group], "%s", catalogue_group(group)->id);
}

Test(catalogue, find__finds_every_id__and_no_other)
{
	for (size_t row = 0; row < catalogue_count(); row++)
		cr_expect_eq(catalogue_find(catalogue_at(row)->id), row);
	cr_expect_eq(catalogue_find("refund"), SIZE_MAX);
	cr_expect_eq(catalogue_find("Charge"), SIZE_MAX);
	cr_expect_eq(catalogue_find(""), SIZE_MAX);
}

static void expect_slug(size_t row, enum level level)
{
	const struct permission *permission = catalogue_permission(row, level);
	enum level found = LEVEL_NONE;

	if (!permission || !permission->slug)
		return;
	cr_expect_eq(catalogue_find_slug(permission->slug, &found), row, "%s", permission->slug);
	cr_expect_eq(found, level, "%s", permission->slug);
}

Test(catalogue, find_slug__finds_every_slug_with_its_level)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		expect_slug(row, LEVEL_READ);
		expect_slug(row, LEVEL_WRITE);
	}
}

Test(catalogue, find_slug__leaves_the_level_alone__for_what_is_no_slug)
{
	static const char *const none[] = {
		"rak_refund_read", "rak_price_read", "charge_read", "rak_charge", "rak_charge_none", "rak_charge_read ",
		"RAK_CHARGE_READ", "rak_balance_transfer_write", ""
	};
	enum level level = LEVEL_COUNT;

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_expect_eq(catalogue_find_slug(none[i], &level), SIZE_MAX, "%s", none[i]);
	cr_expect_eq(level, LEVEL_COUNT);
}

Test(catalogue, levels__are_those_of_the_form)
{
	size_t both = 0, read = 0, write = 0;

	for (size_t row = 0; row < catalogue_count(); row++) {
		bool reads = catalogue_has_level(row, LEVEL_READ), writes = catalogue_has_level(row, LEVEL_WRITE);

		cr_expect(catalogue_has_level(row, LEVEL_NONE));
		both += reads && writes;
		read += reads && !writes;
		write += writes && !reads;
	}
	cr_expect_eq(both, 73);
	cr_expect_eq(read, 28);
	cr_expect_eq(write, 11);
}

Test(catalogue, permission__is_there_and_has_a_meaning__where_the_level_is)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		cr_expect_null(catalogue_permission(row, LEVEL_NONE));
		for (unsigned level = LEVEL_READ; level < LEVEL_COUNT; level++) {
			const struct permission *permission = catalogue_permission(row, level);

			cr_expect_eq(!!permission, catalogue_has_level(row, level), "%s", catalogue_at(row)->id);
			cr_expect(!permission || (permission->about && *permission->about), "%s %s",
				catalogue_at(row)->id, level_name(level));
		}
	}
}

Test(catalogue, permission__of_a_level_whose_name_is_not_known__has_no_slug)
{
	const struct permission *permission = catalogue_permission(catalogue_find("sigma"), LEVEL_READ);

	cr_assert_not_null(permission);
	cr_expect_null(permission->slug);
	cr_expect_eq(permission->prefill, PREFILL_UNKNOWN);
}

Test(catalogue, level__that_a_row_lacks__says_nothing_at_all)
{
	const struct resource *balance = row_of("balance");

	cr_expect_null(catalogue_permission(catalogue_find("balance"), LEVEL_WRITE));
	cr_expect_null(balance->write.slug);
	cr_expect_null(balance->write.about);
	cr_expect_null(balance->write_endpoints[0].method);
	cr_expect_null(balance->ask_write.path);
}

static void expect_calls(const struct resource *row, const struct endpoint *calls, bool get)
{
	for (; calls->method; calls++) {
		cr_expect_eq(!strcmp(calls->method, "GET"), get, "%s: %s %s", row->id, calls->method, calls->path);
		cr_expect_not_null(calls->path);
	}
}

Test(catalogue, endpoints__that_only_get_stand_with_read__all_others_with_write)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		expect_calls(catalogue_at(row), catalogue_at(row)->read_endpoints, true);
		expect_calls(catalogue_at(row), catalogue_at(row)->write_endpoints, false);
	}
}

static void expect_question(const struct resource *row, const struct question *ask, const char *method)
{
	if (!ask->path)
		return;
	cr_expect_str_eq(ask->method, method, "%s", row->id);
	cr_expect_not_null(strstr(ask->path, "{id}"), "%s", row->id);
	cr_expect_null(strchr(ask->path, '?'), "%s: parameters are looked at before the permission", row->id);
	cr_assert_not_null(ask->id_prefix, "%s", row->id);
	cr_expect_eq(strspn(ask->id_prefix, "abcdefghijklmnopqrstuvwxyz_{}"), strlen(ask->id_prefix), "%s", row->id);
}

Test(catalogue, pair__leads_back)
{
	char pair[CATALOGUE_NAME_SIZE];
	enum level level;

	for (size_t row = 0; row < catalogue_count(); row++)
		for (enum level given = LEVEL_READ; given <= LEVEL_WRITE; given++) {
			size_t found = catalogue_find_pair(catalogue_pair(row, given, pair), &level);

			cr_expect_eq(found, catalogue_has_level(row, given) ? row : SIZE_MAX, "%s", pair);
		}
}

Test(catalogue, pair__is_of_a_row_and_a_level_that_are_there)
{
	static const char *const others[] = { "", ":", "charge", "charge:", "charge:Read", "charge:none", "nope:read",
		"charge:read:read", " charge:read", ":read" };
	enum level level;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_eq(catalogue_find_pair(others[i], &level), SIZE_MAX, "%s", others[i]);
}

Test(catalogue, name__is_stripes_where_it_is_known)
{
	char room[CATALOGUE_NAME_SIZE];

	cr_expect_str_eq(catalogue_name(catalogue_find("plan"), LEVEL_READ, room), "rak_plan_read");
	cr_expect_str_eq(catalogue_name(catalogue_find("sigma"), LEVEL_READ, room), "sigma:read");
}

Test(catalogue, questions__are_about_one_thing__and_have_no_parameters)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		expect_question(catalogue_at(row), &catalogue_at(row)->ask_read, "GET");
		expect_question(catalogue_at(row), &catalogue_at(row)->ask_write, "POST");
	}
}

Test(catalogue, rows_of_one_label__are_told_apart_by_id_and_group)
{
	const struct resource *core = row_of("token"), *issuing = row_of("issuing_token");

	cr_expect_str_eq(core->label, issuing->label);
	cr_expect_neq(core->group, issuing->group);
	cr_expect_str_eq(catalogue_group(issuing->group)->heading, "Issuing");
}

/* One row in full: nothing is lost or mixed up on the way from the data. */
Test(catalogue, charge__is_as_on_stripes_form)
{
	const struct resource *charge = row_of("charge");

	cr_expect_str_eq(charge->label, "Charges and Refunds");
	cr_expect_str_eq(catalogue_group(charge->group)->id, "core");
	cr_expect_eq(charge->on_form, ON_FORM_SEEN);
	cr_expect(charge->has_read && charge->has_write && charge->connect);
	cr_expect_str_eq(charge->read.slug, "rak_charge_read");
	cr_expect_eq(charge->read.sensitivity, SENSITIVITY_PERSONAL);
	cr_expect_eq(charge->write.sensitivity, SENSITIVITY_MONEY);
	cr_expect_str_eq(charge->read_endpoints[0].path, "/v1/charges");
	cr_expect_str_eq(charge->ask_read.path, "/v1/charges/{id}");
	cr_expect_str_eq(charge->ask_read.id_prefix, "ch_");
	cr_expect_null(charge->implies[0]);
	cr_expect_str_eq(row_of("customer")->implies[0], "billing_clock_read");
}

Test(catalogue, level_name__is_stripes)
{
	cr_expect_str_eq(level_name(LEVEL_NONE), "None");
	cr_expect_str_eq(level_name(LEVEL_READ), "Read");
	cr_expect_str_eq(level_name(LEVEL_WRITE), "Write");
}
