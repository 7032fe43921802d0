/* SPDX-License-Identifier: MIT */
/*
 * One question to Stripe about a thing that cannot exist: GET, no parameters, no
 * body. Source: docs.stripe.com/api and public projects (November 2026), not
 * tried against Stripe; that permission is checked before existence: confidence
 * medium to high.
 */
#include "helper/stripe.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"
#include "core/verdict.h"

enum { BODY_MAX = 64 * 1024, RANDOM_LENGTH = 24, CONNECT_LIMIT_MS = 8000, LIMIT_MS = 15000 };

static const char stripe_base[] = "https://api.stripe.com";
static const char stripe_version[] = "Stripe-Version: 2024-06-20";   /* settled; 403 for a missing permission */

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

/* ---- where to ---- */

static bool is_loopback(const char *host)
{
	struct in_addr address;

	/* Only a whole address counts: "127.0.0.1.example.com" is somebody else. */
	return !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
	       (inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

/* Stripe itself over https, or this computer: nobody else is ever given the key. */
static bool may_be_asked(const char *base)
{
	CURLU *url = curl_url();
	char *host = NULL, *scheme = NULL, *user = NULL;
	bool allowed = false;

	if (!curl_url_set(url, CURLUPART_URL, base, 0) && !curl_url_get(url, CURLUPART_HOST, &host, 0) &&
	    !curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) && curl_url_get(url, CURLUPART_USER, &user, 0))
		allowed = is_loopback(host) ? !strcmp(scheme, "https") || !strcmp(scheme, "http") :
					      !strcmp(base, stripe_base);
	curl_free(host);
	curl_free(scheme);
	curl_free(user);
	curl_url_cleanup(url);
	return allowed;
}

/* The path with an id that cannot exist: letters and digits at random, after the usual prefix. */
static char *address_of(const struct order *order, const char *base)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	unsigned char noise[RANDOM_LENGTH];
	char id[RANDOM_LENGTH + 1] = "";
	const char *hole = strstr(order->path, "{id}");

	if (!hole || strncmp(order->path, "/v1/", 4) || getrandom(noise, sizeof noise, 0) != sizeof noise)
		return NULL;
	for (int i = 0; i < RANDOM_LENGTH; i++)
		id[i] = letters[noise[i] % (sizeof letters - 1)];
	return mem_printf("%s%.*s%s%s%s", base, (int)(hole - order->path), order->path, order->id_prefix, id,
			  hole + strlen("{id}"));
}

/* ---- the answer ---- */

struct body {
	char bytes[BODY_MAX];
	size_t length;
};

/* What is over the limit is cut off: the rest is no answer to believe. */
static size_t take_body(char *bytes, size_t one, size_t count, void *data)
{
	struct body *body = data;
	size_t length = one * count, room = BODY_MAX - body->length;

	memcpy(body->bytes + body->length, bytes, length < room ? length : room);
	body->length += length < room ? length : room;
	return length <= room ? length : 0;
}

static enum fault_code meaning(CURLcode code)
{
	switch (code) {
	case CURLE_OK:
	case CURLE_WRITE_ERROR:   /* cut off by take_body() */
		return FAULT_NONE;
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

/* ---- the question ---- */

/* The Authorization header, on the locked page itself, behind the key: curl's own list would copy it. */
static char *authorization(struct secret *key)
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

static void set_options(CURL *curl, const struct order *order, const char *address, struct curl_slist *headers,
			struct body *body)
{
	curl_easy_setopt(curl, CURLOPT_URL, address);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "keyguide/" PACKAGE_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (*order->ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, order->ca_file);
}

static enum fault_code perform(const struct order *order, const char *address, char *header, struct answer *answer)
{
	struct body *body = mem_new(1, sizeof *body);
	struct curl_slist version = { (char *)stripe_version, NULL }, headers = { header, &version };
	enum fault_code code = FAULT_HELPER;
	CURL *curl = curl_easy_init();
	long status = 0;

	if (curl) {
		set_options(curl, order, address, &headers, body);
		code = meaning(curl_easy_perform(curl));
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
		curl_easy_cleanup(curl);
	}
	if (code == FAULT_NONE)
		*answer = verdict_judge(status, body->bytes, body->length);
	free(body);
	return code;
}

json_t *stripe_ask(const struct order *order)
{
	const char *base = *order->api_base ? order->api_base : stripe_base;
	struct answer answer = { .verdict = VERDICT_UNKNOWN };
	enum fault_code code = FAULT_STRIPE_ODD;
	char *address = NULL, *header;
	json_t *json;

	if (curl_global_init_mem(CURL_GLOBAL_ALL, malloc, wiping_free, wiping_realloc, strdup, calloc))
		return order_answer(FAULT_HELPER, NULL);
	header = authorization(order->key);
	if (may_be_asked(base))
		address = address_of(order, base);
	if (address && header)
		code = perform(order, address, header, &answer);
	free(address);
	curl_global_cleanup();
	json = order_answer(code, NULL);
	json_object_set_new(json, "verdict", json_string(verdict_slug(answer.verdict)));
	json_object_set_new(json, "account", json_string(answer.account));
	return json;
}
