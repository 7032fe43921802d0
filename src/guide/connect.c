/* SPDX-License-Identifier: MIT */
/* The guide "connect a tool without a key" (OAuth), and how to end such a connection. */
#include "guide/steps.h"

#include "base/i18n.h"

static void connect_page(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_paragraph(page, _("Many tools for reports and bookkeeping need no key from you. They have a button of their own that "
			       "leads to Stripe (the trade calls it OAuth). Then there is nothing to copy and nothing to lose."));
	page_number(page, 1, _("Open the tool's own settings. Look for \"Connect\", \"Connect with Stripe\" or "
			       "\"Integrations\"."));
	page_number(page, 2, _("Press it. Your browser goes to Stripe: the address begins with https://connect.stripe.com or "
			       "https://dashboard.stripe.com. If not, close it."));
	page_number(page, 3, _("Sign in to Stripe there, and choose the right account."));
	page_number(page, 4, _("Read what the tool wants. \"Read only\" is enough for reports. Say yes only to what you "
			       "understand."));
	page_say(page, BLOCK_WARNING, _("Never type your Stripe password into the tool itself. Nobody needs it."));
	page_paragraph(page, _("No such button? Ask the maker of the tool, or make a key here."));
	page_action(page, ACTION_NEXT, _("How to end it"));
}

/* Source: the seed guide and docs.stripe.com on connected apps, 2026; confidence medium. */
static void disconnect_page(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_paragraph(page, _("You can end the connection at any time, without asking the tool."));
	page_number(page, 1, _("In Stripe open \"Settings\"."));
	page_number(page, 2, _("Choose \"Connected apps\". Newer pages may say \"Installed apps\" or \"Apps\"."));
	page_number(page, 3, _("Find the tool by its name and open it."));
	page_number(page, 4, _("Choose \"Disconnect\", \"Revoke access\" or \"Uninstall\", and confirm."));
	page_paragraph(page, _("It stops at once. Data that the tool has copied already stays with its maker: ask them to delete it."));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = page->enter = ACTION_FINISH;
}

static bool disconnect_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind != EVENT_ACTION || event->action != ACTION_FINISH)
		return false;
	walk_next(walk, effect);
	return true;
}

static const struct step steps[] = {
	{
		.slug = "connect",
		.title = N_("Connect a tool without a key"),
		.page = connect_page,
	}, {
		.slug = "disconnect",
		.title = N_("End such a connection"),
		.page = disconnect_page, .handle = disconnect_handle,
	},
};

const struct guide guide_connect = { .slug = "connect", .steps = steps, .count = sizeof steps / sizeof *steps };
