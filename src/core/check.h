/* SPDX-License-Identifier: MIT */
/*
 * A check of a key: which harmless questions are put to Stripe, what came of
 * each, and how that compares with the plan. Both ways: less than planned and
 * more than planned. Pure; helper/stripe asks.
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/plan.h"
#include "core/verdict.h"

enum check_depth {
	CHECK_ALIVE,        /* one question: does Stripe still take the key? */
	CHECK_QUICK,        /* the plan's rows and the most dangerous others */
	CHECK_FULL          /* every row that can be asked about */
};

enum expectation {
	EXPECT_NOTHING,     /* there is no plan */
	EXPECT_DENIED,
	EXPECT_GRANTED,
	EXPECT_IMPLIED      /* not planned, but Stripe gives it along with something that is */
};

/* How a finding, or a whole row, compares with the plan. In this order the report shows them. */
enum match {
	MATCH_MORE,         /* granted, and not planned */
	MATCH_LESS,         /* planned, and denied */
	MATCH_UNKNOWN,      /* nothing believable came back, or nothing yet */
	MATCH_NOT_ASKED,
	MATCH_AS_PLANNED,
	MATCH_ALSO,         /* granted, as what the plan implies */
	MATCH_OPEN,         /* granted or denied; there is no plan to compare it with */
	MATCH_COUNT
};

/* One level of one row. */
struct finding {
	size_t row;                     /* in the catalogue */
	bool connect;                   /* in the column for connected accounts: planned, and never asked about */
	enum level level;               /* LEVEL_READ or LEVEL_WRITE */
	enum expectation expected;
	enum verdict verdict;
	enum why why;
	char permission[SLUG_SIZE];     /* what a refusal named, or "" */
	char request_id[REQUEST_ID_SIZE];
};

struct check;

/*
 * A check that has not begun. PLAN (borrowed for the call; NULL: none, then
 * nothing is expected). WRITES: also the questions that attempt a change.
 */
struct check *check_new(const struct plan *plan, enum mode mode, enum check_depth depth, bool writes);
void check_free(struct check *check);   /* NULL is fine */

enum check_depth check_depth(const struct check *check);
bool check_writes(const struct check *check);
bool check_has_plan(const struct check *check);

/* The findings, in the Dashboard's order. Borrowed. */
size_t check_count(const struct check *check);
const struct finding *check_at(const struct check *check, size_t index);

/* The questions, in the order in which they are put: first one that the key should lack, since its refusal says most. */
size_t check_question_count(const struct check *check);
const struct finding *check_question(const struct check *check, size_t question);

/* Stripe's limits are 25 requests a second in a sandbox, 100 live (docs.stripe.com/rate-limits): at most this many are sent. */
int check_rate(enum mode mode);
/* "2024-09-30.acacia": the version of Stripe's interface that the questions are put in. */
extern const char check_api_version[];
/* How long the questions take at that rate, in whole seconds, at least 1. */
int check_seconds(const struct check *check);

/* An answer came. */
void check_take(struct check *check, size_t question, const struct answer *answer);
size_t check_answered(const struct check *check);

/* GRANTED: alive. DEAD, BLOCKED. UNKNOWN: nothing believable yet. */
enum verdict check_key(const struct check *check);
/* "acct_…" / Stripe's address for editing the key, or "". Borrowed. */
const char *check_account(const struct check *check);
const char *check_edit_link(const struct check *check);

enum match check_match(const struct finding *finding);
/* Both levels of ROW together, in the key's own account: the worst. MATCH_NOT_ASKED when only a planned level was not asked. */
enum match check_match_row(const struct check *check, size_t row);
/* How many findings are MATCH. */
size_t check_tally(const struct check *check, enum match match);
/* The finding of one level in the key's own account, or NULL when it is not part of the check. Borrowed. */
const struct finding *check_find(const struct check *check, size_t row, enum level level);

/* Alive, nothing more, nothing less, nothing unknown among what was asked. False where there is no plan. */
bool check_agrees(const struct check *check);
/* How many rows are planned for connected accounts. */
size_t check_connect_count(const struct check *check);
/* It agrees, and nothing is planned for connected accounts: a whole column that is never asked about. */
bool check_as_planned(const struct check *check);

/*
 * {"as_planned":…,"missing":[…],"extra":[…],"unknown":[…],"also_allowed":[…],"not_asked":[…],"planned_not_asked":[…],
 * "connect_not_asked":[…],"granted":[…]}: doc/keyguide.1. The caller's.
 */
json_t *check_summary(const struct check *check);
/* {"alive":…,"account":…,"rows":[…],"summary":{…}}: doc/keyguide.1. The caller's. */
json_t *check_to_json(const struct check *check);

#endif
