/* SPDX-License-Identifier: MIT */
/* keyguide: walks a person through making one Stripe restricted API key. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "cmd/catalogue.h"
#include "cmd/check.h"
#include "cmd/doctor.h"
#include "cmd/keys.h"
#include "cmd/options.h"
#include "cmd/plan.h"
#include "cmd/receipt.h"
#include "cmd/run.h"
#include "cmd/say.h"
#include "cmd/wizard.h"

static int (*const commands[COMMAND_COUNT])(const struct options *options) = {
	[COMMAND_WIZARD] = wizard_run, [COMMAND_CHECK] = check_run, [COMMAND_PLAN] = plan_run,
	[COMMAND_EXPLAIN] = explain_run, [COMMAND_LINK] = link_run, [COMMAND_NEEDS] = needs_run,
	[COMMAND_REPLACE] = wizard_run, [COMMAND_REMOVE] = wizard_run,
	[COMMAND_RESOURCES] = resources_run, [COMMAND_RECEIPT] = receipt_run, [COMMAND_KEYS] = keys_run,
	[COMMAND_RUN] = run_run, [COMMAND_GIVE] = give_run,
	[COMMAND_DOCTOR] = doctor_run,
};

/* A browser, or the person's own command, may need more than we do: its sandbox, or sudo. */
static bool starts_programs(enum command command)
{
	return command == COMMAND_WIZARD || command == COMMAND_REPLACE || command == COMMAND_REMOVE ||
	       command == COMMAND_RUN || command == COMMAND_GIVE;
}

/*
 * One that is closed must not become whatever is opened next: that would be read as somebody's answers, or messages would be
 * written into it. Nothing can be read or written here; the person's own command still finds it closed.
 */
static void occupy_standard_files(void)
{
	for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
		if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDONLY | O_CLOEXEC) != file)
			abort();
}

/* Whoever read it has heard enough ("| head"): that needs no words. */
static bool nobody_reads(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) > 0 && (out.revents & POLLERR);
}

int main(int argc, char **argv)
{
	struct options options;
	int status;

	occupy_standard_files();
	if (options_read(argc, argv, &options, &status)) {
		if (!starts_programs(options.command))
			prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		status = commands[options.command](&options);
	}
	/* What could not be written was not done. */
	if (fflush(stdout) || ferror(stdout))
		return nobody_reads() ? 128 + SIGPIPE : fail_with(EXIT_UNFINISHED, &(struct fault){ .code = FAULT_FILE_WRITE });
	return status;
}
