/* SPDX-License-Identifier: MIT */
/* What a key can do, against what was planned: the page of the wizard and of "keyguide check". */
#ifndef GUIDE_REPORT_H
#define GUIDE_REPORT_H

#include "core/check.h"
#include "guide/page.h"

/* The whole result in one sentence, translated: "The key does what you planned". *TONE: how loud. Borrowed. */
const char *report_headline(const struct check *check, enum tone *tone);
/* What to do about a key that cannot be used or was not heard of, or NULL. */
const char *report_advice(const struct check *check);
/* A warning where the key is not as planned, or that is not known. False: there is nothing to say of CHECK (NULL: none was made). */
bool report_say_difference(const struct check *check, struct page *page);

/*
 * Writes title, rows (worst first) and what was not asked. GOING: more answers
 * may come. BUTTONS: the page has buttons for what it advises; else the
 * options of the command line are named.
 */
void report_page(const struct check *check, bool going, bool buttons, struct page *page);

/* Lists the changes that a check with writes attempts: "POST /v1/charges/{id}", row by row. */
void report_list_writes(const struct check *check, struct page *page);

#endif
