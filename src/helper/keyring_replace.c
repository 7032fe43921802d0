/* SPDX-License-Identifier: MIT */
/*
 * A twin of the new key, then another name for the old one: at no moment is there none of the name. Why so:
 * doc/decisions/0010-replacing-a-key.md. It must not know what an error of libsecret's means: that is keyring_session.c.
 */
#include "helper/keyring_replace.h"

#include <string.h>

#include "helper/keyring_items.h"

static enum fault_code create(struct session *session, GHashTable *attributes, const char *label, SecretValue *value,
			      struct fault *fault)
{
	GError *error = NULL;
	SecretItem *item = secret_item_create_sync(session->collection, &items_schema, attributes, label, value,
						   SECRET_ITEM_CREATE_NONE, NULL, &error);

	g_clear_object(&item);
	return error ? keyring_fault_of(error, fault) : FAULT_NONE;
}

/* The key gets an item of its own, beside those that it replaces: an empty one, where an earlier try left that. */
static enum fault_code keep_beside(struct session *session, const struct order *order, GHashTable *wanted,
				   GList *items, struct fault *fault)
{
	GHashTable *attributes = items_attributes(order->name, order->mode, "");
	SecretValue *value = items_value(order->key);
	char *label = items_label(order->name, order->mode);
	enum fault_code code;

	while (items && !item_is_empty(items->data))
		items = items->next;
	code = items ? item_fill(session, items->data, value, fault) : create(session, attributes, label, value, fault);
	if (code == FAULT_NONE)
		code = items_read_back(session, wanted, order->key, fault);
	g_free(label);
	secret_value_unref(value);
	g_hash_table_unref(attributes);
	return code;
}

static bool is_taken(struct session *session, const char *name, const char *mode, GError **error)
{
	GHashTable *wanted = items_attributes(name, mode, NULL);
	GList *items = items_search(session, wanted, error);
	bool taken = items != NULL;

	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return taken;
}

/* "reporting (old)", "reporting (old 2)": the first that is free. Not translated: it is a name. */
static char *free_aside(struct session *session, const struct order *order, GError **error)
{
	char *name = g_strdup_printf("%s (old)", order->name);

	for (int number = 2; is_taken(session, name, order->mode, error); number++) {
		g_free(name);
		name = g_strdup_printf("%s (old %d)", order->name, number);
	}
	return name;
}

/* Mode and account stay as they are. The label is not worth a fault: KWallet may keep the old one. */
static void give_name(SecretItem *item, const char *name, GError **error)
{
	GHashTable *before = secret_item_get_attributes(item);
	const char *mode = g_hash_table_lookup(before, "mode"), *account = g_hash_table_lookup(before, "account");
	GHashTable *after = items_attributes(name, mode ? mode : "", account ? account : "");
	char *label = items_label(name, mode ? mode : "");

	if (secret_item_set_attributes_sync(item, &items_schema, after, NULL, error))
		secret_item_set_label_sync(item, label, NULL, NULL);
	g_free(label);
	g_hash_table_unref(after);
	g_hash_table_unref(before);
}

static enum fault_code set_others_aside(struct session *session, const struct order *order, GList *items, json_t *told,
					struct fault *fault)
{
	GError *error = NULL;

	for (GList *item = items; item && !error; item = item->next) {
		char *aside;

		if (item_holds(item->data, order->key) || item_is_empty(item->data))
			continue;
		aside = free_aside(session, order, &error);
		if (!error)
			give_name(item->data, aside, &error);
		json_object_set_new(told, "aside", json_string(aside));
		g_free(aside);
	}
	return error ? keyring_fault_of(error, fault) : FAULT_NONE;
}

/* How many old keys of the name there are: "NAME (old)", "NAME (old 2)" … NEWEST: what the last one is called; the caller's. */
static int count_aside(struct session *session, const struct order *order, char **newest, GError **error)
{
	GHashTable *wanted = items_attributes(NULL, order->mode, NULL);
	GList *items = items_newest_first(items_search(session, wanted, error));
	char *start = g_strdup_printf("%s (old", order->name);
	int count = 0;

	*newest = NULL;
	for (GList *item = items; item; item = item->next) {
		GHashTable *attributes = secret_item_get_attributes(item->data);
		const char *name = g_hash_table_lookup(attributes, "name");

		if (name && g_str_has_prefix(name, start) && !count++)
			*newest = g_strdup(name);
		g_hash_table_unref(attributes);
	}
	g_free(start);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return count;
}

/*
 * Is the key that is pasted the one that is kept? Not where an earlier try got to its end, and nobody waited for its answer:
 * then there is one old key more, and that is the one.
 */
static enum fault_code refuse_the_same(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GError *error = NULL;
	char *newest;
	bool one_more = count_aside(session, order, &newest, &error) > order->before;

	if (one_more)
		json_object_set_new(told, "aside", json_string(newest));
	g_free(newest);
	if (error)
		return keyring_fault_of(error, fault);
	return one_more || session->begun ? FAULT_NONE : fault_set(fault, FAULT_SAME_KEY, 0, "%s", "");
}

/* Twin first, then the old key gets another name: whoever is cut short has both, and the next try does the rest. */
enum fault_code keyring_replace(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = items_wanted(order);
	GList *items;
	enum fault_code code = items_find_key(session, wanted, &items, fault);
	size_t same = 0, others = 0;

	if (code == FAULT_NONE)
		code = items_count(session, items, order->key, &same, &others, fault);
	if (code == FAULT_NOT_FOUND)
		code = items_keep_under_name(session, order, fault);
	else if (code == FAULT_NONE && same && !others)
		code = refuse_the_same(session, order, told, fault);
	else if (code == FAULT_NONE && !same)
		code = keep_beside(session, order, wanted, items, fault);
	session->begun = session->begun || code == FAULT_NONE;
	if (code == FAULT_NONE)
		code = set_others_aside(session, order, items, told, fault);
	if (code == FAULT_NONE)
		json_object_set_new(told, "store", keyring_store_name(session));
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}
