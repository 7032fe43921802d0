/* SPDX-License-Identifier: MIT */
/* The files of saved progress. */
#include "sys/progress.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "sys/files.h"

static const char begins[] = "progress", ends[] = ".json";

char *progress_file(const char *guide, const char *name, enum mode mode)
{
	char *prefix, *file;

	if (!name)
		return mem_printf("%s%s", begins, ends);
	prefix = mem_printf("%s-%s-%s", begins, guide, mode_slug(mode));
	file = files_name(prefix, name);
	free(prefix);
	return file;
}

static bool is_ours(const char *file)
{
	size_t length = strlen(file), end = sizeof ends - 1;

	return !strncmp(file, begins, sizeof begins - 1) && length > end && !strcmp(file + length - end, ends);
}

static bool is_later(const struct timespec *one, const struct timespec *other)
{
	return one->tv_sec != other->tv_sec ? one->tv_sec > other->tv_sec : one->tv_nsec > other->tv_nsec;
}

char *progress_latest(void)
{
	char *path = files_path(FILES_STATE, "."), *latest = NULL;
	DIR *folder = path ? opendir(path) : NULL;
	struct timespec written = { 0 };
	struct stat status;

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		if (!is_ours(entry->d_name) || fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) ||
		    (latest && !is_later(&status.st_mtim, &written)))
			continue;
		written = status.st_mtim;
		free(latest);
		latest = mem_strdup(entry->d_name);
	}
	if (folder)
		closedir(folder);
	free(path);
	return latest;
}

json_t *progress_load(const char *file, struct fault *fault)
{
	char *path = files_path(FILES_STATE, file);
	json_t *json = NULL;
	enum fault_code code = path ? files_read(path, &json, fault) : FAULT_NOT_FOUND;

	if (code == FAULT_FILE_BROKEN)
		progress_set_aside(file);
	if (code == FAULT_NOT_FOUND)
		fault_set(fault, FAULT_NONE, 0, "%s", "");
	free(path);
	return code == FAULT_NONE ? json : NULL;
}

enum fault_code progress_save(const char *file, const json_t *progress, struct fault *fault)
{
	char *path = files_path(FILES_STATE, file);
	enum fault_code code = path ? files_write(path, progress, fault) :
				      fault_set(fault, FAULT_FILE_WRITE, 0, "HOME");

	free(path);
	return code;
}

void progress_forget(const char *file)
{
	char *path = files_path(FILES_STATE, file);

	if (path)
		unlink(path);
	free(path);
}

void progress_set_aside(const char *file)
{
	char *path = files_path(FILES_STATE, file);
	char *aside = path ? mem_printf("%.*s.broken", (int)(strlen(path) - strlen(ends)), path) : NULL;

	if (path && rename(path, aside))
		unlink(path);
	free(path);
	free(aside);
}
