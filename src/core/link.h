/* SPDX-License-Identifier: MIT */
/*
 * Dashboard addresses, both ways: link.c makes them, link_read.c reads them. The
 * host is fixed.
 * Source: docs.stripe.com/keys and published links, November 2026; that the
 * pre-filled form works is disputed (low to medium confidence), so nothing may
 * depend on it.
 */
#ifndef CORE_LINK_H
#define CORE_LINK_H

#include <stdbool.h>

#include "core/plan.h"

/* "https://dashboard.stripe.com/test/apikeys" or ".../apikeys". Borrowed, for ever. */
const char *link_keys_page(enum mode mode);

/* The same without "https://", to be typed by hand. */
const char *link_keys_page_short(enum mode mode);

/* May it stand in a link (prefill A, B or C)? Else a person sets it by hand. True at None: there is nothing to set. */
bool link_can_carry(size_t row, enum level level);

/*
 * The create form, filled in: name and every permission that may go into a
 * link (prefill A, B or C). *LEFT_OUT (may be NULL) gets how many granted rows
 * could not go in and must be set by hand. The caller's.
 */
char *link_create(const struct plan *plan, size_t *left_out);

/* True for "https://dashboard.stripe.com/" and what may follow in an address: no blanks, quotes or control characters. */
bool link_is_dashboard(const char *address);

/* What a link asks for. */
struct link {
	struct plan *plan;         /* owned: name, mode, permissions; the mode is live but for "/test/" */
	struct link_name *odd;     /* names that give nothing, each once */
	size_t odd_count;
};

/* A name of a permission that gives nothing. */
struct link_name {
	char *name;                /* clean text */
	bool misleading;           /* it is known that Stripe gives nothing for it; else the name is not known at all */
	const char *use;           /* the name that is meant, or NULL; borrowed, for ever */
};

enum link_verdict {
	LINK_OK,
	LINK_NONE,                 /* not a link at all */
	LINK_NOT_SECURE,           /* http:// */
	LINK_OTHER_HOST,
	LINK_OTHER_PAGE,           /* Stripe's Dashboard, but not its form for a new key */
	LINK_TOO_LONG,
	LINK_ODD                   /* bad escapes, control characters, a key where none belongs */
};

/* True when TEXT is meant as a link rather than as a file's name. */
bool link_looks_like(const char *text);

/*
 * Reads a link to Stripe's form for a new key, as tools publish them: name,
 * permissions[] or permissions[0], connectPermissions, names for whole groups,
 * /test/, the form behind /login?redirect=.
 * *LINK is initialised in any case, and empty when the verdict is not LINK_OK.
 * Source: public links, November 2026 (confidence medium).
 */
enum link_verdict link_read(const char *text, struct link *link) __attribute__((warn_unused_result));
void link_init(struct link *link);
void link_done(struct link *link);

/* What is wrong with it, translated, without a full stop; "" for LINK_OK. */
const char *link_what(enum link_verdict verdict);

#endif
