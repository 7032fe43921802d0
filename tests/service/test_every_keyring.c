/* SPDX-License-Identifier: MIT */
/*
 * The verbs of the helper against every keyring: gnome-keyring, KeePassXC and
 * KWallet, each of them real, unlocked and without a window. Every verb is a
 * process of its own, so none may rely on what another one was allowed.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "verbs.h"

TestSuite(every_keyring, .fini = done, .timeout = 60);

static enum session_keyring every[] = { SESSION_GNOME_KEYRING, SESSION_KEEPASSXC, SESSION_KWALLET };

/* A test that runs once with each of them; its session is started. */
#define EACH(NAME) \
	static void NAME(void); \
	ParameterizedTestParameters(every_keyring, NAME) \
	{ \
		return cr_make_param_array(enum session_keyring, every, sizeof every / sizeof *every); \
	} \
	ParameterizedTest(enum session_keyring *with, every_keyring, NAME) \
	{ \
		session_start_with(&session, *with); \
		NAME(); \
	} \
	static void NAME(void)

EACH(try__works_within_three_seconds)
{
	static const char *const stores[] = { "GNOME Keyring, \"Login\"", "KeePassXC, \"keys\"", "KWallet, \"kdewallet\"" };
	long long began = clock_ms();

	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert(clock_ms() - began < 3000);
	cr_assert_str_eq(reply.store, stores[session.with]);
	cr_assert_eq(reply.kept_count, 0);
	cr_assert_null(session_lookup("keyguide self-test", "test"), "the dummy is gone again");
}

EACH(store__is_found_by_another_program)
{
	char *key = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, key), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, key);
	cr_assert_null(session_lookup("reports", "live"));
	free(found);
	free(key);
}

EACH(store__leaves_no_copy_here)
{
	char *key = session_make_key("rk_live_"), *found;

	assert_fault(store("reports", MODE_LIVE, key), FAULT_NONE);
	found = session_lookup("reports", "live");
	cr_assert_str_eq(found, key);
	memset(found, 0, strlen(found));
	/* The test's own copy is in KEY; what is over must be none. */
	cr_assert_eq(session_count_in_memory(getpid(), key), strlen(key) / 24);
	cr_assert_not(session_is_in_files(&session, key), "the keyring's file is encrypted");
}

/* Whatever account it has; twice the same is no harm. */
EACH(store__takes_no_name_of_another_key)
{
	char *first = session_make_key("rk_test_"), *second = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	assert_fault(store("reports", MODE_TEST, second), FAULT_NAME_TAKEN);
	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	assert_fault(assign("reports", MODE_TEST, "acct_1"), FAULT_NONE);
	assert_fault(store("reports", MODE_TEST, second), FAULT_NAME_TAKEN);
	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, first);
	assert_fault(list(), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 1);
}

EACH(store__replaces_its_own_key__when_it_may)
{
	char *first = session_make_key("rk_test_"), *second = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	assert_fault(store_over("reports", MODE_TEST, second), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, second);
}

/* Pasted twice it is one key, whatever it was to be called; a live one is another. */
EACH(store__keeps_no_key_twice)
{
	char *first = session_make_key("rk_test_"), *second = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	assert_fault(store("tool", MODE_TEST, second), FAULT_NONE);
	cr_assert_str_eq(reply.kept_as, "");
	assert_fault(store("again", MODE_TEST, first), FAULT_NONE);
	cr_assert_str_eq(reply.kept_as, "reports");
	assert_fault(store("tool", MODE_TEST, first), FAULT_NONE);   /* the name of another one */
	cr_assert_str_eq(reply.kept_as, "reports");
	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	cr_assert_str_eq(reply.kept_as, "");
	found = session_lookup("tool", "test");
	cr_assert_str_eq(found, second);
	assert_fault(store_over("tool", MODE_TEST, first), FAULT_NONE);   /* in its own making it may be corrected */
	cr_assert_str_eq(reply.kept_as, "");
	assert_fault(list(), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 2);
}

