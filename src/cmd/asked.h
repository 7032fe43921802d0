/* SPDX-License-Identifier: MIT */
/* What a key should be, as somebody sent it: a plan file or a Dashboard link. */
#ifndef CMD_ASKED_H
#define CMD_ASKED_H

#include "core/link.h"

struct asked {
	struct plan *plan;         /* owned; NULL before it is read */
	struct link_name *odd;     /* of a link: names that give nothing */
	size_t odd_count;
	bool is_link;
};

/*
 * Reads FILE_OR_LINK ("-": standard input, to its end). False: *STATUS is set (1: it is there, but is no plan; 2: it cannot
 * be read, or is no link to Stripe's form), it said why on standard error, *ASKED has no plan.
 */
bool asked_read(struct asked *asked, const char *file_or_link, int *status);
/* The same, but what is wrong with a plan's file goes into *PROBLEM, unsaid. */
bool asked_look(struct asked *asked, const char *file_or_link, struct plan_problem *problem, int *status);
/* "keyguide: plan.json:7: what happened; what to do": a problem of what was read from FILE_OR_LINK. The status for that. */
int asked_fail(const char *file_or_link, const struct plan_problem *problem);
/* On standard error, what of a link gives nothing, where it is used all the same. */
void asked_say_odd(const struct asked *asked);
void asked_done(struct asked *asked);

#endif
