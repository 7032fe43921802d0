/* SPDX-License-Identifier: MIT */
/* Step 2: begin a new restricted key in Stripe, and leave the others alone. */
#include "guide/steps.h"

#include "base/i18n.h"

void start_page(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_paragraph(page, _("A restricted key does only what you allow. That is the kind to hand out."));
	page_number(page, 1, _("Press \"Create restricted key\". It is near the heading \"Restricted keys\"."));
	page_number(page, 2, _("Stripe may ask how you will use the key. Choose \"Powering an integration you "
			       "built\", also when somebody else built it for you."));
	page_number(page, 3, _("Stripe may offer ready-made sets. Choose \"Choose your own\" or "
			       "\"Custom permissions\": the ready-made ones allow far too much."));
	page_say(page, BLOCK_WARNING, _("Do not touch the \"Secret key\" under \"Standard keys\" (it begins with sk_). "
					"It can do everything in your account. Never hand it out."));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = ACTION_NEXT;
}

/* Source: as step_open.c. */
void start_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): the choices are \"Powering an integration you built\", \"Providing "
			    "this key to a third-party application\" and \"Authorizing an AI agent\". Take the first: "
			    "with it you choose every permission yourself."));
	page_bullet(page, _("Pages of 2024 and 2025: the question is \"How will you be using this API key?\". "
			    "If you took \"Providing this key to another website\", tick \"Customize permissions "
			    "for this key\"."));
	page_bullet(page, _("Older pages: no question at all; the form opens at once. All is well."));
	page_bullet(page, _("The button may be called \"+ Create restricted key\", or be in your language."));
	page_bullet(page, _("The button is grey or missing? Your role may not make keys. Ask an administrator."));
	page_say(page, BLOCK_HEADING, _("Why not the secret key?"));
	page_paragraph(page, _("The secret key (sk_) can read, refund and change everything. A restricted key (rk_) "
			       "opens only the doors you choose, and can be taken back without harm to the rest."));
}
