/* SPDX-License-Identifier: MIT */
/*
 * The wizard's screen as it is heard: under yasr, a screen reader that speaks
 * what a program sends to the terminal. Its speech server here writes down what
 * it is told to say.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journey.h"

enum { TURNS = 200, TURN_MS = 50, LATEST_MAX = 600 };

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;

/* yasr leaves its end of the terminal open in the program: that one would never hear that it is gone. */
static void done(void)
{
	char command[64];

	if (terminal->pid > 0) {
		snprintf(command, sizeof command, "pkill -KILL -P %d", (int)terminal->pid);
		free(session_output_of(command, ""));
	}
	journey_end(&journey);
}

TestSuite(screen_reader, .fini = done, .timeout = 120);

/* yasr with no keys of its own; brackets are said in words, as in the settings that it comes with. */
static void write_settings(void)
{
	char *settings, path[160];

	session_write(&journey.session, "speech", "#!/bin/sh\nexec cat >>\"$SPOKEN\"\n");
	snprintf(path, sizeof path, "%s/speech", journey.session.folder);
	cr_assert_eq(chmod(path, 0700), 0);
	cr_assert(asprintf(&settings, "[normalkeys]\n[reviewkeys]\n[options]\ncursor tracking=full\n"
		"synthesizer=emacspeak server\nsynthesizer port=|%s\nkey echo=off\nshell=/bin/sh\n[dict]\n"
		"0x5b=left bracket\n]=right bracket\n", path) > 0);
	session_write(&journey.session, "yasr.conf", settings);
	free(settings);
	session_write(&journey.session, "spoken", "");
	snprintf(path, sizeof path, "%s/spoken", journey.session.folder);
	setenv("SPOKEN", path, 1);
}

/* MORE: an argument of keyguide's, or NULL. */
static void listen_to(const char *more)
{
	static char settings[160];
	static const char *const under[] = { "/usr/bin/env", "yasr", "-C", settings, "--", NULL };
	char *there = session_output_of("command -v yasr", "");

	if (!there)
		cr_skip_test("there is no yasr");
	free(there);
	write_settings();
	snprintf(settings, sizeof settings, "%s/yasr.conf", journey.session.folder);
	setenv("TERM", "linux", 1);   /* it knows no other */
	journey.under = under;
	journey_start(&journey, 80, 24, (const char *const[]){ more, NULL });
}

/* Adds the words of a line in which yasr says something: "q {Back  }", with one blank between words. */
static void add_words(FILE *out, const char *line)
{
	if (strncmp(line, "q {", 3) && strncmp(line, "l {", 3))
		return;
	line += 3;
	while (*(line += strspn(line, " }"))) {
		size_t length = strcspn(line, " }");

		fprintf(out, " %.*s", (int)length, line);
		line += length;
	}
}

/* All that was said so far. The caller's. */
static char *heard(void)
{
	char *raw = session_read(&journey.session, "spoken"), *words, *rest = raw, *line;
	size_t size;
	FILE *out = open_memstream(&words, &size);

	while ((line = strsep(&rest, "\n")))
		add_words(out, line);
	fclose(out);
	free(raw);
	return words;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), wanted = strlen(end);

	return length >= wanted && !strcmp(text + length - wanted, end);
}

