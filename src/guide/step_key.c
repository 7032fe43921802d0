/* SPDX-License-Identifier: MIT */
/* One key that is kept: what is remembered of it, and what can be done with it. */
#include "guide/steps.h"

#include "base/i18n.h"
#include "guide/receipt.h"

/* ---- a key in words ---- */

const char *kept_label(const struct kept_key *key, struct page *page)
{
	/* TRANSLATORS: the name of a key, then "live" or "sandbox"; with the brackets of your language */
	return page_text(page, C_("a key", "%s (%s)"), key->name,
			 key->mode == MODE_LIVE ? C_("a key", "live") : C_("a key", "sandbox"));
}

const char *kept_until(const char *until, struct page *page)
{
	/* TRANSLATORS: %s is a date */
	return page_text(page, _("It was replaced. It works until %s."), page_date(page, until));
}

static int days_since(const struct walk *walk, const char *time)
{
	int days = 0;

	return record_days(time, walk->today, &days) ? days : 0;
}

/* Stripe said so, after whatever happened to it. */
static bool is_dead(const struct kept_key *key)
{
	return *key->record.checked && key->record.found == VERDICT_DEAD;
}

bool kept_is_overdue(const struct walk *walk, const struct kept_key *key)
{
	return *key->record.review && !is_dead(key) && !*key->record.until && days_since(walk, key->record.review) > 0;
}

bool kept_has_ended(const struct walk *walk, const struct kept_key *key)
{
	return walk_is_over(walk, key->record.until);
}

/* "today", "12 days ago" */
static const char *ago(const struct walk *walk, const char *time, struct page *page)
{
	int days = days_since(walk, time);

	if (days <= 0)
		return _("today");
	return page_text(page, ngettext("%d day ago", "%d days ago", (unsigned long)days), days);
}

static const char *say_made(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	/* TRANSLATORS: %s is "today" or "12 days ago" */
	return page_text(page, _("Made %s."), ago(walk, key->record.created, page));
}

const char *kept_checked(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	if (!*key->record.checked)
		return _("Not checked yet.");
	/* TRANSLATORS: %1$s is "today" or "12 days ago", %2$s what was found, such as "as planned" */
	return page_text(page, _("Checked %1$s: %2$s."), ago(walk, key->record.checked, page), receipt_result(&key->record));
}

static const char *say_review(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	int days = days_since(walk, key->record.review);

	if (days > 0)
		return page_text(page, ngettext("It should have been looked at again %d day ago.",
						"It should have been looked at again %d days ago.", (unsigned long)days), days);
	if (!days)
		return _("Look at it again today: is it still needed?");
	return page_text(page, ngettext("Look at it again in %d day.", "Look at it again in %d days.",
					(unsigned long)-days), -days);
}

static const char *say_until(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	if (kept_has_ended(walk, key))
		return _("It was replaced, and its time is over.");
	return kept_until(key->record.until, page);
}

const char *kept_hint(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	const char *known;

	if (!*key->record.created)
		return _("Nothing more is remembered of it.");
	if (is_dead(key))
		return _("Asked Stripe: it does not take the key any more.");
	if (*key->record.until)
		return say_until(walk, key, page);
	known = page_text(page, _("%s %s"), say_made(walk, key, page), kept_checked(walk, key, page));
	return *key->record.review ? page_text(page, _("%s %s"), known, say_review(walk, key, page)) : known;
}

/* ---- the page of one ---- */

static void say_facts(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	const struct record *record = &key->record;

	if (!*record->created) {
		page_paragraph(page, _("It is in your keyring. Nothing more is remembered of it on this computer."));
		return;
	}
	if (*record->ends)
		page_bullet(page, page_text(page, _("Ends in: %s"), record->ends));
	if (*record->account)
		page_bullet(page, page_text(page, _("Account: %s"), record->account));
	page_bullet(page, say_made(walk, key, page));
	page_bullet(page, kept_checked(walk, key, page));
	if (is_dead(key))
		page_say(page, BLOCK_WARNING, _("Asked Stripe: it does not take the key any more."));
	else if (*record->until)
		page_say(page, BLOCK_WARNING, say_until(walk, key, page));
	else if (*record->review)
		page_say(page, kept_is_overdue(walk, key) ? BLOCK_WARNING : BLOCK_BULLET, say_review(walk, key, page));
	page_bullet(page, page_text(page, _("Kept: %s."), walk->store));
}

