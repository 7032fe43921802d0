/* SPDX-License-Identifier: MIT */
/* keyguide: walks a person through making one Stripe restricted API key. */
#include <stdio.h>
#include <sys/prctl.h>

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

int main(int argc, char **argv)
{
	struct options options;
	int status;

	if (options_read(argc, argv, &options, &status)) {
		if (!starts_programs(options.command))
			prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		status = commands[options.command](&options);
	}
	/* What could not be written was not done: a full disk, a pipe that nobody reads. */
	if (fflush(stdout) || ferror(stdout))
		return fail_with(EXIT_UNFINISHED, &(struct fault){ .code = FAULT_FILE_WRITE });
	return status;
}
