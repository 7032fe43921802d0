/* SPDX-License-Identifier: MIT */
/* Where the person is in a guide: forwards, back, help, leaving, coming back. */
#include "guide/walk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "guide/steps.h"

enum { OVERLAP_USUAL_HOURS = 24 };

static const struct step *step_now(const struct walk *walk)
{
	return &walk->guide->steps[walk->at];
}

static void forget_asked(struct walk *walk)
{
	for (size_t i = 0; i < walk->odd_count; i++)
		free(walk->odd[i].name);
	free(walk->odd);
	plan_free(walk->asked);
	walk->asked = NULL;
	walk->odd = NULL;
	walk->odd_count = 0;
}

void walk_init(struct walk *walk, const struct guide *guide)
{
	memset(walk, 0, sizeof *walk);
	walk->guide = guide;
	walk->plan = plan_new();
	walk->permissions.filter = mem_strdup("");
	walk->aside = mem_strdup("");
	walk->entry = mem_strdup("");
	walk->taken_name = mem_strdup("");
	walk->overlap_hours = OVERLAP_USUAL_HOURS;
	walk->sent = mem_strdup("");
	walk->sent_problem = mem_strdup("");
	walk->sent_advice = mem_strdup("");
	walk->permissions.ticked = mem_new(plan_cell_count(), sizeof *walk->permissions.ticked);
	walk->permissions.write_open = mem_new(plan_cell_count(), sizeof *walk->permissions.write_open);
}

void walk_done(struct walk *walk)
{
	plan_free(walk->plan);
	free(walk->permissions.filter);
	free(walk->permissions.ticked);
	free(walk->permissions.write_open);
	free(walk->address);
	free(walk->aside);
	free(walk->entry);
	free(walk->taken_name);
	plan_free(walk->planned);
	plan_free(walk->begin_with);
	free(walk->sent);
	free(walk->sent_problem);
	free(walk->sent_advice);
	free(walk->plan_file);
	forget_asked(walk);
	receipt_forget(walk);
	check_free(walk->check);
	walk_forget_kept(walk);
	memset(walk, 0, sizeof *walk);
}

size_t guide_find_step(const struct guide *guide, const char *slug)
{
	for (size_t i = 0; i < guide->count; i++)
		if (!strcmp(guide->steps[i].slug, slug))
			return i;
	return SIZE_MAX;
}

size_t walk_find(const struct walk *walk, const char *slug)
{
	return guide_find_step(walk->guide, slug);
}

/* ---- what somebody asked for ---- */

void walk_grant(struct walk *walk, const struct plan *other)
{
	for (size_t cell = 0; cell < plan_cell_count(); cell++) {
		enum level wanted = plan_cell(other, cell);

		if (wanted <= plan_cell(walk->plan, cell))
			continue;
		if (wanted == LEVEL_WRITE)
			walk->permissions.write_open[cell] = true;
		plan_set_cell(walk->plan, cell, LEVEL_READ);   /* false where the row has no Read: then it stays at None */
		walk->permissions.ticked[cell] = false;
	}
}

void walk_take_asked(struct walk *walk, struct plan *plan_take, const struct link_name *odd, size_t odd_count)
{
	forget_asked(walk);
	walk->asked = plan_take;
	walk->odd = mem_new(odd_count + 1, sizeof *walk->odd);
	for (; walk->odd_count < odd_count; walk->odd_count++) {
		walk->odd[walk->odd_count] = odd[walk->odd_count];
		walk->odd[walk->odd_count].name = mem_strdup(odd[walk->odd_count].name);
	}
	plan_free(walk->plan);
	walk->plan = plan_copy(plan_take);
	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		plan_set_cell(walk->plan, cell, LEVEL_NONE);
	memset(walk->permissions.write_open, 0, plan_cell_count() * sizeof *walk->permissions.write_open);
	walk_grant(walk, plan_take);
	walk->live_only = plan_mode(plan_take) == MODE_LIVE;
}

void walk_take_live(struct walk *walk)
{
	walk->live_only = true;
	plan_set_mode(walk->plan, MODE_LIVE);
}

/* ---- effects ---- */

static bool looks_into_keyring(enum effect_kind kind)
{
	return kind == EFFECT_TRY_KEYRING || kind == EFFECT_LIST;
}

