/* SPDX-License-Identifier: MIT */
/* The command line, read once. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>

/* Exit statuses: a contract (doc/keyguide.1). */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_NO = 1,            /* done, and the answer is no */
	EXIT_WRONG_USE = 2,
	EXIT_UNFINISHED = 3,
	EXIT_NOT_ASKED = 4,     /* could not ask Stripe */
	EXIT_NO_KEYRING = 5
};

struct options {
	bool live;              /* no sandbox round */
	bool plain;
	const char *lang;       /* or NULL */
	const char *from;       /* slug of a step, or NULL */
	const char *api_base;   /* or NULL: Stripe's */
	const char *ca_file;    /* or NULL: the system's */
};

/* Reads ARGV (borrowed). True: go on; false: *STATUS says how to end (help was printed, or an error). */
bool options_read(int argc, char **argv, struct options *options, int *status);

#endif
