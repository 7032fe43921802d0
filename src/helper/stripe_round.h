/* SPDX-License-Identifier: MIT */
/*
 * A round of questions to Stripe about things that cannot exist: no parameters,
 * no body, GET (POST only where a person said yes to it). One HTTP/2 connection,
 * several at a time, paced below Stripe's limits, each answer told as it comes.
 */
#ifndef HELPER_STRIPE_ROUND_H
#define HELPER_STRIPE_ROUND_H

#include "helper/order.h"

/*
 * Puts order->questions to BASE, and tells each answer as it comes, in a line:
 * {"question":0,"method":…,"path":…,"status":404,"tries":1,"verdict":…,"why":…,"account":…,"permission":…,
 * "edit_link":…,"request_id":…}. A fault only where nobody answered at all. Blocks for up to 40 s.
 */
enum fault_code round_ask(const struct order *order, const char *base);

#endif
