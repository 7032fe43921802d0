/* SPDX-License-Identifier: MIT */
/*
 * What the key should be, written before it exists. Invariants: every row
 * starts at None; a row never has a level that the catalogue does not give it;
 * Write is set by plan_set() alone, which the caller calls only after an
 * explicit yes; applying a preset never sets or removes Write.
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

enum { PLAN_NAME_MAX = 80 };   /* characters; ours, not Stripe's: fits a list and a keyring label */

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

enum mode plan_mode(const struct plan *plan);              /* MODE_TEST at first */
void plan_set_mode(struct plan *plan, enum mode mode);

enum level plan_level(const struct plan *plan, size_t row);
/* False, and nothing changed, when the row does not have LEVEL. */
bool plan_set(struct plan *plan, size_t row, enum level level);

/* How many rows of the grid are at LEVEL. */
size_t plan_count(const struct plan *plan, enum level level);
/* How many rows (of all) are not at None. */
size_t plan_granted(const struct plan *plan);

/* A set of Read permissions for a purpose (presets.c). */
struct preset {
	const char *id;
	const char *title;               /* N_() */
	const char *about;               /* N_() */
	const char *const *reads;        /* resource ids, NULL-ended */
};
size_t preset_count(void);
const struct preset *preset_at(size_t index);
/* Sets Read for each row of the preset that is at None. Rows at Read or Write stay. Returns the rows changed. */
size_t plan_apply_preset(struct plan *plan, const struct preset *preset);

/* {"version":1,"name":…,"mode":…,"permissions":["rak_…"]}; rows without a slug go by "resource:level". The caller's. */
json_t *plan_to_json(const struct plan *plan);
/* The plan, or NULL with *FAULT FAULT_FILE_BROKEN (unknown permission, wrong type). The caller's. */
struct plan *plan_from_json(const json_t *json, struct fault *fault);

#endif
