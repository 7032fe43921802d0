/* SPDX-License-Identifier: MIT */
/* The helper against a real gnome-keyring: unlocked, locked, absent, empty, stalled, killed. */
#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session.h"
#include "sys/helper.h"

static struct session session;
static struct helper_reply reply;

static void done(void)
{
	helper_reply_done(&reply);
	session_stop(&session);
}

TestSuite(keyring, .fini = done, .timeout = 60);

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static enum fault_code finish(struct helper *helper)
{
	cr_assert(helper);
	helper_reply_done(&reply);   /* of an earlier one */
	helper_wait(helper, &reply);
	helper_free(helper);
	return reply.fault;
}

static enum fault_code try_it(bool unlock, int limit_ms)
{
	struct helper_request request = { .verb = HELPER_TRY, .unlock = unlock, .limit_ms = limit_ms };

	return finish(helper_start(&request, NULL, NULL));
}

static struct helper *start_store(const char *name, enum mode mode, const char *text, int limit_ms)
{
	struct helper_request request = { .verb = HELPER_STORE, .name = name, .mode = mode, .limit_ms = limit_ms };
	struct secret *key = secret_new(SECRET_ROOM);
	struct helper *helper;

	cr_assert(secret_append(key, text, strlen(text)));
	helper = helper_start(&request, key, NULL);
	secret_free(key);
	return helper;
}

static void assert_fault(enum fault_code is, enum fault_code wanted)
{
	cr_assert_eq(is, wanted, "%s, not %s (%s)", fault_slug(is), fault_slug(wanted), reply.detail);
}

Test(keyring, try__works_within_three_seconds)
{
	long long began;

	session_start(&session, SESSION_UNLOCKED);
	began = now_ms();
	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert(now_ms() - began < 3000);
	cr_assert_str_eq(reply.store, "GNOME Keyring, \"Login\"");
	cr_assert_eq(reply.kept_count, 0);
	cr_assert_null(session_lookup("keyguide self-test", "test"), "the dummy is gone again");
}

Test(keyring, try__says_locked_without_a_window)
{
	session_start(&session, SESSION_LOCKED);
	assert_fault(try_it(false, 3000), FAULT_LOCKED);
}

Test(keyring, try__says_refused_where_no_window_can_be_shown)
{
	session_start(&session, SESSION_LOCKED);
	assert_fault(try_it(true, 10000), FAULT_REFUSED);
}

Test(keyring, try__says_absent)
{
	session_start(&session, SESSION_ABSENT);
	assert_fault(try_it(false, 3000), FAULT_NO_SERVICE);
}

Test(keyring, try__says_that_there_is_no_collection)
{
	session_start(&session, SESSION_EMPTY);
	assert_fault(try_it(false, 3000), FAULT_NO_COLLECTION);
}

Test(keyring, try__says_that_there_is_no_bus)
{
	session_start(&session, SESSION_ABSENT);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	assert_fault(try_it(false, 3000), FAULT_NO_BUS);
	setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all", 1);
	assert_fault(try_it(false, 3000), FAULT_NO_BUS);
	setenv("DBUS_SESSION_BUS_ADDRESS", "garbage", 1);
	assert_fault(try_it(false, 3000), FAULT_NO_BUS);
}

/* A socket that takes the call and never answers. */
Test(keyring, try__says_that_the_bus_is_silent)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	char address[128];
	int mute = socket(AF_UNIX, SOCK_STREAM, 0);

	session_start(&session, SESSION_ABSENT);
	snprintf(name.sun_path, sizeof name.sun_path, "%s/mute", session.folder);
	cr_assert(!bind(mute, (struct sockaddr *)&name, sizeof name) && !listen(mute, 5));
	snprintf(address, sizeof address, "unix:path=%s", name.sun_path);
	setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
	assert_fault(try_it(false, 3000), FAULT_BUS_SILENT);
}

/* The daemon that does not answer is left unharmed. */
Test(keyring, try__gives_up_on_a_stopped_daemon)
{
	long long began;

	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	began = now_ms();
	assert_fault(try_it(false, 1000), FAULT_STALLED);
	cr_assert(now_ms() - began < 3000);
	kill(session.keyring, SIGCONT);
	assert_fault(try_it(false, 10000), FAULT_NONE);
}

