/* SPDX-License-Identifier: MIT */
/* A person at the wizard, step by step, in any language: only the header's numbers are looked at. */
#include "journey.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void journey_prepare(struct journey *journey, enum session_kind kind, const char *state)
{
	memset(journey, 0, sizeof *journey);
	session_start(&journey->session, kind);
	setenv("BROWSER", "/bin/true", 1);
	journey->key = session_make_key("rk_test_");
	if (state)
		peer_start(&journey->peer, journey->session.folder, journey->key, state, "rak_balance_read");
}

void journey_prepare_with(struct journey *journey, enum session_kind kind, struct peer_setup setup)
{
	journey_prepare(journey, kind, NULL);
	setup.key = journey->key;
	peer_start_with(&journey->peer, journey->session.folder, &setup);
}

void journey_start(struct journey *journey, int columns, int rows, const char *const more[])
{
	const char *argv[24] = { NULL };
	size_t count = 0;

	for (const char *const *under = journey->under; under && *under; under++)
		argv[count++] = *under;
	argv[count++] = KEYGUIDE_PATH;
	for (; more && *more; more++)
		argv[count++] = *more;
	if (journey->peer.pid) {
		argv[count++] = "--api-base";
		argv[count++] = journey->peer.base;
		argv[count++] = "--ca-file";
		argv[count++] = journey->peer.certificate;
	}
	terminal_start(&journey->terminal, columns, rows, argv);
}

static void press_on(struct terminal *terminal, int step)
{
	char next[16];

	if (step == 1)
		terminal_type(terminal, KEY_ENTER);   /* asks for the browser; the focus goes to "Next" */
	if (step == 4) {
		terminal_type(terminal, KEY_DOWN KEY_RIGHT);
		terminal_answer(terminal, KEY_ENTER, "[ ]");
	}
	snprintf(next, sizeof next, "▸ %d", step + 1);
	terminal_answer(terminal, KEY_ENTER, next);
}

void journey_go_to(struct journey *journey, int step)
{
	terminal_wait(&journey->terminal, "\"Login\"");
	for (int now = 0; now < step; now++)
		press_on(&journey->terminal, now);
}

void journey_paste(struct journey *journey)
{
	terminal_paste(&journey->terminal, journey->key);
	terminal_wait(&journey->terminal, "acct_1Standin");
}

void journey_live_round(struct journey *journey)
{
	struct terminal *terminal = &journey->terminal;

	terminal_answer(terminal, KEY_ENTER, "LIVE");
	terminal_type(terminal, KEY_ENTER);
	terminal_answer(terminal, KEY_ENTER, "▸ 2");
	terminal_answer(terminal, KEY_ENTER, "▸ 3");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
	terminal_wait(terminal, "1 Read");
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	terminal_answer(terminal, KEY_ENTER, "▸ 5");
	terminal_answer(terminal, KEY_ENTER, "▸ 6");
}

void journey_end(struct journey *journey)
{
	if (journey->terminal.vterm)
		terminal_stop(&journey->terminal);
	if (journey->peer.pid)
		peer_stop(&journey->peer);
	session_stop(&journey->session);
	free(journey->key);
}
