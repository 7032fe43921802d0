/* SPDX-License-Identifier: MIT */
/* One request to Stripe by curl. It must not know how many there are, nor what an answer says. */
#include "helper/stripe_request.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"

enum { RANDOM_LENGTH = 24, CONNECT_LIMIT_MS = 8000, LIMIT_MS = 10000 };

/* ---- memory: what curl copies of the key is wiped when it is freed (measured: 0 copies left) ---- */

static void wiping_free(void *memory)
{
	if (memory)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

static void *wiping_realloc(void *memory, size_t size)
{
	size_t before = memory ? malloc_usable_size(memory) : 0;
	void *new_memory = malloc(size ? size : 1);

	if (!new_memory)
		return NULL;
	if (memory)
		memcpy(new_memory, memory, before < size ? before : size);
	wiping_free(memory);
	return new_memory;
}

bool request_start(void)
{
	return !curl_global_init_mem(CURL_GLOBAL_ALL, malloc, wiping_free, wiping_realloc, strdup, calloc);
}

/* ---- where to ---- */

/* Letters and digits at random, after the usual prefix: an id that cannot exist. The caller's. */
static char *impossible_id(const char *prefix, const char *mode)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const char *hole = strstr(prefix, "{mode}");
	unsigned char noise[RANDOM_LENGTH];
	char id[RANDOM_LENGTH + 1] = "";

	if (getrandom(noise, sizeof noise, 0) != sizeof noise)
		return NULL;
	for (int i = 0; i < RANDOM_LENGTH; i++)
		id[i] = letters[noise[i] % (sizeof letters - 1)];
	if (!hole)
		return mem_printf("%s%s", prefix, id);
	return mem_printf("%.*s%s%s%s", (int)(hole - prefix), prefix, mode, hole + strlen("{mode}"), id);
}

char *request_address(const char *base, const struct question *question, const char *mode)
{
	const char *hole = strstr(question->path, "{id}");
	char *id = impossible_id(question->id_prefix, mode), *address = NULL;

	if (id && hole)
		address = mem_printf("%s%.*s%s%s", base, (int)(hole - question->path), question->path, id,
				     hole + strlen("{id}"));
	free(id);
	return address;
}

/* ---- with what ---- */

char *request_authorization(struct secret *key)
{
	static const char start[] = "Authorization: Bearer ";
	size_t length = secret_length(key);
	char *bytes = secret_reveal(key), *header = bytes + length + 1;

	if (secret_room(key) < 2 * length + sizeof start + 1)
		return NULL;
	bytes[length] = '\0';
	memcpy(header, start, sizeof start - 1);
	memcpy(header + sizeof start - 1, bytes, length);
	header[sizeof start - 1 + length] = '\0';
	return header;
}

void request_set_safety(CURL *curl, const char *ca_file)
{
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "keyguide/" PACKAGE_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (*ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
}

enum fault_code request_fault_of(CURLcode code, long status)
{
	switch (code) {
	case CURLE_OK:
		return FAULT_NONE;
	case CURLE_WRITE_ERROR:   /* cut off by the caller */
		return status ? FAULT_NONE : FAULT_STRIPE_ODD;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return FAULT_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return FAULT_STRIPE_SLOW;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return FAULT_OFFLINE;
	default:
		return FAULT_STRIPE_ODD;
	}
}
