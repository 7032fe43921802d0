/* SPDX-License-Identifier: MIT */
/* A plan: its invariants, its presets, its JSON. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plan.h"

static struct plan *plan;

static void new_plan(void)
{
	plan = plan_new();
}

static void free_plan(void)
{
	plan_free(plan);
}

TestSuite(plan, .init = new_plan, .fini = free_plan);

static size_t row_of(const char *id)
{
	size_t row = catalogue_find(id);

	cr_assert_neq(row, SIZE_MAX, "%s", id);
	return row;
}

Test(plan, new__is_empty__in_the_sandbox__all_at_none)
{
	cr_assert_str_empty(plan_name(plan));
	cr_assert_eq(plan_mode(plan), MODE_TEST);
	cr_assert_eq(plan_granted(plan), 0);
	for (size_t row = 0; row < catalogue_count(); row++)
		cr_assert_eq(plan_level(plan, row), LEVEL_NONE);
	plan_free(NULL);
}

Test(plan, set__refuses_a_level__that_the_row_lacks)
{
	for (size_t row = 0; row < catalogue_count(); row++)
		for (unsigned level = LEVEL_NONE; level < LEVEL_COUNT; level++) {
			enum level before = plan_level(plan, row);
			bool has = catalogue_has_level(row, level);

			cr_assert_eq(plan_set(plan, row, level), has, "%s %u", catalogue_at(row)->id, level);
			cr_assert_eq(plan_level(plan, row), has ? level : before, "%s %u", catalogue_at(row)->id, level);
		}
}

Test(plan, count__counts_the_grid__granted_counts_all)
{
	size_t shown = 0, inferred = SIZE_MAX;

	for (size_t row = 0; row < catalogue_count(); row++) {
		shown += catalogue_on_grid(row);
		if (!catalogue_on_grid(row) && catalogue_has_level(row, LEVEL_READ))
			inferred = row;
	}
	cr_assert_neq(inferred, SIZE_MAX);
	plan_set(plan, row_of("charge"), LEVEL_READ);
	plan_set(plan, row_of("customer"), LEVEL_WRITE);
	plan_set(plan, inferred, LEVEL_READ);
	cr_assert_eq(plan_count(plan, LEVEL_READ), 1);
	cr_assert_eq(plan_count(plan, LEVEL_WRITE), 1);
	cr_assert_eq(plan_count(plan, LEVEL_NONE), shown - 2);
	cr_assert_eq(plan_granted(plan), 3);
}

Test(plan, copy__stands_on_its_own)
{
	struct plan *copy;

	plan_set_name(plan, "Report");
	plan_set_mode(plan, MODE_LIVE);
	plan_set(plan, row_of("charge"), LEVEL_READ);
	copy = plan_copy(plan);
	plan_set_name(plan, "Other");
	plan_set(plan, row_of("charge"), LEVEL_NONE);
	cr_assert_str_eq(plan_name(copy), "Report");
	cr_assert_eq(plan_mode(copy), MODE_LIVE);
	cr_assert_eq(plan_level(copy, row_of("charge")), LEVEL_READ);
	plan_free(copy);
}

Test(plan, set_name__takes_its_own_name)
{
	plan_set_name(plan, "Report");
	plan_set_name(plan, plan_name(plan) + 2);
	cr_assert_str_eq(plan_name(plan), "port");
}

Test(plan, name_check__says_what_is_wrong)
{
	char long_name[4 * PLAN_NAME_MAX + 8] = "";
	char key[64];

	cr_expect_eq(plan_name_check("Monthly report (keyguide)"), PLAN_NAME_OK);
	cr_expect_eq(plan_name_check("Buchführung 世界"), PLAN_NAME_OK);
	cr_expect_eq(plan_name_check(""), PLAN_NAME_EMPTY);
	cr_expect_eq(plan_name_check(" a"), PLAN_NAME_BLANKS);
	cr_expect_eq(plan_name_check("a "), PLAN_NAME_BLANKS);
	cr_expect_eq(plan_name_check("a\u00A0"), PLAN_NAME_BLANKS);
	cr_expect_eq(plan_name_check("  "), PLAN_NAME_BLANKS);
	cr_expect_eq(plan_name_check("a\033[2Jb"), PLAN_NAME_ODD);
	cr_expect_eq(plan_name_check("a\tb"), PLAN_NAME_ODD);
	cr_expect_eq(plan_name_check("\u202Eb"), PLAN_NAME_ODD);
	cr_expect_eq(plan_name_check("\xFF"), PLAN_NAME_ODD);
	snprintf(key, sizeof key, "x rk_live_%030d", 1);
	cr_expect_eq(plan_name_check(key), PLAN_NAME_IS_KEY);
	snprintf(key, sizeof key, " sk_test_%024d\n", 1);
	cr_expect_eq(plan_name_check(key), PLAN_NAME_IS_KEY);
	for (int i = 0; i < PLAN_NAME_MAX; i++)
		strcat(long_name, "世");
	cr_expect_eq(plan_name_check(long_name), PLAN_NAME_OK);
	strcat(long_name, "x");
	cr_expect_eq(plan_name_check(long_name), PLAN_NAME_LONG);
}

Test(plan, presets__are_of_rows_that_the_grid_shows)
{
	cr_assert_eq(preset_count(), 6);
	for (size_t i = 0; i < preset_count(); i++) {
		const struct preset *preset = preset_at(i);

		cr_expect_not_null(preset->reads[0], "%s", preset->id);
		for (const char *const *id = preset->reads; *id; id++) {
			size_t row = catalogue_find(*id);

			cr_assert_neq(row, SIZE_MAX, "%s: %s", preset->id, *id);
			cr_expect(catalogue_on_grid(row), "%s: %s", preset->id, *id);
			cr_expect(catalogue_has_level(row, LEVEL_READ), "%s: %s", preset->id, *id);
		}
	}
}

Test(plan, presets__are_in_the_dashboards_order)
{
	for (size_t i = 0; i < preset_count(); i++)
		for (const char *const *id = preset_at(i)->reads; id[1]; id++)
			cr_expect_lt(row_of(id[0]), row_of(id[1]), "%s: %s", preset_at(i)->id, id[1]);
}

Test(plan, apply_preset__gives_read__and_nothing_else)
{
	for (size_t i = 0; i < preset_count(); i++) {
		struct plan *fresh = plan_new();
		size_t changed = plan_apply_preset(fresh, preset_at(i));

		cr_expect_eq(plan_count(fresh, LEVEL_READ), changed);
		cr_expect_eq(plan_count(fresh, LEVEL_WRITE), 0);
		cr_expect_eq(plan_granted(fresh), changed);
		cr_expect_eq(plan_apply_preset(fresh, preset_at(i)), 0);
		plan_free(fresh);
	}
}

Test(plan, apply_preset__leaves_write_where_it_is)
{
	const struct preset *preset = preset_at(0);
	size_t rows = 0;

	for (const char *const *id = preset->reads; *id; id++)
		rows++;
	plan_set(plan, row_of("charge"), LEVEL_WRITE);
	plan_set(plan, row_of("customer"), LEVEL_WRITE);
	cr_assert_eq(plan_apply_preset(plan, preset), rows - 1);
	cr_assert_eq(plan_level(plan, row_of("charge")), LEVEL_WRITE);
	cr_assert_eq(plan_level(plan, row_of("customer")), LEVEL_WRITE);
}

/* -- JSON ------------------------------------------------------------------ */

