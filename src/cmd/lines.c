/* SPDX-License-Identifier: MIT */
/* Lines from standard input, nothing read ahead. */
#include "cmd/lines.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { PASTE_PAUSE_MS = 50 };   /* silence after which a paste is over */

void lines_init(struct lines *lines)
{
	memset(lines, 0, sizeof *lines);
	lines->terminal = isatty(STDIN_FILENO);
}

static bool more_within(int ms)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&input, 1, ms) > 0 && (input.revents & POLLIN);
}

/* A pasted key may hold line breaks: on a terminal the line ends when nothing follows it. */
static bool line_ends(const struct lines *lines, const struct secret *secret, char byte)
{
	if (byte != '\n' && byte != '\r')
		return false;
	return !secret || !lines->terminal || !more_within(PASTE_PAUSE_MS);
}

static void take_byte(struct lines *lines, struct secret *secret, char byte)
{
	bool erase = byte == '\b' || byte == '\177';

	if (secret) {
		if (erase && lines->terminal) {
			if (secret_length(secret))
				secret_truncate(secret, secret_length(secret) - 1);
		} else {
			secret_append(secret, &byte, 1);   /* a full page drops the rest: it is no key */
		}
	} else if (lines->length + 1 < sizeof lines->text) {
		lines->text[lines->length++] = byte;
	}
}

/* A pipe's last line may have no line break. On a terminal it is the window that has gone. */
static enum lines_result at_end(struct lines *lines, const struct secret *secret)
{
	if (lines->terminal || (secret ? !secret_length(secret) : !lines->length))
		return LINES_CLOSED;
	if (secret)
		return LINES_SECRET;
	lines->text[lines->length] = '\0';
	lines->whole = true;
	return LINES_LINE;
}

enum lines_result lines_read(struct lines *lines, struct secret *secret)
{
	char byte;

	if (lines->whole)
		lines->length = 0;
	lines->whole = false;
	do {
		ssize_t got = read(STDIN_FILENO, &byte, 1);

		if (got < 0 && errno == EINTR)
			return LINES_MORE;
		if (got <= 0)
			return at_end(lines, secret);
		if (byte == 4 && lines->terminal && secret)   /* ^D: not a line of its own without canonical mode */
			return LINES_CLOSED;
		if (line_ends(lines, secret, byte)) {
			byte = 0;
			if (secret)
				return LINES_SECRET;
			lines->text[lines->length] = '\0';
			lines->whole = true;
			return LINES_LINE;
		}
		take_byte(lines, secret, byte);
		byte = 0;
	} while (more_within(0));
	return LINES_MORE;
}

void lines_hide(const struct lines *lines, bool hidden)
{
	struct termios terminal;
	tcflag_t flags = ICANON | ECHO;

	if (!lines->terminal || tcgetattr(STDIN_FILENO, &terminal))
		return;
	terminal.c_lflag = hidden ? terminal.c_lflag & ~flags : terminal.c_lflag | flags;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
}
