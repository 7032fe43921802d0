/* SPDX-License-Identifier: MIT */
/* Step 6 as it looks: before the paste, a wrong paste, not kept, kept, asked. */
#include "guide/steps.h"

#include <string.h>

#include "base/i18n.h"
#include "core/link.h"
#include "guide/copy_menu.h"
#include "guide/report.h"

/* The key exists in Stripe, but the last walk ended before it was kept. */
static void say_may_be_lost(const struct walk *walk, struct page *page)
{
	page_note(page, NOTE_PROBLEM, walk->last_key == LAST_GONE ? _("This key is not in your keyring any more.") :
		  _("Last time keyguide stopped before a key was kept."), walk->guide == &guide_replace ?
		  _("If the key is still on Stripe's screen, paste it now. If not: rotate the key once more in Stripe, and "
		    "paste what it shows then. The old key is in your keyring as before.") :
		  _("If the key is still on Stripe's screen, paste it now. If not: in Stripe choose \"Expire key\" for it, "
		    "then go back to step 2 and make a new one."));
}

/* To be copied and pasted, as the real one is in Stripe; it is nobody's key. */
static void offer_sample(const struct walk *walk, struct page *page)
{
	char *sample = page_room(page, APIKEY_SAMPLE_SIZE, 1);

	apikey_sample(plan_mode(walk->plan), sample);
	page_paragraph(page, _("In this rehearsal copy this sample key, as if it stood in Stripe, or press \"Paste the "
			       "sample key\":"));
	page_say(page, BLOCK_ADDRESS, sample);
	page_action(page, ACTION_SAMPLE, _("Paste the sample key"));
}

/* What was pasted is not kept. */
static void say_refused(const struct walk *walk, struct page *page)
{
	const struct copy_state *copy = &walk->copy;

	if (walk->demo && apikey_is_wanted(copy->seen.kind))
		page_note(page, NOTE_PROBLEM, _("This is a rehearsal: only the sample key belongs here."),
			  _("Your own key was not kept. For that start keyguide without --demo."));
	else if (copy->fault.code == FAULT_SAME_KEY)
		page_note(page, NOTE_PROBLEM, fault_what(FAULT_SAME_KEY), fault_advice(FAULT_SAME_KEY));
	else if (apikey_is_wanted(copy->seen.kind))
		page_note(page, NOTE_PROBLEM, copy->seen.mode == MODE_LIVE ?
			_("This is a live key, but the key that you replace is one for the sandbox.") :
			_("This is a sandbox key, but the key that you replace is a live one."),
			_("It was not kept. Copy the key that Stripe has just shown."));
	else
		page_note(page, NOTE_PROBLEM, apikey_what(copy->seen.kind), apikey_advice(copy->seen.kind));
}

const char *copy_look_first(const struct walk *walk)
{
	if (walk->last_key == LAST_STORING || walk->last_key == LAST_KEPT)
		return _("keyguide must look into your keyring first: the key may be there.");
	return _("Do not copy the key yet: there is no safe place for it.");
}

/* No key is asked for before there is a place for it, and before it is known whether it is there already. */
static bool say_keyring(const struct walk *walk, struct page *page)
{
	if (walk->keyring == KEYRING_WORKS)
		return false;
	page->slug = "copy.keyring";
	if (walk_page_keyring(walk, page))
		page_say(page, BLOCK_WARNING, copy_look_first(walk));
	else
		page_note(page, NOTE_WAITING, _("Trying your keyring …"), NULL);
	return true;
}