EACH(store__keeps_odd_names)
{
	static const char name[] = "Größe \"x\" / ../ 日本 'y'";
	char *key = session_make_key("rk_test_"), *found;

	assert_fault(store(name, MODE_TEST, key), FAULT_NONE);
	found = session_lookup(name, "test");
	cr_assert_str_eq(found, key);
}

EACH(lists__names_and_modes_only)
{
	char *key = session_make_key("rk_test_");

	assert_fault(store("a", MODE_TEST, key), FAULT_NONE);
	assert_fault(store("a", MODE_LIVE, key), FAULT_NONE);
	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 2);
	cr_assert_str_eq(reply.kept[0].name, "a");
	cr_assert_neq(reply.kept[0].mode, reply.kept[1].mode);
}

EACH(assigns__the_account)
{
	char *key = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, key), FAULT_NONE);
	assert_fault(assign("reports", MODE_TEST, "acct_1"), FAULT_NONE);
	found = session_output_of("for try in 1 2 3; do secret-tool lookup account acct_1 mode test name reports && break; "
				  "done", "");
	cr_assert_str_eq(found, key);
	assert_fault(assign("nobody", MODE_TEST, "acct_1"), FAULT_NOT_FOUND);
}

EACH(fetch__brings_back_what_was_stored)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text = session_make_key("rk_test_");

	assert_fault(store("report", MODE_TEST, text), FAULT_NONE);
	assert_fault(fetch("report", NULL, fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	cr_assert_eq(reply.mode, MODE_TEST);
	cr_assert_str_eq(reply.account, "");
	secret_free(fetched);
}

EACH(fetch__brings_the_account_along)
{
	struct secret *fetched = secret_new(SECRET_ROOM);

	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(assign("report", MODE_TEST, "acct_1Standin"), FAULT_NONE);
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert_str_eq(reply.account, "acct_1Standin");
	secret_free(fetched);
}

EACH(fetch__does_not_choose_between_two)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *test = session_make_key("rk_test_"), *live = session_make_key("rk_live_");

	assert_fault(store("report", MODE_TEST, test), FAULT_NONE);
	assert_fault(store("report", MODE_LIVE, live), FAULT_NONE);
	assert_fault(fetch("report", NULL, fetched), FAULT_TWO_KEYS);
	cr_assert_eq(secret_length(fetched), 0);
	assert_fault(fetch("report", "live", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, live));
	cr_assert_eq(reply.mode, MODE_LIVE);
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, test));
	secret_free(fetched);
}

/* Behind the line of JSON the key comes straight into its page: no buffer has seen it. */
EACH(fetch__leaves_no_copy_here)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text = session_make_key("rk_test_");

	assert_fault(store("report", MODE_TEST, text), FAULT_NONE);
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	secret_free(fetched);
	/* TEXT is the test's own copy. */
	cr_assert_eq(session_count_in_memory(getpid(), text), strlen(text) / 24);
}