Test(keyring, store__is_found_by_another_program)
{
	char *key = session_make_key("rk_test_"), *found;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 5000)), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, key);
	cr_assert_null(session_lookup("reports", "live"));
	free(found);
	free(key);
}

Test(keyring, store__leaves_no_copy_here)
{
	char *key = session_make_key("rk_live_"), *found;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("reports", MODE_LIVE, key, 5000)), FAULT_NONE);
	found = session_lookup("reports", "live");
	cr_assert_str_eq(found, key);
	memset(found, 0, strlen(found));
	/* The test's own copy is in KEY; what is over must be none. */
	cr_assert_eq(session_count_in_memory(getpid(), key), strlen(key) / 24);
	cr_assert_not(session_is_in_files(&session, key), "the keyring's file is encrypted");
}

Test(keyring, store__replaces_its_own_key)
{
	char *first = session_make_key("rk_test_"), *second = session_make_key("rk_test_"), *found;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("reports", MODE_TEST, first, 5000)), FAULT_NONE);
	assert_fault(finish(start_store("reports", MODE_TEST, second, 5000)), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, second);
}

Test(keyring, store__keeps_odd_names)
{
	static const char name[] = "Größe \"x\" / ../ 日本 'y'";
	char *key = session_make_key("rk_test_"), *found;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store(name, MODE_TEST, key, 5000)), FAULT_NONE);
	found = session_lookup(name, "test");
	cr_assert_str_eq(found, key);
}

Test(keyring, store__says_locked)
{
	char *key = session_make_key("rk_test_");

	session_start(&session, SESSION_LOCKED);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 5000)), FAULT_LOCKED);
}

Test(keyring, store__says_stalled__when_the_daemon_stops_midway)
{
	char *key = session_make_key("rk_test_");

	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 1000)), FAULT_STALLED);
}

Test(keyring, store__survives_a_daemon_killed_midway)
{
	char *key = session_make_key("rk_test_"), *found;
	struct helper *helper;

	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	helper = start_store("reports", MODE_TEST, key, 10000);
	poll(NULL, 0, 200);
	kill(session.keyring, SIGKILL);
	waitpid(session.keyring, NULL, 0);
	assert_fault(finish(helper), FAULT_NO_SERVICE);
	session_start_keyring(&session);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 5000)), FAULT_NONE);
	found = session_lookup("reports", "test");
	cr_assert_str_eq(found, key);
}

Test(keyring, store__says_that_the_file_cannot_be_written)
{
	char *key = session_make_key("rk_test_"), *made;

	session_start(&session, SESSION_UNLOCKED);
	/* Also for root: below a file nothing can be written. The daemon may still be making its own folder there. */
	made = session_output((const char *const[]){ "sh", "-c", "until rm -rf \"$XDG_DATA_HOME\" && "
		"touch \"$XDG_DATA_HOME\" && sleep 0.2 && [ -f \"$XDG_DATA_HOME\" ]; do :; done", NULL });
	free(made);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 5000)), FAULT_WRITE_FAILED);
}

Test(keyring, lists__names_and_modes_only)
{
	char *key = session_make_key("rk_test_");

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("a", MODE_TEST, key, 5000)), FAULT_NONE);
	assert_fault(finish(start_store("a", MODE_LIVE, key, 5000)), FAULT_NONE);
	assert_fault(try_it(false, 3000), FAULT_NONE);
	cr_assert_eq(reply.kept_count, 2);
	cr_assert_str_eq(reply.kept[0].name, "a");
	cr_assert_neq(reply.kept[0].mode, reply.kept[1].mode);
}

Test(keyring, assigns__the_account)
{
	struct helper_request request = { .verb = HELPER_ASSIGN, .name = "reports", .mode = MODE_TEST,
		.account = "acct_1", .limit_ms = 5000 };
	char *key = session_make_key("rk_test_"), *found;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 5000)), FAULT_NONE);
	assert_fault(finish(helper_start(&request, NULL, NULL)), FAULT_NONE);
	found = session_output((const char *const[]){ "secret-tool", "lookup", "account", "acct_1", "mode", "test",
		"name", "reports", NULL });
	cr_assert_str_eq(found, key);
	request.name = "nobody";
	assert_fault(finish(helper_start(&request, NULL, NULL)), FAULT_NOT_FOUND);
}

