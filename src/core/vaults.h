/* SPDX-License-Identifier: MIT */
/*
 * Password managers and vaults that a team may run already, and the line that
 * hands a key to each by "keyguide give". Compiled in from data/vaults.json.
 * Source: the makers' own pages, November 2026; each entry there says how sure it is.
 */
#ifndef CORE_VAULTS_H
#define CORE_VAULTS_H

#include <stddef.h>

#include "core/plan.h"

struct vault {
	const char *id;
	const char *title;       /* a name, never translated */
	const char *program;     /* it is of use where this is installed */
	const char *line;        /* what stands behind "--", with {name} and {entry} */
};

size_t vault_count(void);
const struct vault *vault_at(size_t index);   /* borrowed, for ever */

/* The whole line for the key NAME of MODE, to be pasted into a shell: the names in it are quoted. The caller's. */
char *vault_line(const struct vault *vault, const char *name, enum mode mode);

#endif
