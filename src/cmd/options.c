/* SPDX-License-Identifier: MIT */
/* The command line: one table of commands, one of options, for getopt and for --help. */
#include "cmd/options.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/say.h"
#include "core/api_base.h"
#include "guide/walk.h"
#include "sys/files.h"

static const struct command_row {
	const char *name;
	const char *arguments;  /* as --help shows them; not translated */
	int least, most;        /* how many arguments */
	const char *about;      /* N_() */
} commands[COMMAND_COUNT] = {
	[COMMAND_WIZARD] = { "", "[PLAN | LINK]", 0, 1,
		N_("Guides you through making one restricted API key in Stripe, and keeps it in your keyring.") },
	[COMMAND_CHECK] = { "check", "NAME | --stdin", 0, 1,
		N_("Asks Stripe what a key can do, and compares it with the plan.") },
	[COMMAND_PLAN] = { "plan", "check FILE | show FILE | from PRESET", 2, 2,
		N_("Looks a plan over; says it in plain words; makes one from a preset.") },
	[COMMAND_EXPLAIN] = { "explain", "LINK", 1, 1,
		N_("Says in plain words what a link to Stripe's form asks for.") },
	[COMMAND_LINK] = { "link", "PLAN", 1, 1,
		N_("Makes the link that fills in Stripe's form for a plan.") },
	[COMMAND_NEEDS] = { "needs", "'GET /v1/charges' …", 0, INT_MAX,
		N_("Names the least permissions for calls of Stripe's interface.") },
	[COMMAND_RESOURCES] = { "resources", "", 0, 0,
		N_("Lists all permissions that are known.") },
	[COMMAND_RECEIPT] = { "receipt", "NAME", 1, 1,
		N_("Prints what was granted, where the key is kept, and how to take it back.") },
	[COMMAND_KEYS] = { "keys", "", 0, 0,
		N_("Lists the keys that are kept here, never a secret.") },
	[COMMAND_REPLACE] = { "replace", "NAME", 1, 1,
		N_("Guides you through replacing a kept key with a new one.") },
	[COMMAND_REMOVE] = { "remove", "NAME", 1, 1,
		N_("Guides you through taking a kept key back.") },
	[COMMAND_RUN] = { "run", "NAME -- COMMAND…", 2, INT_MAX,
		N_("Runs a command with the key in its environment (STRIPE_API_KEY).") },
	[COMMAND_GIVE] = { "give", "NAME -- COMMAND… | NAME --to VAULT", 1, INT_MAX,
		N_("Runs a command with the key on its standard input: for a password manager or a vault.") },
	[COMMAND_DOCTOR] = { "doctor", "", 0, 0,
		N_("Looks whether everything that keyguide needs is there, and says what to do.") },
};

/* Where an option belongs. */
#define FOR(command) (1u << COMMAND_##command)

enum {
	FOR_ALL = (1u << COMMAND_COUNT) - 1,
	FOR_GUIDES = FOR(REPLACE) | FOR(REMOVE),
	FOR_ONE_KEY = FOR(CHECK) | FOR(RECEIPT) | FOR(RUN) | FOR(GIVE) | FOR_GUIDES
};

/* Where the value goes: of an option with an argument the text, of any other that it was there. */
#define TO(field) offsetof(struct options, field)

