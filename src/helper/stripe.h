/* SPDX-License-Identifier: MIT */
/* Questions to Stripe: harmless ones, about things that cannot exist. */
#ifndef HELPER_STRIPE_H
#define HELPER_STRIPE_H

#include <jansson.h>

#include "helper/order.h"

/* One question. The answer, the caller's: order_answer() with "verdict" and "account". Blocks for up to 15 s. */
json_t *stripe_ask(const struct order *order);

#endif
