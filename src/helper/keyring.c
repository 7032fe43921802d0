/* SPDX-License-Identifier: MIT */
/*
 * Keys in the Secret Service, by what keyrings really do: a store is read back,
 * locked is told from absent, odd connections are tried anew. Errors and their
 * meanings: measured, see doc/decisions/0003-keyring.md.
 */
#include "helper/keyring.h"

#include <libsecret/secret.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SESSIONS_MAX = 3, BUS_LIMIT_S = 2 };

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

struct session {
	SecretService *service;
	SecretCollection *collection;   /* NULL: there is none yet, and a store may make one */
};

/* ---- what an error means ---- */

static bool is_error(const GError *error, GQuark domain, int code)
{
	return g_error_matches(error, domain, code);
}

static enum fault_code meaning(const GError *error)
{
	if (is_error(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
		return FAULT_REFUSED;
	if (is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
	    is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
		return FAULT_NO_SERVICE;
	if (is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) ||
	    is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED))
		return FAULT_SERVICE_FAILED;
	if (is_error(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
	    is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
		return FAULT_STALLED;
	if (is_error(error, G_IO_ERROR, G_IO_ERROR_CLOSED))
		return FAULT_DIED;
	if (is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED))
		return FAULT_WRITE_FAILED;
	if (is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
	    is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
		return FAULT_NO_COLLECTION;
	if (error && strstr(error->message, "libqca"))
		return FAULT_KWALLET_PARTS;
	return FAULT_KEYRING_ODD;
}

/* Takes ERROR. A detail is only of use where the meaning is not known. */
static enum fault_code fault_of(GError *error, struct fault *fault)
{
	enum fault_code code = error ? meaning(error) : FAULT_KEYRING_ODD;

	fault_set(fault, code, 0, "%s", error && code == FAULT_KEYRING_ODD ? error->message : "");
	g_clear_error(&error);
	return code;
}

/* kwalletd fails about one connection in a hundred in these ways; a new session cures it. */
static bool worth_a_new_session(const GError *error)
{
	return is_error(error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR) ||
	       is_error(error, SECRET_ERROR, SECRET_ERROR_PROTOCOL) ||
	       (is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS) && !strstr(error->message, "libqca"));
}

/* ---- a session ---- */

/* GLib must not be asked without an address: it would start a bus of its own and leave it behind. */
static bool has_bus_address(void)
{
	const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS"), *folder = g_getenv("XDG_RUNTIME_DIR");
	struct stat status;
	char *path;
	bool found;

	if (address && *address)
		return true;
	if (!folder || !*folder)
		return false;
	path = g_build_filename(folder, "bus", NULL);
	found = !stat(path, &status) && S_ISSOCK(status.st_mode);
	g_free(path);
	return found;
}

/* A socket that takes the call and never answers blocks GLib for ever. */
static void bus_is_silent(int number)
{
	static const char answer[] = "{\"fault\":\"bus-silent\",\"detail\":\"\"}";

	(void)number;
	if (write(STDOUT_FILENO, answer, sizeof answer - 1) < 0)
		_exit(1);
	_exit(0);
}

static enum fault_code open_bus(struct fault *fault)
{
	GError *error = NULL;
	GDBusConnection *bus;
	bool other_user;

	if (!has_bus_address())
		return fault_set(fault, FAULT_NO_BUS, 0, "%s", "");
	signal(SIGALRM, bus_is_silent);
	alarm(BUS_LIMIT_S);
	bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
	alarm(0);
	if (bus) {
		/* libsecret takes the same connection. A lost bus must not end this process by a signal. */
		g_dbus_connection_set_exit_on_close(bus, FALSE);
		return FAULT_NONE;
	}
	other_user = is_error(error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
		     is_error(error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
	g_clear_error(&error);
	return fault_set(fault, other_user ? FAULT_OTHER_USER : FAULT_NO_BUS, 0, "%s", "");
}

/* 0 unlocked, without an error, is a window that was closed or could not be shown. No cancelling: see keyring.h. */
static enum fault_code unlock(struct session *session, struct fault *fault)
{
	GList *collections = g_list_append(NULL, session->collection);
	GError *error = NULL;
	int unlocked = secret_service_unlock_sync(session->service, collections, NULL, NULL, &error);

	g_list_free(collections);
	if (error)
		return fault_of(error, fault);
	return unlocked > 0 ? FAULT_NONE : fault_set(fault, FAULT_REFUSED, 0, "%s", "");
}

static enum fault_code open_collection(struct session *session, bool may_ask, struct fault *fault)
{
	GError *error = NULL;

	session->collection = secret_collection_for_alias_sync(session->service, SECRET_COLLECTION_DEFAULT,
							       SECRET_COLLECTION_NONE, NULL, &error);
	if (error)
		return fault_of(error, fault);
	if (!session->collection)
		return may_ask ? FAULT_NONE : fault_set(fault, FAULT_NO_COLLECTION, 0, "%s", "");
	if (!secret_collection_get_locked(session->collection))
		return FAULT_NONE;
	return may_ask ? unlock(session, fault) : fault_set(fault, FAULT_LOCKED, 0, "%s", "");
}

static void close_session(struct session *session)
{
	g_clear_object(&session->collection);
	g_clear_object(&session->service);
	secret_service_disconnect();
}

static enum fault_code open_session(struct session *session, bool may_ask, struct fault *fault)
{
	GError *error = NULL;

	for (int tries = 0; tries < SESSIONS_MAX; tries++) {
		g_clear_error(&error);
		session->service = secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, NULL, &error);
		if (session->service || !worth_a_new_session(error))
			break;
		close_session(session);
	}
	if (!session->service)
		return fault_of(error, fault);
	g_clear_error(&error);
	return open_collection(session, may_ask, fault);
}

/* ---- who keeps it ---- */

static const char *name_of_program(const char *program)
{
	if (g_str_has_prefix(program, "gnome-keyring"))
		return "GNOME Keyring";
	if (g_str_has_prefix(program, "kwallet") || g_str_has_prefix(program, "ksecretd"))
		return "KWallet";
	return g_str_has_prefix(program, "keepassxc") ? "KeePassXC" : "Secret Service";
}

/* The program that owns the service's name on the bus. */
static const char *provider(const struct session *session)
{
	GDBusProxy *proxy = G_DBUS_PROXY(session->service);
	char *owner = g_dbus_proxy_get_name_owner(proxy), *path, *program = NULL;
	const char *name = "Secret Service";
	GVariant *answer;
	guint32 pid;

	if (!owner)
		return name;
	answer = g_dbus_connection_call_sync(g_dbus_proxy_get_connection(proxy), "org.freedesktop.DBus",
		"/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
		g_variant_new("(s)", owner), G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, 1000, NULL, NULL);
	g_free(owner);
	if (!answer)
		return name;
	g_variant_get(answer, "(u)", &pid);
	g_variant_unref(answer);
	path = g_strdup_printf("/proc/%u/comm", pid);
	if (g_file_get_contents(path, &program, NULL, NULL))
		name = name_of_program(program);
	g_free(program);
	g_free(path);
	return name;
}

/* GNOME Keyring, "Login" */
static json_t *store_name(const struct session *session)
{
	char *label = session->collection ? secret_collection_get_label(session->collection) : NULL;
	json_t *name = label && *label ? json_sprintf("%s, \"%s\"", provider(session), label) :
					 json_string(provider(session));

	g_free(label);
	return name ? name : json_string("");
}

/* ---- items ---- */

static GHashTable *attributes_of(const char *name, const char *mode, const char *account)
{
	return secret_attributes_build(&schema, "name", name, "mode", mode, "account", account, NULL);
}

/* The value lies on our own locked page: libsecret makes no copy that outlives the call (measured). */
static enum fault_code put(struct session *session, GHashTable *attributes, const char *label, struct secret *key,
			   struct fault *fault)
{
	const char *collection = session->collection ?
		g_dbus_proxy_get_object_path(G_DBUS_PROXY(session->collection)) : SECRET_COLLECTION_DEFAULT;
	SecretValue *value = secret_value_new_full(secret_reveal(key), (gssize)secret_length(key), "text/plain", NULL);
	GError *error = NULL;
	bool stored = secret_service_store_sync(session->service, &schema, attributes, collection, label, value, NULL,
						&error);

	secret_value_unref(value);
	return stored ? FAULT_NONE : fault_of(error, fault);
}

static GList *search(struct session *session, GHashTable *attributes, bool load, GError **error)
{
	SecretSearchFlags flags = SECRET_SEARCH_ALL | (load ? SECRET_SEARCH_LOAD_SECRETS : 0);

	return secret_service_search_sync(session->service, &schema, attributes, flags, NULL, error);
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
	GError *error = NULL;
	GList *items = search(session, attributes, true, &error);
	bool found = false;

	for (GList *item = items; item; item = item->next)
		found = found || holds(item->data, key);
	g_list_free_full(items, g_object_unref);
	if (error)
		return fault_of(error, fault);
	return found ? FAULT_NONE : fault_set(fault, FAULT_NOT_KEPT, 0, "%s", "");
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
	items = search(session, attributes, false, NULL);
	delete_all(items, NULL);
	g_list_free_full(items, g_object_unref);
	secret_free(value);
	g_hash_table_unref(attributes);
	return code;
}

/* Names, modes and accounts of what is kept; no secret is loaded. */
static json_t *list_kept(struct session *session)
{
	GHashTable *none = g_hash_table_new(g_str_hash, g_str_equal);
	GList *items = search(session, none, false, NULL);
	json_t *kept = json_array();

	for (GList *item = items; item; item = item->next) {
		GHashTable *attributes = secret_item_get_attributes(item->data);
		const char *name = g_hash_table_lookup(attributes, "name");
		const char *mode = g_hash_table_lookup(attributes, "mode");
		const char *account = g_hash_table_lookup(attributes, "account");

		if (name && mode && strcmp(name, self_test_name))
			json_array_append_new(kept, json_pack("{s:s, s:s, s:s}", "name", name, "mode", mode, "account",
							      account ? account : ""));
		g_hash_table_unref(attributes);
	}
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(none);
	return kept;
}

/* ACT within a session; it adds to TOLD what the answer is to tell. The answer, the caller's. */
static json_t *with_keyring(const struct order *order,
			    enum fault_code (*act)(struct session *, const struct order *, json_t *told, struct fault *))
{
	struct session session = { 0 };
	struct fault fault = { .detail = "" };
	enum fault_code code = open_bus(&fault);
	json_t *told = json_object(), *answer;

	if (code == FAULT_NONE)
		code = open_session(&session, order->unlock, &fault);
	if (code == FAULT_NONE)
		code = act(&session, order, told, &fault);
	answer = order_answer(code, &fault);
	if (code == FAULT_NONE)
		json_object_update(answer, told);
	json_decref(told);
	close_session(&session);
	return answer;
}

static enum fault_code try_session(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	enum fault_code code = test_with_a_dummy(session, fault);

	(void)order;
	if (code == FAULT_NONE) {
		json_object_set_new(told, "store", store_name(session));
		json_object_set_new(told, "kept", list_kept(session));
	}
	return code;
}

json_t *keyring_try(const struct order *order)
{
	return with_keyring(order, try_session);
}

static enum fault_code list(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	(void)order, (void)fault;
	json_object_set_new(told, "store", store_name(session));
	json_object_set_new(told, "kept", list_kept(session));
	return FAULT_NONE;
}

json_t *keyring_list(const struct order *order)
{
	return with_keyring(order, list);
}

/* For a person's eyes: no program finds a key by it. The caller's. */
static char *label_of(const char *name, const char *mode)
{
	return g_strdup_printf("Stripe restricted key: %s (%s)", name, strcmp(mode, "live") ? "sandbox" : "live");
}

static enum fault_code store(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *attributes = attributes_of(order->name, order->mode, order->account);
	char *label = label_of(order->name, order->mode);
	enum fault_code code = keep(session, attributes, label, order->key, fault);

	g_hash_table_unref(attributes);
	g_free(label);
	if (code == FAULT_NONE)
		json_object_set_new(told, "store", store_name(session));
	return code;
}

json_t *keyring_store(const struct order *order)
{
	return with_keyring(order, store);
}

/* The attribute is changed on the item itself: storing anew under other attributes would make a twin. */
static enum fault_code set_account(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *before = attributes_of(order->name, order->mode, "");
	GHashTable *after = attributes_of(order->name, order->mode, order->account);
	GError *error = NULL;
	GList *items = search(session, before, false, &error), *found = NULL;

	(void)told;
	for (GList *item = items; item && !error; item = item->next)
		secret_item_set_attributes_sync(item->data, &schema, after, NULL, &error);
	if (!error)
		found = search(session, after, false, &error);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(before);
	g_hash_table_unref(after);
	if (error)
		return fault_of(error, fault);
	if (!found)
		return fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	g_list_free_full(found, g_object_unref);
	return FAULT_NONE;
}

json_t *keyring_assign(const struct order *order)
{
	return with_keyring(order, set_account);
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

/* The one that was changed last: a twin that something left behind is not the key that is meant. */
static SecretItem *newest(GList *items)
{
	SecretItem *found = NULL;

	for (GList *item = items; item; item = item->next)
		if (!found || secret_item_get_modified(item->data) > secret_item_get_modified(found))
			found = item->data;
	return found;
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

/* Copies from libsecret's pages to ours. */
static bool take_secret(SecretItem *item, struct secret *key)
{
	SecretValue *value = secret_item_get_secret(item);
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

static enum fault_code fetch(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = wanted_by(order);
	GError *error = NULL;
	GList *items = search(session, wanted, true, &error);
	SecretItem *item = newest(items);
	enum fault_code code = FAULT_NONE;

	g_hash_table_unref(wanted);
	if (error)
		code = fault_of(error, fault);
	else if (!item)
		code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	else if (have_both_modes(items))
		code = fault_set(fault, FAULT_TWO_KEYS, 0, "%s", "");
	else if (!take_secret(item, order->key))
		code = fault_set(fault, FAULT_REFUSED, 0, "%s", "");
	if (code == FAULT_NONE) {
		GHashTable *attributes = secret_item_get_attributes(item);
		const char *mode = g_hash_table_lookup(attributes, "mode");
		const char *account = g_hash_table_lookup(attributes, "account");

		json_object_set_new(told, "mode", json_string(mode ? mode : ""));
		json_object_set_new(told, "account", json_string(account ? account : ""));
		json_object_set_new(told, "length", json_integer((json_int_t)secret_length(order->key)));
		g_hash_table_unref(attributes);
	}
	g_list_free_full(items, g_object_unref);
	return code;
}

json_t *keyring_fetch(const struct order *order)
{
	return with_keyring(order, fetch);
}

static bool is_there(struct session *session, GHashTable *attributes, GError **error)
{
	GList *items = search(session, attributes, false, error);
	bool found = items != NULL;

	g_list_free_full(items, g_object_unref);
	return found;
}

/* The items of the one key that is meant, the caller's; NULL with *CODE. */
static GList *find_key(struct session *session, GHashTable *wanted, enum fault_code *code, struct fault *fault)
{
	GError *error = NULL;
	GList *items = search(session, wanted, false, &error);

	*code = FAULT_NONE;
	if (error)
		*code = fault_of(error, fault);
	else if (!items)
		*code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	else if (have_both_modes(items))
		*code = fault_set(fault, FAULT_TWO_KEYS, 0, "%s", "");
	if (*code == FAULT_NONE)
		return items;
	g_list_free_full(items, g_object_unref);
	return NULL;
}

/* "Deleted" is believed no more than "stored" is: a person may have said no in the keyring's window. */
static enum fault_code delete(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	GHashTable *wanted = wanted_by(order);
	enum fault_code code;
	GList *items = find_key(session, wanted, &code, fault);
	GError *error = NULL;
	bool left = false;

	(void)told;
	delete_all(items, &error);
	if (items && !error)
		left = is_there(session, wanted, &error);
	if (error)
		code = fault_of(error, fault);
	else if (left)
		code = fault_set(fault, FAULT_NOT_REMOVED, 0, "%s", "");
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(wanted);
	return code;
}

json_t *keyring_delete(const struct order *order)
{
	return with_keyring(order, delete);
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

/* ITEMS get the new name, unless another key has it. */
static enum fault_code move_to(struct session *session, GHashTable *before, GHashTable *after, GList *items,
			       struct fault *fault)
{
	GError *error = NULL;
	bool taken = is_there(session, after, &error), moved = false;

	for (GList *item = taken ? NULL : items; item && !error; item = item->next)
		give_name(item->data, g_hash_table_lookup(after, "name"), &error);
	if (!error && !taken)
		moved = is_there(session, after, &error) && !error && !is_there(session, before, &error);
	if (error)
		return fault_of(error, fault);
	if (taken)
		return fault_set(fault, FAULT_NAME_TAKEN, 0, "%s", "");
	return moved ? FAULT_NONE : fault_set(fault, FAULT_NOT_KEPT, 0, "%s", "");
}

static enum fault_code rename_key(struct session *session, const struct order *order, json_t *told, struct fault *fault)
{
	const struct order renamed = { .name = order->new_name, .mode = order->mode, .account = "" };
	GHashTable *before = wanted_by(order), *after = wanted_by(&renamed);
	enum fault_code code;
	GList *items = find_key(session, before, &code, fault);

	(void)told;
	if (items)
		code = move_to(session, before, after, items, fault);
	g_list_free_full(items, g_object_unref);
	g_hash_table_unref(before);
	g_hash_table_unref(after);
	return code;
}

json_t *keyring_rename(const struct order *order)
{
	return with_keyring(order, rename_key);
}
