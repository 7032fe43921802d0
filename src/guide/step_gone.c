/* SPDX-License-Identifier: MIT */
/*
 * Does Stripe still take a key that was replaced or taken back? It is asked
 * until it says no; only then may the key be deleted from the keyring, and the
 * person may keep it all the same. How long Stripe takes: seconds, seen once
 * by others (confidence low), hence the patience.
 */
#include "guide/steps.h"

#include "base/i18n.h"

enum { TRIES_MAX = 30 };

static void ask(struct walk *walk, struct effect *effect)
{
	check_free(walk->check);
	walk->check = check_new(walk->plan, plan_mode(walk->plan), CHECK_ALIVE, false);
	walk->gone.state = GONE_ASKING;
	walk_ask(walk, EFFECT_ASK, effect);
}

static void begin(struct walk *walk, struct effect *effect)
{
	walk->gone = (struct gone){ .state = GONE_ASKING };
	ask(walk, effect);
}

void gone_enter(struct walk *walk, struct effect *effect)
{
	begin(walk, effect);
}

/* It was replaced, and shall live on for a while: that it works is as it should be. */
static bool is_before_its_time(const struct walk *walk)
{
	return *walk->until && !walk_is_over(walk, walk->until);
}

/* From here on it is about the old key, by the name that it has now. */
void old_enter(struct walk *walk, struct effect *effect)
{
	walk->gone = (struct gone){ .state = *walk->aside ? GONE_LATER : GONE_MISSING };
	if (!*walk->aside)
		return;   /* the name is the new key's, which nobody wants to end */
	plan_set_name(walk->plan, walk->aside);
	if (*walk->until ? !is_before_its_time(walk) : !walk->overlap_hours)
		begin(walk, effect);
}

bool gone_is_over(const struct walk *walk)
{
	switch (walk->gone.state) {
	case GONE_LATER:
	case GONE_MISSING:
	case GONE_DELETED:
	case GONE_KEPT:
		return true;
	default:
		return false;
	}
}

/* ---- what happens ---- */

static void answered(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	struct gone *gone = &walk->gone;

	gone->fault.code = outcome->fault;
	switch (check_key(walk->check)) {
	case VERDICT_DEAD:
		gone->state = GONE_DEAD;
		gone->fault.code = FAULT_NONE;
		break;
	case VERDICT_GRANTED:
		gone->state = is_before_its_time(walk) ? GONE_LATER : GONE_ALIVE;
		if (++gone->tries < TRIES_MAX && gone->state == GONE_ALIVE)
			walk_ask(walk, EFFECT_WAIT, effect);
		break;
	default:
		gone->state = GONE_UNKNOWN;
		break;
	}
}

static void outcome_came(struct walk *walk, const struct outcome *outcome, struct effect *effect)
{
	struct gone *gone = &walk->gone;

	switch (walk->ended) {
	case EFFECT_ASK:
		answered(walk, outcome, effect);
		break;
	case EFFECT_WAIT:
		ask(walk, effect);
		break;
	case EFFECT_DELETE:
		gone->state = outcome->fault == FAULT_NONE || outcome->fault == FAULT_NOT_FOUND ? GONE_DELETED : GONE_DEAD;
		fault_set(&gone->fault, gone->state == GONE_DELETED ? FAULT_NONE : outcome->fault, 0, "%s",
			  outcome->detail ? outcome->detail : "");
		break;
	default:
		break;
	}
}

/* What was known before it is known still. */
static void stop_waiting(struct walk *walk, struct effect *effect)
{
	struct gone *gone = &walk->gone;

	walk_cancel(walk, effect);
	gone->fault.code = FAULT_STOPPED;
	if (gone->state == GONE_DELETING)
		gone->state = GONE_DEAD;
	else if (is_before_its_time(walk))
		gone->state = GONE_LATER;
	else
		gone->state = gone->tries ? GONE_ALIVE : GONE_UNKNOWN;
}

static void delete_it(struct walk *walk, struct effect *effect)
{
	walk->gone.state = GONE_DELETING;
	walk_ask(walk, EFFECT_DELETE, effect);
	effect->unlock = true;
}

