/* SPDX-License-Identifier: MIT */
/*
 * Keys in the Secret Service, by what keyrings really do: a store is read back,
 * a deletion is looked for, odd connections are tried anew. It must not know
 * what an error of libsecret's means: that is keyring_session.c.
 */
#include <string.h>

#include "helper/keyring_session.h"
#include "helper/order.h"

enum { SESSIONS_MAX = 3 };

/* A verb, within a session. */
typedef enum fault_code verb_function(struct session *, const struct order *, json_t *told, struct fault *);

struct verb {
	const char *name;
	verb_function *act;
	bool opens;       /* it opens the keyring itself, where it has to */
};

static const char self_test_name[] = "keyguide self-test";

/* Never changed after a release: other programs find keys by it. */
static const SecretSchema schema = {
	.name = "org.keyguide.RestrictedKey",
	.flags = SECRET_SCHEMA_NONE,
	.attributes = {
		{ "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ "mode", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
		{ NULL, 0 },
	},
};

/* ---- items ---- */

static GHashTable *attributes_of(const char *name, const char *mode, const char *account)
{
	return secret_attributes_build(&schema, "name", name, "mode", mode, "account", account, NULL);
}

static GList *search(struct session *session, GHashTable *attributes, GError **error)
{
	return secret_service_search_sync(session->service, &schema, attributes, SECRET_SEARCH_ALL, NULL, error);
}

/* The one that was changed last: a twin that something left behind is not the key that is meant. */
static SecretItem *newest(GList *items)
{
	SecretItem *found = NULL;

	for (GList *item = items; item; item = item->next)
		if (!found || secret_item_get_modified(item->data) > secret_item_get_modified(found))
			found = item->data;
	return found;
}

/* An open keyring may hold a closed item: KeePassXC asks for each of them. */
static enum fault_code open_item(struct session *session, SecretItem *item, struct fault *fault)
{
	return secret_item_get_locked(item) ? keyring_unlock(session, G_DBUS_PROXY(item), fault) : FAULT_NONE;
}

/* Not by the search itself, which keeps to itself why a secret could not be had. */
static enum fault_code load(struct session *session, SecretItem *item, struct fault *fault)
{
	enum fault_code code = open_item(session, item, fault);
	GError *error = NULL;

	if (code == FAULT_NONE && !secret_item_load_secret_sync(item, NULL, &error))
		code = keyring_fault_of(error, fault);
	return code;
}

static enum fault_code create(struct session *session, GHashTable *attributes, const char *label, SecretValue *value,
			      struct fault *fault)
{
	const char *collection = session->collection ?
		g_dbus_proxy_get_object_path(G_DBUS_PROXY(session->collection)) : SECRET_COLLECTION_DEFAULT;
	GError *error = NULL;

	if (secret_service_store_sync(session->service, &schema, attributes, collection, label, value, NULL, &error))
		return FAULT_NONE;
	return keyring_fault_of(error, fault);
}

static enum fault_code change(struct session *session, SecretItem *item, SecretValue *value, struct fault *fault)
{
	enum fault_code code = open_item(session, item, fault);
	GError *error = NULL;

	if (code == FAULT_NONE && !secret_item_set_secret_sync(item, value, NULL, &error))
		code = keyring_fault_of(error, fault);
	return code;
}

/*
 * An item that is there is changed: "create, and replace" makes KeePassXC (to 2.7.5) ask, even where it is told not to,
 * when another program made the item. The value lies on our own locked page: libsecret makes no copy that outlives
 * the call (measured).
 */
static enum fault_code put(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			   struct fault *fault)
{
	GError *error = NULL;
	GList *items = search(session, attributes, &error);
	SecretValue *value;
	enum fault_code code;

	if (error)
		return keyring_fault_of(error, fault);
	value = secret_value_new_full(secret_reveal(key), (gssize)secret_length(key), "text/plain", NULL);
	code = items ? change(session, newest(items), value, fault) : create(session, attributes, label, value, fault);
	secret_value_unref(value);
	g_list_free_full(items, g_object_unref);
	return code;
}

/* Compared in a time that does not depend on the bytes. */
static bool holds(SecretItem *item, struct secret *key)
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

/* "Stored" is believed only when it has been read back (KeePassXC says TRUE and keeps nothing). */
static enum fault_code read_back(struct session *session, GHashTable *attributes, struct secret *key,
				 struct fault *fault)
{
	enum fault_code code = FAULT_NOT_KEPT;
	GError *error = NULL;
	GList *items = search(session, attributes, &error);
	bool found = false;

	if (error)
		return keyring_fault_of(error, fault);
	fault_set(fault, FAULT_NOT_KEPT, 0, "%s", "");
	for (GList *item = items; item && !found; item = item->next) {
		enum fault_code loaded = load(session, item->data, fault);

		found = loaded == FAULT_NONE && holds(item->data, key);
		code = loaded == FAULT_NONE ? code : loaded;
	}
	g_list_free_full(items, g_object_unref);
	return found ? FAULT_NONE : code;
}

static enum fault_code keep(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			    struct fault *fault)
{
	enum fault_code code = put(session, attributes, label, key, fault);

	return code == FAULT_NONE ? read_back(session, attributes, key, fault) : code;
}

static void delete_all(GList *items, GError **error)
{
	for (GList *item = items; item && !(error && *error); item = item->next)
		secret_item_delete_sync(item->data, NULL, error);
}

/* ---- the verbs ---- */

static enum fault_code test_with_a_dummy(struct session *session, struct fault *fault)
{
	static const char dummy[] = "not a key: keyguide tries whether this keyring works";
	GHashTable *attributes = attributes_of(self_test_name, "test", "");
	struct secret *value = secret_new(sizeof dummy);
	enum fault_code code;
	GList *items;

	secret_append(value, dummy, sizeof dummy - 1);
	code = keep(session, attributes, self_test_name, value, fault);
	items = search(session, attributes, NULL);
	delete_all(items, NULL);
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
	GHashTable *any = g_hash_table_new(g_str_hash, g_str_equal);
	GError *error = NULL;
	GList *items = search(session, any, &error);
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

/* VERB in one session, from its opening on; it adds to TOLD what the answer is to tell. */
static enum fault_code attempt(struct session *session, const struct order *order, const struct verb *verb, json_t *told,
			       struct fault *fault)
{
	enum fault_code code = keyring_open_session(session, fault);

	if (code == FAULT_NONE && !verb->opens)
		code = keyring_open_collection(session, fault);
	if (code == FAULT_NONE)
		code = verb->act(session, order, told, fault);
	return code;
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

static enum fault_code try_session(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	enum fault_code code = test_with_a_dummy(session, fault);

	return code == FAULT_NONE ? list(session, order, told, fault) : code;
}

/* For a person's eyes: no program finds a key by it. The caller's. */
static char *label_of(const char *name, const char *mode)
{
	return g_strdup_printf("Stripe restricted key: %s (%s)", name, strcmp(mode, "live") ? "sandbox" : "live");
}

/* The attribute is changed on the item itself: storing anew under other attributes would make a twin. */
static enum fault_code set_account(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *before = attributes_of(order->name, order->mode, "");
	GHashTable *after = attributes_of(order->name, order->mode, order->account);
	GError *error = NULL;
	GList *items = search(session, before, &error), *found = NULL;

	(void)told;
	for (GList *item = items; item && !error; item = item->next)
		secret_item_set_attributes_sync(item->data, &schema, after, NULL, &error);
	if (!error)
		found = search(session, after, &error);
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

/* What the order says; what it leaves open matches anything. */
static GHashTable *wanted_by(const struct order *order)
{
	GHashTable *wanted = attributes_of(order->name, order->mode, order->account);

	if (!*order->mode)
		g_hash_table_remove(wanted, "mode");
	if (!*order->account)
		g_hash_table_remove(wanted, "account");
	return wanted;
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

static enum fault_code open_items(struct session *session, GList *items, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (GList *item = items; item && code == FAULT_NONE; item = item->next)
		code = open_item(session, item->data, fault);
	return code;
}

/* The items of the one key that is meant, open; the caller's. NULL with *CODE. */
static GList *find_key(struct session *session, GHashTable *wanted, enum fault_code *code, struct fault *fault)
{
	GError *error = NULL;
	GList *items = search(session, wanted, &error);

	if (error)
		*code = keyring_fault_of(error, fault);
	else if (!items)
		*code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	else if (have_both_modes(items))
		*code = fault_set(fault, FAULT_TWO_KEYS, 0, "%s", "");
	else
		*code = open_items(session, items, fault);
	if (*code == FAULT_NONE)
		return items;
	g_list_free_full(items, g_object_unref);
	return NULL;
}

/* How many of ITEMS hold the key, and how many do not; all of them loaded. */
static enum fault_code count_items(struct session *session, GList *items, struct secret *key, size_t *same, size_t *others,
				   struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	*same = *others = 0;
	for (GList *item = items; item && code == FAULT_NONE; item = item->next) {
		code = load(session, item->data, fault);
		++*(holds(item->data, key) ? same : others);
	}
	return code;
}

/* What is kept under the name, whatever its account: *SAME holds the key already, and nobody else's key has the name. */
static enum fault_code look_at_name(struct session *session, const struct order *order, bool *same, struct fault *fault)
{
	GHashTable *wanted = secret_attributes_build(&schema, "name", order->name, "mode", order->mode, NULL);
	enum fault_code code = FAULT_NONE;
	size_t same_count = 0, others = 0;
	GList *items = find_key(session, wanted, &code, fault);

	if (code == FAULT_NOT_FOUND)
		code = FAULT_NONE;
	else if (code == FAULT_NONE)
		code = count_items(session, items, order->key, &same_count, &others, fault);
	if (code == FAULT_NONE && others && !order->over)
		code = fault_set(fault, FAULT_NAME_TAKEN, 0, "%s", "");
	*same = same_count && !others;
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}

static enum fault_code keep_under_name(struct session *session, const struct order *order, struct fault *fault)
{
	GHashTable *attributes = attributes_of(order->name, order->mode, order->account);
	char *label = label_of(order->name, order->mode);
	enum fault_code code = keep(session, attributes, label, order->key, fault);

	g_hash_table_unref(attributes);
	g_free(label);
	return code;
}

static enum fault_code store(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	bool same;
	enum fault_code code = look_at_name(session, order, &same, fault);

	if (code == FAULT_NONE && !same)
		code = keep_under_name(session, order, fault);
	if (code == FAULT_NONE)
		json_object_set_new(told, "store", keyring_store_name(session));
	return code;
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

	if (secret_service_search_for_dbus_paths_sync(session->service, &schema, wanted, NULL, &open, &closed, NULL) &&
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
	GList *items = code == FAULT_NONE ? find_key(session, wanted, &code, fault) : NULL;
	SecretItem *item = newest(items);
	GHashTable *attributes;

	if (item)
		code = load(session, item, fault);
	if (code == FAULT_NONE && !take_secret(secret_item_get_secret(item), order->key))
		code = fault_set(fault, FAULT_REFUSED, 0, "%s", "");
	if (code == FAULT_NONE) {
		attributes = secret_item_get_attributes(item);
		tell_whose(told, g_hash_table_lookup(attributes, "mode"), g_hash_table_lookup(attributes, "account"),
			   secret_length(order->key));
		g_hash_table_unref(attributes);
	}
	g_list_free_full(items, g_object_unref);
	return code;
}

static enum fault_code fetch(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = wanted_by(order);
	enum fault_code code = fetch_at_once(session, order, wanted, told) ? FAULT_NONE :
			       fetch_with_care(session, order, wanted, told, fault);

	g_hash_table_unref(wanted);
	return code;
}

static bool is_there(struct session *session, GHashTable *attributes, GError **error)
{
	GList *items = search(session, attributes, error);
	bool found = items != NULL;

	g_list_free_full(items, g_object_unref);
	return found;
}

static bool ends_so(SecretItem *item, const char *ends)
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

/*
 * The items that are to go; the caller's. A twin that a replacement left may still be alive, and another program may
 * have put a new key there since Stripe was asked: only the key that ends as it was said.
 */
static GList *find_doomed(struct session *session, const struct order *order, GHashTable *wanted, enum fault_code *code,
			  struct fault *fault)
{
	GList *items = find_key(session, wanted, code, fault), *doomed = NULL;

	for (GList *item = items; item && *code == FAULT_NONE && *order->ends; item = item->next)
		*code = load(session, item->data, fault);
	for (GList *item = items; item && *code == FAULT_NONE; item = item->next)
		if (!*order->ends || ends_so(item->data, order->ends))
			doomed = g_list_prepend(doomed, g_object_ref(item->data));
	g_list_free_full(items, g_object_unref);
	if (*code == FAULT_NONE && !doomed)
		*code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	return doomed;
}

/* "Deleted" is believed no more than "stored" is: a person may have said no in the keyring's window. */
static enum fault_code delete(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = wanted_by(order);
	enum fault_code code;
	GList *doomed = find_doomed(session, order, wanted, &code, fault), *left = NULL;
	GError *error = NULL;

	(void)told;
	if (code == FAULT_NOT_FOUND && session->begun)
		code = FAULT_NONE;
	session->begun = session->begun || doomed;
	delete_all(doomed, &error);
	if (error)
		code = keyring_fault_of(error, fault);
	else if (doomed)
		left = find_doomed(session, order, wanted, &code, fault);
	if (left)
		code = fault_set(fault, FAULT_NOT_REMOVED, 0, "%s", "");
	else if (doomed && code == FAULT_NOT_FOUND)
		code = FAULT_NONE;
	g_list_free_full(left, g_object_unref);
	g_list_free_full(doomed, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}

/* Mode and account stay as they are. The label is not worth a fault: KWallet may keep the old one. */
static void give_name(SecretItem *item, const char *name, GError **error)
{
	GHashTable *before = secret_item_get_attributes(item);
	const char *mode = g_hash_table_lookup(before, "mode"), *account = g_hash_table_lookup(before, "account");
	GHashTable *after = attributes_of(name, mode ? mode : "", account ? account : "");
	char *label = label_of(name, mode ? mode : "");

	if (secret_item_set_attributes_sync(item, &schema, after, NULL, error))
		secret_item_set_label_sync(item, label, NULL, NULL);
	g_free(label);
	g_hash_table_unref(after);
	g_hash_table_unref(before);
}

/* ---- one key in place of another ---- */

/* The key becomes an item of its own, a twin of the one that it replaces: at no moment is there none of the name. */
static enum fault_code create_twin(struct session *session, const struct order *order, struct fault *fault)
{
	GHashTable *attributes = attributes_of(order->name, order->mode, "");
	SecretValue *value = secret_value_new_full(secret_reveal(order->key), (gssize)secret_length(order->key), "text/plain",
						   NULL);
	char *label = label_of(order->name, order->mode);
	GError *error = NULL;
	SecretItem *item = secret_item_create_sync(session->collection, &schema, attributes, label, value,
						   SECRET_ITEM_CREATE_NONE, NULL, &error);
	enum fault_code code = error ? keyring_fault_of(error, fault) : read_back(session, attributes, order->key, fault);

	g_clear_object(&item);
	g_free(label);
	secret_value_unref(value);
	g_hash_table_unref(attributes);
	return code;
}

static bool is_taken(struct session *session, const char *name, const char *mode, GError **error)
{
	GHashTable *wanted = secret_attributes_build(&schema, "name", name, "mode", mode, NULL);
	bool taken = is_there(session, wanted, error);

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

static enum fault_code set_others_aside(struct session *session, const struct order *order, GList *items, json_t *told,
					struct fault *fault)
{
	GError *error = NULL;

	for (GList *item = items; item && !error; item = item->next) {
		char *aside;

		if (holds(item->data, order->key))
			continue;
		aside = free_aside(session, order, &error);
		if (!error)
			give_name(item->data, aside, &error);
		json_object_set_new(told, "aside", json_string(aside));
		g_free(aside);
	}
	return error ? keyring_fault_of(error, fault) : FAULT_NONE;
}

/* How many old keys of the name there are: "NAME (old)", "NAME (old 2)" … */
static int count_aside(struct session *session, const struct order *order, GError **error)
{
	GHashTable *wanted = secret_attributes_build(&schema, "mode", order->mode, NULL);
	GList *items = search(session, wanted, error);
	char *start = g_strdup_printf("%s (old", order->name);
	int count = 0;

	for (GList *item = items; item; item = item->next) {
		GHashTable *attributes = secret_item_get_attributes(item->data);
		const char *name = g_hash_table_lookup(attributes, "name");

		count += name && g_str_has_prefix(name, start);
		g_hash_table_unref(attributes);
	}
	g_free(start);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return count;
}

/* Is the key that is pasted the one that is kept? Not where an earlier try got to its end: then there is one old key more. */
static enum fault_code refuse_the_same(struct session *session, const struct order *order, struct fault *fault)
{
	GError *error = NULL;
	bool done_before = session->begun || count_aside(session, order, &error) > order->before;

	if (error)
		return keyring_fault_of(error, fault);
	return done_before ? FAULT_NONE : fault_set(fault, FAULT_SAME_KEY, 0, "%s", "");
}

/*
 * Twin first, then the old key gets another name: whoever is cut short has both, and the next try does the rest. Why:
 * doc/decisions/0010-replacing-a-key.md.
 */
static enum fault_code replace(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = wanted_by(order);
	enum fault_code code;
	GList *items = find_key(session, wanted, &code, fault);
	size_t same, others;

	g_hash_table_unref(wanted);
	if (code == FAULT_NOT_FOUND) {
		code = keep_under_name(session, order, fault);
		if (code == FAULT_NONE)
			json_object_set_new(told, "store", keyring_store_name(session));
		return code;
	}
	if (code == FAULT_NONE)
		code = count_items(session, items, order->key, &same, &others, fault);
	if (code == FAULT_NONE && same && !others)
		code = refuse_the_same(session, order, fault);
	if (code == FAULT_NONE && !same)
		code = create_twin(session, order, fault);
	session->begun = session->begun || code == FAULT_NONE;
	if (code == FAULT_NONE)
		code = set_others_aside(session, order, items, told, fault);
	if (code == FAULT_NONE)
		json_object_set_new(told, "store", keyring_store_name(session));
	g_list_free_full(items, g_object_unref);
	return code;
}

/* ---- the program ---- */

static const struct verb verbs[] = {
	{ .name = "try", .act = try_session },      /* "store" and "kept", after a dummy was stored, read back and deleted */
	{ .name = "list", .act = list },            /* the same, and nothing tried */
	{ .name = "store", .act = store },
	{ .name = "replace", .act = replace },      /* "aside": the name that the old key has now */
	{ .name = "delete", .act = delete },        /* all items of the name and mode (and account, where one is said) */
	{ .name = "assign", .act = set_account },
	{ .name = "fetch", .act = fetch, .opens = true },   /* fills order->key; "mode" and "account" as they are kept */
};

const enum confine_role order_role = CONFINE_KEYRING;

json_t *order_carry_out(const struct order *order)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (!strcmp(verbs[i].name, order->verb))
			return with_keyring(order, &verbs[i]);
	return NULL;
}
