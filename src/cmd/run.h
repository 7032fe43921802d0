/* SPDX-License-Identifier: MIT */
/* keyguide run, give: a program with a kept key, without a file; without a shell, but for a vault's own line. */
#ifndef CMD_RUN_H
#define CMD_RUN_H

#include "cmd/options.h"

/* Both become the program; they return the exit status where that could not be. */
int run_run(const struct options *options);    /* the key in its environment */
int give_run(const struct options *options);   /* the key on its standard input */

#endif
