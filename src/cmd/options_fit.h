/* SPDX-License-Identifier: MIT */
/* Whether a command line can be done at all. */
#ifndef CMD_OPTIONS_FIT_H
#define CMD_OPTIONS_FIT_H

#include "cmd/options.h"

/* False: it was said what is wrong, and *STATUS is how to end. May put a name in the terminal's letters into ARGV. */
bool options_fit(struct options *options, int *status);

/*
 * Says WHAT, a format for VALUE, and where to read on. VALUE is never an argument as it came: people paste keys in the
 * wrong place. Returns false.
 */
bool options_wrong(int *status, const char *what, const char *value);

#endif
