/* SPDX-License-Identifier: MIT */
/* The life of a key after its making: the menu, what is kept, replacing, taking back. */
#include <criterion/criterion.h>

#include "walking.h"

static struct walk walk;
static struct kept_key kept[3];

/* "report" in the sandbox, remembered and overdue; "sync", live, of which nothing is remembered. */
static void fill_keyring(void)
{
	struct record *record = &kept[0].record;

	memset(kept, 0, sizeof kept);
	kept[0] = (struct kept_key){ .name = (char *)"report", .mode = MODE_TEST };
	kept[1] = (struct kept_key){ .name = (char *)"sync", .mode = MODE_LIVE };
	kept[2] = (struct kept_key){ .name = (char *)"report (old)", .mode = MODE_TEST };
	record_init(record);
	plan_set_name(record->plan, "report");
	plan_set(record->plan, catalogue_find("charge"), LEVEL_READ);
	strcpy(record->ends, "a1b2");
	strcpy(record->created, "2026-08-01T10:00:00Z");
	strcpy(record->review, "2026-10-30");
	for (size_t i = 1; i < 3; i++)
		record_init(&kept[i].record);
	strcpy(kept[2].record.created, "2026-08-01T10:00:00Z");
	strcpy(kept[2].record.until, "2026-11-20T10:00:00Z");
}

static struct effect list(size_t count)
{
	return end_with(&walk, (struct outcome){ .detail = "", .store = "GNOME Keyring, \"Login\"", .kept = kept,
						 .kept_count = count });
}

static void begin_home(void)
{
	struct effect effect;

	fill_keyring();
	walk_init(&walk, &guide_home);
	strcpy(walk.today, "2026-11-23");
	strcpy(walk.now, "2026-11-23T12:00:00Z");
	walk_start(&walk, &effect);
	cr_assert_eq(effect.kind, EFFECT_LIST, "nothing is tried while nothing is to be kept");
	list(2);
}

static void done(void)
{
	for (size_t i = 0; i < 3; i++)
		record_done(&kept[i].record);
	walk_done(&walk);
}

TestSuite(home, .init = begin_home, .fini = done);

enum { MAKE = 1, KEYS, CHECK, REPLACE, REMOVE, QUESTIONS, CONNECT, PREPARE };

/* The label of the control's choice, and what stands below it. */
static bool offers(const char *label, const char *hint)
{
	struct page page;
	bool found = false;

	page_init(&page);
	walk_page(&walk, &page);
	for (size_t i = 0; i < page.control.choice_count; i++)
		found = found || (strstr(page.control.choices[i].label, label) &&
				  (!hint || (page.control.choices[i].hint && strstr(page.control.choices[i].hint, hint))));
	page_done(&page);
	return found;
}

/* What Stripe says of the key itself. */
static struct effect answer(enum verdict verdict)
{
	tell(&walk, 0, (struct answer){ .verdict = verdict });
	return end_well(&walk);
}

static void choose_key(int what, int key)
{
	choose(&walk, what);
	list(2);
	choose(&walk, key);
}

