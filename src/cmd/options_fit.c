/* SPDX-License-Identifier: MIT */
/* What can be known to be wrong before anything is done. */
#include "cmd/options_fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/options_table.h"
#include "cmd/say.h"
#include "core/api_base.h"
#include "guide/walk.h"
#include "sys/files.h"

enum { WORD_MAX = 16 };   /* letters of a word that may be repeated */

bool options_wrong(int *status, const char *what, const char *value)
{
	char *said = mem_printf(what, value);

	*status = fail(EXIT_WRONG_USE, said, _("see \"keyguide --help\""));
	free(said);
	return false;
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
		return options_wrong(status, "%s", _("there is a key on the command line, where other programs can see "
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
	bool is_named = options->argument_count && command_names_key(options->command);
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
	const struct command_row *row = &command_rows[options->command];
	char called[32];

	if (options->argument_count >= row->least && options->argument_count <= row->most)
		return true;
	snprintf(called, sizeof called, "keyguide%s%s", *row->name ? " " : "", row->name);
	return options_wrong(status, options->argument_count < row->least ? _("something is missing behind \"%s\"") :
			 _("there is too much behind \"%s\""), called);
}

static bool step_is_known(const char *slug)
{
	for (size_t i = 0; i < guide_create.count; i++)
		if (!strcmp(guide_create.steps[i].slug, slug) && strcmp(slug, "after"))
			return true;
	return false;
}

/* Repeated is only what could be a step's name: not a key, and not a piece of one. */
static bool fits_wizard(const struct options *options, int *status)
{
	const char *from = options->from;

	if (!from || step_is_known(from))
		return true;
	return options_wrong(status, _("there is no step called \"%s\""),
			 strspn(from, "abcdefghijklmnopqrstuvwxyz-") == strlen(from) ? from : "-");
}

static bool fits_check(const struct options *options, int *status)
{
	if (options->from_stdin ? options->argument_count : options->argument_count != 1)
		return options_wrong(status, "%s", _("check wants the name of one key, or --stdin"));
	if (options->from_stdin && options->plan && (!strcmp(options->plan, "-") || !strcmp(options->plan, "/dev/stdin")))
		return options_wrong(status, "%s", _("the key and the plan cannot both come from standard input"));
	return true;
}

static bool fits_plan(const struct options *options, int *status)
{
	static const char *const verbs[] = { "check", "show", "from" };

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (!strcmp(options->arguments[0], verbs[i]))
			return true;
	return options_wrong(status, "%s", _("plan wants \"check\", \"show\" or \"from\""));
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
	return options_wrong(status, "%s", _("--env wants the name of a variable, such as STRIPE_API_KEY"));
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

/* The format that curl reads (PEM); what is between the lines it judges itself. */
static void look_for_certificates(const char *path, struct fault *fault)
{
	size_t length;
	char *text = files_read_text(path, false, &length, fault);

	if (text && !strstr(text, " CERTIFICATE-----"))
		fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", path);
	free(text);
}

/* Before anything else is done: else a wizard would find out at its sixth step, and would blame the network. */
static bool can_ask(const struct options *options, int *status)
{
	struct fault fault = { .code = FAULT_NONE };

	if (options->api_base && !api_base_is_allowed(options->api_base))
		fault_set(&fault, FAULT_OTHER_ADDRESS, 0, "%s", "");
	else if (options->ca_file)
		look_for_certificates(options->ca_file, &fault);
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
		int distance = text_distance(word, command_rows[i].name);

		if (distance < least && distance < (int)strlen(word)) {
			least = distance;
			nearest = command_rows[i].name;
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
	return options_wrong(status, _("--lang wants one of these: %s"), codes);
}

bool options_fit(struct options *options, int *status)
{
	if (!have_no_key(options, status) || !fits_language(options, status) || !fits_command(options, status) ||
	    !have_arguments(options, status) || !have_texts(options, status) || !can_ask(options, status) ||
	    !is_divided(options, status))
		return false;
	if (options->test && options->live)
		return options_wrong(status, "%s", _("--test and --live cannot both be meant"));
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
