/* SPDX-License-Identifier: MIT */
/* The keyring says which keys there are, the records what is remembered of them. No secret is loaded. */
#include "cmd/keys.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "cmd/kept.h"
#include "cmd/say.h"
#include "guide/receipt.h"

static json_t *text_or_null(const char *text)
{
	return *text ? json_string(text) : json_null();
}

static json_t *key_to_json(const struct helper_kept *kept, const struct record *record, const char *store)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s*}",
		"name", kept->name, "mode", mode_slug(kept->mode), "ends", text_or_null(record->ends),
		"account", text_or_null(*kept->account ? kept->account : record->account),
		"created", text_or_null(record->created), "checked", text_or_null(record->checked),
		"as_planned", record_match_to_json(record->match), "review", text_or_null(record->review), "store", store,
		"until", *record->until ? record->until : NULL);
}

static void print_fact(const char *label, const char *value, const char *more)
{
	if (*value)
		printf("  %s: %s%s\n", label, value, more);
}

/* Of one that was replaced it is no question whether it is still needed. */
static void print_until(const char *until)
{
	char now[RECORD_TIME_SIZE], day[I18N_DATE_SIZE];

	record_time(now, time(NULL));
	i18n_date(day, until);
	printf("  ");
	if (strcmp(until, now) <= 0)
		printf("%s", _("It was replaced, and its time is over."));
	else
		printf(_("It was replaced. It works until %s."), day);
	puts("");
}

static void print_review(const char *review)
{
	char today[RECORD_TIME_SIZE], day[I18N_DATE_SIZE];

	record_date(today, time(NULL), 0);
	i18n_date(day, review);
	print_fact(_("Look at it again"), day, strcmp(review, today) < 0 ? _(" (overdue)") : "");
}

static void print_key(const struct helper_kept *kept, const struct record *record)
{
	char day[I18N_DATE_SIZE];

	printf("%s (%s)\n", kept->name, kept->mode == MODE_LIVE ? C_("badge", "LIVE") : C_("badge", "SANDBOX"));
	print_fact(_("Ends in"), record->ends, "");
	print_fact(_("Account"), kept->account, "");
	i18n_date(day, record->created);
	print_fact(_("Made"), day, "");
	i18n_date(day, record->checked);
	if (*day) {
		printf("  ");
		printf(_("Checked: %s, %s"), day, receipt_result(record));
		puts("");
	}
	if (*record->until)
		print_until(record->until);
	else if (record->found != VERDICT_DEAD)
		print_review(record->review);
}

static void print(const struct helper_reply *reply, bool json)
{
	struct kept_key *keys = kept_remembered(reply);
	json_t *all = json_array();

	for (size_t i = 0; i < reply->kept_count; i++) {
		if (json)
			json_array_append_new(all, key_to_json(&reply->kept[i], &keys[i].record, reply->store));
		else
			print_key(&reply->kept[i], &keys[i].record);
	}
	if (json)
		say_json_take(json_incref(all));
	else if (!reply->kept_count)
		puts(_("No key is kept here yet."));
	json_decref(all);
	kept_forget(keys, reply->kept_count);
}

int keys_run(const struct options *options)
{
	struct helper_reply reply;
	int status = kept_list(options, &reply);

	if (status == EXIT_DONE)
		print(&reply, options->json);
	helper_reply_done(&reply);
	return status;
}
