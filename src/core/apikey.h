/* SPDX-License-Identifier: MIT */
/*
 * What kind of text is this? Looks at pasted text, takes off what pasting adds
 * (bracketed-paste marks, blanks, line breaks, quotes, NAME=), and says what
 * it is. Never keeps it: the result holds at most the last four characters.
 *
 * Source: kinds and shapes from docs.stripe.com/keys and public scanners
 * (gitleaks, trufflehog), November 2026; confidence high for the prefixes,
 * observation only for the lengths.
 */
#ifndef CORE_APIKEY_H
#define CORE_APIKEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"
#include "core/plan.h"

enum apikey_kind {
	APIKEY_EMPTY,           /* nothing, or only debris */
	APIKEY_RESTRICTED,      /* rk_test_ or rk_live_: the one we want */
	APIKEY_CLAIMABLE,       /* rkcs_test_: of a claimable sandbox (lives 7 days); accepted with a note */
	APIKEY_SECRET,          /* sk_test_/sk_live_: refused; unrestricted */
	APIKEY_PUBLISHABLE,     /* pk_ */
	APIKEY_ORGANISATION,    /* sk_org_ */
	APIKEY_WEBHOOK,         /* whsec_ */
	APIKEY_ID,              /* mk_: the id of a key, not a key */
	APIKEY_EPHEMERAL,       /* ek_ */
	APIKEY_CLI,             /* oak_: an access token of the Stripe command-line tool */
	APIKEY_MASKED,          /* rk_live_…abcd, rk_test_***: a hidden or shortened copy */
	APIKEY_TRUNCATED,       /* right beginning, body too short to be whole */
	APIKEY_TOO_LONG,        /* right beginning, far too long */
	APIKEY_TWO,             /* two different keys at once */
	APIKEY_BROKEN,          /* right beginning, but characters that no key has */
	APIKEY_LINK,            /* a web address */
	APIKEY_OTHER,           /* nothing like a key */
	APIKEY_KIND_COUNT
};

/* What was taken off; several may be set. */
enum {
	APIKEY_TIDIED_MARKS = 1,     /* bracketed-paste marks or other escape sequences */
	APIKEY_TIDIED_BLANKS = 2,    /* blanks or invisible characters around it */
	APIKEY_TIDIED_BREAKS = 4,    /* blanks, line breaks or invisible characters inside it, joined when certain */
	APIKEY_TIDIED_QUOTES = 8,    /* quotes around it, or ; , : after it */
	APIKEY_TIDIED_NAME = 16,     /* STRIPE_API_KEY= or export …= or "Bearer " */
	APIKEY_TIDIED_TWICE = 32     /* the same key pasted more than once */
};

struct apikey {
	enum apikey_kind kind;
	enum mode mode;              /* for kinds that have one */
	bool has_mode;
	unsigned tidied;             /* APIKEY_TIDIED_…; 0 when not wanted, for then nothing was touched */
	bool unusual_length;         /* wanted, but its body is outside 24 … 120 characters: warn, do not refuse */
	size_t length;               /* bytes of the key itself when wanted, else 0 */
	bool sample;                 /* it is the sample of a rehearsal; set by whoever compared it */
	char ends[5];                /* last four characters, as Stripe shows them; "" when not wanted */
};

/*
 * Looks at TEXT and, when it holds a key that is wanted, tidies it in place so
 * that afterwards it is the key and nothing else; otherwise leaves it alone.
 * A key in pieces is joined only when that is certain: the whole has a body of
 * 99, as Stripe's keys have; or of 24 or 34, as they had once, and its first
 * piece alone is too short for a key. Else APIKEY_BROKEN.
 */
struct apikey apikey_read(struct secret *text);

/*
 * A key for rehearsals: of the right form, the same for everybody, and nobody's. OUT holds APIKEY_SAMPLE_SIZE bytes.
 * Made here, so that no text of this shape stands in any file.
 */
enum { APIKEY_SAMPLE_SIZE = 72 };   /* it fits a line */
void apikey_sample(enum mode mode, char out[APIKEY_SAMPLE_SIZE]);

/* True for the kinds that the wizard keeps: restricted and claimable. */
bool apikey_is_wanted(enum apikey_kind kind);

/* "restricted", "secret" …: stable, for JSON and tests. */
const char *apikey_slug(enum apikey_kind kind);

/* What it is / what to do, translated; whole sentences for the person. Borrowed. */
const char *apikey_what(enum apikey_kind kind);
const char *apikey_advice(enum apikey_kind kind);
/* The advice where the text did not come by way of the clipboard, as far as is known. As above. */
const char *apikey_command_advice(enum apikey_kind kind);

/* True when TEXT has something in it that looks like any key of Stripe's: for fields where none belongs. */
bool apikey_is_in(const char *text);

#endif
