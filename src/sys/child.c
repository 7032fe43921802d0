/* SPDX-License-Identifier: MIT */
/* Starting another program. */
#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum { LOOK_MS = 10 };

/* In the child: the wizard's signal mask and ignored signals are its own business, and no handler of it may run here. */
static void usual_signals(void)
{
	struct sigaction action;
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		if (!sigaction(number, NULL, &action) && (action.sa_handler != SIG_IGN || number == SIGPIPE))
			signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* All are first moved out of the way of 0, 1 and 2. */
static bool place_files(struct child_files files)
{
	int nothing = open("/dev/null", O_RDWR);
	int from[3] = { files.in, files.out, files.error };

	for (int i = 0; i < 3; i++)
		if ((from[i] = fcntl(from[i] < 0 ? nothing : from[i], F_DUPFD_CLOEXEC, 3)) < 0)
			return false;
	for (int i = 0; i < 3; i++)
		if (dup2(from[i], i) < 0)
			return false;
	return true;
}

/*
 * vfork, since "keyguide run" may be waited for at every start of a program: 2 ms less than fork (tests/bench/run-key).
 * The child shares our memory until it is another program, and we wait: so it does nothing but system calls, and nothing
 * may stop it. Ctrl-Z could, until it has a session of its own. posix_spawn would be as quick, but cannot let it die with us.
 */
pid_t child_start(const char *const argv[], struct child_files files, bool own_session, bool dies_with_us)
{
	pid_t parent = getpid(), pid;
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid = own_session ? vfork() : fork();
	if (pid) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		return pid;
	}
	if (own_session)
		setsid();
	usual_signals();
	if (!own_session)   /* Ctrl-Z: we wait for it to end, and nobody could wake it again */
		signal(SIGTSTP, SIG_IGN);
	if (dies_with_us) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(127);
	}
	if (!place_files(files))
		_exit(127);
	close_range(3, ~0U, 0);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

bool child_is_there(const char *program)
{
	const char *path = getenv("PATH");
	bool found = false;

	if (strchr(program, '/'))
		return !access(program, X_OK);
	while (path && *path && !found) {
		size_t length = strcspn(path, ":");
		char *candidate = mem_printf("%.*s/%s", (int)length, path, program);

		found = length && !access(candidate, X_OK);
		free(candidate);
		path += length + (path[length] == ':');
	}
	return found;
}

int child_wait(pid_t pid, int limit_ms)
{
	const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
	int status;

	for (int waited = 0; limit_ms < 0 || waited <= limit_ms; waited += LOOK_MS) {
		pid_t ended = waitpid(pid, &status, limit_ms < 0 ? 0 : WNOHANG);

		if (ended == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		if (ended < 0 && errno != EINTR)
			return -1;
		if (limit_ms >= 0)
			nanosleep(&pause, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -1;
}