Test(home, takes_the_place_of_the_first_page__where_a_key_is_kept)
{
	struct effect effect;

	walk_done(&walk);
	walk_init(&walk, &guide_create);
	walk.menu_when_kept = true;
	walk_start(&walk, &effect);
	list(1);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

/* Who has answered something there does not lose the page. */
Test(home, is_offered__on_a_first_page_that_is_in_use)
{
	struct effect effect;

	walk_done(&walk);
	walk_init(&walk, &guide_create);
	walk.menu_when_kept = true;
	walk_start(&walk, &effect);
	choose(&walk, 2);
	cr_assert_not(has_button(&walk, ACTION_KEYS));
	list(1);
	cr_assert_str_eq(slug_now(&walk), "before");
	cr_assert_eq(plan_mode(walk.plan), MODE_LIVE);
	cr_assert(has_button(&walk, ACTION_KEYS));
	press(&walk, ACTION_KEYS);
	cr_assert_str_eq(slug_now(&walk), "menu");
	choose(&walk, MAKE);
	list(1);
	cr_assert_not(has_button(&walk, ACTION_KEYS), "\"Back\" leads there");
	cr_assert(has_button(&walk, ACTION_BACK));
}

Test(home, has_help__and_with_it_the_questions)
{
	choose_key(KEYS, 0);
	list(2);
	cr_assert_str_eq(slug_now(&walk), "key");
	for (const char *at = "key"; at; at = strcmp(at, "menu") ? "menu" : NULL) {
		walk.at = walk_find(&walk, at);
		press(&walk, ACTION_HELP);
		cr_assert(says(&walk, "To replace a key: you get a new one"));
		press(&walk, ACTION_QUESTIONS);
		cr_assert(says(&walk, "Questions and answers"));
		press(&walk, ACTION_BACK);
	}
}

Test(home, comes__instead_of_what_was_begun)
{
	struct effect effect;

	walk_done(&walk);
	walk_init(&walk, &guide_create);
	walk.menu_when_kept = true;
	walk_jump(&walk, walk_find(&walk, "permissions"));
	walk.overlay = OVERLAY_RESUME;
	walk_start(&walk, &effect);
	list(1);
	cr_assert_str_eq(slug_now(&walk), "permissions");
	choose(&walk, 2);   /* begin again */
	cr_assert_str_eq(slug_now(&walk), "menu");
}

Test(home, does_not_come__where_nothing_is_kept)
{
	struct effect effect;

	walk_done(&walk);
	walk_init(&walk, &guide_create);
	walk.menu_when_kept = true;
	walk_start(&walk, &effect);
	list(0);
	cr_assert_str_eq(slug_now(&walk), "before");
}

Test(home, reminds__of_what_is_overdue)
{
	cr_assert(says(&walk, "1 key should be looked at again"));
	choose(&walk, KEYS);
	list(2);
	cr_assert(offers("report (sandbox)", "Made 114 days ago. Not checked yet. It should have been looked at again 24 days ago."));
	cr_assert(offers("sync (live)", "Nothing more is remembered"));
}

Test(home, reminds__of_an_old_key_whose_time_is_over)
{
	choose(&walk, KEYS);
	list(3);
	cr_assert(offers("report (old)", "its time is over"));
	press(&walk, ACTION_BACK);
	list(3);
	cr_assert(says(&walk, "The time of \"report (old)\" is over."));
	strcpy(kept[2].record.until, "2026-11-24T10:00:00Z");
	choose(&walk, KEYS);
	list(3);
	cr_assert(offers("report (old)", "It works until 2026-11-24"));
}

Test(home, reminds_nobody__of_a_dead_key_that_is_kept)
{
	record_take_death(&kept[0].record);
	choose(&walk, KEYS);
	list(1);
	press(&walk, ACTION_BACK);
	list(1);
	cr_assert(offers("My keys (1)", NULL));
	cr_assert_not(says(&walk, "should be looked at again"));
	choose(&walk, KEYS);
	list(1);
	cr_assert(offers("report (sandbox)", "Made 114 days ago."));
	cr_assert_not(offers("report (sandbox)", "ook at it again"));
	choose(&walk, 0);
	cr_assert_str_eq(slug_now(&walk), "key");
	cr_assert_not(says(&walk, "ook at it again"));
	cr_assert_not(has_button(&walk, ACTION_REVIEWED));
}

Test(home, counts_the_time_of_an_old_key__not_its_day)
{
	strcpy(kept[2].record.until, "2026-11-23T12:59:00Z");
	choose(&walk, KEYS);
	list(3);
	cr_assert(offers("report (old)", "It works until 2026-11-23"));
	strcpy(walk.now, "2026-11-23T12:59:00Z");
	cr_assert(offers("report (old)", "its time is over"));
}

Test(home, says__why_the_keyring_cannot_be_looked_into)
{
	press(&walk, ACTION_FINISH);
	walk_look(&walk, false, &(struct effect){ 0 });
	end_badly(&walk, FAULT_LOCKED);
	cr_assert(says(&walk, fault_what(FAULT_LOCKED)));
	cr_assert(offers("Make a key", NULL));
	cr_assert_not(offers("My keys", NULL));
	cr_assert_eq(press(&walk, ACTION_UNLOCK).kind, EFFECT_LIST);
}

Test(home, checks__with_the_plan_that_is_remembered)
{
	struct effect effect;

	choose(&walk, CHECK);
	list(2);
	effect = choose(&walk, 0);
	cr_assert_eq(effect.kind, EFFECT_ASK);
	cr_assert(check_has_plan(walk.check));
	tell_all(&walk, "payout");
	cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER);
	cr_assert(says(&walk, "The key can do more than planned"));
	end_well(&walk);
	cr_assert_eq(press(&walk, ACTION_BACK).kind, EFFECT_LIST);
	cr_assert_str_eq(slug_now(&walk), "key");
}

