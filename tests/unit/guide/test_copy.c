/* SPDX-License-Identifier: MIT */
/* Steps 5 and 6, and after: the key kept before the network, never lost, never asked for twice. */
#include <criterion/criterion.h>

#include "guide/copy_menu.h"
#include "walking.h"

static struct walk walk;

static void at_copy(void)
{
	begin(&walk);
	go_to(&walk, "copy");
}

static void done(void)
{
	walk_done(&walk);
}

TestSuite(copy, .init = at_copy, .fini = done);

/* Pasted, kept, remembered: Stripe is being asked. */
static void until_asking(void)
{
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_well(&walk);
	cr_assert_eq(end_well(&walk).kind, EFFECT_ASK);
}

/* And it has answered. */
static void until_answered(const char *more)
{
	until_asking();
	tell_all(&walk, more);
	cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER);
	cr_assert_eq(end_well(&walk).kind, EFFECT_ASSIGN);
	cr_assert_eq(end_well(&walk).kind, EFFECT_NONE);
}

Test(copy, keeps_first__then_asks)
{
	struct effect effect = paste(&walk, APIKEY_RESTRICTED, MODE_TEST);

	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_not(effect.unlock);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_REMEMBER);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_ASK);
	cr_assert(walk_needs_key(&walk));
	tell_all(&walk, NULL);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_REMEMBER);
	cr_assert_not(walk_needs_key(&walk), "the key is wiped as soon as Stripe has answered");
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_ASSIGN);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_NONE);
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "The key does what you planned"));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
}

Test(copy, refuses__every_other_kind)
{
	for (int kind = APIKEY_EMPTY; kind < APIKEY_KIND_COUNT; kind++) {
		struct effect effect;

		if (apikey_is_wanted((enum apikey_kind)kind))
			continue;
		effect = paste(&walk, (enum apikey_kind)kind, MODE_TEST);
		cr_assert_eq(effect.kind, EFFECT_NONE, "%s", apikey_slug((enum apikey_kind)kind));
		cr_assert(says(&walk, apikey_what((enum apikey_kind)kind)));
		cr_assert(says(&walk, apikey_advice((enum apikey_kind)kind)));
		cr_assert_not(walk_needs_key(&walk));
		press(&walk, ACTION_NEXT);
		cr_assert_str_eq(slug_now(&walk), "copy");
	}
}

/* The focus is on ACTION, and Enter presses it. */
static bool enters(enum action_id action)
{
	struct page page;
	bool it_is;

	page_init(&page);
	walk_page(&walk, &page);
	it_is = page.focus == action && page.enter == action;
	page_done(&page);
	return it_is;
}

Test(copy, holds_a_key_of_the_other_mode__until_it_is_decided)
{
	struct effect effect = paste(&walk, APIKEY_RESTRICTED, MODE_LIVE);

	cr_assert_eq(effect.kind, EFFECT_NONE);
	cr_assert(walk_needs_key(&walk), "a live key is shown only once");
	cr_assert(enters(ACTION_PASTE_AGAIN), "Enter pressed unread keeps nothing");
	effect = press(&walk, ACTION_YES);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_eq(plan_mode(walk.plan), MODE_LIVE);
}

/* The keyring holds one key already. */
static void find_kept(const char *name, enum mode mode, const char *ends)
{
	struct kept_key kept = { .name = (char *)name, .mode = mode };

	record_init(&kept.record);
	strcpy(kept.record.created, "2026-11-23T10:00:00Z");
	strcpy(kept.record.ends, ends);
	walk_look(&walk, false, &(struct effect){ 0 });
	end_with(&walk, (struct outcome){ .detail = "", .kept = &kept, .kept_count = 1 });
	record_done(&kept.record);
}

Test(copy, replaces_no_other_key)
{
	struct effect effect;

	find_kept("reporting-readonly-2", MODE_TEST, "zzzz");
	effect = paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_not(effect.over);
	effect = (end_badly(&walk, FAULT_NAME_TAKEN));
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly-3");
	effect = end_badly(&walk, FAULT_NAME_TAKEN);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly-4");
	cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER);
}