static void keep_it(struct walk *walk, struct effect *effect)
{
	walk->gone.state = GONE_KEPT;
	walk_ask(walk, EFFECT_KEEP_DEAD, effect);
}

/* Whoever leaves before Stripe has said so can go on here at the next start. */
static void finish(struct walk *walk, struct effect *effect)
{
	if (gone_is_over(walk)) {
		walk_next(walk, effect);
		return;
	}
	walk_ask(walk, EFFECT_QUIT, effect);
	effect->status = STATUS_UNFINISHED;
}

static bool pressed(struct walk *walk, enum action_id action, struct effect *effect)
{
	struct gone *gone = &walk->gone;

	switch (action) {
	case ACTION_RETRY:
		begin(walk, effect);
		return true;
	case ACTION_STOP:
		stop_waiting(walk, effect);
		return true;
	case ACTION_YES:
		if (gone->state == GONE_DEAD)
			delete_it(walk, effect);
		return true;
	case ACTION_KEEP:
		if (gone->state == GONE_DEAD)
			keep_it(walk, effect);
		return true;
	case ACTION_FINISH:
		finish(walk, effect);
		return true;
	default:
		return false;
	}
}

bool gone_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_OUTCOME)
		outcome_came(walk, event->outcome, effect);
	else if (event->kind == EVENT_ACTION)
		return pressed(walk, event->action, effect);
	return event->kind == EVENT_OUTCOME;
}

/* ---- how it looks ---- */

static void offer_stop(struct page *page)
{
	page_action(page, ACTION_STOP, _("Stop waiting"));
	page->focus = ACTION_STOP;
}

static void offer_again(struct page *page)
{
	page_action(page, ACTION_RETRY, _("Ask again"));
	page_action(page, ACTION_FINISH, _("Later"));
	page->focus = page->enter = ACTION_RETRY;
}

/* How long is counted from the choice: later on only the date says it. */
static void say_replaced(const struct walk *walk, struct page *page)
{
	page_say(page, BLOCK_DONE, _("The new key is in your keyring, under the name of the old one."));
	if (walk->overlap_is_new || !*walk->until)
		page_say(page, BLOCK_DONE, page_text(page,
			/* TRANSLATORS: %1$s is a name, such as: reporting (old); %2$s how long, such as: 3 days */
			_("The old key is there too, as \"%1$s\". It works for %2$s more."), walk->aside,
			rotate_overlap(walk->overlap_hours)));
	else
		page_say(page, BLOCK_DONE, page_text(page, _("The old key is kept, too, as \"%s\"."), walk->aside));
	page_number(page, 1, _("Give the new key to whoever used the old one. A program that reads the keyring has it already."));
	page_number(page, 2, _("When its time is over keyguide reminds you, asks Stripe, and offers to delete the old key."));
}

static void later_page(const struct walk *walk, struct page *page)
{
	if (*walk->until && (!walk->overlap_is_new || walk->gone.tries))
		page_note(page, NOTE_INFO, kept_until(walk->until, page), NULL);
	if (walk->guide == &guide_replace)
		say_replaced(walk, page);
	else
		page_paragraph(page, _("When its time is over keyguide reminds you, asks Stripe, and offers to delete the old key."));
	page_paragraph(page, _("You need not wait here. Nothing is deleted before Stripe says that the old key has ended."));
	page_action(page, ACTION_RETRY, _("Ask Stripe now"));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = page->enter = ACTION_FINISH;
}

static void missing_page(struct page *page)
{
	page_say(page, BLOCK_DONE, _("The new key is in your keyring, under the name of the old one."));
	page_bullet(page, _("The old key is not in your keyring any more. Stripe ends it at the time that you chose there."));
	page_paragraph(page, _("You are done."));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = page->enter = ACTION_FINISH;
}

