/* SPDX-License-Identifier: MIT */
/* What is asked, what is expected, and how what came back compares with it. */
#include "core/check.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct check {
	enum mode mode;
	enum check_depth depth;
	bool writes, has_plan;
	struct finding *findings;
	size_t count;
	size_t *questions;        /* indexes of findings */
	size_t question_count, answered;
	enum verdict key;
	char account[ACCOUNT_SIZE], edit_link[EDIT_LINK_SIZE];
};

/* ---- what is expected ---- */

/* "billing_clock_read": the catalogue's way of naming what is implied. */
static size_t find_implied(const char *implied, enum level *level)
{
	char pair[CATALOGUE_NAME_SIZE];
	char *line;

	snprintf(pair, sizeof pair, "%s", implied);
	line = strrchr(pair, '_');
	if (!line)
		return SIZE_MAX;
	*line = ':';
	return catalogue_find_pair(pair, level);
}

/* Marks what reading ROW also allows, and what that allows in turn. */
static void mark_implied(bool *implied, size_t row)
{
	enum level level;

	for (const char *const *name = catalogue_at(row)->implies; *name; name++) {
		size_t other = find_implied(*name, &level);

		if (other == SIZE_MAX || level != LEVEL_READ || implied[other])
			continue;
		implied[other] = true;
		mark_implied(implied, other);
	}
}

static enum expectation expectation(const struct plan *plan, const bool *implied, size_t row, enum level level)
{
	if (!plan)
		return EXPECT_NOTHING;
	if (plan_level(plan, row) >= level)
		return EXPECT_GRANTED;
	return level == LEVEL_READ && implied[row] ? EXPECT_IMPLIED : EXPECT_DENIED;
}

/* ---- what is asked ---- */

static bool is_in_scope(const struct plan *plan, enum check_depth depth, size_t row)
{
	if (plan && plan_level(plan, row) != LEVEL_NONE)
		return true;
	if (depth != CHECK_FULL)
		return catalogue_at(row)->watch;
	return catalogue_on_grid(row) || catalogue_question(row, LEVEL_READ) || catalogue_question(row, LEVEL_WRITE);
}

/* Why the question is not put; WHY_NONE: it is. */
static enum why why_not(const struct check *check, size_t row, enum level level)
{
	const struct question *question = catalogue_question(row, level);

	if (!question)
		return WHY_NO_QUESTION;
	if (level == LEVEL_WRITE && !check->writes)
		return WHY_WRITE;
	if (check->mode == MODE_LIVE && !strncmp(question->path, "/v1/test_helpers/", 17))
		return WHY_SANDBOX_ONLY;
	return WHY_NONE;
}

static void add_row(struct check *check, const struct plan *plan, const bool *implied, size_t row)
{
	for (enum level level = LEVEL_READ; level <= LEVEL_WRITE; level++) {
		enum why why = why_not(check, row, level);

		if (!catalogue_has_level(row, level))
			continue;
		if (why == WHY_NONE) {
			why = WHY_STOPPED;   /* until there is an answer */
			check->questions[check->question_count++] = check->count;
		}
		check->findings[check->count++] = (struct finding){ .row = row, .level = level,
			.expected = expectation(plan, implied, row, level),
			.verdict = VERDICT_NOT_ASKED, .why = why };
	}
}

/* The level that is planned for connected accounts. */
static void add_connect(struct check *check, const struct plan *plan, size_t row)
{
	if (plan && plan_connect(plan, row) != LEVEL_NONE)
		check->findings[check->count++] = (struct finding){ .row = row, .connect = true,
			.level = plan_connect(plan, row), .expected = EXPECT_GRANTED,
			.verdict = VERDICT_NOT_ASKED, .why = WHY_CONNECT };
}

/* Changes last; before them what should be refused and is dangerous, what is planned, the rest. */
static int rank(const struct finding *finding)
{
	if (finding->level == LEVEL_WRITE)
		return 3;
	if (finding->expected == EXPECT_GRANTED)
		return 1;
	return catalogue_at(finding->row)->watch ? 1 : 2;
}

/* A refusal proves that the key is alive and names its account: one row that should be refused goes first. */
static void put_first(struct check *check)
{
	for (size_t i = 0; i < check->question_count; i++) {
		size_t index = check->questions[i];

		if (check->findings[index].expected != EXPECT_DENIED || rank(&check->findings[index]) != 1)
			continue;
		memmove(check->questions + 1, check->questions, i * sizeof *check->questions);
		check->questions[0] = index;
		return;
	}
}

static void put_in_order(struct check *check)
{
	size_t *sorted = mem_new(check->question_count + 1, sizeof *sorted), count = 0;

	for (int wanted = 1; wanted <= 3; wanted++)
		for (size_t i = 0; i < check->question_count; i++)
			if (rank(&check->findings[check->questions[i]]) == wanted)
				sorted[count++] = check->questions[i];
	free(check->questions);
	check->questions = sorted;
	put_first(check);
}

struct check *check_new(const struct plan *plan, enum mode mode, enum check_depth depth, bool writes)
{
	struct check *check = mem_new(1, sizeof *check);
	bool *implied = mem_new(catalogue_count(), sizeof *implied);

