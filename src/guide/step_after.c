/* SPDX-License-Identifier: MIT */
/* After the six steps: hand the key over, keep it in order, go on to the live key. */
#include "guide/steps.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "core/vaults.h"
#include "guide/plan_page.h"
#include "guide/receipt.h"
#include "guide/report.h"

static bool can_go_live(const struct walk *walk)
{
	return plan_mode(walk->plan) == MODE_TEST;
}

bool after_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	/* What was begun on the page before ends there. */
	if (event->kind == EVENT_OUTCOME || (event->kind == EVENT_ACTION && event->action == ACTION_CLEAR))
		return copy_handle(walk, event, effect);
	if (event->kind == EVENT_CHOOSE) {
		walk->hand_over = (enum hand_over)event->choice;
		return true;
	}
	if (event->kind != EVENT_ACTION)
		return false;
	if (event->action == ACTION_LIVE && can_go_live(walk)) {
		walk_live_round(walk, effect);
		return true;
	}
	if (event->action == ACTION_RECEIPT) {
		walk_ask(walk, EFFECT_RECEIPT, effect);
		return true;
	}
	if (event->action == ACTION_FINISH) {
		walk_next(walk, effect);
		return true;
	}
	return false;
}

static void ask_how(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_CHOICE);
	struct choice *choices = page_room(page, 3, sizeof *choices);

	choices[0] = (struct choice){ HAND_OVER_HERE, _("A program on this computer"), NULL };
	choices[1] = (struct choice){ HAND_OVER_ELSEWHERE, _("A person or a service elsewhere"), NULL };
	choices[2] = (struct choice){ HAND_OVER_LATER, _("Nobody yet"), NULL };
	control->label = _("Who uses the key?");
	control->choices = choices;
	control->choice_count = 3;
	control->chosen = walk->hand_over;
}

/* A team shares keys in the vault that it runs already; what is installed here gets its line. */
static void say_vaults(const struct walk *walk, struct page *page)
{
	if (!walk->vaults) {
		page_paragraph(page, _("Does your team run a password manager or vault of its own? \"keyguide give\" hands the key to "
				       "it, without anybody seeing it. The manual has a line for each of the usual ones."));
		return;
	}
	page_paragraph(page, _("A team keeps keys where all of it can find them. This line in a terminal hands the key over, "
			       "without anybody seeing it:"));
	for (size_t i = 0; i < vault_count(); i++) {
		char *line;

		if (!(walk->vaults & 1u << i))
			continue;
		line = vault_line(vault_at(i), plan_name(walk->plan), plan_mode(walk->plan));
		page_bullet(page, vault_at(i)->title);
		page_say(page, BLOCK_ADDRESS, page_text(page, "%s", line));
		free(line);
	}
}

/* The keyring failed, and the person has the key elsewhere. */
static void say_how_handed(const struct walk *walk, struct page *page)
{
	if (walk->hand_over == HAND_OVER_ELSEWHERE)
		page_paragraph(page, _("Send a share link of your password manager that expires. Or paste the key from there "
				       "straight into the settings of the service. Never e-mail, never chat."));
	else
		page_paragraph(page, _("The key is in your password manager, not in the keyring of this computer: no program finds "
				       "it here by itself. Whoever sets a program up takes it from the password manager."));
}

/* The keyring that was started here ends with us; two programs should not have its file open at a time. */
void after_say_starter(const struct walk *walk, struct page *page)
{
	if (!walk->starter)
		return;
	page_paragraph(page, _("Your keyring closes when keyguide ends. After that, in any terminal, type this first, then the "
			       "keyring's password. Then the commands work there:"));
	page_say(page, BLOCK_ADDRESS, page_text(page, "%s bash", page_shell(page, walk->starter)));
}

static void say_how(const struct walk *walk, struct page *page)
{
	switch (walk->hand_over) {
	case HAND_OVER_HERE:
		key_say_use(walk, plan_name(walk->plan), plan_mode(walk->plan), page);
		break;
	case HAND_OVER_ELSEWHERE:
		page_paragraph(page, _("Put it into a password manager and send a share link that expires. Or paste it "
				       "straight into the settings of the service. Never e-mail, never chat."));
		say_vaults(walk, page);
		after_say_starter(walk, page);
		break;
	case HAND_OVER_LATER:
		page_paragraph(page, _("It waits in your keyring. Your keyring's own program shows it under \"Stripe "
				       "restricted key\"."));
		break;
	}
}

/* What came of it is said where it is seen at once; the offer can wait until the rest is read. */
static void say_clipboard(const struct walk *walk, bool at_end, struct page *page)
{
	if (walk->copy.key != KEY_SAVED || walk->demo || at_end != (walk->copy.clipboard == CLIPBOARD_MAYBE))
		return;
	if (at_end)
		page_say(page, BLOCK_HEADING, _("The clipboard"));
	copy_say_clipboard(walk, page);
	copy_offer_clear(walk, page);
}