Test(home, checks_a_key__of_which_nothing_is_remembered)
{
	choose_key(CHECK, 1);
	cr_assert_not(check_has_plan(walk.check));
	tell_all(&walk, NULL);
	cr_assert_neq(end_well(&walk).kind, EFFECT_REMEMBER, "an empty plan would be taken for what was wanted");
	cr_assert_eq(plan_mode(walk.plan), MODE_LIVE);
}

Test(home, offers__what_can_be_done_with_one_key)
{
	choose_key(KEYS, 0);
	cr_assert_str_eq(slug_now(&walk), "key");
	cr_assert(has_button(&walk, ACTION_CHECK) && has_button(&walk, ACTION_REPLACE) && has_button(&walk, ACTION_REMOVE) &&
		  has_button(&walk, ACTION_RECEIPT) && has_button(&walk, ACTION_REVIEWED));
	cr_assert_eq(press(&walk, ACTION_REVIEWED).kind, EFFECT_REVIEWED);
	cr_assert_eq(end_well(&walk).kind, EFFECT_LIST);
	strcpy(kept[0].record.review, "2027-02-21");
	list(2);
	cr_assert_not(has_button(&walk, ACTION_REVIEWED));
	cr_assert(says(&walk, "Look at it again in 90 days."));
}

Test(home, says__that_a_key_is_dead__and_offers_only_its_end)
{
	kept[0].record.found = VERDICT_DEAD;
	strcpy(kept[0].record.checked, "2026-11-20T10:00:00Z");
	choose(&walk, KEYS);
	list(2);
	press(&walk, ACTION_BACK);
	list(2);
	cr_assert_not(says(&walk, "should be looked at again"));
	choose(&walk, KEYS);
	list(2);
	cr_assert(offers("report (sandbox)", "does not take the key any more"));
	cr_assert_not(offers("report (sandbox)", "looked at again"));
	choose(&walk, 0);
	list(2);
	cr_assert(says(&walk, "does not take the key any more"));
	cr_assert_not(says(&walk, "ook at it again") || says(&walk, "looked at again") || says(&walk, "A program gets it"));
	cr_assert(has_button(&walk, ACTION_RECEIPT));
	cr_assert_not(has_button(&walk, ACTION_CHECK) || has_button(&walk, ACTION_REPLACE) ||
		      has_button(&walk, ACTION_REVIEWED));
	cr_assert_eq(press(&walk, ACTION_RETRY).kind, EFFECT_ASK, "nothing is deleted on the word of a record");
	answer(VERDICT_DEAD);
	cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_DELETE);
}

Test(home, says__that_a_key_went_away)
{
	choose_key(KEYS, 0);
	list(0);
	cr_assert(says(&walk, "not in your keyring any more"));
	cr_assert_not(has_button(&walk, ACTION_REMOVE));
}

Test(home, is_where_every_guide_leads_back_to)
{
	for (int what = MAKE; what <= PREPARE; what++) {
		if (what == KEYS || what == CHECK)
			continue;
		choose(&walk, what);
		if (what == REPLACE || what == REMOVE) {
			list(2);
			choose(&walk, 0);
		}
		if (what == QUESTIONS)
			cr_assert_eq(walk.overlay, OVERLAY_QUESTIONS);
		else
			cr_assert_str_neq(slug_now(&walk), "menu", "%d", what);
		press(&walk, ACTION_BACK);
		if (what == REPLACE || what == REMOVE) {
			cr_assert_str_eq(slug_now(&walk), "keys", "%d: another key, perhaps", what);
			list(2);
			press(&walk, ACTION_BACK);
		}
		cr_assert_str_eq(slug_now(&walk), "menu", "%d", what);
		list(2);
	}
}

