/* SPDX-License-Identifier: MIT */
/*
 * Asking the desktop to open an address. xdg-open without a desktop would start
 * a text browser in our own terminal (measured), so it is asked only where there
 * is a desktop or a BROWSER, and not over SSH.
 */
#include "sys/browser.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sys/child.h"

enum { SETTLED_MS = 3000 };   /* still running then: the desktop has been asked */

struct browser {
	pid_t pid;
	long long until_ms;
};

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

static bool is_wsl(void)
{
	char release[128] = "";
	int file = open("/proc/sys/kernel/osrelease", O_RDONLY | O_CLOEXEC);

	if (file >= 0) {
		if (read(file, release, sizeof release - 1) < 0)
			release[0] = '\0';
		close(file);
	}
	return strcasestr(release, "microsoft") != NULL;
}

/* The first program of BROWSER that is there, without the arguments that it may have; the caller's. */
static char *listed(void)
{
	const char *list = getenv("BROWSER");

	while (list && *list) {
		char *program = mem_printf("%.*s", (int)strcspn(list, ": "), list);

		if (*program && child_is_there(program))
			return program;
		free(program);
		list += strcspn(list, ":");
		list += *list == ':';
	}
	return NULL;
}

/* wslview and explorer.exe: not tried. */
static const char *desktop_opener(void)
{
	if (is_set("SSH_CONNECTION"))
		return NULL;
	if (is_wsl())
		return child_is_there("wslview") ? "wslview" : "explorer.exe";
	if (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
		return child_is_there("xdg-open") ? "xdg-open" : NULL;
	return NULL;
}

char *browser_found(void)
{
	char *program = listed();
	const char *opener = program && child_is_there("xdg-open") ? "xdg-open" : NULL;

	if (program && !opener)
		return program;
	if (!program)
		opener = desktop_opener();
	free(program);
	return opener ? mem_strdup(opener) : NULL;
}

struct browser *browser_open(const char *address, struct fault *fault)
{
	char *program = browser_found();
	const char *argv[] = { program, address, NULL };
	struct browser *browser;
	pid_t pid;

	if (!program) {
		fault_set(fault, FAULT_BROWSER, 0, "%s", "");
		return NULL;
	}
	pid = child_start(argv, (struct child_files){ -1, -1, -1 }, true, false);
	free(program);
	if (pid < 0) {
		fault_set(fault, FAULT_BROWSER, errno, "%s", strerror(errno));
		return NULL;
	}
	browser = mem_new(1, sizeof *browser);
	browser->pid = pid;
	browser->until_ms = clock_ms() + SETTLED_MS;
	return browser;
}

bool browser_settled(struct browser *browser, enum fault_code *code)
{
	int status;

	*code = FAULT_NONE;
	if (browser->pid && waitpid(browser->pid, &status, WNOHANG) == browser->pid) {
		browser->pid = 0;
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			*code = FAULT_BROWSER;
		return true;
	}
	return clock_ms() >= browser->until_ms;
}

/* A browser that still runs goes on: it is the person's now. */
void browser_free(struct browser *browser)
{
	free(browser);
}
