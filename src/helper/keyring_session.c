/* SPDX-License-Identifier: MIT */
/*
 * The way to the keyring: a bus, a service, a collection that is open. Errors
 * and their meanings: measured, see doc/decisions/0003-keyring.md. It must not
 * know what is kept there.
 */
#include "helper/keyring_session.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUS_LIMIT_S = 2 };

/* ---- what an error means ---- */

static bool is_error(const GError *error, GQuark domain, int code)
{
	return g_error_matches(error, domain, code);
}

/* KWallet forgets a session that it has just opened. Sometimes it says so with the code of a missing collection. */
static bool is_lost_session(const GError *error)
{
	return error->domain == G_DBUS_ERROR && strstr(error->message, "/org/freedesktop/secrets/session/");
}

static enum fault_code meaning(const GError *error)
{
	if (is_lost_session(error))
		return FAULT_KEYRING_ODD;
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
	if (strstr(error->message, "libqca"))
		return FAULT_KWALLET_PARTS;
	return FAULT_KEYRING_ODD;
}

/* A detail is only of use where the meaning is not known. */
enum fault_code keyring_fault_of(GError *error, struct fault *fault)
{
	enum fault_code code = error ? meaning(error) : FAULT_KEYRING_ODD;

	fault_set(fault, code, 0, "%s", error && code == FAULT_KEYRING_ODD ? error->message : "");
	g_clear_error(&error);
	return code;
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

enum fault_code keyring_open_bus(struct fault *fault)
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

/* 0 unlocked, without an error, is a window that was closed or could not be shown. No cancelling: see doc/decisions/0003-keyring.md. */
static enum fault_code unlock(struct session *session, GDBusProxy *object, struct fault *fault)
{
	GList *objects = g_list_append(NULL, object);
	GError *error = NULL;
	int unlocked = secret_service_unlock_sync(session->service, objects, NULL, NULL, &error);

	g_list_free(objects);
	if (error)
		return keyring_fault_of(error, fault);
	return unlocked > 0 ? FAULT_NONE : fault_set(fault, FAULT_REFUSED, 0, "%s", "");
}

enum fault_code keyring_unlock(struct session *session, GDBusProxy *object, struct fault *fault)
{
	return session->may_ask ? unlock(session, object, fault) : fault_set(fault, FAULT_LOCKED, 0, "%s", "");
}

/* By KWallet's own interface. */
static bool says_it_is_open(GDBusProxy *service, const char *name, const char *path, const char *wallet)
{
	GVariant *answer = g_dbus_connection_call_sync(g_dbus_proxy_get_connection(service), name, path, "org.kde.KWallet",
		"isOpen", g_variant_new("(s)", wallet), G_VARIANT_TYPE("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);
	gboolean is_open = FALSE;

	if (answer) {
		g_variant_get(answer, "(b)", &is_open);
		g_variant_unref(answer);
	}
	return is_open;
}

/* An open wallet calls itself locked until a program has asked for it once; asking then shows no password window. */
static bool is_open_wallet(const struct session *session)
{
	GDBusProxy *service = G_DBUS_PROXY(session->service);
	char *wallet = secret_collection_get_label(session->collection);
	bool is_open = wallet && (says_it_is_open(service, "org.kde.kwalletd5", "/modules/kwalletd5", wallet) ||
				  says_it_is_open(service, "org.kde.kwalletd6", "/modules/kwalletd6", wallet));

	g_free(wallet);
	return is_open;
}

enum fault_code keyring_open_collection(struct session *session, struct fault *fault)
{
	GError *error = NULL;

	session->collection = secret_collection_for_alias_sync(session->service, SECRET_COLLECTION_DEFAULT,
							       SECRET_COLLECTION_NONE, NULL, &error);
	if (error)
		return keyring_fault_of(error, fault);
	if (!session->collection)
		return session->may_ask ? FAULT_NONE : fault_set(fault, FAULT_NO_COLLECTION, 0, "%s", "");
	if (!secret_collection_get_locked(session->collection))
		return FAULT_NONE;
	if (is_open_wallet(session))
		return unlock(session, G_DBUS_PROXY(session->collection), fault);
	return keyring_unlock(session, G_DBUS_PROXY(session->collection), fault);
}

enum fault_code keyring_open_session(struct session *session, struct fault *fault)
{
	GError *error = NULL;

	session->service = secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, NULL, &error);
	return session->service ? FAULT_NONE : keyring_fault_of(error, fault);
}

void keyring_close_session(struct session *session)
{
	g_clear_object(&session->collection);
	g_clear_object(&session->service);
	secret_service_disconnect();
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

json_t *keyring_store_name(const struct session *session)
{
	char *label = session->collection ? secret_collection_get_label(session->collection) : NULL;
	json_t *name = label && *label ? json_sprintf("%s, \"%s\"", provider(session), label) :
					 json_string(provider(session));

	g_free(label);
	return name ? name : json_string("");
}
