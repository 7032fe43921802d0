/* SPDX-License-Identifier: MIT */
/* keyguide receipt: what was granted, where the key is kept, how to take it back. */
#ifndef CMD_RECEIPT_H
#define CMD_RECEIPT_H

#include "cmd/options.h"

/* Returns the exit status. */
int receipt_run(const struct options *options);

#endif
