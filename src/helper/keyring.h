/* SPDX-License-Identifier: MIT */
/*
 * Keys in the Secret Service. Every call blocks; one that can show a window has
 * no limit and is ended by killing this process, never by cancelling (measured:
 * gnome-keyring-daemon 42.1 aborts then). See doc/decisions/0003-keyring.md.
 */
#ifndef HELPER_KEYRING_H
#define HELPER_KEYRING_H

#include <jansson.h>

#include "helper/order.h"

/* Answers, the caller's: order_answer() with "store", and for a try "kept". */
json_t *keyring_try(const struct order *order);
json_t *keyring_list(const struct order *order);   /* "store" and "kept", nothing tried */
json_t *keyring_store(const struct order *order);
json_t *keyring_assign(const struct order *order);
/* Fills order->key. With "mode" and "account" as they are kept; FAULT_TWO_KEYS where no mode was said and there are both. */
json_t *keyring_fetch(const struct order *order);
/* All items of the name and mode (and account, where one is said). FAULT_NOT_REMOVED where one is still there afterwards. */
json_t *keyring_delete(const struct order *order);
/*
 * Keeps the key under the name of another, which gets a new name: "aside", where there was one. FAULT_SAME_KEY where it is
 * the key that is kept. However this process ends, both are in the keyring.
 */
json_t *keyring_replace(const struct order *order);

#endif
