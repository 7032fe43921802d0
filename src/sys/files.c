/* SPDX-License-Identifier: MIT */
/* Small private files, written whole and renamed into place. */
#include "sys/files.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { SIZE_MAX_BYTES = 1024 * 1024 };

enum {
	FILE_BYTES = NAME_MAX - sizeof ".new" + 1,   /* files_write() needs the rest */
	PREFIX_BYTES = 99                            /* of a name that is too long: enough to find the file by */
};

/* FNV-1a, 64 bits. Source: draft-eastlake-fnv-21, section 2. Two names may have the same: who reads the file looks. */
static uint64_t hash(const char *text)
{
	uint64_t sum = 0xcbf29ce484222325;

	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 0x100000001b3;
	return sum;
}

/* TEXT with every byte that is no letter, digit, '-' or '_' as %XX; the caller's. */
static char *encode(const char *text)
{
	char *code = mem_new(strlen(text) * 3 + 1, 1), *end = code;

	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (isascii(byte) && (isalnum(byte) || byte == '-' || byte == '_'))
			*end++ = (char)byte;
		else
			end += sprintf(end, "%%%02X", byte);
	}
	return code;
}

char *files_name(const char *prefix, const char *key)
{
	char *code = encode(key), *name = mem_printf("%s-%s.json", prefix, code);
	const char *slash = strrchr(name, '/');

	if (strlen(slash ? slash + 1 : name) > FILE_BYTES) {
		free(name);
		name = mem_printf("%s-%.*s~%016llx.json", prefix, PREFIX_BYTES, code, (unsigned long long)hash(key));
	}
	free(code);
	return name;
}

char *files_path(enum files_place place, const char *name)
{
	bool state = place == FILES_STATE;
	const char *base = getenv(state ? "XDG_STATE_HOME" : "XDG_DATA_HOME"), *home = getenv("HOME");

	/* The XDG rules: a path that is not absolute counts as not set. */
	if (base && *base == '/')
		return mem_printf("%s/keyguide/%s", base, name);
	if (home && *home)
		return mem_printf("%s/.local/%s/keyguide/%s", home, state ? "state" : "share", name);
	return NULL;
}

/* Every folder on the way to PATH, for its owner alone where it is new. */
static bool make_folders(const char *path)
{
	char *folder = mem_strdup(path);
	bool made = true;

	for (char *slash = strchr(folder + 1, '/'); slash && made; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		made = !mkdir(folder, 0700) || errno == EEXIST;
		*slash = '/';
	}
	free(folder);
	return made;
}

static enum fault_code read_json(int file, json_t **json, struct fault *fault)
{
	json_error_t error;
	struct stat status;

	if (fstat(file, &status) || !S_ISREG(status.st_mode) || status.st_size > SIZE_MAX_BYTES)
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "");
	*json = json_loadfd(file, JSON_REJECT_DUPLICATES, &error);
	if (!*json)
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%d: %s", error.line, error.text);
	return FAULT_NONE;
}

enum fault_code files_read(const char *path, json_t **json, struct fault *fault)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	enum fault_code code;

	if (file < 0)
		return fault_set(fault, errno == ENOENT || errno == ENOTDIR ? FAULT_NOT_FOUND : FAULT_FILE_READ,
				 errno, "%s", strerror(errno));
	code = read_json(file, json, fault);
	close(file);
	return code;
}

/* FILE to its end, at most SIZE_MAX_BYTES; the caller's, with a zero byte behind it. NULL: cannot be read, or longer. */
static char *read_all(int file, size_t *length)
{
	char *text = mem_new(SIZE_MAX_BYTES + 2, 1);
	ssize_t got;

	*length = 0;
	while ((got = read(file, text + *length, SIZE_MAX_BYTES + 1 - *length)) > 0)
		*length += (size_t)got;
	if (!got && *length <= SIZE_MAX_BYTES)
		return text;
	free(text);
	return NULL;
}

static int open_text(const char *path, bool waits, struct fault *fault)
{
	int file = waits && !strcmp(path, "-") ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) :
						 open(path, O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK));

	if (file < 0)
		fault_set(fault, FAULT_FILE_READ, errno, "%s: %s", path, strerror(errno));
	return file;
}

static bool is_regular(int file)
{
	struct stat status;

	return !fstat(file, &status) && S_ISREG(status.st_mode);
}

char *files_read_text(const char *path, bool waits, size_t *length, struct fault *fault)
{
	int file = open_text(path, waits, fault);
	char *text = NULL;

	if (file < 0)
		return NULL;
	if (waits || is_regular(file))
		text = read_all(file, length);
	if (!text)
		fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", path);
	close(file);
	return text;
}

static bool write_whole(int file, const json_t *json)
{
	return !json_dumpfd(json, file, JSON_INDENT(1)) && write(file, "\n", 1) == 1 && !fsync(file);
}

enum fault_code files_write(const char *path, const json_t *json, struct fault *fault)
{
	char *new_path = mem_printf("%s.new", path);
	enum fault_code code = FAULT_NONE;
	bool written;
	int file;

	make_folders(path);
	unlink(new_path);   /* left by a crash, or laid here by somebody: never followed */
	file = open(new_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	written = file >= 0 && write_whole(file, json);
	if (file >= 0)
		written = !close(file) && written;
	if (!written || rename(new_path, path)) {
		code = fault_set(fault, FAULT_FILE_WRITE, errno, "%s", strerror(errno));
		if (file >= 0)
			unlink(new_path);
	}
	free(new_path);
	return code;
}
