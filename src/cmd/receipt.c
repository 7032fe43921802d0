/* SPDX-License-Identifier: MIT */
/* keyguide receipt. */
#include "cmd/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/kept.h"
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

/* Kept it may be all the same: by another program, or by a keyguide whose files are gone. */
static int nothing_remembered(const struct options *options)
{
	struct options check = *options;
	struct kept_key *key;
	char *line, *advice;
	int status = kept_find(options, &key);

	if (status != EXIT_DONE)
		return status;
	kept_forget(key, 1);
	check.command = COMMAND_CHECK;
	check.json = false;
	line = options_line(&check);
	/* TRANSLATORS: %s is a command, to be typed as it stands: nothing behind it */
	advice = mem_printf(_("ask Stripe what it can do: %s"), line);
	status = fail(EXIT_NO, _("this key is in your keyring, but nothing is remembered of how it was made"), advice);
	free(advice);
	free(line);
	return status;
}

static bool is_in(const struct helper_reply *reply, const struct record *record)
{
	for (size_t i = 0; i < reply->kept_count; i++)
		if (reply->kept[i].mode == plan_mode(record->plan) && !strcmp(reply->kept[i].name, plan_name(record->plan)))
			return true;
	return false;
}

/* Nobody is asked for a password: where the keyring does not tell, what is remembered stands. */
static void look_into_keyring(const struct options *options, struct record *records, size_t count)
{
	struct helper_request request = kept_request(HELPER_LIST, options, NULL);
	struct helper_reply reply;
	struct helper *helper;

	request.unlock = false;
	request.limit_ms = KEPT_LIMIT_MS;
	helper = helper_start(&request, NULL, NULL);
	if (!helper)
		return;
	helper_wait(helper, &reply);
	for (size_t i = 0; reply.fault == FAULT_NONE && i < count; i++)
		records[i].gone = !is_in(&reply, &records[i]);
	helper_reply_done(&reply);
	helper_free(helper);
}

int receipt_run(const struct options *options)
{
	struct record records[2];
	struct fault fault;
	size_t count = records_of(options->arguments[0], options->test, options->live, records, &fault);
	int status = EXIT_DONE;

	if (fault.code != FAULT_NONE)
		status = fail_with(EXIT_NO, &fault);
	else if (!count)
		status = nothing_remembered(options);
	if (count)
		look_into_keyring(options, records, count);
	if (count && options->json)
		say_json_take(receipt_to_json(records, count));
	else if (count)
		print(records, count);
	for (size_t i = 0; i < count; i++)
		record_done(&records[i]);
	return status;
}