Test(home, comes_back_to_the_key__which_is_known_as_before)
{
	choose_key(KEYS, 0);
	list(2);
	for (int i = 0; i < 2; i++) {
		press(&walk, i ? ACTION_REMOVE : ACTION_REPLACE);
		press(&walk, ACTION_BACK);
		cr_assert_str_eq(slug_now(&walk), "key");
		list(2);
		cr_assert(has_button(&walk, ACTION_REPLACE));
	}
	press(&walk, ACTION_REMOVE);
	go_to(&walk, "find");
	cr_assert(says(&walk, "it should be a1b2"));
}

Test(home, leaves__at_once)
{
	struct effect effect = press(&walk, ACTION_FINISH);

	cr_assert_eq(effect.kind, EFFECT_QUIT);
	cr_assert_eq(effect.status, 0);
}

Test(home, leads_to_a_connection_without_a_key__and_out_of_it)
{
	choose(&walk, CONNECT);
	cr_assert(says(&walk, "OAuth"));
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "Connected apps"));
	press(&walk, ACTION_FINISH);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

/* ---- replacing ---- */

static void begin_replacing(void)
{
	begin_home();
	choose_key(REPLACE, 0);
	end_well(&walk);   /* the keyring was tried */
}

TestSuite(replace, .init = begin_replacing, .fini = done);

static void store_the_new_one(int overlap_hours)
{
	go_to(&walk, "rotate");
	choose(&walk, overlap_hours);
	go_to(&walk, "copy");
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).kind, EFFECT_REPLACE);
	cr_assert_eq(end_with(&walk, (struct outcome){ .detail = "", .aside = "report (old)" }).kind, EFFECT_REMEMBER);
	cr_assert_eq(end_well(&walk).kind, EFFECT_ASK);
	tell_all(&walk, NULL);
	end_well(&walk);
	end_well(&walk);
}

static struct effect until_the_old_one(void)
{
	press(&walk, ACTION_NEXT);
	return press(&walk, ACTION_NEXT);
}

Test(replace, tries_the_keyring__before_anything_is_rotated)
{
	cr_assert_eq(walk.keyring, KEYRING_WORKS);
	walk.keyring = KEYRING_FAILED;
	walk.keyring_fault.code = FAULT_LOCKED;
	go_to(&walk, "prove");
	cr_assert(says(&walk, "Do not rotate yet"));
	cr_assert_not(has_button(&walk, ACTION_NEXT));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "prove");
}

/* Chosen while the keyring was only being listed, for the page before. */
Test(replace, tries_the_keyring__also_when_the_person_is_quick)
{
	walk_change_guide(&walk, &guide_home, &(struct effect){ 0 });
	list(2);
	choose(&walk, KEYS);
	list(2);
	choose(&walk, 0);
	cr_assert_eq(walk.pending, EFFECT_LIST);
	press(&walk, ACTION_REPLACE);
	cr_assert_eq(list(2).kind, EFFECT_TRY_KEYRING);
	end_well(&walk);
	cr_assert_eq(walk.keyring, KEYRING_WORKS);
}

Test(replace, names_the_key__and_its_end)
{
	go_to(&walk, "find");
	cr_assert(says(&walk, "\"report\""));
	cr_assert(says(&walk, "a1b2"));
}

Test(replace, refuses__the_old_key)
{
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_SAME_KEY);
	cr_assert(says(&walk, fault_what(FAULT_SAME_KEY)));
	cr_assert_not(walk_would_lose_key(&walk));
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).kind, EFFECT_REPLACE);
}

Test(replace, refuses__a_key_of_the_other_mode)
{
	go_to(&walk, "copy");
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_LIVE).kind, EFFECT_NONE);
	cr_assert(says(&walk, "This is a live key"));
	cr_assert_not(has_button(&walk, ACTION_YES));
}

Test(replace, leaves_the_old_key_alone__as_long_as_was_chosen)
{
	store_the_new_one(72);
	cr_assert_eq(until_the_old_one().kind, EFFECT_NONE);
	cr_assert(says(&walk, "It works for 3 days more"));
	cr_assert_str_eq(plan_name(walk.plan), "report (old)");
	cr_assert_not(has_button(&walk, ACTION_YES), "it must not be deleted yet");
	cr_assert_eq(press(&walk, ACTION_FINISH).kind, EFFECT_LIST);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

static void assert_lives_on_until(const char *date)
{
	cr_assert_eq(walk.pending, EFFECT_ASK);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_NONE, "asked once: it lives as it should");
	cr_assert(says(&walk, "It was replaced. It works until"));
	cr_assert(says(&walk, date));
	cr_assert_not(says(&walk, "some seconds"));
	cr_assert_not(says(&walk, "whether it was the right key"));
	cr_assert(has_button(&walk, ACTION_RETRY));
	cr_assert_not(has_button(&walk, ACTION_YES));
}

