/* SPDX-License-Identifier: MIT */
/* "My screen looks different", and the questions that people ask; over any step. */
#include "guide/steps.h"

#include "base/i18n.h"

struct question_answer {
	const char *question;
	const char *answers[3];   /* paragraphs; NULL where there are fewer */
};

static const struct question_answer questions[] = {
	{ N_("What is the difference between a secret key and a restricted key?"), {
		N_("The secret key (it begins with sk_) can do everything in your account: read, charge, refund, change. "
		   "There is no way to limit it."),
		N_("A restricted key (rk_) does only what you allow, row by row. Stripe itself advises it for new "
		   "connections. That is the kind keyguide makes."), NULL } },
	{ N_("How do I make sure that the key can only read?"), {
		N_("Every row starts at None. Give Read where it is needed and leave the rest. Never choose Write: Write "
		   "includes Read, and can change things."),
		N_("A key with Read alone cannot refund, pay out or change anything."), NULL } },
	{ N_("How do I hand the key over safely?"), {
		N_("Treat it like a password. Keep it in a password manager and send a share link that expires, or paste "
		   "it straight into the settings of the tool."),
		N_("Never put it in an e-mail, a chat, a document or a web page. If it was seen, rotate it in Stripe at "
		   "once. Stripe looks for leaked keys, too, and may switch them off."), NULL } },
	{ N_("Can I see the key again later?"), {
		N_("In Stripe: a live key never, a sandbox key yes. A live key is shown once, when it is made."),
		N_("In your keyring: yes, as long as you have the keyring. If it is lost, expire the old key and make a "
		   "new one. That harms nothing but the tool that used it."), NULL } },
	{ N_("How do I take a key back?"), {
		N_("In Stripe open \"Developers\", then \"API keys\". Find the key by its name, open the menu ⋯ beside it "
		   "and choose \"Expire key\". It stops working at once."),
		N_("\"Rotate key\" or \"Roll key\" gives you a new key instead and retires the old one, now or within "
		   "seven days."),
		N_("Make one key for each job, and expire it when the job ends.") } },
	{ N_("Can I try it without real money?"), {
		N_("Yes: that is what the sandbox is for. Its keys begin with rk_test_ and touch no real payment."),
		N_("When everything works, make the live key with the same name and the same permissions. keyguide "
		   "offers it at the end."), NULL } },
};

enum { QUESTION_COUNT = sizeof questions / sizeof *questions };

void help_page(const struct walk *walk, struct page *page)
{
	const struct step *step = &walk->guide->steps[walk->at];

	page->slug = page_text(page, "help.%s", step->slug);
	page->title = step->help_title ? _(step->help_title) : _("My screen looks different");
	page_action(page, ACTION_BACK, _("Back"));
	page_action(page, ACTION_QUESTIONS, _("Questions and answers"));
	if (walk->language_count > 1)
		page_action(page, ACTION_LANGUAGE, _("Language"));
	if (step->help)
		step->help(walk, page);
	page->focus = page->enter = ACTION_BACK;
}

/* ---- the language ---- */

void language_ask(struct walk *walk)
{
	if (walk->overlay == OVERLAY_LANGUAGE)
		return;
	walk->under_language = walk->overlay;
	walk->overlay = OVERLAY_LANGUAGE;
}

void language_page(const struct walk *walk, struct page *page)
{
	struct choice *choices = page_room(page, LANGUAGES_MAX, sizeof *choices);
	struct control *control;

	page->slug = "language";
	page->title = _("Language");
	for (size_t i = 0; i < walk->language_count; i++)
		choices[i] = (struct choice){ (int)i, walk->languages[i]->name, NULL };
	control = page_control(page, CONTROL_MENU);
	control->label = _("Language");
	control->choices = choices;
	control->choice_count = walk->language_count;
	for (size_t i = 0; i < walk->language_count; i++)
		if (i18n_speaks(walk->languages[i]->code)) {
			control->chosen = (int)i;
			control->has_chosen = true;
		}
	page_action(page, ACTION_BACK, _("Back"));
}

/* What is under way goes on: only the words change. */
static bool language_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_CHOOSE && event->choice >= 0 && (size_t)event->choice < walk->language_count) {
		*effect = (struct effect){ .kind = EFFECT_LANGUAGE, .address = walk->languages[event->choice]->code };
		*walk->sent_problem = '\0';   /* said in the language before */
	} else if (event->kind != EVENT_ACTION || (event->action != ACTION_BACK && event->action != ACTION_LEAVE))
		return true;
	walk->overlay = walk->under_language;
	return true;
}

void questions_page(const struct walk *walk, struct page *page)
{
	struct choice *choices = page_room(page, QUESTION_COUNT, sizeof *choices);
	struct control *control;

	(void)walk;
	page->slug = "questions";
	page->title = _("Questions and answers");
	for (int i = 0; i < QUESTION_COUNT; i++)
		choices[i] = (struct choice){ i, _(questions[i].question), NULL };
	control = page_control(page, CONTROL_MENU);
	control->label = _("Questions");
	control->choices = choices;
	control->choice_count = QUESTION_COUNT;
	page_action(page, ACTION_BACK, _("Back"));
}

void answer_page(const struct walk *walk, struct page *page)
{
	const struct question_answer *question = &questions[walk->question];

	page->slug = "answer";
	page->title = _(question->question);
	for (size_t i = 0; i < sizeof question->answers / sizeof *question->answers && question->answers[i]; i++)
		page_paragraph(page, _(question->answers[i]));
	page_action(page, ACTION_BACK, _("Back"));
	page->focus = page->enter = ACTION_BACK;
}

static bool help_handle(struct walk *walk, const struct event *event)
{
	if (event->kind == EVENT_CHOOSE && walk->overlay == OVERLAY_QUESTIONS && event->choice >= 0 &&
	    event->choice < QUESTION_COUNT) {
		walk->question = (size_t)event->choice;
		walk->overlay = OVERLAY_ANSWER;
	} else if (event->kind == EVENT_ACTION && event->action == ACTION_BACK) {
		walk->overlay = walk->overlay == OVERLAY_ANSWER ? OVERLAY_QUESTIONS : OVERLAY_NONE;
	} else if (event->kind == EVENT_ACTION && event->action == ACTION_QUESTIONS) {
		walk->overlay = OVERLAY_QUESTIONS;
	} else if (event->kind == EVENT_ACTION && event->action == ACTION_LEAVE) {
		walk->overlay = OVERLAY_LEAVE;
	}
	return true;
}

bool overlay_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	switch (walk->overlay) {
	case OVERLAY_LANGUAGE:
		return language_handle(walk, event, effect);
	case OVERLAY_HELP:
	case OVERLAY_QUESTIONS:
	case OVERLAY_ANSWER:
		return help_handle(walk, event);
	case OVERLAY_ASKED:
	case OVERLAY_SENT:
		return asked_handle(walk, event, effect);
	case OVERLAY_RECEIPT:
		return receipt_handle(walk, event, effect);
	case OVERLAY_RESUME:
		return resume_handle(walk, event, effect);
	case OVERLAY_LEAVE:
	case OVERLAY_ABANDON:
		return leave_handle(walk, event, effect);
	case OVERLAY_NONE:
		break;
	}
	return false;
}
