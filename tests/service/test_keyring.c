/* SPDX-License-Identifier: MIT */
/* What can go wrong with a keyring, each thing once: locked, absent, empty, stalled, killed, full. */
#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "verbs.h"

enum { NOBODY = 65534 };

TestSuite(keyring, .fini = done, .timeout = 60);

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

/* As "sudo keyguide" has it, the other way round: nobody at the bus of root. */
Test(keyring, try__says_that_the_session_is_another_users)
{
	bool can_start;

	session_start(&session, SESSION_UNLOCKED);
	if (getuid() || chmod(session.folder, 0755) || setresuid(NOBODY, NOBODY, 0))
		cr_skip_test("only root can be somebody else");
	can_start = !access(HELPER_FOLDER "/keyguide-keyring", X_OK);
	if (can_start)
		try_it(false, 3000);
	cr_assert_eq(setresuid(0, 0, 0), 0);
	if (!can_start)
		cr_skip_test("nobody cannot start %s", HELPER_FOLDER "/keyguide-keyring");
	assert_fault(reply.fault, FAULT_OTHER_USER);
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
	began = clock_ms();
	assert_fault(try_it(false, 1000), FAULT_STALLED);
	cr_assert(clock_ms() - began < 3000);
	kill(session.keyring, SIGCONT);
	assert_fault(try_it(false, 10000), FAULT_NONE);
}

Test(keyring, store__says_locked)
{
	char *key = session_make_key("rk_test_");

	session_start(&session, SESSION_LOCKED);
	assert_fault(store("reports", MODE_TEST, key), FAULT_LOCKED);
}

Test(keyring, store__says_stalled__when_the_daemon_stops_midway)
{
	char *key = session_make_key("rk_test_");

	session_start(&session, SESSION_UNLOCKED);
	kill(session.keyring, SIGSTOP);
	assert_fault(finish(start_store("reports", MODE_TEST, key, 1000)), FAULT_STALLED_CHANGING);
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
	assert_fault(store("reports", MODE_TEST, key), FAULT_NONE);
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
	assert_fault(store("reports", MODE_TEST, key), FAULT_WRITE_FAILED);
}

/* A small disk, and nothing left on it; making one takes root, which CI is. */
Test(keyring, store__says_that_the_disk_is_full)
{
	char *key = session_make_key("rk_test_"), *made, *found;
	enum fault_code was;

	if (geteuid())
		cr_skip_test("only root can mount a small disk");
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(store("reports", MODE_TEST, key), FAULT_NONE);
	/* With the keyring's files on it: it would see that they are gone, at a time of its own. */
	made = session_output_of("cd \"$XDG_DATA_HOME\" && mkdir ../small && mount -t tmpfs -o size=64k keyguide ../small && "
		"cp -a . ../small && ! cat /dev/zero 2>/dev/null >../small/full && mount --bind ../small .", "");
	was = store("other", MODE_TEST, session_make_key("rk_test_"));
	found = session_lookup("reports", "test");
	free(session_output_of("umount -l \"$XDG_DATA_HOME\" \"$XDG_DATA_HOME/../small\"", ""));
	cr_assert(made, "no small disk could be mounted");
	assert_fault(was, FAULT_WRITE_FAILED);
	cr_assert(found && !strcmp(found, key), "what was kept before is still there");
	free(made);
	free(found);
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

Test(keyring, delete__says_locked)
{
	session_start(&session, SESSION_UNLOCKED);
	assert_fault(store("report", MODE_TEST, session_make_key("rk_test_")), FAULT_NONE);
	session_lock();
	assert_fault(delete("report", "test", NULL), FAULT_LOCKED);
	assert_fault(replace("report", session_make_key("rk_test_")), FAULT_LOCKED);
}
