/* SPDX-License-Identifier: MIT */
/* A session with the keyring, and what its errors mean. */
#ifndef HELPER_KEYRING_SESSION_H
#define HELPER_KEYRING_SESSION_H

#include <jansson.h>
#define SECRET_API_SUBJECT_TO_CHANGE   /* for paths of items: doc/decisions/0003-keyring.md */
#include <libsecret/secret.h>
#include <stdbool.h>

#include "base/fault.h"

struct session {
	bool may_ask;                   /* the keyring may show its own window */
	bool begun;                     /* to delete or replace; in the next session that may turn out to be done */
	SecretService *service;
	SecretCollection *collection;   /* NULL: there is none yet, and a store may make one */
};

/* The bus of this desktop session; no call to the keyring may come before it. Ends this process where it is silent. */
enum fault_code keyring_open_bus(struct fault *fault);

/* A session with the service. Close it, also when that failed, before another is opened. */
enum fault_code keyring_open_session(struct session *session, struct fault *fault);
/* Opens the default keyring, by its own window where it must ask and may. */
enum fault_code keyring_open_collection(struct session *session, struct fault *fault);
void keyring_close_session(struct session *session);

/* OBJECT: a collection or an item that says it is locked. */
enum fault_code keyring_unlock(struct session *session, GDBusProxy *object, struct fault *fault);

/* What ERROR means; takes it. FAULT_KEYRING_ODD: a new session may do better. */
enum fault_code keyring_fault_of(GError *error, struct fault *fault);

/* GNOME Keyring, "Login". The caller's. */
json_t *keyring_store_name(const struct session *session);

#endif
