/* SPDX-License-Identifier: MIT */
/* The command line is read, by getopt; and in which language and letters is answered. */
#include "cmd/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/options_fit.h"
#include "cmd/options_table.h"
#include "core/apikey.h"

enum { FIRST_KEY = 256 };   /* what getopt calls the first row: above every letter, and its '?' */

static void print_options(enum command command)
{
	for (size_t i = 0; i < option_count; i++) {
		char left[40];

		if (!command_has(command, &option_rows[i]))
			continue;
		snprintf(left, sizeof left, "--%s%s%s", option_rows[i].name, option_rows[i].argument ? " " : "",
			 option_rows[i].argument ? option_rows[i].argument : "");
		printf("  %-18s %s\n", left, _(option_rows[i].about));
	}
}

static void print_help(enum command command)
{
	const struct command_row *row = &command_rows[command];

	if (strstr(row->arguments, " -- "))
		printf(_("Usage: keyguide %s [OPTION…] %s\n"), row->name, row->arguments);
	else
		printf(_("Usage: keyguide %s%s%s [OPTION…]\n"), row->name, *row->name && *row->arguments ? " " : "",
		       row->arguments);
	puts(_(row->about));
	puts("");
	print_options(command);
	if (command != COMMAND_WIZARD)
		return;
	puts("");
	puts(_("Commands (each has a --help of its own):"));
	for (int i = COMMAND_WIZARD + 1; i < COMMAND_COUNT; i++)
		printf("  keyguide %s%s%s\n      %s\n", command_rows[i].name, *command_rows[i].arguments ? " " : "",
		       command_rows[i].arguments, _(command_rows[i].about));
}

/* What may be repeated of an argument: an option's name, without anything that could be a key. */
static const char *name_of(const char *argument)
{
	return strncmp(argument, "--", 2) || strchr(argument, '=') || apikey_is_in(argument) ? "-" : argument;
}

static void take(struct options *options, const struct option_row *row, const char *value)
{
	if (row->argument)
		*option_value(options, row) = value;
	else
		*option_flag(options, row) = true;
}

/* The options of COMMAND alone, so that getopt itself says which are not known to it; the caller's. */
static struct option *table_for(enum command command)
{
	struct option *table = mem_new(option_count + 1, sizeof *table), *next = table;

	for (size_t i = 0; i < option_count; i++)
		if (command_has(command, &option_rows[i]))
			*next++ = (struct option){ option_rows[i].name,
				option_rows[i].argument ? required_argument : no_argument, NULL, FIRST_KEY + (int)i };
	return table;
}

/* A word that was copied out of a text written from right to left may have an invisible mark before it. */
static void drop_marks(int argc, char **argv)
{
	static const char mark[] = "\u200E";

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		while (!strncmp(argv[i], mark, sizeof mark - 1))
			argv[i] += sizeof mark - 1;
}

/* "plan from" prints a plan, which is JSON without being asked for. */
static bool prints_json(const struct options *options)
{
	return options->json || (options->command == COMMAND_PLAN && options->argument_count &&
					!strcmp(options->arguments[0], "from"));
}

/* Better another language than a row of question marks. In English alone: nobody else reads it. */
static void fall_back_to_english(const char *charset)
{
	i18n_start("en");
	fprintf(stderr, "keyguide: this terminal is set to %s, which has no letters for your language, so here is English; "
		"in a terminal set to UTF-8 keyguide speaks your language\n", charset);
}

/* JSON is UTF-8 everywhere. */
static void choose_language(const struct options *options, bool json)
{
	const char *charset = charset_of_terminal(), *meant = options->lang ? i18n_match(options->lang) : NULL;

	i18n_start(meant ? meant : options->lang);
	if (charset && charset_speak(charset, !json) && !charset_shows(C_("language", "English")))
		fall_back_to_english(charset);
}

static bool takes_value(const char *option)
{
	if (strncmp(option, "--", 2))
		return false;
	for (size_t i = 0; i < option_count; i++)
		if (!strcmp(option + 2, option_rows[i].name) && option_rows[i].argument)
			return true;
	return false;
}

/* Where the first word is that is neither an option nor the value of one; ARGC: there is none. */
static int first_word(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (strncmp(argv[i], "--", 2))
			return i;
		i += takes_value(argv[i]);
	}
	return argc;
}

/* run, give: where the command begins that has no "--" before it; ARGC: there is none. A vault is no command. */
static int undivided_command(enum command command, int argc, char **argv)
{
	int words = 0, at = argc;

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (command == COMMAND_GIVE && (!strcmp(argv[i], "--to") || !strncmp(argv[i], "--to=", 5)))
			return argc;
		if (argv[i][0] != '-')
			words++;
		else
			i += takes_value(argv[i]);
		if (words == 3 && at == argc)
			at = i;
	}
	return at;
}

/* The first word says which; it goes to the front. Without one it is the wizard. */
static enum command take_command(int argc, char **argv)
{
	int at = first_word(argc, argv);

	for (int i = COMMAND_WIZARD + 1; at < argc && i < COMMAND_COUNT; i++) {
		char *name = argv[at];

		if (strcmp(name, command_rows[i].name))
			continue;
		memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
		argv[1] = name;
		return (enum command)i;
	}
	return COMMAND_WIZARD;
}

/*
 * Says nothing yet. Returns the first that is no option here, as it was written; or NULL. The words from END on are no
 * options, and stand behind the other arguments.
 */
static const char *take_all(int argc, char **argv, int end, struct options *options)
{
	struct option *table = table_for(options->command);
	const char *odd = NULL;
	int key;

	opterr = 0;
	while ((key = getopt_long(end, argv, "h", table, NULL)) != -1) {
		if (key == 'h')   /* typed by whoever does not know the others */
			options->help = true;
		else if (key >= FIRST_KEY)
			take(options, &option_rows[key - FIRST_KEY], optarg);
		else if (!odd)
			odd = argv[optind - 1];
	}
	options->arguments = argv + optind;
	options->argument_count = argc - optind;
	free(table);
	return odd;
}

/* Read whole before a word is said: in which language and letters that is said may stand behind what is wrong. */
bool options_read(int argc, char **argv, struct options *options, int *status)
{
	const char *odd;
	int skipped, end = argc;

	drop_marks(argc, argv);
	*options = (struct options){ .program = argv[0], .command = take_command(argc, argv),
		.language = getenv("LANGUAGE") };
	skipped = options->command != COMMAND_WIZARD;
	if (options->command == COMMAND_RUN || options->command == COMMAND_GIVE)
		end = undivided_command(options->command, argc, argv);
	options->undivided = end < argc;
	odd = take_all(argc - skipped, argv + skipped, end - skipped, options);
	choose_language(options, !odd && !options->help && prints_json(options));
	*status = EXIT_DONE;
	if (options->help)
		print_help(options->command);
	else if (options->version)
		puts(PACKAGE_STRING);
	else if (odd)
		options_wrong(status, _("\"%s\" is no option here, or its value is missing"), name_of(odd));
	return !odd && !options->help && !options->version && options_fit(options, status);
}
