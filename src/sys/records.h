/* SPDX-License-Identifier: MIT */
/* What is remembered of kept keys, one small file each, in $XDG_DATA_HOME/keyguide/keys/. Losing them loses no key. */
#ifndef SYS_RECORDS_H
#define SYS_RECORDS_H

#include "core/record.h"

/* Writes (or replaces) the record of its name and mode. 0600, by rename. Blocks for a small file. Details name the file. */
enum fault_code records_save(const struct record *record, struct fault *fault) __attribute__((warn_unused_result));

/*
 * What is remembered of NAME, the sandbox key first, into RECORDS (room for two); how many there are. The caller
 * does record_done() with each. TEST, LIVE: that one only. *FAULT (NULL is fine): of one that is there, but cannot be read.
 */
size_t records_of(const char *name, bool test, bool live, struct record records[2], struct fault *fault);

/* The record of NAME and MODE; FAULT_NOT_FOUND when there is none. *RECORD is initialised by the call in any case. */
enum fault_code records_load(const char *name, enum mode mode, struct record *record, struct fault *fault)
	__attribute__((warn_unused_result));

/* Forgets NAME and MODE; where nothing is remembered it does nothing. */
void records_forget(const char *name, enum mode mode);

/* True when something is remembered of any key: then there was one. */
bool records_any(void);

#endif
