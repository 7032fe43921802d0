/* SPDX-License-Identifier: MIT */
/* Carries out what the walk asks for, by the helper, the browser, the clipboard …, and hands it the outcome. */
#include "cmd/wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cmd/demo.h"
#include "cmd/guard.h"
#include "cmd/kept.h"
#include "cmd/papers.h"
#include "cmd/remember.h"
#include "sys/clipboard.h"
#include "sys/own_keyring.h"
#include "ui/term.h"

enum {
	TRY_LIMIT_MS = 3000,         /* the keyring tried (product: within 3 s) */
	STORE_LIMIT_MS = 5000,       /* measured: 25 ms; a stalled service never answers */
	ASK_LIMIT_MS = 60000,        /* the helper ends by itself before that */
	WAIT_MS = 2000,              /* between two questions whether a key has ended */
	BROWSER_LOOK_MS = 100,
	CLIPBOARD_MS = 60 * 1000
};

/* The effects that are one order to a helper, and how long that may take. */
static const struct errand {
	enum helper_verb verb;
	int limit_ms;
} errands[] = {
	[EFFECT_TRY_KEYRING] = { HELPER_TRY, TRY_LIMIT_MS },
	[EFFECT_LIST] = { HELPER_LIST, TRY_LIMIT_MS },
	[EFFECT_STORE] = { HELPER_STORE, STORE_LIMIT_MS },
	[EFFECT_REPLACE] = { HELPER_REPLACE, STORE_LIMIT_MS },
	[EFFECT_DELETE] = { HELPER_DELETE, STORE_LIMIT_MS },
	[EFFECT_ASSIGN] = { HELPER_ASSIGN, STORE_LIMIT_MS },
};

static void outcome_fault(struct wizard *wizard, enum fault_code code, const struct fault *fault)
{
	struct outcome result = { .fault = code, .detail = code == FAULT_NONE ? "" : fault->detail };

	wizard_outcome(wizard, &result);
}

void wizard_stop(struct wizard *wizard)
{
	helper_free(wizard->helper);
	wizard->helper = NULL;
	browser_free(wizard->browser);
	wizard->browser = NULL;
	wizard->wait_until_ms = 0;
	wizard->fetching = false;
	secret_wipe(wizard->fetched);
}

/* The key that the verb is about; NULL: none. */
static struct secret *key_for(const struct wizard *wizard, enum helper_verb verb)
{
	switch (verb) {
	case HELPER_STORE:
	case HELPER_REPLACE:
		return wizard->key;
	case HELPER_FETCH:
		return wizard->fetched;
	case HELPER_ASK:
		return wizard->fetching ? wizard->fetched : wizard->key;
	default:
		return NULL;
	}
}

static void begin_helper(struct wizard *wizard, enum helper_verb verb, int limit_ms)
{
	const struct walk *walk = &wizard->walk;
	/* For a key that the person asked about the keyring may ask them, too. */
	bool may_ask = wizard->effect.unlock || verb == HELPER_FETCH;
	struct helper_request request = {
		.verb = verb, .unlock = may_ask, .over = wizard->effect.over, .before = (int)walk->aside_before,
		.ends = verb == HELPER_DELETE ? walk->copy.seen.ends : NULL,
		.name = plan_name(walk->plan), .mode = plan_mode(walk->plan),
		.account = verb == HELPER_ASSIGN ? check_account(walk->check) : "",
		.check = verb == HELPER_ASK ? walk->check : NULL,
		.api_base = wizard->options->api_base, .ca_file = wizard->options->ca_file,
		/* Where the keyring shows a window the person decides how long it takes. */
		.limit_ms = may_ask ? 0 : limit_ms,
	};
	struct fault fault;

	wizard->helper = helper_start(&request, key_for(wizard, verb), &fault);
	if (!wizard->helper)
		outcome_fault(wizard, fault.code, &fault);
}

static void begin_fetching(struct wizard *wizard)
{
	wizard->fetching = true;
	wizard->fetched_all = false;
	begin_helper(wizard, HELPER_FETCH, STORE_LIMIT_MS);
}

/* The key is gone from here as soon as it was kept and asked after: a later check gets it from the keyring. */
static void begin_asking(struct wizard *wizard)
{
	wizard->fetching = false;
	if (!walk_needs_key(&wizard->walk) || !secret_length(wizard->key))
		begin_fetching(wizard);
	else
		begin_helper(wizard, HELPER_ASK, ASK_LIMIT_MS);
}

static void open_address(struct wizard *wizard, const char *address)
{
	struct fault fault;

	wizard->browser = browser_open(address, &fault);
	if (!wizard->browser)
		outcome_fault(wizard, fault.code, &fault);
}

static void put_on_clipboard(struct wizard *wizard)
{
	struct fault fault;
	enum fault_code code = clipboard_put(wizard->key, &fault);

	if (code == FAULT_NONE)
		wizard->clipboard_until_ms = clock_ms() + CLIPBOARD_MS;
	outcome_fault(wizard, code, &fault);
}

