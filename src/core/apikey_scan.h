/* SPDX-License-Identifier: MIT */
/*
 * Reading through pasted text without copying it: what is debris, where the
 * key begins and ends. For core/apikey.c alone. The text is a secret's own
 * bytes: nothing here may keep more of it than one character.
 */
#ifndef CORE_APIKEY_SCAN_H
#define CORE_APIKEY_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/apikey.h"

/* A part of the text: BYTES[at] … BYTES[end - 1]. */
struct scan {
	const char *bytes;
	size_t at, end;
	bool gap;        /* set by scan_next() when it skipped a blank or an escape sequence; yours to clear */
	bool invisible;  /* … a character of no width */
};

enum { SCAN_END = 0x110000 };

/* The next character that may be part of a key (or spoil it); SCAN_END after the last. */
uint32_t scan_next(struct scan *scan);

/* Takes off what stands around: marks, blanks, quotes, names in front. Adds APIKEY_TIDIED_… to *TIDIED. */
void scan_trim(struct scan *scan, unsigned *tidied);

struct prefix {
	const char *text;
	enum apikey_kind kind;
	bool has_mode;
	enum mode mode;
	bool is_long;    /* so long that it never stands in a text by chance */
};

/* The prefix that SCAN begins with, blanks inside it or not, and steps over it; NULL and nothing moved when none. */
const struct prefix *scan_prefix(struct scan *scan);

/*
 * The first offset from AT at which a long prefix stands in BYTES, *PREFIX says
 * which; END when none does.
 */
size_t scan_find(const char *bytes, size_t at, size_t end, const struct prefix **prefix);

bool scan_is_alnum(uint32_t character);

#endif