static void await_page(const struct walk *walk, struct page *page)
{
	bool live = plan_mode(walk->plan) == MODE_LIVE;
	const struct copy_state *copy = &walk->copy;

	if (say_keyring(walk, page))
		return;
	if (copy->key == KEY_REFUSED)
		say_refused(walk, page);
	else if (walk->last_key != LAST_NONE)
		say_may_be_lost(walk, page);
	page_say(page, BLOCK_WARNING, _("Do not share your screen until this step is done: Stripe's page shows the key."));
	page_number(page, 1, live ?
		_("In Stripe, click the key to copy it. It begins with rk_live_.") :
		_("In Stripe, click the key to copy it. It begins with rk_test_."));
	page_number(page, 2, _("Come back here and paste it: Ctrl-Shift-V, or right-click and \"Paste\"."));
	if (walk->demo)
		offer_sample(walk, page);
	page_control(page, CONTROL_SECRET)->label = _("Key");
	page_paragraph(page, live ?
		_("Stripe shows a live key only now, never again. It goes straight into your keyring. It is never "
		  "shown here.") :
		_("It goes straight into your keyring. It is never shown here. A sandbox key can be shown again in "
		  "Stripe; a live key cannot."));
	page_say(page, BLOCK_SCREEN, _("Nothing happens after pasting? Press Enter."));
}

static const char *mode_in_words(enum mode mode)
{
	return mode == MODE_LIVE ? C_("a key", "live") : C_("a key", "sandbox");
}

static void other_mode_page(const struct walk *walk, struct page *page)
{
	bool live = walk->copy.seen.mode == MODE_LIVE;

	page->slug = "copy.mode";
	page->tone = TONE_DANGER;
	page->title = live ? _("This is a live key, not a sandbox key") : _("This is a sandbox key, not a live key");
	page_paragraph(page, live ?
		_("It sees your real account. You can keep it as your live key. Or expire it in Stripe, switch Stripe "
		  "to the sandbox, make a key there and paste that.") :
		_("It does not see your real account. You can keep it as a sandbox key. Or switch Stripe to your real "
		  "account, make a key there and paste that."));
	page_action(page, ACTION_PASTE_AGAIN, _("Paste another"));
	page_action(page, ACTION_YES, live ? _("Keep as live key") : _("Keep as sandbox key"));
	page->focus = page->enter = ACTION_PASTE_AGAIN;   /* whoever presses Enter unread has kept nothing */
}

/* "rk_test_ … a1b2": all that is ever shown, as Stripe does. */
static void say_what_came(const struct walk *walk, struct page *page)
{
	const struct apikey *seen = &walk->copy.seen;

	if (!seen->length)
		return;   /* come back to after a pause: not known any more */
	/* TRANSLATORS: %1$s is "live" or "sandbox", %2$s the last four characters of the key. */
	page_say(page, BLOCK_DONE, page_text(page, ngettext(
		"A restricted key (%1$s), ending in %2$s, %3$zu character.",
		"A restricted key (%1$s), ending in %2$s, %3$zu characters.", seen->length),
		mode_in_words(seen->mode), seen->ends, seen->length));
	if (seen->tidied)
		page_say(page, BLOCK_DONE, _("Blanks, quotes or line breaks that came with it were taken off."));
	if (seen->unusual_length)
		page_say(page, BLOCK_WARNING, _("Its length is unusual. If Stripe does not know it, copy it again, "
						"whole."));
	if (seen->kind == APIKEY_CLAIMABLE)
		page_say(page, BLOCK_WARNING, _("It belongs to a claimable sandbox, which lives for seven days."));
}

static void storing_page(const struct walk *walk, struct page *page)
{
	page->slug = "copy.storing";
	say_what_came(walk, page);
	page_note(page, NOTE_WAITING, _("Putting the key into your keyring …"), walk->copy.unlocking ?
		  _("Your keyring asks for its password in a window of its own. It may be behind this one.") : NULL);
	page_action(page, ACTION_STOP, _("Stop waiting"));
	page->focus = ACTION_STOP;
}

