/* SPDX-License-Identifier: MIT */
/* The command line: one table for getopt and for --help. */
#include "cmd/options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "guide/walk.h"

struct option_row {
	const char *name;
	const char *argument;   /* what --help calls its value; not translated; or NULL */
	const char *about;      /* N_() */
	int key;
};

static const struct option_row rows[] = {
	{ "live", NULL, N_("make the live key at once, without a sandbox round"), 'l' },
	{ "plain", NULL, N_("numbered lines instead of a screen (also with ACCESSIBLE=1)"), 'p' },
	{ "lang", "CODE", N_("the language, such as de"), 'g' },
	{ "from", "STEP", N_("begin at this step: before, open, start, name, permissions, create, copy"), 'f' },
	{ "api-base", "URL", N_("ask this address instead of Stripe (only addresses of this computer)"), 'a' },
	{ "ca-file", "FILE", N_("trust these certificates instead of the system's"), 'c' },
	{ "help", NULL, N_("show this and stop"), 'h' },
	{ "version", NULL, N_("show the version and stop"), 'v' },
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static void print_help(void)
{
	puts(_("Usage: keyguide [OPTION…]"));
	puts(_("Guides you through making one restricted API key in Stripe, and keeps it in your keyring."));
	puts("");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		char left[40];

		snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
			 rows[i].argument ? rows[i].argument : "");
		printf("  %-18s %s\n", left, _(rows[i].about));
	}
}

static int wrong_use(const char *what, const char *value)
{
	fprintf(stderr, "keyguide: ");
	fprintf(stderr, what, value);
	fprintf(stderr, "; %s\n", _("see \"keyguide --help\""));
	return EXIT_WRONG_USE;
}

/* False: the value will not do; *STATUS is set. */
static bool take(struct options *options, int key, const char *value, int *status)
{
	switch (key) {
	case 'l':
		options->live = true;
		return true;
	case 'p':
		options->plain = true;
		return true;
	case 'g':
		options->lang = value;
		return true;
	case 'f':
		options->from = value;
		return true;
	case 'a':
		options->api_base = value;
		return true;
	case 'c':
		options->ca_file = value;
		return true;
	default:
		*status = EXIT_WRONG_USE;
		return false;
	}
}

static void fill_table(struct option *table)
{
	memset(table, 0, (ROW_COUNT + 1) * sizeof *table);
	for (size_t i = 0; i < ROW_COUNT; i++)
		table[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
			NULL, rows[i].key };
}

static bool step_is_known(const char *slug)
{
	for (size_t i = 0; i < guide_create.count; i++)
		if (!strcmp(guide_create.steps[i].slug, slug) && strcmp(slug, "after"))
			return true;
	return false;
}

/* The language comes first: the messages of the other options are in it. */
static void choose_language(int argc, char **argv)
{
	const char *code = NULL;

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (!strncmp(argv[i], "--lang=", 7))
			code = argv[i] + 7;
		else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			code = argv[i + 1];
	}
	i18n_start(code);
}

bool options_read(int argc, char **argv, struct options *options, int *status)
{
	struct option table[ROW_COUNT + 1];
	int key;

	memset(options, 0, sizeof *options);
	choose_language(argc, argv);
	fill_table(table);
	*status = EXIT_DONE;
	while ((key = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (key == 'h') {
			print_help();
			return false;
		}
		if (key == 'v') {
			puts(PACKAGE_STRING);
			return false;
		}
		if (!take(options, key, optarg, status))
			return false;   /* getopt has said why */
	}
	if (options->from && !step_is_known(options->from)) {
		*status = wrong_use(_("there is no step called \"%s\""), options->from);
		return false;
	}
	if (optind < argc) {
		/* The argument is not repeated: people paste keys in the wrong place. */
		*status = wrong_use("%s", _("keyguide does not know what to do with this argument"));
		return false;
	}
	return true;
}
