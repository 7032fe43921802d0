/* SPDX-License-Identifier: MIT */
/*
 * One HTTP answer of Stripe's → what it says of the key. Pure: status and body
 * in, verdict out; nothing of a body is kept but what was parsed and is known
 * to be safe.
 * Source: public threads and projects, November 2026 (docs.stripe.com/error-codes;
 * stripe-node#2246, stripe-cli#792, trufflehog); not tried against Stripe.
 */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	VERDICT_UNKNOWN,     /* nothing believable; never rounded up */
	VERDICT_GRANTED,     /* 404 resource_missing: allowed to ask */
	VERDICT_DENIED,      /* 403 (or 401 with the permission text): alive, not allowed */
	VERDICT_DEAD,        /* 401: wrong, expired, rolled or deleted */
	VERDICT_BLOCKED,     /* the key does not work from this address */
	VERDICT_NOT_ASKED    /* there was no question, or it was not put */
};

/* Why a verdict is what it is. */
enum why {
	WHY_NONE,
	/* granted, denied */
	WHY_NO_SUCH_THING,       /* the thing was looked for: allowed */
	WHY_NO_PERMISSION,
	/* dead, blocked */
	WHY_EXPIRED,             /* expired, rolled or deleted */
	WHY_NOT_A_KEY,           /* Stripe does not know it */
	WHY_ADDRESS,
	/* unknown: an answer of Stripe's */
	WHY_BUSY,                /* 429 */
	WHY_SERVER,              /* 5xx */
	WHY_NO_SUCH_QUESTION,    /* Stripe does not know the address that was asked */
	WHY_PRODUCT_OFF,         /* the account has not switched this product on */
	WHY_SANDBOX_ONLY,        /* the question exists in sandboxes only (not asked, too) */
	WHY_EXISTS,              /* 2xx: the id that cannot exist was found; our mistake, so asking stops */
	WHY_OTHER,               /* an error that is not known here */
	/* unknown: no answer of Stripe's */
	WHY_NOT_STRIPE,          /* no error in Stripe's JSON: a portal, something cut off */
	WHY_SLOW,
	WHY_OFFLINE,
	WHY_TLS,
	/* not asked */
	WHY_NO_QUESTION,         /* there is no harmless one */
	WHY_WRITE,               /* needs an attempted change, and nobody said yes to that */
	WHY_CONNECT,             /* what connected accounts allow takes the id of one */
	WHY_STOPPED,             /* the check ended before it */
	WHY_COUNT
};

enum { ACCOUNT_SIZE = 64, SLUG_SIZE = 96, EDIT_LINK_SIZE = 200, REQUEST_ID_SIZE = 64 };

struct answer {
	enum verdict verdict;
	enum why why;
	char account[ACCOUNT_SIZE];          /* "acct_…" when a 403 named it, else "" */
	char permission[SLUG_SIZE];          /* "rak_plan_read", the first that a 403 named, or "": a hint, at times wrong */
	char edit_link[EDIT_LINK_SIZE];      /* Stripe's address for editing this key, its host checked, or "" */
	char request_id[REQUEST_ID_SIZE];    /* "req_…", or "" */
};

/* Judges one answer to a question about an id that cannot exist. BODY is LENGTH bytes of anything. request_id stays "". */
struct answer verdict_judge(long status, const char *body, size_t length);

/* Each true for its form as a whole: "acct_" and letters or digits; "rak_charge_read"; "req_…". */
bool verdict_is_account(const char *text);
bool verdict_is_slug(const char *text);
bool verdict_is_request_id(const char *text);

/* "granted", "denied", "dead", "blocked", "unknown", "not-asked". */
const char *verdict_slug(enum verdict verdict);
/* The verdict of a slug; VERDICT_UNKNOWN for one that is not known. */
enum verdict verdict_from_slug(const char *slug);

/* "rate-limited": stable, for JSON. "" for WHY_NONE. */
const char *why_slug(enum why why);
enum why why_from_slug(const char *slug);   /* WHY_OTHER for one that is not known */
/* A translated sentence; "" for WHY_NONE. Borrowed until the language changes. */
const char *why_text(enum why why);

#endif
