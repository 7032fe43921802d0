/* SPDX-License-Identifier: MIT */
/* What the command line knows: the commands and the options. */
#ifndef CMD_OPTIONS_TABLE_H
#define CMD_OPTIONS_TABLE_H

#include <stddef.h>

#include "cmd/options.h"

struct command_row {
	const char *name;
	const char *arguments;  /* as --help shows them; not translated */
	int least, most;        /* how many arguments */
	const char *about;      /* N_() */
};

struct option_row {
	const char *name;
	const char *argument;   /* what --help calls its value; not translated; or NULL */
	const char *about;      /* N_() */
	size_t field;           /* where it is in struct options */
	unsigned commands;      /* a bit for each that it belongs to */
};

extern const struct command_row command_rows[COMMAND_COUNT];
extern const struct option_row option_rows[];
extern const size_t option_count;

bool command_has(enum command command, const struct option_row *row);
/* Its first argument is the name of a kept key. */
bool command_names_key(enum command command);

/* Where OPTIONS has it: of an option with an argument the value, of any other whether it is there. */
const char **option_value(struct options *options, const struct option_row *row);
bool *option_flag(struct options *options, const struct option_row *row);

#endif
