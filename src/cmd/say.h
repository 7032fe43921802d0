/* SPDX-License-Identifier: MIT */
/* How a command speaks: JSON on standard output, "keyguide: what happened; what to do" on standard error. */
#ifndef CMD_SAY_H
#define CMD_SAY_H

#include <jansson.h>

#include "base/fault.h"

/* Prints JSON, and nothing else. */
void say_json_take(json_t *json);

/*
 * All return STATUS, so that a function can end with them. fail(): two phrases, printed as they are.
 * fail_sentences(): two translated sentences; they begin with a small letter, where the language has it so, and WHAT
 * loses its full stop.
 */
int fail(int status, const char *what, const char *advice);
int fail_sentences(int status, const char *what, const char *advice);
int fail_with(int status, const struct fault *fault);
/* With other ADVICE than the fault's own. */
int fail_advising(int status, const struct fault *fault, const char *advice);

#endif
