/* SPDX-License-Identifier: MIT */
/* A program that has the terminal for a while: Ctrl-Z must not leave us waiting for it for ever. */
#include <criterion/criterion.h>
#include <unistd.h>

#include "sys/child.h"

TestSuite(child, .timeout = 10);

static int status_of(const char *script, bool own_session)
{
	const char *argv[] = { "sh", "-c", script, NULL };
	pid_t pid = child_start(argv, (struct child_files){ -1, -1, -1 }, own_session, true);

	cr_assert(pid > 0);
	return child_wait(pid, -1);
}

Test(child, that_shares_our_terminal__is_not_stopped)
{
	cr_assert_eq(status_of("kill -TSTP $$; exit 7", false), 7);
}

Test(child, ends_with_its_own_status__or_by_a_signal)
{
	cr_assert_eq(status_of("exit 3", true), 3);
	cr_assert_eq(status_of("kill -TERM $$", true), -1);
}
