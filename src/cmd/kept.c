/* SPDX-License-Identifier: MIT */
#include "cmd/kept.h"

#include <unistd.h>

struct helper_request kept_request(enum helper_verb verb, const struct options *options, const char *name)
{
	bool attended = isatty(STDERR_FILENO);

	return (struct helper_request){
		.verb = verb, .name = name, .mode = options->live ? MODE_LIVE : MODE_TEST,
		.either_mode = !options->live && !options->test,
		.unlock = attended, .limit_ms = attended ? 0 : KEPT_LIMIT_MS,
	};
}

int kept_status(enum fault_code code)
{
	return code == FAULT_NOT_FOUND || code == FAULT_TWO_KEYS ? EXIT_WRONG_USE : EXIT_NO_KEYRING;
}
