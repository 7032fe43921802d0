/* SPDX-License-Identifier: MIT */
/* How a command speaks: JSON on standard output, "keyguide: what happened; what to do" on standard error. */
#ifndef CMD_SAY_H
#define CMD_SAY_H

#include <jansson.h>

#include "base/fault.h"

/* Prints JSON, and nothing else. */
void say_json_take(json_t *json);

/* Both return STATUS, so that a function can end with them. WHAT loses its full stop. */
int fail(int status, const char *what, const char *advice);
int fail_with(int status, const struct fault *fault);

#endif
