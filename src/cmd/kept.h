/* SPDX-License-Identifier: MIT */
/* The kept key that a command is about. */
#ifndef CMD_KEPT_H
#define CMD_KEPT_H

#include "cmd/options.h"
#include "guide/event.h"
#include "sys/helper.h"

enum { KEPT_LIMIT_MS = 5000 };   /* for a keyring that nobody is there to open */

/*
 * What to ask of the keyring: for NAME (HELPER_FETCH; the mode by --test and
 * --live) or for the list (HELPER_LIST, NULL). Where a person sits, the keyring
 * may ask for its password; they decide how long that takes.
 */
struct helper_request kept_request(enum helper_verb verb, const struct options *options, const char *name);

/*
 * What to do about a keyring's fault, for somebody at a command line; the caller's. Where a keyring could be started for
 * the command, it has the line for that.
 */
char *kept_advice(const struct options *options, enum fault_code code);

/* Says a keyring's fault. The status to end with: a name that is not there, or is there twice, is wrong use. */
int kept_fail(const struct options *options, const struct fault *fault);

/* Says that the key that was SEEN is of the other mode than the one that was meant. The status to end with. */
int kept_other_mode(enum mode seen);

/* What is kept, into *REPLY, to be given to helper_reply_done(). EXIT_DONE, else the status to end with, said why. Blocks. */
int kept_list(const struct options *options, struct helper_reply *reply);

/* What is remembered of each of them; the caller's, for kept_forget(). */
struct kept_key *kept_remembered(const struct helper_reply *reply);
void kept_forget(struct kept_key *keys, size_t count);

/* The key that the first argument names, into *KEY, for kept_forget(). EXIT_DONE, else the status to end with, said why. Blocks. */
int kept_find(const struct options *options, struct kept_key **key);

#endif
