/* SPDX-License-Identifier: MIT */
/* Where a person is: forwards, back, help, leaving, coming back. */
#include <criterion/criterion.h>

#include "core/vaults.h"
#include "guide/copy_menu.h"
#include "walking.h"

static struct walk walk;

static void done(void)
{
	walk_done(&walk);
}

TestSuite(walk, .fini = done);

Test(walk, tries_the_keyring__at_the_start)
{
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk_start(&walk, &effect);
	cr_assert_eq(effect.kind, EFFECT_TRY_KEYRING);
	cr_assert_not(effect.unlock, "no window may come up unasked");
}

Test(walk, does_not_start__before_the_keyring_works)
{
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk_start(&walk, &effect);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "before");
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert(says(&walk, fault_what(FAULT_NO_SERVICE)));
	cr_assert_not(has_button(&walk, ACTION_NEXT));
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "before");
}

Test(walk, tries_again__when_asked)
{
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk_start(&walk, &effect);
	end_badly(&walk, FAULT_LOCKED);
	cr_assert(has_button(&walk, ACTION_UNLOCK));
	effect = press(&walk, ACTION_UNLOCK);
	cr_assert_eq(effect.kind, EFFECT_TRY_KEYRING);
	cr_assert(effect.unlock);
	end_well(&walk);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "open");
}

static bool offers_to_start(enum fault_code code, bool possible, bool windowless)
{
	struct effect effect;
	bool offered;

	walk_init(&walk, &guide_create);
	walk.keyring_folder = possible ? "~/keyrings" : NULL;
	walk.windowless = windowless;
	walk_start(&walk, &effect);
	end_badly(&walk, code);
	offered = has_button(&walk, ACTION_START_KEYRING);
	cr_assert_eq(offered, press(&walk, ACTION_START_KEYRING).kind == EFFECT_START_KEYRING);
	walk_done(&walk);
	return offered;
}

Test(walk, offers_to_start_a_keyring__where_that_helps)
{
	cr_assert(offers_to_start(FAULT_NO_SERVICE, true, false));
	cr_assert(offers_to_start(FAULT_NO_BUS, true, true));
	cr_assert(offers_to_start(FAULT_NO_COLLECTION, true, true));
	cr_assert(offers_to_start(FAULT_REFUSED, true, true));
	cr_assert(offers_to_start(FAULT_LOCKED, true, true));
	cr_assert_not(offers_to_start(FAULT_NO_SERVICE, false, true));
	cr_assert_not(offers_to_start(FAULT_NO_COLLECTION, true, false), "it asks in a window of its own");
	cr_assert_not(offers_to_start(FAULT_LOCKED, true, false), "it asks in a window of its own");
	cr_assert_not(offers_to_start(FAULT_OTHER_USER, true, true));
	cr_assert_not(offers_to_start(FAULT_STALLED, true, true));
}

static bool offers_to_unlock(enum fault_code code, bool windowless)
{
	struct effect effect;
	bool offered;

	walk_init(&walk, &guide_create);
	walk.windowless = windowless;
	walk_start(&walk, &effect);
	end_badly(&walk, code);
	offered = has_button(&walk, ACTION_UNLOCK);
	cr_assert_eq(offered, code == FAULT_LOCKED && says(&walk, "Choose \"Unlock the keyring\""));
	walk_done(&walk);
	return offered;
}

Test(walk, offers_to_unlock__where_that_can_work)
{
	cr_assert(offers_to_unlock(FAULT_LOCKED, false));
	cr_assert_not(offers_to_unlock(FAULT_LOCKED, true), "no window can come up");
	cr_assert_not(offers_to_unlock(FAULT_REFUSED, true));
	cr_assert_not(offers_to_unlock(FAULT_NO_SERVICE, false));
	cr_assert_not(offers_to_unlock(FAULT_WRITE_FAILED, false));
	begin(&walk);
}

static bool menu_has(int id)
{
	struct page page;
	bool found = false;

	page_init(&page);
	walk_page(&walk, &page);
	for (size_t i = 0; i < page.control.choice_count; i++)
		found = found || page.control.choices[i].id == id;
	page_done(&page);
	return found;
}

