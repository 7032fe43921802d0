/* SPDX-License-Identifier: MIT */
/*
 * The items that the keys are kept in. All of these speak with the keyring, and block, but where it is said. A list of
 * items is the caller's: g_list_free_full(items, g_object_unref).
 */
#ifndef HELPER_KEYRING_ITEMS_H
#define HELPER_KEYRING_ITEMS_H

#include "helper/keyring_session.h"
#include "helper/order.h"

/* Never changed after a release: other programs find keys by it. */
extern const SecretSchema items_schema;

/* The attributes of a key; NULL leaves one open, and then they match any. The caller's. Blocks not. */
GHashTable *items_attributes(const char *name, const char *mode, const char *account);
/* Those of ORDER, which leaves open what it says as "". The caller's. Blocks not. */
GHashTable *items_wanted(const struct order *order);
/* For a person's eyes: no program finds a key by it. The caller's. Blocks not. */
char *items_label(const char *name, const char *mode);

/* Whatever has ATTRIBUTES, also what is locked; no secret is loaded. */
GList *items_search(struct session *session, GHashTable *attributes, GError **error);
/* The items of the one key that is meant, open. FAULT_NOT_FOUND, FAULT_TWO_KEYS (of both modes), FAULT_LOCKED … with NULL. */
enum fault_code items_find_key(struct session *session, GHashTable *wanted, GList **items, struct fault *fault);
/* ITEMS, sorted: a twin that was left behind is not the key that is meant, but what was changed last. Blocks not. */
GList *items_newest_first(GList *items);

/* The item's secret, opened where it must be. Not by the search, which does not tell why a secret could not be had. */
enum fault_code item_load(struct session *session, SecretItem *item, struct fault *fault);
/*
 * Nothing is in it: its making was cut short (KWallet, where it cannot read what a new session sends). It is no key, and
 * it is not deleted either, for KWallet may give its place to the next item of the label: it is filled. Of an item that
 * is loaded, as the next two. Block not.
 */
bool item_is_empty(SecretItem *item);
/* Is KEY in it, and does what is in it end so? */
bool item_holds(SecretItem *item, struct secret *key);
bool item_ends_so(SecretItem *item, const char *ends);
/* How many of ITEMS hold the key, and how many another one; all of them are loaded by it. */
enum fault_code items_count(struct session *session, GList *items, struct secret *key, size_t *same, size_t *others,
			    struct fault *fault);

/*
 * KEY as libsecret takes it, on our own locked page: no copy outlives the call that it is given to (measured). The
 * caller's, secret_value_unref(); KEY must live as long. Blocks not.
 */
SecretValue *items_value(struct secret *key);
/* VALUE becomes what is in it. */
enum fault_code item_fill(struct session *session, SecretItem *item, SecretValue *value, struct fault *fault);
/* Over the item that has ATTRIBUTES, or as a new one, and read back. */
enum fault_code items_keep(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			   struct fault *fault);
/* The same, as the order says. */
enum fault_code items_keep_under_name(struct session *session, const struct order *order, struct fault *fault);
/* "Stored" is believed only when this finds it (KeePassXC says TRUE and keeps nothing); if not, FAULT_NOT_KEPT. */
enum fault_code items_read_back(struct session *session, GHashTable *attributes, struct secret *key, struct fault *fault);
/* Up to the first one that fails; ERROR may be NULL. Whether they are gone, only a search tells. */
void items_delete(GList *items, GError **error);

#endif
