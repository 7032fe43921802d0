/* SPDX-License-Identifier: MIT */
/* The wizard as numbered lines: one page, one question, one answer. */
#include "cmd/wizard.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/clock.h"
#include "base/mem.h"
#include "cmd/guard.h"
#include "cmd/lines.h"
#include "ui/plain.h"

enum { PATIENCE_MS = 1000 };

struct talk {
	struct wizard *wizard;
	struct plain *plain;
	struct lines lines;
	bool closed;         /* standard input has ended */
	bool owed;           /* the page is not said yet: it waits for the keyring */
	long long patient_until_ms;   /* but not longer; 0: it has not begun to */
	bool asking;         /* said that Stripe is being asked; its answers are not counted aloud */
};

static bool asks_for_key(const struct talk *talk)
{
	return talk->wizard->page.control.kind == CONTROL_SECRET;
}

/*
 * The menu and what is behind it come up with what the keyring held before,
 * while it is looked into anew. Said at once, that would be corrected at once.
 */
static bool is_early(struct talk *talk)
{
	const struct walk *walk = &talk->wizard->walk;

	if (walk->guide != &guide_home || walk->keyring != KEYRING_TRYING || walk->overlay != OVERLAY_NONE)
		talk->patient_until_ms = 0;
	else if (!talk->patient_until_ms)
		talk->patient_until_ms = clock_ms() + PATIENCE_MS;
	return talk->patient_until_ms > clock_ms();
}

/*
 * The terminal hides a key before it is asked for: who is quick must not see it
 * either. Who leaves is asked nothing more.
 */
static void show(struct talk *talk)
{
	if (talk->wizard->over || talk->wizard->effect.kind == EFFECT_QUIT)
		return;
	talk->owed = is_early(talk);
	if (talk->owed)
		return;
	lines_hide(&talk->lines, asks_for_key(talk));
	plain_show(talk->plain, &talk->wizard->page);
}

static void answer(struct talk *talk, const char *line)
{
	struct event event;
	char *heard = charset_heard(line);

	if (plain_answer(talk->plain, &talk->wizard->page, heard, &event))
		wizard_event(talk->wizard, &event);
	plain_forget_answer(talk->plain);
	mem_free_wiped(heard);
}

/* Where a key is asked for "<", "?" and a number are still commands; they hold no key. */
static void answer_secret(struct talk *talk)
{
	struct secret *key = talk->wizard->key;
	char command[16];

	putchar('\n');   /* the one that was typed was not shown */
	if (secret_length(key) < sizeof command && plain_is_command(secret_reveal(key), secret_length(key))) {
		memcpy(command, secret_reveal(key), secret_length(key));
		command[secret_length(key)] = '\0';
		secret_wipe(key);
		answer(talk, command);
	} else {
		wizard_key(talk->wizard);
	}
}

static void read_input(struct talk *talk)
{
	switch (lines_read(&talk->lines, asks_for_key(talk) ? talk->wizard->key : NULL)) {
	case LINES_MORE:
		return;
	case LINES_LINE:
		answer(talk, talk->lines.text);
		explicit_bzero(talk->lines.text, talk->lines.length);
		break;
	case LINES_SECRET:
		answer_secret(talk);
		break;
	case LINES_CLOSED:
		talk->closed = true;
		return;
	}
	show(talk);
}

static void take_signals(struct talk *talk)
{
	int number;

	while ((number = guard_next(talk->wizard->signals))) {
		if (number == SIGTSTP) {
			lines_hide(&talk->lines, false);
			guard_stop_here();
			show(talk);
		} else if (number == SIGINT && talk->lines.terminal && talk->wizard->walk.overlay != OVERLAY_LEAVE) {
			wizard_action(talk->wizard, ACTION_LEAVE);
			show(talk);
		} else if (number != SIGWINCH) {
			wizard_end(talk->wizard, number);
		}
	}
}

/* A pipe has all its answers at once: none is read before the last one's effect has ended. */
static bool may_read(const struct talk *talk)
{
	return !talk->closed && !talk->owed && (talk->lines.terminal || !wizard_busy(talk->wizard));
}

static void wait_and_handle(struct talk *talk)
{
	struct pollfd descriptors[3];
	int timeout_ms = -1;
	size_t count = wizard_poll(talk->wizard, descriptors, &timeout_ms);
	bool reading = may_read(talk);

	if (reading)
		descriptors[count++] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	lines_hide(&talk->lines, asks_for_key(talk));
	if (talk->owed && (timeout_ms < 0 || timeout_ms > PATIENCE_MS))
		timeout_ms = PATIENCE_MS;
	if (poll(descriptors, count, timeout_ms) < 0)
		return;
	take_signals(talk);
	if (talk->owed)
		show(talk);
	if (!talk->wizard->over && reading && may_read(talk) && descriptors[count - 1].revents)
		read_input(talk);
}

/* While Stripe answers nothing is said until it is over: a count would be read aloud again and again. */
static bool is_news(struct talk *talk)
{
	bool was_asking = talk->asking;

	talk->asking = talk->wizard->walk.copy.ask == ASK_GOING;
	return !talk->asking || !was_asking;
}

void wizard_lines(struct wizard *wizard)
{
	struct talk talk = { .wizard = wizard, .plain = plain_new(stdout) };

	lines_init(&talk.lines);
	show(&talk);
	while (!wizard->over) {
		if (wizard_work(wizard)) {
			if (is_news(&talk))
				show(&talk);
		} else if (talk.closed && !wizard_busy(wizard)) {
			wizard_end(wizard, 0);
		} else {
			wait_and_handle(&talk);
		}
	}
	lines_hide(&talk.lines, false);
	putchar('\n');   /* the prompt has had no answer */
	plain_free(talk.plain);
}
