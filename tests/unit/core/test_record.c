/* SPDX-License-Identifier: MIT */
/* What is remembered of a kept key. */
#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/record.h"

static struct record record;

static void fill(void)
{
	record_init(&record);
	plan_set_name(record.plan, "Report");
	plan_set(record.plan, catalogue_find("charge"), LEVEL_READ);
	strcpy(record.ends, "a1b2");
	strcpy(record.account, "acct_1A2B3C");
	strcpy(record.store, "GNOME Keyring, \"Login\"");
	record_time(record.created, 1795428000);
	record_time(record.checked, 1795428060);
	record_date(record.review, 1795428000, 90);
	record.found = VERDICT_DENIED;
}

static void empty(void)
{
	record_done(&record);
}

TestSuite(record, .init = fill, .fini = empty);

/* RECORD as JSON with FIELD set to VALUE (taken; NULL takes the field away), read again. */
static enum fault_code read_with(const char *field, json_t *value, struct record *read)
{
	struct fault fault = { .code = FAULT_NONE };
	json_t *json = record_to_json(&record);
	enum fault_code code;

	cr_assert_not_null(json);
	if (value)
		json_object_set_new(json, field, value);
	else
		json_object_del(json, field);
	code = record_from_json(json, read, &fault);
	cr_expect_eq(code, fault.code);
	json_decref(json);
	return code;
}

Test(record, json__goes_there_and_back)
{
	struct record read;
	json_t *json = record_to_json(&record);

	cr_assert_eq(record_from_json(json, &read, NULL), FAULT_NONE);
	cr_expect_str_eq(plan_name(read.plan), "Report");
	cr_expect_eq(plan_level(read.plan, catalogue_find("charge")), LEVEL_READ);
	cr_expect_str_eq(read.ends, "a1b2");
	cr_expect_str_eq(read.account, "acct_1A2B3C");
	cr_expect_str_eq(read.store, "GNOME Keyring, \"Login\"");
	cr_expect_str_eq(read.created, record.created);
	cr_expect_str_eq(read.checked, record.checked);
	cr_expect_str_eq(read.review, record.review);
	cr_expect_eq(read.found, VERDICT_DENIED);
	json_decref(json);
	record_done(&read);
}

Test(record, json__goes_there_and_back__when_nothing_is_known)
{
	struct record nothing, read;
	json_t *json;

	record_init(&nothing);
	json = record_to_json(&nothing);
	cr_assert_eq(record_from_json(json, &read, NULL), FAULT_NONE);
	cr_expect_str_empty(read.ends);
	cr_expect_eq(read.found, VERDICT_UNKNOWN);
	json_decref(json);
	record_done(&nothing);
	record_done(&read);
}

Test(record, from_json__refuses_each_field__that_is_not_what_it_should_be)
{
	static const struct { const char *field, *value; } wrong[] = {
		{ "ends", "a1b" }, { "ends", "a1b2c" }, { "ends", "a b2" }, { "ends", "\u00E4b2" },
		{ "account", "acct_" }, { "account", "cus_1" }, { "account", "acct_1\033" },
		{ "created", "yesterday" }, { "created", "2026-11-23" }, { "checked", "2026-11-23T10:00:00+01:00" },
		{ "review", "2026-11-23T10:00:00Z" }, { "review", "2026-1-2" },
	};
	static const char *const fields[] = { "version", "plan", "ends", "account", "store", "created", "checked", "found",
					      "review" };
	struct record read;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		cr_expect_eq(read_with(wrong[i].field, json_string(wrong[i].value), &read), FAULT_FILE_BROKEN, "%s: %s",
			     wrong[i].field, wrong[i].value);
		record_done(&read);
	}
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		cr_expect_eq(read_with(fields[i], NULL, &read), FAULT_FILE_BROKEN, "%s", fields[i]);
		record_done(&read);
		cr_expect_eq(read_with(fields[i], json_array(), &read), FAULT_FILE_BROKEN, "%s", fields[i]);
		cr_expect_str_empty(plan_name(read.plan));
		cr_expect_str_empty(read.ends);
		record_done(&read);
	}
	cr_expect_eq(record_from_json(NULL, &read, NULL), FAULT_FILE_BROKEN);
	record_done(&read);
}

Test(record, from_json__cleans_the_keyrings_name)
{
	struct record read;

	cr_assert_eq(read_with("store", json_string("a\033[2Jb"), &read), FAULT_NONE);
	cr_expect_str_eq(read.store, "a\uFFFD[2Jb");
	record_done(&read);
}

Test(record, from_json__refuses_a_key)
{
	struct record read;
	char key[64];

	snprintf(key, sizeof key, "rk_live_%030d", 7);
	cr_expect_eq(read_with("store", json_string(key), &read), FAULT_FILE_BROKEN);
	record_done(&read);
}

Test(record, take_death__leaves_no_day_to_be_reminded_on)
{
	strcpy(record.until, "2026-11-23T10:00:00Z");
	record.match = RECORD_AS_PLANNED;
	record_take_death(&record);
	cr_expect_eq(record.found, VERDICT_DEAD);
	cr_expect_eq(record.match, RECORD_NOT_COMPARED);
	cr_expect_str_empty(record.until);
	cr_expect_str_empty(record.review);
	cr_expect_str_eq(record.ends, "a1b2");
}

Test(record, time__is_utc)
{
	char out[RECORD_TIME_SIZE];

	setenv("TZ", "Asia/Tokyo", 1);
	record_time(out, 0);
	cr_expect_str_eq(out, "1970-01-01T00:00:00Z");
	record_time(out, 1795428000);
	cr_expect_str_eq(out, "2026-11-23T10:00:00Z");
	record_date(out, 1795428000, 90);
	cr_expect_str_eq(out, "2027-02-21");
	record_date(out, 1795428000, 0);
	cr_expect_str_eq(out, "2026-11-23");
}

Test(record, time__is_empty__where_it_would_not_fit)
{
	char out[RECORD_TIME_SIZE];

	record_time(out, -1);
	cr_expect_str_empty(out);
	record_time(out, LLONG_MAX);
	cr_expect_str_empty(out);
	record_date(out, LLONG_MAX, 1);
	cr_expect_str_empty(out);
	record_time(out, 253402300800LL);   /* the year 10000 */
	cr_expect_str_empty(out);
	record_time(out, 253402300799LL);
	cr_expect_str_eq(out, "9999-12-31T23:59:59Z");
}

Test(record, later__is_so_many_hours_after)
{
	char later[RECORD_TIME_SIZE];

	record_later(later, "2026-12-31T23:30:05Z", 1);
	cr_expect_str_eq(later, "2027-01-01T00:30:05Z");
	record_later(later, "2026-11-23T10:00:00Z", 168);
	cr_expect_str_eq(later, "2026-11-30T10:00:00Z");
	record_later(later, "2026-11-23T10:00:00Z", 0);
	cr_expect_str_eq(later, "2026-11-23T10:00:00Z");
	record_later(later, "", 1);
	cr_expect_str_eq(later, "");
}

Test(record, keeps__what_is_planned_for_connected_accounts)
{
	struct record read;

	plan_set_connect(record.plan, catalogue_find("payout"), LEVEL_WRITE);
	record.summary = json_pack("{s:b, s:[s]}", "as_planned", 0, "connect_not_asked", "rak_payout_write");
	record_copy(&read, &record);
	cr_expect_eq(plan_connect(read.plan, catalogue_find("payout")), LEVEL_WRITE);
	cr_expect(json_equal(read.summary, record.summary));
	record_done(&read);
}
