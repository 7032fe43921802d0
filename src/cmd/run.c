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

enum {
	EXIT_NOT_FOUND = 127, EXIT_NOT_RUN = 126   /* as shells and env(1) have it */
};

/* The key's bytes into KEY; EXIT_DONE, or why not. */
static int fetch(const struct options *options, struct secret *key)
{
	struct helper_request request = kept_request(HELPER_FETCH, options, options->arguments[0]);
	struct fault fault = { .detail = "" };
	struct helper *helper = helper_start(&request, key, &fault);
	struct helper_reply reply;

	if (!helper)
		return fail_with(EXIT_NO_KEYRING, &fault);
	helper_wait(helper, &reply);
	helper_free(helper);
	fault_set(&fault, reply.fault, 0, "%s", reply.detail);
	helper_reply_done(&reply);
	return fault.code == FAULT_NONE ? EXIT_DONE : fail_with(kept_status(fault.code), &fault);
}

/* The language that was chosen for keyguide is not the program's. */
static void give_back_language(const char *before)
{
	if (before)
		setenv("LANGUAGE", before, 1);
	else
		unsetenv("LANGUAGE");
}

/* Returns only where it cannot become the program. */
static int become(const struct options *options)
{
	char **command = options->arguments + 1, *what, *shown;
	int error, status;

	give_back_language(options->language);
	execvp(command[0], command);
	error = errno;
	status = error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUN;
	shown = charset_heard(command[0]);
	what = mem_printf(_("\"%s\" could not be started (%s)"), shown, strerror(error));
	fail(status, what, _("check its name"));
	free(shown);
	free(what);
	return status;
}

/* Not dumpable while the key is here; unlike the wizard without a limit that the program would inherit. */
static struct secret *new_key(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	return secret_new(SECRET_ROOM);
}

/* Behind the key. An item that leaves no room for it is no key, however it came into the keyring. */
static int add_byte(struct secret *key, const char *byte)
{
	struct fault fault;

	if (secret_append(key, byte, 1))
		return EXIT_DONE;
	fault_set(&fault, FAULT_KEYRING_ODD, EMSGSIZE, "%s", strerror(EMSGSIZE));
	return fail_with(EXIT_NO_KEYRING, &fault);
}

int run_run(const struct options *options)
{
	struct secret *key = new_key();
	int status = fetch(options, key);

	if (status == EXIT_DONE)
		status = add_byte(key, "");   /* the end of a text; the environment copies it, as it must */
	if (status == EXIT_DONE) {
		setenv(options->env ? options->env : "STRIPE_API_KEY", secret_reveal(key), 1);
		secret_wipe(key);
		status = become(options);
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

int give_run(const struct options *options)
{
	struct secret *key = new_key();
	struct fault fault;
	int status = fetch(options, key);

	if (status == EXIT_DONE && options->newline)
		status = add_byte(key, "\n");
	if (status == EXIT_DONE) {
		if (put_on_input(key)) {
			secret_wipe(key);
			status = become(options);
		} else {
			fault_set(&fault, FAULT_MANAGER, errno, "%s", strerror(errno));
			status = fail_with(EXIT_NOT_RUN, &fault);
		}
	}
	secret_free(key);
	return status;
}
