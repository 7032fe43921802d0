/* SPDX-License-Identifier: MIT */
/*
 * Times one run of a full-screen program from outside, in a pseudo-terminal of
 * 80 by 24. Prints one figure a line ("key_us 183"); tests/bench/run makes the
 * table. Knows nothing of the program but the keys and the text it is told.
 *
 *   ptytime UNTIL SETUP KEYS each|burst -- PROGRAM [ARGUMENT…]
 *
 * UNTIL is a text near the end of the first screen. KEYS: "down*20 up", or "".
 * A figure ends with the arrival of the last byte; the silence that shows it to
 * be the last is not part of it.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SILENCE_MS = 25,          /* after a key: longer than any paint, shorter than a person waits */
	LONG_SILENCE_MS = 200,    /* after the start and a burst: what runs behind the screen ends too */
	FIRST_LIMIT_MS = 5000,
	MAX_KEYS = 1000,
	KEPT_BYTES = 64 * 1024
};

struct program {
	pid_t pid;
	int terminal;
	char kept[KEPT_BYTES];   /* the first screen */
	size_t kept_length;
	bool ended;
};

struct paint {
	double last_us;          /* when the last byte came, on the monotonic clock */
	size_t bytes;
};

struct keys {
	const char *sent[MAX_KEYS];
	size_t count;
};

static const struct {
	const char *name, *sent;
} names[] = {
	{ "up", "\033OA" }, { "down", "\033OB" }, { "right", "\033OC" }, { "left", "\033OD" },
	{ "enter", "\r" }, { "space", " " }, { "tab", "\t" },
};

static void fail(const char *what)
{
	fprintf(stderr, "ptytime: %s\n", what);
	exit(2);
}

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static const char *find_key(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i].name, name))
			return names[i].sent;
	fail("this key has no name here");
	return NULL;
}

static void read_keys(const char *script, struct keys *keys)
{
	char *copy = strdup(script), *rest = copy, *word;

	keys->count = 0;
	while ((word = strsep(&rest, " "))) {
		char *star = strchr(word, '*');
		int times = star ? atoi(star + 1) : 1;

		if (!*word)
			continue;
		if (star)
			*star = '\0';
		while (times-- > 0 && keys->count < MAX_KEYS)
			keys->sent[keys->count++] = find_key(word);
	}
	free(copy);
}

static void start(struct program *program, char **argv)
{
	struct winsize size = { .ws_col = 80, .ws_row = 24 };

	program->pid = forkpty(&program->terminal, NULL, NULL, &size);
	if (program->pid < 0)
		fail("no pseudo-terminal");
	if (!program->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execvp(argv[0], argv);
		_exit(127);
	}
}

static void keep(struct program *program, const char *bytes, size_t length)
{
	size_t room = KEPT_BYTES - program->kept_length;

	if (length > room)
		length = room;
	memcpy(program->kept + program->kept_length, bytes, length);
	program->kept_length += length;
}

/* Waits for bytes; false when none came within MS. */
static bool take(struct program *program, int ms, struct paint *paint)
{
	struct pollfd end = { .fd = program->terminal, .events = POLLIN };
	char bytes[16 * 1024];
	ssize_t got;

	if (program->ended || poll(&end, 1, ms) <= 0)
		return false;
	got = read(program->terminal, bytes, sizeof bytes);
	if (got <= 0) {
		program->ended = true;
		return false;
	}
	paint->last_us = now_us();
	paint->bytes += (size_t)got;
	keep(program, bytes, (size_t)got);
	return true;
}

static struct paint take_until_silence(struct program *program, int first_ms, int silence_ms)
{
	struct paint paint = { 0 };
	int wait_ms = first_ms;

	while (take(program, wait_ms, &paint))
		wait_ms = silence_ms;
	return paint;
}

/*
 * From the start to the bytes that hold TEXT: what the program finds out later
 * and paints behind it does not count.
 */
static void time_first_screen(struct program *program, const char *text, char **argv)
{
	struct paint paint = { 0 };
	double began = now_us();

	start(program, argv);
	while (!memmem(program->kept, program->kept_length, text, strlen(text)))
		if (!take(program, FIRST_LIMIT_MS, &paint))
			fail("the first screen did not come");
	printf("first_us %.0f\nfirst_bytes %zu\n", paint.last_us - began, paint.bytes);
	take_until_silence(program, LONG_SILENCE_MS, LONG_SILENCE_MS);
}

static void send_bytes(struct program *program, const char *bytes)
{
	if (write(program->terminal, bytes, strlen(bytes)) != (ssize_t)strlen(bytes))
		fail("the program's terminal is gone");
}

static void press(struct program *program, const char *key, bool tell)
{
	double began = now_us();
	struct paint paint;

	send_bytes(program, key);
	paint = take_until_silence(program, LONG_SILENCE_MS, SILENCE_MS);
	if (tell && paint.bytes)
		printf("key_us %.0f\nkey_bytes %zu\n", paint.last_us - began, paint.bytes);
}

/* All keys in one piece, as they wait behind a slow line. */
static void press_at_once(struct program *program, const struct keys *keys)
{
	char *all = calloc(keys->count + 1, 8);
	double began;
	struct paint paint;

	for (size_t i = 0; i < keys->count; i++)
		strcat(all, keys->sent[i]);
	began = now_us();
	send_bytes(program, all);
	paint = take_until_silence(program, LONG_SILENCE_MS, LONG_SILENCE_MS);
	printf("burst_us %.0f\nburst_bytes %zu\n", paint.last_us - began, paint.bytes);
	free(all);
}

/* Of the program alone: wait4() would count its children in. */
static void tell_memory(const struct program *program)
{
	char path[64], line[256];
	long kilobytes;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", program->pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "VmHWM: %ld", &kilobytes) == 1)
			printf("rss_kb %ld\n", kilobytes);
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	static struct program program;
	struct keys setup, keys;

	if (argc < 7 || strcmp(argv[5], "--"))
		fail("usage: ptytime UNTIL SETUP KEYS each|burst -- PROGRAM [ARGUMENT…]");
	read_keys(argv[2], &setup);
	read_keys(argv[3], &keys);
	time_first_screen(&program, argv[1], argv + 6);
	for (size_t i = 0; i < setup.count; i++)
		press(&program, setup.sent[i], false);
	if (!strcmp(argv[4], "burst"))
		press_at_once(&program, &keys);
	else
		for (size_t i = 0; i < keys.count; i++)
			press(&program, keys.sent[i], true);
	if (program.ended)
		fail("the program ended too early");
	tell_memory(&program);
	kill(program.pid, SIGKILL);
	waitpid(program.pid, NULL, 0);
	return 0;
}