static void write_unsaved_menu(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_MENU);
	struct choice *choices = page_room(page, UNSAVED_STOP, sizeof *choices);
	size_t count = 0;

	choices[count++] = (struct choice){ UNSAVED_RETRY, _("Try again"), NULL };
	if (walk_may_unlock(walk, walk->copy.keyring_fault))
		choices[count++] = (struct choice){ UNSAVED_UNLOCK, _("Unlock the keyring, then try again"),
		_("Your keyring asks for its password in a window of its own.") };
	if (walk_may_start_keyring(walk, walk->copy.keyring_fault))
		choices[count++] = (struct choice){ UNSAVED_START, _("Start a keyring on this computer, then try again"),
			_("It asks for its password here and is open until keyguide ends.") };
	if (walk->manager)
		choices[count++] = (struct choice){ UNSAVED_MANAGER, page_text(page,
			/* TRANSLATORS: %s is the name of a program, such as: pass */
			_("Hand it to a password manager (%s)"), walk->manager), NULL };
	choices[count++] = (struct choice){ UNSAVED_CLIPBOARD, _("Put it on the clipboard for one minute"),
		_("Paste it into your password manager, and nowhere else.") };
	if (walk->copy.was_lent)
		choices[count++] = (struct choice){ UNSAVED_HANDED, _("It is in my password manager now"), NULL };
	choices[count++] = (struct choice){ UNSAVED_STOP, _("Stop, and expire the key in Stripe"), NULL };
	control->label = _("What now?");
	control->choices = choices;
	control->choice_count = count;
}

static void unsaved_page(const struct walk *walk, struct page *page)
{
	const struct fault *fault = &walk->copy.fault;

	page->slug = "copy.unsaved";
	page->tone = TONE_DANGER;
	page->title = _("The key is not kept yet");
	if (walk->copy.on_clipboard)
		page_note(page, NOTE_INFO, _("The key is on the clipboard for one minute."),
			  _("Paste it into your password manager now."));
	else
		page_note(page, NOTE_PROBLEM, fault_what(fault->code), walk_keyring_advice(walk, fault->code));
	if (*fault->detail)
		page_paragraph(page, page_text(page, "(%s)", fault->detail));
	page_paragraph(page, _("It is safe in keyguide's memory as long as this window stays open."));
	write_unsaved_menu(walk, page);
}

static void handing_page(struct page *page)
{
	page->slug = "copy.handing";
	page_note(page, NOTE_WAITING, _("Handing the key over …"), NULL);
}

static void handed_page(const struct walk *walk, struct page *page)
{
	page->slug = "copy.handed";
	page->title = _("You have the key in a safe place");
	if (walk->manager && *walk->entry)
		page_say(page, BLOCK_DONE, page_text(page, _("Kept: %s."), page_text(page, "%s, \"%s\"", walk->manager,
										     walk->entry)));
	page_paragraph(page, _("It is not in the keyring of this computer, so keyguide cannot check it later. You can "
			       "share your screen again."));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = ACTION_NEXT;
}

/* ---- kept, and what Stripe says ---- */

static bool is_asking(const struct walk *walk)
{
	return walk->copy.ask == ASK_GOING;
}

/* The result in one line: good news quietly, bad news on top. */
static void say_result(const struct walk *walk, struct page *page)
{
	enum tone tone;
	const char *headline = report_headline(walk->check, &tone), *advice = report_advice(walk->check);

	if (check_key(walk->check) == VERDICT_GRANTED)
		page_say(page, BLOCK_DONE, *check_account(walk->check) ?
			/* TRANSLATORS: %s is the id of a Stripe account, such as acct_1A2B3C */
			page_text(page, _("Stripe knows the key. It works, for the account %s."), check_account(walk->check)) :
			_("Stripe knows the key. It works."));
	if (tone == TONE_GOOD || tone == TONE_PLAIN)
		page_say(page, BLOCK_DONE, page_text(page, _("Asked Stripe: %s."), headline));
	else
		page_note(page, NOTE_PROBLEM, page_sentence(page, headline), advice ? advice :
			  _("\"Next\" shows what it is, and what to do about it."));
	if (check_key(walk->check) == VERDICT_DEAD)
		page_action(page, ACTION_PASTE_AGAIN, _("Paste again"));
}

