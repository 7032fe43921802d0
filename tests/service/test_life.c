/* SPDX-License-Identifier: MIT */
/* A kept key gives way to a new one, or goes away: the helper against a real gnome-keyring. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"
#include "sys/helper.h"

static struct session session;
static struct helper_reply reply;
static char *old, *new;

static void begin(void)
{
	session_start(&session, SESSION_UNLOCKED);
	old = session_make_key("rk_test_");
	new = session_make_key("rk_test_");
}

static void done(void)
{
	helper_reply_done(&reply);
	session_stop(&session);
	free(old);
	free(new);
}

TestSuite(life, .init = begin, .fini = done, .timeout = 60);

static struct helper *start(enum helper_verb verb, const char *name, const char *text)
{
	struct helper_request request = { .verb = verb, .name = name, .mode = MODE_TEST, .limit_ms = 10000 };
	struct secret *key = secret_new(SECRET_ROOM);
	struct helper *helper;

	cr_assert(secret_append(key, text, strlen(text)));
	helper = helper_start(&request, *text ? key : NULL, NULL);
	secret_free(key);
	cr_assert(helper);
	return helper;
}

static enum fault_code act(enum helper_verb verb, const char *name, const char *text)
{
	struct helper *helper = start(verb, name, text);

	helper_reply_done(&reply);
	helper_wait(helper, &reply);
	helper_free(helper);
	return reply.fault;
}

/* With the account in its attributes, as it is after the first check. */
static void keep_old(void)
{
	struct helper_request request = { .verb = HELPER_ASSIGN, .name = "report", .mode = MODE_TEST,
		.account = "acct_1Standin", .limit_ms = 10000 };
	struct helper *helper;

	cr_assert_eq(act(HELPER_STORE, "report", old), FAULT_NONE);
	helper = helper_start(&request, NULL, NULL);
	helper_wait(helper, &reply);
	helper_free(helper);
	cr_assert_eq(reply.fault, FAULT_NONE);
}

static void assert_kept(const char *name, const char *key)
{
	char *found = session_lookup(name, "test");

	if (key)
		cr_assert_str_eq(found, key, "%s", name);
	else
		cr_assert_null(found, "%s", name);
	free(found);
}

static size_t count_kept(void)
{
	cr_assert_eq(act(HELPER_LIST, NULL, ""), FAULT_NONE);
	return reply.kept_count;
}

Test(life, replace__keeps_both_under_names_of_their_own)
{
	keep_old();
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old)");
	cr_assert_str_eq(reply.store, "GNOME Keyring, \"Login\"");
	assert_kept("report", new);
	assert_kept("report (old)", old);
	cr_assert_eq(count_kept(), 2);
	for (size_t i = 0; i < 2; i++)
		if (!strcmp(reply.kept[i].name, "report (old)"))
			cr_assert_str_eq(reply.kept[i].account, "acct_1Standin");
}

Test(life, replace__takes_the_next_name__where_an_old_key_is_still_there)
{
	char *third = session_make_key("rk_test_");

	keep_old();
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_eq(act(HELPER_REPLACE, "report", third), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old 2)");
	assert_kept("report", third);
	assert_kept("report (old)", old);
	assert_kept("report (old 2)", new);
	free(third);
}

Test(life, replace__refuses_the_key_that_is_kept)
{
	keep_old();
	cr_assert_eq(act(HELPER_REPLACE, "report", old), FAULT_SAME_KEY);
	assert_kept("report", old);
	cr_assert_eq(count_kept(), 1);
}

Test(life, replace__does_nothing_twice)
{
	keep_old();
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "");
	assert_kept("report", new);
	assert_kept("report (old)", old);
	cr_assert_eq(count_kept(), 2);
}

Test(life, replace__goes_on_where_it_was_cut_short)
{
	char *found;

	keep_old();
	/* The twin is there, the old key has its name still. */
	found = session_output_of("secret-tool store --label twin xdg:schema org.keyguide.RestrictedKey name report "
				  "mode test account ''", new);
	cr_assert(found);
	free(found);
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "report (old)");
	assert_kept("report", new);
	assert_kept("report (old)", old);
}

Test(life, replace__keeps_the_key__where_there_is_none_to_replace)
{
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_str_eq(reply.aside, "");
	assert_kept("report", new);
}

Test(life, replace__leaves_the_live_key_alone)
{
	char *live = session_make_key("rk_live_"), *found;
	struct helper_request request = { .verb = HELPER_STORE, .name = "report", .mode = MODE_LIVE, .limit_ms = 10000 };
	struct secret *key = secret_new(SECRET_ROOM);
	struct helper *helper;

	secret_append(key, live, strlen(live));
	helper = helper_start(&request, key, NULL);
	helper_wait(helper, &reply);
	helper_free(helper);
	secret_free(key);
	keep_old();
	cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE);
	cr_assert_eq(act(HELPER_DELETE, "report", ""), FAULT_NONE);
	found = session_lookup("report", "live");
	cr_assert_str_eq(found, live);
	free(found);
	free(live);
}

/* Killed at any moment, both keys are in the keyring: the new one too, as soon as the helper has said so. */
Test(life, replace__loses_nothing__when_it_is_killed)
{
	for (long after_us = 0; after_us < 30000; after_us += 1000) {
		struct helper *helper;
		char *first, *second;

		act(HELPER_DELETE, "report", "");
		act(HELPER_DELETE, "report (old)", "");
		keep_old();
		helper = start(HELPER_REPLACE, "report", new);
		usleep((useconds_t)after_us);
		helper_free(helper);   /* SIGKILL */
		first = session_lookup("report", "test");
		second = session_lookup("report (old)", "test");
		cr_assert(first, "after %ld us there is no key of the name", after_us);
		cr_assert(!strcmp(first, old) || (second && !strcmp(second, old)) || !strcmp(first, new), "after %ld us", after_us);
		/* secret-tool shows one of two twins; a second try finds whatever was there, and finishes it. */
		cr_assert_eq(act(HELPER_REPLACE, "report", new), FAULT_NONE, "after %ld us: %s", after_us, fault_slug(reply.fault));
		assert_kept("report", new);
		assert_kept("report (old)", old);
		cr_assert_eq(count_kept(), 2, "after %ld us", after_us);
		free(first);
		free(second);
	}
}

Test(life, delete__is_believed_when_nothing_is_found_any_more)
{
	keep_old();
	cr_assert_eq(act(HELPER_DELETE, "report", ""), FAULT_NONE);
	assert_kept("report", NULL);
	cr_assert_eq(act(HELPER_DELETE, "report", ""), FAULT_NOT_FOUND);
}

Test(life, delete__says_why_it_cannot)
{
	keep_old();
	session_lock();
	cr_assert_eq(act(HELPER_DELETE, "report", ""), FAULT_LOCKED);
	kill(session.keyring, SIGKILL);
	waitpid(session.keyring, NULL, 0);
	session.keyring = 0;
	cr_assert_eq(act(HELPER_DELETE, "report", ""), FAULT_NO_SERVICE);
	session_start_keyring(&session);
	assert_kept("report", old);
}