Test(walk, offers_to_unlock__for_a_key_that_waits__where_that_can_work)
{
	begin(&walk);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_DIED);
	cr_assert_not(menu_has(UNSAVED_UNLOCK));
	choose(&walk, UNSAVED_RETRY);
	end_badly(&walk, FAULT_LOCKED);
	cr_assert(menu_has(UNSAVED_UNLOCK));
	walk.windowless = true;
	cr_assert_not(menu_has(UNSAVED_UNLOCK));
}

/* "keyguide --from copy": as before step 1. */
Test(walk, asks_for_no_key__before_there_is_a_place_for_it)
{
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk_jump(&walk, walk_find(&walk, "copy"));
	walk_start(&walk, &effect);
	cr_assert_eq(effect.kind, EFFECT_TRY_KEYRING);
	cr_assert_not(asks_for_key(&walk));
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert_not(asks_for_key(&walk));
	cr_assert(says(&walk, fault_what(FAULT_NO_SERVICE)));
	cr_assert(says(&walk, "Do not copy the key yet"));
	press(&walk, ACTION_RETRY);
	end_well(&walk);
	cr_assert(asks_for_key(&walk));
}

Test(walk, tries_the_keyring__that_was_started)
{
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk.keyring_folder = "~/keyrings";
	walk_start(&walk, &effect);
	end_badly(&walk, FAULT_NO_SERVICE);
	cr_assert(says(&walk, "~/keyrings"));
	press(&walk, ACTION_START_KEYRING);
	end_badly(&walk, FAULT_NOT_STARTED);
	cr_assert(says(&walk, fault_what(FAULT_NOT_STARTED)));
	press(&walk, ACTION_START_KEYRING);
	effect = end_well(&walk);
	cr_assert_eq(effect.kind, EFFECT_TRY_KEYRING);
	cr_assert_not(effect.unlock);
	end_well(&walk);
	cr_assert(has_button(&walk, ACTION_NEXT));
}

Test(walk, drops_an_outcome__with_an_old_ticket)
{
	struct effect effect;
	struct outcome old = { .fault = FAULT_NONE, .detail = "" };

	walk_init(&walk, &guide_create);
	walk_start(&walk, &effect);
	old.ticket = effect.ticket;
	press(&walk, ACTION_STOP);
	send(&walk, (struct event){ .kind = EVENT_OUTCOME, .outcome = &old });
	cr_assert_neq(walk.keyring, KEYRING_WORKS);
}

Test(walk, goes_back__from_every_step)
{
	static const char *const steps[] = { "open", "start", "name", "permissions", "create", "copy" };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		begin(&walk);
		go_to(&walk, steps[i]);
		cr_assert(has_button(&walk, ACTION_BACK), "%s", steps[i]);
		for (int presses = 0; strcmp(slug_now(&walk), "before") && presses < 20; presses++)
			press(&walk, ACTION_BACK);
		cr_assert_str_eq(slug_now(&walk), "before", "from %s", steps[i]);
		walk_done(&walk);
	}
	begin(&walk);
}

Test(walk, opens_the_page__of_the_mode)
{
	struct effect effect;

	begin(&walk);
	go_to(&walk, "open");
	effect = press(&walk, ACTION_OPEN);
	cr_assert_eq(effect.kind, EFFECT_OPEN);
	cr_assert(strstr(effect.address, "/test/apikeys"));
	end_badly(&walk, FAULT_BROWSER);
	cr_assert(says(&walk, fault_what(FAULT_BROWSER)));
}

Test(walk, helps__on_every_step)
{
	begin(&walk);
	for (size_t i = 0; i < guide_create.count; i++) {
		struct page page;

		walk.at = i;
		press(&walk, ACTION_HELP);
		page_init(&page);
		walk_page(&walk, &page);
		cr_assert(page.block_count >= 3, "%s", guide_create.steps[i].slug);
		/* Before the first step of Stripe's and after the last one nothing of Stripe's is on the screen. */
		cr_assert_eq(strcmp(page.title, "My screen looks different") != 0, i == 0 || i + 1 == guide_create.count,
			     "%s", guide_create.steps[i].slug);
		page_done(&page);
		press(&walk, ACTION_BACK);
		cr_assert_eq(walk.overlay, OVERLAY_NONE);
	}
}

