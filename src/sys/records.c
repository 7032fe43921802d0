/* SPDX-License-Identifier: MIT */
/* One file a kept key, named after it. */
#include "sys/records.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sys/files.h"

/* "keys/test-NAME.json": every byte that is no letter, digit, '-' or '_' as %XX, so that no name leaves the folder. */
static char *record_path(const char *key_name, enum mode mode)
{
	char *name = mem_new(strlen(key_name) * 3 + 32, 1), *path;
	size_t length = (size_t)sprintf(name, "keys/%s-", mode_slug(mode));

	for (; *key_name; key_name++) {
		unsigned char byte = (unsigned char)*key_name;

		if (isascii(byte) && (isalnum(byte) || byte == '-' || byte == '_'))
			name[length++] = (char)byte;
		else
			length += (size_t)sprintf(name + length, "%%%02X", byte);
	}
	strcpy(name + length, ".json");
	path = files_path(FILES_DATA, name);
	free(name);
	return path;
}

enum fault_code records_save(const struct record *record, struct fault *fault)
{
	char *path = record_path(plan_name(record->plan), plan_mode(record->plan));
	json_t *json = record_to_json(record);
	enum fault_code code = path ? files_write(path, json, fault) :
				      fault_set(fault, FAULT_FILE_WRITE, 0, "HOME");

	json_decref(json);
	free(path);
	return code;
}

enum fault_code records_load(const char *name, enum mode mode, struct record *record, struct fault *fault)
{
	char *path = record_path(name, mode);
	json_t *json = NULL;
	enum fault_code code;

	code = path ? files_read(path, &json, fault) : fault_set(fault, FAULT_NOT_FOUND, 0, "HOME");
	free(path);
	if (code == FAULT_NONE)
		code = record_from_json(json, record, fault);
	else
		record_init(record);
	json_decref(json);
	return code;
}

size_t records_of(const char *name, bool test, bool live, struct record records[2])
{
	size_t count = 0;

	for (enum mode mode = MODE_TEST; mode <= MODE_LIVE; mode++) {
		if (mode == MODE_TEST ? live : test)
			continue;
		if (records_load(name, mode, &records[count], NULL) == FAULT_NONE)
			count++;
		else
			record_done(&records[count]);
	}
	return count;
}

void records_forget(const char *name, enum mode mode)
{
	char *path = record_path(name, mode);

	if (path)
		unlink(path);
	free(path);
}

bool records_any(void)
{
	char *path = files_path(FILES_DATA, "keys");
	DIR *folder = path ? opendir(path) : NULL;
	bool found = false;

	for (struct dirent *entry; folder && !found && (entry = readdir(folder));)
		found = strstr(entry->d_name, ".json") != NULL;
	if (folder)
		closedir(folder);
	free(path);
	return found;
}
