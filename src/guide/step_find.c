/* SPDX-License-Identifier: MIT */
/* Finding a key again in Stripe's list, to replace it or to take it back. */
#include "guide/steps.h"

#include "base/i18n.h"

void find_page(const struct walk *walk, struct page *page)
{
	page_number(page, 1, page_text(page,
		/* TRANSLATORS: %s is the name of the key; "Restricted keys" is Stripe's. */
		_("Under the heading \"Restricted keys\" find the name \"%s\"."), walk_stripe_name(walk, page)));
	if (*walk->copy.seen.ends)
		page_number(page, 2, page_text(page,
			/* TRANSLATORS: %s are the last four characters of the key. */
			_("Compare the end of the key: it should be %s. Then it is the right one."), walk->copy.seen.ends));
	else
		page_number(page, 2, _("Two of the same name? Look at \"Created\" and \"Last used\", or ask whoever made them."));
	page_say(page, BLOCK_WARNING, _("Leave every other key alone. Something else may depend on it."));
	page_action(page, ACTION_NEXT, _("Found it"));
	page->focus = ACTION_NEXT;
}

/* Source: as step_open.c. */
void find_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): a table with \"Name\", \"Token\", \"Access policy\", \"Last used\" and "
			    "\"Created\". The end of the key stands under \"Token\"."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: the restricted keys are below the standard keys."));
	page_bullet(page, _("A long list? Search the page with Ctrl-F."));
	page_bullet(page, _("It is not there? Look at the top whether you are in the right place: a sandbox has other keys "
			    "than your real account, and each account has its own."));
	page_bullet(page, _("Renamed? The name can be changed in Stripe. The end of the key stays the same."));
}
