/* SPDX-License-Identifier: MIT */
/*
 * Runs "with-keyring --start". Its standard output is one end of a socket: over
 * it comes the answer, and the keyring's keeper sees by it that we are gone,
 * however we ended.
 */
#include "sys/own_keyring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "sys/child.h"

enum { ANSWER_MAX = 400 };

static const char *set_variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

const char *own_keyring_starter(void)
{
	static const char *const programs[] = { "dbus-daemon", "gdbus", "gnome-keyring-daemon", "setpriv", "setsid" };

	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		if (!child_is_there(programs[i]))
			return NULL;
	return access(STARTER_PATH, X_OK) ? NULL : STARTER_PATH;
}

/* It asks for a password on the terminal. */
static bool can_be_started(void)
{
	return own_keyring_starter() && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* As gnome-keyring-daemon looks for it; "~" is shorter, and says whose it is. */
char *own_keyring_folder(void)
{
	const char *home = set_variable("HOME"), *data = set_variable("XDG_DATA_HOME");
	size_t length = home ? strlen(home) : 0;

	if (!can_be_started() || (!home && !data))
		return NULL;
	if (!data)
		return mem_strdup("~/.local/share/keyrings");
	if (length && !strncmp(data, home, length) && data[length] == '/')
		return mem_printf("~%s/keyrings", data + length);
	return mem_printf("%s/keyrings", data);
}

bool own_keyring_window(void)
{
	return set_variable("DISPLAY") || set_variable("WAYLAND_DISPLAY");
}

/* "ready ADDRESS", "failed WHY", or nothing. */
static enum fault_code take_answer(int status, char *answer, struct fault *fault)
{
	static const char ready[] = "ready ", failed[] = "failed ";

	answer[strcspn(answer, "\n")] = '\0';
	if (!strncmp(answer, failed, sizeof failed - 1))
		return fault_set(fault, FAULT_NOT_STARTED, 0, "%s", answer + sizeof failed - 1);
	if (status || strncmp(answer, ready, sizeof ready - 1))
		return fault_set(fault, FAULT_NOT_STARTED, 0, "%s", "");
	if (answer[sizeof ready - 1])
		setenv("DBUS_SESSION_BUS_ADDRESS", answer + sizeof ready - 1, 1);
	return fault_set(fault, FAULT_NONE, 0, "%s", "");
}

enum fault_code own_keyring_start(int *life, struct fault *fault)
{
	static const char *const argv[] = { STARTER_PATH, "--start", NULL };
	char answer[ANSWER_MAX + 1] = "";
	enum fault_code code;
	int ends[2], status;
	pid_t pid;

	own_keyring_end(life);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return fault_set(fault, FAULT_NOT_STARTED, errno, "%s", strerror(errno));
	pid = child_start(argv, (struct child_files){ STDIN_FILENO, ends[1], STDOUT_FILENO }, false, true);
	close(ends[1]);
	status = pid < 0 ? -1 : child_wait(pid, -1);
	/* The script has ended, so all of its answer is there; the keeper holds its end open and says nothing. */
	if (recv(ends[0], answer, ANSWER_MAX, MSG_DONTWAIT) < 0)
		*answer = '\0';
	*life = ends[0];
	code = take_answer(status, answer, fault);
	if (code != FAULT_NONE)
		own_keyring_end(life);
	return code;
}

void own_keyring_end(int *life)
{
	if (*life >= 0)
		close(*life);
	*life = -1;
}
