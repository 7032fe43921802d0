/* SPDX-License-Identifier: MIT */
/* A plan: its invariants, its presets, its JSON. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plan.h"
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
	cr_expect(strstr(fault.detail, "permissions"), "%s", fault.detail);
	snprintf(text, sizeof text,
		 "{\"version\":1,\"name\":\"rk_live_%030d\",\"mode\":\"test\",\"permissions\":[]}", 7);
	cr_assert_null(read_plan(text, &fault));
	cr_expect(strstr(fault.detail, "key"), "%s", fault.detail);
}

Test(plan, mode_slug__is_stable)
{
	cr_assert_str_eq(mode_slug(MODE_TEST), "test");
	cr_assert_str_eq(mode_slug(MODE_LIVE), "live");
}

/* ---- a plan that somebody wrote: cases/plan/NAME/{text,expect} ---- */

ParameterizedTestParameters(plan, reads__each_case)
{
	static struct test_case cases[CASE_MAX];
	size_t count = cases_list("plan", cases);

	return cr_make_param_array(struct test_case, cases, count);
}

static void list_names(const struct plan *given, enum level (*level_of)(const struct plan *, size_t),
		       char out[CASE_VALUE_SIZE])
{
	char room[CATALOGUE_NAME_SIZE];

	*out = '\0';
	for (size_t row = 0; row < catalogue_count(); row++)
		if (level_of(given, row) != LEVEL_NONE) {
			strcat(out, *out ? " " : "");
			strcat(out, catalogue_name(row, level_of(given, row), room));
		}
}

static void expect_plan(const char *name, const struct plan *given, const char *expect)
{
	char value[CASE_VALUE_SIZE], found[CASE_VALUE_SIZE];

	cr_expect_str_eq(plan_name(given), case_value(expect, "name", "", value), "%s", name);
	cr_expect_str_eq(mode_slug(plan_mode(given)), case_value(expect, "mode", "", value), "%s", name);
	cr_expect_str_eq(plan_prepared_by(given), case_value(expect, "by", "", value), "%s", name);
	cr_expect_str_eq(plan_note(given), case_value(expect, "note", "", value), "%s", name);
	cr_expect_eq(plan_review_days(given), atoi(case_value(expect, "review", "0", value)), "%s", name);
	list_names(given, plan_level, found);
	cr_expect_str_eq(found, case_value(expect, "permissions", "", value), "%s: %s", name, found);
	list_names(given, plan_connect, found);
	cr_expect_str_eq(found, case_value(expect, "connect", "", value), "%s: %s", name, found);
}

ParameterizedTest(struct test_case *given, plan, reads__each_case)
{
	char text[CASE_FILE_MAX], expect[CASE_FILE_MAX], value[CASE_VALUE_SIZE];
	const char *name = given->name;
	size_t length = case_read("plan", name, "text", text);
	struct plan_problem problem;
	struct plan *read = plan_read(text, length, &problem);

	case_read("plan", name, "expect", expect);
	if (read)
		expect_plan(name, read, expect);
	cr_expect_str_eq(problem.what, case_value(expect, "what", "", value), "%s: %s", name, problem.what);
	cr_expect_str_eq(problem.advice, case_value(expect, "advice", "", value), "%s: %s", name, problem.advice);
	cr_expect_eq(problem.line, atoi(case_value(expect, "line", "0", value)), "%s: %d", name, problem.line);
	cr_expect_eq(!read, *problem.what != '\0');
	plan_free(read);
}

Test(plan, reads__enough_cases)
{
	static struct test_case cases[CASE_MAX];

	cr_assert_gt(cases_list("plan", cases), 30);   /* the folder was found */
}

Test(plan, read__refuses_a_key__and_does_not_repeat_it)
{
	static const char *const fields[] = { "\"name\":\"%s\",\"permissions\":[]", "\"name\":\"x\",\"permissions\":[\"%s\"]",
		"\"name\":\"x\",\"permissions\":[],\"prepared_by\":\"%s\"", "\"name\":\"x\",\"permissions\":[],\"%s\":1" };
	char key[64], text[400], inner[300];
	struct plan_problem problem;

	snprintf(key, sizeof key, "%s%s%040d", "rk_", "live_", 7);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		snprintf(inner, sizeof inner, fields[i], key);
		snprintf(text, sizeof text, "{\"version\":1,%s}", inner);
		cr_expect_null(plan_read(text, strlen(text), &problem), "%s", fields[i]);
		cr_expect_null(strstr(problem.what, key + 8), "%s", fields[i]);
		cr_expect_null(strstr(problem.advice, key + 8), "%s", fields[i]);
	}
}

/* What is written is read back as it was. */
Test(plan, json__goes_there_and_back_with_all_it_has)
{
	struct plan *given = plan_new(), *read;
	struct plan_problem problem;
	json_t *json, *again;
	char *text;

	plan_set_name(given, "Büro");
	plan_set_mode(given, MODE_LIVE);
	plan_set_prepared_by(given, "Jane");
	plan_set_note(given, "For \"you\"");
	plan_set_review_days(given, 30);
	plan_set(given, catalogue_find("sigma"), LEVEL_READ);
	plan_set(given, catalogue_find("invoice"), LEVEL_WRITE);
	plan_set_connect(given, catalogue_find("charge"), LEVEL_READ);
	json = plan_to_json(given);
	text = json_dumps(json, 0);
	read = plan_read(text, strlen(text), &problem);
	cr_assert(read, "%s", problem.what);
	again = plan_to_json(read);
	cr_expect(json_equal(json, again));
	cr_expect_eq(plan_connect(read, catalogue_find("charge")), LEVEL_READ);
	json_decref(json);
	json_decref(again);
	free(text);
	plan_free(given);
	plan_free(read);
}
