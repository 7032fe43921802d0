/* SPDX-License-Identifier: MIT */
/*
 * Keys, read byte by byte from the descriptor, so that none is taken that
 * belongs to the next page, and none of a key passes through curses' queue or
 * any buffer that is not wiped. curses is only asked which key a sequence is.
 */
#include "ui/input.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/term_state.h"

enum {
	ESCAPE_MS = 25,          /* the rest of a sequence comes within this, or it was the Esc key */
	SEQUENCE_MAX = 32,
	PASTE_ROOM = 64 * 1024,
	CTRL_C = 3, CTRL_H = 8, CTRL_U = 21, ESC = 27, DEL = 127
};

static const char paste_begins[] = "\033[200~", paste_ends[] = "\033[201~";

/* One byte within TIMEOUT_MS: 1, 0 none came, -1 the terminal is gone. */
static int next_byte(unsigned char *byte, int timeout_ms)
{
	struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
	ssize_t got;

	if (poll(&ready, 1, timeout_ms) <= 0)
		return 0;
	got = read(STDIN_FILENO, byte, 1);
	if (got == 1)
		return 1;
	return got < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}

static int bytes_waiting(void)
{
	int count = 0;

	return ioctl(STDIN_FILENO, FIONREAD, &count) == 0 ? count : 0;
}

bool input_waiting(void)
{
	struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&ready, 1, 0) > 0 && (ready.revents & POLLIN);
}

static enum input_result pressed(struct press *press, enum press_kind kind)
{
	*press = (struct press){ .kind = kind };
	return INPUT_PRESS;
}

/* Where pasted bytes go: the locked page, or a buffer that is wiped after use. What has no room is dropped. */
static void keep_pasted(struct paste *paste, struct secret *secret, const void *bytes, size_t length)
{
	if (paste->into_secret) {
		if (secret)
			secret_append(secret, bytes, length);
		return;
	}
	if (paste->length + length >= PASTE_ROOM)
		return;
	memcpy(paste->text + paste->length, bytes, length);
	paste->length += length;
}

/* False once the closing mark is complete. */
static bool feed_paste(struct paste *paste, struct secret *secret, unsigned char byte)
{
	if (byte == (unsigned char)paste_ends[paste->matched])
		return ++paste->matched < sizeof paste_ends - 1;
	if (paste->matched)
		keep_pasted(paste, secret, paste_ends, paste->matched);
	paste->matched = byte == ESC;
	if (!paste->matched)
		keep_pasted(paste, secret, &byte, 1);
	return true;
}

static enum input_result finish_paste(struct paste *paste, struct press *press)
{
	paste->open = false;
	if (paste->into_secret)
		return INPUT_SECRET_DONE;
	paste->text[paste->length] = '\0';
	*press = (struct press){ .kind = PRESS_PASTE, .text = paste->text };
	return INPUT_PRESS;
}

/* Ctrl-C alone ends a paste whose closing mark never came. */
static enum input_result read_paste(struct term *term, struct secret *secret, struct press *press)
{
	struct paste *paste = &term->paste;
	unsigned char byte;
	int got, alone = bytes_waiting() == 1;

	while ((got = next_byte(&byte, 0)) > 0) {
		if (alone && byte == CTRL_C) {
			paste->open = false;
			return pressed(press, PRESS_LEAVE);
		}
		alone = 0;
		if (!feed_paste(paste, secret, byte))
			break;
	}
	explicit_bzero(&byte, sizeof byte);
	if (got < 0)
		return INPUT_CLOSED;
	if (got > 0)
		return finish_paste(paste, press);
	return paste->into_secret ? INPUT_SECRET : INPUT_NOTHING;
}

static enum input_result begin_paste(struct term *term, struct secret *secret, struct press *press)
{
	struct paste *paste = &term->paste;

	paste->open = true;
	paste->into_secret = secret != NULL;
	paste->matched = paste->length = 0;
	if (!paste->into_secret && !paste->text)
		paste->text = mem_new(PASTE_ROOM, 1);
	return read_paste(term, secret, press);
}

void input_forget_pasted(struct term *term)
{
	struct paste *paste = &term->paste;

	if (!paste->text || paste->open)
		return;
	explicit_bzero(paste->text, paste->length);
	free(paste->text);
	paste->text = NULL;
	paste->length = 0;
}

/* Wheel and left button; X and Y count from 1. */
static enum input_result mouse_press(struct press *press, int button, int x, int y)
{
	static const int with_shift_or_so = 4 | 8 | 16;

