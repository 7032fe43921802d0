/* SPDX-License-Identifier: MIT */
/*
 * What the key should be, written before it exists. Invariants: every row
 * starts at None; a row never has a level that the catalogue does not give it;
 * Write comes from plan_set() and plan_grant(); a guide calls them with it only
 * after an explicit yes.
 */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "core/catalogue.h"

enum mode { MODE_TEST, MODE_LIVE };

/* "test" / "live": for JSON and the keyring. */
const char *mode_slug(enum mode mode);

enum {
	PLAN_NAME_MAX = 80,        /* characters; ours, not Stripe's: fits a list and a keyring label */
	PLAN_NAME_BYTES = 4 * PLAN_NAME_MAX + sizeof " (old 999999)",   /* of a key's name in the keyring */
	PLAN_BY_MAX = 120, PLAN_NOTE_MAX = 400,   /* characters */
	PLAN_REVIEW_DAYS = 90, PLAN_REVIEW_DAYS_MAX = 3650
};

struct plan;

struct plan *plan_new(void);
void plan_free(struct plan *plan);
struct plan *plan_copy(const struct plan *plan);   /* the caller's */

/* What is wrong with a key name; PLAN_NAME_OK when nothing is. */
enum plan_name_verdict {
	PLAN_NAME_OK,
	PLAN_NAME_EMPTY,
	PLAN_NAME_LONG,        /* over PLAN_NAME_MAX characters */
	PLAN_NAME_BLANKS,      /* begins or ends with a blank */
	PLAN_NAME_ODD,         /* control characters or not UTF-8 */
	PLAN_NAME_IS_KEY       /* looks like a Stripe key: must never be typed here */
};
enum plan_name_verdict plan_name_check(const char *name);

const char *plan_name(const struct plan *plan);            /* never NULL; "" when not set */
void plan_set_name(struct plan *plan, const char *name);   /* any text; plan_name_check() says whether it will do */

/* True when nothing in TEXT has to be taken out before it is shown: UTF-8, no control characters. */
bool plan_text_is_clean(const char *text);

/* Who prepared it, and a word to the person who makes the key. Never NULL; "" when not set. */
const char *plan_prepared_by(const struct plan *plan);
void plan_set_prepared_by(struct plan *plan, const char *who);
const char *plan_note(const struct plan *plan);
void plan_set_note(struct plan *plan, const char *note);

/* After how many days the key is to be looked at again: 1 to PLAN_REVIEW_DAYS_MAX. */
int plan_review_days(const struct plan *plan);
void plan_set_review_days(struct plan *plan, int days);

enum mode plan_mode(const struct plan *plan);              /* MODE_TEST at first */
void plan_set_mode(struct plan *plan, enum mode mode);

enum level plan_level(const struct plan *plan, size_t row);
/* False, and nothing changed, when the row does not have LEVEL. */
bool plan_set(struct plan *plan, size_t row, enum level level);

/* The same for the column "connected accounts". */
enum level plan_connect(const struct plan *plan, size_t row);
bool plan_set_connect(struct plan *plan, size_t row, enum level level);

/*
 * Both columns of Stripe's form, cell by cell: the rows for the key's own
 * account, then the same rows for connected accounts.
 */
size_t plan_cell_count(void);
size_t plan_connect_cell(size_t row);     /* where ROW stands in the second half */
size_t plan_cell_row(size_t cell);        /* its row in the catalogue */
bool plan_cell_is_connect(size_t cell);
enum level plan_cell(const struct plan *plan, size_t cell);
bool plan_set_cell(struct plan *plan, size_t cell, enum level level);   /* as plan_set() */

/* Raises what NAME names (never lowers it); false when it names nothing that can be given. */
bool plan_grant(struct plan *plan, const struct name *name, bool connect);

/* How many rows of the grid are at LEVEL; at Read and Write those for connected accounts too. */
size_t plan_count(const struct plan *plan, enum level level);
/* How many cells (of all, in both columns) are not at None. */
size_t plan_granted(const struct plan *plan);

/* ---- as JSON (plan_json.c): data/plan.schema.json, keyguide-plan(5) ---- */

/* The caller's. Rows without a slug go by "resource:level"; what is not set is left out. */
json_t *plan_to_json(const struct plan *plan);
/* The same in everything that a file says of them. */
bool plan_equal(const struct plan *one, const struct plan *other);
/* ["rak_charge_read",…]: what is not at None, in the key's own account and in connected ones. The caller's. */
json_t *plan_names(const struct plan *plan);
json_t *plan_connect_names(const struct plan *plan);
/* What keyguide itself wrote: the plan, or NULL with *FAULT FAULT_FILE_BROKEN. The caller's. */
struct plan *plan_from_json(const json_t *json, struct fault *fault);

/* What is wrong with a plan that somebody wrote: both are whole, translated phrases without a full stop. */
struct plan_problem {
	int line;                  /* 1 …; 0: not known */
	char what[240], advice[240];
};

/* The same of a name. False where nothing is wrong: a person can type it in Stripe. Borrowed until the language changes. */
bool plan_name_is_wrong(const char *name, const char **what, const char **advice);

/* NAME gives nothing at Stripe: MISLEADING, when that is known; USE is what is meant, or NULL. Fills *PROBLEM. */
void plan_name_problem(const char *name, bool misleading, const char *use, struct plan_problem *problem);

/* Reads LENGTH bytes of anything, strictly. The plan, or NULL with *PROBLEM. The caller's. */
struct plan *plan_read(const char *text, size_t length, struct plan_problem *problem);

#endif