Test(replace, asks_once__while_the_old_key_shall_live_on)
{
	store_the_new_one(72);
	until_the_old_one();
	press(&walk, ACTION_RETRY);
	assert_lives_on_until("2026-11-26");
	cr_assert(says(&walk, "The new key is in your keyring"));
	press(&walk, ACTION_RETRY);
	press(&walk, ACTION_STOP);
	cr_assert_not(says(&walk, "before that is known"));
	press(&walk, ACTION_RETRY);
	strcpy(walk.now, "2026-11-26T12:00:00Z");
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT, "its time is over meanwhile");
	end_well(&walk);
	cr_assert_eq(answer(VERDICT_DEAD).kind, EFFECT_NONE);
	cr_assert(has_button(&walk, ACTION_YES));
}

Test(replace, knows_still_that_the_key_lives__when_the_waiting_is_stopped)
{
	store_the_new_one(0);
	until_the_old_one();
	answer(VERDICT_GRANTED);
	press(&walk, ACTION_STOP);
	cr_assert(says(&walk, "Nothing is deleted as long as it works."));
	cr_assert_not(says(&walk, "before that is known"));
	cr_assert_not(says(&walk, "whether it was the right key"));
	cr_assert_eq(press(&walk, ACTION_RETRY).kind, EFFECT_ASK);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
	end_well(&walk);
	press(&walk, ACTION_STOP);
	cr_assert(says(&walk, "Nothing is deleted as long as it works."), "also while it is asked again");
}

Test(replace, asks_until_stripe_says_dead__and_only_then_deletes)
{
	struct effect effect;

	store_the_new_one(0);
	cr_assert_eq(until_the_old_one().kind, EFFECT_ASK);
	cr_assert_eq(check_question_count(walk.check), 1);
	for (int i = 0; i < 5; i++) {
		cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
		cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_NONE, "not while it lives");
		cr_assert_eq(end_well(&walk).kind, EFFECT_ASK);
	}
	cr_assert_eq(answer(VERDICT_DEAD).kind, EFFECT_NONE, "nothing is deleted without a yes");
	effect = press(&walk, ACTION_YES);
	cr_assert_eq(effect.kind, EFFECT_DELETE);
	cr_assert(effect.unlock);
	end_well(&walk);
	cr_assert(says(&walk, "Deleted from your keyring"));
	press(&walk, ACTION_FINISH);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

Test(replace, keeps_the_old_key__where_the_person_says_so)
{
	store_the_new_one(0);
	until_the_old_one();
	answer(VERDICT_DEAD);
	cr_assert_eq(press(&walk, ACTION_KEEP).kind, EFFECT_KEEP_DEAD);
	end_well(&walk);
	cr_assert(says(&walk, "still in your keyring"));
}

/* What Esc does is decided by these three: see view_escape_action(). */
Test(replace, decides_nothing__by_escape)
{
	store_the_new_one(0);
	until_the_old_one();
	answer(VERDICT_DEAD);
	cr_assert(has_button(&walk, ACTION_KEEP));
	cr_assert_not(has_button(&walk, ACTION_NO) || has_button(&walk, ACTION_BACK) || has_button(&walk, ACTION_STOP));
}

/* The page behind is about the old key: whoever was quick is asked once more before it. */
Test(replace, offers_to_clear_the_clipboard__on_the_report_too)
{
	store_the_new_one(0);
	cr_assert(has_button(&walk, ACTION_CLEAR));
	press(&walk, ACTION_NEXT);
	cr_assert(has_button(&walk, ACTION_CLEAR));
	end_well(&walk);   /* the account was noted */
	cr_assert_eq(press(&walk, ACTION_CLEAR).kind, EFFECT_CLEAR_CLIPBOARD);
	end_with(&walk, (struct outcome){ .detail = "", .clipboard = CLIPBOARD_CLEARED });
	cr_assert_not(has_button(&walk, ACTION_CLEAR));
	press(&walk, ACTION_BACK);
	cr_assert(says(&walk, "You can share your screen again."));
}

