/* SPDX-License-Identifier: MIT */
/* The lines for vaults, with a key's name filled in. */
#include "core/vaults.h"

#include <assert.h>
#include <stdio.h>
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

/* TEMPLATE with the two names in it; the caller's. */
static char *fill(const char *template, const char *name, const char *entry)
{
	char *line = mem_new(strlen(template) + 2 * (strlen(name) + strlen(entry)) + 1, 1), *end = line;

	while (*template) {
		const char *value = !strncmp(template, "{name}", 6) ? name : !strncmp(template, "{entry}", 7) ? entry : NULL;

		if (value) {
			end = stpcpy(end, value);
			template = strchr(template, '}') + 1;
		} else {
			*end++ = *template++;
		}
	}
	return line;
}

char *vault_line(const struct vault *vault, const char *name, enum mode mode)
{
	char *entry = mem_printf("keyguide/%s-%s", name, mode_slug(mode));
	char *quoted_name = text_shell(name), *quoted_entry = text_shell(entry);
	char *command = fill(vault->line, quoted_name, quoted_entry);
	char *line = mem_printf("keyguide give %s --%s -- %s", quoted_name, mode_slug(mode), command);

	free(entry);
	free(quoted_name);
	free(quoted_entry);
	free(command);
	return line;
}
