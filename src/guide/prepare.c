/* SPDX-License-Identifier: MIT */
/*
 * The guide "prepare a plan for somebody else": what a consultant decides once,
 * so that the owner cannot get it wrong. Name and grid are those of the guide
 * that makes a key.
 */
#include "guide/steps.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "core/link.h"
#include "guide/plan_page.h"

/* ---- the name ---- */

static bool prepare_name_ready(const struct walk *walk)
{
	return plan_name_check(plan_name(walk->plan)) == PLAN_NAME_OK;
}

static void prepare_name_page(const struct walk *walk, struct page *page)
{
	page_paragraph(page, _("A plan says what a key should be before it exists: its name, what it may do, who "
			       "prepared it. Whoever gets the plan is guided with it."));
	name_field(walk, page);
	page_paragraph(page, _("Say who or what will use the key."));
	page_action(page, ACTION_NEXT, _("Next"));
}

/* ---- who prepared it ---- */

static void prepare_who_page(const struct walk *walk, struct page *page)
{
	struct control *control;

	page_paragraph(page, _("Your name, or your firm's: the owner sees it, and it stands on the receipt."));
	control = page_control(page, CONTROL_TEXT);
	control->label = _("Prepared by");
	control->text = page_text(page, "%s", plan_prepared_by(walk->plan));
	control->text_max = PLAN_BY_MAX;
	page_action(page, ACTION_NEXT, _("Next"));
}

static bool prepare_who_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	(void)effect;
	if (event->kind != EVENT_TEXT)
		return false;
	plan_set_prepared_by(walk->plan, apikey_is_in(event->text) || !plan_text_is_clean(event->text) ? "" : event->text);
	return true;
}

/* ---- saving it ---- */

static void prepare_save_page(const struct walk *walk, struct page *page)
{
	size_t left_out;
	char *link = link_create(walk->plan, &left_out);

	if (walk->plan_file)
		page_note(page, NOTE_INFO, page_text(page, _("The plan is in the file %s."), walk->plan_file),
			  _("Send it. Whoever gets it starts \"keyguide\" with the file's name."));
	else if (walk->plan_fault.code != FAULT_NONE)
		page_note(page, NOTE_PROBLEM, fault_what(walk->plan_fault.code), fault_advice(walk->plan_fault.code));
	page_paragraph(page, page_text(page, _("The key \"%s\": %s."), plan_name(walk->plan),
				       plan_page_summary(walk->plan, page)));
	plan_page_rows(walk->plan, page);
	page_say(page, BLOCK_HEADING, _("The same as a link to Stripe's form"));
	page_say(page, BLOCK_ADDRESS, page_text(page, "%s", link));
	plan_page_left_out(left_out, page);
	page_paragraph(page, _("keyguide takes the link too, under \"Plan or link\"."));
	page_action(page, ACTION_SAVE, _("Save the plan"));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = page->enter = walk->plan_file ? ACTION_FINISH : ACTION_SAVE;
	free(link);
}

static bool prepare_save_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_OUTCOME) {
		free(walk->plan_file);
		walk->plan_file = NULL;
		walk->plan_fault.code = event->outcome->fault;
		if (event->outcome->fault == FAULT_NONE)
			walk->plan_file = mem_strdup(event->outcome->detail);
		return true;
	}
	if (event->kind != EVENT_ACTION || (event->action != ACTION_SAVE && event->action != ACTION_FINISH))
		return false;
	if (event->action == ACTION_SAVE)
		walk_ask(walk, EFFECT_SAVE_PLAN, effect);
	else
		walk_next(walk, effect);
	return true;
}

/* ---- the steps ---- */

static const struct step steps[] = {
	{
		.slug = "name",
		.title = N_("Prepare a plan: the key's name"),
		.trail = N_("Name"),
		.page = prepare_name_page, .handle = name_handle, .ready = prepare_name_ready, .enter = name_enter,
	}, {
		.slug = "permissions",
		.title = N_("Prepare a plan: what the key may do"),
		.trail = N_("Permissions"),
		.page = permissions_page, .handle = permissions_handle, .ready = permissions_ready,
		.enter = permissions_enter, .help = permissions_help,
	}, {
		.slug = "who",
		.title = N_("Prepare a plan: who prepared it"),
		.trail = N_("Who"),
		.page = prepare_who_page, .handle = prepare_who_handle,
	}, {
		.slug = "save",
		.title = N_("The plan is ready"),
		.trail = N_("Save"),
		.page = prepare_save_page, .handle = prepare_save_handle,
	},
};

const struct guide guide_prepare = { .slug = "prepare", .steps = steps, .count = sizeof steps / sizeof *steps };