Test(replace, says__that_it_could_not_be_deleted)
{
	store_the_new_one(0);
	until_the_old_one();
	answer(VERDICT_DEAD);
	press(&walk, ACTION_YES);
	end_badly(&walk, FAULT_WRITE_FAILED);
	cr_assert(says(&walk, fault_what(FAULT_WRITE_FAILED)));
	cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_DELETE);
}

Test(replace, gives_up_asking__and_deletes_nothing)
{
	store_the_new_one(0);
	until_the_old_one();
	for (int i = 0; i < 29; i++) {
		cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
		end_well(&walk);
	}
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_NONE);
	cr_assert(says(&walk, "The key still works."));
	cr_assert_not(has_button(&walk, ACTION_YES));
	cr_assert_eq(press(&walk, ACTION_FINISH).status, 3);
}

Test(replace, does_not_take_no_answer_for_dead)
{
	store_the_new_one(0);
	until_the_old_one();
	end_badly(&walk, FAULT_OFFLINE);
	cr_assert(says(&walk, fault_what(FAULT_OFFLINE)));
	cr_assert_not(has_button(&walk, ACTION_YES));
	press(&walk, ACTION_RETRY);
	press(&walk, ACTION_STOP);
	cr_assert(says(&walk, "Nothing is deleted before that is known"));
	press(&walk, ACTION_RETRY);
	cr_assert_eq(answer(VERDICT_BLOCKED).kind, EFFECT_NONE);
	cr_assert_not(has_button(&walk, ACTION_YES));
}

Test(replace, goes_on__where_it_stopped)
{
	go_to(&walk, "rotate");
	choose(&walk, 168);
	go_to(&walk, "prove");
	restart(&walk);
	list(2);
	cr_assert_eq(walk.guide, &guide_replace);
	cr_assert_eq(walk.overlay, OVERLAY_RESUME);
	choose(&walk, 1);
	cr_assert_str_eq(slug_now(&walk), "prove");
	cr_assert_eq(walk.overlap_hours, 168);
	cr_assert_str_eq(plan_name(walk.plan), "report");
}

Test(replace, goes_on_with_the_old_key__once_the_new_one_is_kept)
{
	store_the_new_one(24);
	kept[0].record.match = RECORD_AS_PLANNED;
	restart(&walk);
	list(3);
	choose(&walk, 1);
	cr_assert_str_eq(slug_now(&walk), "old");
	cr_assert_str_eq(plan_name(walk.plan), "report (old)");
	cr_assert(says(&walk, "The old key is kept, too, as \"report (old)\"."));
	cr_assert(says(&walk, "It works until 2026-11-24."), "not a day from now on");
	cr_assert_not(says(&walk, "1 day more"));
}

Test(replace, shows_what_stripe_said_of_the_new_key__again)
{
	store_the_new_one(24);
	kept[0].record.match = RECORD_NOT_AS_PLANNED;
	restart(&walk);
	list(3);
	cr_assert(says(&walk, "The new key is in your keyring, under the name of the old one."));
	cr_assert_eq(choose(&walk, 1).kind, EFFECT_ASK);
	cr_assert_str_eq(slug_now(&walk), "copy");
	cr_assert_str_eq(plan_name(walk.plan), "report");
	tell_all(&walk, "payout");
	end_well(&walk);
	until_the_old_one();
	cr_assert_str_eq(plan_name(walk.plan), "report (old)");
	cr_assert(says(&walk, "It works until 2026-11-24."), "not a day from now on");
}

Test(replace, of_a_key_that_nothing_is_remembered_of__compares_it_with_nothing)
{
	walk.plan_unknown = true;
	store_the_new_one(24);
	restart(&walk);
	list(3);
	cr_assert_null(walk_known_plan(&walk));
}