Test(copy, says_which_name_it_has__where_its_own_was_taken)
{
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NAME_TAKEN);
	end_well(&walk);
	cr_assert(says(&walk, "Another key here is called \"reporting-readonly\", so this one is kept as "
			      "\"reporting-readonly-2\"."));
}

static struct effect end_as_twin(const char *name)
{
	return end_with(&walk, (struct outcome){ .detail = "", .kept_as = name });
}

/* It was in the keyring before, by another name: it is about that one, as it is remembered, and not about a new one. */
Test(copy, goes_on_with_the_key_that_is_kept_already)
{
	find_kept("tool", MODE_TEST, "a1b2");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	cr_assert_eq(end_as_twin("tool").kind, EFFECT_ASK, "what is remembered of it stays");
	cr_assert_str_eq(plan_name(walk.plan), "tool");
	cr_assert_eq(plan_level(walk.plan, catalogue_find("charge")), LEVEL_NONE);
	cr_assert(says(&walk, "This key was in your keyring already, as \"tool\"."));
	cr_assert_not(has_button(&walk, ACTION_PASTE_AGAIN), "not while Stripe is asked");
	tell_all(&walk, NULL);
	end_well(&walk);
	cr_assert(has_button(&walk, ACTION_PASTE_AGAIN));
}

/* The clipboard still held another key: the right one gets what was planned, and takes nobody's place. */
Test(copy, plans_as_before__when_another_key_comes)
{
	struct effect effect;

	find_kept("tool", MODE_TEST, "a1b2");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_as_twin("tool");
	end_badly(&walk, FAULT_OFFLINE);
	press(&walk, ACTION_PASTE_AGAIN);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
	cr_assert_eq(plan_level(walk.plan, catalogue_find("charge")), LEVEL_READ);
	effect = paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_not(effect.over);
	end_well(&walk);
	cr_assert_not(says(&walk, "already"));
}

/* Also at the next start: nothing may be stored over the key that was there before. */
Test(copy, does_not_overwrite_the_key_that_was_kept_already__at_the_next_start)
{
	find_kept("tool", MODE_TEST, "a1b2");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_as_twin("tool");
	restart(&walk);
	find_kept("tool", MODE_TEST, "a1b2");
	choose(&walk, 1);
	cr_assert_eq(walk.copy.key, KEY_SAVED);
	press(&walk, ACTION_PASTE_AGAIN);
	cr_assert_not(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).over);
}

/* A key that Stripe does not know, pasted once more and whole: that one may go. */
Test(copy, replaces_the_key_that_it_has_just_kept)
{
	until_asking();
	end_badly(&walk, FAULT_OFFLINE);
	press(&walk, ACTION_PASTE_AGAIN);
	cr_assert(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).over);
}

/* Of the check of another key nothing is remembered for this one. */
Test(copy, forgets_the_check_of_another_key)
{
	until_answered(NULL);
	press(&walk, ACTION_PASTE_AGAIN);
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	cr_assert_null(walk.check);
}

Test(copy, says_when_to_look_again__as_the_plan_does)
{
	until_answered(NULL);
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "Look at the key again in three months"));
	plan_set_review_days(walk.plan, 30);
	cr_assert(says(&walk, "Look at it again in 30 days."));
}

Test(copy, has_a_name__where_the_step_for_it_was_left_out)
{
	walk_done(&walk);
	walk_init(&walk, &guide_create);
	walk_jump(&walk, walk_find(&walk, "copy"));
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
}

Test(copy, replaces_no_other_key__when_the_mode_changes)
{
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_well(&walk);
	press(&walk, ACTION_PASTE_AGAIN);
	paste(&walk, APIKEY_RESTRICTED, MODE_LIVE);
	cr_assert_not(press(&walk, ACTION_YES).over, "the sandbox key was put there, not this one");
}