	*check = (struct check){ .mode = mode, .depth = depth, .writes = writes, .has_plan = plan };
	check->findings = mem_new(3 * catalogue_count(), sizeof *check->findings);
	check->questions = mem_new(2 * catalogue_count(), sizeof *check->questions);
	for (size_t row = 0; plan && row < catalogue_count(); row++)
		if (plan_level(plan, row) != LEVEL_NONE)
			mark_implied(implied, row);
	for (size_t row = 0; row < catalogue_count(); row++) {
		if (is_in_scope(plan, depth, row))
			add_row(check, plan, implied, row);
		add_connect(check, plan, row);
	}
	put_in_order(check);
	if (depth == CHECK_ALIVE && check->question_count > 1)
		check->question_count = 1;
	free(implied);
	return check;
}

void check_free(struct check *check)
{
	if (!check)
		return;
	free(check->findings);
	free(check->questions);
	free(check);
}

enum check_depth check_depth(const struct check *check)
{
	return check->depth;
}

bool check_writes(const struct check *check)
{
	return check->writes;
}

bool check_has_plan(const struct check *check)
{
	return check->has_plan;
}

size_t check_count(const struct check *check)
{
	return check->count;
}

const struct finding *check_at(const struct check *check, size_t index)
{
	assert(index < check->count);
	return &check->findings[index];
}

size_t check_question_count(const struct check *check)
{
	return check->question_count;
}

const struct finding *check_question(const struct check *check, size_t question)
{
	assert(question < check->question_count);
	return &check->findings[check->questions[question]];
}

/* Settled: 403 for a missing permission (401 before October 2016), and version 2 of the interface is known to it. */
const char check_api_version[] = "2024-09-30.acacia";

int check_rate(enum mode mode)
{
	return mode == MODE_LIVE ? 40 : 20;
}

int check_seconds(const struct check *check)
{
	int rate = check_rate(check->mode);

	return ((int)check->question_count + rate - 1) / rate;
}

/* ---- what came back ---- */

/* One refusal of the key itself is the last word; else anything that only a living key hears. */
static void take_key(struct check *check, enum verdict verdict)
{
	if (verdict == VERDICT_DEAD || (verdict == VERDICT_BLOCKED && check->key != VERDICT_DEAD))
		check->key = verdict;
	else if ((verdict == VERDICT_GRANTED || verdict == VERDICT_DENIED) && check->key == VERDICT_UNKNOWN)
		check->key = VERDICT_GRANTED;
}

void check_take(struct check *check, size_t question, const struct answer *answer)
{
	struct finding *finding;

	if (question >= check->question_count)
		return;
	finding = &check->findings[check->questions[question]];
	check->answered += finding->verdict == VERDICT_NOT_ASKED;
	finding->verdict = answer->verdict;
	finding->why = answer->why;
	memcpy(finding->permission, answer->permission, sizeof finding->permission);
	memcpy(finding->request_id, answer->request_id, sizeof finding->request_id);
	take_key(check, answer->verdict);
	if (*answer->account)
		memcpy(check->account, answer->account, sizeof check->account);
	if (*answer->edit_link)
		memcpy(check->edit_link, answer->edit_link, sizeof check->edit_link);
}

size_t check_answered(const struct check *check)
{
	return check->answered;
}

enum verdict check_key(const struct check *check)
{
	return check->key;
}

const char *check_account(const struct check *check)
{
	return check->account;
}

const char *check_edit_link(const struct check *check)
{
	return check->edit_link;
}

/* ---- the comparison ---- */

enum match check_match(const struct finding *finding)
{
	bool granted = finding->verdict == VERDICT_GRANTED;

	if (finding->verdict == VERDICT_NOT_ASKED)   /* a question that was not put, or has had no answer yet */
		return finding->why == WHY_STOPPED ? MATCH_UNKNOWN : MATCH_NOT_ASKED;
	if (!granted && finding->verdict != VERDICT_DENIED)
		return MATCH_UNKNOWN;
	switch (finding->expected) {
	case EXPECT_NOTHING:
		return MATCH_OPEN;
	case EXPECT_DENIED:
		return granted ? MATCH_MORE : MATCH_AS_PLANNED;
	case EXPECT_GRANTED:
		return granted ? MATCH_AS_PLANNED : MATCH_LESS;
	case EXPECT_IMPLIED:
		return granted ? MATCH_ALSO : MATCH_AS_PLANNED;
	}
	return MATCH_UNKNOWN;
}

const struct finding *check_find(const struct check *check, size_t row, enum level level)
{
	for (size_t i = 0; i < check->count; i++)
		if (check->findings[i].row == row && check->findings[i].level == level && !check->findings[i].connect)
			return &check->findings[i];
	return NULL;
}

enum match check_match_row(const struct check *check, size_t row)
{
	const struct finding *read = check_find(check, row, LEVEL_READ), *write = check_find(check, row, LEVEL_WRITE);
	enum match of_read, of_write;

