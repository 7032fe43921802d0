/* SPDX-License-Identifier: MIT */
/*
 * What is remembered of a kept key: everything but the key. Plain data and its
 * JSON; sys/records keeps the files.
 */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include <jansson.h>

#include "base/fault.h"
#include "core/check.h"
#include "core/plan.h"

enum { RECORD_TIME_SIZE = 24, RECORD_STORE_SIZE = 96 };

enum record_match { RECORD_NOT_COMPARED, RECORD_AS_PLANNED, RECORD_NOT_AS_PLANNED };

struct record {
	struct plan *plan;                    /* name, mode, what was wanted; owned */
	char ends[5];
	char account[ACCOUNT_SIZE];           /* or "" */
	char store[RECORD_STORE_SIZE];        /* "GNOME Keyring, “Login”": clean text */
	char created[RECORD_TIME_SIZE];       /* UTC, "2026-11-23T10:00:00Z" */
	char checked[RECORD_TIME_SIZE];       /* or "" */
	enum verdict found;                   /* the key itself, when it was checked last: granted (alive), dead, blocked, unknown */
	enum record_match match;              /* that check against the plan */
	char review[RECORD_TIME_SIZE];        /* "2027-02-21"; "": never, it is dead */
	char until[RECORD_TIME_SIZE];         /* a key that was replaced: UTC, when it ends in Stripe; or "" */
	bool gone;                            /* the keyring was asked just now, and does not have it; not remembered */
	json_t *summary;                      /* of that check: check_summary(); owned; NULL: it was not checked */
};

/* An empty record with a plan of its own. */
void record_init(struct record *record);
void record_done(struct record *record);
/* A record of one's own with the same content, or an empty one where FROM is (also one that is done with); initialises *TO. */
void record_copy(struct record *to, const struct record *from);

/*
 * {"version":1,"plan":{…},"ends":…,"account":…,"store":…,"created":…,"checked":…,"found":"granted",
 * "as_planned":true|false|null,"review":…,"until":…,"summary":{…}}; "until" may be missing.
 * record_from_json() initialises *RECORD in any case; it is empty after FAULT_FILE_BROKEN.
 */
json_t *record_to_json(const struct record *record);    /* the caller's */
enum fault_code record_from_json(const json_t *json, struct record *record, struct fault *fault)
	__attribute__((warn_unused_result));

/* true, false, or null where nothing was compared. The caller's. */
json_t *record_match_to_json(enum record_match match);

/* What a check found: account, found, match. The time is the caller's to fill. */
void record_take_check(struct record *record, const struct check *check);

/* It is dead and kept all the same: nothing is left to compare, and no day to look at it again. Time: as above. */
void record_take_death(struct record *record);

/* Both give "" for a time before 1970 or after 9999. Fills "…Z" for SECONDS since 1970 / the date DAYS later, "2027-02-21". */
void record_time(char out[RECORD_TIME_SIZE], long long seconds);
void record_date(char out[RECORD_TIME_SIZE], long long seconds, int days);

/* The time HOURS after TIME ("2026-11-23T10:00:00Z"); "" where TIME is none. */
void record_later(char out[RECORD_TIME_SIZE], const char *time, int hours);

/* Has TEXT the form of a time, or is it ""? */
bool record_is_time(const char *text);

/* Days from one date or time to another ("2026-11-23…"), by their dates; less than 0: backwards. False: one is none. */
bool record_days(const char *from, const char *to, int *days);

#endif
