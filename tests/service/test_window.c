/* SPDX-License-Identifier: MIT */
/*
 * The keyring's own window, on a private X server: a person gives the password
 * there, closes it, or lets it stand. The window is GNOME's (gcr-prompter), the
 * keys come from xdotool.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "verbs.h"

/* A keyring with one key in it, locked, and a window that it may show. */
static void begin(void)
{
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(store("report", MODE_TEST, "not a key: only something that is kept"), FAULT_NONE);
	session_lock();
	session_start_display(&session);
	session_start_prompter(&session);
}

TestSuite(window, .init = begin, .fini = done, .timeout = 60);

static struct helper *ask_for(enum helper_verb verb, int limit_ms)
{
	struct helper_request request = { .verb = verb, .name = "report", .mode = MODE_TEST, .unlock = true,
		.limit_ms = limit_ms };
	struct helper *helper = helper_start(&request, NULL, NULL);

	cr_assert(helper);
	return helper;
}

static bool is_kept(void)
{
	char *found = session_lookup("report", "test");
	bool kept = found != NULL;

	free(found);
	return kept;
}

Test(window, password__opens_the_keyring)
{
	struct helper *helper = ask_for(HELPER_TRY, 0);

	session_type_into_window("test", "Return");
	assert_fault(finish(helper), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 1);
}

Test(window, password__lets_a_key_be_deleted)
{
	struct helper *helper = ask_for(HELPER_DELETE, 0);

	session_type_into_window("test", "Return");
	assert_fault(finish(helper), FAULT_NONE);
	cr_assert_not(is_kept());
}

Test(window, closed__leaves_it_locked)
{
	struct helper *helper = ask_for(HELPER_TRY, 0);

	session_type_into_window("", "Escape");
	assert_fault(finish(helper), FAULT_REFUSED);
	assert_fault(try_it(false, 3000), FAULT_LOCKED);
}

Test(window, closed__keeps_the_key_that_was_to_go)
{
	struct helper *helper = ask_for(HELPER_DELETE, 0);

	session_type_into_window("", "Escape");
	assert_fault(finish(helper), FAULT_REFUSED);
	helper = ask_for(HELPER_TRY, 0);
	session_type_into_window("test", "Return");
	assert_fault(finish(helper), FAULT_NONE);
	cr_assert(is_kept());
}

/* The wrong password: the window stays, and asks again. */
Test(window, wrong_password__is_asked_for_again)
{
	struct helper *helper = ask_for(HELPER_TRY, 0);

	session_type_wrong_password("wrong");
	session_type_into_window("test", "Return");
	assert_fault(finish(helper), FAULT_NONE);
}

/* Nobody is there: the helper is killed at its limit, and the keyring lives on. */
Test(window, nobody_answers__is_given_up)
{
	assert_fault(finish(ask_for(HELPER_TRY, 1500)), FAULT_STALLED);
	assert_fault(try_it(false, 3000), FAULT_LOCKED);
}