/* As long as a name may be, of characters of four bytes, and what is put behind it. */
Test(replace, goes_on_with_the_old_key__of_the_longest_name)
{
	static const char *const characters[] = { "x", "請", "😀" };

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		char name[4 * PLAN_NAME_MAX + 1] = "", aside[PLAN_NAME_BYTES];

		for (int count = 0; count < PLAN_NAME_MAX; count++)
			strcat(name, characters[i]);
		snprintf(aside, sizeof aside, "%s (old 12)", name);
		plan_set_name(kept[0].record.plan, name);
		kept[0].name = name;
		kept[0].record.match = RECORD_AS_PLANNED;
		kept[2].name = aside;
		walk_change_guide(&walk, &guide_home, &(struct effect){ 0 });
		choose_key(REPLACE, 0);
		end_well(&walk);
		go_to(&walk, "copy");
		paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
		end_with(&walk, (struct outcome){ .detail = "", .aside = aside });
		end_well(&walk);
		tell_all(&walk, NULL);
		end_well(&walk);
		end_well(&walk);
		until_the_old_one();
		restart(&walk);
		cr_assert_not_null(walk.guide, "%s", characters[i]);
		choose(&walk, 1);
		cr_assert_str_eq(slug_now(&walk), "old");
		cr_assert_str_eq(plan_name(walk.plan), aside);
		cr_assert(says(&walk, aside));
		walk.from_home = true;
	}
}

Test(replace, asks_at_the_next_start__when_the_time_is_over)
{
	store_the_new_one(1);
	until_the_old_one();
	restart_at(&walk, "2026-11-23T13:00:00Z");
	choose(&walk, 1);
	cr_assert_eq(walk.pending, EFFECT_ASK);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
}

Test(replace, sees_that_the_new_key_was_kept__though_nobody_was_told)
{
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	restart(&walk);   /* killed before the helper could say so */
	cr_assert_eq(list(3).kind, EFFECT_REMEMBER);
	choose(&walk, 1);
	cr_assert_str_eq(walk.aside, "report (old)");
	cr_assert(says(&walk, "The key is in your keyring"));
}

Test(replace, asks_for_the_key_again__where_it_was_not_kept)
{
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	restart(&walk);
	list(2);
	choose(&walk, 1);
	cr_assert(says(&walk, "Last time keyguide stopped before a key was kept."));
	cr_assert(says(&walk, "rotate the key once more"));
}

Test(replace, leads_to_the_menu__when_it_is_not_gone_on_with)
{
	go_to(&walk, "prove");
	restart(&walk);
	list(2);
	cr_assert_eq(choose(&walk, 2).kind, EFFECT_LIST);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

/* ---- taking back ---- */

static void begin_removing(void)
{
	begin_home();
	choose_key(REMOVE, 0);
}

TestSuite(take_back, .init = begin_removing, .fini = done);

Test(take_back, has_the_five_steps_of_the_dashboard__then_asks)
{
	static const char *const steps[] = { "open", "find", "menu", "expire", "confirm" };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct effect effect;

		cr_assert_str_eq(slug_now(&walk), steps[i]);
		effect = press(&walk, ACTION_NEXT);
		cr_assert_eq(effect.kind, i == 4 ? EFFECT_ASK : EFFECT_NONE);
	}
	cr_assert_str_eq(slug_now(&walk), "gone");
	cr_assert_eq(answer(VERDICT_DEAD).kind, EFFECT_NONE);
	cr_assert_eq(press(&walk, ACTION_YES).kind, EFFECT_DELETE);
	cr_assert_str_eq(plan_name(walk.plan), "report");
}

/* "keyguide remove NAME", "keyguide replace NAME": there is a key, so nobody is to make one. */
Test(take_back, leads_back_to_the_menu__where_it_did_not_begin_there)
{
	const struct guide *const guides[] = { &guide_remove, &guide_replace };
	struct effect effect;

	for (size_t i = 0; i < 2; i++) {
		walk_done(&walk);
		walk_init(&walk, guides[i]);
		walk_take_kept(&walk, &kept[0]);
		walk_start(&walk, &effect);
		press(&walk, ACTION_BACK);
		list(2);
		cr_assert_str_eq(slug_now(&walk), "menu");
	}
}

Test(take_back, goes_on_asking__at_the_next_start)
{
	struct effect effect;

	go_to(&walk, "confirm");
	press(&walk, ACTION_NEXT);
	answer(VERDICT_UNKNOWN);
	effect = press(&walk, ACTION_FINISH);
	cr_assert_eq(effect.kind, EFFECT_QUIT);
	cr_assert_eq(effect.status, 3);
	restart(&walk);
	cr_assert_eq(walk.guide, &guide_remove);
	cr_assert_str_eq(slug_now(&walk), "gone");
	cr_assert_eq(walk.pending, EFFECT_ASK);
}

