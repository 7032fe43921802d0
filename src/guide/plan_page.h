/* SPDX-License-Identifier: MIT */
/* A plan in plain words: for the wizard, "keyguide plan show" and "keyguide explain". */
#ifndef GUIDE_PLAN_PAGE_H
#define GUIDE_PLAN_PAGE_H

#include "core/link.h"
#include "guide/page.h"

/* "4 Read · 1 Write": how many rows of all, those for connected accounts with them. The page's. */
const char *plan_page_summary(const struct plan *plan, struct page *page);

/* Stripe's label of a row, with its group where another row has the same: "Tokens (Issuing)". The page's, or static. */
const char *plan_page_label(size_t row, struct page *page);

/* "Payouts, connected accounts". The page's. */
const char *plan_page_connect_label(size_t row, struct page *page);

/* Name, who prepared it, each row with what it means, Write as warnings. */
void plan_page_rows(const struct plan *plan, struct page *page);

/* When the key is to be looked at again. */
void plan_page_review(const struct plan *plan, struct page *page);

/* How many rows a link to Stripe's form leaves out, if any. */
void plan_page_left_out(size_t left_out, struct page *page);

/* Names of a link that give nothing, and what to use instead. */
void plan_page_odd(const struct link_name *odd, size_t count, struct page *page);

#endif
