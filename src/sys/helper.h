/* SPDX-License-Identifier: MIT */
/*
 * The near end of keyguide-helper: starts it, hands it a request (and a key,
 * as counted raw bytes), reads what it answers, kills it at the limit. Nothing
 * here blocks but starting (a fork) and handing over (a few hundred bytes).
 */
#ifndef SYS_HELPER_H
#define SYS_HELPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/secret.h"
#include "core/plan.h"
#include "core/verdict.h"

enum helper_verb {
	HELPER_TRY,      /* store, read back, compare and delete a dummy; list what is kept */
	HELPER_STORE,    /* keep the key, read back, compare */
	HELPER_ASSIGN,   /* put the account into the item's attributes */
	HELPER_ASK       /* one question to Stripe */
};

struct helper_request {
	enum helper_verb verb;
	bool unlock;                  /* TRY, STORE: may ask for the password in the keyring's own window */
	const char *name;             /* STORE, ASSIGN */
	enum mode mode;               /* STORE, ASSIGN, ASK */
	const char *account;          /* ASSIGN: "acct_…"; STORE: "" */
	const struct question *question;  /* ASK: what to ask */
	const char *api_base;         /* ASK: NULL for https://api.stripe.com; else must be loopback */
	const char *ca_file;          /* ASK: NULL for the system's */
	int limit_ms;                 /* the helper is killed then: FAULT_STALLED (keyring) or FAULT_STRIPE_SLOW; 0: no limit */
};

enum { HELPER_STORE_SIZE = 96 };

struct helper_kept {
	char *name;
	enum mode mode;
};

struct helper_reply {
	enum fault_code fault;        /* FAULT_NONE: done */
	char detail[FAULT_DETAIL_SIZE];
	char store[HELPER_STORE_SIZE];    /* 'GNOME Keyring, "Login"', clean; TRY and STORE */
	struct helper_kept *kept;         /* TRY */
	size_t kept_count;
	struct answer answer;             /* ASK */
};

struct helper;

/* Starts it. KEY is needed for STORE and ASK, else NULL; it is borrowed for the call. NULL with *FAULT when it cannot start. */
struct helper *helper_start(const struct helper_request *request, struct secret *key, struct fault *fault);

/* Becomes readable when helper_read() has something to do. */
int helper_fd(const struct helper *helper);

/* Milliseconds until the limit (0: reached), or -1 for none: for poll(). */
int helper_timeout_ms(const struct helper *helper);

/* Reads what is there; at the limit kills the helper. True: it has ended and *REPLY is filled; helper_reply_done() it. */
bool helper_read(struct helper *helper, struct helper_reply *reply);
void helper_reply_done(struct helper_reply *reply);

/* Kills it where it still runs, reaps it, gives everything back. NULL is fine. */
void helper_free(struct helper *helper);

#endif