void walk_ask(struct walk *walk, enum effect_kind kind, struct effect *effect)
{
	if (looks_into_keyring(walk->pending))
		walk->keyring = KEYRING_UNTRIED;
	*effect = (struct effect){ .kind = kind, .ticket = ++walk->ticket };
	walk->pending = kind;
}

void walk_cancel(struct walk *walk, struct effect *effect)
{
	walk_ask(walk, EFFECT_CANCEL, effect);
	walk->pending = EFFECT_NONE;
}

void walk_look(struct walk *walk, bool unlock, struct effect *effect)
{
	walk_ask(walk, walk->guide->stores ? EFFECT_TRY_KEYRING : EFFECT_LIST, effect);
	effect->unlock = unlock;
	walk->keyring = KEYRING_TRYING;
}

bool walk_may_start_keyring(const struct walk *walk, enum fault_code code)
{
	return walk->keyring_folder && fault_wants_own_keyring(code, walk->windowless);
}

static void keyring_started(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	if (outcome->fault == FAULT_NONE)
		walk_look(walk, false, effect);
	else
		fault_set(&walk->keyring_fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
}

static void keyring_looked(struct walk *walk, enum effect_kind was, const struct outcome *outcome)
{
	if (outcome->fault == FAULT_NONE) {
		walk->keyring = was == EFFECT_TRY_KEYRING ? KEYRING_WORKS : KEYRING_UNTRIED;
		memcpy(walk->store, outcome->store, sizeof walk->store);
		walk_list_kept(walk, outcome);
		/* Before there is a new key: from then on one more says that it has taken the old one's place. */
		if (walk->guide == &guide_replace && walk->last_key == LAST_NONE && walk->copy.key == KEY_AWAITED)
			walk->aside_before = walk_count_aside(walk);
	} else {
		walk->keyring = KEYRING_FAILED;
		fault_set(&walk->keyring_fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
	}
}

/* Written like that times compare as text. */
bool walk_is_over(const struct walk *walk, const char *until)
{
	return *until && strcmp(until, walk->now) <= 0;
}

const struct plan *walk_known_plan(const struct walk *walk)
{
	return walk->plan_unknown ? NULL : walk->plan;
}

/* ---- moving ---- */

static void enter(struct walk *walk, struct effect *effect)
{
	walk->open = OPEN_NOT;
	/* Asked on the page that was left: what comes of it is of no use here. */
	if (walk->pending == EFFECT_OPEN)
		walk->pending = EFFECT_NONE;
	if (step_now(walk)->enter)
		step_now(walk)->enter(walk, effect);
	if (effect->kind == EFFECT_NONE && walk->keyring == KEYRING_UNTRIED && walk->guide->stores)
		walk_look(walk, false, effect);
}

void walk_go(struct walk *walk, const char *slug, struct effect *effect)
{
	walk->at = walk_find(walk, slug);
	enter(walk, effect);
}

void walk_jump(struct walk *walk, size_t step)
{
	walk->at = step;
	if (step > walk_find(walk, "name"))
		name_suggest(walk);
}

void walk_start(struct walk *walk, struct effect *effect)
{
	*effect = (struct effect){ .kind = EFFECT_NONE };
	enter(walk, effect);
}

void walk_next(struct walk *walk, struct effect *effect)
{
	if (walk->at + 1 < walk->guide->count) {
		walk->at++;
		enter(walk, effect);
	} else if (walk->from_home) {
		walk_change_guide(walk, &guide_home, effect);
	} else {
		walk->finished = true;
		walk_ask(walk, EFFECT_QUIT, effect);
	}
}

/* Whatever else begins with the first page of "create" was reached from there, or from the menu. */
static bool is_about_kept_key(const struct guide *guide)
{
	return guide == &guide_replace || guide == &guide_remove;
}

void walk_back(struct walk *walk, struct effect *effect)
{
	if (!walk->at) {
		if (walk->from_home)
			walk_change_to(walk, &guide_home, walk->home_step, effect);
		else
			walk_change_guide(walk, is_about_kept_key(walk->guide) ? &guide_home : &guide_create, effect);
		return;
	}
	walk->at--;
	enter(walk, effect);
}

/* A new key of the same plan: nothing of the last one's making stays. */
static void forget_the_making(struct walk *walk)
{
	memset(&walk->copy, 0, sizeof walk->copy);
	*walk->until = '\0';
	free(walk->aside);
	walk->aside = mem_strdup("");
	free(walk->entry);
	walk->entry = mem_strdup("");
	free(walk->taken_name);
	walk->taken_name = mem_strdup("");
	plan_free(walk->planned);
	walk->planned = NULL;
	check_free(walk->check);
	walk->check = NULL;
	memset(walk->permissions.ticked, 0, plan_cell_count() * sizeof *walk->permissions.ticked);
	walk->permissions.view = PERMISSIONS_CHOOSE;
	walk->stored_here = walk->overlap_is_new = false;
	walk->last_key = LAST_NONE;
}

const struct guide *guide_find(const char *slug)
{
	static const struct guide *const guides[] = { &guide_create, &guide_replace, &guide_remove };

	for (size_t i = 0; i < sizeof guides / sizeof *guides; i++)
		if (!strcmp(guides[i]->slug, slug))
			return guides[i];
	return NULL;
}

void walk_change_to(struct walk *walk, const struct guide *guide, const char *slug, struct effect *effect)
{
	if (walk->guide == &guide_home) {
		walk->from_home = true;
		walk->home_step = step_now(walk)->slug;
	}
	walk->menu_when_kept = false;
	walk->guide = guide;
	walk->permissions.view = PERMISSIONS_CHOOSE;
	if (guide == &guide_home)   /* whatever key was made or looked at is behind us */
		memset(&walk->copy, 0, sizeof walk->copy);
	walk_go(walk, slug, effect);
}

void walk_change_guide(struct walk *walk, const struct guide *guide, struct effect *effect)
{
	walk_change_to(walk, guide, guide->steps[0].slug, effect);
}

void walk_take_kept(struct walk *walk, const struct kept_key *key)
{
	forget_the_making(walk);
	forget_asked(walk);
	plan_free(walk->plan);
	walk->plan_unknown = !*key->record.created;
	walk->plan = walk->plan_unknown ? plan_new() : plan_copy(key->record.plan);
	plan_set_name(walk->plan, key->name);
	plan_set_mode(walk->plan, key->mode);
	walk->copy.seen = (struct apikey){ .kind = APIKEY_RESTRICTED, .mode = key->mode };
	memcpy(walk->copy.seen.ends, key->record.ends, sizeof walk->copy.seen.ends);
	memcpy(walk->until, key->record.until, sizeof walk->until);
	walk->overlap_hours = OVERLAP_USUAL_HOURS;
	walk->aside_before = walk_count_aside(walk);
	walk->gone = (struct gone){ .state = GONE_LATER };
}

static bool gives_way_to_menu(const struct walk *walk)
{
	return walk->menu_when_kept && walk->guide == &guide_create && !walk->at && walk->overlay == OVERLAY_NONE &&
	       walk->kept_count;
}

void walk_begin_again(struct walk *walk, struct effect *effect)
{
	forget_the_making(walk);
	plan_free(walk->plan);
	walk->plan = plan_new();
	walk->plan_unknown = false;
	forget_asked(walk);
	memset(walk->permissions.write_open, 0, plan_cell_count() * sizeof *walk->permissions.write_open);
	walk->permissions.connect = walk->permissions.preset_applied = false;
	walk->live_only = walk->sandbox_done = false;
	walk->at = 0;
	if (gives_way_to_menu(walk))
		walk_change_guide(walk, &guide_home, effect);
	else
		enter(walk, effect);
}

void walk_live_round(struct walk *walk, struct effect *effect)
{
	forget_the_making(walk);
	plan_set_mode(walk->plan, MODE_LIVE);
	walk->sandbox_done = true;
	walk->at = walk_find(walk, "open");
	enter(walk, effect);
}

/* ---- events ---- */

/* What is usual, where a step has nothing of its own to do. */
static void handle_usual(struct walk *walk, enum action_id action, struct effect *effect)
{
	switch (action) {
	case ACTION_NEXT:
		if (!step_now(walk)->ready || step_now(walk)->ready(walk))
			walk_next(walk, effect);
		break;
	case ACTION_BACK:
		walk_back(walk, effect);
		break;
	case ACTION_HELP:
		walk->overlay = OVERLAY_HELP;
		break;
	case ACTION_QUESTIONS:
		walk->overlay = OVERLAY_QUESTIONS;
		break;
	case ACTION_LEAVE:
		walk->overlay = OVERLAY_LEAVE;
		break;
	case ACTION_RETRY:
	case ACTION_UNLOCK:
		if (walk->keyring == KEYRING_FAILED)
			walk_look(walk, action == ACTION_UNLOCK, effect);
		break;
	case ACTION_START_KEYRING:
		if (walk->keyring == KEYRING_FAILED && walk_may_start_keyring(walk, walk->keyring_fault.code))
			walk_ask(walk, EFFECT_START_KEYRING, effect);
		break;
	case ACTION_STOP:
		if (walk->keyring == KEYRING_TRYING) {
			walk_cancel(walk, effect);
			walk->keyring = KEYRING_FAILED;
			fault_set(&walk->keyring_fault, FAULT_STOPPED, 0, "%s", "");
		}
		break;
	default:
		break;
	}
}

/* An answer to one question; the check remembers it whatever page is up. */
static void take_told(struct walk *walk, const struct told *told)
{
	if (walk->pending == EFFECT_ASK && told->ticket == walk->ticket)
		check_take(walk->check, told->question, told->answer);
}

/* The first page gives way to the menu where a key is kept. And what became of the key that the last run was about? */
static void after_look(struct walk *walk, struct effect *effect)
{
	if (gives_way_to_menu(walk))
		walk_change_guide(walk, &guide_home, effect);
	else if (walk->keyring == KEYRING_UNTRIED && walk->guide->stores)   /* only listed, for the guide before */
		walk_look(walk, false, effect);
	else if (walk->keyring == KEYRING_WORKS)
		copy_find_last(walk, effect);
}

static void handle_outcome(struct walk *walk, const struct event *event, struct effect *effect)
{
	enum effect_kind was = walk->pending;

	if (was == EFFECT_NONE || event->outcome->ticket != walk->ticket)
		return;   /* of something given up */
	walk->pending = EFFECT_NONE;
	walk->ended = was;
	if (looks_into_keyring(was)) {
		keyring_looked(walk, was, event->outcome);
		after_look(walk, effect);
	} else if (was == EFFECT_START_KEYRING && walk->copy.key != KEY_UNSAVED)
		keyring_started(walk, event->outcome, effect);
	else if (was == EFFECT_RECEIPT || was == EFFECT_SAVE_RECEIPT)
		receipt_outcome(walk, was, event->outcome);
	else if (was == EFFECT_READ_PLAN)
		asked_outcome(walk, event->outcome);
	else if (was == EFFECT_OPEN)
		walk->open = event->outcome->fault == FAULT_NONE ? OPEN_ASKED : OPEN_FAILED;
	else if (step_now(walk)->handle)
		step_now(walk)->handle(walk, event, effect);
}

/* Asked for on any page, with whatever lies over it. */
static bool asks_for_language(const struct walk *walk, const struct event *event)
{
	return event->kind == EVENT_ACTION && event->action == ACTION_LANGUAGE && walk->language_count > 1;
}

void walk_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	*effect = (struct effect){ .kind = EFFECT_NONE };
	if (event->kind == EVENT_OUTCOME)
		handle_outcome(walk, event, effect);
	else if (event->kind == EVENT_TOLD)
		take_told(walk, &event->told);
	else if (event->kind == EVENT_MINUTE_OVER)
		walk->copy.on_clipboard = false;
	else if (asks_for_language(walk, event))
		language_ask(walk);
	else if (walk->overlay != OVERLAY_NONE && overlay_handle(walk, event, effect))
		return;
	else if (step_now(walk)->handle && step_now(walk)->handle(walk, event, effect))
		return;
	else if (event->kind == EVENT_ACTION)
		handle_usual(walk, event->action, effect);
}

bool walk_would_lose_key(const struct walk *walk)
{
	switch (walk->copy.key) {
	case KEY_OTHER_MODE:
	case KEY_STORING:
	case KEY_UNSAVED:
	case KEY_HANDING:
		return true;
	default:
		return false;
	}
}

bool walk_needs_key(const struct walk *walk)
{
	bool asking = walk->copy.key == KEY_SAVED && (walk->copy.ask == ASK_NOT || walk->copy.ask == ASK_GOING) &&
		      !strcmp(step_now(walk)->slug, "copy");

	return asking || walk_would_lose_key(walk);
}

void walk_record(const struct walk *walk, struct record *record)
{
	record_init(record);
	plan_free(record->plan);
	record->plan = plan_copy(walk->plan);
	memcpy(record->ends, walk->copy.seen.ends, sizeof record->ends);
	memcpy(record->store, walk->store, sizeof record->store);
	if (walk->check)
		record_take_check(record, walk->check);
}
