/* SPDX-License-Identifier: MIT */
/* The guide "take a key back": expired in Stripe first, deleted from the keyring when Stripe says that it is dead. */
#include "guide/steps.h"

#include "base/i18n.h"

static void remove_open_page(const struct walk *walk, struct page *page)
{
	page_say(page, BLOCK_WARNING, _("A key that is taken back stops at once, and with it whatever uses it. If a tool must go on "
					"working, replace the key instead."));
	open_page(walk, page);
}

static void menu_step_page(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_number(page, 1, _("At the end of the key's line click the menu ⋯ (three dots)."));
	page_number(page, 2, _("A small list opens. Nothing has happened yet."));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = ACTION_NEXT;
}

static void expire_page(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_number(page, 1, _("Choose \"Expire key\". Some pages call it \"Delete key\" or \"Revoke key\"."));
	page_number(page, 2, _("If Stripe asks when, choose \"Now\"."));
	page_paragraph(page, _("\"Rotate key\" or \"Roll key\" is something else: it makes a new key in place of this one."));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = ACTION_NEXT;
}

static void confirm_page(const struct walk *walk, struct page *page)
{
	int number = 1;

	page_number(page, number++, page_text(page, _("Look once more: is it the key \"%s\"?"), walk_stripe_name(walk, page)));
	if (*walk->copy.seen.ends)   /* the new key may stand beside it, by the same name */
		page_number(page, number++, page_text(page,
			_("Compare the end of the key: it should be %s. Then it is the right one."), walk->copy.seen.ends));
	page_number(page, number, _("Confirm in Stripe's window. Stripe may ask for a code first; type it there, never here."));
	page_paragraph(page, _("Then go on here: keyguide asks Stripe whether the key is really dead."));
	page_action(page, ACTION_NEXT, _("I confirmed"));
	page->focus = ACTION_NEXT;
}

/* Ended by hand: nobody waits any longer until the time of a replaced one is over. */
static bool confirm_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	(void)effect;
	if (event->kind == EVENT_ACTION && event->action == ACTION_NEXT)
		*walk->until = '\0';
	return false;
}

/* Source: docs.stripe.com/keys and walks through the Dashboard by others, 2024 to 2026; confidence medium. */
static void expire_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): ⋯ has \"Edit key\", \"Duplicate key\", \"Expire key\", \"Rotate key\" and \"View "
			    "request logs\"."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: the three dots appear when the mouse is over the line."));
	page_bullet(page, _("No menu? Then your role may not change keys. Ask an administrator."));
	page_bullet(page, _("Clicked the wrong thing? Close the window with Esc or \"Cancel\": nothing happens before you "
			    "confirm."));
}

static const struct step steps[] = {
	{
		.slug = "open",
		.title = N_("Take a key back: open the API keys page"),
		.trail = N_("Open"),
		.page = remove_open_page, .handle = open_handle, .help = open_help,
	}, {
		.slug = "find",
		.title = N_("Find the key by its name"),
		.trail = N_("Find"),
		.page = find_page, .help = find_help,
	}, {
		.slug = "menu",
		.title = N_("Open the key's menu"),
		.trail = N_("Menu"),
		.page = menu_step_page, .help = expire_help,
	}, {
		.slug = "expire",
		.title = N_("Choose \"Expire key\""),
		.trail = N_("Expire"),
		.page = expire_page, .help = expire_help,
	}, {
		.slug = "confirm",
		.title = N_("Confirm it in Stripe"),
		.trail = N_("Confirm"),
		.page = confirm_page, .handle = confirm_handle, .help = expire_help,
	}, {
		.slug = "gone",
		.title = N_("Is the key dead?"),
		.trail = N_("Gone"),
		.no_back = true,
		.page = gone_page, .handle = gone_handle, .enter = gone_enter, .help = gone_help,
		.help_title = N_("Good to know"),
	},
};

const struct guide guide_remove = { .slug = "remove", .steps = steps, .count = sizeof steps / sizeof *steps, .saves = true };
