/* SPDX-License-Identifier: MIT */
/* Any bytes as what was pasted: what is taken for a key is one, and nothing of it is told but its end. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/apikey.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_key(struct secret *secret, const struct apikey *key)
{
	const char *bytes = secret_reveal(secret);
	size_t length = secret_length(secret);

	must(length == key->length && length > 16 && length < 300);
	must(!strncmp(bytes, "rk_", 3) || !strncmp(bytes, "rkcs_", 5));
	for (size_t i = 0; i < length; i++)
		must(isalnum((unsigned char)bytes[i]) || bytes[i] == '_');
	must(strlen(key->ends) == 4 && !memcmp(key->ends, bytes + length - 4, 4));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct secret *secret = secret_new(SECRET_ROOM);
	struct apikey key, second;

	if (!secret_append(secret, bytes, length)) {
		secret_free(secret);
		return 0;
	}
	key = apikey_read(secret);
	if (apikey_is_wanted(key.kind)) {
		check_key(secret, &key);
		second = apikey_read(secret);   /* what was tidied is a key as it stands */
		must(second.kind == key.kind && second.length == key.length && !second.tidied);
	} else {
		must(!*key.ends && !key.length && secret_length(secret) == length);
	}
	secret_free(secret);
	return 0;
}
