/* SPDX-License-Identifier: MIT */
/* Signals as something to poll; the terminal after a crash. */
#include "cmd/guard.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH };
static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

/* A signal handler gets no argument of ours: these are the only globals. */
static struct termios terminal_before;
static struct sigaction crash_before[sizeof crashes / sizeof *crashes];

static void do_nothing(int number)
{
	(void)number;
}

/*
 * Ctrl-Z has a handler, though it is never called. Where there is none, curses brings its own, and ignores the signal
 * while it writes to the screen, with which Linux forgets one that waits: then the program did not stop.
 */
int guard_start(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
		sigaddset(&set, caught[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTSTP, do_nothing);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int guard_next(int descriptor)
{
	struct signalfd_siginfo info;

	return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

void guard_forget_keys(void)
{
	const struct timespec at_once = { .tv_sec = 0 };
	sigset_t keys;

	sigemptyset(&keys);
	sigaddset(&keys, SIGINT);
	sigaddset(&keys, SIGQUIT);
	sigaddset(&keys, SIGTSTP);
	while (sigtimedwait(&keys, NULL, &at_once) > 0)
		;
}

void guard_stop_here(void)
{
	raise(SIGSTOP);
}

/*
 * Fixed sequences, since terminfo cannot be asked here: paste marks and mouse
 * off, the other screen left, cursor shown, attributes and keypad as usual. A
 * terminal that does not know one ignores it. Then the signal takes its course.
 */
static void crashed(int number)
{
	static const char back[] = "\033[?2004l\033[?1000l\033[?1006l\033[?1049l\033[?25h\033[0m\033[?1l\033>\r\n";

	if (write(STDOUT_FILENO, back, sizeof back - 1) < 0) { /* nothing left to do */ }
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
		if (crashes[i] == number)
			sigaction(number, &crash_before[i], NULL);
	raise(number);
}

void guard_terminal(void)
{
	struct sigaction action = { .sa_handler = crashed };

	if (tcgetattr(STDIN_FILENO, &terminal_before))
		return;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
		sigaction(crashes[i], &action, &crash_before[i]);
}