static void alive_page(const struct walk *walk, struct page *page)
{
	bool stopped = walk->gone.fault.code == FAULT_STOPPED;

	if (!stopped && walk->gone.tries < TRIES_MAX) {
		page_note(page, NOTE_WAITING, _("Stripe still takes the key. That can last some seconds."),
			  _("keyguide asks again every few seconds."));
		offer_stop(page);
		return;
	}
	if (stopped)
		page_note(page, NOTE_INFO, _("Stripe still takes the key. That can last some seconds."),
			  walk->guide == &guide_remove ?
			  _("Look in Stripe whether it was the right key, and whether you confirmed. Then ask again.") : NULL);
	else
		page_note(page, NOTE_PROBLEM, _("The key still works."),
			  _("Look in Stripe whether it was the right key, and whether you confirmed. Then ask again."));
	page_paragraph(page, _("Nothing is deleted as long as it works. It stays in your keyring."));
	if (walk->guide == &guide_remove)   /* to where that is done */
		page_action(page, ACTION_BACK, _("Back"));
	offer_again(page);
}

/* Asked again it looks as before: nothing flickers, and nothing is read aloud twice. */
static void asking_page(const struct walk *walk, struct page *page)
{
	if (walk->gone.tries) {
		alive_page(walk, page);
		return;
	}
	page_note(page, NOTE_WAITING, _("Asking Stripe whether it still takes the key …"), NULL);
	offer_stop(page);
}

static void unknown_page(const struct walk *walk, struct page *page)
{
	enum fault_code code = walk->gone.fault.code;

	if (code != FAULT_NONE)
		page_note(page, NOTE_PROBLEM, fault_what(code), fault_advice(code));
	else
		page_note(page, NOTE_PROBLEM, _("Stripe gave no answer that says whether the key works."),
			  _("Ask again now or later, or from another network."));
	page_paragraph(page, _("Nothing is deleted before that is known. The key stays in your keyring."));
	offer_again(page);
}

static void dead_page(const struct walk *walk, struct page *page)
{
	enum fault_code code = walk->gone.fault.code;

	if (code != FAULT_NONE)
		page_note(page, NOTE_PROBLEM, fault_what(code), fault_advice(code));
	page_say(page, BLOCK_DONE, _("Asked Stripe: it does not take the key any more."));
	page_paragraph(page, _("So it is of no use to anybody. Shall it be deleted from your keyring, too?"));
	page_action(page, ACTION_KEEP, _("Keep it there"));
	page_action(page, ACTION_YES, _("Delete it"));
	page->focus = page->enter = ACTION_YES;
}

static void over_page(const struct walk *walk, struct page *page)
{
	page_say(page, BLOCK_DONE, _("Asked Stripe: it does not take the key any more."));
	if (walk->gone.state == GONE_DELETED)
		page_say(page, BLOCK_DONE, _("Deleted from your keyring. Nothing more is remembered of it here."));
	else
		page_bullet(page, _("It is still in your keyring, under its name."));
	page_paragraph(page, _("You are done."));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = page->enter = ACTION_FINISH;
}

void gone_page(const struct walk *walk, struct page *page)
{
	switch (walk->gone.state) {
	case GONE_LATER:
		later_page(walk, page);
		break;
	case GONE_MISSING:
		missing_page(page);
		break;
	case GONE_ASKING:
		asking_page(walk, page);
		break;
	case GONE_ALIVE:
		alive_page(walk, page);
		break;
	case GONE_UNKNOWN:
		unknown_page(walk, page);
		break;
	case GONE_DEAD:
		dead_page(walk, page);
		break;
	case GONE_DELETING:
		page_note(page, NOTE_WAITING, _("Deleting the key from your keyring …"),
			  _("Your keyring may ask in a window of its own."));
		offer_stop(page);
		break;
	case GONE_DELETED:
	case GONE_KEPT:
		over_page(walk, page);
		break;
	}
}

void gone_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Why ask? Only Stripe knows whether a key is really dead. A key that is deleted here and lives on "
			    "there is out of sight, not out of the world."));
	page_bullet(page, _("It still works after minutes? Look at its line in Stripe: \"Expires in\" means that it lives on "
			    "until then. Choose \"Expire key\" to end it now."));
	page_bullet(page, _("The wrong key ended? Then the tool that used it stops. Make a new one with the same permissions: "
			    "that takes five minutes."));
	page_bullet(page, _("\"Later\" loses nothing: the next start goes on here."));
}
