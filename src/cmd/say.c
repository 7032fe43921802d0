/* SPDX-License-Identifier: MIT */
/* What the commands print, but for their own lines. */
#include "cmd/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The bytes of SENTENCE without its full stop, whichever the language has. */
static int without_stop(const char *sentence)
{
	static const char *const stops[] = { ".", "。" };
	size_t length = strlen(sentence);

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		size_t bytes = strlen(stops[i]);

		if (length >= bytes && !strcmp(sentence + length - bytes, stops[i]))
			return (int)(length - bytes);
	}
	return (int)length;
}

int fail(int status, const char *what, const char *advice)
{
	fprintf(stderr, "keyguide: %.*s; %s\n", without_stop(what), what, advice);
	return status;
}

int fail_with(int status, const struct fault *fault)
{
	const char *said = fault_what(fault->code);
	char *what = *fault->detail ? mem_printf("%.*s (%s)", without_stop(said), said, fault->detail) :
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
