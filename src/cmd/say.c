/* SPDX-License-Identifier: MIT */
/* What the commands print, but for their own lines. */
#include "cmd/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int fail(int status, const char *what, const char *advice)
{
	size_t length = strlen(what);

	fprintf(stderr, "keyguide: %.*s; %s\n", (int)(length && what[length - 1] == '.' ? length - 1 : length), what,
		advice);
	return status;
}

int fail_with(int status, const struct fault *fault)
{
	const char *said = fault_what(fault->code);
	size_t length = strlen(said);
	char *what = *fault->detail ? mem_printf("%.*s (%s)", (int)(length ? length - 1 : 0), said, fault->detail) :
				      mem_strdup(said);

	fail(status, what, fault_advice(fault->code));
	free(what);
	return status;
}

void say_json_take(json_t *json)
{
	json_dumpf(json, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(json);
}