/* What is on the clipboard is compared with the key from the keyring: the pasted one is gone by now. */
static void empty_clipboard(struct wizard *wizard)
{
	struct outcome result = { .fault = FAULT_NONE, .detail = "", .clipboard = CLIPBOARD_NO_WAY };

	switch (clipboard_clear(wizard->fetched)) {
	case CLIPBOARD_EMPTIED:
		result.clipboard = CLIPBOARD_CLEARED;
		break;
	case CLIPBOARD_OTHER:
		result.clipboard = CLIPBOARD_ELSE;
		break;
	case CLIPBOARD_UNKNOWN:
		result.clipboard = term_empty_clipboard() ? CLIPBOARD_ASKED : CLIPBOARD_NO_WAY;
		break;
	}
	secret_wipe(wizard->fetched);
	wizard_outcome(wizard, &result);
}

/* A program that may ask for a password of its own gets the terminal for as long. */
static void lend_terminal(struct wizard *wizard, bool lent)
{
	if (!lent)
		guard_forget_keys();
	if (wizard->lend_terminal)
		wizard->lend_terminal(wizard->screen, lent);
}

static void start_keyring(struct wizard *wizard)
{
	struct fault fault;
	enum fault_code code;

	lend_terminal(wizard, true);
	code = own_keyring_start(&wizard->keyring_life, &fault);
	lend_terminal(wizard, false);
	if (code == FAULT_NONE)
		wizard->walk.starter = own_keyring_starter();
	outcome_fault(wizard, code, &fault);
}

static void hand_to_manager(struct wizard *wizard)
{
	const struct plan *plan = wizard->walk.plan;
	struct outcome result = { .detail = "" };
	struct fault fault;
	char *entry;

	lend_terminal(wizard, true);
	result.fault = manager_give(wizard->key, plan_name(plan), mode_slug(plan_mode(plan)), &entry, &fault);
	lend_terminal(wizard, false);
	result.detail = result.fault == FAULT_NONE ? entry : fault.detail;
	wizard_outcome(wizard, &result);
	free(entry);
}

static void remember(struct wizard *wizard, enum effect_kind kind)
{
	const struct walk *walk = &wizard->walk;
	struct fault fault = { .detail = "" };
	enum fault_code code;

	if (kind == EFFECT_KEEP_DEAD)
		code = remember_dead(walk->plan, &fault);
	else if (kind == EFFECT_REVIEWED)
		code = remember_review(walk->plan, &fault);
	else
		code = remember_key(walk, &fault);   /* losing a record loses no key */
	outcome_fault(wizard, code, &fault);
}

static void begin(struct wizard *wizard)
{
	struct effect effect = wizard->effect;

	wizard_stop(wizard);
	wizard->ticket = effect.ticket;
	if (wizard->options->demo && demo_begin(wizard, &effect))
		return;
	switch (effect.kind) {
	case EFFECT_NONE:
	case EFFECT_LANGUAGE:   /* done in wizard_event() */
	case EFFECT_SAMPLE:   /* only in a rehearsal */
	case EFFECT_CANCEL:
		wizard->demo_next_ms = 0;
		break;
	case EFFECT_TRY_KEYRING:
	case EFFECT_LIST:
	case EFFECT_STORE:
	case EFFECT_REPLACE:
	case EFFECT_DELETE:
	case EFFECT_ASSIGN:
		begin_helper(wizard, errands[effect.kind].verb, errands[effect.kind].limit_ms);
		break;
	case EFFECT_START_KEYRING:
		start_keyring(wizard);
		break;
	case EFFECT_WAIT:
		wizard->wait_until_ms = clock_ms() + WAIT_MS;
		break;
	case EFFECT_KEEP_DEAD:
	case EFFECT_REVIEWED:
	case EFFECT_REMEMBER:
		remember(wizard, effect.kind);
		break;
	case EFFECT_ASK:
		begin_asking(wizard);
		break;
	case EFFECT_RECEIPT:
		papers_show_receipt(wizard);
		break;
	case EFFECT_SAVE_RECEIPT:
		papers_save_receipt(wizard);
		break;
	case EFFECT_SAVE_PLAN:
		papers_save_plan(wizard);
		break;
	case EFFECT_READ_PLAN:
		papers_read_plan(wizard, effect.address);
		break;
	case EFFECT_OPEN:
		open_address(wizard, effect.address);
		break;
	case EFFECT_CLIPBOARD:
		put_on_clipboard(wizard);
		break;
	case EFFECT_CLEAR_CLIPBOARD:
		begin_fetching(wizard);
		break;
	case EFFECT_MANAGER:
		hand_to_manager(wizard);
		break;
	case EFFECT_QUIT:
		wizard_end(wizard, 0);
		wizard->status = effect.status;
		break;
	}
}

