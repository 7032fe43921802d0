/* SPDX-License-Identifier: MIT */
/* Replacing a key in Stripe: how long the old one lives on, and the button itself. */
#include "guide/steps.h"

#include "base/i18n.h"

/* Stripe offers "Now … 7 days" (docs.stripe.com/keys, 2026; confidence high; its exact list is not known). */
static const struct { int hours; const char *label, *hint; } overlaps[] = {
	{ 0, N_("now"), N_("The old key stops at once, and with it whatever uses it. Right when a stranger saw it.") },
	{ 1, N_("1 hour"), NULL },
	{ 24, N_("1 day"), N_("Time enough to change over in peace.") },
	{ 72, N_("3 days"), NULL },
	{ 168, N_("7 days"), NULL },
};

enum { OVERLAP_COUNT = sizeof overlaps / sizeof *overlaps };

const char *rotate_overlap(int hours)
{
	for (size_t i = 0; i < OVERLAP_COUNT; i++)
		if (overlaps[i].hours == hours)
			return _(overlaps[i].label);
	return "";
}

bool rotate_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	(void)effect;
	if (event->kind != EVENT_CHOOSE || !*rotate_overlap(event->choice))
		return false;
	walk->overlap_hours = event->choice;
	return true;
}

void rotate_page(const struct walk *walk, struct page *page)
{
	struct choice *choices = page_room(page, OVERLAP_COUNT, sizeof *choices);
	struct control *control;

	page_paragraph(page, _("Rotating gives you a new key with the same name and the same permissions. Stripe asks when the "
			       "old one ends. When do you want that?"));
	for (size_t i = 0; i < OVERLAP_COUNT; i++)
		choices[i] = (struct choice){ overlaps[i].hours, _(overlaps[i].label), overlaps[i].hint ? _(overlaps[i].hint) : NULL };
	control = page_control(page, CONTROL_CHOICE);
	control->label = _("When does the old key end?");
	control->choices = choices;
	control->choice_count = OVERLAP_COUNT;
	control->chosen = walk->overlap_hours;
	page_number(page, 1, _("In Stripe open the menu ⋯ at the end of the key's line."));
	page_number(page, 2, _("Choose \"Rotate key\". On older pages it is called \"Roll key\"."));
	page_number(page, 3, _("Choose the same time there, or the one that is nearest. Do not confirm yet."));
	page_action(page, ACTION_NEXT, _("Next"));
}

/* Source: docs.stripe.com/keys and walks through the Dashboard by others, 2024 to 2026; confidence medium. */
void rotate_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): ⋯ has \"Edit key\", \"Duplicate key\", \"Expire key\", \"Rotate key\" and \"View "
			    "request logs\"."));
	page_bullet(page, _("Older pages: \"Roll key\" instead of \"Rotate key\". It does the same."));
	page_bullet(page, _("Neither is there? Then your role may not change keys. Ask an administrator."));
	page_bullet(page, _("Not \"Duplicate key\": that makes a second key and leaves the first one as it is."));
	page_bullet(page, _("If the tool has the new key before the old one ends, nothing stops."));
}

static void say_steps(struct page *page)
{
	page_number(page, 1, _("Confirm in Stripe: \"Rotate API key\", or \"Roll API key\" on older pages."));
	page_number(page, 2, _("Stripe may want to be sure that it is you (two-step verification). Type the code in Stripe's "
			       "page, never here."));
	page_paragraph(page, _("The new key is on Stripe's screen now? Leave that page open and go on here."));
}

void prove_page(const struct walk *walk, struct page *page)
{
	if (create_say_first(walk, _("Do not rotate yet: there is no safe place for the new key."), page))
		say_steps(page);
	create_offer_next(walk, page);
}
