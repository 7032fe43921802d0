/* SPDX-License-Identifier: MIT */
/*
 * What is done with keys in the Secret Service: one function a verb, and the
 * table of verbs. A deletion is looked for, odd connections are tried anew. It
 * must not know what an error of libsecret's means: that is keyring_session.c.
 */
#include <string.h>

#include "helper/keyring_items.h"
#include "helper/keyring_replace.h"

enum { SESSIONS_MAX = 3 };

/* A verb, within a session. */
typedef enum fault_code verb_function(struct session *, const struct order *, json_t *told, struct fault *);

struct verb {
	const char *name;
	verb_function *act;
	bool opens;       /* it opens the keyring itself, where it has to */
};

static const char self_test_name[] = "keyguide self-test";

/* ---- what is there ---- */

static enum fault_code test_with_a_dummy(struct session *session, struct fault *fault)
{
	static const char dummy[] = "not a key: keyguide tries whether this keyring works";
	GHashTable *attributes = items_attributes(self_test_name, "test", "");
	struct secret *value = secret_new(sizeof dummy);
	enum fault_code code;
	GList *items;

	secret_append(value, dummy, sizeof dummy - 1);
	code = items_keep(session, attributes, self_test_name, value, fault);
	items = items_search(session, attributes, NULL);
	items_delete(items, NULL);
	g_list_free_full(items, g_object_unref);
	secret_free(value);
	g_hash_table_unref(attributes);
	return code;
}

/* Two items of one name and mode are one key here: a replacement that was cut short leaves twins. */
static bool is_listed(const json_t *kept, const char *name, const char *mode)
{
	const json_t *item;
	size_t i;

	json_array_foreach(kept, i, item) {
		if (!strcmp(json_string_value(json_object_get(item, "name")), name) &&
		    !strcmp(json_string_value(json_object_get(item, "mode")), mode))
			return true;
	}
	return false;
}

static void add_kept(json_t *kept, SecretItem *item)
{
	GHashTable *attributes = secret_item_get_attributes(item);
	const char *name = g_hash_table_lookup(attributes, "name");
	const char *mode = g_hash_table_lookup(attributes, "mode");
	const char *account = g_hash_table_lookup(attributes, "account");

	if (name && mode && strcmp(name, self_test_name) && !is_listed(kept, name, mode))
		json_array_append_new(kept, json_pack("{s:s, s:s, s:s}", "name", name, "mode", mode, "account",
						      account ? account : ""));
	g_hash_table_unref(attributes);
}

/* Names, modes and accounts of what is kept; no secret is loaded. */
static enum fault_code list(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *any = items_attributes(NULL, NULL, NULL);
	GError *error = NULL;
	GList *items = items_search(session, any, &error);
	json_t *kept = json_array();

	(void)order;
	for (GList *item = items; item; item = item->next)
		add_kept(kept, item->data);
	json_object_set_new(told, "store", keyring_store_name(session));
	json_object_set_new(told, "kept", kept);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(any);
	return error ? keyring_fault_of(error, fault) : FAULT_NONE;
}

static enum fault_code try_session(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	enum fault_code code = test_with_a_dummy(session, fault);

	return code == FAULT_NONE ? list(session, order, told, fault) : code;
}

/* ---- kept and fetched ---- */

/* What is kept under the name, whatever its account: *SAME holds the key already, and nobody else's key has the name. */
static enum fault_code look_at_name(struct session *session, const struct order *order, bool *same, struct fault *fault)
{
	GHashTable *wanted = items_attributes(order->name, order->mode, NULL);
	size_t same_count = 0, others = 0;
	GList *items;
	enum fault_code code = items_find_key(session, wanted, &items, fault);

	if (code == FAULT_NOT_FOUND)
		code = FAULT_NONE;
	else if (code == FAULT_NONE)
		code = items_count(session, items, order->key, &same_count, &others, fault);
	if (code == FAULT_NONE && others && !order->over)
		code = fault_set(fault, FAULT_NAME_TAKEN, 0, "%s", "");
	*same = same_count && !others;
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}

/* ITEM is a key of another name, and this very one. What is locked is not opened for that: KeePassXC would ask about each. */
static bool is_twin(struct session *session, const struct order *order, SecretItem *item, const char *name)
{
	struct fault unheard;

	return name && strcmp(name, order->name) && strcmp(name, self_test_name) && !secret_item_get_locked(item) &&
	       item_load(session, item, &unheard) == FAULT_NONE && item_holds(item, order->key);
}

/* The other name that this very key is kept by already, of the same mode; the caller's. NULL: none that is known of. */
static char *find_twin(struct session *session, const struct order *order)
{
	GHashTable *wanted = items_attributes(NULL, order->mode, NULL);
	GList *items = items_search(session, wanted, NULL);
	char *twin = NULL;

	for (GList *item = items; item && !twin; item = item->next) {
		GHashTable *attributes = secret_item_get_attributes(item->data);
		const char *name = g_hash_table_lookup(attributes, "name");

		if (is_twin(session, order, item->data, name))
			twin = g_strdup(name);
		g_hash_table_unref(attributes);
	}
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return twin;
}