/* An earlier run may have had an answer: a warning stands until Stripe says otherwise. */
static void say_not_asked(const struct walk *walk, struct page *page)
{
	const struct kept_key *key = walk_kept(walk);

	if (key && key->record.match == RECORD_NOT_AS_PLANNED && !strcmp(key->record.ends, walk->copy.seen.ends))
		page_say(page, BLOCK_WARNING, kept_checked(walk, key, page));
	page_note(page, NOTE_INFO, fault_what(walk->copy.ask_fault.code),
		  _("The key is safe. Stripe can be asked again now or later."));
}

static void say_asked(const struct walk *walk, struct page *page)
{
	const struct check *check = walk->check;

	if (is_asking(walk)) {
		page_say(page, BLOCK_BUSY, page_text(page, _("Asking Stripe what it can do: %zu of %zu."),
						     check_answered(check), check_question_count(check)));
		page_action(page, ACTION_STOP, _("Stop waiting"));
	} else if (walk->copy.ask == ASK_FAILED) {
		say_not_asked(walk, page);
		page_action(page, ACTION_RETRY, _("Ask again"));
	} else if (walk->copy.ask == ASK_DONE) {
		say_result(walk, page);
	}
}

/* The key came by way of the clipboard, and may be there still. */
void copy_say_clipboard(const struct walk *walk, struct page *page)
{
	switch (walk->copy.clipboard) {
	case CLIPBOARD_MAYBE:
		page_paragraph(page, _("Your clipboard may still hold the key. Copy any other word, and it is gone from there. "
				       "Then you can share your screen again."));
		break;
	case CLIPBOARD_LOOKING:
		page_say(page, BLOCK_BUSY, _("Looking at the clipboard …"));
		break;
	case CLIPBOARD_CLEARED:
		page_say(page, BLOCK_DONE, _("The clipboard is empty now. The key was on it."));
		page_paragraph(page, _("Does your desktop keep a history of what you copied? Delete the key there, too."));
		break;
	case CLIPBOARD_ELSE:
		page_say(page, BLOCK_DONE, _("The clipboard holds something else by now. It was left alone."));
		page_paragraph(page, _("Does your desktop keep a history of what you copied? Delete the key there, too."));
		break;
	case CLIPBOARD_ASKED:
		page_bullet(page, _("Your terminal was asked to empty the clipboard. Whether it did cannot be seen from here: copy "
				    "any other word to be sure."));
		break;
	case CLIPBOARD_NO_WAY:
		page_say(page, BLOCK_WARNING, _("The clipboard cannot be reached from here. Copy any other word: then the key is "
						"gone from there."));
		break;
	}
	if (walk->copy.clipboard == CLIPBOARD_CLEARED || walk->copy.clipboard == CLIPBOARD_ELSE)
		page_paragraph(page, _("You can share your screen again."));
}

/* While Stripe is asked nothing else goes on. */
void copy_offer_clear(const struct walk *walk, struct page *page)
{
	if (walk->copy.key == KEY_SAVED && walk->copy.clipboard == CLIPBOARD_MAYBE && !is_asking(walk) && !walk->demo)
		page_action(page, ACTION_CLEAR, _("Clear the clipboard"));
}

/* Not by the name that it was to have: here it is found by this one, in Stripe by another. */
static void say_name(const struct walk *walk, struct page *page)
{
	const char *name = plan_name(walk->plan);

	if (walk->planned)
		/* TRANSLATORS: %s is the name of a key */
		page_say(page, BLOCK_WARNING, page_text(page, _("This key was in your keyring already, as \"%s\". keyguide goes on with "
								"that one. Did Stripe show another key just now? Paste that one."), name));
	else if (*walk->taken_name)
		/* TRANSLATORS: %1$s and %2$s are names of keys: report, report-2 */
		page_say(page, BLOCK_WARNING, page_text(page, _("Another key here is called \"%1$s\", so this one is kept as \"%2$s\". "
								"Change its name in Stripe, too: then you find it again."),
							walk->taken_name, name));
}

