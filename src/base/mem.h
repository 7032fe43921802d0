/* SPDX-License-Identifier: MIT */
/*
 * Memory that cannot fail: a wizard that is out of memory has nothing left to
 * ask, so these end the program with one line instead of returning NULL.
 * Never for keys: those live in base/secret.h.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Zeroed memory for COUNT items of SIZE bytes; the caller's, free() it. */
void *mem_new(size_t count, size_t size);

/* OLD grown or shrunk to COUNT items of SIZE bytes; new bytes are not zeroed. */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of S (or of its first LENGTH bytes); the caller's. NULL gives NULL. */
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t length);

/* Frees S after wiping it: somebody may have pasted a key into it. NULL is fine. */
void mem_free_wiped(char *s);

/* printf into a string of its own; the caller's. */
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