void key_say_use(const struct walk *walk, const char *name, enum mode mode, struct page *page)
{
	page_paragraph(page, _("A program gets it from the keyring, without anybody seeing it:"));
	page_say(page, BLOCK_ADDRESS, page_text(page, "keyguide run %s --%s -- …", page_shell(page, name), mode_slug(mode)));
	after_say_starter(walk, page);
}

/* Nothing is to be done in Stripe: it is asked once more, then it may be deleted. */
static void offer_end(struct page *page)
{
	page_action(page, ACTION_RECEIPT, _("Receipt"));
	page_action(page, ACTION_RETRY, _("Delete it"));
	page->focus = page->enter = ACTION_RETRY;
}

static void offer(const struct walk *walk, const struct kept_key *key, struct page *page)
{
	bool replaced = *key->record.until;

	if (replaced)
		page_action(page, ACTION_RETRY, _("Has it ended?"));
	else
		page_action(page, ACTION_CHECK, _("Check"));
	if (!replaced)
		page_action(page, ACTION_REPLACE, _("Replace"));
	page_action(page, ACTION_REMOVE, _("Take it back"));
	if (*key->record.created && !replaced)
		page_action(page, ACTION_RECEIPT, _("Receipt"));
	if (!replaced && kept_is_overdue(walk, key))
		page_action(page, ACTION_REVIEWED, _("Still needed"));
	page->focus = replaced ? ACTION_RETRY : ACTION_CHECK;
	page->enter = page->focus;
}

void key_page(const struct walk *walk, struct page *page)
{
	const struct kept_key *key = walk_kept(walk);

	if (walk_page_keyring(walk, page))
		return;
	if (!key) {
		page->title = page_text(page, "%s", plan_name(walk->plan));
		page_paragraph(page, walk->keyring == KEYRING_TRYING ? _("Looking into your keyring …") :
								       _("This key is not in your keyring any more."));
		return;
	}
	page->title = kept_label(key, page);
	say_facts(walk, key, page);
	if (is_dead(key)) {
		offer_end(page);
		return;
	}
	if (!*key->record.until)
		key_say_use(walk, key->name, key->mode, page);
	offer(walk, key, page);
}

bool key_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_OUTCOME && walk->ended == EFFECT_REVIEWED) {
		walk_look(walk, false, effect);
		return true;
	}
	if (event->kind != EVENT_ACTION || !walk_kept(walk))
		return false;
	if (!*walk->copy.seen.ends)   /* back from replacing it or taking it back */
		walk_take_kept(walk, walk_kept(walk));
	switch (event->action) {
	case ACTION_CHECK:
		walk_go(walk, "check", effect);
		return true;
	case ACTION_REPLACE:
		walk_change_guide(walk, &guide_replace, effect);
		return true;
	case ACTION_REMOVE:
		walk_change_guide(walk, &guide_remove, effect);
		return true;
	case ACTION_RETRY:   /* its time is over: nothing is to be done in Stripe */
		if (walk->keyring == KEYRING_FAILED)
			return false;
		walk_change_to(walk, &guide_remove, "gone", effect);
		return true;
	case ACTION_RECEIPT:
		walk_ask(walk, EFFECT_RECEIPT, effect);
		return true;
	case ACTION_REVIEWED:
		walk_ask(walk, EFFECT_REVIEWED, effect);
		return true;
	default:
		return false;
	}
}

/* ---- asking Stripe about it: the report of step 6, for a key that is kept ---- */

void check_enter(struct walk *walk, struct effect *effect)
{
	walk->copy.key = KEY_SAVED;
	walk->copy.view = COPY_REPORT;
	copy_ask(walk, CHECK_QUICK, false, effect);
}

void check_page(const struct walk *walk, struct page *page)
{
	copy_page(walk, page);
}

static bool leaves(const struct event *event)
{
	return event->kind == EVENT_ACTION && (event->action == ACTION_BACK || event->action == ACTION_NEXT);
}

bool check_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (!leaves(event) || walk->copy.view != COPY_REPORT)
		return copy_handle(walk, event, effect);
	walk->copy.key = KEY_AWAITED;
	walk_go(walk, "key", effect);
	return true;
}