/* What it was fetched for. */
static void fetched(struct wizard *wizard)
{
	struct walk *walk = &wizard->walk;

	wizard->fetched_all = true;
	/* What is remembered may be old: the answer, and what is deleted after it, are about this very key. */
	walk->copy.seen = apikey_read(wizard->fetched);
	if (walk->pending == EFFECT_CLEAR_CLIPBOARD)
		empty_clipboard(wizard);
	else
		begin_helper(wizard, HELPER_ASK, ASK_LIMIT_MS);
}

static void helper_ended(struct wizard *wizard, struct helper_reply *reply)
{
	struct outcome result = { .fault = reply->fault, .detail = reply->detail, .aside = reply->aside,
		.kept_as = reply->kept_as };
	struct walk *walk = &wizard->walk;
	struct kept_key *kept;

	helper_free(wizard->helper);
	wizard->helper = NULL;
	if (wizard->ticket != walk->ticket) {   /* the next one waits to be begun: nobody hears of this any more */
		secret_wipe(wizard->fetched);
		helper_reply_done(reply);
		return;
	}
	if (wizard->fetching && !wizard->fetched_all && reply->fault == FAULT_NONE) {
		helper_reply_done(reply);
		fetched(wizard);
		return;
	}
	secret_wipe(wizard->fetched);
	/* Gone is gone, also where somebody else was faster. */
	if (walk->pending == EFFECT_DELETE && (reply->fault == FAULT_NONE || reply->fault == FAULT_NOT_FOUND))
		remember_gone(walk);
	kept = kept_remembered(reply);
	result.kept = kept;
	result.kept_count = reply->kept_count;
	snprintf(result.store, sizeof result.store, "%s", reply->store);
	wizard_outcome(wizard, &result);
	kept_forget(kept, reply->kept_count);
	helper_reply_done(reply);
}

static void told(struct wizard *wizard, const struct helper_answer *answer)
{
	struct event event = { .kind = EVENT_TOLD,
		.told = { wizard->ticket, answer->question, &answer->answer } };

	wizard_event(wizard, &event);
}

static bool look_after_helper(struct wizard *wizard)
{
	struct helper_answer answer;
	struct helper_reply reply;
	bool changed = false;

	while (wizard->helper)
		switch (helper_read(wizard->helper, &answer, &reply)) {
		case HELPER_NOTHING:
			return changed;
		case HELPER_ANSWERED:
			told(wizard, &answer);
			changed = true;
			break;
		case HELPER_ENDED:
			helper_ended(wizard, &reply);
			return true;
		}
	return changed;
}

static bool look_after_browser(struct wizard *wizard)
{
	struct fault fault = { .detail = "" };
	enum fault_code code;

	if (!wizard->browser || !browser_settled(wizard->browser, &code))
		return false;
	browser_free(wizard->browser);
	wizard->browser = NULL;
	outcome_fault(wizard, code, &fault);
	return true;
}

static bool look_after_wait(struct wizard *wizard)
{
	if (!wizard->wait_until_ms || clock_ms() < wizard->wait_until_ms)
		return false;
	wizard->wait_until_ms = 0;
	outcome_fault(wizard, FAULT_NONE, NULL);
	return true;
}

bool wizard_work(struct wizard *wizard)
{
	bool changed = look_after_helper(wizard) | look_after_browser(wizard) | look_after_wait(wizard) | demo_work(wizard) |
		       wizard_end_lending(wizard);

	while (wizard->effect.kind != EFFECT_NONE) {
		struct effect begun = wizard->effect;

		begin(wizard);
		/* An outcome that came at once may have asked for the next effect already. */
		if (wizard->effect.ticket == begun.ticket)
			wizard->effect.kind = EFFECT_NONE;
		changed = true;
	}
	wizard_wipe_when_done(wizard);
	return changed;
}

static void lower(int *timeout_ms, long long to_ms)
{
	if (to_ms < 0)
		to_ms = 0;
	if (*timeout_ms < 0 || to_ms < *timeout_ms)
		*timeout_ms = (int)to_ms;
}

size_t wizard_poll(const struct wizard *wizard, struct pollfd *descriptors, int *timeout_ms)
{
	size_t count = 0;

	descriptors[count++] = (struct pollfd){ .fd = wizard->signals, .events = POLLIN };
	if (wizard->helper) {
		descriptors[count++] = (struct pollfd){ .fd = helper_fd(wizard->helper), .events = POLLIN };
		if (helper_timeout_ms(wizard->helper) >= 0)
			lower(timeout_ms, helper_timeout_ms(wizard->helper));
	}
	if (demo_timeout_ms(wizard) >= 0)
		lower(timeout_ms, demo_timeout_ms(wizard));
	if (wizard->browser)
		lower(timeout_ms, BROWSER_LOOK_MS);
	if (wizard->wait_until_ms)
		lower(timeout_ms, wizard->wait_until_ms - clock_ms());
	if (wizard->clipboard_until_ms)
		lower(timeout_ms, wizard->clipboard_until_ms - clock_ms());
	return count;
}

bool wizard_busy(const struct wizard *wizard)
{
	return wizard->helper || wizard->demo_next_ms || wizard->wait_until_ms || wizard->effect.kind != EFFECT_NONE;
}
