/* SPDX-License-Identifier: MIT */
/* Step 5: press the button in Stripe and pass the two-step verification. */
#include "guide/steps.h"

#include "base/i18n.h"

/* The last moment at which a keyring that does not work costs nothing. */
bool create_ready(const struct walk *walk)
{
	return walk->keyring == KEYRING_WORKS;
}

bool create_say_first(const struct walk *walk, const char *not_yet, struct page *page)
{
	if (walk_page_keyring(walk, page)) {
		page_say(page, BLOCK_WARNING, not_yet);
		return false;
	}
	if (walk->keyring != KEYRING_WORKS)
		page_say(page, BLOCK_BUSY, _("Trying your keyring …"));
	page_say(page, BLOCK_WARNING, _("Stripe's own page is about to show the key. If you share your screen, stop "
					"sharing now, until the key is pasted here."));
	return true;
}

void create_offer_next(const struct walk *walk, struct page *page)
{
	if (create_ready(walk))
		page_action(page, ACTION_NEXT, _("I see the key"));
	page->focus = page->focus ? page->focus : ACTION_NEXT;
}

static void say_steps(struct page *page)
{
	page_number(page, 1, _("Press \"Create key\" at the end of Stripe's form."));
	page_number(page, 2, _("Stripe may want to be sure that it is you (two-step verification). Type the code in "
			       "Stripe's page, never here."));
	page_say(page, BLOCK_HEADING, _("Where the code comes from"));
	page_bullet(page, _("Code app (authenticator): open it and type the six digits, before they change."));
	page_bullet(page, _("Text message: it may take up to 30 minutes. If you have a code app, use that instead."));
	page_bullet(page, _("E-mail: look in the spam folder, too."));
	page_bullet(page, _("Security key or passkey: touch it, or unlock your phone, when the browser asks."));
	page_paragraph(page, _("The key is on Stripe's screen now? Leave that page open and go on here."));
}

void create_page(const struct walk *walk, struct page *page)
{
	if (create_say_first(walk, _("Do not press \"Create key\" yet: there is no safe place for it."), page))
		say_steps(page);
	create_offer_next(walk, page);
}

/* Source: support.stripe.com on two-step authentication; docs.stripe.com/keys; confidence medium to high. */
void create_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Stripe asks for nothing? In the sandbox that is usual. Go on."));
	page_bullet(page, _("Newest pages (2026): the button may stand beside a summary; after the code the key "
			    "appears with \"Copy and close\"."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: \"Create key\" is at the bottom or the top right; "
			    "the key appears in the list, ready to be clicked."));
	page_say(page, BLOCK_HEADING, _("The code does not come"));
	page_bullet(page, _("Wait: a text message may take up to 30 minutes. Then ask Stripe to send it again, once."));
	page_bullet(page, _("Look for \"Try another way\" in Stripe's window: a code app, a backup code, a passkey."));
	page_bullet(page, _("Lost phone? Only the owner of the Stripe account can have the second step reset. If that "
			    "is not you, ask them."));
	page_bullet(page, _("Nothing is lost if you stop here: no key is made before the code is right."));
}