Test(walk, answers_six_questions__and_comes_back)
{
	begin(&walk);
	go_to(&walk, "start");
	for (int i = 0; i < 6; i++) {
		press(&walk, ACTION_QUESTIONS);
		choose(&walk, i);
		cr_assert_eq(walk.overlay, OVERLAY_ANSWER);
		press(&walk, ACTION_BACK);
		press(&walk, ACTION_BACK);
	}
	cr_assert_eq(walk.overlay, OVERLAY_NONE);
	cr_assert_str_eq(slug_now(&walk), "start");
	press(&walk, ACTION_QUESTIONS);
	choose(&walk, 6);
	cr_assert_eq(walk.overlay, OVERLAY_QUESTIONS, "there is no seventh");
}

Test(walk, leaves__with_a_yes_only)
{
	struct effect effect;

	begin(&walk);
	go_to(&walk, "name");
	press(&walk, ACTION_LEAVE);
	effect = press(&walk, ACTION_NO);
	cr_assert_eq(effect.kind, EFFECT_NONE);
	cr_assert_str_eq(slug_now(&walk), "name");
	press(&walk, ACTION_LEAVE);
	effect = press(&walk, ACTION_YES);
	cr_assert_eq(effect.kind, EFFECT_QUIT);
	cr_assert_eq(effect.status, 3);
}

Test(walk, comes_back__where_it_was)
{
	struct walk again;
	json_t *progress;

	begin(&walk);
	go_to(&walk, "permissions");
	set_level(&walk, "payout", LEVEL_READ);
	progress = walk_to_json(&walk);
	walk_init(&again, &guide_create);
	cr_assert_eq(walk_from_json(&again, progress, NULL), FAULT_NONE);
	json_decref(progress);
	cr_assert_eq(again.overlay, OVERLAY_RESUME);
	choose(&again, 1);
	cr_assert_str_eq(slug_now(&again), "permissions");
	cr_assert_eq(plan_level(again.plan, catalogue_find("payout")), LEVEL_READ);
	walk_done(&again);
}

Test(walk, begins_again__when_asked)
{
	struct walk again;
	json_t *progress;

	begin(&walk);
	go_to(&walk, "create");
	progress = walk_to_json(&walk);
	walk_init(&again, &guide_create);
	cr_assert_eq(walk_from_json(&again, progress, NULL), FAULT_NONE);
	json_decref(progress);
	choose(&again, 2);
	cr_assert_str_eq(slug_now(&again), "before");
	cr_assert_eq(plan_granted(again.plan), 0);
	walk_done(&again);
}

Test(walk, begins_again_with_what_was_asked_for__only_where_it_is_asked_for_again)
{
	for (int again = 0; again < 2; again++) {
		struct plan *plan = plan_new();
		struct effect effect;

		plan_set(plan, catalogue_find("payout"), LEVEL_READ);
		walk_init(&walk, &guide_create);
		walk_take_asked(&walk, plan, NULL, 0);
		walk_take_live(&walk);
		walk_start(&walk, &effect);
		walk.overlay = OVERLAY_RESUME;
		walk.begin_with = again ? plan_copy(plan) : NULL;
		walk.begin_live = again;
		choose(&walk, 2);
		cr_assert_str_eq(slug_now(&walk), "before");
		cr_assert_eq(plan_granted(walk.plan), again);
		cr_assert_eq(walk.asked != NULL, again);
		cr_assert_eq(walk.live_only, again);
		cr_assert_eq(plan_mode(walk.plan), again ? MODE_LIVE : MODE_TEST);
		walk_done(&walk);
	}
}

Test(walk, refuses_progress__that_is_broken)
{
	static const char *const broken[] = {
		"{}", "[]", "{\"version\":99}",
		"{\"version\":2,\"guide\":\"remove\",\"step\":\"find\",\"plan\":{},\"live_only\":false,"
		"\"sandbox_done\":false,\"ticked\":[],\"key\":\"none\"}",
		"{\"version\":1,\"guide\":\"create\",\"step\":\"nowhere\",\"plan\":{},\"live_only\":false,"
		"\"sandbox_done\":false,\"ticked\":[],\"key\":\"none\"}",
	};

	walk_init(&walk, &guide_create);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		json_t *json = json_loads(broken[i], 0, NULL);

		cr_assert_eq(walk_from_json(&walk, json, NULL), FAULT_FILE_BROKEN, "%s", broken[i]);
		cr_assert_eq(walk.guide, &guide_create, "what cannot be used changes nothing");
		json_decref(json);
	}
}

