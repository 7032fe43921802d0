/* SPDX-License-Identifier: MIT */
/*
 * The only type that may hold a key. Its bytes live in pages of their own:
 * locked in memory where the system allows, left out of core dumps, between
 * guard pages, and wiped before they are given back. One owner; never copied
 * by assignment; never grown. A forked child finds zeros there: hand the bytes
 * over from the parent.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct secret;

/* Room in bytes for any text that a person may paste by mistake for a key. */
enum { SECRET_ROOM = 64 * 1024 };

/* An empty secret with ROOM bytes. The caller's. Ends the program when the system has no pages left. */
struct secret *secret_new(size_t room);

/* Wipes and gives back. NULL is fine. */
void secret_free(struct secret *secret);

/* Empties it; the bytes are zero afterwards. */
void secret_wipe(struct secret *secret);

size_t secret_length(const struct secret *secret);
size_t secret_room(const struct secret *secret);

/* True when the pages really are locked (RLIMIT_MEMLOCK may forbid it). */
bool secret_is_locked(const struct secret *secret);

/* Adds LENGTH bytes; false, and nothing added, when there is no room. */
bool secret_append(struct secret *secret, const void *bytes, size_t length);

/* Cuts to LENGTH bytes (at most the present length) and zeroes the rest. */
void secret_truncate(struct secret *secret, size_t length);

/* Compares in a time that depends on the lengths alone. */
bool secret_equal(const struct secret *a, const struct secret *b);

/*
 * The one door: the bytes, writable so that they can be tidied or filled in
 * place (room bytes; set the length with secret_set_length afterwards). Valid
 * until the secret is freed. A lint test lists the files that may call it.
 */
char *secret_reveal(struct secret *secret);
void secret_set_length(struct secret *secret, size_t length);

/* Once at start: no core dumps, not dumpable (PR_SET_DUMPABLE 0). */
void secret_harden_process(void);

#endif