Test(copy, is_done__when_offline)
{
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_well(&walk);
	end_well(&walk);
	end_badly(&walk, FAULT_OFFLINE);
	cr_assert(says(&walk, fault_what(FAULT_OFFLINE)));
	cr_assert(says(&walk, "The key is safe."));
	cr_assert_eq(press(&walk, ACTION_RETRY).kind, EFFECT_ASK);
	end_badly(&walk, FAULT_OFFLINE);
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "It is not known whether the key works"));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
	cr_assert_not(walk_needs_key(&walk));
}

Test(copy, says_so__when_the_key_is_dead)
{
	until_asking();
	tell(&walk, 0, (struct answer){ .verdict = VERDICT_DEAD, .why = WHY_EXPIRED });
	cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER);
	cr_assert(says(&walk, "does not work"));
	press(&walk, ACTION_PASTE_AGAIN);
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).kind, EFFECT_STORE);
}

Test(copy, keeps_holding_the_key__when_storing_fails)
{
	struct effect effect;

	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_LOCKED);
	cr_assert(walk_needs_key(&walk));
	cr_assert(says(&walk, "The key is not kept yet"));
	cr_assert_not(has_button(&walk, ACTION_BACK));
	effect = choose(&walk, UNSAVED_UNLOCK);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert(effect.unlock);
	press(&walk, ACTION_STOP);
	cr_assert(says(&walk, fault_what(FAULT_STOPPED)), "what happened is not known, and said");
	effect = choose(&walk, UNSAVED_RETRY);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	end_well(&walk);
	cr_assert_eq(walk.copy.key, KEY_SAVED);
}

static bool offers(enum unsaved_choice choice)
{
	struct page page;
	bool found = false;

	page_init(&page);
	walk_page(&walk, &page);
	for (size_t i = 0; i < page.control.choice_count; i++)
		found = found || page.control.choices[i].id == (int)choice;
	page_done(&page);
	return found;
}

Test(copy, starts_a_keyring__and_still_holds_the_key)
{
	struct effect effect;

	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert_not(offers(UNSAVED_START));
	walk.keyring_folder = "~/keyrings";
	cr_assert(offers(UNSAVED_START));
	cr_assert_eq(choose(&walk, UNSAVED_START).kind, EFFECT_START_KEYRING);
	cr_assert(walk_needs_key(&walk));
	end_badly(&walk, FAULT_NOT_STARTED);
	cr_assert(says(&walk, fault_what(FAULT_NOT_STARTED)));
	cr_assert(offers(UNSAVED_START) && walk_would_lose_key(&walk));
	choose(&walk, UNSAVED_START);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_STORE);
	cr_assert_not(effect.unlock);
	cr_assert(walk_would_lose_key(&walk));
	end_badly(&walk, FAULT_WRITE_FAILED);
	cr_assert_not(offers(UNSAVED_START), "it would not help");
}

Test(copy, lends_the_key__to_the_clipboard)
{
	struct effect effect;

	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert_eq(choose(&walk, UNSAVED_CLIPBOARD).kind, EFFECT_CLIPBOARD);
	end_well(&walk);
	cr_assert(walk_needs_key(&walk), "on the clipboard is not kept");
	cr_assert(says(&walk, "for one minute."));
	walk_handle(&walk, &(struct event){ .kind = EVENT_MINUTE_OVER }, &effect);
	cr_assert_not(says(&walk, "for one minute."));
	cr_assert(walk_needs_key(&walk));
	choose(&walk, UNSAVED_HANDED);
	cr_assert_not(walk_needs_key(&walk));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
}

Test(copy, says_to_the_end__that_the_key_is_not_as_planned)
{
	until_answered("payout");
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
	cr_assert(says(&walk, "The key can do more than planned."));
	press(&walk, ACTION_LEAVE);
	cr_assert(says(&walk, "The key can do more than planned."));
	cr_assert_not(says(&walk, "nothing more that you must do"));
}

