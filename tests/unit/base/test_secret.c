/* SPDX-License-Identifier: MIT */
/* Where a key lives: what the kernel itself says of the pages. */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/secret.h"

enum { ROOM = 4096 };
static const char sample[] = "not a key, but treated like one";

static struct secret *filled(void)
{
	struct secret *secret = secret_new(ROOM);

	cr_assert(secret_append(secret, sample, sizeof sample - 1));
	return secret;
}

static bool is_zero(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i])
			return false;
	return true;
}

/* What is in memory at ADDRESS, as another process would see it. */
static void read_memory(const char *address, char *out, size_t length)
{
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);

	cr_assert_geq(memory, 0);
	cr_assert_eq(pread(memory, out, length, (off_t)(uintptr_t)address), (ssize_t)length);
	close(memory);
}

struct mapping {
	unsigned long begin, end;
	char access[8], flags[512];
};

/* The mapping that ADDRESS lies in, from /proc/self/smaps. */
static struct mapping mapping_of(const void *address)
{
	struct mapping now = { 0 }, found = { 0 };
	FILE *smaps = fopen("/proc/self/smaps", "re");
	char line[512];

	cr_assert_not_null(smaps);
	while (fgets(line, sizeof line, smaps)) {
		struct mapping head = { 0 };

		if (sscanf(line, "%lx-%lx %7s", &head.begin, &head.end, head.access) == 3)
			now = head;
		if (strncmp(line, "VmFlags:", 8))
			continue;
		snprintf(now.flags, sizeof now.flags, "%s", line + 8);
		if (now.begin <= (unsigned long)address && (unsigned long)address < now.end)
			found = now;
	}
	fclose(smaps);
	cr_assert_neq(found.end, 0);
	return found;
}

Test(secret, new__is_empty__with_its_room)
{
	struct secret *secret = secret_new(100);

	cr_assert_eq(secret_length(secret), 0);
	cr_assert_eq(secret_room(secret), 100);
	cr_assert(is_zero(secret_reveal(secret), 100));
	secret_free(secret);
	secret_free(NULL);
}

Test(secret, append__refuses_whole__what_has_no_room)
{
	struct secret *secret = secret_new(8);

	cr_assert(secret_append(secret, "12345", 5));
	cr_assert_not(secret_append(secret, "6789", 4));
	cr_assert_eq(secret_length(secret), 5);
	cr_assert(secret_append(secret, "678", 3));
	cr_assert_not(secret_append(secret, "x", SIZE_MAX));
	cr_assert(secret_append(secret, "", 0));
	cr_assert_arr_eq(secret_reveal(secret), "12345678", 8);
	secret_free(secret);
}

Test(secret, truncate__zeroes_the_rest)
{
	struct secret *secret = filled();

	secret_truncate(secret, 3);
	cr_assert_eq(secret_length(secret), 3);
	cr_assert_arr_eq(secret_reveal(secret), "not", 3);
	cr_assert(is_zero(secret_reveal(secret) + 3, ROOM - 3));
	secret_free(secret);
}

Test(secret, set_length__takes_what_was_written_in_place)
{
	struct secret *secret = secret_new(ROOM);

	memcpy(secret_reveal(secret), "abc", 3);
	secret_set_length(secret, 3);
	cr_assert_eq(secret_length(secret), 3);
	secret_wipe(secret);
	cr_assert(is_zero(secret_reveal(secret), ROOM));
	secret_free(secret);
}

Test(secret, wipe__leaves_zeros_in_memory)
{
	struct secret *secret = filled();
	char seen[ROOM];

	read_memory(secret_reveal(secret), seen, ROOM);
	cr_assert_arr_eq(seen, sample, sizeof sample - 1);
	secret_wipe(secret);
	cr_assert_eq(secret_length(secret), 0);
	read_memory(secret_reveal(secret), seen, ROOM);
	cr_assert(is_zero(seen, ROOM));
	secret_free(secret);
}

Test(secret, free__gives_the_pages_back)
{
	struct secret *secret = filled();
	void *page = secret_reveal(secret);
	unsigned char in_core;

	cr_assert_eq(mincore(page, 1, &in_core), 0);
	secret_free(secret);
	cr_assert_eq(mincore(page, 1, &in_core), -1);
	cr_assert_eq(errno, ENOMEM);
}

Test(secret, pages__are_not_dumped__nor_inherited)
{
	struct secret *secret = filled();
	struct mapping pages = mapping_of(secret_reveal(secret));

	cr_assert_str_eq(pages.access, "rw-p");
	cr_assert_not_null(strstr(pages.flags, " dd"), "%s", pages.flags);
	cr_assert_not_null(strstr(pages.flags, " wf"), "%s", pages.flags);
	secret_free(secret);
}

Test(secret, pages__lie_between_guards)
{
	struct secret *secret = secret_new(SECRET_ROOM);
	struct mapping pages = mapping_of(secret_reveal(secret));

	cr_assert_eq(pages.end - pages.begin, (unsigned long)SECRET_ROOM);
	cr_assert_str_eq(mapping_of((char *)pages.begin - 1).access, "---p");
	cr_assert_str_eq(mapping_of((char *)pages.end).access, "---p");
	secret_free(secret);
}

Test(secret, fork__gives_the_child_zeros)
{
	struct secret *secret = filled();
	int status;
	pid_t child = fork();

	if (!child)
		_exit(is_zero(secret_reveal(secret), ROOM) ? 0 : 1);
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	cr_assert_arr_eq(secret_reveal(secret), sample, sizeof sample - 1);
	secret_free(secret);
}

Test(secret, equal__compares_bytes_and_lengths)
{
	struct secret *a = filled(), *b = filled();

	cr_assert(secret_equal(a, b));
	secret_reveal(b)[sizeof sample - 2] ^= 1;
	cr_assert_not(secret_equal(a, b));
	secret_truncate(b, 4);
	cr_assert_not(secret_equal(a, b));
	secret_wipe(a);
	secret_wipe(b);
	cr_assert(secret_equal(a, b));
	secret_free(a);
	secret_free(b);
}

Test(secret, harden__forbids_core_dumps)
{
	struct rlimit limit;

	secret_harden_process();
	cr_assert_eq(prctl(PR_GET_DUMPABLE), 0);
	cr_assert_eq(getrlimit(RLIMIT_CORE, &limit), 0);
	cr_assert_eq(limit.rlim_cur, 0);
	cr_assert_eq(limit.rlim_max, 0);
}

#ifndef __SANITIZE_ADDRESS__   /* its mlock() locks nothing */
Test(secret, is_locked__says_what_the_kernel_says)
{
	struct secret *secret = filled();
	bool locked = strstr(mapping_of(secret_reveal(secret)).flags, " lo") != NULL;

	cr_assert_eq(secret_is_locked(secret), locked);
	secret_free(secret);
}

Test(secret, is_locked__is_false__when_the_limit_forbids_it)
{
	struct secret *secret;

	setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ 0, 0 });
	if (!geteuid())
		cr_assert_eq(setresuid(65534, 65534, 65534), 0);   /* root may lock whatever the limit says */
	secret = filled();
	cr_assert_not(secret_is_locked(secret));
	cr_assert_arr_eq(secret_reveal(secret), sample, sizeof sample - 1);
	secret_free(secret);
}
#endif
