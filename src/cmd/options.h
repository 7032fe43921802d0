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

enum command {
	COMMAND_WIZARD,
	COMMAND_CHECK, COMMAND_PLAN, COMMAND_EXPLAIN, COMMAND_LINK, COMMAND_NEEDS, COMMAND_RESOURCES, COMMAND_RECEIPT,
	COMMAND_KEYS, COMMAND_REPLACE, COMMAND_REMOVE, COMMAND_RUN, COMMAND_GIVE, COMMAND_DOCTOR,
	COMMAND_COUNT
};

struct options {
	const char *program;    /* keyguide, as it was called */
	enum command command;
	char **arguments;       /* behind the command; how many there must be has been looked at */
	int argument_count;
	bool undivided;         /* run, give: there is a command, but no "--" before it */
	/* all commands */
	bool help, version;     /* show that and stop; done with before anybody else sees it */
	const char *lang;       /* or NULL */
	const char *language;   /* LANGUAGE as it came, or NULL: --lang and odd locales set it */
	const char *api_base;   /* or NULL: Stripe's */
	const char *ca_file;    /* or NULL: the system's */
	bool no_bidi;           /* the terminal puts right-to-left text in order itself */
	bool json;              /* print one JSON document */
	/* the wizard */
	bool live;              /* no sandbox round; check, receipt: the live key of that name */
	bool plain, demo;
	const char *from;       /* slug of a step, or NULL */
	/* check, link, receipt */
	bool test;              /* the sandbox key of that name; link: to the sandbox's form */
	/* check */
	bool from_stdin, full, writes, yes, explain;
	const char *plan;       /* a file or a link, or NULL */
	const char *name;       /* plan from: of the key, or NULL */
	const char *env;        /* run: the variable, or NULL: STRIPE_API_KEY */
	bool newline;           /* give: a line end behind the key */
	const char *to;         /* give: the id of a vault, or NULL: a command */
	const char *calls;      /* needs: a file with one call a line, "-" for standard input, or NULL */
};

/* Reads ARGV (borrowed). True: go on; false: *STATUS says how to end (help was printed, or an error). */
bool options_read(int argc, char **argv, struct options *options, int *status);

/* The same command line again, as a shell takes it, of clean text; the caller's. */
char *options_line(const struct options *options);

#endif
