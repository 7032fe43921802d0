/* SPDX-License-Identifier: MIT */
/*
 * Locked pages for a key. Guard pages on both sides turn a read or write past
 * the room into a crash. Must not know what a key looks like.
 */
#include "base/secret.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"

struct secret {
	unsigned char *map;      /* guard page, room, guard page */
	size_t map_size;
	char *bytes;
	size_t room, length;
	bool locked;
};

struct secret *secret_new(size_t room)
{
	struct secret *secret = mem_new(1, sizeof *secret);
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t inner = (room + page - 1) / page * page;

	secret->map_size = inner + 2 * page;
	secret->map = mmap(NULL, secret->map_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (secret->map == MAP_FAILED || mprotect(secret->map + page, inner, PROT_READ | PROT_WRITE)) {
		fputs("keyguide: out of memory\n", stderr);
		abort();
	}
	secret->bytes = (char *)secret->map + page;
	secret->room = room;
	secret->locked = !mlock(secret->bytes, inner);
	madvise(secret->bytes, inner, MADV_DONTDUMP);
	/* Locks are not inherited, so a forked child must not inherit the bytes either. */
	madvise(secret->bytes, inner, MADV_WIPEONFORK);
	return secret;
}

void secret_free(struct secret *secret)
{
	if (!secret)
		return;
	explicit_bzero(secret->bytes, secret->room);
	munmap(secret->map, secret->map_size);
	free(secret);
}

void secret_wipe(struct secret *secret)
{
	secret_truncate(secret, 0);
}

size_t secret_length(const struct secret *secret) { return secret->length; }
size_t secret_room(const struct secret *secret) { return secret->room; }
bool secret_is_locked(const struct secret *secret) { return secret->locked; }

bool secret_append(struct secret *secret, const void *bytes, size_t length)
{
	if (length > secret->room - secret->length)
		return false;
	memcpy(secret->bytes + secret->length, bytes, length);
	secret->length += length;
	return true;
}

void secret_truncate(struct secret *secret, size_t length)
{
	assert(length <= secret->length);
	explicit_bzero(secret->bytes + length, secret->room - length);
	secret->length = length;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	unsigned char differs = 0;

	if (a->length != b->length)
		return false;
	for (size_t i = 0; i < a->length; i++)
		differs |= (unsigned char)(a->bytes[i] ^ b->bytes[i]);
	return !differs;
}

char *secret_reveal(struct secret *secret) { return secret->bytes; }

void secret_set_length(struct secret *secret, size_t length)
{
	assert(length <= secret->room);
	secret->length = length;
}

void secret_harden_process(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	prctl(PR_SET_DUMPABLE, 0);
}
