/* SPDX-License-Identifier: MIT */
/* Leaving, with a second question while a key is unsaved; and coming back. */
#include "guide/steps.h"

#include <string.h>

#include "base/i18n.h"
#include "guide/report.h"

enum { RESUME_GO_ON = 1, RESUME_AGAIN };


static bool all_done(const struct walk *walk)
{
	const struct step *step = &walk->guide->steps[walk->at];

	if (step->handle == gone_handle)
		return gone_is_over(walk);
	return !walk->guide->saves || !strcmp(step->slug, "after");
}

void leave_page(const struct walk *walk, struct page *page)
{
	page->slug = "leave";
	page->title = _("Leave keyguide?");
	if (walk_would_lose_key(walk)) {
		page->tone = TONE_DANGER;
		page_say(page, BLOCK_WARNING, _("The key is not kept yet. If you leave now, it is lost."));
	} else if (all_done(walk) && walk->guide == &guide_create && report_say_difference(walk->check, page)) {
		page_paragraph(page, page_sentence(page, _("The key is in your keyring")));
	} else if (all_done(walk)) {
		page_paragraph(page, walk->guide == &guide_create ?
			_("Your key is made. There is nothing more that you must do here.") :
			_("Nothing is left unfinished."));
	} else if (walk->demo) {
		page_paragraph(page, page_sentence(page, _("DEMO: nothing is kept")));
	} else if (walk->is_unsaved) {
		page_say(page, BLOCK_WARNING, fault_what(FAULT_FILE_WRITE));
		page_paragraph(page, fault_advice(FAULT_FILE_WRITE));
	} else {
		page_paragraph(page, _("What you chose is saved, without any key. The next start goes on here."));
	}
	page_action(page, ACTION_NO, _("Stay"));
	page_action(page, ACTION_YES, _("Leave"));
	page->focus = page->enter = walk_would_lose_key(walk) ? ACTION_NO : ACTION_YES;
}

void abandon_page(const struct walk *walk, struct page *page)
{
	enum mode mode = walk->copy.key == KEY_OTHER_MODE ? walk->copy.seen.mode : plan_mode(walk->plan);

	page->slug = "abandon";
	page->tone = TONE_DANGER;
	page->title = _("Leave without the key?");
	page_paragraph(page, mode == MODE_LIVE ?
		_("Nobody has this key then, and Stripe does not show it again. A key that nobody has must not stay "
		  "alive. Do this in Stripe now:") :
		_("Nobody has this key then. A key that nobody needs must not stay alive. Do this in Stripe now:"));
	page_number(page, 1, page_text(page,
		/* TRANSLATORS: %s is the name of the key. */
		_("On the API keys page find \"%s\"."), walk_stripe_name(walk, page)));
	if (walk->guide == &guide_replace) {
		page_number(page, 2, _("Open the menu ⋯ beside it and choose \"Rotate key\" once more, with \"Now\"."));
		page_number(page, 3, _("Paste the key that it shows then, here or at the next start. The lost one is dead then."));
	} else {
		page_number(page, 2, _("Open the menu ⋯ beside it and choose \"Expire key\"."));
		page_number(page, 3, _("Confirm. Then the key is dead, and you can make a new one at any time."));
	}
	page_action(page, ACTION_NO, _("Stay, keep the key"));
	page_action(page, ACTION_YES, _("Leave without the key"));
	page->focus = page->enter = ACTION_NO;
}

bool leave_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind != EVENT_ACTION)
		return true;
	if (event->action == ACTION_NO || event->action == ACTION_BACK) {
		walk->overlay = OVERLAY_NONE;
		copy_go_on(walk, effect);
	} else if (event->action == ACTION_YES) {
		if (walk->overlay == OVERLAY_LEAVE && walk_would_lose_key(walk)) {
			walk->overlay = OVERLAY_ABANDON;
			return true;
		}
		walk->finished = all_done(walk);
		walk_ask(walk, EFFECT_QUIT, effect);
		effect->status = walk->finished ? STATUS_DONE : STATUS_UNFINISHED;
	}
	return true;
}

/* Only the keyring can tell; until it has, nothing is said of the key. */
static void say_looking(const struct walk *walk, struct page *page)
{
	enum fault_code code = walk->keyring_fault.code;

	if (walk->keyring != KEYRING_FAILED) {
		page_say(page, BLOCK_BUSY, _("Looking into your keyring …"));
		return;
	}
	page_note(page, NOTE_PROBLEM, fault_what(code), NULL);
	page_paragraph(page, copy_look_first(walk));
}

/* What became of the key of the last run. */
static void say_last_key(const struct walk *walk, struct page *page)
{
	switch (walk->last_key) {
	case LAST_NONE:
		if (walk->copy.key == KEY_SAVED)
			page_say(page, BLOCK_DONE, walk->guide == &guide_replace ?
				 _("The new key is in your keyring, under the name of the old one.") :
				 page_sentence(page, _("The key is in your keyring")));
		break;
	case LAST_MADE:
		page_say(page, BLOCK_WARNING, _("Last time keyguide stopped before a key was kept."));
		break;
	case LAST_STORING:
	case LAST_KEPT:
		say_looking(walk, page);
		break;
	case LAST_GONE:
		page_say(page, BLOCK_WARNING, _("This key is not in your keyring any more."));
		break;
	}
}

static const char *title_to_go_on(const struct walk *walk)
{
	const struct step *step = &walk->guide->steps[walk->at];

	return walk->copy.key == KEY_SAVED && step->handle == copy_handle ? _("Asking Stripe what the key can do") : _(step->title);
}

void resume_page(const struct walk *walk, struct page *page)
{
	struct choice *choices = page_room(page, 2, sizeof *choices);
	struct control *control;

	page->slug = "resume";
	page->title = _("Welcome back");
	page_paragraph(page, _("Last time you stopped in the middle. What you chose is still here."));
	say_last_key(walk, page);
	/* TRANSLATORS: %s is the title of a step, such as: Name the key */
	choices[0] = (struct choice){ RESUME_GO_ON, page_text(page, _("Go on with \"%s\""), title_to_go_on(walk)), NULL };
	choices[1] = (struct choice){ RESUME_AGAIN, walk->guide == &guide_create ? _("Begin again") : _("To the menu"), NULL };
	control = page_control(page, CONTROL_MENU);
	control->label = _("What would you like to do?");
	control->choices = choices;
	control->choice_count = 2;
}

/* Asked for at this start, too: so it is not what somebody wants to be rid of. */
static void begin_again(struct walk *walk, struct effect *effect)
{
	walk_begin_again(walk, effect);
	if (walk->begin_with)
		walk_take_asked(walk, plan_copy(walk->begin_with), NULL, 0);
	if (walk->begin_live)
		walk_take_live(walk);
}

bool resume_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_ACTION && event->action == ACTION_LEAVE) {
		walk->overlay = OVERLAY_LEAVE;
	} else if (event->kind == EVENT_CHOOSE) {
		walk->overlay = OVERLAY_NONE;
		if (event->choice == RESUME_GO_ON)
			copy_go_on(walk, effect);
		else if (walk->guide == &guide_create)
			begin_again(walk, effect);
		else
			walk_change_guide(walk, &guide_home, effect);
	}
	return true;
}
