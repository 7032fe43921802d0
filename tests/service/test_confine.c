/* SPDX-License-Identifier: MIT */
/* What the helper may still do: tried by a program that confines itself in the same way, and seen on the helper itself. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session.h"
#include "sys/helper.h"

static struct session session;

static void begin(void)
{
	session_start(&session, SESSION_UNLOCKED);
}

static void done(void)
{
	session_stop(&session);
}

TestSuite(confine, .init = begin, .fini = done, .timeout = 60);

static char *try_as(const char *role)
{
	char *command, *told;

	session_write(&session, "of-the-person", "private");
	session_write(&session, "ca.crt", "certificate");
	cr_assert(asprintf(&command, "cd %s && '%s' %s %s/ca.crt", session.folder, CONFINED_PATH, role, session.folder) > 0);
	told = session_output_of(command, "");
	cr_assert(told);
	free(command);
	return told;
}

static void expect(const char *told, const char *line)
{
	cr_expect(strstr(told, line), "not \"%s\" but:\n%s", line, told);
}

static void expect_common(const char *told)
{
	expect(told, "seccomp 1");
	expect(told, "packets refused");
	expect(told, "program refused");
	expect(told, "ring refused");
	expect(told, "files of others refused");
	expect(told, "certificate allowed");
	expect(told, "system allowed");
#ifndef __SANITIZE_ADDRESS__   /* which writes its findings into files, and looks into the process */
	expect(told, "ptrace refused");
	if (strstr(told, "landlock 0"))
		return;   /* an older kernel */
	expect(told, "writing refused");
	expect(told, "home refused");
#endif
}

Test(confine, keyring__has_the_bus_and_no_network)
{
	char *told = try_as("keyring");

	expect(told, "bus allowed");
	expect(told, "network refused");
	expect_common(told);
	free(told);
}

Test(confine, stripe__has_the_network_and_no_bus)
{
	char *told = try_as("stripe");

	expect(told, "bus refused");
	expect(told, "network allowed");
	expect_common(told);
	free(told);
}

/* The helper itself, held up by a keyring that does not answer. */
Test(confine, helper__is_held_while_it_works)
{
	struct helper_request request = { .verb = HELPER_TRY, .limit_ms = 10000 };
	struct helper *helper;
	char *status = NULL, *command;

	kill(session.keyring, SIGSTOP);
	helper = helper_start(&request, NULL, NULL);
	cr_assert(helper);
	cr_assert(asprintf(&command, "cat /proc/$(pgrep -P %d keyguide-)/status", getpid()) > 0);
	for (int looks = 0; looks < 500 && (!status || !strstr(status, "Seccomp:\t2")); looks++) {
		free(status);
		status = session_output_of(command, "");
		usleep(10000);
	}
	cr_assert(status);
	cr_expect(strstr(status, "Seccomp:\t2"), "%s", status);
	cr_expect(strstr(status, "NoNewPrivs:\t1"), "%s", status);
	kill(session.keyring, SIGCONT);
	helper_free(helper);
	free(status);
	free(command);
}

Test(confine, helper__says_how_it_is_held)
{
	struct helper_request request = { .verb = HELPER_LIST, .limit_ms = 10000 };
	struct helper *helper = helper_start(&request, NULL, NULL);
	struct helper_reply reply;

	helper_wait(helper, &reply);
	helper_free(helper);
	cr_expect(reply.seccomp);
	helper_reply_done(&reply);
}
