/* SPDX-License-Identifier: MIT */
/* Step 1: the page where Stripe keeps its keys, in the right mode. */
#include "guide/steps.h"

#include "base/i18n.h"
#include "core/link.h"

bool open_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind != EVENT_ACTION || event->action != ACTION_OPEN)
		return false;
	walk_ask(walk, EFFECT_OPEN, effect);
	effect->address = link_keys_page(plan_mode(walk->plan));
	walk->open = OPEN_ASKING;
	return true;
}

void open_page(const struct walk *walk, struct page *page)
{
	bool live = plan_mode(walk->plan) == MODE_LIVE;

	walk_page_open(walk, page, walk->open);
	page_paragraph(page, _("\"API\" is how programs talk to Stripe. Their keys have a page of their own. "
			       "Open it in your browser, or type:"));
	page_say(page, BLOCK_ADDRESS, link_keys_page_short(plan_mode(walk->plan)));
	page_number(page, 1, _("Sign in to Stripe, if it asks."));
	page_number(page, 2, live ?
		_("Look at the top of Stripe's page. It must not say \"Sandbox\" or \"Test mode\": this key is for "
		  "your real account.") :
		_("Look at the top of Stripe's page. It should say \"Sandbox\" or \"Test mode\": no real money is "
		  "there."));
	page_number(page, 3, _("Find the heading \"Restricted keys\". Then you are in the right place."));
	page_paragraph(page, _("Then come back here and go on."));

	page_action(page, ACTION_OPEN, _("Open in browser"));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = walk->open == OPEN_NOT ? ACTION_OPEN : ACTION_NEXT;
}

/* Source: docs.stripe.com/keys and walks through the Dashboard by others, 2024 to 2026; confidence medium. */
void open_help(const struct walk *walk, struct page *page)
{
	bool live = plan_mode(walk->plan) == MODE_LIVE;

	(void)walk;
	page_bullet(page, _("Newest pages (2026): in the menu on the left open \"Developers\", then \"API keys\". "
			    "You see a table with \"Name\", \"Token\" and \"Last used\"."));
	page_bullet(page, _("Since 2024: \"Developers\" may open a panel called \"Workbench\" at the bottom. "
			    "Choose its tab \"API keys\"."));
	page_bullet(page, _("Older pages: \"Developers\" is at the top right, \"API keys\" in the menu on the left."));
	page_bullet(page, live ?
		_("At the top it says \"Sandbox\"? Click the account's name at the top left and leave the sandbox. "
		  "\"Test mode\"? Switch it off at the top right.") :
		_("No word of a sandbox? Click the account's name at the top left and choose \"Sandboxes\"; "
		  "on older pages switch on \"Test mode\" at the top right."));
	page_bullet(page, _("No \"API keys\" anywhere? Then your login may not see keys. Ask an administrator of "
			    "the account to do these steps, or to give you that role."));
	page_bullet(page, _("Several accounts? Check the name at the top left before you go on."));
}
