/* SPDX-License-Identifier: MIT */
/* keyguide check: asks Stripe what a key can do, compares it with the plan. */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include "cmd/options.h"

/* Returns the exit status. Blocks until Stripe has answered. */
int check_run(const struct options *options);

#endif