Test(copy, of_the_other_mode__that_was_there_already__leaves_the_mode_as_it_was)
{
	paste(&walk, APIKEY_RESTRICTED, MODE_LIVE);
	cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_STORE);
	cr_assert_eq(plan_mode(walk.plan), MODE_LIVE);
	end_with(&walk, (struct outcome){ .detail = "", .kept_as = "another" });
	press(&walk, ACTION_PASTE_AGAIN);
	cr_assert_eq(plan_mode(walk.plan), MODE_TEST);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
}

Test(copy, still_offers_a_keyring__when_another_way_has_failed)
{
	walk.keyring_folder = "/home/you/.local/share/keyrings";
	walk.manager = "pass";
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert(offers(UNSAVED_START));
	choose(&walk, UNSAVED_MANAGER);
	end_badly(&walk, FAULT_MANAGER);
	cr_assert(offers(UNSAVED_START));
}

Test(copy, says__that_nothing_was_pasted)
{
	paste(&walk, APIKEY_EMPTY, MODE_TEST);
	cr_assert(says(&walk, "Nothing was pasted."));
}

/* The window of the keyring itself may be up for long: time for a look at the help. */
Test(copy, asks_stripe__also_when_something_else_is_read_meanwhile)
{
	static const enum action_id looks[] = { ACTION_HELP, ACTION_QUESTIONS, ACTION_LANGUAGE };

	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		walk_done(&walk);
		at_copy();
		walk.language_count = 2;
		paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
		press(&walk, looks[i]);
		cr_assert_neq(walk.overlay, OVERLAY_NONE);
		cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER);
		cr_assert_eq(end_well(&walk).kind, EFFECT_ASK);
	}
}

Test(copy, says__what_the_password_manager_calls_the_key)
{
	walk.manager = "pass";
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert_eq(choose(&walk, UNSAVED_MANAGER).kind, EFFECT_MANAGER);
	end_with(&walk, (struct outcome){ .detail = "keyguide/reporting-readonly-test-2" });
	cr_assert(says(&walk, "Kept: pass, \"keyguide/reporting-readonly-test-2\"."));
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_LIVE);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_LIVE);
	end_badly(&walk, FAULT_NO_SERVICE);
	choose(&walk, UNSAVED_CLIPBOARD);
	end_well(&walk);
	choose(&walk, UNSAVED_HANDED);
	cr_assert_not(says(&walk, "Kept: "), "that was the other key");
}

Test(copy, needs_a_second_answer__to_leave_without_the_key)
{
	struct effect effect;

	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_NO_SERVICE);
	press(&walk, ACTION_LEAVE);
	effect = press(&walk, ACTION_YES);
	cr_assert_eq(effect.kind, EFFECT_NONE, "one yes is not enough");
	cr_assert(says(&walk, "Expire key"));
	press(&walk, ACTION_NO);
	cr_assert(walk_needs_key(&walk));
	choose(&walk, UNSAVED_STOP);
	effect = press(&walk, ACTION_YES);
	cr_assert_eq(effect.kind, EFFECT_QUIT);
	cr_assert_eq(effect.status, 3);
}

Test(copy, offers_the_live_round__with_the_same_plan)
{
	until_answered(NULL);
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_LIVE);
	cr_assert_str_eq(slug_now(&walk), "open");
	cr_assert_eq(plan_mode(walk.plan), MODE_LIVE);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
	cr_assert_eq(plan_level(walk.plan, catalogue_find("charge")), LEVEL_READ);
	go_to(&walk, "copy");
	cr_assert_eq(walk.copy.key, KEY_AWAITED);
	cr_assert_null(walk.check, "what the sandbox key may do says nothing of the live key");
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_LIVE).kind, EFFECT_STORE);
}

Test(copy, waits__with_create_until_the_keyring_works)
{
	press(&walk, ACTION_BACK);
	walk.keyring = KEYRING_FAILED;
	fault_set(&walk.keyring_fault, FAULT_NO_SERVICE, 0, "%s", "");
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "create");
	cr_assert(says(&walk, "Do not press \"Create key\" yet"));
}