/* A key that is kept by another name already is not stored once more. */
static enum fault_code store(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	bool same;
	enum fault_code code = look_at_name(session, order, &same, fault);
	bool may_have_twin = !same && !order->over && (code == FAULT_NONE || code == FAULT_NAME_TAKEN);
	char *twin = may_have_twin ? find_twin(session, order) : NULL;

	if (twin) {
		json_object_set_new(told, "kept_as", json_string(twin));
		code = FAULT_NONE;
	} else if (code == FAULT_NONE && !same) {
		code = items_keep_under_name(session, order, fault);
	}
	g_free(twin);
	if (code == FAULT_NONE)
		json_object_set_new(told, "store", keyring_store_name(session));
	return code;
}

/* The attribute is changed on the item itself: storing anew under other attributes would make a twin. */
static enum fault_code set_account(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *before = items_attributes(order->name, order->mode, "");
	GHashTable *after = items_attributes(order->name, order->mode, order->account);
	GError *error = NULL;
	GList *items = items_search(session, before, &error), *found = NULL;

	(void)told;
	for (GList *item = items; item && !error; item = item->next)
		secret_item_set_attributes_sync(item->data, &items_schema, after, NULL, &error);
	if (!error)
		found = items_search(session, after, &error);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(before);
	g_hash_table_unref(after);
	if (error)
		return keyring_fault_of(error, fault);
	if (!found)
		return fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	g_list_free_full(found, g_object_unref);
	return FAULT_NONE;
}

static void tell_whose(json_t *told, const char *mode, const char *account, size_t length)
{
	json_object_set_new(told, "mode", json_string(mode ? mode : ""));
	json_object_set_new(told, "account", json_string(account ? account : ""));
	json_object_set_new(told, "length", json_integer((json_int_t)length));
}

/* The path of the item that is WANTED, where it is the only one, and open; the caller's. */
static char *find_open(struct session *session, GHashTable *wanted)
{
	char **open = NULL, **closed = NULL, *path = NULL;

	if (secret_service_search_for_dbus_paths_sync(session->service, &items_schema, wanted, NULL, &open, &closed, NULL) &&
	    g_strv_length(open) == 1 && !*closed)
		path = g_strdup(*open);
	g_strfreev(open);
	g_strfreev(closed);
	return path;
}

/* The attributes of the item at PATH; the caller's. NULL where they cannot be had. */
static GVariant *attributes_at(struct session *session, const char *path)
{
	GDBusProxy *service = G_DBUS_PROXY(session->service);
	GVariant *attributes = NULL, *answer = g_dbus_connection_call_sync(g_dbus_proxy_get_connection(service),
		g_dbus_proxy_get_name(service), path, "org.freedesktop.DBus.Properties", "Get",
		g_variant_new("(ss)", "org.freedesktop.Secret.Item", "Attributes"), G_VARIANT_TYPE("(v)"),
		G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);

	if (answer) {
		g_variant_get(answer, "(v)", &attributes);
		g_variant_unref(answer);
	}
	return attributes;
}

/* Copies from libsecret's pages to ours, and gives VALUE back. */
static bool take_secret(SecretValue *value, struct secret *key)
{
	const char *bytes;
	gsize length = 0;
	bool taken;

	if (!value)
		return false;
	bytes = secret_value_get(value, &length);
	taken = length && secret_append(key, bytes, length);
	secret_value_unref(value);
	return taken;
}

/*
 * A program may wait for it at every start. So where it is as simple as it mostly is, the keyring itself is not asked
 * after, and libsecret makes no object of the item, which is ten messages on the bus. Where anything is not as it
 * should be this is false, and fetch() finds out what.
 */
static bool fetch_at_once(struct session *session, const struct order *order, GHashTable *wanted, json_t *told)
{
	const char *mode = NULL, *account = NULL;
	char *path = find_open(session, wanted);
	GVariant *attributes = path ? attributes_at(session, path) : NULL;
	bool taken = attributes && take_secret(secret_service_get_secret_for_dbus_path_sync(session->service, path, NULL, NULL),
					       order->key);

	if (taken) {
		g_variant_lookup(attributes, "mode", "&s", &mode);
		g_variant_lookup(attributes, "account", "&s", &account);
		tell_whose(told, mode, account, secret_length(order->key));
	}
	g_clear_pointer(&attributes, g_variant_unref);
	g_free(path);
	return taken;
}

static enum fault_code fetch_with_care(struct session *session, const struct order *order, GHashTable *wanted,
				       json_t *told, struct fault *fault)
{
	enum fault_code code = keyring_open_collection(session, fault);
	GList *items = NULL;
	SecretItem *taken = NULL;
	GHashTable *attributes;

	if (code == FAULT_NONE)
		code = items_find_key(session, wanted, &items, fault);
	items = items_newest_first(items);
	for (GList *item = items; item && code == FAULT_NONE && !taken; item = item->next) {
		code = item_load(session, item->data, fault);
		if (!item_is_empty(item->data))
			taken = item->data;
	}
	if (code == FAULT_NONE && !taken)
		code = fault_set(fault, FAULT_REFUSED, 0, "%s", "");
	if (code == FAULT_NONE && !take_secret(secret_item_get_secret(taken), order->key))
		code = fault_set(fault, FAULT_NOT_A_KEY, 0, "%s", "");   /* longer than any */
	if (code == FAULT_NONE) {
		attributes = secret_item_get_attributes(taken);
		tell_whose(told, g_hash_table_lookup(attributes, "mode"), g_hash_table_lookup(attributes, "account"),
			   secret_length(order->key));
		g_hash_table_unref(attributes);
	}
	g_list_free_full(items, g_object_unref);
	return code;
}

