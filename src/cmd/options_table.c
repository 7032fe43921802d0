/* SPDX-License-Identifier: MIT */
/* One table of commands and one of options: for getopt, for --help, and for the line that is said again. */
#include "cmd/options_table.h"

#include <limits.h>
#include <stddef.h>

#include "base/i18n.h"

const struct command_row command_rows[COMMAND_COUNT] = {
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

const struct option_row option_rows[] = {
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

const size_t option_count = sizeof option_rows / sizeof *option_rows;

bool command_has(enum command command, const struct option_row *row)
{
	return row->commands & 1u << command;
}

bool command_names_key(enum command command)
{
	return FOR_ONE_KEY & 1u << command;
}

bool *option_flag(struct options *options, const struct option_row *row)
{
	return (bool *)((char *)options + row->field);
}

const char **option_value(struct options *options, const struct option_row *row)
{
	return (const char **)((char *)options + row->field);
}
