/* SPDX-License-Identifier: MIT */
/* Cases that are folders of small files: tests/unit/cases/WHAT/NAME/{text,expect,…}. */
#ifndef TESTS_UNIT_CORE_CASES_H
#define TESTS_UNIT_CORE_CASES_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_MAX = 200, CASE_FILE_MAX = 4096, CASE_VALUE_SIZE = 256 };

struct test_case {
	char name[80];
};

/* Fills CASES (CASE_MAX of them) with the names of the cases of WHAT. */
static inline size_t cases_list(const char *what, struct test_case *cases)
{
	char path[512];
	struct dirent **entries;
	size_t count = 0;
	int found;

	snprintf(path, sizeof path, "%s/cases/%s", CASES_DIR, what);
	found = scandir(path, &entries, NULL, alphasort);
	for (int i = 0; i < found; i++) {
		if (entries[i]->d_name[0] != '.' && count < CASE_MAX)
			snprintf(cases[count++].name, sizeof cases->name, "%.79s", entries[i]->d_name);
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return count;
}

/* The file of a case without its last line end; its length. */
static inline size_t case_read(const char *what, const char *name, const char *file, char out[CASE_FILE_MAX])
{
	char path[512];
	FILE *stream;
	size_t length;

	snprintf(path, sizeof path, "%s/cases/%s/%s/%s", CASES_DIR, what, name, file);
	stream = fopen(path, "rb");
	cr_assert_not_null(stream, "%s", path);
	length = fread(out, 1, CASE_FILE_MAX - 1, stream);
	fclose(stream);
	if (length && out[length - 1] == '\n')
		length--;
	out[length] = '\0';
	return length;
}

/* The word after KEY at the beginning of a line of EXPECT; OTHERWISE when there is no such line. */
static inline const char *case_value(const char *expect, const char *key, const char *otherwise, char out[CASE_VALUE_SIZE])
{
	size_t length = strlen(key);

	for (const char *line = expect; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (!strncmp(line, key, length) && line[length] == ' ') {
			snprintf(out, CASE_VALUE_SIZE, "%.*s", (int)strcspn(line + length + 1, "\n"), line + length + 1);
			return out;
		}
	return otherwise;
}

#endif
