/* SPDX-License-Identifier: MIT */
/*
 * Confines itself as the helper does, then tries what the helper must not do.
 * Prints a line each: "network refused", "bus allowed" … For test_confine.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper/confine.h"

static void tell(const char *what, bool allowed)
{
	printf("%s %s\n", what, allowed ? "allowed" : "refused");
}

static bool opens(const char *path, int flags)
{
	int file = open(path, flags, 0600);

	if (file >= 0)
		close(file);
	return file >= 0;
}

static bool has_socket(int family)
{
	int end = socket(family, SOCK_STREAM, 0);

	if (end >= 0)
		close(end);
	return end >= 0;
}

static bool runs(const char *program)
{
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		execl(program, program, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) != 127;
}

/* With nonsense: another error says that the call itself is there and allowed, or that the kernel has none. */
static bool is_open(long call)
{
	return syscall(call, -1, NULL, NULL, NULL, NULL, NULL) >= 0 || (errno != EPERM && errno != ENOSYS);
}

int main(int argc, char **argv)
{
	bool keyring = argc > 1 && !strcmp(argv[1], "keyring");
	struct confinement held;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	held = confine(keyring ? CONFINE_KEYRING : CONFINE_STRIPE, argc > 2 ? argv[2] : "");
	printf("seccomp %d\nlandlock %d\n", held.seccomp, held.landlock > 0);
	tell("bus", has_socket(AF_UNIX));
	tell("network", has_socket(AF_INET) && has_socket(AF_INET6));
	tell("packets", has_socket(AF_PACKET));
	tell("program", runs("/bin/true"));
#ifndef __SANITIZE_ADDRESS__   /* which needs it itself */
	tell("ptrace", !ptrace(PTRACE_TRACEME, 0, NULL, NULL));
#endif
#ifdef SYS_io_uring_setup
	tell("ring", is_open(SYS_io_uring_setup) || is_open(SYS_io_uring_enter) || is_open(SYS_io_uring_register));
#else
	tell("ring", false);
#endif
#ifdef SYS_pidfd_getfd
	tell("files of others", is_open(SYS_pidfd_getfd));
#else
	tell("files of others", false);
#endif
	tell("writing", opens("written", O_WRONLY | O_CREAT));
	tell("home", opens("of-the-person", O_RDONLY));
	tell("certificate", argc > 2 && opens(argv[2], O_RDONLY));
	tell("system", opens("/etc/passwd", O_RDONLY));
	return 0;
}