Test(keyring, leaves_no_helper__behind)
{
	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	assert_fault(try_it(false, 300), FAULT_STALLED);
	kill(session.keyring, SIGKILL);
	kill(session.bus, SIGKILL);
	waitpid(session.keyring, NULL, 0);
	waitpid(session.bus, NULL, 0);
	cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1);
	cr_assert_eq(errno, ECHILD);
}

/* ---- fetch ---- */

/* Gets the key NAME into FETCHED (emptied before). MODE: "test", "live", or NULL where it is not known. */
static enum fault_code fetch(const char *name, const char *mode, struct secret *fetched)
{
	struct helper_request request = { .verb = HELPER_FETCH, .name = name, .either_mode = !mode, .limit_ms = 5000,
		.mode = mode && !strcmp(mode, "live") ? MODE_LIVE : MODE_TEST };

	secret_wipe(fetched);
	return finish(helper_start(&request, fetched, NULL));
}

static bool is_text(struct secret *fetched, const char *text)
{
	return secret_length(fetched) == strlen(text) && !memcmp(secret_reveal(fetched), text, strlen(text));
}

Test(keyring, fetch__brings_back_what_was_stored)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text;

	session_start(&session, SESSION_UNLOCKED);
	text = session_make_key("rk_test_");
	assert_fault(finish(start_store("report", MODE_TEST, text, 5000)), FAULT_NONE);
	assert_fault(fetch("report", NULL, fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	cr_assert_eq(reply.mode, MODE_TEST);
	cr_assert_str_eq(reply.account, "");
	secret_free(fetched);
}

Test(keyring, fetch__brings_the_account_along)
{
	struct helper_request request = { .verb = HELPER_ASSIGN, .name = "report", .account = "acct_1Standin", .limit_ms = 5000 };
	struct secret *fetched = secret_new(SECRET_ROOM);

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(finish(helper_start(&request, NULL, NULL)), FAULT_NONE);
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert_str_eq(reply.account, "acct_1Standin");
	secret_free(fetched);
}

Test(keyring, fetch__does_not_choose_between_two)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *test, *live;

	session_start(&session, SESSION_UNLOCKED);
	test = session_make_key("rk_test_");
	live = session_make_key("rk_live_");
	assert_fault(finish(start_store("report", MODE_TEST, test, 5000)), FAULT_NONE);
	assert_fault(finish(start_store("report", MODE_LIVE, live, 5000)), FAULT_NONE);
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
Test(keyring, fetch__leaves_no_copy_here)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text;

	session_start(&session, SESSION_UNLOCKED);
	text = session_make_key("rk_test_");
	assert_fault(finish(start_store("report", MODE_TEST, text, 5000)), FAULT_NONE);
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	secret_free(fetched);
	/* TEXT is the test's own copy. */
	cr_assert_eq(session_count_in_memory(getpid(), text), strlen(text) / 24);
}

Test(keyring, fetch__takes_what_another_program_has_stored)
{
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *text, *stored;

	session_start(&session, SESSION_UNLOCKED);
	text = session_make_key("rk_live_");
	stored = session_output_of("secret-tool store --label=x xdg:schema org.keyguide.RestrictedKey name report "
				   "mode live account acct_2", text);
	cr_assert(stored);
	free(stored);
	assert_fault(fetch("report", NULL, fetched), FAULT_NONE);
	cr_assert(is_text(fetched, text));
	cr_assert_eq(reply.mode, MODE_LIVE);
	cr_assert_str_eq(reply.account, "acct_2");
	secret_free(fetched);
}

Test(keyring, fetch__says_stalled__when_the_daemon_stops)
{
	struct secret *fetched = secret_new(SECRET_ROOM);

	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	assert_fault(fetch("report", "test", fetched), FAULT_STALLED);
	cr_assert_eq(secret_length(fetched), 0);
	secret_free(fetched);
}

Test(keyring, fetch__says_why_there_is_none)
{
	struct secret *fetched = secret_new(SECRET_ROOM);

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(fetch("report", NULL, fetched), FAULT_NOT_FOUND);
	session_lock();
	assert_fault(fetch("report", NULL, fetched), FAULT_LOCKED);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	assert_fault(fetch("report", NULL, fetched), FAULT_NO_BUS);
	secret_free(fetched);
}

/* ---- delete ---- */

static enum fault_code delete(const char *name, const char *mode, const char *account)
{
	struct helper_request request = { .verb = HELPER_DELETE, .name = name, .either_mode = !mode, .account = account,
		.mode = mode && !strcmp(mode, "live") ? MODE_LIVE : MODE_TEST, .limit_ms = 5000 };

