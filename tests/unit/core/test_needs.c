/* SPDX-License-Identifier: MIT */
/* API calls and the least permission for each: offline, never guessed. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/needs.h"

/* The name of what CALL needs, or "unknown", "odd". */
static const char *needed(const char *call)
{
	static char room[CATALOGUE_NAME_SIZE];
	struct need need = needs_resolve(call);

	if (need.verdict == NEED_FOUND)
		return catalogue_name(need.row, need.level, room);
	return need.verdict == NEED_UNKNOWN ? "unknown" : "odd";
}

Test(needs, resolves__however_it_is_written)
{
	static const struct {
		const char *call, *name;
	} cases[] = {
		{ "GET /v1/charges", "rak_charge_read" }, { "get /v1/charges", "rak_charge_read" },
		{ "  GET \t /v1/charges  \n", "rak_charge_read" }, { "GET /v1/charges/", "rak_charge_read" },
		{ "HEAD /v1/charges", "rak_charge_read" }, { "POST /v1/charges/ch_1", "rak_charge_write" },
		{ "GET /v1/charges/:id", "rak_charge_read" }, { "GET /v1/charges/{id}", "rak_charge_read" },
		{ "GET /v1/charges/{CHARGE_ID}", "rak_charge_read" }, { "GET /v1/charges/<id>", "rak_charge_read" },
		{ "GET /v1/charges/ch_3Abc", "rak_charge_read" }, { "GET /v1/charges?limit=3", "rak_charge_read" },
		{ "GET /v1/charges#top", "rak_charge_read" }, { "GET https://api.stripe.com/v1/charges", "rak_charge_read" },
		{ "GET HTTPS://API.STRIPE.COM/v1/charges", "rak_charge_read" },
		{ "POST https://files.stripe.com/v1/files", "rak_file_write" },
		{ "POST /v1/refunds", "rak_charge_write" }, { "GET /v1/prices", "rak_plan_read" },
		{ "GET /v1/balance", "rak_balance_read" },
		{ "GET /v1/balance_transactions", "rak_balance_read" },
		{ "GET /v1/balance_transactions?expand[]=data.source", "rak_balance_transaction_source_read" },
		{ "GET /v1/balance_transactions?limit=9&expand%5B0%5D=data.source.order#x", "rak_balance_transaction_source_read" },
		{ "GET /v1/balance_transactions/txn_1?expand[]=source", "rak_balance_transaction_source_read" },
		{ "GET /v1/balance_transactions/txn_1?expand[]=data.source", "rak_balance_read" },
		{ "GET /v1/balance_transactions?expand[]=data.sources", "rak_balance_read" },
		{ "GET /v1/balance_transactions?expand[=data.source", "rak_balance_read" },
		{ "GET /v1/balance_transactions?source=data.source&expand", "rak_balance_read" },
		{ "GET /v1/charges?next=https://example.com//x", "rak_charge_read" },
		{ "GET /v1/coupons/summer-sale", "rak_coupon_read" }, { "GET /v1/coupons/25off", "rak_coupon_read" },
		{ "GET /v1/charges/$id", "rak_charge_read" }, { "GET /v1/charges/*/", "rak_charge_read" },
		{ "GET /v1/subscription_items/si_1/usage_record_summaries", "rak_usage_record_read" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_str_eq(needed(cases[i].call), cases[i].name, "%s: %s", cases[i].call, needed(cases[i].call));
}

/* A word in an id's place is another call, which is looked up or not known; it is never taken for an id. */
Test(needs, guesses__nothing)
{
	static const char *const unknown[] = { "GET /v1/nope", "GET /v1/charges/search_everything", "GET /v1", "GET /v1/",
		"DELETE /v1/charges", "GET /v1/charges/search", "GET /v1/invoices/upcoming",
		"GET /v1/charges/..", "GET /v1/charges/.", "GET /v1/charges/%73earch", "GET /v1/charges/ch_1%2Frefunds",
		"GET /v1/charges/\xc3\xa9", "GET /v1/{charges}", "GET /V1/charges", "GET /", "put /v1/charges/ch_1",
		"PATCH /v1/charges/ch_1", "DELETE /v1/charges/ch_1", "FETCH /v1/charges", "GET /v1/charges/ch_1/nope", "GET /v3/charges" };

	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		cr_expect_str_eq(needed(unknown[i]), "unknown", "%s: %s", unknown[i], needed(unknown[i]));
}

Test(needs, knows__what_is_no_call)
{
	static const char *const odd[] = { "", " ", "GET", "GET ", "/v1/charges", "charges", "GET charges", "GET //v1/charges", "GET http://evil/v1/charges",
		"GET https://api.stripe.com", "GET https://api.stripe.com@evil/v1/charges", "GET https://api.stripe.com?/v1/charges",
		"GET\n/v1/charges", "GET /v1/charges\x7f", "GET v1/charges",
		"GET https://example.com/v1/charges", "GET http://api.stripe.com/v1/charges",
		"GET https://api.stripe.com.example.com/v1/charges", "G3T /v1/charges", "GET /v1/charges x",
		"GET /v1//charges", "VERYLONGMETHOD /v1/charges", "GET /v1/\033[31m" };
	char *longest = mem_new(10 * 1024 + 1, 1);

	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		cr_expect_str_eq(needed(odd[i]), "odd", "%s: %s", odd[i], needed(odd[i]));
	memset(longest, 'a', 10 * 1024);
	memcpy(longest, "GET /v1/", 8);
	cr_expect_str_eq(needed(longest), "odd");
	free(longest);
}

static void expect_own(size_t row, enum level level, const struct endpoint *endpoint)
{
	char *call = mem_printf("%s %s", endpoint->method, endpoint->path);
	struct need need = needs_resolve(call);

	cr_expect_eq(need.verdict, NEED_FOUND, "%s", call);
	cr_expect_eq(need.row, row, "%s: %s", call, catalogue_at(need.row)->id);
	cr_expect_eq(need.level, level, "%s", call);
	free(call);
}

Test(needs, resolves__every_call_of_the_catalogue_to_its_row)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		for (const struct endpoint *at = catalogue_at(row)->read_endpoints; at->method; at++)
			expect_own(row, LEVEL_READ, at);
		for (const struct endpoint *at = catalogue_at(row)->write_endpoints; at->method; at++)
			expect_own(row, LEVEL_WRITE, at);
	}
}

