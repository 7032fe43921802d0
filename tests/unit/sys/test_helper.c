/* SPDX-License-Identifier: MIT */
/* What the near end makes of a helper that talks nonsense: here a script in the folder where the test is. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/helper.h"

enum { LIMIT_MS = 60000 };   /* far beyond the suite's own: reaching it is the failure */

static const char program[] = "keyguide-keyring";
static char folder[40];
static struct secret *key;
static struct helper_reply reply;

static void begin(void)
{
	strcpy(folder, "/tmp/keyguide-unit.XXXXXX");
	cr_assert(mkdtemp(folder) && !chdir(folder));
	key = secret_new(SECRET_ROOM);
}

static void done(void)
{
	helper_reply_done(&reply);
	secret_free(key);
	unlink(program);
	rmdir(folder);
}

TestSuite(helper, .init = begin, .fini = done, .timeout = 10);

/* Has the order read and SCRIPT run; how that ended, also in REPLY. */
static enum fault_code answer_with(enum helper_verb verb, const char *script)
{
	struct helper_request request = { .verb = verb, .name = "report", .limit_ms = LIMIT_MS };
	FILE *file = fopen(program, "w");
	struct helper *helper;

	fprintf(file, "#!/bin/sh\nread order\n%s\n", script);
	fclose(file);
	chmod(program, 0700);
	helper = helper_start(&request, verb == HELPER_FETCH ? key : NULL, NULL);
	cr_assert(helper);
	helper_reply_done(&reply);
	helper_wait(helper, &reply);
	helper_free(helper);
	return reply.fault;
}

Test(helper, fetch__gives_the_key)
{
	cr_expect_eq(answer_with(HELPER_FETCH, "printf '{\"fault\":\"none\",\"length\":3}\\nabc'"), FAULT_NONE);
	cr_expect_eq(secret_length(key), 3);
	cr_expect(!memcmp(secret_reveal(key), "abc", 3));
}

/* Behind its one line a key may come, so nothing that follows is read as another line. */
Test(helper, fetch__ends_with_its_first_line)
{
	cr_expect_eq(answer_with(HELPER_FETCH, "printf '{\"length\":3}\\nabc'; exec sleep 100"), FAULT_HELPER);
	cr_expect_eq(answer_with(HELPER_FETCH, "printf 'nonsense\\n{\"fault\":\"none\",\"length\":3}\\nabc'; exec sleep 100"),
		     FAULT_HELPER);
	cr_expect_eq(secret_length(key), 0);
}

Test(helper, talking_without_end__is_ended)
{
	cr_expect_eq(answer_with(HELPER_LIST, "exec yes '{\"question\":1}'"), FAULT_HELPER);
	cr_expect_eq(answer_with(HELPER_LIST, "exec tr '\\0' x </dev/zero"), FAULT_HELPER);
	cr_expect_eq(answer_with(HELPER_FETCH, "exec tr '\\0' x </dev/zero"), FAULT_HELPER);
}

/* What was not said is not taken for a no. */
Test(helper, confinement__is_known_when_it_was_told)
{
	cr_expect_eq(answer_with(HELPER_LIST, "echo '{\"fault\":\"no-bus\",\"seccomp\":false,\"landlock\":0}'"), FAULT_NO_BUS);
	cr_expect(reply.held_told);
	cr_expect_eq(answer_with(HELPER_LIST, "exit 1"), FAULT_HELPER);
	cr_expect_not(reply.held_told);
}
