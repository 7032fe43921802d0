/* SPDX-License-Identifier: MIT */
/* One file a kept key, named after it. */
#include "sys/records.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sys/files.h"

/* "test-NAME.json" */
static char *record_path(const char *key_name, enum mode mode)
{
	char *prefix = mem_printf("keys/%s", mode_slug(mode)), *name = files_name(prefix, key_name);
	char *path = files_path(FILES_DATA, name);

	free(prefix);
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
	if (code == FAULT_NONE && strcmp(plan_name(record->plan), name)) {   /* another key's, with the same hash */
		record_done(record);
		record_init(record);
		code = fault_set(fault, FAULT_NOT_FOUND, 0, "%s", "");
	}
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
	struct record record;

	if (records_load(name, mode, &record, NULL) != FAULT_NOT_FOUND)   /* a broken one goes, too */
		unlink(path);
	record_done(&record);
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
