/* SPDX-License-Identifier: MIT */
/* Any bytes as a link: only Stripe's own host is believed, and what is read can be made into a link again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/apikey.h"
#include "core/link.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_odd(const struct link *link)
{
	for (size_t i = 0; i < link->odd_count; i++)
		must(plan_text_is_clean(link->odd[i].name));
}

static void again(const struct link *link)
{
	char *address = link_create(link->plan, NULL);
	struct link read;

	must(link_is_dashboard(address));
	must(strlen(address) > 16 * 1024 || link_read(address, &read) == LINK_OK);
	must(!apikey_is_in(address));
	if (strlen(address) <= 16 * 1024)
		link_done(&read);
	free(address);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *text = mem_strndup((const char *)bytes, length);
	struct link link;

	if (link_read(text, &link) == LINK_OK) {
		check_odd(&link);
		again(&link);
	} else {
		must(!plan_granted(link.plan) && !link.odd_count);
	}
	link_done(&link);
	free(text);
	return 0;
}
