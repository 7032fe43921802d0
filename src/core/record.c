/* SPDX-License-Identifier: MIT */
/*
 * A record and its JSON. The file may have been written by anybody: each field
 * is held to its form, so that nothing odd and no key comes onto the screen.
 */
#include "core/record.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "core/apikey.h"

void record_init(struct record *record)
{
	*record = (struct record){ .plan = plan_new() };
}

void record_done(struct record *record)
{
	plan_free(record->plan);
	json_decref(record->summary);
	*record = (struct record){ 0 };
}

/* By way of JSON, which holds all of it. */
void record_copy(struct record *to, const struct record *from)
{
	json_t *json = from->plan ? record_to_json(from) : NULL;

	if (record_from_json(json, to, NULL) != FAULT_NONE)
		*to->created = '\0';   /* it was empty, and so is the copy */
	json_decref(json);
}

json_t *record_match_to_json(enum record_match match)
{
	return match == RECORD_NOT_COMPARED ? json_null() : json_boolean(match == RECORD_AS_PLANNED);
}

static enum record_match match_from_json(const json_t *json)
{
	if (!json_is_boolean(json))
		return RECORD_NOT_COMPARED;
	return json_is_true(json) ? RECORD_AS_PLANNED : RECORD_NOT_AS_PLANNED;
}

json_t *record_to_json(const struct record *record)
{
	char *store = text_clean(record->store, RECORD_STORE_SIZE - 1);
	json_t *json = json_pack("{s:i, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:O*}",
		"version", 1, "plan", plan_to_json(record->plan), "ends", record->ends, "account", record->account,
		"store", store, "created", record->created, "checked", record->checked,
		"found", verdict_slug(record->found), "as_planned", record_match_to_json(record->match),
		"review", record->review, "until", record->until, "summary", record->summary);

	free(store);
	return json;
}

void record_take_check(struct record *record, const struct check *check)
{
	record->found = check_key(check);
	record->match = check_as_planned(check) ? RECORD_AS_PLANNED : RECORD_NOT_AS_PLANNED;
	if (!check_has_plan(check) || record->found == VERDICT_UNKNOWN)
		record->match = RECORD_NOT_COMPARED;
	json_decref(record->summary);
	record->summary = check_summary(check);
	if (*check_account(check))
		snprintf(record->account, sizeof record->account, "%s", check_account(check));
}

void record_take_death(struct record *record)
{
	record->found = VERDICT_DEAD;
	record->match = RECORD_NOT_COMPARED;
	*record->until = *record->review = '\0';
}

/* Does TEXT have the form of PATTERN, where "0" stands for any digit? */
static bool has_form(const char *text, const char *pattern)
{
	for (; *pattern; text++, pattern++)
		if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern)
			return false;
	return !*text;
}

bool record_is_time(const char *text)
{
	return !*text || has_form(text, "0000-00-00T00:00:00Z");
}

static bool is_date(const char *text)
{
	return !*text || has_form(text, "0000-00-00");
}

static bool are_ends(const char *text)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (!isascii((unsigned char)text[i]) || !isalnum((unsigned char)text[i]))
			return false;
	return !length || length == sizeof ((struct record *)0)->ends - 1;
}

static bool is_store(const char *text)
{
	return strlen(text) < RECORD_STORE_SIZE && !apikey_is_in(text);
}

/* Copies the field KEY of JSON into OUT (SIZE bytes) when it IS what it should be. */
static bool take(const json_t *json, const char *key, bool (*is)(const char *), char *out, size_t size)
{
	const char *value = json_string_value(json_object_get(json, key));

	if (!value || strlen(value) >= size || !is(value))
		return false;
	strcpy(out, value);
	return true;
}

static bool is_account_or_none(const char *text)
{
	return !*text || verdict_is_account(text);
}

