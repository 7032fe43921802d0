/* SPDX-License-Identifier: MIT */
/*
 * The near end of the helpers, keyguide-keyring and keyguide-stripe: starts one, hands it a request (and a key,
 * as counted raw bytes), reads what it tells, kills it at the limit. Nothing
 * here blocks but starting (a fork) and handing over (a few hundred bytes).
 */
#ifndef SYS_HELPER_H
#define SYS_HELPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/secret.h"
#include "core/check.h"
#include "core/plan.h"
#include "core/verdict.h"

enum helper_verb {
	HELPER_TRY,      /* store, read back, compare and delete a dummy; list what is kept */
	HELPER_LIST,     /* list what is kept, and try nothing */
	HELPER_STORE,    /* keep the key, read back, compare */
	HELPER_REPLACE,  /* keep the key under the name of another, which gets another name */
	HELPER_DELETE,   /* take the key out of the keyring */
	HELPER_ASSIGN,   /* put the account into the item's attributes */
	HELPER_FETCH,    /* the kept key, into locked memory here */
	HELPER_REACH,    /* can Stripe be reached? without a key */
	HELPER_ASK       /* the questions of a check, to Stripe */
};

struct helper_request {
	enum helper_verb verb;
	bool unlock;                  /* all but ASSIGN and ASK: may ask for the password in the keyring's own window */
	const char *name;             /* all but TRY, LIST, ASK and REACH */
	enum mode mode;               /* all but TRY, LIST and REACH */
	bool either_mode;             /* FETCH, DELETE: the mode is not known */
	const char *account;          /* ASSIGN: "acct_…"; STORE: ""; FETCH, DELETE: only of this account; NULL: any */
	bool over;                    /* STORE: another key of the name and mode may be overwritten; else FAULT_NAME_TAKEN */
	int before;                   /* REPLACE: how many "NAME (old …)" there were before this replacement began */
	const char *ends;             /* DELETE: only keys that end so; NULL: any */
	const struct check *check;    /* ASK: what to ask; borrowed for the call */
	const char *api_base;         /* ASK, REACH: NULL for https://api.stripe.com; else must be loopback */
	const char *ca_file;          /* ASK, REACH: NULL for the system's */
	int limit_ms;                 /* the helper is killed then: FAULT_STALLED… (keyring) or FAULT_STRIPE_SLOW; 0: no limit */
};

enum { HELPER_STORE_SIZE = 96, HELPER_PATH_SIZE = 160, HELPER_NAME_SIZE = 400 };

struct helper_kept {
	char *name;
	enum mode mode;
	char account[ACCOUNT_SIZE];       /* or "" */
};

/* One answer to a check's question. All text is clean. */
struct helper_answer {
	size_t question;
	char method[8], path[HELPER_PATH_SIZE];   /* what was sent: "GET", "/v1/charges/ch_…" */
	int status, tries;                        /* status 0: there was no answer */
	struct answer answer;
};

/* How it ended. */
struct helper_reply {
	enum fault_code fault;        /* FAULT_NONE: done */
	char detail[FAULT_DETAIL_SIZE];
	char store[HELPER_STORE_SIZE];    /* 'GNOME Keyring, "Login"', clean; TRY, LIST, STORE and REPLACE */
	struct helper_kept *kept;         /* TRY and LIST, by name */
	size_t kept_count;
	char aside[HELPER_NAME_SIZE];     /* REPLACE: the old key's name now; "" where there was none, or an earlier try had done it */
	char kept_as[HELPER_NAME_SIZE];   /* STORE: the other name that this very key is kept by already: it was not stored; or "" */
	enum mode mode;                   /* FETCH */
	char account[ACCOUNT_SIZE];       /* FETCH; or "" */
	bool held_told;                   /* it lived to say how it was confined: else the two below say nothing */
	bool seccomp;                     /* how the helper was confined: helper/confine.h */
	int landlock;
};

struct helper;

/*
 * Starts it. KEY is needed for STORE, REPLACE and ASK, where it is borrowed for the call, and
 * for FETCH, which fills it (borrowed until the end); else NULL. NULL with *FAULT
 * when it cannot start.
 */
struct helper *helper_start(const struct helper_request *request, struct secret *key, struct fault *fault);

/* Becomes readable when helper_read() has something to do. */
int helper_fd(const struct helper *helper);

/* Milliseconds until the limit (0: reached), or -1 for none: for poll(). */
int helper_timeout_ms(const struct helper *helper);

enum helper_news { HELPER_NOTHING, HELPER_ANSWERED, HELPER_ENDED };

/*
 * What has happened: one thing a call, so call it until HELPER_NOTHING. Kills the
 * helper at the limit. ANSWERED: *ANSWER is filled (ASK). ENDED: *REPLY is;
 * helper_reply_done() it.
 */
enum helper_news helper_read(struct helper *helper, struct helper_answer *answer, struct helper_reply *reply);
void helper_reply_done(struct helper_reply *reply);

/* Waits for the end, where nothing else goes on; answers are let go. As ENDED. */
void helper_wait(struct helper *helper, struct helper_reply *reply);

/* Kills it where it still runs, reaps it, gives everything back. NULL is fine. */
void helper_free(struct helper *helper);

#endif
