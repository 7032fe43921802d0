/* SPDX-License-Identifier: MIT */
/*
 * One HTTP answer of Stripe's → what it says of the key. Pure: status, headers
 * and body in, verdict out; nothing of a body is kept but what was parsed and
 * is known to be safe.
 * Source: public threads and projects, November 2026 (docs.stripe.com/error-codes;
 * stripe-node#2246, stripe-cli#792, trufflehog); not tried against Stripe.
 */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	VERDICT_UNKNOWN,   /* nothing believable; never rounded up */
	VERDICT_GRANTED,   /* 404 resource_missing: allowed to ask */
	VERDICT_DENIED,    /* 403 (or 401 with the permission text): alive, not allowed */
	VERDICT_DEAD,      /* 401: wrong, expired, rolled or deleted */
	VERDICT_BLOCKED    /* the key does not work from this address */
};

enum { ACCOUNT_SIZE = 64 };

struct answer {
	enum verdict verdict;
	char account[ACCOUNT_SIZE];   /* "acct_…" when a 403 named it, else "" */
};

/* Judges one answer to a question about an id that cannot exist. BODY is LENGTH bytes of anything. */
struct answer verdict_judge(long status, const char *body, size_t length);

/* True for "acct_" and 1 to 50 letters or digits, and nothing else. */
bool verdict_is_account(const char *text);

/* "granted", "denied", "dead", "blocked", "unknown". */
const char *verdict_slug(enum verdict verdict);
/* The verdict of a slug; VERDICT_UNKNOWN for one that is not known. */
enum verdict verdict_from_slug(const char *slug);

#endif
