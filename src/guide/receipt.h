/* SPDX-License-Identifier: MIT */
/* The paper at the end: what was granted, where the key is kept, how to take it back. Never the key. */
#ifndef GUIDE_RECEIPT_H
#define GUIDE_RECEIPT_H

#include "core/record.h"
#include "guide/page.h"

/* Writes the receipt of the COUNT records of one name: the sandbox key, the live key, or both. */
void receipt_page(const struct record *records, size_t count, struct page *page);

/* What the last check found, in the reader's words: "as planned". */
const char *receipt_result(const struct record *record);

/* {"name":…,"prepared_by":…,"keys":[{"mode":…,"ends":…,…}]}. The caller's. */
json_t *receipt_to_json(const struct record *records, size_t count);

#endif
