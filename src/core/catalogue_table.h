/* SPDX-License-Identifier: MIT */
/* The tables that data/catalogue.py writes; for core/catalogue.c alone. */
#ifndef CORE_CATALOGUE_TABLE_H
#define CORE_CATALOGUE_TABLE_H

#include "core/catalogue.h"

extern const struct resource catalogue_rows[];
extern const size_t catalogue_row_count;
extern const struct group catalogue_groups[];
extern const size_t catalogue_groups_count;

/* Names that are seen but are no row's; ended by a NULL slug. */
struct other_name {
	const char *slug;
	const char *use;       /* the row's name that is meant, or NULL */
};
extern const struct other_name catalogue_other_names[];

/* Names for a whole group; ended by a NULL slug. */
struct group_name {
	const char *slug;
	size_t group;
	enum level level;
};
extern const struct group_name catalogue_group_names[];

#endif
