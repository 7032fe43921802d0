/* SPDX-License-Identifier: MIT */
/* Questions to Stripe: harmless ones, about things that cannot exist. */
#ifndef HELPER_STRIPE_H
#define HELPER_STRIPE_H

#include <jansson.h>

#include "helper/order.h"

/*
 * Puts order->questions, and tells each answer as it comes, in a line:
 * {"question":0,"method":…,"path":…,"status":404,"tries":1,"verdict":…,"why":…,"account":…,"permission":…,
 * "edit_link":…,"request_id":…}. Returns how it ended: a fault only where nobody answered at all. Blocks for up to 40 s.
 */
json_t *stripe_ask(const struct order *order);

/* Can it be reached? One request without a key, which Stripe refuses: that is an answer. Blocks for up to 10 s. */
json_t *stripe_reach(const struct order *order);

#endif
