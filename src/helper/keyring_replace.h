/* SPDX-License-Identifier: MIT */
/* One key in place of another. */
#ifndef HELPER_KEYRING_REPLACE_H
#define HELPER_KEYRING_REPLACE_H

#include "helper/keyring_session.h"
#include "helper/order.h"

/*
 * order->key becomes the key of the name, and the key that was it gets a name of its own: TOLD says which ("aside").
 * Done twice, it does nothing; cut short, it is ended by the next call. FAULT_SAME_KEY: it is the key that is kept.
 */
enum fault_code keyring_replace(struct session *session, const struct order *order, json_t *told, struct fault *fault);

#endif
