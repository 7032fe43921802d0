/* SPDX-License-Identifier: MIT */
/* The key to a clipboard or a password manager, by standard input. */
#include "sys/clipboard.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/vaults.h"
#include "sys/child.h"

enum { LIMIT_MS = 2000 };

struct tool {
	const char *display;             /* the variable that says that it fits this session */
	const char *const *put, *const *get, *const *clear;
};

#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }

static const struct tool tools[] = {
	{ "WAYLAND_DISPLAY", WORDS("wl-copy"), WORDS("wl-paste", "--no-newline"), WORDS("wl-copy", "--clear") },
	{ "DISPLAY", WORDS("xclip", "-selection", "clipboard"), WORDS("xclip", "-selection", "clipboard", "-o"),
	  WORDS("xclip", "-selection", "clipboard") },
	{ "DISPLAY", WORDS("xsel", "--clipboard", "--input"), WORDS("xsel", "--clipboard", "--output"),
	  WORDS("xsel", "--clipboard", "--clear") },
};

static const struct tool *tool_here(void)
{
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		const char *display = getenv(tools[i].display);

		if (display && *display && child_is_there(tools[i].put[0]))
			return &tools[i];
	}
	return NULL;
}

const char *clipboard_found(void)
{
	const struct tool *tool = tool_here();

	return tool ? tool->put[0] : NULL;
}

/* A key is far below what a pipe holds, so this does not block. */
static bool write_key(int out, struct secret *key)
{
	size_t length = secret_length(key);

	return write(out, secret_reveal(key), length) == (ssize_t)length;
}

/* Runs ARGV with KEY (or nothing) on its standard input. Its exit status, -1 for none. */
static int run_with(const char *const argv[], struct secret *key, struct child_files files, int limit_ms)
{
	int ends[2];
	pid_t pid;
	bool written;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	files.in = ends[0];
	pid = child_start(argv, files, files.out < 0, false);
	close(ends[0]);
	written = pid > 0 && (!key || write_key(ends[1], key));
	close(ends[1]);
	if (pid < 0)
		return -1;
	return child_wait(pid, limit_ms) || !written ? -1 : 0;
}

enum fault_code clipboard_put(struct secret *key, struct fault *fault)
{
	const struct tool *tool = tool_here();

	if (!tool || run_with(tool->put, key, (struct child_files){ -1, -1, -1 }, LIMIT_MS))
		return fault_set(fault, FAULT_CLIPBOARD, 0, "%s", tool ? tool->put[0] : "");
	return FAULT_NONE;
}

/* What is on the clipboard, into HELD: its beginning, where it is longer than any key. */
static void read_clipboard(const struct tool *tool, struct secret *held)
{
	int ends[2];
	pid_t pid;
	ssize_t got = 1;

	if (pipe2(ends, O_CLOEXEC))
		return;
	pid = child_start(tool->get, (struct child_files){ -1, ends[1], -1 }, true, true);
	close(ends[1]);
	while (pid > 0 && got > 0 && secret_length(held) < secret_room(held)) {
		struct pollfd end = { .fd = ends[0], .events = POLLIN };

		if (poll(&end, 1, LIMIT_MS) <= 0)
			break;
		got = read(ends[0], secret_reveal(held) + secret_length(held), secret_room(held) - secret_length(held));
		if (got > 0)
			secret_set_length(held, secret_length(held) + (size_t)got);
	}
	close(ends[0]);
	if (pid > 0)
		child_wait(pid, LIMIT_MS);
}

enum clipboard_cleared clipboard_clear(struct secret *key)
{
	const struct tool *tool = tool_here();
	struct secret *held;
	bool ours;

	if (!tool)
		return CLIPBOARD_UNKNOWN;
	held = secret_new(secret_room(key));
	read_clipboard(tool, held);
	ours = memmem(secret_reveal(held), secret_length(held), secret_reveal(key), secret_length(key)) != NULL;
	secret_free(held);
	if (!ours)
		return CLIPBOARD_OTHER;
	return run_with(tool->clear, NULL, (struct child_files){ -1, -1, -1 }, LIMIT_MS) ? CLIPBOARD_UNKNOWN : CLIPBOARD_EMPTIED;
}

const char *manager_found(void)
{
	return child_is_there("pass") ? "pass" : NULL;
}

unsigned vaults_found(void)
{
	unsigned found = 0;

	for (size_t i = 0; i < vault_count(); i++)
		if (child_is_there(vault_at(i)->program))
			found |= 1u << i;
	return found;
}

/* "keyguide/NAME-test": no name may leave the folder or be taken for an option. */
static char *entry_name(const char *name, const char *mode)
{
	char *entry = mem_printf("keyguide/%s-%s", name, mode);

	for (char *at = entry + strlen("keyguide/"); *at; at++)
		if (!isascii((unsigned char)*at) || (!isalnum((unsigned char)*at) && !strchr("-_ ", *at)))
			*at = '_';
	return entry;
}

enum fault_code manager_give(struct secret *key, const char *name, const char *mode, struct fault *fault)
{
	char *entry = entry_name(name, mode);
	const char *argv[] = { "pass", "insert", "--multiline", "--force", entry, NULL };
	int status = run_with(argv, key, (struct child_files){ -1, STDOUT_FILENO, STDERR_FILENO }, -1);

	free(entry);
	return status ? fault_set(fault, FAULT_MANAGER, 0, "%s", "pass") : FAULT_NONE;
}
