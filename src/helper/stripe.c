/* SPDX-License-Identifier: MIT */
/*
 * What Stripe is asked: a round of questions, or whether it can be reached.
 * Source: docs.stripe.com (api, rate-limits, error-low-level) and public projects,
 * November 2026; not tried against Stripe. That permission is checked before
 * existence: confidence medium to high.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/api_base.h"
#include "helper/order.h"
#include "helper/stripe_request.h"
#include "helper/stripe_round.h"

/* BASE: where Stripe is, or what stands in for it. FAULT_NONE: somebody answered. */
typedef enum fault_code verb_function(const struct order *order, const char *base);

static size_t let_go(char *bytes, size_t one, size_t count, void *data)
{
	(void)bytes, (void)data;
	return one * count;
}

/* One request without a key: Stripe answers 401, and anybody else who answers is not Stripe. Blocks for up to 10 s. */
static enum fault_code reach(const struct order *order, const char *base)
{
	char *address = mem_printf("%s/v1/charges", base);
	CURL *curl = curl_easy_init();
	enum fault_code code;
	long status = 0;

	curl_easy_setopt(curl, CURLOPT_URL, address);
	request_set_safety(curl, order->ca_file);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, let_go);
	code = request_fault_of(curl_easy_perform(curl), 0);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	free(address);
	return code == FAULT_NONE && status != 401 ? FAULT_STRIPE_ODD : code;
}

/* The answer, the caller's. */
static json_t *with_curl(const struct order *order, verb_function *act)
{
	const char *asked = *order->api_base ? order->api_base : api_base_stripe;
	enum fault_code code;
	char *base;

	if (!request_start())
		return order_answer(FAULT_HELPER, NULL);
	base = mem_printf("%.*s", api_base_length(asked), asked);
	code = api_base_is_allowed(asked) ? act(order, base) : FAULT_OTHER_ADDRESS;
	free(base);
	curl_global_cleanup();
	return order_answer(code, NULL);
}

const enum confine_role order_role = CONFINE_STRIPE;

json_t *order_carry_out(const struct order *order)
{
	if (!strcmp(order->verb, "ask"))
		return with_curl(order, round_ask);
	return !strcmp(order->verb, "reach") ? with_curl(order, reach) : NULL;
}
