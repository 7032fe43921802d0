/* SPDX-License-Identifier: MIT */
/* Starts the Stripe stand-in for one test, with one key. */
#ifndef TESTS_PEER_H
#define TESTS_PEER_H

#include <sys/types.h>

struct peer {
	pid_t pid;
	char base[64];           /* "https://127.0.0.1:PORT" */
	char certificate[128];   /* for --ca-file */
};

/* FOLDER: where the certificate is made. STATE: alive, expired, blocked. PERMISSION: the one slug that KEY has, or "". */
void peer_start(struct peer *peer, const char *folder, const char *key, const char *state, const char *permission);
void peer_stop(struct peer *peer);

#endif
