/* SPDX-License-Identifier: MIT */
/* What can be done with plans and links without a key: everything here is offline and asks nobody. */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include "cmd/options.h"

/* Each returns the exit status. */
int plan_run(const struct options *options);       /* plan check|show FILE, plan from PRESET */
int explain_run(const struct options *options);    /* explain LINK */
int link_run(const struct options *options);       /* link PLAN */

#endif
