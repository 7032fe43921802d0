/* SPDX-License-Identifier: MIT */
/* What would have happened. */
#include "cmd/demo.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/i18n.h"

enum { ANSWER_MS = 60 };

static const char demo_account[] = "acct_1Demo";

bool demo_is_sample(struct secret *key, enum mode mode)
{
	struct secret *sample = secret_new(APIKEY_SAMPLE_SIZE);
	char text[APIKEY_SAMPLE_SIZE];
	bool same;

	apikey_sample(mode, text);
	secret_append(sample, text, strlen(text));
	same = secret_equal(key, sample);
	secret_free(sample);
	return same;
}

/* ---- Stripe, in play: what was planned is allowed, and nothing else ---- */

static void answer_next(struct wizard *wizard)
{
	const struct finding *finding = check_question(wizard->walk.check, wizard->demo_question);
	bool granted = finding->expected == EXPECT_GRANTED;
	struct answer answer = { .verdict = granted ? VERDICT_GRANTED : VERDICT_DENIED,
		.why = granted ? WHY_NO_SUCH_THING : WHY_NO_PERMISSION };
	struct event event = { .kind = EVENT_TOLD, .told = { wizard->ticket, wizard->demo_question, &answer } };

	snprintf(answer.account, sizeof answer.account, "%s", granted ? "" : demo_account);
	wizard->demo_question++;
	wizard->demo_next_ms += ANSWER_MS;
	wizard_event(wizard, &event);
}

bool demo_work(struct wizard *wizard)
{
	struct outcome done = { .fault = FAULT_NONE, .detail = "" };

	if (!wizard->demo_next_ms || demo_timeout_ms(wizard) > 0)
		return false;
	if (wizard->demo_question < check_question_count(wizard->walk.check)) {
		answer_next(wizard);
	} else {
		wizard->demo_next_ms = 0;
		wizard_outcome(wizard, &done);
	}
	return true;
}

int demo_timeout_ms(const struct wizard *wizard)
{
	long long left = wizard->demo_next_ms - clock_ms();

	if (!wizard->demo_next_ms)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* ---- the rest ---- */

static void fill_sample(struct wizard *wizard)
{
	char text[APIKEY_SAMPLE_SIZE];

	apikey_sample(plan_mode(wizard->walk.plan), text);
	secret_wipe(wizard->key);
	secret_append(wizard->key, text, strlen(text));
	wizard_key(wizard);
}

static void show_receipt(struct wizard *wizard)
{
	struct outcome done = { .fault = FAULT_NONE, .detail = "", .record_count = 1 };
	struct record record;
	long long now = time(NULL);

	walk_record(&wizard->walk, &record);
	record_time(record.created, now);
	record_time(record.checked, now);
	record_date(record.review, now, plan_review_days(record.plan));
	done.records = &record;
	wizard_outcome(wizard, &done);
	record_done(&record);
}

bool demo_begin(struct wizard *wizard, const struct effect *effect)
{
	struct outcome done = { .fault = FAULT_NONE, .detail = "" };

	snprintf(done.store, sizeof done.store, "%s", _("DEMO: nothing is kept"));
	wizard->demo_next_ms = 0;
	switch (effect->kind) {
	case EFFECT_TRY_KEYRING:
	case EFFECT_START_KEYRING:
	case EFFECT_STORE:
	case EFFECT_REMEMBER:
	case EFFECT_ASSIGN:
	case EFFECT_OPEN:
	case EFFECT_CLIPBOARD:
	case EFFECT_MANAGER:
		wizard_outcome(wizard, &done);
		return true;
	case EFFECT_SAMPLE:
		fill_sample(wizard);
		return true;
	case EFFECT_ASK:
		wizard->demo_question = 0;
		wizard->demo_next_ms = clock_ms() + ANSWER_MS;
		return true;
	case EFFECT_RECEIPT:
		show_receipt(wizard);
		return true;
	case EFFECT_SAVE_PLAN:
	case EFFECT_SAVE_RECEIPT:
		done.detail = _("(none: this is a rehearsal)");
		wizard_outcome(wizard, &done);
		return true;
	default:
		return false;
	}
}
