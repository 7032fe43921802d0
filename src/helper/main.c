/* SPDX-License-Identifier: MIT */
/*
 * The start of the two helpers: keyguide-keyring (keyring.c), the only program
 * that talks to the keyring, and keyguide-stripe (stripe.c), the only one that
 * talks to Stripe. Started for one order: a line of JSON on standard input, then the key as so
 * many raw bytes. On standard output a line of JSON for each step that is worth
 * telling and one for the end; behind it, where a key was fetched, its bytes.
 * The near end is sys/helper.c.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "helper/confine.h"
#include "helper/order.h"

enum { LINE_MAX_BYTES = 64 * 1024, EXIT_WRONG_USE = 2 };

json_t *order_answer(enum fault_code code, const struct fault *fault)
{
	return json_pack("{s:s, s:s}", "fault", fault_slug(code), "detail",
			 code != FAULT_NONE && fault ? fault->detail : "");
}

static void say(const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			exit(EXIT_FAILURE);   /* nobody listens any more */
		bytes += written;
		length -= (size_t)written;
	}
}

void order_say_take(json_t *json)
{
	char *line = json ? json_dumps(json, JSON_COMPACT) : NULL;

	if (line) {
		say(line, strlen(line));
		say("\n", 1);
	}
	free(line);
	json_decref(json);
}

/* Byte by byte, since what follows the line is a key and must not get into a buffer of stdio's. */
static bool read_line(char *line, size_t size)
{
	for (size_t length = 0; length < size; length++) {
		if (read(STDIN_FILENO, line + length, 1) != 1)
			return false;
		if (line[length] == '\n') {
			line[length] = '\0';
			return true;
		}
	}
	return false;
}

static bool read_key(struct secret *key, size_t length)
{
	size_t have = 0;

	if (length > secret_room(key))
		return false;
	while (have < length) {
		ssize_t got = read(STDIN_FILENO, secret_reveal(key) + have, length - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		have += (size_t)got;
	}
	secret_set_length(key, length);
	return true;
}

static bool read_order(struct order *order)
{
	static char line[LINE_MAX_BYTES];
	json_int_t length;

	if (!read_line(line, sizeof line))
		return false;
	order->json = json_loads(line, 0, NULL);
	if (json_unpack(order->json, "{s:s, s:b, s:b, s:i, s:s, s:s, s:s, s:s, s:o, s:I, s:s, s:s, s:I}",
			"verb", &order->verb, "unlock", &order->unlock, "over", &order->over,
			"before", &order->before, "ends", &order->ends, "name", &order->name,
			"mode", &order->mode, "account", &order->account, "questions", &order->questions,
			"rate", &order->rate, "api_base", &order->api_base,
			"ca_file", &order->ca_file, "length", &length) || length < 0)
		return false;
	return read_key(order->key, (size_t)length);
}

/* Confined first: this program is for one thing alone. */
static json_t *carry_out(const struct order *order)
{
	struct confinement held = confine(order_role, order->ca_file);
	json_t *answer = order_carry_out(order);

	json_object_set_new(answer, "seccomp", json_boolean(held.seccomp));
	json_object_set_new(answer, "landlock", json_integer(held.landlock));
	return answer;
}

static void harden(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	secret_harden_process();
	/* Other stores than the desktop's keyring are not wanted (libsecret's file has no check of its password). */
	unsetenv("SECRET_BACKEND");
	i18n_start(NULL);
}

int main(void)
{
	struct order order = { .key = secret_new(SECRET_ROOM) };
	json_t *answer = NULL;

	if (isatty(STDIN_FILENO)) {
		fputs("this program is started by keyguide; start keyguide instead\n", stderr);
		return EXIT_WRONG_USE;
	}
	harden();
	if (read_order(&order))
		answer = carry_out(&order);
	if (!answer)
		return EXIT_WRONG_USE;
	order_say_take(answer);
	if (!strcmp(order.verb, "fetch"))
		say(secret_reveal(order.key), secret_length(order.key));
	secret_free(order.key);
	json_decref(order.json);
	return EXIT_SUCCESS;
}