void after_page(const struct walk *walk, struct page *page)
{
	bool kept = walk->copy.key == KEY_SAVED;

	if (kept && walk->demo)
		page_paragraph(page, page_sentence(page, _("A real key would be in your keyring now")));
	else if (kept)
		page_say(page, BLOCK_DONE, page_text(page, plan_mode(walk->plan) == MODE_LIVE ?
			/* TRANSLATORS: %s is the name of the key. */
			_("The live key \"%s\" is in your keyring.") : _("The sandbox key \"%s\" is in your keyring."),
			plan_name(walk->plan)));
	if (kept)
		report_say_difference(walk->check, page);
	say_clipboard(walk, false, page);
	page_say(page, BLOCK_HEADING, _("Who uses the key?"));
	ask_how(walk, page);
	if (kept)
		say_how(walk, page);
	else
		say_how_handed(walk, page);
	if (can_go_live(walk)) {
		page_say(page, BLOCK_HEADING, _("The real key"));
		page_paragraph(page, _("Try the tool with this sandbox key first, if you like. The live key gets the same "
				       "name and the same permissions."));
	}
	page_say(page, BLOCK_HEADING, _("Later"));
	plan_page_review(walk->plan, page);
	if (kept)
		page_bullet(page, page_text(page, _("\"keyguide check %s\" asks Stripe again what it can do."),
					    page_text(page, "%s --%s", page_shell(page, plan_name(walk->plan)),
						      mode_slug(plan_mode(walk->plan)))));
	page_bullet(page, _("To take it back: in Stripe, ⋯ beside the key, \"Expire key\". It stops at once."));
	say_clipboard(walk, true, page);
	if (kept)
		page_action(page, ACTION_RECEIPT, _("Receipt"));
	if (can_go_live(walk))
		page_action(page, ACTION_LIVE, _("Make the live key"));
	page_action(page, ACTION_FINISH, _("Finish"));
	page->focus = can_go_live(walk) ? ACTION_LIVE : ACTION_FINISH;
	page->enter = page->focus;
}

void after_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("⋯ is the menu at the end of the key's line in Stripe. There you also find \"Edit key\" and "
			    "\"Rotate key\" (older pages: \"Roll key\")."));
	page_bullet(page, _("Rotate gives you a new key with the same permissions. The old one can live on for up to "
			    "seven days, so that the tool can change over."));
	page_bullet(page, _("Was the key seen by the wrong person? Do not wait: rotate or expire it now."));
	page_bullet(page, _("Password managers with share links: 1Password, Bitwarden, Proton Pass and others."));
}

/* ---- the receipt ---- */

void receipt_forget(struct walk *walk)
{
	for (size_t i = 0; i < walk->receipt_count; i++)
		record_done(&walk->receipt[i]);
	walk->receipt_count = 0;
	free(walk->receipt_file);
	walk->receipt_file = NULL;
	walk->receipt_fault = (struct fault){ .code = FAULT_NONE };
}

/* What is remembered is borrowed in an outcome. */
static void take_records(struct walk *walk, const struct outcome *outcome)
{
	receipt_forget(walk);
	for (size_t i = 0; i < outcome->record_count && i < 2; i++)
		record_copy(&walk->receipt[walk->receipt_count++], &outcome->records[i]);
	if (walk->receipt_count)
		walk->overlay = OVERLAY_RECEIPT;
}

void receipt_outcome(struct walk *walk, enum effect_kind was, const struct outcome *outcome)
{
	if (was == EFFECT_RECEIPT) {
		take_records(walk, outcome);
	} else if (outcome->fault == FAULT_NONE) {
		free(walk->receipt_file);
		walk->receipt_file = mem_strdup(outcome->detail);
	} else {
		fault_set(&walk->receipt_fault, outcome->fault, 0, "%s", outcome->detail ? outcome->detail : "");
	}
}

bool receipt_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_ACTION && event->action == ACTION_SAVE)
		walk_ask(walk, EFFECT_SAVE_RECEIPT, effect);
	else if (event->kind == EVENT_ACTION && event->action == ACTION_BACK)
		walk->overlay = OVERLAY_NONE;
	else if (event->kind == EVENT_ACTION && event->action == ACTION_LEAVE)
		walk->overlay = OVERLAY_LEAVE;
	return true;
}

void receipt_overlay_page(const struct walk *walk, struct page *page)
{
	page->slug = "receipt";
	page->title = _("Receipt");
	if (walk->receipt_count)
		receipt_page(walk->receipt, walk->receipt_count, page);
	if (walk->receipt_file)
		page_note(page, NOTE_INFO, page_text(page, _("The receipt is in the file %s."), walk->receipt_file), NULL);
	else if (walk->receipt_fault.code != FAULT_NONE)
		page_note(page, NOTE_PROBLEM, fault_what(walk->receipt_fault.code), fault_advice(walk->receipt_fault.code));
	page_action(page, ACTION_BACK, _("Back"));
	page_action(page, ACTION_SAVE, _("Save as a file"));
	page->focus = walk->receipt_file ? ACTION_BACK : ACTION_SAVE;
	page->enter = page->focus;
}
