/* SPDX-License-Identifier: MIT */
/*
 * Dashboard addresses. The host is fixed. Build only, for now.
 * Source: docs.stripe.com/keys and published links, November 2026; that the
 * pre-filled form works is disputed (low to medium confidence), so nothing may
 * depend on it.
 */
#ifndef CORE_LINK_H
#define CORE_LINK_H

#include "core/plan.h"

/* "https://dashboard.stripe.com/test/apikeys" or ".../apikeys". Borrowed, for ever. */
const char *link_keys_page(enum mode mode);

/* The same without "https://", to be typed by hand. */
const char *link_keys_page_short(enum mode mode);

/*
 * The create form, filled in: name and every permission that may go into a
 * link (prefill A, B or C). *LEFT_OUT (may be NULL) gets how many granted rows
 * could not go in and must be set by hand. The caller's.
 */
char *link_create(const struct plan *plan, size_t *left_out);

#endif
