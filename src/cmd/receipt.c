/* SPDX-License-Identifier: MIT */
/* keyguide receipt. */
#include "cmd/receipt.h"

#include "cmd/say.h"
#include "guide/receipt.h"
#include "sys/records.h"
#include "ui/plain.h"

static void print(const struct record *records, size_t count)
{
	struct page page;

	page_init(&page);
	receipt_page(records, count, &page);
	plain_print_markdown(stdout, &page);
	page_done(&page);
}

int receipt_run(const struct options *options)
{
	struct record records[2];
	size_t count = records_of(options->arguments[0], options->test, options->live, records);
	struct fault fault;

	if (!count) {
		fault_set(&fault, FAULT_NOT_FOUND, 0, "%s", "");
		return fail_with(EXIT_WRONG_USE, &fault);
	}
	if (options->json)
		say_json_take(receipt_to_json(records, count));
	else
		print(records, count);
	for (size_t i = 0; i < count; i++)
		record_done(&records[i]);
	return EXIT_DONE;
}
