/* SPDX-License-Identifier: MIT */
/*
 * Password managers and vaults that a team may run already, and how
 * "keyguide give" hands a key to each. Compiled in from data/vaults.json.
 * Source: the makers' own pages, November 2026; each entry there says how sure it is.
 */
#ifndef CORE_VAULTS_H
#define CORE_VAULTS_H

#include <stddef.h>

#include "core/plan.h"

struct vault {
	const char *id;          /* behind "--to" */
	const char *title;       /* a name, never translated */
	const char *program;     /* it is of use where this is installed */
	const char *wants;       /* an example of what only the person knows, such as a file; or NULL */
	const char *line;        /* for sh -c: the key is on standard input, $1 is the entry, $2 what it wants */
};

size_t vault_count(void);
const struct vault *vault_at(size_t index);   /* borrowed, for ever */
const struct vault *vault_find(const char *id);   /* or NULL */

/* What the key NAME of MODE is called in every vault. The caller's. */
char *vault_entry(const char *name, enum mode mode);

/* The line that hands over the key NAME of MODE, to be typed or pasted into a shell: the name in it is quoted. The caller's. */
char *vault_line(const struct vault *vault, const char *name, enum mode mode);

#endif
