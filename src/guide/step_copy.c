/* SPDX-License-Identifier: MIT */
/*
 * Step 6: the key is pasted, recognised, kept at once, read back; then Stripe
 * is asked what it can do. The key itself is never here: only what kind of text
 * it was. What is shown is in copy_pages.c and report.c.
 *
 * The order is a rule: kept first, then the network.
 */
#include "guide/steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "guide/copy_menu.h"

void copy_enter(struct walk *walk, struct effect *effect)
{
	(void)effect;
	if (walk->copy.key == KEY_REFUSED)
		walk->copy.key = KEY_AWAITED;
}

bool copy_ready(const struct walk *walk)
{
	return (walk->copy.key == KEY_SAVED && walk->copy.ask != ASK_GOING) || walk->copy.key == KEY_HANDED;
}

/* No key takes the place of another that is kept: "name-2", "name-3" … until one is free, also where "name-2" was tried. */
static void take_free_name(struct walk *walk)
{
	const char *now = plan_name(walk->plan);
	size_t length = strlen(walk->taken_name);
	bool again = length && !strncmp(now, walk->taken_name, length) && now[length] == '-';
	int number = again ? atoi(now + length + 1) + 1 : 2;
	char *taken = mem_strdup(again ? walk->taken_name : now);

	do {
		char *name = mem_printf("%s-%d", taken, number++);

		plan_set_name(walk->plan, name);
		free(name);
	} while (walk_name_is_kept(walk, plan_name(walk->plan)));
	free(walk->taken_name);
	walk->taken_name = taken;
}

/* It is about what was planned again; not where the key was stored by this walk: the next one may overwrite it. */
static void plan_as_before(struct walk *walk)
{
	if (walk->stored_here)
		return;
	if (walk->planned) {
		plan_free(walk->plan);
		walk->plan = walk->planned;
		walk->planned = NULL;
	}
	if (*walk->taken_name)
		plan_set_name(walk->plan, walk->taken_name);
	free(walk->taken_name);
	walk->taken_name = mem_strdup("");
}

/* Where the name is known to be taken that is not tried: whoever is killed meanwhile must not find that other key for this one. */
static void store(struct walk *walk, bool unlock, struct effect *effect)
{
	if (walk->guide == &guide_create && !walk->stored_here && walk_name_is_kept(walk, plan_name(walk->plan)))
		take_free_name(walk);
	walk->copy.key = KEY_STORING;
	walk->copy.unlocking = unlock;
	walk_ask(walk, walk->guide == &guide_replace ? EFFECT_REPLACE : EFFECT_STORE, effect);
	effect->unlock = unlock;
	effect->over = walk->stored_here;
}

void copy_ask(struct walk *walk, enum check_depth depth, bool writes, struct effect *effect)
{
	check_free(walk->check);
	walk->check = check_new(walk_known_plan(walk), plan_mode(walk->plan), depth, writes);
	walk->copy.ask = ASK_GOING;
	walk->open = OPEN_NOT;
	walk_ask(walk, EFFECT_ASK, effect);
}

static void pasted(struct walk *walk, const struct apikey *key, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;

	memset(copy, 0, sizeof *copy);
	check_free(walk->check);   /* it was about another key */
	walk->check = NULL;
	copy->seen = *key;
	if (!apikey_is_wanted(key->kind) || (walk->demo && !key->sample))
		copy->key = KEY_REFUSED;
	else if (key->mode != plan_mode(walk->plan))
		copy->key = walk->guide == &guide_replace ? KEY_REFUSED : KEY_OTHER_MODE;
	else
		store(walk, false, effect);
}

/* When the old key ends: as it is remembered, else so long after now as was chosen. */
static void set_until(struct walk *walk)
{
	record_later(walk->until, *walk->aside ? walk->now : "", walk->overlap_hours);
	for (size_t i = 0; i < walk->kept_count; i++)
		if (walk->kept[i].mode == plan_mode(walk->plan) && !strcmp(walk->kept[i].name, walk->aside) &&
		    *walk->kept[i].record.until)
			memcpy(walk->until, walk->kept[i].record.until, sizeof walk->until);
}

