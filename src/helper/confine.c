/* SPDX-License-Identifier: MIT */
/* seccomp for system calls, Landlock for files. */
#include "helper/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif
#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif

/* The sanitizers look into the process with ptrace, and write what they found into a file. */
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* ---- system calls ---- */

#ifdef HAVE_SECCOMP
/* What no part of the helper ever does, and what somebody who got into it would. */
static const int never[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(open_by_handle_at),
	SCMP_SYS(ptrace),   /* last: see confine_calls() */
};

/* A ring makes sockets past every rule about calls; a socket can be taken from another process. Newer than some headers. */
static const char *const never_by_name[] = { "io_uring_setup", "io_uring_enter", "io_uring_register", "pidfd_getfd" };

static bool forbid(scmp_filter_ctx filter, int call)
{
	return !seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
}

/* One that this libseccomp does not know cannot be forbidden, and is no reason to leave the others open. */
static bool forbid_by_name(scmp_filter_ctx filter, const char *name)
{
	int call = seccomp_syscall_resolve_name(name);

	return call == __NR_SCMP_ERROR || forbid(filter, call);
}

/* Refused with an error instead of a kill: a library that tries goes another way. */
static bool confine_calls(enum confine_role role)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	struct scmp_arg_cmp family = SCMP_A0_32(role == CONFINE_KEYRING ? SCMP_CMP_NE : SCMP_CMP_EQ, AF_UNIX);
	size_t count = sizeof never / sizeof *never - SANITIZED;
	bool held = filter && !seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1, &family);

	for (size_t i = 0; held && i < count; i++)
		held = forbid(filter, never[i]);
	for (size_t i = 0; held && i < sizeof never_by_name / sizeof *never_by_name; i++)
		held = forbid_by_name(filter, never_by_name[i]);
	held = held && !seccomp_load(filter);
	seccomp_release(filter);
	return held;
}
#else
static bool confine_calls(enum confine_role role)
{
	(void)role;
	return false;
}
#endif

/* ---- files ---- */

#ifdef HAVE_LINUX_LANDLOCK_H
/* Where libraries find their parts: shared objects, certificates, names of hosts and users. Nothing of the person's own. */
static const char *const readable[] = {
	"/etc", "/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/opt", "/proc", "/sys", "/dev", "/run", "/var/run",
	"/var/lib/ca-certificates", NULL
};

static void let_read(int rules, const char *path)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE };

	if (!path || !*path)
		return;
	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return;
	/* A folder, with what is in it; of a single file the second try holds. */
	rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0)) {
		rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

/* The version of the kernel's interface, or 0. What a version does not know must not be asked of it. */
static int confine_files(const char *ca_file)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr wanted = { .handled_access_fs = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1 };   /* version 1: all */
	long rules;
	bool held;

	if (version < 1 || SANITIZED)
		return 0;
#ifdef LANDLOCK_ACCESS_FS_REFER
	if (version >= 2)
		wanted.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
#endif
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
	if (version >= 3)
		wanted.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
	rules = syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0);
	if (rules < 0)
		return 0;
	for (size_t i = 0; readable[i]; i++)
		let_read((int)rules, readable[i]);
	let_read((int)rules, ca_file);
	let_read((int)rules, getenv("SSL_CERT_FILE"));
	let_read((int)rules, getenv("SSL_CERT_DIR"));
	held = !syscall(SYS_landlock_restrict_self, (int)rules, 0);
	close((int)rules);
	return held ? (int)version : 0;
}
#else
static int confine_files(const char *ca_file)
{
	(void)ca_file;
	return 0;
}
#endif

struct confinement confine(enum confine_role role, const char *ca_file)
{
	int landlock = confine_files(ca_file);

	return (struct confinement){ .landlock = landlock, .seccomp = confine_calls(role) };
}
