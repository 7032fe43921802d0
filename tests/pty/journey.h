/* SPDX-License-Identifier: MIT */
/* A person at the wizard: the installed program, a real keyring, the Stripe stand-in. */
#ifndef TESTS_JOURNEY_H
#define TESTS_JOURNEY_H

#include "../peer/peer.h"
#include "../service/session.h"
#include "terminal.h"

struct journey {
	struct session session;
	struct peer peer;
	struct terminal terminal;
	char *key;               /* the one that the stand-in knows; ends in wEg1 */
};

/* A session of KIND and, where STATE is not NULL, a stand-in that knows a sandbox key in that state. */
void journey_prepare(struct journey *journey, enum session_kind kind, const char *state);

/* Starts the wizard in a window; MORE: further arguments, NULL-ended, or NULL. */
void journey_start(struct journey *journey, int columns, int rows, const char *const more[]);

/* Presses on from the first page to the step ("▸ 4" in the header), choosing Read for Balance on the way. */
void journey_go_to(struct journey *journey, int step);

void journey_end(struct journey *journey);

#endif
