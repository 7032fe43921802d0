/* SPDX-License-Identifier: MIT */
/* What is shown of a walk: header, step or what lies over it, and what steps say alike of the keyring and the browser. */
#include "guide/walk.h"

#include <stdint.h>

#include "base/i18n.h"
#include "guide/steps.h"

/* Once a key has been pasted there is only forwards: what is made is made. */
static bool can_go_back(const struct walk *walk)
{
	if (!walk->at && (walk->guide == &guide_home || (walk->guide == &guide_create && !walk->from_home)))
		return false;
	if (walk->guide->steps[walk->at].no_back)
		return false;
	return walk->copy.key == KEY_AWAITED || walk->copy.key == KEY_REFUSED;
}

static void write_trail(const struct walk *walk, struct page *page)
{
	for (size_t i = 0; i < walk->guide->count; i++) {
		const struct step *step = &walk->guide->steps[i];

		if (step->trail)
			page->trail[page->trail_count++] = (struct trail_step){
				_(step->trail), i < walk->at, i == walk->at };
	}
}

/* The key has a name: from the step behind the one that gives it, or from the start. */
static bool has_name(const struct walk *walk)
{
	size_t named_at = walk_find(walk, walk->guide == &guide_home ? "keys" : "name");

	return named_at == SIZE_MAX ? walk->guide->saves : walk->at > named_at;
}

static void write_header(const struct walk *walk, struct page *page)
{
	bool live = plan_mode(walk->plan) == MODE_LIVE;

	write_trail(walk, page);
	if (has_name(walk))
		page->name = page_text(page, "%s", plan_name(walk->plan));
	if (walk->guide == &guide_create ? walk->at > 0 : has_name(walk) && walk->guide != &guide_prepare)
		page->mode = live ? C_("badge", "LIVE") : C_("badge", "SANDBOX");
	if (walk->demo)
		/* TRANSLATORS: on every page of a rehearsal, before SANDBOX or LIVE */
		page->mode = page->mode ? page_text(page, "%s %s", C_("badge", "DEMO"), page->mode) : C_("badge", "DEMO");
	page->live = live;
}

static void write_step(const struct walk *walk, struct page *page)
{
	const struct step *step = &walk->guide->steps[walk->at];

	page->slug = step->slug;
	page->title = _(step->title);
	page->has_help = step->help;
	if (can_go_back(walk))
		page_action(page, ACTION_BACK, _("Back"));
	step->page(walk, page);
}

void walk_page(const struct walk *walk, struct page *page)
{
	page_clear(page);
	write_header(walk, page);
	page->has_languages = walk->language_count > 1;
	page->over = walk->overlay != OVERLAY_NONE;
	switch (walk->overlay) {
	case OVERLAY_NONE:
		write_step(walk, page);
		break;
	case OVERLAY_RESUME:
		resume_page(walk, page);
		break;
	case OVERLAY_HELP:
		help_page(walk, page);
		break;
	case OVERLAY_LANGUAGE:
		language_page(walk, page);
		break;
	case OVERLAY_QUESTIONS:
		questions_page(walk, page);
		break;
	case OVERLAY_ANSWER:
		answer_page(walk, page);
		break;
	case OVERLAY_ASKED:
		asked_page(walk, page);
		break;
	case OVERLAY_SENT:
		sent_page(walk, page);
		break;
	case OVERLAY_RECEIPT:
		receipt_overlay_page(walk, page);
		break;
	case OVERLAY_LEAVE:
		leave_page(walk, page);
		break;
	case OVERLAY_ABANDON:
		abandon_page(walk, page);
		break;
	}
}

static bool is_locked(enum fault_code code)
{
	return code == FAULT_LOCKED || code == FAULT_REFUSED;
}

bool walk_may_unlock(const struct walk *walk, enum fault_code code)
{
	return is_locked(code) && !walk->windowless;
}

const char *walk_keyring_advice(const struct walk *walk, enum fault_code code)
{
	return is_locked(code) && walk->windowless ? _("Unlock it on your desktop, then choose \"Try again\".") : fault_advice(code);
}

static void offer_start(const struct walk *walk, struct page *page)
{
	page_paragraph(page, page_text(page,
		/* TRANSLATORS: %s is a folder, such as: ~/.local/share/keyrings */
		_("keyguide can start a keyring for you: GNOME Keyring, a safe for passwords. It lies encrypted in %s "
		  "and is open until keyguide ends."), walk->keyring_folder));
	page_paragraph(page, _("It asks for its password in this window. The first time you choose one: nobody can reset it, "
			       "so write it down in a safe place."));
	page_action(page, ACTION_START_KEYRING, _("Start a keyring"));
}

bool walk_page_keyring(const struct walk *walk, struct page *page)
{
	const struct fault *fault = &walk->keyring_fault;
	bool may_start = walk_may_start_keyring(walk, fault->code);

	if (walk->keyring != KEYRING_FAILED)
		return false;
	page_note(page, NOTE_PROBLEM, fault_what(fault->code), walk_keyring_advice(walk, fault->code));
	if (*fault->detail)
		page_paragraph(page, page_text(page, "(%s)", fault->detail));
	if (walk_may_unlock(walk, fault->code))
		page_action(page, ACTION_UNLOCK, _("Unlock the keyring"));
	if (may_start)
		offer_start(walk, page);
	page_action(page, ACTION_RETRY, _("Try again"));
	page->focus = may_start ? ACTION_START_KEYRING : fault->code == FAULT_LOCKED && !walk->windowless ? ACTION_UNLOCK :
		      ACTION_RETRY;
	return true;
}

void walk_page_open(const struct walk *walk, struct page *page, enum open_state open)
{
	(void)walk;
	if (open == OPEN_ASKED)
		page_note(page, NOTE_INFO, _("Your browser was asked to open it."),
			  _("If nothing opens, type the address by hand."));
	else if (open == OPEN_FAILED)
		page_note(page, NOTE_PROBLEM, fault_what(FAULT_BROWSER), fault_advice(FAULT_BROWSER));
	else if (open == OPEN_ASKING)
		page_note(page, NOTE_WAITING, _("Asking your desktop to open it …"), NULL);
}
