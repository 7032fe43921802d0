/* SPDX-License-Identifier: MIT */
/*
 * Saved progress, without secrets: $XDG_STATE_HOME/keyguide/progress.json,
 * 0600, written by rename. And $XDG_DATA_HOME/keyguide/keys/: what is
 * remembered of each kept key (sys/records.h). Both block for a small file.
 */
#ifndef SYS_PROGRESS_H
#define SYS_PROGRESS_H

#include <jansson.h>

#include "base/fault.h"

/* The saved progress, or NULL when there is none (FAULT_NONE) or it is broken (*FAULT; the file is set aside as progress.broken). The caller's. */
json_t *progress_load(struct fault *fault);
enum fault_code progress_save(const json_t *progress, struct fault *fault) __attribute__((warn_unused_result));
void progress_forget(void);

#endif