	*press = (struct press){ .x = x - 1, .y = y - 1 };
	switch (button & ~with_shift_or_so) {
	case 0:
		press->kind = PRESS_CLICK;
		return INPUT_PRESS;
	case 64:
		press->kind = PRESS_WHEEL_UP;
		return INPUT_PRESS;
	case 65:
		press->kind = PRESS_WHEEL_DOWN;
		return INPUT_PRESS;
	default:
		return INPUT_NOTHING;
	}
}

static enum input_result mouse(const char *sequence, size_t length, struct press *press)
{
	int button, x, y;
	char end;

	if (sscanf(sequence, "\033[<%d;%d;%d%c", &button, &x, &y, &end) == 4)
		return end == 'M' ? mouse_press(press, button, x, y) : INPUT_NOTHING;
	if (length == 6)
		return mouse_press(press, (unsigned char)sequence[3] - 32, (unsigned char)sequence[4] - 32,
				   (unsigned char)sequence[5] - 32);
	return INPUT_NOTHING;
}

/* What terminals send whatever their description says. */
static const struct {
	const char *sequence;
	enum press_kind kind;
} usual_keys[] = {
	{ "\033[A", PRESS_UP }, { "\033[B", PRESS_DOWN }, { "\033[C", PRESS_RIGHT }, { "\033[D", PRESS_LEFT },
	{ "\033OA", PRESS_UP }, { "\033OB", PRESS_DOWN }, { "\033OC", PRESS_RIGHT }, { "\033OD", PRESS_LEFT },
	{ "\033[H", PRESS_HOME }, { "\033[F", PRESS_END }, { "\033OH", PRESS_HOME }, { "\033OF", PRESS_END },
	{ "\033[1~", PRESS_HOME }, { "\033[4~", PRESS_END }, { "\033[7~", PRESS_HOME }, { "\033[8~", PRESS_END },
	{ "\033[5~", PRESS_PAGE_UP }, { "\033[6~", PRESS_PAGE_DOWN }, { "\033[3~", PRESS_DELETE },
	{ "\033[Z", PRESS_BACKTAB }, { "\033OP", PRESS_HELP }, { "\033[11~", PRESS_HELP },
	{ "\033[[A", PRESS_HELP }, { "\033OQ", PRESS_LANGUAGE }, { "\033[12~", PRESS_LANGUAGE },
	{ "\033[[B", PRESS_LANGUAGE }, { "\033OM", PRESS_ENTER },
};

static const struct {
	int code;
	enum press_kind kind;
} curses_keys[] = {
	{ KEY_UP, PRESS_UP }, { KEY_DOWN, PRESS_DOWN }, { KEY_LEFT, PRESS_LEFT }, { KEY_RIGHT, PRESS_RIGHT },
	{ KEY_HOME, PRESS_HOME }, { KEY_END, PRESS_END }, { KEY_PPAGE, PRESS_PAGE_UP },
	{ KEY_NPAGE, PRESS_PAGE_DOWN }, { KEY_BACKSPACE, PRESS_BACKSPACE }, { KEY_DC, PRESS_DELETE },
	{ KEY_BTAB, PRESS_BACKTAB }, { KEY_F(1), PRESS_HELP }, { KEY_F(2), PRESS_LANGUAGE }, { KEY_ENTER, PRESS_ENTER },
};

static enum input_result key_of(const char *sequence, struct press *press)
{
	int code = key_defined(sequence);

	for (size_t i = 0; code > 0 && i < sizeof curses_keys / sizeof *curses_keys; i++)
		if (curses_keys[i].code == code)
			return pressed(press, curses_keys[i].kind);
	for (size_t i = 0; i < sizeof usual_keys / sizeof *usual_keys; i++)
		if (strcmp(usual_keys[i].sequence, sequence) == 0)
			return pressed(press, usual_keys[i].kind);
	return INPUT_NOTHING;
}

/* By the grammar of sequences, so that one that is not known is still taken whole and types nothing. */
static bool is_complete(const char *sequence, size_t length)
{
	unsigned char last = (unsigned char)sequence[length - 1];

	if (length < 2)
		return false;
	if (sequence[1] == 'O')
		return length == 3;
	if (sequence[1] != '[')
		return true;
	if (sequence[2] == '[')
		return length == 4;
	if (length >= 3 && sequence[2] == 'M')
		return length == 6;
	return length >= 3 && last >= 0x40 && last <= 0x7e;
}

static enum input_result read_escape(struct term *term, struct secret *secret, struct press *press)
{
	char sequence[SEQUENCE_MAX] = { ESC };
	size_t length = 1;
	unsigned char byte;
	int got = 0;
	enum input_result result;

