/* SPDX-License-Identifier: MIT */
/*
 * The rehearsal (--demo): every effect as if it had worked, made from the plan.
 * Nothing leaves the computer, nothing is kept, no keyring or network is needed.
 */
#ifndef CMD_DEMO_H
#define CMD_DEMO_H

#include "cmd/wizard.h"

/* Carries EFFECT out in play. False: it is one that a rehearsal does for real. */
bool demo_begin(struct wizard *wizard, const struct effect *effect);

/* Goes on with what is under way. True: the page may have changed. */
bool demo_work(struct wizard *wizard);

/* Milliseconds until demo_work() has something to do; -1: nothing is under way. */
int demo_timeout_ms(const struct wizard *wizard);

/* True when KEY is the sample that a rehearsal offers. */
bool demo_is_sample(struct secret *key, enum mode mode);

#endif
