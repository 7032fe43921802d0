/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong, in one table: a code, a stable slug, what happened and
 * what to do. No other file composes an error sentence. fault_what() and
 * fault_advice() give English message ids passed through gettext.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>

enum fault_code {
	FAULT_NONE,
	/* The keyring: facts measured, see doc/decisions/0003-keyring.md */
	FAULT_NO_BUS,          /* no desktop session here */
	FAULT_OTHER_USER,      /* another user's session bus (sudo) */
	FAULT_BUS_SILENT,      /* the bus does not answer */
	FAULT_NO_SERVICE,      /* a bus, but no Secret Service on it */
	FAULT_SERVICE_FAILED,  /* the service could not start */
	FAULT_NO_COLLECTION,   /* no default keyring yet */
	FAULT_LOCKED,          /* locked, and nothing asked for the password */
	FAULT_REFUSED,         /* the person closed the keyring's window */
	FAULT_STALLED,         /* no answer within the limit, to who only looked */
	FAULT_STALLED_CHANGING,   /* the same, to who was changing something */
	FAULT_DIED,            /* the service went away in mid-call */
	FAULT_WRITE_FAILED,    /* disk full or read-only */
	FAULT_NOT_KEPT,        /* said yes, but reading back found something else */
	FAULT_NOT_REMOVED,     /* said yes, but what should be gone is still there */
	FAULT_KWALLET_PARTS,   /* KWallet without libqca-qt5-2-plugins */
	FAULT_NOT_STARTED,     /* a keyring was to be started here, and was not; detail may say why */
	FAULT_KEYRING_ODD,     /* any other error of the keyring; detail says which */
	FAULT_NOT_FOUND,       /* no such key in the keyring */
	FAULT_NOT_A_KEY,       /* what is kept under the name is none */
	FAULT_TWO_KEYS,        /* a sandbox key and a live key of this name */
	FAULT_NAME_TAKEN,      /* another key has this name in the keyring */
	FAULT_SAME_KEY,        /* what was to replace a key is that key */
	/* Stripe */
	FAULT_OFFLINE,         /* name not found, no route, connection refused */
	FAULT_TLS,             /* the certificate is not to be believed */
	FAULT_STRIPE_SLOW,     /* no answer within the limit */
	FAULT_OTHER_ADDRESS,   /* neither Stripe's nor this computer's */
	FAULT_STRIPE_ODD,      /* an answer that cannot be believed */
	/* This program */
	FAULT_HELPER,          /* the helper program is missing or ended early */
	FAULT_STOPPED,         /* the person stopped waiting: not known */
	FAULT_BROWSER,         /* no browser could be opened */
	FAULT_CLIPBOARD,       /* no clipboard program, or it failed */
	FAULT_MANAGER,         /* the password manager did not take the key */
	FAULT_FILE_READ,       /* a file could not be read */
	FAULT_FILE_WRITE,      /* a file could not be written */
	FAULT_FILE_BROKEN,     /* a file is not what it should be */
	FAULT_COUNT
};

enum { FAULT_DETAIL_SIZE = 240 };

/* Extra facts, in memory of the caller's. DETAIL is clean text, never a key, may be empty. */
struct fault {
	enum fault_code code;
	int error_number;                /* errno, or 0 */
	char detail[FAULT_DETAIL_SIZE];
};

/* Fills *FAULT (NULL is fine) and returns CODE, so that a function can end with it. */
enum fault_code fault_set(struct fault *fault, enum fault_code code, int error_number,
			  const char *detail_format, ...) __attribute__((format(printf, 4, 5)));

/* "no-bus": stable, for the helper's answers, JSON and tests. Borrowed, for ever. */
const char *fault_slug(enum fault_code code);

/* The code of a slug; FAULT_HELPER for one that is not known. */
enum fault_code fault_from_slug(const char *slug);

/*
 * Would a keyring help that keyguide starts itself? Also where there is one that asks for its password in a window only,
 * and no window can come up: WINDOWLESS.
 */
bool fault_wants_own_keyring(enum fault_code code, bool windowless);

/* What happened / what to do, translated, one sentence or two. Borrowed until the language changes. */
const char *fault_what(enum fault_code code);
const char *fault_advice(enum fault_code code);
/* The advice for somebody at a command line, where there are no buttons. As above. */
const char *fault_command_advice(enum fault_code code);

#endif
