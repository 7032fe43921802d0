/* SPDX-License-Identifier: MIT */
/* The key to a clipboard or a password manager, by standard input. */
#include "sys/clipboard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/vaults.h"
#include "sys/child.h"

enum {
	LIMIT_MS = 2000,
	ENTRY_BYTES = 200                /* of a name: with what stands around it still the name of a file */
};

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
	ours = secret_length(key) > 0 &&   /* nothing is in everything */
	       memmem(secret_reveal(held), secret_length(held), secret_reveal(key), secret_length(key)) != NULL;
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

/* "keyguide/NAME-test": no name may leave the folder, be hidden in it, or be taken for an option. */
static char *entry_name(const char *name, const char *mode)
{
	char *clean = text_clean(name, ENTRY_BYTES), *entry;

	if (*clean == '.' || *clean == '-')
		*clean = '_';
	for (char *at = clean; *at; at++)
		if (*at == '/')
			*at = '_';
	entry = mem_printf("keyguide/%s-%s", clean, mode);
	free(clean);
	return entry;
}

/* pass keeps each entry in a file of its own. It overwrites one without asking where its input is no terminal. */
static bool is_taken(const char *entry)
{
	const char *store = getenv("PASSWORD_STORE_DIR"), *home = getenv("HOME");
	char *path = store && *store ? mem_printf("%s/%s.gpg", store, entry) :
				       mem_printf("%s/.password-store/%s.gpg", home ? home : "", entry);
	struct stat status;
	bool taken = !lstat(path, &status);

	free(path);
	return taken;
}

/* No key takes the place of what is there: "keyguide/NAME-test-2", "…-3" … until one is free. */
static char *free_entry(const char *name, const char *mode)
{
	char *wanted = entry_name(name, mode), *entry = mem_strdup(wanted);

	for (int number = 2; is_taken(entry); number++) {
		free(entry);
		entry = mem_printf("%s-%d", wanted, number);
	}
	free(wanted);
	return entry;
}

enum fault_code manager_give(struct secret *key, const char *name, const char *mode, char **entry, struct fault *fault)
{
	char *wanted = free_entry(name, mode);
	const char *argv[] = { "pass", "insert", "--multiline", wanted, NULL };

	*entry = NULL;
	if (run_with(argv, key, (struct child_files){ -1, STDOUT_FILENO, STDERR_FILENO }, -1)) {
		free(wanted);
		return fault_set(fault, FAULT_MANAGER, 0, "%s", "pass");
	}
	*entry = wanted;
	return FAULT_NONE;
}