static const struct option_row {
	const char *name;
	const char *argument;   /* what --help calls its value; not translated; or NULL */
	const char *about;      /* N_() */
	size_t field;
	unsigned commands;
} rows[] = {
	{ "live", NULL, N_("make the live key at once, without a sandbox round"), TO(live), FOR(WIZARD) },
	{ "demo", NULL, N_("rehearse: every screen, nothing is sent and nothing kept"), TO(demo), FOR(WIZARD) },
	{ "plain", NULL, N_("numbered lines instead of a screen (also with ACCESSIBLE=1)"), TO(plain),
	  FOR(WIZARD) | FOR_GUIDES },
	{ "no-bidi", NULL, N_("leave right-to-left text to a terminal that puts it in order itself"), TO(no_bidi),
	  FOR(WIZARD) | FOR_GUIDES },
	{ "from", "STEP", N_("begin at this step: before, open, start, name, permissions, create, copy"), TO(from),
	  FOR(WIZARD) },
	{ "stdin", NULL, N_("check a key from standard input instead of one that is kept"), TO(from_stdin), FOR(CHECK) },
	{ "plan", "PLAN", N_("compare with this plan: a file, or a link to Stripe's form"), TO(plan), FOR(CHECK) },
	{ "test", NULL, N_("the sandbox key of that name"), TO(test), FOR_ONE_KEY },
	{ "live", NULL, N_("the live key of that name"), TO(live), FOR_ONE_KEY },
	{ "env", "VAR", N_("the variable's name, instead of STRIPE_API_KEY"), TO(env), FOR(RUN) },
	{ "to", "VAULT", N_("hand it to this vault, such as pass, not to a command"), TO(to), FOR(GIVE) },
	{ "newline", NULL, N_("a line end behind the key"), TO(newline), FOR(GIVE) },
	{ "test", NULL, N_("to the form of the sandbox"), TO(test), FOR(LINK) },
	{ "full", NULL, N_("ask about every row, not only the planned and the most dangerous ones"), TO(full), FOR(CHECK) },
	{ "writes", NULL, N_("ask about Write too, by attempting changes to things that cannot exist"), TO(writes),
	  FOR(CHECK) },
	{ "yes", NULL, N_("say yes to the changes that --writes attempts"), TO(yes), FOR(CHECK) },
	{ "name", "NAME", N_("the key's name in the plan that is made from a preset"), TO(name), FOR(PLAN) },
	{ "calls", "FILE", N_("read the calls from this file, one a line; - is standard input"), TO(calls), FOR(NEEDS) },
	{ "json", NULL, N_("print one JSON document"), TO(json),
	  FOR(CHECK) | FOR(PLAN) | FOR(EXPLAIN) | FOR(NEEDS) | FOR(RESOURCES) | FOR(RECEIPT) | FOR(KEYS) |
	  FOR(DOCTOR) },
	{ "explain", NULL, N_("print each request (the key hidden), its answer and what it means"), TO(explain), FOR(CHECK) },
	{ "api-base", "URL", N_("ask this address instead of Stripe (only addresses of this computer)"), TO(api_base),
	  FOR(WIZARD) | FOR(CHECK) | FOR_GUIDES | FOR(DOCTOR) },
	{ "ca-file", "FILE", N_("trust these certificates instead of the system's"), TO(ca_file),
	  FOR(WIZARD) | FOR(CHECK) | FOR_GUIDES | FOR(DOCTOR) },
	{ "lang", "CODE", N_("the language, such as de"), TO(lang), FOR_ALL },
	{ "help", NULL, N_("show this and stop"), TO(help), FOR_ALL },
	{ "version", NULL, N_("show the version and stop"), TO(version), FOR_ALL },
};

enum {
	ROW_COUNT = sizeof rows / sizeof *rows,
	WORD_MAX = 16,    /* letters of a word that may be repeated */
	FIRST_KEY = 256   /* what getopt calls the first row: above every letter, and its '?' */
};

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
	const struct command_row *row = &commands[command];

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
		printf("  keyguide %s%s%s\n      %s\n", commands[i].name, *commands[i].arguments ? " " : "",
		       commands[i].arguments, _(commands[i].about));
}

/* VALUE is never an argument: people paste keys in the wrong place. */
static bool wrong_use(int *status, const char *what, const char *value)
{
	char *said = mem_printf(what, value);

	*status = fail(EXIT_WRONG_USE, said, _("see \"keyguide --help\""));
	free(said);
	return false;
}

/* What may be repeated of an argument: an option's name, without anything that could be a key. */
static const char *name_of(const char *argument)
{
	return strncmp(argument, "--", 2) || strchr(argument, '=') || apikey_is_in(argument) ? "-" : argument;
}

