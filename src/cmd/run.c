/* SPDX-License-Identifier: MIT */
/*
 * The key from the keyring to a program that takes the place of this one: its
 * exit status, its signals and its terminal are its own.
 */
#include "cmd/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/kept.h"
#include "cmd/say.h"
#include "core/vaults.h"
#include "sys/child.h"

enum {
	EXIT_NOT_FOUND = 127, EXIT_NOT_RUN = 126   /* as shells and env(1) have it */
};

/*
 * Other programs may have put anything there under a key's name: a tool must not get another kind of key than was meant.
 * What is left is the key alone, which never fills KEY: there is room for the end of a text, or of a line, behind it.
 */
static int look_at(const struct options *options, struct secret *key, enum mode mode)
{
	struct apikey seen = apikey_read(key);
	struct fault fault;

	if (!apikey_is_wanted(seen.kind)) {
		fault_set(&fault, FAULT_NOT_A_KEY, 0, "%s", "");
		return kept_fail(options, &fault);
	}
	return seen.mode == mode ? EXIT_DONE : kept_other_mode(seen.mode);
}

/* The key's bytes into KEY, whether it is the sandbox's or live into *MODE; EXIT_DONE, or why not. */
static int fetch(const struct options *options, struct secret *key, enum mode *mode)
{
	struct helper_request request = kept_request(HELPER_FETCH, options, options->arguments[0]);
	struct fault fault = { .detail = "" };
	struct helper *helper = helper_start(&request, key, &fault);
	struct helper_reply reply;

	if (!helper)
		return kept_fail(options, &fault);
	helper_wait(helper, &reply);
	helper_free(helper);
	fault_set(&fault, reply.fault, 0, "%s", reply.detail);
	*mode = reply.mode;
	helper_reply_done(&reply);
	return fault.code == FAULT_NONE ? look_at(options, key, *mode) : kept_fail(options, &fault);
}

/* The language that was chosen for keyguide is not the program's. */
static void give_back_language(const char *before)
{
	if (before)
		setenv("LANGUAGE", before, 1);
	else
		unsetenv("LANGUAGE");
}

static int not_started(const char *program, int error, const char *advice)
{
	char *shown = charset_heard(program);
	char *what = mem_printf(_("\"%s\" could not be started (%s)"), shown, strerror(error));
	int status = fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUN, what, advice);

	free(shown);
	free(what);
	return status;
}

/* Returns only where it cannot become the program. */
static int become(const struct options *options, const char *const command[])
{
	give_back_language(options->language);
	execvp(command[0], (char *const *)command);
	return not_started(command[0], errno, _("check its name"));
}

static int become_command(const struct options *options)
{
	return become(options, (const char *const *)options->arguments + 1);
}

/* Not dumpable while the key is here; unlike the wizard without a limit that the program would inherit. */
static struct secret *new_key(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	return secret_new(SECRET_ROOM);
}

int run_run(const struct options *options)
{
	struct secret *key = new_key();
	enum mode mode;
	int status = fetch(options, key, &mode);

	if (status == EXIT_DONE) {
		secret_append(key, "", 1);   /* the end of a text; the environment copies it, as it must */
		setenv(options->env ? options->env : "STRIPE_API_KEY", secret_reveal(key), 1);
		secret_wipe(key);
		status = become_command(options);
	}
	secret_free(key);
	return status;
}

/* A pipe holds a whole key (65536 bytes on Linux), so nobody has to stay to write it. */
static bool put_on_input(struct secret *key)
{
	int ends[2];
	bool put;

	if (pipe(ends))
		return false;
	put = write(ends[1], secret_reveal(key), secret_length(key)) == (ssize_t)secret_length(key) &&
	      dup2(ends[0], STDIN_FILENO) >= 0;
	if (ends[0] != STDIN_FILENO)   /* which it is where that was closed: then it is in its place already */
		close(ends[0]);
	close(ends[1]);
	return put;
}

/* Said without what was written: it may be anything, also a key. */
static int unknown_vault(void)
{
	char *list = mem_strdup(""), *advice;

	for (size_t i = 0; i < vault_count(); i++) {
		char *longer = mem_printf("%s%s%s", list, *list ? ", " : "", vault_at(i)->id);

		free(list);
		list = longer;
	}
	advice = mem_printf(_("these are: %s"), list);
	fail(EXIT_WRONG_USE, _("no vault of that name is known"), advice);
	free(advice);
	free(list);
	return EXIT_WRONG_USE;
}

/* Is there just the name of a key, and what the vault wants? */
static int fits_vault(const struct options *options, const struct vault *vault)
{
	int wanted = vault->wants ? 2 : 1;
	char *option = mem_printf("--to %s", vault->id);
	char *example = mem_printf("%s -- %s", option, vault->wants ? vault->wants : "");
	char *what = mem_printf(options->argument_count < wanted ? _("something is missing behind \"%s\"") :
				_("there is too much behind \"%s\""), option);
	char *advice = vault->wants ? mem_printf(_("write it like this: %s"), example) :
				      mem_strdup(_("see \"keyguide --help\""));
	int status = options->argument_count == wanted ? EXIT_DONE : fail(EXIT_WRONG_USE, what, advice);

	free(option);
	free(example);
	free(what);
	free(advice);
	return status;
}

/* All that can be said before the keyring is asked; *VAULT is NULL for a command. */
static int fits(const struct options *options, const struct vault **vault)
{
	char *what;
	int status = EXIT_DONE;

	*vault = options->to ? vault_find(options->to) : NULL;
	if (options->to && !*vault)
		return unknown_vault();
	if (*vault) {
		status = fits_vault(options, *vault);
		if (status == EXIT_DONE && !child_is_there((*vault)->program))
			status = not_started((*vault)->program, ENOENT, _("install it first"));
	} else if (options->argument_count < 2) {
		what = mem_printf(_("something is missing behind \"%s\""), "keyguide give");
		status = fail(EXIT_WRONG_USE, what, _("see \"keyguide --help\""));
		free(what);
	}
	return status;
}

/* The vault's own line; only names are in its arguments. */
static int become_line(const struct options *options, const struct vault *vault, enum mode mode)
{
	char *entry = vault_entry(options->arguments[0], mode);
	const char *const command[] = { "sh", "-c", vault->line, "keyguide", entry, vault->wants ? options->arguments[1] : NULL,
		NULL };
	int status = become(options, command);

	free(entry);
	return status;
}

int give_run(const struct options *options)
{
	const struct vault *vault;
	struct secret *key;
	struct fault fault;
	enum mode mode;
	int status = fits(options, &vault);

	if (status != EXIT_DONE)
		return status;
	key = new_key();
	status = fetch(options, key, &mode);
	if (status == EXIT_DONE && options->newline)
		secret_append(key, "\n", 1);
	if (status == EXIT_DONE) {
		if (put_on_input(key)) {
			secret_wipe(key);
			status = vault ? become_line(options, vault, mode) : become_command(options);
		} else {
			fault_set(&fault, FAULT_MANAGER, errno, "%s", strerror(errno));
			status = fail_with(EXIT_NOT_RUN, &fault);
		}
	}
	secret_free(key);
	return status;
}