static void kept_page(const struct walk *walk, struct page *page)
{
	const struct copy_state *copy = &walk->copy;

	page->slug = "copy.saved";
	page->title = walk->demo ? _("A real key would be in your keyring now") : _("The key is in your keyring");
	say_what_came(walk, page);
	say_name(walk, page);
	/* TRANSLATORS: %s is the keyring's own name, such as: GNOME Keyring, "Login" */
	page_say(page, BLOCK_DONE, walk->demo ? page_sentence(page, walk->store) : page_text(page, _("Kept: %s."), walk->store));
	if (copy->read_back && !walk->demo)
		page_say(page, BLOCK_DONE, _("Read back: it is the same key."));
	if (*walk->aside)
		/* TRANSLATORS: %s is a name, such as: reporting (old) */
		page_say(page, BLOCK_DONE, page_text(page, _("The old key is kept, too, as \"%s\"."), walk->aside));
	say_asked(walk, page);
	page_paragraph(page, _("In Stripe now: close the key (\"Done\" or \"Copy and close\"). If Stripe offers a note, "
			       "write where the key is kept."));
	copy_say_clipboard(walk, page);
	copy_offer_clear(walk, page);
	if (walk->planned && !is_asking(walk) && !page_has_action(page, ACTION_PASTE_AGAIN))
		page_action(page, ACTION_PASTE_AGAIN, _("Paste another"));
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = ACTION_NEXT;
}

/* Stripe's own address for this key where it told one, else the page with all keys. */
const char *copy_edit_address(const struct walk *walk)
{
	const char *told = check_edit_link(walk->check);

	return *told ? told : link_keys_page(plan_mode(walk->plan));
}

static bool needs_change(const struct check *check)
{
	return check_tally(check, MATCH_MORE) || check_tally(check, MATCH_LESS);
}

static void offer_more_questions(const struct walk *walk, struct page *page)
{
	const struct check *check = walk->check;
	struct check *full;

	page_action(page, ACTION_RETRY, _("Check again"));
	if (check_key(check) == VERDICT_DEAD || check_key(check) == VERDICT_BLOCKED)
		return;
	if (check_depth(check) == CHECK_QUICK) {
		full = check_new(walk_known_plan(walk), plan_mode(walk->plan), CHECK_FULL, false);
		page_action(page, ACTION_FULL, page_text(page, ngettext(
			/* TRANSLATORS: a button; %d is how long it takes */
			"Check all rows (%d second)", "Check all rows (%d seconds)", (unsigned long)check_seconds(full)),
			check_seconds(full)));
		check_free(full);
	}
	if (!check_writes(check))
		page_action(page, ACTION_WRITES, _("Ask about Write"));
}

static void result_page(const struct walk *walk, struct page *page)
{
	const struct check *check = walk->check;
	bool change = needs_change(check) && !is_asking(walk);

	page->slug = "copy.report";
	if (change && walk->open != OPEN_NOT)   /* to be typed, where nothing opened: the key's own address is too long */
		page_say(page, BLOCK_ADDRESS, link_keys_page_short(plan_mode(walk->plan)));
	if (walk->copy.ask == ASK_FAILED && check_key(check) == VERDICT_UNKNOWN)   /* why, is all that there is to say */
		page->title = report_headline(check, &page->tone);
	else
		report_page(check, is_asking(walk), true, page);
	if (walk->copy.ask == ASK_FAILED)
		say_not_asked(walk, page);
	if (change)
		walk_page_open(walk, page, walk->open);
	if (is_asking(walk)) {   /* without "Back": Esc stops */
		page_action(page, ACTION_STOP, _("Stop waiting"));
		page->focus = ACTION_STOP;
		return;
	}
	page_action(page, ACTION_BACK, _("Back"));
	if (change)
		page_action(page, ACTION_OPEN, _("Edit the key in Stripe"));
	offer_more_questions(walk, page);
	if (walk->guide == &guide_replace)   /* the page behind it is about the old key */
		copy_offer_clear(walk, page);
	page_action(page, ACTION_NEXT, _("Next"));
	page->focus = !change ? ACTION_NEXT : walk->open == OPEN_NOT ? ACTION_OPEN : ACTION_RETRY;
}

