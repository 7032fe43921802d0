/* SPDX-License-Identifier: MIT */
/* The table that data/presets.py writes; for core/presets.c alone. */
#ifndef CORE_PRESETS_TABLE_H
#define CORE_PRESETS_TABLE_H

#include "core/presets.h"

extern const struct preset presets_rows[];
extern const size_t presets_row_count;

#endif
