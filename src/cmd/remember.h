/* SPDX-License-Identifier: MIT */
/* What a walk leaves behind of its key on this computer: records with their dates. Losing one loses no key. */
#ifndef CMD_REMEMBER_H
#define CMD_REMEMBER_H

#include "guide/walk.h"

/*
 * The record of the walk's key, and of the one that it replaced under its new name. What was decided about the same
 * key before (made, review, end) stays. Blocks for small files, as the next does.
 */
enum fault_code remember_key(const struct walk *walk, struct fault *fault) __attribute__((warn_unused_result));

/* The key of PLAN was looked at: the date for the next time. FAULT_NOT_FOUND when nothing is remembered of it. */
enum fault_code remember_review(const struct plan *plan, struct fault *fault) __attribute__((warn_unused_result));

/* The key of PLAN is dead and kept all the same. As above. */
enum fault_code remember_dead(const struct plan *plan, struct fault *fault) __attribute__((warn_unused_result));

/* The walk's key is gone from the keyring: nothing is remembered of it, but of another one that has its name by now. */
void remember_gone(const struct walk *walk);

#endif