Test(walk, says_that_a_key_may_be_lost__after_a_stop_at_step_six)
{
	begin(&walk);
	go_to(&walk, "copy");
	restart(&walk);
	end_well(&walk);
	cr_assert(says(&walk, "Last time keyguide stopped before a key was kept."));
	choose(&walk, 1);
	cr_assert(says(&walk, "Last time keyguide stopped before a key was kept."));
	cr_assert(asks_for_key(&walk));
}

/* ---- killed when the key was kept, or was being kept ---- */

static struct kept_key kept;

/* The keyring holds the key of the plan's name; of it is remembered that it ends in ENDS and that it MATCHes. */
static struct effect list_with(const char *ends, enum record_match match)
{
	struct effect effect;

	kept = (struct kept_key){ .name = (char *)"reporting-readonly", .mode = MODE_TEST };
	record_init(&kept.record);
	strcpy(kept.record.created, *ends ? "2026-11-23T10:00:00Z" : "");
	strcpy(kept.record.ends, ends);
	strcpy(kept.record.checked, match == RECORD_NOT_COMPARED ? "" : "2026-11-23T10:00:00Z");
	kept.record.found = VERDICT_GRANTED;
	kept.record.match = match;
	effect = end_with(&walk, (struct outcome){ .detail = "", .store = "GNOME Keyring, \"Login\"", .kept = &kept,
						   .kept_count = 1 });
	record_done(&kept.record);
	return effect;
}

/* Up to STATE of the key, then killed. */
static void stop_at(enum key_state state)
{
	begin(&walk);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	if (state == KEY_SAVED)
		end_well(&walk);
	if (state == KEY_UNSAVED)
		end_badly(&walk, FAULT_STALLED);
	cr_assert_eq(walk.copy.key, state);
	restart(&walk);
}

Test(walk, finds_the_key__that_was_kept_before_the_end)
{
	static const enum key_state states[] = { KEY_STORING, KEY_UNSAVED, KEY_SAVED };

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		stop_at(states[i]);
		cr_assert(says(&walk, "Looking into your keyring"));
		cr_assert_not(says(&walk, "stopped before a key was kept"), "that is not known yet");
		cr_assert_eq(list_with("", RECORD_NOT_COMPARED).kind, EFFECT_REMEMBER, "nobody remembers it");
		cr_assert(says(&walk, "The key is in your keyring."));
		cr_assert_eq(end_well(&walk).kind, EFFECT_NONE, "Stripe is asked when the person goes on");
		cr_assert_eq(choose(&walk, 1).kind, EFFECT_ASK);
		cr_assert_str_eq(slug_now(&walk), "copy");
		cr_assert(says(&walk, "Kept: GNOME Keyring"));
		cr_assert_not(says(&walk, "Read back"), "nobody has compared it since");
		cr_assert(walk.stored_here, "pasted once more it may be overwritten");
		walk_done(&walk);
	}
	begin(&walk);
}

/* Whoever is quick goes on before the keyring has answered. */
Test(walk, finds_the_key__also_when_the_person_is_quicker)
{
	stop_at(KEY_STORING);
	choose(&walk, 1);
	cr_assert_not(asks_for_key(&walk));
	cr_assert_eq(list_with("a1b2", RECORD_NOT_COMPARED).kind, EFFECT_ASK);
}

Test(walk, finds_the_key__when_the_keyring_can_be_looked_into)
{
	stop_at(KEY_SAVED);
	end_badly(&walk, FAULT_LOCKED);
	cr_assert(says(&walk, fault_what(FAULT_LOCKED)));
	cr_assert(says(&walk, "the key may be there"));
	restart(&walk);   /* stopped there: it is still not known */
	end_badly(&walk, FAULT_LOCKED);
	choose(&walk, 1);
	cr_assert_not(asks_for_key(&walk));
	cr_assert(says(&walk, "the key may be there"));
	press(&walk, ACTION_RETRY);
	cr_assert_eq(list_with("a1b2", RECORD_NOT_COMPARED).kind, EFFECT_ASK);
}

Test(walk, says_what_became_of_the_key__that_is_not_there)
{
	stop_at(KEY_STORING);
	end_well(&walk);
	cr_assert(says(&walk, "Last time keyguide stopped before a key was kept."));
	walk_done(&walk);
	stop_at(KEY_SAVED);
	end_well(&walk);
	cr_assert(says(&walk, "This key is not in your keyring any more."));
	choose(&walk, 1);
	cr_assert(says(&walk, "This key is not in your keyring any more."));
	cr_assert(asks_for_key(&walk));
}

