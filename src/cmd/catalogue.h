/* SPDX-License-Identifier: MIT */
/* What the catalogue knows, for people and programs: offline, no key needed. */
#ifndef CMD_CATALOGUE_H
#define CMD_CATALOGUE_H

#include "cmd/options.h"

/* Each returns the exit status. */
int resources_run(const struct options *options);   /* all permissions */
int needs_run(const struct options *options);       /* the least ones for API calls */

#endif