	return finish(helper_start(&request, NULL, NULL));
}

Test(keyring, delete__removes_this_key_and_no_other)
{
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(finish(start_store("report", MODE_LIVE, session_make_key("rk_live_"), 5000)), FAULT_NONE);
	assert_fault(finish(start_store("reports", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(delete("report", NULL, NULL), FAULT_TWO_KEYS);
	assert_fault(delete("report", "test", NULL), FAULT_NONE);
	cr_assert_null(session_lookup("report", "test"));
	cr_assert_not_null(session_lookup("report", "live"));
	cr_assert_not_null(session_lookup("reports", "test"));
	assert_fault(delete("report", "test", NULL), FAULT_NOT_FOUND);
	assert_fault(delete("report", NULL, NULL), FAULT_NONE);
}

Test(keyring, delete__looks_at_the_account_where_one_is_said)
{
	struct helper_request assign = { .verb = HELPER_ASSIGN, .name = "report", .account = "acct_1", .limit_ms = 5000 };

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(finish(helper_start(&assign, NULL, NULL)), FAULT_NONE);
	assert_fault(delete("report", "test", "acct_2"), FAULT_NOT_FOUND);
	cr_assert_not_null(session_lookup("report", "test"));
	assert_fault(delete("report", "test", "acct_1"), FAULT_NONE);
	cr_assert_null(session_lookup("report", "test"));
}

Test(keyring, delete__says_locked_and_write_failed)
{
	char *made;

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	session_lock();
	assert_fault(delete("report", "test", NULL), FAULT_LOCKED);
	session_stop(&session);
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	made = session_output((const char *const[]){ "sh", "-c", "rm -rf \"$XDG_DATA_HOME\" && touch \"$XDG_DATA_HOME\"",
		NULL });
	free(made);
	assert_fault(delete("report", "test", NULL), FAULT_WRITE_FAILED);
}

/* ---- rename ---- */

static enum fault_code rename_to(const char *name, const char *new_name, const char *mode)
{
	struct helper_request request = { .verb = HELPER_RENAME, .name = name, .new_name = new_name, .either_mode = !mode,
		.mode = mode && !strcmp(mode, "live") ? MODE_LIVE : MODE_TEST, .limit_ms = 5000 };

	return finish(helper_start(&request, NULL, NULL));
}

Test(keyring, rename__moves_the_key_with_its_account)
{
	struct helper_request assign = { .verb = HELPER_ASSIGN, .name = "report", .account = "acct_1", .limit_ms = 5000 };
	struct secret *fetched = secret_new(SECRET_ROOM);
	char *old = session_make_key("rk_test_"), *new = session_make_key("rk_test_");

	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("report", MODE_TEST, old, 5000)), FAULT_NONE);
	assert_fault(finish(helper_start(&assign, NULL, NULL)), FAULT_NONE);
	assert_fault(rename_to("report", "report (old)", "test"), FAULT_NONE);
	assert_fault(rename_to("report", "report (old)", "test"), FAULT_NOT_FOUND);
	assert_fault(finish(start_store("report", MODE_TEST, new, 5000)), FAULT_NONE);
	assert_fault(fetch("report (old)", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, old));
	cr_assert_str_eq(reply.account, "acct_1");
	assert_fault(fetch("report", "test", fetched), FAULT_NONE);
	cr_assert(is_text(fetched, new));
	cr_assert_str_eq(reply.account, "");
	secret_free(fetched);
}

Test(keyring, rename__takes_no_name_that_another_key_has)
{
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(finish(start_store("a", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(finish(start_store("a", MODE_LIVE, session_make_key("rk_live_"), 5000)), FAULT_NONE);
	assert_fault(finish(start_store("b", MODE_TEST, session_make_key("rk_test_"), 5000)), FAULT_NONE);
	assert_fault(rename_to("a", "b", "test"), FAULT_NAME_TAKEN);
	assert_fault(rename_to("a", "c", NULL), FAULT_TWO_KEYS);
	assert_fault(rename_to("a", "b", "live"), FAULT_NONE);
	cr_assert_not_null(session_lookup("a", "test"));
	cr_assert_not_null(session_lookup("b", "test"));
	cr_assert_not_null(session_lookup("b", "live"));
	cr_assert_null(session_lookup("a", "live"));
}
