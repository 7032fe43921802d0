/* SPDX-License-Identifier: MIT */
/* Dashboard addresses. */
#include "core/link.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *link_keys_page(enum mode mode)
{
	return mode == MODE_LIVE ? "https://dashboard.stripe.com/apikeys" :
				   "https://dashboard.stripe.com/test/apikeys";
}

const char *link_keys_page_short(enum mode mode)
{
	return link_keys_page(mode) + strlen("https://");
}

/* RFC 3986: everything but the unreserved characters as %XX. */
static void write_encoded(FILE *out, const char *text)
{
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (isascii(byte) && (isalnum(byte) || strchr("-._~", byte)))
			putc(byte, out);
		else
			fprintf(out, "%%%02X", byte);
	}
}

/* Only slugs that were seen on Stripe's form or in published links. */
static bool goes_into_a_link(const struct permission *permission)
{
	return permission->slug && (permission->prefill == PREFILL_A || permission->prefill == PREFILL_B ||
				    permission->prefill == PREFILL_C);
}

char *link_create(const struct plan *plan, size_t *left_out)
{
	char *link = NULL;
	size_t size, missing = 0;
	FILE *out = open_memstream(&link, &size);

	if (!out)
		abort();
	fprintf(out, "%s/create?name=", link_keys_page(plan_mode(plan)));
	write_encoded(out, plan_name(plan));
	for (size_t row = 0; row < catalogue_count(); row++) {
		const struct permission *permission = catalogue_permission(row, plan_level(plan, row));

		if (permission && goes_into_a_link(permission))
			fprintf(out, "&permissions%%5B%%5D=%s", permission->slug);
		else
			missing += permission != NULL;
	}
	fclose(out);
	if (left_out)
		*left_out = missing;
	return link;
}
