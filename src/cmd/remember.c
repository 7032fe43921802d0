/* SPDX-License-Identifier: MIT */
/* The clock's part of what is remembered: the guides have none. */
#include "cmd/remember.h"

#include <string.h>
#include <time.h>

#include "sys/records.h"

static void keep_dates(struct record *record)
{
	struct record before;

	if (records_load(plan_name(record->plan), plan_mode(record->plan), &before, NULL) == FAULT_NONE &&
	    !strcmp(before.ends, record->ends)) {
		memcpy(record->created, before.created, sizeof record->created);
		memcpy(record->review, before.review, sizeof record->review);
		memcpy(record->until, before.until, sizeof record->until);
	}
	record_done(&before);
}

static bool is_remembered(const char *name, enum mode mode)
{
	struct record record;
	bool found = records_load(name, mode, &record, NULL) == FAULT_NONE;

	record_done(&record);
	return found;
}

/*
 * It was done before, by this walk: the record of the name is about the new key, as far as is known, and one of the
 * old name is there. Else that one is about some other key, which had the name before.
 */
static bool was_set_aside(const struct walk *walk, const struct record *record)
{
	bool is_new = !*record->ends || !strcmp(record->ends, walk->copy.seen.ends);

	return is_new && is_remembered(walk->aside, plan_mode(walk->plan));
}

/* What is remembered of the old key goes with it to its new name, and when it ends in Stripe; once. */
static enum fault_code set_aside(const struct walk *walk, struct fault *fault)
{
	struct record record;
	bool known = records_load(plan_name(walk->plan), plan_mode(walk->plan), &record, NULL) == FAULT_NONE;
	enum fault_code code = FAULT_NONE;

	if (!known) {
		plan_set_mode(record.plan, plan_mode(walk->plan));
		record_time(record.created, time(NULL));
	}
	if (!was_set_aside(walk, &record)) {
		plan_set_name(record.plan, walk->aside);
		record_time(record.until, time(NULL) + 3600LL * walk->overlap_hours);
		code = records_save(&record, fault);
	}
	record_done(&record);
	return code;
}

enum fault_code remember_key(const struct walk *walk, struct fault *fault)
{
	long long now = time(NULL);
	struct record record;
	enum fault_code code;

	if (*walk->aside && (code = set_aside(walk, fault)) != FAULT_NONE)
		return code;
	if (!walk_known_plan(walk))   /* else an empty plan would be taken for what was wanted */
		return FAULT_NONE;
	walk_record(walk, &record);
	record_time(record.created, now);
	record_date(record.review, now, plan_review_days(record.plan));
	keep_dates(&record);
	if (walk->check)
		record_time(record.checked, now);
	code = records_save(&record, fault);
	record_done(&record);
	return code;
}

/* What is remembered of the key of PLAN, changed by HOW. */
static enum fault_code change(const struct plan *plan, void (*how)(struct record *), struct fault *fault)
{
	struct record record;
	enum fault_code code = records_load(plan_name(plan), plan_mode(plan), &record, fault);

	if (code == FAULT_NONE) {
		how(&record);
		code = records_save(&record, fault);
	}
	record_done(&record);
	return code;
}

static void was_reviewed(struct record *record)
{
	record_date(record->review, time(NULL), plan_review_days(record->plan));
}

enum fault_code remember_review(const struct plan *plan, struct fault *fault)
{
	return change(plan, was_reviewed, fault);
}

static void is_dead(struct record *record)
{
	record_take_death(record);
	record_time(record->checked, time(NULL));
}

enum fault_code remember_dead(const struct plan *plan, struct fault *fault)
{
	return change(plan, is_dead, fault);
}

void remember_gone(const struct walk *walk)
{
	struct record record;
	bool others;

	others = records_load(plan_name(walk->plan), plan_mode(walk->plan), &record, NULL) == FAULT_NONE &&
		 *record.ends && strcmp(record.ends, walk->copy.seen.ends);
	record_done(&record);
	if (!others)
		records_forget(plan_name(walk->plan), plan_mode(walk->plan));
}
