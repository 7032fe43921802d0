/* SPDX-License-Identifier: MIT */
/*
 * Saved progress, without secrets, in $XDG_STATE_HOME/keyguide: 0600, written
 * by rename. A file a guide, so that none takes another's place: making a key
 * has progress.json, which held whatever was unfinished in earlier versions.
 * All of it blocks for a small file. FILE is a name there.
 */
#ifndef SYS_PROGRESS_H
#define SYS_PROGRESS_H

#include <jansson.h>

#include "base/fault.h"
#include "core/plan.h"

/* The file of the guide of that slug: about the key NAME of MODE, or about a new one (NULL). The caller's. */
char *progress_file(const char *guide, const char *name, enum mode mode);
/* The file that was written last; the caller's. NULL: there is none. */
char *progress_latest(void);

/* What was saved, or NULL when there is none (FAULT_NONE) or it is broken (*FAULT; the file is set aside). The caller's. */
json_t *progress_load(const char *file, struct fault *fault);
enum fault_code progress_save(const char *file, const json_t *progress, struct fault *fault) __attribute__((warn_unused_result));
void progress_forget(const char *file);
/* Out of the way, as "….broken": nobody can go on with it. */
void progress_set_aside(const char *file);

#endif
