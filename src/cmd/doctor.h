/* SPDX-License-Identifier: MIT */
/* keyguide doctor: what keyguide finds on this computer, one line each, with what to do. */
#ifndef CMD_DOCTOR_H
#define CMD_DOCTOR_H

#include "cmd/options.h"

/* EXIT_DONE, EXIT_NO when something should be seen to, EXIT_NO_KEYRING. Blocks for as long as the keyring and the network take. */
int doctor_run(const struct options *options);

#endif