/* What Stripe calls NAME, which ends in "cH3h", when it is to be taken back. */
static bool finds(const char *name, const char *until, const char *called)
{
	char find[80], confirm[80];
	bool found;

	walk_change_guide(&walk, &guide_home, &(struct effect){ 0 });
	kept[2].name = (char *)name;
	strcpy(kept[2].record.until, until);
	strcpy(kept[2].record.ends, "cH3h");
	list(3);
	choose(&walk, REMOVE);
	list(3);
	choose(&walk, 2);
	snprintf(find, sizeof find, "find the name \"%s\"", called);
	snprintf(confirm, sizeof confirm, "is it the key \"%s\"?", called);
	go_to(&walk, "find");
	found = says(&walk, find) && says(&walk, "it should be cH3h");
	go_to(&walk, "confirm");
	return found && says(&walk, confirm) && says(&walk, "it should be cH3h");
}

Test(take_back, calls_a_replaced_key_as_stripe_does__and_says_its_end)
{
	static const char later[] = "2026-11-24T10:00:00Z";

	cr_expect(finds("report (old)", later, "report"));
	cr_expect(finds("report (old 12)", later, "report"));
	cr_expect(finds("report (old) (old 2)", later, "report (old)"));
	cr_expect(finds("report (old 1)", later, "report (old 1)"));
	cr_expect(finds("report (old 02)", later, "report (old 02)"));
	cr_expect(finds("report (old )", later, "report (old )"));
	cr_expect(finds("report (older)", later, "report (older)"));
	cr_expect(finds("report (old) x", later, "report (old) x"));
	cr_expect(finds(" (old)", later, " (old)"));
	cr_expect(finds("report (old)", "", "report (old)"), "called so in Stripe: it was not replaced here");
	*kept[2].record.created = '\0';
	cr_expect(finds("report (old)", "", "report"), "nothing is remembered, but the new one is there");
	cr_expect(finds("sync (old)", "", "sync (old)"));
}

Test(take_back, says_nothing_of_an_end__that_is_not_known)
{
	memset(walk.copy.seen.ends, 0, sizeof walk.copy.seen.ends);
	go_to(&walk, "confirm");
	cr_assert_not(says(&walk, "it should be"));
	cr_assert(says(&walk, "Confirm in Stripe's window."));
}

/* The page of "report (old)", whose time is UNTIL. */
static void look_at_the_old_one(const char *until)
{
	walk_change_guide(&walk, &guide_home, &(struct effect){ 0 });
	strcpy(kept[2].record.until, until);
	list(3);
	choose(&walk, KEYS);
	list(3);
	choose(&walk, 2);
	list(3);
}

Test(take_back, asks_once__while_a_replaced_key_shall_live_on)
{
	look_at_the_old_one("2026-11-24T10:00:00Z");
	cr_assert_eq(press(&walk, ACTION_RETRY).kind, EFFECT_ASK);
	assert_lives_on_until("2026-11-24");
	cr_assert_not(says(&walk, "The new key is in your keyring"), "it may be gone by now");
	press(&walk, ACTION_FINISH);
	cr_assert_str_eq(slug_now(&walk), "menu");
}

Test(take_back, asks_until_it_is_dead__when_its_time_is_over)
{
	look_at_the_old_one("2026-11-23T11:59:59Z");
	press(&walk, ACTION_RETRY);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
}

Test(take_back, asks_until_it_is_dead__when_it_was_ended_before_its_time)
{
	look_at_the_old_one("2026-11-24T10:00:00Z");
	press(&walk, ACTION_REMOVE);
	go_to(&walk, "confirm");
	press(&walk, ACTION_NEXT);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
	restart(&walk);
	cr_assert_eq(answer(VERDICT_GRANTED).kind, EFFECT_WAIT);
}

Test(take_back, knows_until_when__at_the_next_start)
{
	look_at_the_old_one("2026-11-24T10:00:00Z");
	press(&walk, ACTION_RETRY);
	restart(&walk);
	choose(&walk, 1);
	assert_lives_on_until("2026-11-24");
}
