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

/* What was FOUND wrong with the file of PATH (NULL: it has none), into *FAULT. */
static void tell_where(const char *path, const struct fault *found, struct fault *fault)
{
	fault_set(fault, found->code, found->error_number, "%s%s%s", path ? path : "",
		  path && *found->detail ? ": " : "", found->detail);
}

enum fault_code records_save(const struct record *record, struct fault *fault)
{
	char *path = record_path(plan_name(record->plan), plan_mode(record->plan));
	json_t *json = record_to_json(record);
	struct fault found = { .detail = "" };
	enum fault_code code = path ? files_write(path, json, &found) : fault_set(&found, FAULT_FILE_WRITE, 0, "HOME");

	if (code != FAULT_NONE)
		tell_where(path, &found, fault);
	json_decref(json);
	free(path);
	return code;
}

enum fault_code records_load(const char *name, enum mode mode, struct record *record, struct fault *fault)
{
	char *path = record_path(name, mode);
	struct fault found = { .detail = "" };
	json_t *json = NULL;
	enum fault_code code;

	code = path ? files_read(path, &json, &found) : fault_set(&found, FAULT_NOT_FOUND, 0, "HOME");
	if (code == FAULT_NONE)
		code = record_from_json(json, record, &found);
	else
		record_init(record);
	if (code == FAULT_NONE && strcmp(plan_name(record->plan), name)) {   /* another key's, with the same hash */
		record_done(record);
		record_init(record);
		code = fault_set(&found, FAULT_NOT_FOUND, 0, "%s", "");
	}
	found.code = code;
	if (code != FAULT_NONE)
		tell_where(path, &found, fault);
	json_decref(json);
	free(path);
	return code;
}

size_t records_of(const char *name, bool test, bool live, struct record records[2], struct fault *fault)
{
	struct fault found;
	size_t count = 0;

	fault_set(fault, FAULT_NONE, 0, "%s", "");
	for (enum mode mode = MODE_TEST; mode <= MODE_LIVE; mode++) {
		if (mode == MODE_TEST ? live : test)
			continue;
		if (records_load(name, mode, &records[count], &found) == FAULT_NONE) {
			count++;
			continue;
		}
		record_done(&records[count]);
		if (found.code != FAULT_NOT_FOUND && fault)
			*fault = found;
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

	/* "….json.new" is what a crash left of one. */
	for (struct dirent *entry; folder && !found && (entry = readdir(folder));) {
		const char *ending = strrchr(entry->d_name, '.');

		found = ending && !strcmp(ending, ".json");
	}
	if (folder)
		closedir(folder);
	free(path);
	return found;
}
