/* SPDX-License-Identifier: MIT */
/* Small private files in the XDG folders: read whole, written by rename, 0600 in folders of 0700. */
#ifndef SYS_FILES_H
#define SYS_FILES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/fault.h"

enum files_place { FILES_STATE, FILES_DATA };   /* $XDG_STATE_HOME/keyguide, $XDG_DATA_HOME/keyguide */

/* The path of NAME there ("keys/x.json"); the caller's. NULL when neither XDG_… nor HOME is set. */
char *files_path(enum files_place place, const char *name);

/*
 * "PREFIX-KEY.json", with KEY in a form that leaves no folder; where that is too long for a file, its beginning and a
 * hash: two keys may come to the same name then. The caller's.
 */
char *files_name(const char *prefix, const char *key);

/* JSON of at most 1 MiB. FAULT_NOT_FOUND, FAULT_FILE_READ, FAULT_FILE_BROKEN (detail: line and what). */
enum fault_code files_read(const char *path, json_t **json, struct fault *fault) __attribute__((warn_unused_result));
/*
 * The bytes of a file that somebody named, at most 1 MiB; the caller's, with a zero byte behind them. NULL with *FAULT.
 * WAITS: also of a pipe, which blocks until its other end is closed, and "-" is standard input.
 */
char *files_read_text(const char *path, bool waits, size_t *length, struct fault *fault);
enum fault_code files_write(const char *path, const json_t *json, struct fault *fault) __attribute__((warn_unused_result));

#endif