/* Names as the catalogue writes them, and nothing that could be anything else. */
static bool are_names(const json_t *names)
{
	const json_t *item;
	size_t i;

	json_array_foreach(names, i, item)
		if (!json_is_string(item) || strlen(json_string_value(item)) >= CATALOGUE_NAME_SIZE ||
		    strspn(json_string_value(item), "abcdefghijklmnopqrstuvwxyz0123456789_:") !=
			    strlen(json_string_value(item)) || apikey_is_in(json_string_value(item)))
			return false;
	return json_is_array(names);
}

static json_t *summary_from_json(json_t *json)
{
	const char *field;
	json_t *value;

	json_object_foreach(json, field, value)
		if (strcmp(field, "as_planned") && !are_names(value))
			return NULL;
	return json_is_object(json) ? json_incref(json) : NULL;
}

static bool take_fields(const json_t *json, struct record *record)
{
	const char *found = json_string_value(json_object_get(json, "found"));
	char store[RECORD_STORE_SIZE], *clean;

	if (json_integer_value(json_object_get(json, "version")) != 1 || !found ||
	    !take(json, "ends", are_ends, record->ends, sizeof record->ends) ||
	    !take(json, "account", is_account_or_none, record->account, sizeof record->account) ||
	    !take(json, "store", is_store, store, sizeof store) ||
	    !take(json, "created", record_is_time, record->created, sizeof record->created) ||
	    !take(json, "checked", record_is_time, record->checked, sizeof record->checked) ||
	    !take(json, "review", is_date, record->review, sizeof record->review))
		return false;
	if (json_object_get(json, "until") && !take(json, "until", record_is_time, record->until, sizeof record->until))
		return false;
	record->found = verdict_from_slug(found);
	record->summary = summary_from_json(json_object_get(json, "summary"));
	record->match = match_from_json(json_object_get(json, "as_planned"));
	clean = text_clean(store, sizeof record->store - 1);
	strcpy(record->store, clean);
	free(clean);
	return true;
}

enum fault_code record_from_json(const json_t *json, struct record *record, struct fault *fault)
{
	struct plan *plan;

	record_init(record);
	if (!take_fields(json, record)) {
		record_done(record);
		record_init(record);
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "record");
	}
	plan = plan_from_json(json_object_get(json, "plan"), fault);
	if (!plan) {
		record_done(record);
		record_init(record);
		return FAULT_FILE_BROKEN;
	}
	plan_free(record->plan);
	record->plan = plan;
	return FAULT_NONE;
}

static void format(char out[RECORD_TIME_SIZE], long long seconds, const char *form)
{
	time_t when = (time_t)seconds;
	struct tm parts;

	*out = '\0';
	if (seconds >= 0 && gmtime_r(&when, &parts) && parts.tm_year <= 9999 - 1900)
		strftime(out, RECORD_TIME_SIZE, form, &parts);
}

void record_time(char out[RECORD_TIME_SIZE], long long seconds)
{
	format(out, seconds, "%Y-%m-%dT%H:%M:%SZ");
}

void record_date(char out[RECORD_TIME_SIZE], long long seconds, int days)
{
	long long later;

	if (__builtin_add_overflow(seconds, 86400LL * days, &later))
		*out = '\0';
	else
		format(out, later, "%Y-%m-%d");
}

void record_later(char out[RECORD_TIME_SIZE], const char *time, int hours)
{
	struct tm parts = { 0 };

	*out = '\0';
	if (strptime(time, "%Y-%m-%dT%H:%M:%SZ", &parts))
		record_time(out, timegm(&parts) + 3600LL * hours);
}

static bool day_number(const char *date, long long *day)
{
	struct tm parts = { 0 };
	time_t seconds;

	if (!strptime(date, "%Y-%m-%d", &parts))
		return false;
	seconds = timegm(&parts);
	*day = seconds / 86400;
	return true;
}

bool record_days(const char *from, const char *to, int *days)
{
	long long first, last;

	if (!day_number(from, &first) || !day_number(to, &last))
		return false;
	*days = (int)(last - first);
	return true;
}
