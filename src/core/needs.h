/* SPDX-License-Identifier: MIT */
/*
 * Calls of Stripe's interface → the least permissions for them. Offline, from
 * the catalogue; never guessed.
 */
#ifndef CORE_NEEDS_H
#define CORE_NEEDS_H

#include "core/plan.h"

enum need_verdict {
	NEED_FOUND,
	NEED_UNKNOWN,      /* a call, but not one that the catalogue lists */
	NEED_ODD           /* no call at all */
};

struct need {
	enum need_verdict verdict;
	size_t row;
	enum level level;
};

/*
 * "GET /v1/charges/{id}": the method in any case, the path alone or behind
 * https://api.stripe.com or https://files.stripe.com, ids as :id, {id}, <id> or
 * real ones. A word such as "search" in an id's place is no id. Where several
 * rows list a call the least is meant: Read before Write, then a row that was
 * seen on the form, then the Dashboard's order.
 */
struct need needs_resolve(const char *call);

/* Raises NEED's row to its level. */
void needs_add(struct plan *plan, const struct need *need);

#endif