/* PATH with ID for each parameter; the caller's. */
static char *with_id(const char *path, const char *id)
{
	char *out = mem_strdup(""), *longer;

	while (*path) {
		size_t length = *path == '{' ? strcspn(path, "}") + 1 : 1;

		longer = *path == '{' ? mem_printf("%s%s", out, id) : mem_printf("%s%c", out, *path);
		free(out);
		out = longer;
		path += length;
	}
	return out;
}

static void expect_with_ids(size_t row, enum level level, const struct endpoint *endpoint)
{
	static const char *const ids[] = { ":id", "{CHARGE_ID}", "<id>", "ch_123", "in_1Abc", "25off", "summer-sale" };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		char *path = with_id(endpoint->path, ids[i]);
		struct endpoint written = { endpoint->method, path };

		expect_own(row, level, &written);
		free(path);
	}
}

Test(needs, takes__every_spelling_of_an_id)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		for (const struct endpoint *at = catalogue_at(row)->read_endpoints; at->method; at++)
			expect_with_ids(row, LEVEL_READ, at);
		for (const struct endpoint *at = catalogue_at(row)->write_endpoints; at->method; at++)
			expect_with_ids(row, LEVEL_WRITE, at);
	}
}

/* What is found can be added: no row lists calls for a level that it does not have. */
Test(needs, finds__levels_that_rows_have)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		cr_expect(!catalogue_at(row)->read_endpoints->method || catalogue_has_level(row, LEVEL_READ));
		cr_expect(!catalogue_at(row)->write_endpoints->method || catalogue_has_level(row, LEVEL_WRITE));
	}
}

Test(needs, adds__no_more_than_is_needed)
{
	struct plan *plan = plan_new();
	struct need write = needs_resolve("POST /v1/charges/{id}"), read = needs_resolve("GET /v1/charges"),
		    none = needs_resolve("GET /v1/nope");

	needs_add(plan, &read);
	cr_expect_eq(plan_level(plan, catalogue_find("charge")), LEVEL_READ);
	needs_add(plan, &none);
	cr_expect_eq(plan_granted(plan), 1);
	needs_add(plan, &write);
	needs_add(plan, &read);
	cr_expect_eq(plan_level(plan, catalogue_find("charge")), LEVEL_WRITE);
	cr_expect_eq(plan_granted(plan), 1);
	plan_free(plan);
}
