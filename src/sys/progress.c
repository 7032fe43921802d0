/* SPDX-License-Identifier: MIT */
/* The one file of saved progress. */
#include "sys/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sys/files.h"

static const char name[] = "progress.json";

json_t *progress_load(struct fault *fault)
{
	char *path = files_path(FILES_STATE, name), *aside = files_path(FILES_STATE, "progress.broken");
	json_t *json = NULL;
	enum fault_code code = path ? files_read(path, &json, fault) : FAULT_NOT_FOUND;

	if (code == FAULT_FILE_BROKEN && rename(path, aside))
		unlink(path);
	if (code == FAULT_NOT_FOUND)
		fault_set(fault, FAULT_NONE, 0, "%s", "");
	free(path);
	free(aside);
	return code == FAULT_NONE ? json : NULL;
}

enum fault_code progress_save(const json_t *progress, struct fault *fault)
{
	char *path = files_path(FILES_STATE, name);
	enum fault_code code = path ? files_write(path, progress, fault) :
				      fault_set(fault, FAULT_FILE_WRITE, 0, "HOME");

	free(path);
	return code;
}

void progress_forget(void)
{
	char *path = files_path(FILES_STATE, name);

	if (path)
		unlink(path);
	free(path);
}
