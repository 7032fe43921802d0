/* SPDX-License-Identifier: MIT */
/*
 * What this process may still do once it knows what it is for. Best effort: a
 * kernel without these means runs the helper all the same, and it says so.
 * Why so, and what is left out: doc/decisions/0011-confinement.md.
 */
#ifndef HELPER_CONFINE_H
#define HELPER_CONFINE_H

#include <stdbool.h>

enum confine_role {
	CONFINE_KEYRING,     /* the session's bus; no network */
	CONFINE_STRIPE       /* the network; no local sockets, so no bus */
};

struct confinement {
	bool seccomp;        /* system calls that it does not need are refused */
	int landlock;        /* version of the kernel's interface that holds the files; 0: none */
};

/*
 * From now on: no programs started, nothing written to files, no other process looked into, and by ROLE. CA_FILE ("" for
 * none) may be read. Needs PR_SET_NO_NEW_PRIVS. For the rest of the process's life.
 */
struct confinement confine(enum confine_role role, const char *ca_file);

#endif