Test(walk, shows_the_warning_again__after_more_than_planned)
{
	stop_at(KEY_SAVED);
	cr_assert_eq(list_with("a1b2", RECORD_NOT_AS_PLANNED).kind, EFFECT_NONE);
	cr_assert_eq(choose(&walk, 1).kind, EFFECT_ASK);
	tell_all(&walk, "payout");
	end_well(&walk);
	cr_assert(says(&walk, "The key can do more than planned"));
	press(&walk, ACTION_NEXT);
	cr_assert(says(&walk, "The key can do more than planned"));
	/* And from the page behind it, as long as that is so. */
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
	restart(&walk);
	list_with("a1b2", RECORD_NOT_AS_PLANNED);
	cr_assert_eq(choose(&walk, 1).kind, EFFECT_ASK);
	end_badly(&walk, FAULT_OFFLINE);
	cr_assert(says(&walk, "not as planned"), "what was found once is said where there is no answer now");
	walk_done(&walk);
	stop_at(KEY_SAVED);
	list_with("a1b2", RECORD_AS_PLANNED);
	choose(&walk, 1);
	cr_assert_str_eq(slug_now(&walk), "after", "nothing to be seen again");
}

Test(walk, begins_anew__and_leaves_the_key_where_it_is)
{
	stop_at(KEY_SAVED);
	list_with("", RECORD_NOT_COMPARED);
	cr_assert_eq(choose(&walk, 2).kind, EFFECT_NONE);
	cr_assert_str_eq(slug_now(&walk), "before");
	cr_assert_eq(walk.copy.key, KEY_AWAITED);
	end_well(&walk);   /* remembered */
	cr_assert_eq(walk.pending, EFFECT_NONE);
}

/* Every page of every step, as far as it can be reached by state alone: the rules that renderers count on. */
static void check_page(const struct page *page)
{
	cr_assert(*page->title, "%s has no title", page->slug);
	cr_assert(page->control_at <= page->block_count);
	if (page->focus != ACTION_NONE)
		cr_assert(page_has_action(page, page->focus), "%s: the focus is no button", page->slug);
	if (page->enter != ACTION_NONE)
		cr_assert(page_has_action(page, page->enter), "%s: Enter is no button", page->slug);
	cr_assert(page->action_count || page->control.kind == CONTROL_MENU || page->note.kind == NOTE_WAITING,
		  "%s: nothing can be done", page->slug);
	for (size_t i = 0; i < page->block_count; i++)
		cr_assert(page->blocks[i].text, "%s: a block without text", page->slug);
}

Test(walk, writes_sound_pages__everywhere)
{
	struct page page;

	begin(&walk);
	walk_take_asked(&walk, plan_new(), NULL, 0);
	page_init(&page);
	for (walk.at = 0; walk.at < guide_create.count; walk.at++) {
		for (int overlay = OVERLAY_NONE; overlay <= OVERLAY_ABANDON; overlay++) {
			walk.overlay = (enum overlay)overlay;
			walk_page(&walk, &page);
			check_page(&page);
		}
		walk.overlay = OVERLAY_NONE;
		for (int view = PERMISSIONS_CHOOSE; view <= PERMISSIONS_COPY; view++) {
			walk.permissions.view = (enum permissions_view)view;
			walk_page(&walk, &page);
			check_page(&page);
		}
		for (int key = KEY_AWAITED; key <= KEY_HANDED; key++) {
			walk.copy.key = (enum key_state)key;
			walk_page(&walk, &page);
			check_page(&page);
		}
		walk.copy.key = KEY_AWAITED;
	}
	page_done(&page);
	walk.at = 0;
}

Test(walk, shows_the_lines_of_the_vaults__that_are_installed)
{
	begin(&walk);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	walk.copy.key = KEY_SAVED;
	while (strcmp(slug_now(&walk), "after"))
		walk_next(&walk, &(struct effect){ 0 });
	cr_assert_not(says(&walk, "keyguide give"));
	choose(&walk, HAND_OVER_ELSEWHERE);
	cr_assert(says(&walk, "\"keyguide give\" hands the key to it"));
	walk.vaults = 1u << (vault_count() - 1);
	cr_assert(says(&walk, "keyguide give reporting-readonly --test --to vault"));
	cr_assert_not(says(&walk, "--to pass"));
}

