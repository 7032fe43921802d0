/* SPDX-License-Identifier: MIT */
/* What somebody asked for: the link or plan that was sent, and what is in it. */
#include "guide/steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "guide/plan_page.h"

/* ---- on the first page ---- */

void asked_say(const struct walk *walk, struct page *page)
{
	const struct plan *asked = walk->asked;

	if (!asked)
		return;
	page_say(page, BLOCK_HEADING, _("What was asked for"));
	/* TRANSLATORS: the name of a key; "4 Read · 1 Write" */
	page_paragraph(page, page_text(page, _("A key called \"%s\": %s. You can change everything on the way."),
				       *plan_name(asked) ? plan_name(asked) : "…", plan_page_summary(asked, page)));
	if (*plan_prepared_by(asked))
		page_paragraph(page, page_text(page, _("Prepared by %s."), plan_prepared_by(asked)));
	if (*plan_note(asked))
		page_paragraph(page, plan_note(asked));
	plan_page_odd(walk->odd, walk->odd_count, page);
}

/* ---- all of it ---- */

void asked_page(const struct walk *walk, struct page *page)
{
	page->slug = "asked";
	page->title = _("What was asked for");
	plan_page_rows(walk->asked, page);
	plan_page_odd(walk->odd, walk->odd_count, page);
	page_action(page, ACTION_BACK, _("Back"));
	page->focus = page->enter = ACTION_BACK;
}

/* ---- the field for a link or a file ---- */

void sent_page(const struct walk *walk, struct page *page)
{
	struct control *control;

	page->slug = "sent";
	page->title = _("What were you sent?");
	if (*walk->sent_problem)
		page_note(page, NOTE_PROBLEM, page_sentence(page, walk->sent_problem), walk->sent_advice);
	page_paragraph(page, _("A link to Stripe's form, such as many tools show, or the name of a plan file. Paste or "
			       "type it here. Nothing is opened: you see first what it asks for."));
	control = page_control(page, CONTROL_TEXT);
	control->label = _("Link or file");
	control->text = page_text(page, "%s", walk->sent);
	page_paragraph(page, _("Do you want to send one yourself? \"Prepare a plan\" makes it."));
	page_action(page, ACTION_BACK, _("Back"));
	page_action(page, ACTION_PREPARE, _("Prepare a plan"));
	page_action(page, ACTION_NEXT, _("Next"));
}

static void set_problem(struct walk *walk, const char *what, const char *advice)
{
	free(walk->sent_problem);
	free(walk->sent_advice);
	walk->sent_problem = mem_strdup(what);
	walk->sent_advice = mem_strdup(advice);
}

static void asked_taken(struct walk *walk, struct plan *plan_take, const struct link_name *odd, size_t odd_count)
{
	walk_take_asked(walk, plan_take, odd, odd_count);
	set_problem(walk, "", "");
	walk->overlay = OVERLAY_NONE;
}

/* A link is read at once; where keys are practised is the person's choice, not the link's. */
static void take_link(struct walk *walk)
{
	struct link link;
	enum link_verdict verdict = link_read(walk->sent, &link);

	if (verdict == LINK_OK) {
		plan_set_mode(link.plan, MODE_TEST);
		asked_taken(walk, plan_copy(link.plan), link.odd, link.odd_count);
	} else {
		set_problem(walk, link_what(verdict), _("Use the link whole, as you were sent it."));
	}
	link_done(&link);
}

static void take_sent(struct walk *walk, struct effect *effect)
{
	if (!*walk->sent) {
		set_problem(walk, _("Nothing is in the field yet"), _("Paste the link, or type the name of the file."));
	} else if (link_looks_like(walk->sent)) {
		take_link(walk);
	} else {
		walk_ask(walk, EFFECT_READ_PLAN, effect);
		effect->address = walk->sent;
	}
}

/* A key pasted here by mistake is not kept, and not shown. */
static void set_sent(struct walk *walk, const char *text)
{
	bool key = apikey_is_in(text);
	char *copy = mem_strdup(key ? "" : text);

	free(walk->sent);
	walk->sent = copy;
	if (key)
		set_problem(walk, _("That looked like a key, so it was taken out again"), _("The key itself comes in step 6."));
	else
		set_problem(walk, "", "");
}

static void prepare(struct walk *walk, struct effect *effect)
{
	walk->overlay = OVERLAY_NONE;
	walk_change_guide(walk, &guide_prepare, effect);
}

bool asked_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_TEXT && walk->overlay == OVERLAY_SENT)
		set_sent(walk, event->text);
	else if (event->kind == EVENT_ACTION && event->action == ACTION_NEXT && walk->overlay == OVERLAY_SENT)
		take_sent(walk, effect);
	else if (event->kind == EVENT_ACTION && event->action == ACTION_PREPARE)
		prepare(walk, effect);
	else if (event->kind == EVENT_ACTION && event->action == ACTION_BACK)
		walk->overlay = OVERLAY_NONE;
	else if (event->kind == EVENT_ACTION && event->action == ACTION_LEAVE)
		walk->overlay = OVERLAY_LEAVE;
	return true;
}

void asked_outcome(struct walk *walk, const struct outcome *outcome)
{
	if (walk->overlay != OVERLAY_SENT)
		return;
	if (outcome->plan)
		asked_taken(walk, plan_copy(outcome->plan), NULL, 0);
	else
		set_problem(walk, outcome->detail, outcome->advice ? outcome->advice : "");
}
