/* SPDX-License-Identifier: MIT */
/* keyguide: walks a person through making one Stripe restricted API key. */
#include "cmd/catalogue.h"
#include "cmd/check.h"
#include "cmd/keys.h"
#include "cmd/options.h"
#include "cmd/plan.h"
#include "cmd/receipt.h"
#include "cmd/run.h"
#include "cmd/wizard.h"

static int (*const commands[COMMAND_COUNT])(const struct options *options) = {
	[COMMAND_WIZARD] = wizard_run, [COMMAND_CHECK] = check_run, [COMMAND_PLAN] = plan_run,
	[COMMAND_EXPLAIN] = explain_run, [COMMAND_LINK] = link_run, [COMMAND_NEEDS] = needs_run,
	[COMMAND_REPLACE] = wizard_run, [COMMAND_REMOVE] = wizard_run,
	[COMMAND_RESOURCES] = resources_run, [COMMAND_RECEIPT] = receipt_run, [COMMAND_KEYS] = keys_run,
	[COMMAND_RUN] = run_run, [COMMAND_GIVE] = give_run,
};

int main(int argc, char **argv)
{
	struct options options;
	int status;

	if (!options_read(argc, argv, &options, &status))
		return status;
	return commands[options.command](&options);
}