static bool *flag_of(struct options *options, const struct option_row *row)
{
	return (bool *)((char *)options + row->field);
}

static const char **value_of(struct options *options, const struct option_row *row)
{
	return (const char **)((char *)options + row->field);
}

static void take(struct options *options, const struct option_row *row, const char *value)
{
	if (row->argument)
		*value_of(options, row) = value;
	else
		*flag_of(options, row) = true;
}

/* LINE, which is the caller's before and after, with one more word. Dashes in front need no quotes. */
static char *add_word(char *line_take, const char *word)
{
	size_t dashes = strspn(word, "-");
	char *rest = word[dashes] || !dashes ? text_shell(word + dashes) : mem_strdup("");
	char *longer = mem_printf("%s %.*s%s", line_take, (int)dashes, word, rest);

	free(line_take);
	free(rest);
	return longer;
}

/* The same with a word as it was written, in the terminal's letters. */
static char *add_raw(char *line_take, const char *word)
{
	char *heard = charset_heard(word);

	line_take = add_word(line_take, heard);
	free(heard);
	return line_take;
}

static char *add_options(char *line_take, struct options *options)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		const char *value = rows[i].argument ? *value_of(options, &rows[i]) : NULL;
		char *longer;

		if (!(rows[i].commands & 1u << options->command) || !(value || (!rows[i].argument && *flag_of(options, &rows[i]))))
			continue;
		longer = mem_printf("%s --%s", line_take, rows[i].name);
		free(line_take);
		line_take = value ? add_raw(longer, value) : longer;
	}
	return line_take;
}

/* Behind "--" stand the words of another program. */
char *options_line(const struct options *options)
{
	bool splits = strstr(commands[options->command].arguments, " -- ") != NULL;
	struct options copy = *options;
	char *line = text_shell(options->program), *clean;
	int i = 0;

	if (options->command != COMMAND_WIZARD)
		line = add_word(line, commands[options->command].name);
	if (FOR_ONE_KEY & 1u << options->command && options->argument_count)
		line = add_word(line, options->arguments[i++]);   /* heard already */
	while (i < options->argument_count && !splits)
		line = add_raw(line, options->arguments[i++]);
	line = add_options(line, &copy);
	if (i < options->argument_count)
		line = add_word(line, "--");
	while (i < options->argument_count)
		line = add_raw(line, options->arguments[i++]);
	clean = text_clean(line, SIZE_MAX);
	free(line);
	return clean;
}

/* The options of COMMAND alone, so that getopt itself says which are not known to it. */
static void fill_table(struct option *table, enum command command)
{
	size_t count = 0;

	memset(table, 0, (ROW_COUNT + 1) * sizeof *table);
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].commands & 1u << command)
			table[count++] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
				NULL, FIRST_KEY + (int)i };
}

static bool step_is_known(const char *slug)
{
	for (size_t i = 0; i < guide_create.count; i++)
		if (!strcmp(guide_create.steps[i].slug, slug) && strcmp(slug, "after"))
			return true;
	return false;
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
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (!strcmp(option + 2, rows[i].name) && rows[i].argument)
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

		if (strcmp(name, commands[i].name))
			continue;
		memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
		argv[1] = name;
		return (enum command)i;
	}
	return COMMAND_WIZARD;
}

static bool have_no_key(const struct options *options, int *status)
{
	const char *const values[] = { options->lang, options->api_base, options->ca_file, options->from, options->plan,
		options->name, options->env, options->calls, options->to };
	bool has_key = false;

	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		has_key = has_key || (values[i] && apikey_is_in(values[i]));
	for (int i = 0; i < options->argument_count; i++)
		has_key = has_key || apikey_is_in(options->arguments[i]);
	if (has_key)
		return wrong_use(status, "%s", _("there is a key on the command line, where other programs can see "
						 "it; never write one there, and expire this one in Stripe"));
	return true;
}

