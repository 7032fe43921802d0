/* SPDX-License-Identifier: MIT */
/* Short words for the tests of the guide: what a person does, how an effect ends. */
#ifndef TESTS_WALKING_H
#define TESTS_WALKING_H

#include <stdio.h>
#include <string.h>

#include "guide/walk.h"

static inline struct effect send(struct walk *walk, struct event event)
{
	struct effect effect;

	walk_handle(walk, &event, &effect);
	return effect;
}

static inline struct effect press(struct walk *walk, enum action_id action)
{
	return send(walk, (struct event){ .kind = EVENT_ACTION, .action = action });
}

static inline struct effect choose(struct walk *walk, int choice)
{
	return send(walk, (struct event){ .kind = EVENT_CHOOSE, .choice = choice });
}

static inline struct effect set_level(struct walk *walk, const char *resource, enum level level)
{
	return send(walk, (struct event){ .kind = EVENT_LEVEL, .grid = { catalogue_find(resource), level } });
}

static inline struct effect end_with(struct walk *walk, struct outcome outcome)
{
	outcome.ticket = walk->ticket;
	return send(walk, (struct event){ .kind = EVENT_OUTCOME, .outcome = &outcome });
}

static inline struct effect end_well(struct walk *walk)
{
	return end_with(walk, (struct outcome){ .fault = FAULT_NONE, .detail = "", .store = "GNOME Keyring, \"Login\"" });
}

static inline struct effect end_badly(struct walk *walk, enum fault_code code)
{
	return end_with(walk, (struct outcome){ .fault = code, .detail = "" });
}

static inline const char *slug_now(const struct walk *walk)
{
	return walk->guide->steps[walk->at].slug;
}

/* A walk that has begun, with a keyring that works. */
static inline void begin(struct walk *walk)
{
	struct effect effect;

	walk_init(walk, &guide_create);
	walk_start(walk, &effect);
	end_well(walk);
}

/* On to STEP, choosing to read charges on the way. */
static inline void go_to(struct walk *walk, const char *step)
{
	while (strcmp(slug_now(walk), step)) {
		if (!strcmp(slug_now(walk), "permissions"))
			set_level(walk, "charge", LEVEL_READ);
		press(walk, ACTION_NEXT);
	}
}

/* What the field finds when a key is pasted; no key is needed here. */
static inline struct apikey looked_at(enum apikey_kind kind, enum mode mode)
{
	struct apikey key = { .kind = kind, .mode = mode, .has_mode = true, .length = 107 };

	strcpy(key.ends, apikey_is_wanted(kind) ? "a1b2" : "");
	return key;
}

static inline struct effect paste(struct walk *walk, enum apikey_kind kind, enum mode mode)
{
	return send(walk, (struct event){ .kind = EVENT_KEY, .key = looked_at(kind, mode) });
}

/* Stripe answers one question of the check under way. */
static inline void tell(struct walk *walk, size_t question, struct answer answer)
{
	send(walk, (struct event){ .kind = EVENT_TOLD, .told = { walk->ticket, question, &answer } });
}

/* Stripe answers all of them: it allows reading of what is planned, and of MORE (or NULL). */
static inline void tell_all(struct walk *walk, const char *more)
{
	for (size_t i = 0; i < check_question_count(walk->check); i++) {
		const struct finding *finding = check_question(walk->check, i);
		bool granted = finding->expected == EXPECT_GRANTED ||
			       (more && finding->row == catalogue_find(more) && finding->level == LEVEL_READ);

		tell(walk, i, (struct answer){ .verdict = granted ? VERDICT_GRANTED : VERDICT_DENIED,
			.why = granted ? WHY_NO_SUCH_THING : WHY_NO_PERMISSION, .account = "acct_1",
			.edit_link = "https://dashboard.stripe.com/b/acct_1" });
	}
}

/* True when the page says TEXT somewhere. */
static inline bool says(const struct walk *walk, const char *text)
{
	struct page page;
	bool found;

	page_init(&page);
	walk_page(walk, &page);
	found = strstr(page.title, text) || (page.note.text && strstr(page.note.text, text)) ||
		(page.note.advice && strstr(page.note.advice, text));
	for (size_t i = 0; i < page.block_count; i++)
		found = found || strstr(page.blocks[i].text, text);
	for (size_t i = 0; i < page.control.report_count; i++)
		found = found || strstr(page.control.report[i].label, text) ||
			(page.control.report[i].todo && strstr(page.control.report[i].todo, text));
	page_done(&page);
	return found;
}

static inline bool has_button(const struct walk *walk, enum action_id action)
{
	struct page page;
	bool found;

	page_init(&page);
	walk_page(walk, &page);
	found = page_has_action(&page, action);
	page_done(&page);
	return found;
}

static inline bool asks_for_key(const struct walk *walk)
{
	struct page page;
	bool asks;

	page_init(&page);
	walk_page(walk, &page);
	asks = page.control.kind == CONTROL_SECRET;
	page_done(&page);
	return asks;
}

/* Killed, and started again: at the page that welcomes back. The keyring is being looked into. */
static inline void restart_at(struct walk *walk, const char *now)
{
	json_t *json = walk_to_json(walk);
	struct effect effect;

	walk_done(walk);
	walk_init(walk, &guide_create);
	if (walk_from_json(walk, json, NULL) != FAULT_NONE)
		walk->guide = NULL;   /* no test goes on with that */
	json_decref(json);
	strcpy(walk->now, now);
	walk_start(walk, &effect);
}

static inline void restart(struct walk *walk)
{
	restart_at(walk, "2026-11-23T12:05:00Z");
}

#endif
