/* SPDX-License-Identifier: MIT */
/*
 * Sets of permissions to begin with: by purpose, and what known tools asked
 * for on the day named. Compiled in from data/presets.json.
 * Source: the makers' own links, code and pages, November 2026; each preset
 * says where. Nobody vouches for a tool by being here.
 */
#ifndef CORE_PRESETS_H
#define CORE_PRESETS_H

#include "core/plan.h"

struct preset {
	const char *id;                      /* for the command line */
	bool tool;                           /* else a purpose: Read only */
	const char *title;                   /* N_() of a purpose; the name of a tool */
	const char *about;                   /* N_() */
	const char *as_of, *source;          /* of a tool; NULL of a purpose */
	const char *const *permissions;      /* slugs, NULL-ended */
};

/* Purposes first, then tools by title. Borrowed, for ever. */
size_t preset_count(void);
const struct preset *preset_at(size_t index);
/* NULL: none has this id. */
const struct preset *preset_find(const char *id);
/* Translated, where it is a purpose. */
const char *preset_title(const struct preset *preset);

/* What the preset asks for, as a plan without a name. The caller's. */
struct plan *preset_plan(const struct preset *preset);

#endif