EACH(fetch__takes_what_another_program_has_stored)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text = session_make_key("rk_live_"), *stored;

	stored = session_output_of("key=$(cat); for try in 1 2 3; do printf %s \"$key\" | secret-tool store --label=x "
				   "xdg:schema org.keyguide.RestrictedKey name report mode live account acct_2 && break; "
				   "done", text);
	cr_assert(stored);
	free(stored);
	assert_fault(fetch("report", NULL, fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	cr_assert_eq(reply.mode, MODE_LIVE);
	cr_assert_str_eq(reply.account, "acct_2");
	secret_free(fetched);
}

EACH(delete__removes_this_key_and_no_other)
{
	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(store("report", MODE_LIVE, session_make_key("rk_live_")), FAULT_NONE);
	assert_fault(store("reports", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(delete("report", NULL, NULL), FAULT_TWO_KEYS);
	assert_fault(delete("report", "test", NULL), FAULT_NONE);
	cr_assert_null(session_lookup("report", "test"));
	cr_assert_not_null(session_lookup("report", "live"));
	cr_assert_not_null(session_lookup("reports", "test"));
	assert_fault(delete("report", "test", NULL), FAULT_NOT_FOUND);
	assert_fault(delete("report", NULL, NULL), FAULT_NONE);
}

EACH(delete__looks_at_the_account_where_one_is_said)
{
	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(assign("report", MODE_TEST, "acct_1"), FAULT_NONE);
	assert_fault(delete("report", "test", "acct_2"), FAULT_NOT_FOUND);
	cr_assert_not_null(session_lookup("report", "test"));
	assert_fault(delete("report", "test", "acct_1"), FAULT_NONE);
	cr_assert_null(session_lookup("report", "test"));
}

/* Two keys of a name and mode, as a replacement that was cut short leaves them: one is dead, the other may not be. */
EACH(delete__removes_only_the_key_that_was_asked_after)
{
	char *dead = session_make_key("rk_test_"), *alive = session_make_key("rk_test_"), *found;

	memcpy(dead + strlen(dead) - 4, "dEAd", 4);
	assert_fault(store("report", MODE_TEST, alive), FAULT_NONE);
	assert_fault(assign("report", MODE_TEST, "acct_1"), FAULT_NONE);
	assert_fault(store_over("report", MODE_TEST, dead), FAULT_NONE);
	assert_fault(delete_ending("report", "dEAd"), FAULT_NONE);
	found = session_lookup("report", "test");
	cr_assert(found && !strcmp(found, alive));
	assert_fault(delete_ending("report", "dEAd"), FAULT_NOT_FOUND);
	cr_assert_not_null(session_lookup("report", "test"));
}

/* ---- one key in place of another ---- */

static char *old, *new;

static void keep_old(void)
{
	if (!old) {
		old = session_make_key("rk_test_");
		new = session_make_key("rk_test_");
	}
	assert_fault(store("report", MODE_TEST, old), FAULT_NONE);
	assert_fault(assign("report", MODE_TEST, "acct_1"), FAULT_NONE);
}

static void assert_kept(const char *name, const char *key)
{
	char *found = session_lookup(name, "test");

	cr_assert(found && !strcmp(found, key), "%s", name);
	free(found);
}

static void assert_fetched(const char *name, const char *key)
{
	struct secret *fetched = secret_new(SECRET_ROOM);

	assert_fault(fetch(name, "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, key), "%s", name);
	secret_free(fetched);
}

EACH(replace__keeps_both_under_names_of_their_own)
{
	keep_old();
	assert_fault(replace("report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old)");
	assert_kept("report", new);
	assert_kept("report (old)", old);
	assert_fault(list(), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 2);
	for (size_t i = 0; i < 2; i++)
		cr_assert_str_eq(reply.kept[i].account, strcmp(reply.kept[i].name, "report") ? "acct_1" : "");
}

EACH(replace__refuses_the_key_that_is_kept__and_does_nothing_twice)
{
	keep_old();
	assert_fault(replace("report", old), FAULT_SAME_KEY);
	assert_kept("report", old);
	assert_fault(replace("report", new), FAULT_NONE);
	assert_fault(replace("report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old)", "nobody may have waited for the first answer");
	assert_kept("report", new);
	assert_kept("report (old)", old);
}

/* An old key from an earlier time is no proof that this replacement has been done. */
EACH(replace__refuses_the_key_that_is_kept__beside_an_older_one)
{
	keep_old();
	assert_fault(replace("report", new), FAULT_NONE);
	assert_fault(replace_after("report", new, 1), FAULT_SAME_KEY);
	assert_kept("report", new);
	assert_kept("report (old)", old);
}

EACH(replace__takes_the_next_name__where_an_old_key_is_still_there)
{
	char *third = session_make_key("rk_test_");

	keep_old();
	assert_fault(replace("report", new), FAULT_NONE);
	assert_fault(replace("report", third), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old 2)");
	assert_kept("report", third);
	assert_kept("report (old)", old);
	assert_kept("report (old 2)", new);
}

/* Killed at any moment, both keys are in the keyring; the next try gets to the end. */
EACH(replace__loses_nothing__when_it_is_killed)
{
	for (int after_ms = 0; after_ms < 20; after_ms++) {
		struct helper *helper;
		char *found;

		if (after_ms) {
			assert_fault(delete("report", "test", NULL), FAULT_NONE);
			assert_fault(delete("report (old)", "test", NULL), FAULT_NONE);
		}
		keep_old();
		helper = start_replace("report", new);
		poll(NULL, 0, after_ms);
		helper_free(helper);   /* SIGKILL */
		found = session_lookup("report", "test");
		cr_assert(found, "after %d ms there is no key of the name", after_ms);
		free(found);
		assert_fault(replace("report", new), FAULT_NONE);
		assert_kept("report", new);
		assert_kept("report (old)", old);
	}
}

/* About one of its connections in a hundred fails in an odd way: nobody is to notice. */
Test(every_keyring, kwallet__fails_never)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *key = session_make_key("rk_test_");

	session_start_with(&session, SESSION_KWALLET);
	for (int i = 0; i < 50; i++) {
		assert_fault(store("report", MODE_TEST, key), FAULT_NONE);
		assert_fault(fetch("report", "test", fetched), FAULT_NONE);
		cr_assert(is_text(fetched, key));
	}
	secret_free(fetched);
}

/*
 * What is left where KWallet could not read what a session sent: one time in 256 it and libsecret do not mean the same
 * key of the session. Here there is no such session at all.
 */
static void leave_half_made_item(void)
{
	char *made = session_output_of("gdbus call --session --dest org.freedesktop.secrets "
		"--object-path /org/freedesktop/secrets/collection/kdewallet --method org.freedesktop.Secret.Collection.CreateItem "
		"\"{'org.freedesktop.Secret.Item.Label': <'Stripe restricted key: report (sandbox)'>, "
		"'org.freedesktop.Secret.Item.Attributes': <{'xdg:schema': 'org.keyguide.RestrictedKey', "
		"'name': 'report', 'mode': 'test', 'account': ''}>}\" "
		"\"(objectpath '/org/freedesktop/secrets/session/0', @ay [], @ay [], 'text/plain')\" false 2>&1; true", "");

	cr_assert(made && strstr(made, "Can't find session"), "%s", made);
	free(made);
	made = session_output_of("secret-tool search --all name report mode test 2>&1", "");
	cr_assert(made && strstr(made, "account = \n"), "KWallet left no half-made item");
	free(made);
}

Test(every_keyring, kwallet__takes_a_half_made_item_for_no_key)
{
	session_start_with(&session, SESSION_KWALLET);
	assert_fault(list(), FAULT_NONE);   /* opens it for other programs */
	leave_half_made_item();
	keep_old();
	assert_kept("report", old);
	leave_half_made_item();
	assert_fetched("report", old);
	assert_fault(replace("report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old)");
	assert_kept("report", new);
	assert_kept("report (old)", old);
	assert_fault(list(), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 2);
}

/* As most people have it: each program is asked about, and here nobody answers. What it made itself, it may see. */
Test(every_keyring, keepassxc__that_asks)
{
	struct helper_request request = { .verb = HELPER_FETCH, .unlock = true, .name = "report", .limit_ms = 1500 };
	struct secret *fetched = secret_new(SECRET_ROOM);

	session_start_with(&session, SESSION_KEEPASSXC_ASKS);
	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 1);
	assert_fault(fetch("report", "test", fetched), FAULT_LOCKED);
	assert_fault(finish(helper_start(&request, fetched, NULL)), FAULT_STALLED);
	assert_fault(delete("report", "test", NULL), FAULT_LOCKED);
	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_LOCKED);
	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 1);
	secret_free(fetched);
}
