/* SPDX-License-Identifier: MIT */
/* The command line: one table of commands, one of options, for getopt and for --help. */
#include "cmd/options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "guide/walk.h"

static const struct command_row {
	const char *name;
	enum command command;
	const char *arguments;  /* as --help shows them; not translated */
	const char *about;      /* N_() */
} commands[] = {
	{ "check", COMMAND_CHECK, "NAME | --stdin",
	  N_("Asks Stripe what a key can do, and compares it with the plan.") },
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* Where an option belongs. */
enum { FOR_WIZARD = 1 << COMMAND_WIZARD, FOR_CHECK = 1 << COMMAND_CHECK, FOR_ALL = FOR_WIZARD | FOR_CHECK };

static const struct option_row {
	const char *name;
	const char *argument;   /* what --help calls its value; not translated; or NULL */
	const char *about;      /* N_() */
	int key;
	unsigned commands;
} rows[] = {
	{ "live", NULL, N_("make the live key at once, without a sandbox round"), 'l', FOR_WIZARD },
	{ "plain", NULL, N_("numbered lines instead of a screen (also with ACCESSIBLE=1)"), 'p', FOR_WIZARD },
	{ "from", "STEP", N_("begin at this step: before, open, start, name, permissions, create, copy"), 'f', FOR_WIZARD },
	{ "stdin", NULL, N_("check a key from standard input instead of one that is kept"), 'i', FOR_CHECK },
	{ "plan", "PLAN", N_("compare with this plan: a file, or a link to Stripe's form"), 'n', FOR_CHECK },
	{ "test", NULL, N_("the sandbox key of that name"), 't', FOR_CHECK },
	{ "live", NULL, N_("the live key of that name"), 'l', FOR_CHECK },
	{ "full", NULL, N_("ask about every row, not only the planned and the most dangerous ones"), 'u', FOR_CHECK },
	{ "writes", NULL, N_("ask about Write too, by attempting changes to things that cannot exist"), 'w', FOR_CHECK },
	{ "yes", NULL, N_("say yes to the changes that --writes attempts"), 'y', FOR_CHECK },
	{ "json", NULL, N_("print one JSON document"), 'j', FOR_CHECK },
	{ "explain", NULL, N_("print each request (the key hidden), its answer and what it means"), 'e', FOR_CHECK },
	{ "api-base", "URL", N_("ask this address instead of Stripe (only addresses of this computer)"), 'a', FOR_ALL },
	{ "ca-file", "FILE", N_("trust these certificates instead of the system's"), 'c', FOR_ALL },
	{ "lang", "CODE", N_("the language, such as de"), 'g', FOR_ALL },
	{ "help", NULL, N_("show this and stop"), 'h', FOR_ALL },
	{ "version", NULL, N_("show the version and stop"), 'v', FOR_ALL },
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct command_row *row_of(enum command command)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (commands[i].command == command)
			return &commands[i];
	return NULL;
}

static void print_options(enum command command)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		char left[40];

		if (!(rows[i].commands & 1u << command))
			continue;
		snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
			 rows[i].argument ? rows[i].argument : "");
		printf("  %-18s %s\n", left, _(rows[i].about));
	}
}

static void print_help(enum command command)
{
	const struct command_row *row = row_of(command);

	if (row) {
		printf(_("Usage: keyguide %s %s [OPTION…]\n"), row->name, row->arguments);
		puts(_(row->about));
	} else {
		puts(_("Usage: keyguide [OPTION…]"));
		puts(_("Guides you through making one restricted API key in Stripe, and keeps it in your keyring."));
	}
	puts("");
	print_options(command);
	if (row)
		return;
	puts("");
	puts(_("Commands (each has a --help of its own):"));
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		printf("  keyguide %s %s\n      %s\n", commands[i].name, commands[i].arguments, _(commands[i].about));
}

/* "keyguide: what happened; what to do". VALUE is never an argument: people paste keys in the wrong place. */
static bool wrong_use(int *status, const char *what, const char *value)
{
	fprintf(stderr, "keyguide: ");
	fprintf(stderr, what, value);
	fprintf(stderr, "; %s\n", _("see \"keyguide --help\""));
	*status = EXIT_WRONG_USE;
	return false;
}

/* What may be repeated of an argument: an option's name, without anything that could be a key. */
static const char *name_of(const char *argument)
{
	return strncmp(argument, "--", 2) || strchr(argument, '=') || apikey_is_in(argument) ? "-" : argument;
}

static void take(struct options *options, int key, const char *value)
{
	switch (key) {
	case 'l':
		options->live = true;
		break;
	case 'p':
		options->plain = true;
		break;
	case 'g':
		options->lang = value;
		break;
	case 'f':
		options->from = value;
		break;
	case 'a':
		options->api_base = value;
		break;
	case 'c':
		options->ca_file = value;
		break;
	case 'i':
		options->from_stdin = true;
		break;
	case 'n':
		options->plan = value;
		break;
	case 't':
		options->test = true;
		break;
	case 'u':
		options->full = true;
		break;
	case 'w':
		options->writes = true;
		break;
	case 'y':
		options->yes = true;
		break;
	case 'j':
		options->json = true;
		break;
	case 'e':
		options->explain = true;
		break;
	default:
		break;
	}
}

/* The options of COMMAND alone, so that getopt itself says which are not known to it. */
static void fill_table(struct option *table, enum command command)
{
	size_t count = 0;

	memset(table, 0, (ROW_COUNT + 1) * sizeof *table);
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].commands & 1u << command)
			table[count++] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
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

/* The command is the first word; without one it is the wizard. */
static enum command command_of(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < COMMAND_COUNT; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].command;
	return COMMAND_WIZARD;
}

static bool check_wizard(const struct options *options, int *status)
{
	if (options->from && !step_is_known(options->from))
		return wrong_use(status, _("there is no step called \"%s\""), options->from);
	if (options->argument_count)
		return wrong_use(status, "%s", _("keyguide does not know what to do with this argument"));
	return true;
}

static bool check_check(const struct options *options, int *status)
{
	if (options->from_stdin ? options->argument_count : options->argument_count != 1)
		return wrong_use(status, "%s", _("check wants the name of one key, or --stdin"));
	if (options->argument_count && apikey_is_in(options->arguments[0]))
		return wrong_use(status, "%s", _("a key itself was given instead of its name; never write a key on the "
						 "command line, where other programs can see it"));
	if (options->test && options->live)
		return wrong_use(status, "%s", _("--test and --live cannot both be meant"));
	return true;
}

bool options_read(int argc, char **argv, struct options *options, int *status)
{
	struct option table[ROW_COUNT + 1];
	enum command command = command_of(argc, argv);
	int skipped = command != COMMAND_WIZARD, key;

	*options = (struct options){ .command = command };
	choose_language(argc, argv);
	fill_table(table, command);
	*status = EXIT_DONE;
	opterr = 0;
	while ((key = getopt_long(argc - skipped, argv + skipped, "", table, NULL)) != -1) {
		if (key == 'h') {
			print_help(command);
			return false;
		}
		if (key == 'v') {
			puts(PACKAGE_STRING);
			return false;
		}
		if (key == '?')
			return wrong_use(status, _("\"%s\" is no option here, or its value is missing"),
					 name_of(argv[skipped + optind - 1]));
		take(options, key, optarg);
	}
	options->arguments = argv + skipped + optind;
	options->argument_count = argc - skipped - optind;
	return command == COMMAND_CHECK ? check_check(options, status) : check_wizard(options, status);
}