	if (!read || !write)
		return check_match(read ? read : write);
	of_read = check_match(read);
	of_write = check_match(write);
	/* That a level which nobody planned was not asked says nothing of the other. */
	if (of_write == MATCH_NOT_ASKED && write->expected != EXPECT_GRANTED)
		return of_read;
	if (of_read == MATCH_NOT_ASKED && read->expected != EXPECT_GRANTED)
		return of_write;
	if (of_read == MATCH_ALSO && of_write == MATCH_AS_PLANNED)
		return MATCH_ALSO;
	return of_read < of_write ? of_read : of_write;
}

size_t check_tally(const struct check *check, enum match match)
{
	size_t count = 0;

	for (size_t i = 0; i < check->count; i++)
		count += check_match(&check->findings[i]) == match;
	return count;
}

bool check_agrees(const struct check *check)
{
	return check->has_plan && check->key == VERDICT_GRANTED && !check_tally(check, MATCH_MORE) &&
	       !check_tally(check, MATCH_LESS) && !check_tally(check, MATCH_UNKNOWN);
}

size_t check_connect_count(const struct check *check)
{
	size_t count = 0;

	for (size_t i = 0; i < check->count; i++)
		count += check->findings[i].connect;
	return count;
}

bool check_as_planned(const struct check *check)
{
	return check_agrees(check) && !check_connect_count(check);
}

/* ---- JSON ---- */

static json_t *expectation_to_json(enum expectation expected)
{
	static const char *const slugs[] = {
		[EXPECT_DENIED] = "denied", [EXPECT_GRANTED] = "granted", [EXPECT_IMPLIED] = "implied",
	};

	return expected == EXPECT_NOTHING ? json_null() : json_string(slugs[expected]);
}

static json_t *finding_to_json(const struct finding *finding)
{
	enum verdict verdict = finding->verdict;
	json_t *json;

	/* Refusals of the key as a whole say nothing of this row; nor does a round that ended before it. */
	if (verdict == VERDICT_DEAD || verdict == VERDICT_BLOCKED || finding->why == WHY_STOPPED)
		verdict = VERDICT_UNKNOWN;
	json = json_pack("{s:s, s:s, s:b, s:o, s:s, s:s, s:s?}", "resource", catalogue_at(finding->row)->id,
			 "level", level_slug(finding->level), "connect", finding->connect,
			 "expected", expectation_to_json(finding->expected), "verdict", verdict_slug(verdict),
			 "why", why_slug(finding->why), "request_id", *finding->request_id ? finding->request_id : NULL);
	if (*finding->permission)
		json_object_set_new(json, "named", json_string(finding->permission));
	return json;
}

static void add_name(json_t *names, const struct finding *finding)
{
	char room[CATALOGUE_NAME_SIZE];

	json_array_append_new(names, json_string(catalogue_name(finding->row, finding->level, room)));
}

static json_t *names_of(const struct check *check, enum match match, bool connect)
{
	json_t *names = json_array();

	for (size_t i = 0; i < check->count; i++)
		if (check->findings[i].connect == connect && check_match(&check->findings[i]) == match)
			add_name(names, &check->findings[i]);
	return names;
}

static json_t *granted_names(const struct check *check)
{
	json_t *names = json_array();

	for (size_t i = 0; i < check->count; i++)
		if (check->findings[i].verdict == VERDICT_GRANTED)
			add_name(names, &check->findings[i]);
	return names;
}

/* What keeps "as planned" from being the whole truth, but for the connected accounts, which have a list of their own. */
static json_t *planned_not_asked(const struct check *check)
{
	json_t *names = json_array();

	for (size_t i = 0; i < check->count; i++)
		if (!check->findings[i].connect && check->findings[i].expected == EXPECT_GRANTED &&
		    check_match(&check->findings[i]) == MATCH_NOT_ASKED)
			add_name(names, &check->findings[i]);
	return names;
}

json_t *check_summary(const struct check *check)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "as_planned", check->has_plan ? json_boolean(check_as_planned(check)) : json_null(),
			 "missing", names_of(check, MATCH_LESS, false), "extra", names_of(check, MATCH_MORE, false),
			 "unknown", names_of(check, MATCH_UNKNOWN, false), "also_allowed", names_of(check, MATCH_ALSO, false),
			 "not_asked", names_of(check, MATCH_NOT_ASKED, false), "planned_not_asked", planned_not_asked(check),
			 "connect_not_asked", names_of(check, MATCH_NOT_ASKED, true), "granted", granted_names(check));
}

/* true, false, or null where nothing believable was heard. */
static json_t *alive_to_json(enum verdict key)
{
	if (key == VERDICT_GRANTED)
		return json_true();
	return key == VERDICT_DEAD ? json_false() : json_null();
}

json_t *check_to_json(const struct check *check)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < check->count; i++)
		json_array_append_new(rows, finding_to_json(&check->findings[i]));
	return json_pack("{s:o, s:o, s:b, s:o, s:o}", "alive", alive_to_json(check->key),
			 "account", *check->account ? json_string(check->account) : json_null(),
			 "blocked", check->key == VERDICT_BLOCKED, "rows", rows, "summary", check_summary(check));
}
