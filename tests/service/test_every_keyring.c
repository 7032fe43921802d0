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
	long long began = now_ms();

	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert(now_ms() - began < 3000);
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

EACH(store__replaces_its_own_key)
{
	char *first = session_make_key("rk_test_"), *second = session_make_key("rk_test_"), *found;

	assert_fault(store("reports", MODE_TEST, first), FAULT_NONE);
	assert_fault(store("reports", MODE_TEST, second), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, second);
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

EACH(rename__moves_the_key_with_its_account)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *old = session_make_key("rk_test_"), *new = session_make_key("rk_test_");

	assert_fault(store("report", MODE_TEST, old), FAULT_NONE);
	assert_fault(assign("report", MODE_TEST, "acct_1"), FAULT_NONE);
	assert_fault(rename_to("report", "report (old)", "test"), FAULT_NONE);
	assert_fault(rename_to("report", "report (old)", "test"), FAULT_NOT_FOUND);
	assert_fault(store("report", MODE_TEST, new), FAULT_NONE);
	assert_fault(fetch("report (old)", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, old));
	cr_assert_str_eq(reply.account, "acct_1");
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, new));
	cr_assert_str_eq(reply.account, "");
	secret_free(fetched);
}

/* Whenever the helper is killed, the key is there under one name and under no other. */
EACH(rename__loses_no_key_when_killed)
{
	const char *names[] = { "report", "report (old)" };
	char *key = session_make_key("rk_test_"), *found[2];

	assert_fault(store("report", MODE_TEST, key), FAULT_NONE);
	for (int i = 0, at = 0; i < 20; i++) {
		struct helper_request request = { .verb = HELPER_RENAME, .name = names[at], .new_name = names[!at],
			.limit_ms = LIMIT_MS };
		struct helper *helper = helper_start(&request, NULL, NULL);

		poll(NULL, 0, i);
		helper_free(helper);
		found[0] = session_lookup(names[0], "test");
		found[1] = session_lookup(names[1], "test");
		cr_assert_neq(found[0] == NULL, found[1] == NULL, "killed after %d ms", i);
		at = found[1] != NULL;
		cr_assert_str_eq(found[at], key);
		free(found[at]);
	}
}

EACH(rename__takes_no_name_that_another_key_has)
{
	assert_fault(store("a", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(store("a", MODE_LIVE, session_make_key("rk_live_")), FAULT_NONE);
	assert_fault(store("b", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	assert_fault(rename_to("a", "b", "test"), FAULT_NAME_TAKEN);
	assert_fault(rename_to("a", "c", NULL), FAULT_TWO_KEYS);
	assert_fault(rename_to("a", "b", "live"), FAULT_NONE);
	cr_assert_not_null(session_lookup("a", "test"));
	cr_assert_not_null(session_lookup("b", "test"));
	cr_assert_not_null(session_lookup("b", "live"));
	cr_assert_null(session_lookup("a", "live"));
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
