/* SPDX-License-Identifier: MIT */
/* The kept key that a command is about. */
#ifndef CMD_KEPT_H
#define CMD_KEPT_H

#include "cmd/options.h"
#include "sys/helper.h"

enum { KEPT_LIMIT_MS = 5000 };   /* for a keyring that nobody is there to open */

/*
 * What to ask of the keyring: for NAME (HELPER_FETCH; the mode by --test and
 * --live) or for the list (HELPER_LIST, NULL). Where a person sits, the keyring
 * may ask for its password; they decide how long that takes.
 */
struct helper_request kept_request(enum helper_verb verb, const struct options *options, const char *name);

/* The exit status for a keyring's fault: a name that is not there, or is there twice, is wrong use. */
int kept_status(enum fault_code code);

#endif