/* TEXT, where there is one, is of a kind that goes through JSON and onto a screen. WHERE is what --help calls it. */
static bool is_text(const char *where, const char *text, int *status)
{
	char *what;

	if (!text || plan_text_is_clean(text))
		return true;
	what = mem_printf(_("\"%s\" has characters that cannot be shown"), where);
	*status = fail(EXIT_WRONG_USE, what, _("use letters, digits and ordinary signs"));
	free(what);
	return false;
}

/*
 * A name is a text in the terminal's letters, and heard as such. A plan's file, and the words behind "--",
 * are bytes that are not touched. What is heard stands in ARGV from then on, for as long as that is there.
 */
static bool have_texts(struct options *options, int *status)
{
	bool is_named = options->argument_count && FOR_ONE_KEY & 1u << options->command;
	char *name = options->name ? charset_heard(options->name) : NULL;
	bool are;

	if (is_named)
		options->arguments[0] = charset_heard(options->arguments[0]);
	are = is_text("NAME", is_named ? options->arguments[0] : NULL, status) && is_text("--name", name, status) &&
	      is_text("--api-base", options->api_base, status) && is_text("--ca-file", options->ca_file, status);
	free(name);
	return are;
}

static bool have_arguments(const struct options *options, int *status)
{
	const struct command_row *row = &commands[options->command];
	char called[32];

	if (options->argument_count >= row->least && options->argument_count <= row->most)
		return true;
	snprintf(called, sizeof called, "keyguide%s%s", *row->name ? " " : "", row->name);
	return wrong_use(status, options->argument_count < row->least ? _("something is missing behind \"%s\"") :
			 _("there is too much behind \"%s\""), called);
}

/* Repeated is only what could be a step's name: not a key, and not a piece of one. */
static bool fits_wizard(const struct options *options, int *status)
{
	const char *from = options->from;

	if (!from || step_is_known(from))
		return true;
	return wrong_use(status, _("there is no step called \"%s\""),
			 strspn(from, "abcdefghijklmnopqrstuvwxyz-") == strlen(from) ? from : "-");
}

static bool fits_check(const struct options *options, int *status)
{
	if (options->from_stdin ? options->argument_count : options->argument_count != 1)
		return wrong_use(status, "%s", _("check wants the name of one key, or --stdin"));
	if (options->from_stdin && options->plan && (!strcmp(options->plan, "-") || !strcmp(options->plan, "/dev/stdin")))
		return wrong_use(status, "%s", _("the key and the plan cannot both come from standard input"));
	return true;
}

static bool fits_plan(const struct options *options, int *status)
{
	static const char *const verbs[] = { "check", "show", "from" };

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (!strcmp(options->arguments[0], verbs[i]))
			return true;
	return wrong_use(status, "%s", _("plan wants \"check\", \"show\" or \"from\""));
}

/*
 * A name of a variable as shells have them; "A=B" would be something else. The loader prints what it finds in its own,
 * and without PATH nothing is found.
 */
static bool fits_run(const struct options *options, int *status)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
	const char *name = options->env;

	if (!name || (*name && !strchr("0123456789", *name) && strspn(name, letters) == strlen(name) &&
		      strncmp(name, "LD_", 3) && strcmp(name, "PATH")))
		return true;
	return wrong_use(status, "%s", _("--env wants the name of a variable, such as STRIPE_API_KEY"));
}

/* Else an option of the command's would be taken for one of keyguide's. */
static bool is_divided(const struct options *options, int *status)
{
	char *line, *advice;

	if (!options->undivided)
		return true;
	line = options_line(options);
	advice = mem_printf(_("write it like this: %s"), line);
	*status = fail(EXIT_WRONG_USE, _("\"--\" is missing before the command"), advice);
	free(advice);
	free(line);
	return false;
}

