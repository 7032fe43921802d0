/* SPDX-License-Identifier: MIT */
/* What is remembered of a kept key, and its JSON. */
#include "core/record.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { RECORD_VERSION = 1, DAY_SECONDS = 24 * 60 * 60 };

void record_init(struct record *record)
{
	memset(record, 0, sizeof *record);
	record->plan = plan_new();
}

void record_done(struct record *record)
{
	plan_free(record->plan);
	memset(record, 0, sizeof *record);
}

json_t *record_to_json(const struct record *record)
{
	return json_pack("{s:i, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
			 "version", RECORD_VERSION,
			 "plan", plan_to_json(record->plan),
			 "ends", record->ends,
			 "account", record->account,
			 "store", record->store,
			 "created", record->created,
			 "checked", record->checked,
			 "found", verdict_slug(record->found),
			 "review", record->review);
}

/* False when the text is missing or too long: the file is broken then. */
static bool take_text(const json_t *json, const char *name, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));

	return text && (size_t)snprintf(out, size, "%s", text) < size;
}

enum fault_code record_from_json(const json_t *json, struct record *record, struct fault *fault)
{
	struct plan *plan = plan_from_json(json_object_get(json, "plan"), fault);
	const char *found = json_string_value(json_object_get(json, "found"));

	if (!plan)
		return FAULT_FILE_BROKEN;
	plan_free(record->plan);
	record->plan = plan;
	if (json_integer_value(json_object_get(json, "version")) != RECORD_VERSION || !found ||
	    !take_text(json, "ends", record->ends, sizeof record->ends) ||
	    !take_text(json, "account", record->account, sizeof record->account) ||
	    !take_text(json, "store", record->store, sizeof record->store) ||
	    !take_text(json, "created", record->created, sizeof record->created) ||
	    !take_text(json, "checked", record->checked, sizeof record->checked) ||
	    !take_text(json, "review", record->review, sizeof record->review))
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "record");
	record->found = verdict_from_slug(found);
	return FAULT_NONE;
}

static void write_time(char out[RECORD_TIME_SIZE], long long seconds, const char *format)
{
	time_t when = (time_t)seconds;
	struct tm utc;

	if (!gmtime_r(&when, &utc) || !strftime(out, RECORD_TIME_SIZE, format, &utc))
		out[0] = '\0';
}

void record_time(char out[RECORD_TIME_SIZE], long long seconds)
{
	write_time(out, seconds, "%Y-%m-%dT%H:%M:%SZ");
}

void record_date(char out[RECORD_TIME_SIZE], long long seconds, int days)
{
	write_time(out, seconds + (long long)days * DAY_SECONDS, "%Y-%m-%d");
}
