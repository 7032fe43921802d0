/* SPDX-License-Identifier: MIT */
/* The Stripe stand-in as a child of a test. */
#include "peer.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../service/session.h"

static void make_certificate(struct peer *peer, const char *private_key, bool wrong)
{
	char *made = session_output((const char *const[]){ "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", wrong ? "/CN=example.com" : "/CN=127.0.0.1",
		"-addext", wrong ? "subjectAltName=DNS:example.com" : "subjectAltName=IP:127.0.0.1",
		"-keyout", private_key, "-out", peer->certificate, NULL });

	cr_assert(made, "openssl made no certificate");
	free(made);
}

static void send_permissions(FILE *out, const char *permissions)
{
	const char *separator = "";

	fputs("\"permissions\":[", out);
	while (permissions && *permissions) {
		size_t length = strcspn(permissions, " ");

		fprintf(out, "%s\"%.*s\"", separator, (int)length, permissions);
		permissions += length + strspn(permissions + length, " ");
		separator = ",";
	}
	fputs("]", out);
}

static void send_key(FILE *out, const struct peer_setup *setup, const char *key, const char *state, int alive_for)
{
	fprintf(out, "{\"secret\":\"%s\",\"account\":\"acct_1Standin\",\"state\":\"%s\",\"text\":\"%s\",", key, state,
		setup->text ? setup->text : "new");
	send_permissions(out, setup->permissions);
	if (alive_for)
		fprintf(out, ",\"alive_for\":%d", alive_for);
	fputs("}", out);
}

/* Through a pipe, so that no key is in a file or an argument. */
static void send_setup(int to, const struct peer *peer, const struct peer_setup *setup)
{
	FILE *out = fdopen(to, "w");

	cr_assert(out);
	fputs("{\"keys\":[", out);
	send_key(out, setup, setup->key, setup->state ? setup->state : "alive", setup->alive_for);
	if (setup->old_key) {
		fputs(",", out);
		send_key(out, setup, setup->old_key, setup->old_alive_for ? "alive" : "expired", setup->old_alive_for);
	}
	fprintf(out, "],\"delay_ms\":%d,\"http1\":%s,\"proxy\":%s,\"log\":\"%s\",\"faults\":%s}", setup->delay_ms,
		setup->http1 ? "true" : "false", setup->proxy ? "true" : "false", peer->log,
		setup->faults ? setup->faults : "[]");
	fclose(out);
}

static int read_port(int from)
{
	char line[32] = "";
	size_t length = 0;

	while (length + 1 < sizeof line && !strchr(line, '\n') && read(from, line + length, 1) == 1)
		length++;
	cr_assert(atoi(line) > 0, "the stand-in did not start");
	return atoi(line);
}

void peer_start_with(struct peer *peer, const char *folder, const struct peer_setup *setup)
{
	char private_key[128];
	int in[2], out[2];

	snprintf(peer->certificate, sizeof peer->certificate, "%s/peer.crt", folder);
	snprintf(peer->log, sizeof peer->log, "%s/peer.log", folder);
	snprintf(private_key, sizeof private_key, "%s/peer.key", folder);
	make_certificate(peer, private_key, setup->wrong_certificate);
	cr_assert(!pipe(in) && !pipe(out));
	peer->pid = fork();
	if (!peer->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[0]), close(in[1]), close(out[0]), close(out[1]);
		execlp("node", "node", TESTS_DIR "/peer/peer.mjs", peer->certificate, private_key,
		       TESTS_DIR "/../data/permissions.json", NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	send_setup(in[1], peer, setup);
	snprintf(peer->base, sizeof peer->base, "https://127.0.0.1:%d", read_port(out[0]));
	if (setup->proxy)
		snprintf(peer->proxy, sizeof peer->proxy, "http://127.0.0.1:%d", read_port(out[0]));
	close(out[0]);
}

void peer_start(struct peer *peer, const char *folder, const char *key, const char *state, const char *permissions)
{
	peer_start_with(peer, folder, &(struct peer_setup){ .key = key, .state = state, .permissions = permissions });
}

void peer_stop(struct peer *peer)
{
	kill(peer->pid, SIGKILL);
	waitpid(peer->pid, NULL, 0);
}

char *peer_log(const struct peer *peer)
{
	FILE *log = fopen(peer->log, "r");
	char *text = NULL;
	size_t size = 0;

	if (log && getdelim(&text, &size, '\0', log) < 0 && text)
		*text = '\0';
	if (log)
		fclose(log);
	return text ? text : strdup("");
}

size_t peer_count(const struct peer *peer, const char *text)
{
	char *log = peer_log(peer);
	size_t count = 0;

	for (const char *at = log; (at = strstr(at, text)); at += strlen(text))
		count++;
	free(log);
	return count;
}
