/* SPDX-License-Identifier: MIT */
/* What is remembered of kept keys, one small file each, in $XDG_DATA_HOME/keyguide/keys/. Losing them loses no key. */
#ifndef SYS_RECORDS_H
#define SYS_RECORDS_H

#include "core/record.h"

/* Writes (or replaces) the record of its name and mode. 0600, by rename. Blocks for a small file. */
enum fault_code records_save(const struct record *record, struct fault *fault) __attribute__((warn_unused_result));

/* The record of NAME and MODE; FAULT_NOT_FOUND when there is none. *RECORD is initialised by the call in any case. */
enum fault_code records_load(const char *name, enum mode mode, struct record *record, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
