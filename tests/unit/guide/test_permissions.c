/* SPDX-License-Identifier: MIT */
/* Steps 3 and 4: the name, the grid, Write, presets, the rows to set. */
#include <criterion/criterion.h>

#include "walking.h"

static struct walk walk;

static void at_permissions(void)
{
	begin(&walk);
	go_to(&walk, "permissions");
}

static void done(void)
{
	walk_done(&walk);
}

TestSuite(permissions, .init = at_permissions, .fini = done);
TestSuite(name, .fini = done);

static enum level level_of(const char *resource)
{
	return plan_level(walk.plan, catalogue_find(resource));
}

static void type(const char *text)
{
	send(&walk, (struct event){ .kind = EVENT_TEXT, .text = text });
}

Test(name, takes__a_good_one)
{
	begin(&walk);
	go_to(&walk, "name");
	type("acme-read");
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "permissions");
	cr_assert_str_eq(plan_name(walk.plan), "acme-read");
}

Test(name, refuses__bad_ones)
{
	static const char *const bad[] = { "", " x", "x ", "a\tb" };

	begin(&walk);
	go_to(&walk, "name");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		type(bad[i]);
		press(&walk, ACTION_NEXT);
		cr_assert_str_eq(slug_now(&walk), "name", "\"%s\"", bad[i]);
	}
}

Test(name, forgets__a_key_typed_here)
{
	char key[64] = "rk_test_";

	memset(key + 8, 'a', 40);
	key[48] = '\0';
	begin(&walk);
	go_to(&walk, "name");
	type(key);
	cr_assert_str_eq(plan_name(walk.plan), "reporting-readonly");
	cr_assert(says(&walk, "That looked like a key"));
}

Test(name, refuses__one_that_is_kept_already)
{
	struct kept_key kept = { .name = (char *)"acme-read", .mode = MODE_TEST };
	struct effect effect;

	walk_init(&walk, &guide_create);
	walk_start(&walk, &effect);
	end_with(&walk, (struct outcome){ .detail = "", .kept = &kept, .kept_count = 1 });
	go_to(&walk, "name");
	type("acme-read");
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "name");
	cr_assert(says(&walk, "already in your keyring"));
	plan_set_mode(walk.plan, MODE_LIVE);   /* the live key may have the sandbox key's name */
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "permissions");
}

Test(permissions, start_at_none)
{
	for (size_t i = 0; i < catalogue_count(); i++)
		cr_assert_eq(plan_level(walk.plan, i), LEVEL_NONE);
}

Test(permissions, grant_read__when_chosen)
{
	set_level(&walk, "charge", LEVEL_READ);
	cr_assert_eq(level_of("charge"), LEVEL_READ);
	cr_assert_eq(plan_granted(walk.plan), 1);
}

Test(permissions, never_grant_a_level__that_the_row_lacks)
{
	set_level(&walk, "balance", LEVEL_WRITE);
	cr_assert_eq(level_of("balance"), LEVEL_NONE);
	cr_assert_eq(walk.permissions.view, PERMISSIONS_CHOOSE);
}

Test(permissions, ask__before_write)
{
	set_level(&walk, "charge", LEVEL_READ);
	set_level(&walk, "charge", LEVEL_WRITE);
	cr_assert_eq(level_of("charge"), LEVEL_READ, "not before the answer");
	cr_assert(says(&walk, "Charges and Refunds"));
	cr_assert(says(&walk, "Write includes Read."));
	press(&walk, ACTION_NO);
	cr_assert_eq(level_of("charge"), LEVEL_READ);
	set_level(&walk, "charge", LEVEL_WRITE);
	press(&walk, ACTION_YES);
	cr_assert_eq(level_of("charge"), LEVEL_WRITE);
}

Test(permissions, say_nothing_of_read__where_there_is_none)
{
	set_level(&walk, "edit_link", LEVEL_WRITE);
	cr_assert(says(&walk, "Login Links"));
	cr_assert_not(says(&walk, "Write includes Read."));
}

Test(permissions, need__at_least_one_row)
{
	press(&walk, ACTION_NEXT);
	cr_assert_str_eq(slug_now(&walk), "permissions");
	cr_assert_eq(walk.permissions.view, PERMISSIONS_CHOOSE);
	cr_assert(says(&walk, "Nothing is chosen yet"));
}

Test(permissions, show_a_preset__before_it_applies)
{
	press(&walk, ACTION_PRESETS);
	choose(&walk, 0);
	cr_assert_eq(plan_granted(walk.plan), 0);
	press(&walk, ACTION_BACK);
	press(&walk, ACTION_BACK);
	cr_assert_eq(plan_granted(walk.plan), 0);
	press(&walk, ACTION_PRESETS);
	choose(&walk, 0);
	press(&walk, ACTION_APPLY);
	cr_assert(plan_granted(walk.plan) > 0);
	cr_assert_eq(plan_count(walk.plan, LEVEL_WRITE), 0);
}

Test(permissions, list_only_the_rows__to_change)
{
	struct page page;

	set_level(&walk, "payout", LEVEL_READ);
	set_level(&walk, "charge", LEVEL_READ);
	press(&walk, ACTION_NEXT);
	page_init(&page);
	walk_page(&walk, &page);
	cr_assert_eq(page.control.kind, CONTROL_CHECKLIST);
	cr_assert_eq(page.control.check_count, 2);
	cr_assert_str_eq(page.control.checks[0].label, "Charges and Refunds", "the Dashboard's order");
	cr_assert_str_eq(page.control.checks[0].group, "Core");
	cr_assert_null(page.control.checks[1].group);
	cr_assert_str_eq(page.control.checks[1].level, "Read");
	page_done(&page);
}

Test(permissions, untick__a_row_that_changed)
{
	size_t charge = catalogue_find("charge");

	set_level(&walk, "charge", LEVEL_READ);
	press(&walk, ACTION_NEXT);
	send(&walk, (struct event){ .kind = EVENT_TICK, .row = charge });
	cr_assert(walk.permissions.ticked[charge]);
	press(&walk, ACTION_BACK);
	set_level(&walk, "charge", LEVEL_NONE);
	set_level(&walk, "charge", LEVEL_READ);
	cr_assert_not(walk.permissions.ticked[charge]);
}

Test(permissions, find_a_row__by_its_meaning)
{
	struct page page;

	send(&walk, (struct event){ .kind = EVENT_FILTER, .text = "payouts" });
	page_init(&page);
	walk_page(&walk, &page);
	cr_assert(page.control.grid_count > 0 && page.control.grid_count < 20);
	send(&walk, (struct event){ .kind = EVENT_FILTER, .text = "zzzz" });
	walk_page(&walk, &page);
	cr_assert_eq(page.control.grid_count, 0);
	send(&walk, (struct event){ .kind = EVENT_FILTER, .text = "" });
	walk_page(&walk, &page);
	cr_assert_eq(page.control.grid_count, 76);
	page_done(&page);
}

Test(permissions, open_the_filled_in_form)
{
	struct effect effect;

	set_level(&walk, "charge", LEVEL_READ);
	press(&walk, ACTION_NEXT);
	effect = press(&walk, ACTION_FILLED);
	cr_assert_eq(effect.kind, EFFECT_OPEN);
	cr_assert(strstr(effect.address, "rak_charge_read"));
	cr_assert_not(strstr(effect.address, "write"));
}