static struct plan *read_plan(const char *text, struct fault *fault)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	struct plan *read;

	cr_assert_not_null(json, "%s", text);
	read = plan_from_json(json, fault);
	json_decref(json);
	return read;
}

Test(plan, to_json__names_permissions_in_order)
{
	json_t *json;
	char *text;

	plan_set_name(plan, "Grüße \"x\"");
	plan_set(plan, row_of("customer"), LEVEL_WRITE);
	plan_set(plan, row_of("charge"), LEVEL_READ);
	plan_set(plan, row_of("sigma"), LEVEL_READ);
	json = plan_to_json(plan);
	text = json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER);
	cr_assert_str_eq(text, "{\"version\":1,\"name\":\"Grüße \\\"x\\\"\",\"mode\":\"test\","
			       "\"permissions\":[\"rak_charge_read\",\"rak_customer_write\",\"sigma:read\"]}");
	free(text);
	json_decref(json);
}

Test(plan, json__goes_there_and_back__for_every_row_and_level)
{
	for (unsigned level = LEVEL_READ; level < LEVEL_COUNT; level++) {
		struct plan *before = plan_new(), *after;
		json_t *json;

		plan_set_mode(before, MODE_LIVE);
		for (size_t row = 0; row < catalogue_count(); row++)
			plan_set(before, row, level);
		json = plan_to_json(before);
		after = plan_from_json(json, NULL);
		cr_assert_not_null(after);
		cr_assert_eq(plan_mode(after), MODE_LIVE);
		for (size_t row = 0; row < catalogue_count(); row++)
			cr_expect_eq(plan_level(after, row), plan_level(before, row), "%s", catalogue_at(row)->id);
		json_decref(json);
		plan_free(before);
		plan_free(after);
	}
}

