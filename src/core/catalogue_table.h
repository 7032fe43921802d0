/* SPDX-License-Identifier: MIT */
/* The tables that data/catalogue.py writes; for core/catalogue.c alone. */
#ifndef CORE_CATALOGUE_TABLE_H
#define CORE_CATALOGUE_TABLE_H

#include "core/catalogue.h"

extern const struct resource catalogue_rows[];
extern const size_t catalogue_row_count;
extern const struct group catalogue_groups[];
extern const size_t catalogue_groups_count;

#endif
