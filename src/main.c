/* SPDX-License-Identifier: MIT */
/* keyguide: walks a person through making one Stripe restricted API key. */
#include "cmd/check.h"
#include "cmd/options.h"
#include "cmd/wizard.h"

int main(int argc, char **argv)
{
	struct options options;
	int status;

	if (!options_read(argc, argv, &options, &status))
		return status;
	return options.command == COMMAND_CHECK ? check_run(&options) : wizard_run(&options);
}
