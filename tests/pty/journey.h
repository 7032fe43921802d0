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
	const char *const *under;   /* the program that runs the wizard, with its arguments, NULL-ended; NULL: none */
	char *key;               /* the one that the stand-in knows; ends in wEg1 */
};

/* A session of KIND and, where STATE is not NULL, a stand-in that knows a sandbox key in that state. */
void journey_prepare(struct journey *journey, enum session_kind kind, const char *state);

/* The same with a stand-in of one's own; SETUP's key is made here. */
void journey_prepare_with(struct journey *journey, enum session_kind kind, struct peer_setup setup);

/* Starts the wizard in a window; MORE: a command and further arguments, NULL-ended, or NULL. */
void journey_start(struct journey *journey, int columns, int rows, const char *const more[]);

/* Presses on from the first page to the step ("▸ 4" in the header), choosing Read for Balance on the way. */
void journey_go_to(struct journey *journey, int step);

/* At step 6: pastes the key, waits until it is kept and Stripe has answered. */
void journey_paste(struct journey *journey);

/* From the page after the sandbox key to step 6 of the live one, which gets the same permissions. */
void journey_live_round(struct journey *journey);

void journey_end(struct journey *journey);

#endif
