/* SPDX-License-Identifier: MIT */
/* Looking things up in the catalogue's tables. */
#include "core/catalogue.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "core/catalogue_table.h"

size_t catalogue_count(void)
{
	return catalogue_row_count;
}

const struct resource *catalogue_at(size_t index)
{
	assert(index < catalogue_row_count);
	return &catalogue_rows[index];
}

const struct group *catalogue_group(size_t index)
{
	assert(index < catalogue_groups_count);
	return &catalogue_groups[index];
}

size_t catalogue_group_count(void)
{
	return catalogue_groups_count;
}

size_t catalogue_find(const char *id)
{
	for (size_t i = 0; i < catalogue_row_count; i++)
		if (!strcmp(catalogue_rows[i].id, id))
			return i;
	return SIZE_MAX;
}

static bool is_slug(const struct permission *permission, const char *slug)
{
	return permission->slug && !strcmp(permission->slug, slug);
}

size_t catalogue_find_slug(const char *slug, enum level *level)
{
	for (size_t i = 0; i < catalogue_row_count; i++) {
		if (is_slug(&catalogue_rows[i].read, slug))
			return *level = LEVEL_READ, i;
		if (is_slug(&catalogue_rows[i].write, slug))
			return *level = LEVEL_WRITE, i;
	}
	return SIZE_MAX;
}

const char *catalogue_pair(size_t index, enum level level, char out[CATALOGUE_NAME_SIZE])
{
	snprintf(out, CATALOGUE_NAME_SIZE, "%s:%s", catalogue_at(index)->id, level_slug(level));
	return out;
}

size_t catalogue_find_pair(const char *pair, enum level *level)
{
	const char *colon = strrchr(pair, ':');
	char id[CATALOGUE_NAME_SIZE];
	size_t row;

	if (!colon || (size_t)(colon - pair) >= sizeof id)
		return SIZE_MAX;
	snprintf(id, sizeof id, "%.*s", (int)(colon - pair), pair);
	row = catalogue_find(id);
	*level = strcmp(colon + 1, level_slug(LEVEL_WRITE)) ? LEVEL_READ : LEVEL_WRITE;
	if (row == SIZE_MAX || strcmp(colon + 1, level_slug(*level)) || !catalogue_has_level(row, *level))
		return SIZE_MAX;
	return row;
}

const char *catalogue_name(size_t index, enum level level, char out[CATALOGUE_NAME_SIZE])
{
	const char *slug = catalogue_permission(index, level)->slug;

	return slug ? slug : catalogue_pair(index, level, out);
}

struct name catalogue_look_up(const char *name)
{
	struct name found = { .kind = NAME_UNKNOWN };

	found.index = catalogue_find_slug(name, &found.level);
	if (found.index == SIZE_MAX)
		found.index = catalogue_find_pair(name, &found.level);
	if (found.index != SIZE_MAX) {
		found.kind = NAME_ROW;
		return found;
	}
	for (const struct group_name *group = catalogue_group_names; group->slug; group++)
		if (!strcmp(group->slug, name))
			return (struct name){ NAME_GROUP, group->group, group->level, NULL };
	for (const struct other_name *other = catalogue_other_names; other->slug; other++)
		if (!strcmp(other->slug, name))
			return (struct name){ .kind = NAME_MISLEADING, .use = other->use };
	return found;
}

const char *catalogue_nearest(const char *name)
{
	int least = (int)strlen(name) / 3 + 1, distance;
	const char *found = NULL;

	for (size_t row = 0; row < catalogue_count(); row++)
		for (enum level level = LEVEL_READ; level <= LEVEL_WRITE; level++) {
			const struct permission *permission = catalogue_permission(row, level);

			if (!permission || !permission->slug)
				continue;
			distance = text_distance(name, permission->slug);
			if (distance < least) {
				least = distance;
				found = permission->slug;
			}
		}
	return found;
}

bool catalogue_on_grid(size_t index)
{
	return catalogue_at(index)->on_form != ON_FORM_INFERRED;
}

bool catalogue_has_level(size_t index, enum level level)
{
	const struct resource *resource = catalogue_at(index);

	return level == LEVEL_NONE || (level == LEVEL_READ && resource->has_read) ||
	       (level == LEVEL_WRITE && resource->has_write);
}

const struct permission *catalogue_permission(size_t index, enum level level)
{
	const struct resource *resource = catalogue_at(index);

	if (level == LEVEL_NONE || !catalogue_has_level(index, level))
		return NULL;
	return level == LEVEL_READ ? &resource->read : &resource->write;
}

const struct question *catalogue_question(size_t index, enum level level)
{
	const struct resource *resource = catalogue_at(index);
	const struct question *question = level == LEVEL_WRITE ? &resource->ask_write : &resource->ask_read;

	return level != LEVEL_NONE && question->path ? question : NULL;
}

const char *level_name(enum level level)
{
	static const char *const names[LEVEL_COUNT] = { "None", "Read", "Write" };

	assert(level < LEVEL_COUNT);
	return names[level];
}

const char *level_slug(enum level level)
{
	static const char *const slugs[LEVEL_COUNT] = { "none", "read", "write" };

	assert(level < LEVEL_COUNT);
	return slugs[level];
}

const char *sensitivity_slug(enum sensitivity sensitivity)
{
	static const char *const slugs[] = {
		[SENSITIVITY_LOW] = "low", [SENSITIVITY_PERSONAL] = "personal-data", [SENSITIVITY_MONEY] = "money-movement",
	};

	return slugs[sensitivity];
}
