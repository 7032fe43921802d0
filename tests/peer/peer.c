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

static void make_certificate(struct peer *peer, const char *private_key)
{
	char *made = session_output((const char *const[]){ "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
		"subjectAltName=IP:127.0.0.1", "-keyout", private_key, "-out", peer->certificate, NULL });

	cr_assert(made, "openssl made no certificate");
	free(made);
}

static void send_keys(int to, const char *key, const char *state, const char *permission)
{
	FILE *out = fdopen(to, "w");

	cr_assert(out);
	fprintf(out, "[{\"secret\":\"%s\",\"account\":\"acct_1Standin\",\"permissions\":[\"%s\"],\"state\":\"%s\","
		"\"text\":\"new\"}]", key, permission, state);
	fclose(out);
}

static void read_port(struct peer *peer, int from)
{
	char line[32] = "";
	size_t length = 0;

	while (length + 1 < sizeof line && !strchr(line, '\n') && read(from, line + length, 1) == 1)
		length++;
	close(from);
	cr_assert(atoi(line) > 0, "the stand-in did not start");
	snprintf(peer->base, sizeof peer->base, "https://127.0.0.1:%d", atoi(line));
}

void peer_start(struct peer *peer, const char *folder, const char *key, const char *state, const char *permission)
{
	char private_key[128];
	int in[2], out[2];

	snprintf(peer->certificate, sizeof peer->certificate, "%s/peer.crt", folder);
	snprintf(private_key, sizeof private_key, "%s/peer.key", folder);
	make_certificate(peer, private_key);
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
	send_keys(in[1], key, state, permission);
	read_port(peer, out[0]);
}

void peer_stop(struct peer *peer)
{
	kill(peer->pid, SIGKILL);
	waitpid(peer->pid, NULL, 0);
}
