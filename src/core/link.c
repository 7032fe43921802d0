/* SPDX-License-Identifier: MIT */
/* Dashboard addresses. Must not know whether anybody opens them. */
#include "core/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define HOST "dashboard.stripe.com"

const char *link_keys_page(enum mode mode)
{
	return mode == MODE_LIVE ? "https://" HOST "/apikeys" : "https://" HOST "/test/apikeys";
}

const char *link_keys_page_short(enum mode mode)
{
	return link_keys_page(mode) + strlen("https://");
}

bool link_is_dashboard(const char *address)
{
	static const char start[] = "https://" HOST "/";
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?&=%+[]";

	return !strncmp(address, start, sizeof start - 1) &&
	       strspn(address + sizeof start - 1, allowed) == strlen(address + sizeof start - 1);
}

/* A slug that Stripe does not know could spoil the whole form. */
bool link_can_carry(size_t row, enum level level)
{
	const struct permission *permission = catalogue_permission(row, level);

	return !permission || (permission->slug && (permission->prefill == PREFILL_A || permission->prefill == PREFILL_B ||
						    permission->prefill == PREFILL_C));
}

/* Everything but RFC 3986's unreserved characters becomes %XX. */
static void put_encoded(FILE *out, const char *text)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *text; text++)
		if (strchr(unreserved, *text))
			fputc(*text, out);
		else
			fprintf(out, "%%%02X", (unsigned char)*text);
}

static void put_field(FILE *out, char *separator, const char *field, const char *value)
{
	fputc(*separator, out);
	*separator = '&';
	put_encoded(out, field);
	fputc('=', out);
	put_encoded(out, value);
}

/* Returns how many granted rows could not go in. */
static size_t put_permissions(FILE *out, char *separator, const struct plan *plan, const char *field,
			      enum level (*level_of)(const struct plan *, size_t))
{
	size_t left_out = 0;

	for (size_t row = 0; row < catalogue_count(); row++) {
		enum level level = level_of(plan, row);
		const struct permission *permission = catalogue_permission(row, level);

		if (!link_can_carry(row, level))
			left_out++;
		else if (permission)   /* else at None */
			put_field(out, separator, field, permission->slug);
	}
	return left_out;
}

char *link_create(const struct plan *plan, size_t *left_out)
{
	char *address = NULL, separator = '?';
	size_t size, count;
	FILE *out = open_memstream(&address, &size);

	if (!out)
		return mem_strdup(link_keys_page(plan_mode(plan)));
	fprintf(out, "%s/create", link_keys_page(plan_mode(plan)));
	if (plan_name_check(plan_name(plan)) == PLAN_NAME_OK)   /* a key pasted there must not go to a browser */
		put_field(out, &separator, "name", plan_name(plan));
	count = put_permissions(out, &separator, plan, "permissions[]", plan_level);
	count += put_permissions(out, &separator, plan, "connectPermissions[]", plan_connect);
	fclose(out);
	if (left_out)
		*left_out = count;
	return address;
}