static enum fault_code fetch(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = items_wanted(order);
	enum fault_code code = fetch_at_once(session, order, wanted, told) ? FAULT_NONE :
			       fetch_with_care(session, order, wanted, told, fault);

	g_hash_table_unref(wanted);
	return code;
}

/* ---- deleted ---- */

/*
 * The items that are to go; the caller's. A twin that a replacement left may still be alive, and another program may
 * have put a new key there since Stripe was asked: only the key that ends as it was said.
 */
static enum fault_code find_doomed(struct session *session, const struct order *order, GHashTable *wanted, GList **doomed,
				   struct fault *fault)
{
	GList *items;
	enum fault_code code = items_find_key(session, wanted, &items, fault);

	*doomed = NULL;
	for (GList *item = items; item && code == FAULT_NONE && *order->ends; item = item->next)
		code = item_load(session, item->data, fault);
	for (GList *item = items; item && code == FAULT_NONE; item = item->next)
		if (!*order->ends || item_ends_so(item->data, order->ends))
			*doomed = g_list_prepend(*doomed, g_object_ref(item->data));
	g_list_free_full(items, g_object_unref);
	if (code == FAULT_NONE && !*doomed)
		code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	return code;
}

/* "Deleted" is believed no more than "stored" is: a person may have said no in the keyring's window. */
static enum fault_code delete(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = items_wanted(order);
	GList *doomed, *left = NULL;
	enum fault_code code = find_doomed(session, order, wanted, &doomed, fault);
	GError *error = NULL;

	(void)told;
	if (code == FAULT_NOT_FOUND && session->begun)
		code = FAULT_NONE;
	session->begun = session->begun || doomed;
	items_delete(doomed, &error);
	if (error)
		code = keyring_fault_of(error, fault);
	else if (doomed)
		code = find_doomed(session, order, wanted, &left, fault);
	if (left)
		code = fault_set(fault, FAULT_NOT_REMOVED, 0, "%s", "");
	else if (doomed && code == FAULT_NOT_FOUND)
		code = FAULT_NONE;
	g_list_free_full(left, g_object_unref);
	g_list_free_full(doomed, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}

/* ---- the program ---- */

static const struct verb verbs[] = {
	{ .name = "try", .act = try_session },      /* "store" and "kept", after a dummy was stored, read back and deleted */
	{ .name = "list", .act = list },            /* the same, and nothing tried */
	{ .name = "store", .act = store },          /* "kept_as": the other name that the key is kept by already */
	{ .name = "replace", .act = keyring_replace },      /* "aside": the name that the old key has now */
	{ .name = "delete", .act = delete },        /* all items of the name and mode (and account, where one is said) */
	{ .name = "assign", .act = set_account },
	{ .name = "fetch", .act = fetch, .opens = true },   /* fills order->key; "mode" and "account" as they are kept */
};

/* VERB in one session, from its opening on; it adds to TOLD what the answer is to tell. */
static enum fault_code attempt(struct session *session, const struct order *order, const struct verb *verb, json_t *told,
			       struct fault *fault)
{
	enum fault_code code = keyring_open_session(session, fault);

	if (code == FAULT_NONE && !verb->opens)
		code = keyring_open_collection(session, fault);
	return code == FAULT_NONE ? verb->act(session, order, told, fault) : code;
}

/*
 * The answer, the caller's. kwalletd's connections fail about one time in a hundred, and it may show at any call:
 * hence the whole act anew, in a new session.
 */
static json_t *with_keyring(const struct order *order, const struct verb *verb)
{
	static struct session session;   /* closed by the end of this program, which nobody waits for, and not by five messages */
	struct fault fault = { .detail = "" };
	enum fault_code code = keyring_open_bus(&fault);
	json_t *told = json_object(), *answer;

	session.may_ask = order->unlock;
	if (code == FAULT_NONE)
		code = attempt(&session, order, verb, told, &fault);
	for (int tries = 1; tries < SESSIONS_MAX && code == FAULT_KEYRING_ODD; tries++) {
		keyring_close_session(&session);
		code = attempt(&session, order, verb, told, &fault);
	}
	answer = order_answer(code, &fault);
	if (code == FAULT_NONE)
		json_object_update(answer, told);
	json_decref(told);
	return answer;
}

const enum confine_role order_role = CONFINE_KEYRING;

json_t *order_carry_out(const struct order *order)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (!strcmp(verbs[i].name, order->verb))
			return with_keyring(order, &verbs[i]);
	return NULL;
}
