/* SPDX-License-Identifier: MIT */
/* Items, by what keyrings really do: a secret is loaded item by item, a store is read back. */
#include "helper/keyring_items.h"

#include <string.h>

const SecretSchema items_schema = {
	.name = "org.keyguide.RestrictedKey",
	.flags = SECRET_SCHEMA_NONE,
	.attributes = {
		{ "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ "mode", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ NULL, 0 },
	},
};

/* ---- which ---- */

GHashTable *items_attributes(const char *name, const char *mode, const char *account)
{
	const char *const texts[] = { name, mode, account };
	GHashTable *attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i])
			g_hash_table_insert(attributes, g_strdup(items_schema.attributes[i].name), g_strdup(texts[i]));
	return attributes;
}

GHashTable *items_wanted(const struct order *order)
{
	return items_attributes(order->name, *order->mode ? order->mode : NULL, *order->account ? order->account : NULL);
}

char *items_label(const char *name, const char *mode)
{
	return g_strdup_printf("Stripe restricted key: %s (%s)", name, strcmp(mode, "live") ? "sandbox" : "live");
}

GList *items_search(struct session *session, GHashTable *attributes, GError **error)
{
	return secret_service_search_sync(session->service, &items_schema, attributes, SECRET_SEARCH_ALL, NULL, error);
}

static int newer_first(gconstpointer one, gconstpointer other)
{
	guint64 one_at = secret_item_get_modified((SecretItem *)one), other_at = secret_item_get_modified((SecretItem *)other);

	return (one_at < other_at) - (one_at > other_at);
}

GList *items_newest_first(GList *items)
{
	return g_list_sort(items, newer_first);
}

static bool have_both_modes(GList *items)
{
	unsigned seen = 0;

	for (GList *item = items; item; item = item->next) {
		GHashTable *attributes = secret_item_get_attributes(item->data);
		const char *mode = g_hash_table_lookup(attributes, "mode");

		seen |= mode && !strcmp(mode, "live") ? 2 : 1;
		g_hash_table_unref(attributes);
	}
	return seen == 3;
}

/* ---- what is in them ---- */

/* An open keyring may hold a closed item: KeePassXC asks for each of them. */
static enum fault_code open_item(struct session *session, SecretItem *item, struct fault *fault)
{
	return secret_item_get_locked(item) ? keyring_unlock(session, G_DBUS_PROXY(item), fault) : FAULT_NONE;
}

enum fault_code item_load(struct session *session, SecretItem *item, struct fault *fault)
{
	enum fault_code code = open_item(session, item, fault);
	GError *error = NULL;

	if (code == FAULT_NONE && !secret_item_load_secret_sync(item, NULL, &error))
		code = keyring_fault_of(error, fault);
	return code;
}

/* Compared in a time that does not depend on the bytes. */
bool item_holds(SecretItem *item, struct secret *key)
{
	SecretValue *value = secret_item_get_secret(item);
	const char *bytes, *wanted = secret_reveal(key);
	unsigned char differs = 0;
	gsize length = 0;

	if (!value)
		return false;
	bytes = secret_value_get(value, &length);
	if (length == secret_length(key))
		for (gsize i = 0; i < length; i++)
			differs |= (unsigned char)(bytes[i] ^ wanted[i]);
	secret_value_unref(value);
	return length == secret_length(key) && !differs;
}

bool item_is_empty(SecretItem *item)
{
	SecretValue *value = secret_item_get_secret(item);
	gsize length = 0;

	if (!value)
		return true;
	secret_value_get(value, &length);
	secret_value_unref(value);
	return !length;
}

bool item_ends_so(SecretItem *item, const char *ends)
{
	SecretValue *value = secret_item_get_secret(item);
	size_t wanted = strlen(ends);
	const char *bytes;
	gsize length = 0;
	bool so;

	if (!value)
		return false;
	bytes = secret_value_get(value, &length);
	so = length >= wanted && !memcmp(bytes + length - wanted, ends, wanted);
	secret_value_unref(value);
	return so;
}

static enum fault_code open_items(struct session *session, GList *items, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (GList *item = items; item && code == FAULT_NONE; item = item->next)
		code = open_item(session, item->data, fault);
	return code;
}

