/* SPDX-License-Identifier: MIT */
/* Step 3: a name that says who uses the key, the same here and in Stripe. */
#include "guide/steps.h"

#include <string.h>

#include "base/i18n.h"

/* Not translated: the name is typed in Stripe, and found again by tools. */
static const char suggested_name[] = "reporting-readonly";

void name_suggest(struct walk *walk)
{
	if (!*plan_name(walk->plan))
		plan_set_name(walk->plan, suggested_name);
}

void name_enter(struct walk *walk, struct effect *effect)
{
	(void)effect;
	walk->key_in_name = walk->link_in_name = false;
	name_suggest(walk);
}

bool name_ready(const struct walk *walk)
{
	const char *name = plan_name(walk->plan);

	return plan_name_check(name) == PLAN_NAME_OK && !walk_name_is_kept(walk, name);
}

bool name_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	(void)effect;
	if (event->kind != EVENT_TEXT)
		return false;
	/* A key typed here by mistake is not kept, not even as a name; a link belongs somewhere else. The name stays as it was. */
	walk->key_in_name = plan_name_check(event->text) == PLAN_NAME_IS_KEY;
	walk->link_in_name = strstr(event->text, "://") != NULL;
	if (!walk->key_in_name && !walk->link_in_name)
		plan_set_name(walk->plan, event->text);
	return true;
}

static void say_problem(const struct walk *walk, struct page *page)
{
	if (walk->key_in_name) {
		page_note(page, NOTE_PROBLEM, _("That looked like a key, so it was taken out again."),
			  _("Type a name here. The key itself comes in step 6."));
		return;
	}
	if (walk->link_in_name) {
		page_note(page, NOTE_PROBLEM, _("That is a link, not a name, so it was taken out again."),
			  walk->guide == &guide_create ? _("Go back to the first page and choose \"Plan or link\".") :
							 _("Type who or what will use it."));
		return;
	}
	switch (plan_name_check(plan_name(walk->plan))) {
	case PLAN_NAME_OK:
		if (walk->guide == &guide_create && walk_name_is_kept(walk, plan_name(walk->plan)))
			page_note(page, NOTE_PROBLEM, _("A key of this name is already in your keyring."),
				  _("Choose another name, for example with a number at the end."));
		break;
	case PLAN_NAME_EMPTY:
		page_note(page, NOTE_PROBLEM, _("The key has no name yet."),
			  _("Type who or what will use it."));
		break;
	case PLAN_NAME_LONG:
		page_note(page, NOTE_PROBLEM, _("This name is too long."), _("Use at most 80 characters."));
		break;
	case PLAN_NAME_BLANKS:
		page_note(page, NOTE_PROBLEM, _("There is a blank at the beginning or the end."),
			  _("Take it away, so that the name is the same here and in Stripe."));
		break;
	case PLAN_NAME_ODD:
	case PLAN_NAME_IS_KEY:
		page_note(page, NOTE_PROBLEM, _("There are characters in this name that cannot be shown."),
			  _("Use letters, digits and hyphens."));
		break;
	}
}

void name_field(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_TEXT);

	say_problem(walk, page);
	control->label = _("Key name");
	control->text = page_text(page, "%s", plan_name(walk->plan));
	control->text_max = PLAN_NAME_MAX;
}

void name_page(const struct walk *walk, struct page *page)
{
	if (walk->asked)
		page_note(page, NOTE_INFO, _("This name was asked for. Change it if you like."), NULL);
	page_paragraph(page, _("Say who or what will use the key. A clear name is easy to find when you want to "
			       "take the key back."));
	name_field(walk, page);
	page_number(page, 1, _("Accept this name or type your own."));
	page_number(page, 2, _("Type the same name in Stripe, in the field \"Key name\"."));
	page_paragraph(page, _("No such field in Stripe yet? Newer pages ask for the name at the end. Type it there."));
	page_action(page, ACTION_NEXT, _("Next"));
}

/* Source: as step_open.c. */
void name_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): the name comes last, after a summary such as \"3 permissions\"."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: \"Key name\" is the first field of the form."));
	page_bullet(page, _("If Stripe also asks for a web address, give the address of the tool that will use the "
			    "key, or your own."));
	page_bullet(page, _("Good names: \"reporting-readonly\", \"bookkeeper-read\", \"smith-consulting-2026\"."));
	page_bullet(page, _("You can change the name in Stripe later. The key stays the same."));
}
