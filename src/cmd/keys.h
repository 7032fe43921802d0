/* SPDX-License-Identifier: MIT */
/* keyguide keys: what is kept here. */
#ifndef CMD_KEYS_H
#define CMD_KEYS_H

#include "cmd/options.h"

/* Returns the exit status. Blocks for the keyring. */
int keys_run(const struct options *options);

#endif