enum fault_code items_find_key(struct session *session, GHashTable *wanted, GList **items, struct fault *fault)
{
	enum fault_code code;
	GError *error = NULL;

	*items = items_search(session, wanted, &error);
	if (error)
		code = keyring_fault_of(error, fault);
	else if (!*items)
		code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	else if (have_both_modes(*items))
		code = fault_set(fault, FAULT_TWO_KEYS, 0, "%s", "");
	else
		code = open_items(session, *items, fault);
	if (code != FAULT_NONE) {
		g_list_free_full(*items, g_object_unref);
		*items = NULL;
	}
	return code;
}

enum fault_code items_count(struct session *session, GList *items, struct secret *key, size_t *same, size_t *others,
			    struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	*same = *others = 0;
	for (GList *item = items; item && code == FAULT_NONE; item = item->next) {
		code = item_load(session, item->data, fault);
		if (!item_is_empty(item->data))
			++*(item_holds(item->data, key) ? same : others);
	}
	return code;
}

/* ---- kept, and deleted ---- */

SecretValue *items_value(struct secret *key)
{
	return secret_value_new_full(secret_reveal(key), (gssize)secret_length(key), "text/plain", NULL);
}

static enum fault_code create(struct session *session, GHashTable *attributes, const char *label, SecretValue *value,
			      struct fault *fault)
{
	const char *collection = session->collection ?
		g_dbus_proxy_get_object_path(G_DBUS_PROXY(session->collection)) : SECRET_COLLECTION_DEFAULT;
	GError *error = NULL;

	if (secret_service_store_sync(session->service, &items_schema, attributes, collection, label, value, NULL, &error))
		return FAULT_NONE;
	return keyring_fault_of(error, fault);
}

enum fault_code item_fill(struct session *session, SecretItem *item, SecretValue *value, struct fault *fault)
{
	enum fault_code code = open_item(session, item, fault);
	GError *error = NULL;

	if (code == FAULT_NONE && !secret_item_set_secret_sync(item, value, NULL, &error))
		code = keyring_fault_of(error, fault);
	return code;
}

/*
 * An item that is there is changed: "create, and replace" makes KeePassXC (to 2.7.5) ask, even where it is told not to,
 * when another program made the item.
 */
static enum fault_code put(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			   struct fault *fault)
{
	GError *error = NULL;
	GList *items = items_search(session, attributes, &error);
	SecretValue *value;
	enum fault_code code;

	if (error)
		return keyring_fault_of(error, fault);
	value = items_value(key);
	items = items_newest_first(items);
	code = items ? item_fill(session, items->data, value, fault) : create(session, attributes, label, value, fault);
	secret_value_unref(value);
	g_list_free_full(items, g_object_unref);
	return code;
}

enum fault_code items_read_back(struct session *session, GHashTable *attributes, struct secret *key, struct fault *fault)
{
	enum fault_code code = FAULT_NOT_KEPT;
	GError *error = NULL;
	GList *items = items_search(session, attributes, &error);
	bool found = false;

	if (error)
		return keyring_fault_of(error, fault);
	fault_set(fault, FAULT_NOT_KEPT, 0, "%s", "");
	for (GList *item = items; item && !found; item = item->next) {
		enum fault_code loaded = item_load(session, item->data, fault);

		found = loaded == FAULT_NONE && item_holds(item->data, key);
		code = loaded == FAULT_NONE ? code : loaded;
	}
	g_list_free_full(items, g_object_unref);
	return found ? FAULT_NONE : code;
}

enum fault_code items_keep(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			   struct fault *fault)
{
	enum fault_code code = put(session, attributes, label, key, fault);

	return code == FAULT_NONE ? items_read_back(session, attributes, key, fault) : code;
}

enum fault_code items_keep_under_name(struct session *session, const struct order *order, struct fault *fault)
{
	GHashTable *attributes = items_attributes(order->name, order->mode, order->account);
	char *label = items_label(order->name, order->mode);
	enum fault_code code = items_keep(session, attributes, label, order->key, fault);

	g_hash_table_unref(attributes);
	g_free(label);
	return code;
}

void items_delete(GList *items, GError **error)
{
	for (GList *item = items; item && !(error && *error); item = item->next)
		secret_item_delete_sync(item->data, NULL, error);
}