static void writes_page(const struct walk *walk, struct page *page)
{
	struct check *check = check_new(walk_known_plan(walk), plan_mode(walk->plan), check_depth(walk->check), true);

	page->slug = "copy.writes";
	page->tone = TONE_CAREFUL;
	page->title = _("Attempt these changes?");
	page_paragraph(page, _("Whether the key may change things can only be found out by attempting it. Each request is "
			       "empty, and about a thing that cannot exist: nothing can change. Stripe notes the attempts "
			       "in its log."));
	report_list_writes(check, page);
	page_action(page, ACTION_NO, _("Do not attempt"));
	page_action(page, ACTION_YES, _("Attempt them"));
	page->focus = ACTION_NO;
	check_free(check);
}

static void saved_page(const struct walk *walk, struct page *page)
{
	if (walk->copy.view == COPY_KEPT || !walk->check)
		kept_page(walk, page);
	else if (walk->copy.view == COPY_REPORT)
		result_page(walk, page);
	else
		writes_page(walk, page);
}

void copy_page(const struct walk *walk, struct page *page)
{
	switch (walk->copy.key) {
	case KEY_AWAITED:
	case KEY_REFUSED:
		await_page(walk, page);
		break;
	case KEY_OTHER_MODE:
		other_mode_page(walk, page);
		break;
	case KEY_STORING:
		storing_page(walk, page);
		break;
	case KEY_UNSAVED:
		unsaved_page(walk, page);
		break;
	case KEY_HANDING:
		handing_page(page);
		break;
	case KEY_HANDED:
		handed_page(walk, page);
		break;
	case KEY_SAVED:
		saved_page(walk, page);
		break;
	}
}

/* Source: as step_open.c. */
static void help_copying(const struct walk *walk, struct page *page)
{
	page_bullet(page, _("Newest pages (2026): a window shows the key with a button \"Copy and close\"."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: the key stands in the list. Click it, it is copied."));
	page_bullet(page, _("You see only rk_live_… with dots or stars? That is a hidden copy. Click \"Reveal\" or the "
			    "key itself, then copy."));
	page_bullet(page, walk->guide == &guide_replace ?
		_("If the key is still on Stripe's screen, paste it now. If not: rotate the key once more in Stripe, and "
		  "paste what it shows then. The old key is in your keyring as before.") :
		_("The key is gone from the screen? In the sandbox click \"Reveal\". A live key cannot be "
		  "shown again: expire it in Stripe (⋯, \"Expire key\") and start again at step 2."));
	page_bullet(page, _("Pasting does nothing? Try Ctrl-Shift-V, Shift-Insert, or the right mouse button."));
}

static void help_checking(struct page *page)
{
	page_bullet(page, _("To check a key: keyguide asks Stripe what it can do, and compares that with what was planned. "
			    "Nothing changes."));
	page_bullet(page, _("⋯ is the menu at the end of the key's line in Stripe. There you also find \"Edit key\" and "
			    "\"Rotate key\" (older pages: \"Roll key\")."));
}

void copy_help(const struct walk *walk, struct page *page)
{
	if (walk->copy.key == KEY_SAVED)
		help_checking(page);
	else
		help_copying(walk, page);
	page_say(page, BLOCK_HEADING, _("Why can I not see it?"));
	page_paragraph(page, _("Whoever sees the key can use it. keyguide shows the last four characters at most, as "
			       "Stripe does, so that you can tell keys apart."));
}