static void kept_and_handed_over(void)
{
	begin(&walk);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_well(&walk);
	end_well(&walk);
	tell_all(&walk, NULL);
	end_well(&walk);
	press(&walk, ACTION_NEXT);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
}

/* Whoever is quick has not been asked before; what the page before began ends here. */
Test(walk, offers_to_clear_the_clipboard__at_the_end_too)
{
	static const enum clipboard ways[] = { CLIPBOARD_CLEARED, CLIPBOARD_ELSE, CLIPBOARD_ASKED, CLIPBOARD_NO_WAY };

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		kept_and_handed_over();
		cr_assert(has_button(&walk, ACTION_CLEAR));
		cr_assert(says(&walk, "Then you can share your screen again."));
		cr_assert_eq(press(&walk, ACTION_CLEAR).kind, EFFECT_NONE, "something is still being remembered");
		cr_assert_eq(end_well(&walk).kind, EFFECT_ASSIGN);
		cr_assert_eq(end_well(&walk).kind, EFFECT_CLEAR_CLIPBOARD);
		end_with(&walk, (struct outcome){ .detail = "", .clipboard = ways[i] });
		cr_assert_eq(says(&walk, "You can share your screen again."),
			     ways[i] == CLIPBOARD_CLEARED || ways[i] == CLIPBOARD_ELSE, "else another word is to be copied first");
		cr_assert_not(has_button(&walk, ACTION_CLEAR));
		walk_done(&walk);
	}
	begin(&walk);
}

Test(walk, says_where_the_key_is__when_it_is_not_in_the_keyring)
{
	begin(&walk);
	go_to(&walk, "copy");
	paste(&walk, APIKEY_RESTRICTED, MODE_TEST);
	end_badly(&walk, FAULT_DIED);
	walk.copy.on_clipboard = true;
	choose(&walk, UNSAVED_HANDED);
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "after");
	for (int who = HAND_OVER_HERE; who <= HAND_OVER_LATER; who++) {
		choose(&walk, who);
		cr_assert_not(says(&walk, "in your keyring") || says(&walk, "keyguide run") || says(&walk, "keyguide check"));
		cr_assert(says(&walk, "password manager"));
		cr_assert_not(has_button(&walk, ACTION_CLEAR));
	}
	restart(&walk);
	end_well(&walk);
	choose(&walk, 1);
	cr_assert_str_eq(slug_now(&walk), "after");
	cr_assert_not(says(&walk, "in your keyring"));
}

/* They are for another terminal, where that keyring is not open. */
Test(walk, says_how_commands_work__where_the_keyring_was_started_here)
{
	kept_and_handed_over();
	cr_assert_not(says(&walk, "with-keyring"));
	walk.starter = "/usr/libexec/key guide/with-keyring";
	cr_assert(says(&walk, "'/usr/libexec/key guide/with-keyring' bash"));
}

/* ---- the language ---- */

static const struct language english = { "en", "English" }, german = { "de", "Deutsch" };

static void offer_languages(void)
{
	walk.languages[0] = &english;
	walk.languages[1] = &german;
	walk.language_count = 2;
}

Test(walk, changes_the_language__and_stays_where_it_is)
{
	struct effect effect;

	begin(&walk);
	go_to(&walk, "name");
	press(&walk, ACTION_LANGUAGE);
	cr_assert_eq(walk.overlay, OVERLAY_NONE, "there is nothing to choose from");
	offer_languages();
	press(&walk, ACTION_HELP);
	press(&walk, ACTION_LANGUAGE);
	cr_assert_eq(walk.overlay, OVERLAY_LANGUAGE);
	effect = choose(&walk, 1);
	cr_assert_eq(effect.kind, EFFECT_LANGUAGE);
	cr_assert_str_eq(effect.address, "de");
	cr_assert_eq(walk.overlay, OVERLAY_HELP, "what lay over the step is there again");
	cr_assert_str_eq(slug_now(&walk), "name");
}

Test(walk, changes_the_language__while_something_is_under_way)
{
	begin(&walk);
	offer_languages();
	go_to(&walk, "copy");
	cr_assert_eq(paste(&walk, APIKEY_RESTRICTED, MODE_TEST).kind, EFFECT_STORE);
	press(&walk, ACTION_LANGUAGE);
	choose(&walk, 0);
	cr_assert_eq(walk.pending, EFFECT_STORE);
	cr_assert_eq(end_well(&walk).kind, EFFECT_REMEMBER, "its outcome still counts");
}
