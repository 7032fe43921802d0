/* SPDX-License-Identifier: MIT */
/* Starts the Stripe stand-in for one test, with one key. */
#ifndef TESTS_PEER_H
#define TESTS_PEER_H

#include <stdbool.h>
#include <sys/types.h>

struct peer {
	pid_t pid;
	char base[64];           /* "https://127.0.0.1:PORT" */
	char proxy[64];          /* "http://127.0.0.1:PORT", where one was asked for */
	char certificate[128];   /* for --ca-file */
	char log[128];           /* a line of JSON a request, and an answer: peer.mjs */
};

/* What the stand-in is to know and to do; 0 and NULL are the usual. */
struct peer_setup {
	const char *key;
	const char *state;           /* alive, expired, unknown, blocked, policy */
	const char *permissions;     /* slugs, blanks between them */
	const char *text;            /* of a refusal: new, old, plain */
	int alive_for;               /* so many requests, then expired */
	const char *old_key;         /* a second one, of the same permissions; or NULL */
	int old_alive_for;           /* as above; 0: it is expired at once */
	int delay_ms;                /* before every answer */
	bool http1;                  /* no HTTP/2 */
	bool proxy;                  /* also a proxy that leads to it */
	bool wrong_certificate;      /* of another host */
	const char *faults;          /* a JSON array: peer.mjs */
};

/* FOLDER: where the certificate and the log are. */
void peer_start_with(struct peer *peer, const char *folder, const struct peer_setup *setup);

/* PERMISSIONS: as in the setup. */
void peer_start(struct peer *peer, const char *folder, const char *key, const char *state, const char *permissions);
void peer_stop(struct peer *peer);

/* A request in the log. */
#define PEER_GET "\"method\":\"GET\""
#define PEER_POST "\"method\":\"POST\""

/* What was asked and answered so far; the caller's. */
char *peer_log(const struct peer *peer);
/* How often TEXT stands in it. */
size_t peer_count(const struct peer *peer, const char *text);

#endif
