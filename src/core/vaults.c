/* SPDX-License-Identifier: MIT */
/* The vaults, and the line for each with a key's name in it. */
#include "core/vaults.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/vaults_table.h"

size_t vault_count(void)
{
	return vaults_row_count;
}

const struct vault *vault_at(size_t index)
{
	assert(index < vaults_row_count);
	return &vaults_rows[index];
}

const struct vault *vault_find(const char *id)
{
	for (size_t i = 0; i < vaults_row_count; i++)
		if (!strcmp(vaults_rows[i].id, id))
			return &vaults_rows[i];
	return NULL;
}

char *vault_entry(const char *name, enum mode mode)
{
	return mem_printf("keyguide/%s-%s", name, mode_slug(mode));
}

char *vault_line(const struct vault *vault, const char *name, enum mode mode)
{
	char *quoted = text_shell(name);
	char *line = mem_printf("keyguide give %s --%s --to %s%s%s", quoted, mode_slug(mode), vault->id,
				vault->wants ? " -- " : "", vault->wants ? vault->wants : "");

	free(quoted);
	return line;
}