Test(plan, to_json__takes_a_name_that_is_not_utf8)
{
	json_t *json;

	plan_set_name(plan, "a\xFF");
	json = plan_to_json(plan);
	cr_assert_not_null(json);
	cr_assert_str_eq(json_string_value(json_object_get(json, "name")), "a\uFFFD");
	json_decref(json);
}

Test(plan, from_json__takes_write__where_both_levels_are_named)
{
	struct plan *read = read_plan("{\"version\":1,\"name\":\"x\",\"mode\":\"test\","
				      "\"permissions\":[\"rak_charge_write\",\"rak_charge_read\"]}", NULL);

	cr_assert_not_null(read);
	cr_assert_eq(plan_level(read, row_of("charge")), LEVEL_WRITE);
	plan_free(read);
}

Test(plan, from_json__refuses_what_is_no_plan)
{
	static const char *const broken[] = {
		"null", "[]", "7", "\"plan\"", "{}",
		"{\"version\":2,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[]}",
		"{\"version\":\"1\",\"name\":\"x\",\"mode\":\"test\",\"permissions\":[]}",
		"{\"version\":1,\"name\":7,\"mode\":\"test\",\"permissions\":[]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"sandbox\",\"permissions\":[]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":{}}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\"}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[7]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"\"]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"rak_nope_read\"]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"charge:admin\"]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\":read\"]}",
		"{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"balance:write\"]}",
		"{\"version\":1,\"name\":\"a\\u001b[2J\",\"mode\":\"test\",\"permissions\":[]}",
	};

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct fault fault = { .code = FAULT_NONE };

		cr_expect_null(read_plan(broken[i], &fault), "%s", broken[i]);
		cr_expect_eq(fault.code, FAULT_FILE_BROKEN, "%s", broken[i]);
	}
	cr_assert_null(plan_from_json(NULL, NULL));
}

Test(plan, from_json__refuses_a_key__and_does_not_repeat_it)
{
	struct fault fault = { .code = FAULT_NONE };
	char text[256];

	snprintf(text, sizeof text,
		 "{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"rk_live_%030d\"]}", 7);
	cr_assert_null(read_plan(text, &fault));
	cr_assert_str_eq(fault.detail, "permissions[0]");
	snprintf(text, sizeof text,
		 "{\"version\":1,\"name\":\"rk_live_%030d\",\"mode\":\"test\",\"permissions\":[]}", 7);
	cr_assert_null(read_plan(text, &fault));
	cr_assert_str_eq(fault.detail, "plan");
}

Test(plan, mode_slug__is_stable)
{
	cr_assert_str_eq(mode_slug(MODE_TEST), "test");
	cr_assert_str_eq(mode_slug(MODE_LIVE), "live");
}
