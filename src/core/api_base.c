/* SPDX-License-Identifier: MIT */
/*
 * Which addresses may be asked. The host is held against a list, byte by byte, so
 * that nothing depends on how two parsers read an odd address.
 */
#include "core/api_base.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum { HOST_SIZE = 32 };   /* more than "255.255.255.255": a longer one is none of ours */

const char api_base_stripe[] = "https://api.stripe.com";

int api_base_length(const char *base)
{
	size_t length = strlen(base);

	while (length && base[length - 1] == '/')
		length--;
	return (int)length;
}

/* What follows the scheme; NULL: it is another one, or none. */
static const char *behind_scheme(const char *base)
{
	static const char *const schemes[] = { "https://", "http://" };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (!strncasecmp(base, schemes[i], strlen(schemes[i])))
			return base + strlen(schemes[i]);
	return NULL;
}

static bool is_loopback(const char *host)
{
	struct in_addr address;

	/* Only a whole address counts: "127.0.0.1.example.com" is somebody else. */
	return !strcasecmp(host, "localhost") || !strcmp(host, "[::1]") ||
	       (inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

/* Nothing, or ":" and digits, up to the path. */
static bool is_port(const char *text, const char *end)
{
	return text == end || (*text == ':' && end - text > 1 && text + 1 + strspn(text + 1, "0123456789") == end);
}

bool api_base_is_allowed(const char *base)
{
	const char *start = behind_scheme(base), *end;
	char host[HOST_SIZE] = "";
	size_t length;

	if (!start || strpbrk(base, "?#@\\"))
		return false;
	if (api_base_length(base) == (int)strlen(api_base_stripe) &&
	    !strncasecmp(base, api_base_stripe, strlen(api_base_stripe)))
		return true;
	end = start + strcspn(start, "/");
	length = *start == '[' ? strcspn(start, "]") + 1 : strcspn(start, ":/");
	if (length >= sizeof host || start + length > end)
		return false;
	memcpy(host, start, length);
	return is_loopback(host) && is_port(start + length, end);
}
