/* SPDX-License-Identifier: MIT */
/* The table that data/vaults.py writes; for core/vaults.c alone. */
#ifndef CORE_VAULTS_TABLE_H
#define CORE_VAULTS_TABLE_H

#include "core/vaults.h"

extern const struct vault vaults_rows[];
extern const size_t vaults_row_count;

#endif
