/* SPDX-License-Identifier: MIT */
/* Starting another program: no shell, nothing inherited by accident. */
#ifndef SYS_CHILD_H
#define SYS_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

/* What becomes of descriptors 0, 1 and 2: this one, or -1 for /dev/null. */
struct child_files {
	int in, out, error;
};

/*
 * Starts ARGV (found on PATH where it has no '/') with signals as usual. OWN_SESSION: away from our terminal; else Ctrl-Z
 * does not stop it.
 * DIES_WITH_US: killed when we end. The pid, or -1 with errno; that the program is missing shows as exit status 127.
 */
pid_t child_start(const char *const argv[], struct child_files files, bool own_session, bool dies_with_us);

/* True when PROGRAM is on PATH; one with a '/' in it, when it is there. */
bool child_is_there(const char *program);

/*
 * Waits up to LIMIT_MS for PID, then kills it; less than 0: for as long as it takes. Its exit status; -1 where a signal ended
 * it, ours or another, and where there was nothing to wait for.
 */
int child_wait(pid_t pid, int limit_ms);

#endif