/* The old key's new name; "" where there was none to be given one. */
static void take_aside(struct walk *walk, const char *aside)
{
	free(walk->aside);
	walk->aside = mem_strdup(aside);
	set_until(walk);
}

/* The key that came is kept by NAME already: from here on it is about that one, as it is remembered. True where it is. */
static bool take_twin(struct walk *walk, const char *name)
{
	const struct kept_key *kept;

	plan_as_before(walk);
	walk->planned = plan_copy(walk->plan);
	plan_set_name(walk->plan, name);
	kept = walk_kept(walk);
	if (!kept || !*kept->record.created)
		return false;
	plan_free(walk->plan);
	walk->plan = plan_copy(kept->record.plan);
	plan_set_name(walk->plan, name);
	plan_set_mode(walk->plan, kept->mode);
	return true;
}

static void stored(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	bool is_twin = outcome->kept_as && *outcome->kept_as, remembered = false;
	struct copy_state *copy = &walk->copy;

	if (outcome->fault == FAULT_NAME_TAKEN) {
		take_free_name(walk);
		store(walk, copy->unlocking, effect);
		return;
	}
	if (outcome->fault != FAULT_NONE) {
		copy->key = outcome->fault == FAULT_SAME_KEY ? KEY_REFUSED : KEY_UNSAVED;
		copy->keyring_fault = outcome->fault;
		fault_set(&copy->fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
		return;
	}
	copy->key = KEY_SAVED;
	copy->read_back = true;
	if (is_twin)
		remembered = take_twin(walk, outcome->kept_as);
	walk->stored_here = !is_twin;   /* what was there before may not be overwritten */
	walk->overlap_is_new = walk->ended == EFFECT_REPLACE;
	walk->last_key = LAST_NONE;
	memcpy(walk->store, outcome->store, sizeof walk->store);
	if (walk->ended == EFFECT_REPLACE)
		take_aside(walk, outcome->aside ? outcome->aside : "");
	if (remembered)
		copy_go_on(walk, effect);
	else
		walk_ask(walk, EFFECT_REMEMBER, effect);
}

/* In replacing the old key has the name, too, until the new one has taken its place: one more old key is the trace of that. */
static bool is_there(const struct walk *walk)
{
	return walk_kept(walk) &&
	       (walk->guide != &guide_replace || *walk->aside || walk_count_aside(walk) > walk->aside_before);
}

/* It is safe. Whatever Stripe said of it the person is to see, unless it was that all is as planned: so it is asked again. */
static void was_found(struct walk *walk, struct effect *effect)
{
	const struct record *record = &walk_kept(walk)->record;
	/* Killed as soon as it was kept? Then what is remembered is about the key that had the name before, if at all. */
	bool told = walk->guide != &guide_replace || *walk->aside;
	bool remembered = told && *record->created && !strcmp(record->ends, walk->copy.seen.ends);

	if (walk->last_key != LAST_KEPT)   /* else it is known: the key may have been kept before this making */
		walk->stored_here = true;
	walk->last_key = LAST_NONE;
	walk->copy.key = KEY_SAVED;
	walk->at = walk_find(walk, "copy");
	if (walk->guide == &guide_replace && !*walk->aside)
		take_aside(walk, walk_last_aside(walk));
	if (!remembered)
		walk_ask(walk, EFFECT_REMEMBER, effect);
	else if (record->match == RECORD_AS_PLANNED)
		walk_next(walk, effect);
	else
		copy_go_on(walk, effect);
}

void copy_find_last(struct walk *walk, struct effect *effect)
{
	bool may_be_there = walk->last_key == LAST_KEPT || walk->last_key == LAST_STORING ||
			    (walk->last_key == LAST_MADE && walk->guide == &guide_replace);

	if (may_be_there && is_there(walk))
		was_found(walk, effect);
	else if (may_be_there)
		walk->last_key = walk->last_key == LAST_KEPT ? LAST_GONE : LAST_MADE;
}

/* Not over the head of somebody who is asked whether to leave, or where to go on; what is only read may lie over it. */
static bool is_asked_first(const struct walk *walk)
{
	enum overlay overlay = walk->overlay == OVERLAY_LANGUAGE ? walk->under_language : walk->overlay;

	return overlay == OVERLAY_LEAVE || overlay == OVERLAY_ABANDON || overlay == OVERLAY_RESUME;
}

void copy_go_on(struct walk *walk, struct effect *effect)
{
	if (!is_asked_first(walk) && walk->pending == EFFECT_NONE && walk->copy.key == KEY_SAVED &&
	    walk->copy.ask == ASK_NOT && walk->at == walk_find(walk, "copy"))
		copy_ask(walk, CHECK_QUICK, false, effect);
}

/* The account belongs to the keyring's entry. Where this fails the entry has none yet, which harms nobody. */
static void assign(struct walk *walk, struct effect *effect)
{
	if (walk->copy.assigned || !*check_account(walk->check))
		return;
	walk->copy.assigned = true;
	walk_ask(walk, EFFECT_ASSIGN, effect);
}

/* What is known is kept and remembered, also where the round was cut short. */
static void asked(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;

	copy->ask = ASK_DONE;
	if (outcome->fault != FAULT_NONE) {
		copy->ask = ASK_FAILED;
		fault_set(&copy->ask_fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
	}
	copy->assigned = false;
	if (check_key(walk->check) != VERDICT_UNKNOWN && !walk->plan_unknown)   /* remembered at once: whoever is quick may be gone before the rest */
		walk_ask(walk, EFFECT_REMEMBER, effect);
	else
		assign(walk, effect);
}

/* The key was waiting for it. */
static void keyring_started(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	if (outcome->fault == FAULT_NONE)
		store(walk, false, effect);
	else
		fault_set(&walk->copy.fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
}

static void kept_by_manager(struct walk *walk, const char *entry)
{
	walk->copy.key = KEY_HANDED;
	free(walk->entry);
	walk->entry = mem_strdup(entry ? entry : "");
}

/* To the clipboard it is only lent; a password manager keeps it. */
static void handed(struct walk *walk, const struct outcome *outcome)
{
	struct copy_state *copy = &walk->copy;

	copy->key = KEY_UNSAVED;
	if (outcome->fault != FAULT_NONE)
		fault_set(&copy->fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
	else if (walk->ended == EFFECT_CLIPBOARD)
		copy->on_clipboard = copy->was_lent = true;
	else
		kept_by_manager(walk, outcome->detail);
}

static void outcome_came(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	switch (walk->ended) {
	case EFFECT_STORE:
	case EFFECT_REPLACE:
		stored(walk, outcome, effect);
		break;
	case EFFECT_REMEMBER:
		if (walk->copy.ask == ASK_NOT)
			copy_go_on(walk, effect);
		else
			assign(walk, effect);
		break;
	case EFFECT_ASK:
		asked(walk, outcome, effect);
		break;
	case EFFECT_CLEAR_CLIPBOARD:
		walk->copy.clipboard = outcome->fault == FAULT_NONE ? outcome->clipboard : CLIPBOARD_NO_WAY;
		break;
	case EFFECT_START_KEYRING:
		keyring_started(walk, outcome, effect);
		break;
	case EFFECT_CLIPBOARD:
	case EFFECT_MANAGER:
		handed(walk, outcome);
		break;
	default:
		break;
	}
}

static bool chosen_when_unsaved(struct walk *walk, int choice, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;

	if (copy->key != KEY_UNSAVED)
		return false;
	switch ((enum unsaved_choice)choice) {
	case UNSAVED_RETRY:
	case UNSAVED_UNLOCK:
		store(walk, choice == UNSAVED_UNLOCK, effect);
		return true;
	case UNSAVED_START:
		walk_ask(walk, EFFECT_START_KEYRING, effect);
		return true;
	case UNSAVED_MANAGER:
	case UNSAVED_CLIPBOARD:
		copy->key = KEY_HANDING;
		walk_ask(walk, choice == UNSAVED_MANAGER ? EFFECT_MANAGER : EFFECT_CLIPBOARD, effect);
		return true;
	case UNSAVED_HANDED:
		copy->key = KEY_HANDED;
		return true;
	case UNSAVED_STOP:
		walk->overlay = OVERLAY_ABANDON;
		return true;
	}
	return false;
}

/* The person stops waiting: what was under way is not known, and said so. */
static bool stop_waiting(struct walk *walk, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;

	if (copy->key == KEY_STORING) {
		copy->key = KEY_UNSAVED;
		copy->keyring_fault = FAULT_STOPPED;
		fault_set(&copy->fault, FAULT_STOPPED, 0, "%s", "");
	} else if (copy->ask == ASK_GOING) {
		copy->ask = ASK_FAILED;
		fault_set(&copy->ask_fault, FAULT_STOPPED, 0, "%s", "");
	} else {
		return false;
	}
	walk_cancel(walk, effect);
	return true;
}

/* What is being remembered is not cut short for it. */
static void clear_when_idle(struct walk *walk, struct effect *effect)
{
	if (walk->copy.clipboard == CLIPBOARD_LOOKING && walk->pending == EFFECT_NONE)
		walk_ask(walk, EFFECT_CLEAR_CLIPBOARD, effect);
}

static void show(struct walk *walk, enum copy_view view)
{
	walk->copy.view = view;
	walk->open = OPEN_NOT;
}

/* The key is kept: forwards, back, and Stripe asked again. */
static bool pressed_when_kept(struct walk *walk, enum action_id action, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;
	bool may_ask = copy->ask == ASK_DONE || copy->ask == ASK_FAILED;

	if (action == ACTION_NEXT && copy->view == COPY_KEPT)
		return show(walk, COPY_REPORT), true;
	if (action == ACTION_BACK)
		return show(walk, COPY_KEPT), true;
	if (action == ACTION_CLEAR && copy->ask != ASK_GOING) {
		copy->clipboard = CLIPBOARD_LOOKING;
		clear_when_idle(walk, effect);
		return true;
	}
	if (!may_ask || !walk->check)
		return false;
	switch (action) {
	case ACTION_RETRY:
		copy_ask(walk, check_depth(walk->check), false, effect);
		return true;
	case ACTION_FULL:
		copy_ask(walk, CHECK_FULL, false, effect);
		return true;
	case ACTION_WRITES:
		show(walk, COPY_WRITES);
		return true;
	case ACTION_NO:
		show(walk, COPY_REPORT);
		return true;
	case ACTION_YES:
		show(walk, COPY_REPORT);
		copy_ask(walk, check_depth(walk->check), true, effect);
		return true;
	case ACTION_OPEN:
		walk_ask(walk, EFFECT_OPEN, effect);
		effect->address = copy_edit_address(walk);
		walk->open = OPEN_ASKING;
		return true;
	default:
		return false;
	}
}

static void change_mode(struct walk *walk)
{
	plan_set_mode(walk->plan, plan_mode(walk->plan) == MODE_LIVE ? MODE_TEST : MODE_LIVE);
}

static bool pressed(struct walk *walk, enum action_id action, struct effect *effect)
{
	struct copy_state *copy = &walk->copy;
	bool other_mode;

	switch (action) {
	case ACTION_STOP:
		return stop_waiting(walk, effect);
	case ACTION_SAMPLE:
		if (walk->demo)
			walk_ask(walk, EFFECT_SAMPLE, effect);
		return walk->demo;
	case ACTION_PASTE_AGAIN:
		other_mode = copy->mode_changed && !walk->stored_here;
		memset(copy, 0, sizeof *copy);
		plan_as_before(walk);
		if (other_mode)
			change_mode(walk);
		return true;
	case ACTION_YES:
		if (copy->key != KEY_OTHER_MODE)
			break;
		change_mode(walk);
		copy->mode_changed = true;
		walk->stored_here = false;
		store(walk, false, effect);
		return true;
	default:
		break;
	}
	return copy->key == KEY_SAVED && pressed_when_kept(walk, action, effect);
}

bool copy_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	switch (event->kind) {
	case EVENT_KEY:
		pasted(walk, &event->key, effect);
		return true;
	case EVENT_OUTCOME:
		outcome_came(walk, event->outcome, effect);
		clear_when_idle(walk, effect);
		return true;
	case EVENT_CHOOSE:
		return chosen_when_unsaved(walk, event->choice, effect);
	case EVENT_ACTION:
		return pressed(walk, event->action, effect);
	default:
		return false;
	}
}
