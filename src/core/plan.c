/* SPDX-License-Identifier: MIT */
/* A plan: a name, a mode, a level for each row. */
#include "core/plan.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/apikey.h"

enum { PLAN_VERSION = 1 };

struct plan {
	char *name;
	enum mode mode;
	unsigned char *levels;   /* enum level for each row of the catalogue */
};

const char *mode_slug(enum mode mode)
{
	return mode == MODE_LIVE ? "live" : "test";
}

struct plan *plan_new(void)
{
	struct plan *plan = mem_new(1, sizeof *plan);

	plan->name = mem_strdup("");
	plan->levels = mem_new(catalogue_count(), 1);
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	free(plan->name);
	free(plan->levels);
	free(plan);
}

struct plan *plan_copy(const struct plan *plan)
{
	struct plan *copy = plan_new();

	plan_set_name(copy, plan->name);
	copy->mode = plan->mode;
	memcpy(copy->levels, plan->levels, catalogue_count());
	return copy;
}

static bool has_odd_character(const char *name)
{
	char *clean = text_clean(name, strlen(name) * 3);
	bool odd = strcmp(clean, name) != 0;

	free(clean);
	return odd;
}

static size_t characters(const char *text)
{
	size_t count = 0;

	for (size_t at = 0; text[at]; at = text_after(text, at))
		count++;
	return count;
}

enum plan_name_verdict plan_name_check(const char *name)
{
	size_t length = strlen(name);

	if (!length)
		return PLAN_NAME_EMPTY;
	if (apikey_is_in(name))
		return PLAN_NAME_IS_KEY;
	if (has_odd_character(name))
		return PLAN_NAME_ODD;
	if (name[0] == ' ' || name[length - 1] == ' ')
		return PLAN_NAME_BLANKS;
	return characters(name) > PLAN_NAME_MAX ? PLAN_NAME_LONG : PLAN_NAME_OK;
}

const char *plan_name(const struct plan *plan)
{
	return plan->name;
}

void plan_set_name(struct plan *plan, const char *name)
{
	char *copy = mem_strdup(name);

	free(plan->name);
	plan->name = copy;
}

enum mode plan_mode(const struct plan *plan)
{
	return plan->mode;
}

void plan_set_mode(struct plan *plan, enum mode mode)
{
	plan->mode = mode;
}

enum level plan_level(const struct plan *plan, size_t row)
{
	assert(row < catalogue_count());
	return (enum level)plan->levels[row];
}

bool plan_set(struct plan *plan, size_t row, enum level level)
{
	if (row >= catalogue_count() || !catalogue_has_level(row, level))
		return false;
	plan->levels[row] = (unsigned char)level;
	return true;
}

size_t plan_count(const struct plan *plan, enum level level)
{
	size_t count = 0;

	for (size_t row = 0; row < catalogue_count(); row++)
		count += catalogue_on_grid(row) && plan->levels[row] == level;
	return count;
}

size_t plan_granted(const struct plan *plan)
{
	size_t count = 0;

	for (size_t row = 0; row < catalogue_count(); row++)
		count += plan->levels[row] != LEVEL_NONE;
	return count;
}

size_t plan_apply_preset(struct plan *plan, const struct preset *preset)
{
	size_t changed = 0;

	for (const char *const *id = preset->reads; *id; id++) {
		size_t row = catalogue_find(*id);

		if (row != SIZE_MAX && plan->levels[row] == LEVEL_NONE)
			changed += plan_set(plan, row, LEVEL_READ);
	}
	return changed;
}

/* ---- JSON ---- */

/* Two rows of the form have no known slug: they go by "resource:level". */
static json_t *permission_to_json(size_t row, enum level level)
{
	const struct permission *permission = catalogue_permission(row, level);

	if (permission->slug)
		return json_string(permission->slug);
	return json_sprintf("%s:%s", catalogue_at(row)->id, level == LEVEL_READ ? "read" : "write");
}

static bool permission_from_text(const char *text, size_t *row, enum level *level)
{
	const char *colon = strchr(text, ':');
	char *id;

	if (!colon)
		return (*row = catalogue_find_slug(text, level)) != SIZE_MAX;
	id = mem_strndup(text, (size_t)(colon - text));
	*row = catalogue_find(id);
	*level = strcmp(colon, ":write") ? LEVEL_READ : LEVEL_WRITE;
	free(id);
	return *row != SIZE_MAX && (!strcmp(colon, ":read") || !strcmp(colon, ":write"));
}

json_t *plan_to_json(const struct plan *plan)
{
	json_t *permissions = json_array();

	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan->levels[row] != LEVEL_NONE)
			json_array_append_new(permissions, permission_to_json(row, plan_level(plan, row)));
	return json_pack("{s:i, s:s, s:s, s:o}", "version", PLAN_VERSION, "name", plan->name,
			 "mode", mode_slug(plan->mode), "permissions", permissions);
}

static bool take_permissions(struct plan *plan, const json_t *permissions, struct fault *fault)
{
	const json_t *item;
	enum level level;
	size_t i, row;

	if (!json_is_array(permissions)) {
		fault_set(fault, FAULT_FILE_BROKEN, 0, "permissions");
		return false;
	}
	json_array_foreach(permissions, i, item) {
		if (!json_is_string(item) || !permission_from_text(json_string_value(item), &row, &level) ||
		    !plan_set(plan, row, level)) {
			fault_set(fault, FAULT_FILE_BROKEN, 0, "permissions[%zu]", i);
			return false;
		}
	}
	return true;
}

struct plan *plan_from_json(const json_t *json, struct fault *fault)
{
	struct plan *plan = plan_new();
	const char *name, *mode;
	json_t *permissions;
	int version;

	if (json_unpack((json_t *)json, "{s:i, s:s, s:s, s:o}", "version", &version, "name", &name,
			"mode", &mode, "permissions", &permissions) ||
	    version != PLAN_VERSION || (strcmp(mode, "test") && strcmp(mode, "live"))) {
		fault_set(fault, FAULT_FILE_BROKEN, 0, "plan");
	} else if (take_permissions(plan, permissions, fault)) {
		plan_set_name(plan, name);
		plan->mode = strcmp(mode, "live") ? MODE_TEST : MODE_LIVE;
		return plan;
	}
	plan_free(plan);
	return NULL;
}