	while (length + 1 < sizeof sequence && !is_complete(sequence, length) &&
	       (got = next_byte(&byte, ESCAPE_MS)) > 0) {
		/* A second Esc begins again: some terminals put one before a key pressed with Alt. */
		if (byte == ESC)
			length = 0;
		sequence[length++] = (char)byte;
		sequence[length] = '\0';
	}
	if (got < 0)
		return INPUT_CLOSED;
	if (length == 1)
		return pressed(press, PRESS_ESCAPE);
	if (strcmp(sequence, paste_begins) == 0)
		return begin_paste(term, secret, press);
	result = sequence[2] == '<' || sequence[2] == 'M' ? mouse(sequence, length, press) : key_of(sequence, press);
	explicit_bzero(sequence, sizeof sequence);
	return result;
}

/* Keys that are one byte. False: BYTE is none of them. */
static bool control_key(unsigned char byte, struct press *press)
{
	static const struct {
		unsigned char byte;
		enum press_kind kind;
	} keys[] = {
		{ '\r', PRESS_ENTER }, { '\n', PRESS_ENTER }, { '\t', PRESS_TAB }, { CTRL_C, PRESS_LEAVE },
		{ CTRL_H, PRESS_BACKSPACE }, { CTRL_U, PRESS_ERASE }, { DEL, PRESS_BACKSPACE },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].byte == byte) {
			pressed(press, keys[i].kind);
			return true;
		}
	return false;
}

static enum input_result read_character(unsigned char first, struct press *press)
{
	char bytes[5] = { (char)first };
	size_t want = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1, have = 1;
	unsigned char byte;

	if (control_key(first, press))
		return INPUT_PRESS;
	if (first < ' ')
		return INPUT_NOTHING;
	while (have < want && next_byte(&byte, ESCAPE_MS) > 0)
		bytes[have++] = (char)byte;
	*press = (struct press){ .kind = PRESS_CHARACTER };
	text_next(bytes, have, &press->code_point);
	explicit_bzero(bytes, sizeof bytes);
	return INPUT_PRESS;
}

/* Takes away the last character, which may be several bytes. */
static void take_back(struct secret *secret)
{
	const char *bytes = secret_reveal(secret);
	size_t length = secret_length(secret);

	while (length > 0 && ((unsigned char)bytes[length - 1] & 0xc0) == 0x80)
		length--;
	secret_truncate(secret, length > 0 ? length - 1 : 0);
}

static bool edits_secret(struct secret *secret, unsigned char byte)
{
	if (byte == DEL || byte == CTRL_H)
		take_back(secret);
	else if (byte == CTRL_U)
		secret_wipe(secret);
	else
		return false;
	return true;
}

/* A key pressed alone. Enter says that the secret is complete; other keys are for the page. */
static enum input_result secret_key(struct secret *secret, unsigned char byte, struct press *press)
{
	if (edits_secret(secret, byte))
		return INPUT_SECRET;
	if (byte == '\r' || byte == '\n')   /* also where nothing has come: who presses it wants to know */
		return INPUT_SECRET_DONE;
	if (control_key(byte, press))
		return INPUT_PRESS;
	if (byte < ' ')
		return INPUT_NOTHING;
	secret_append(secret, &byte, 1);
	return INPUT_SECRET;
}

/*
 * Several bytes at once are a paste without marks: its line ends press nothing.
 * Editing keys that are held down come in bunches too.
 */
static enum input_result secret_bunch(struct term *term, struct secret *secret, unsigned char byte,
				      struct press *press)
{
	int got = 1;

	while (got > 0 && byte != ESC) {
		if (byte == CTRL_C)
			return pressed(press, PRESS_LEAVE);
		if (!edits_secret(secret, byte))
			secret_append(secret, &byte, 1);
		if (bytes_waiting() == 0)
			break;
		got = next_byte(&byte, 0);
	}
	if (got < 0)
		return INPUT_CLOSED;
	if (byte == ESC)
		return read_escape(term, secret, press);
	return INPUT_SECRET;
}

static enum input_result read_secret(struct term *term, struct secret *secret, unsigned char byte,
				     struct press *press)
{
	if (bytes_waiting() > 0)
		return secret_bunch(term, secret, byte, press);
	return secret_key(secret, byte, press);
}

enum input_result input_read(struct term *term, struct secret *secret, struct press *press)
{
	unsigned char byte = 0;
	int got;
	enum input_result result;

	if (term->paste.open)
		return read_paste(term, secret, press);
	got = next_byte(&byte, 0);
	if (got <= 0)
		return got < 0 ? INPUT_CLOSED : INPUT_NOTHING;
	if (byte == ESC)
		result = read_escape(term, secret, press);
	else if (secret)
		result = read_secret(term, secret, byte, press);
	else
		result = read_character(byte, press);
	explicit_bzero(&byte, sizeof byte);
	return result;
}