static bool contains(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static const char *latest(const char *words)
{
	size_t length = strlen(words);

	return length > LATEST_MAX ? words + length - LATEST_MAX : words;
}

/* Waits until what was said is as AS wants it with TEXT. */
static void wait_until(bool (*as)(const char *words, const char *text), const char *text)
{
	char *words = heard();

	for (int turn = 0; turn < TURNS && !as(words, text); turn++) {
		terminal_read(terminal, TURN_MS);
		free(words);
		words = heard();
	}
	cr_assert(as(words, text), "\"%s\" was not said, but: … %s", text, latest(words));
	free(words);
}

static void hear(const char *text)
{
	wait_until(contains, text);
}

/* And nothing behind it. */
static void hear_last(const char *text)
{
	wait_until(ends_with, text);
}

static void press_and_hear(const char *key, const char *text)
{
	terminal_type(terminal, key);
	hear_last(text);
}

static void assert_key_was_not_spoken(void)
{
	char *said = session_read(&journey.session, "spoken");

	cr_assert_not(strstr(said, journey.key + strlen(journey.key) - 12), "the key was spoken");
	free(said);
}

Test(screen_reader, hears_the_focus__wherever_it_goes)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	listen_to(NULL);
	hear(" ▸ (•) Practise in the sandbox first (recommended)");
	terminal_wait(terminal, "[ Start ]");
	press_and_hear(KEY_DOWN, " ▸ (•) Make the real key at once ( live in Stripe's words)");
	press_and_hear(KEY_UP, " ▸ (•) Practise in the sandbox first (recommended)");
	press_and_hear(KEY_TAB, " left bracket Plan or link right bracket");
	press_and_hear(KEY_TAB, " left bracket Questions right bracket");
	press_and_hear(KEY_BACKTAB, " left bracket Plan or link right bracket");
	press_and_hear(KEY_TAB KEY_ENTER, " ▸ What is the difference between a secret key and a restricted key?");
	press_and_hear(KEY_ENTER, " left bracket Back right bracket");
	hear("There is no way to limit it.");
}

Test(screen_reader, hears_what_a_row_became__and_never_the_key)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	listen_to(NULL);
	for (int step = 0; step < 4; step++) {
		char next[16];

		if (step == 0)
			terminal_wait(terminal, "\"Login\"");
		if (step == 1)
			terminal_type(terminal, KEY_ENTER);   /* asks for the browser */
		snprintf(next, sizeof next, "▸ %d", step + 1);
		terminal_answer(terminal, KEY_ENTER, next);
	}
	terminal_type(terminal, KEY_ENTER);
	hear("Nothing is chosen yet, so the key could do nothing.");
	press_and_hear(KEY_DOWN, " ▸ Balance left bracket None right bracket Read Read: Shows how much money you have at Stripe, "
		       "and every movement: payments, fees, refunds, payouts.");
	press_and_hear(KEY_RIGHT, " ▸ Balance None left bracket Read right bracket Shows how much money you have at Stripe, "
		       "and every movement: payments, fees, refunds, payouts.");
	press_and_hear(KEY_ENTER, " ▸ left bracket right bracket Balance Read");
	terminal_answer(terminal, KEY_ENTER, "▸ 5");
	terminal_answer(terminal, KEY_ENTER, "▸ 6");
	hear("Come back here and paste it");
	journey_paste(&journey);
	hear("Read back: it is the same key.");
	hear("The key does what you planned.");
	hear_last(" left bracket Next right bracket");
	terminal_answer(terminal, KEY_ENTER, "As planned");
	hear(" Balance Read Read");
	hear_last(" left bracket Next right bracket");
	assert_key_was_not_spoken();
}

Test(screen_reader, hears_lines__and_never_the_key)
{
	static const struct { const char *answer, *said; } talk[] = {
		{ "", "Enter: Start." }, { "\r", "Step 1 of 6:" }, { "\r", "Step 2 of 6:" }, { "\r", "Step 3 of 6:" },
		{ "\r", "Step 4 of 6:" }, { "balance\r", "1 Balance: now None. Type 1 for Read. Read: Shows" },
		{ "1\r", "1 Balance: now Read. Type 1 for None. Shows" }, { "\r", "Now set the same in Stripe" },
		{ "\r", "Step 5 of 6:" }, { "\r", "Paste the key and press Enter. It is not shown." },
	};

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	listen_to("--plain");
	for (size_t i = 0; i < sizeof talk / sizeof *talk; i++) {
		terminal_type(terminal, talk[i].answer);
		hear(talk[i].said);
	}
	terminal_type(terminal, journey.key);
	terminal_type(terminal, "\r");
	hear("Done: Read back: it is the same key.");
	hear("Done: Asked Stripe: The key does what you planned.");
	assert_key_was_not_spoken();
}
