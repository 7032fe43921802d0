/* SPDX-License-Identifier: MIT */
/* The keyring says which keys there are, the records what is remembered of them. No secret is loaded. */
#include "cmd/keys.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/say.h"
#include "sys/helper.h"
#include "sys/records.h"

enum { KEYRING_LIMIT_MS = 5000 };

static json_t *text_or_null(const char *text)
{
	return *text ? json_string(text) : json_null();
}

static json_t *match_to_json(enum record_match match)
{
	return match == RECORD_NOT_COMPARED ? json_null() : json_boolean(match == RECORD_AS_PLANNED);
}

static json_t *key_to_json(const struct helper_kept *kept, const struct record *record, const char *store)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s}",
		"name", kept->name, "mode", mode_slug(kept->mode), "ends", text_or_null(record->ends),
		"account", text_or_null(*kept->account ? kept->account : record->account),
		"created", text_or_null(record->created), "checked", text_or_null(record->checked),
		"as_planned", match_to_json(record->match), "review", text_or_null(record->review), "store", store);
}

/* "checked 2026-11-23, as planned" */
static const char *result_words(enum record_match match)
{
	switch (match) {
	case RECORD_AS_PLANNED:
		return _("as planned");
	case RECORD_NOT_AS_PLANNED:
		return _("not as planned");
	case RECORD_NOT_COMPARED:
		break;
	}
	return _("not compared");
}

static void print_key(const struct helper_kept *kept, const struct record *record)
{
	char today[RECORD_TIME_SIZE];

	record_date(today, time(NULL), 0);
	printf("%s (%s)\n", kept->name, kept->mode == MODE_LIVE ? C_("badge", "LIVE") : C_("badge", "SANDBOX"));
	if (*record->ends)
		printf("  %s: %s\n", _("Ends in"), record->ends);
	if (*kept->account)
		printf("  %s: %s\n", _("Account"), kept->account);
	if (*record->checked)
		printf(_("  Checked: %.10s, %s\n"), record->checked, result_words(record->match));
	if (*record->review)
		printf(strcmp(record->review, today) < 0 ? _("  Look at it again: %s (overdue)\n") : _("  Look at it again: %s\n"),
		       record->review);
}

static void print(const struct helper_reply *reply, bool json)
{
	json_t *all = json_array();

	for (size_t i = 0; i < reply->kept_count; i++) {
		struct record record;

		if (records_load(reply->kept[i].name, reply->kept[i].mode, &record, NULL) != FAULT_NONE)
			*record.review = '\0';   /* nothing is remembered of it */
		if (json)
			json_array_append_new(all, key_to_json(&reply->kept[i], &record, reply->store));
		else
			print_key(&reply->kept[i], &record);
		record_done(&record);
	}
	if (json)
		say_json_take(json_incref(all));
	else if (!reply->kept_count)
		puts(_("No key is kept here yet."));
	json_decref(all);
}

int keys_run(const struct options *options)
{
	struct helper_request request = { .verb = HELPER_LIST, .unlock = isatty(STDERR_FILENO),
		.limit_ms = isatty(STDERR_FILENO) ? 0 : KEYRING_LIMIT_MS };
	struct fault fault = { .detail = "" };
	struct helper *helper = helper_start(&request, NULL, &fault);
	struct helper_reply reply;
	int status = EXIT_DONE;

	if (!helper)
		return fail_with(EXIT_NO_KEYRING, &fault);
	helper_wait(helper, &reply);
	helper_free(helper);
	fault_set(&fault, reply.fault, 0, "%s", reply.detail);
	if (reply.fault != FAULT_NONE)
		status = fail_with(EXIT_NO_KEYRING, &fault);
	else
		print(&reply, options->json);
	helper_reply_done(&reply);
	return status;
}