Test(copy, shows_each_answer__as_it_comes)
{
	until_asking();
	cr_assert(says(&walk, "0 of 2"));
	tell(&walk, 0, (struct answer){ .verdict = VERDICT_DENIED });
	tell(&walk, 1, (struct answer){ .verdict = VERDICT_DENIED });
	cr_assert(says(&walk, "2 of 2"));
	press(&walk, ACTION_NEXT);   /* nobody has to wait for it */
	cr_assert(says(&walk, "Asking Stripe what the key can do"));
	cr_assert_not(says(&walk, "The check ended before it"), "what has no answer yet is not spoken of");
	tell_all(&walk, "payout");
	cr_assert(says(&walk, "Payouts"));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "copy", "not before all is known");
}

Test(copy, keeps_what_is_known__when_stopped)
{
	until_asking();
	press(&walk, ACTION_NEXT);
	tell(&walk, 0, (struct answer){ .verdict = VERDICT_GRANTED });
	cr_assert_eq(press(&walk, ACTION_STOP).kind, EFFECT_CANCEL);
	cr_assert(says(&walk, "can do more than planned"));
	cr_assert(says(&walk, "The check ended before it"));
	cr_assert_not(check_as_planned(walk.check));
}

Test(copy, drops_an_answer__of_a_round_that_was_given_up)
{
	struct answer late = { .verdict = VERDICT_DEAD };
	unsigned old;

	until_asking();
	old = walk.ticket;
	press(&walk, ACTION_STOP);
	press(&walk, ACTION_RETRY);
	send(&walk, (struct event){ .kind = EVENT_TOLD, .told = { old, 0, &late } });
	cr_assert_eq(check_answered(walk.check), 0);
}

Test(copy, says_first__what_the_key_can_do_more)
{
	until_answered("payout");
	cr_assert(says(&walk, "The key can do more than planned"));
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "then Core, Payouts: None."));
	cr_assert(has_button(&walk, ACTION_OPEN));
}

Test(copy, leads_to_stripes_own_page__for_this_key)
{
	struct effect effect;

	until_answered("payout");
	press(&walk, ACTION_NEXT);
	effect = press(&walk, ACTION_OPEN);
	cr_assert_eq(effect.kind, EFFECT_OPEN);
	cr_assert_str_eq(effect.address, "https://dashboard.stripe.com/b/acct_1");
	end_well(&walk);
	cr_assert(says(&walk, "dashboard.stripe.com/test/apikeys"), "to be typed where nothing opens");
	cr_assert_eq(press(&walk, ACTION_RETRY).kind, EFFECT_ASK);
	tell_all(&walk, NULL);
	end_well(&walk);
	cr_assert(says(&walk, "The key does what you planned"));
}

Test(copy, asks_about_all_rows__on_request)
{
	size_t quick;

	until_answered(NULL);
	quick = check_question_count(walk.check);
	press(&walk, ACTION_NEXT);
	cr_assert_eq(press(&walk, ACTION_FULL).kind, EFFECT_ASK);
	cr_assert_gt(check_question_count(walk.check), 2 * quick);
	tell_all(&walk, NULL);
	end_well(&walk);
	cr_assert_not(has_button(&walk, ACTION_FULL));
}

Test(copy, attempts_no_change__without_a_yes)
{
	until_answered(NULL);
	press(&walk, ACTION_NEXT);
	cr_assert_eq(press(&walk, ACTION_WRITES).kind, EFFECT_NONE);
	cr_assert(says(&walk, "Charges and Refunds: POST /v1/charges/{id}"));
	cr_assert_eq(press(&walk, ACTION_NO).kind, EFFECT_NONE);
	cr_assert_not(check_writes(walk.check));
	press(&walk, ACTION_WRITES);
	cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_ASK);
	cr_assert(check_writes(walk.check));
}