/* Before anything else is done: else a wizard would find out at its sixth step, and would blame the network. */
static bool can_ask(const struct options *options, int *status)
{
	struct fault fault = { .code = FAULT_NONE };

	if (options->api_base && !api_base_is_allowed(options->api_base))
		fault_set(&fault, FAULT_OTHER_ADDRESS, 0, "%s", "");
	else if (options->ca_file)
		files_try(options->ca_file, &fault);
	if (fault.code != FAULT_NONE)
		*status = fail_with(EXIT_WRONG_USE, &fault);
	return fault.code == FAULT_NONE;
}

/* The command that WORD is nearly, or NULL. */
static const char *near_command(const char *word)
{
	const char *nearest = NULL;
	int least = 3;

	for (int i = COMMAND_WIZARD + 1; i < COMMAND_COUNT; i++) {
		int distance = text_distance(word, commands[i].name);

		if (distance < least && distance < (int)strlen(word)) {
			least = distance;
			nearest = commands[i].name;
		}
	}
	return nearest;
}

/* A short word of letters that is no file was meant for a command. It is repeated, for it can be no key. */
static bool fits_command(const struct options *options, int *status)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";
	const char *word = options->argument_count ? options->arguments[0] : "", *nearest = near_command(word);
	char *what, *advice;

	if (options->command != COMMAND_WIZARD || !*word || strlen(word) > WORD_MAX || strspn(word, letters) != strlen(word) ||
	    !access(word, F_OK))
		return true;
	what = mem_printf(_("\"%s\" is neither a command nor a file"), word);
	advice = nearest ? mem_printf(_("do you mean \"%s\"? See \"keyguide --help\""), nearest) :
			   mem_strdup(_("see \"keyguide --help\""));
	*status = fail(EXIT_WRONG_USE, what, advice);
	free(what);
	free(advice);
	return false;
}

/* Those that are here, for whoever guessed one that is not. */
static bool fits_language(const struct options *options, int *status)
{
	const struct language *languages[LANGUAGES_MAX];
	size_t count = i18n_languages(languages, LANGUAGES_MAX);
	char codes[8 * LANGUAGES_MAX] = "";

	if (!options->lang || i18n_match(options->lang))
		return true;
	for (size_t i = 0; i < count; i++)
		sprintf(codes + strlen(codes), "%s%s", i ? ", " : "", languages[i]->code);
	/* TRANSLATORS: %s is a list of codes, such as: en, ar, de */
	return wrong_use(status, _("--lang wants one of these: %s"), codes);
}

static bool fits(struct options *options, int *status)
{
	if (!have_no_key(options, status) || !fits_language(options, status) || !fits_command(options, status) ||
	    !have_arguments(options, status) || !have_texts(options, status) || !can_ask(options, status) ||
	    !is_divided(options, status))
		return false;
	if (options->test && options->live)
		return wrong_use(status, "%s", _("--test and --live cannot both be meant"));
	switch (options->command) {
	case COMMAND_WIZARD:
		return fits_wizard(options, status);
	case COMMAND_CHECK:
		return fits_check(options, status);
	case COMMAND_PLAN:
		return fits_plan(options, status);
	case COMMAND_RUN:
		return fits_run(options, status);
	default:
		return true;
	}
}

/*
 * Says nothing yet. Returns the first that is no option here, as it was written; or NULL. The words from END on are no
 * options, and stand behind the other arguments.
 */
static const char *take_all(int argc, char **argv, int end, struct options *options)
{
	struct option table[ROW_COUNT + 1];
	const char *odd = NULL;
	int key;

	fill_table(table, options->command);
	opterr = 0;
	while ((key = getopt_long(end, argv, "h", table, NULL)) != -1) {
		if (key == 'h')   /* typed by whoever does not know the others */
			options->help = true;
		else if (key >= FIRST_KEY)
			take(options, &rows[key - FIRST_KEY], optarg);
		else if (!odd)
			odd = argv[optind - 1];
	}
	options->arguments = argv + optind;
	options->argument_count = argc - optind;
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
		wrong_use(status, _("\"%s\" is no option here, or its value is missing"), name_of(odd));
	return !odd && !options->help && !options->version && fits(options, status);
}
