/* SPDX-License-Identifier: MIT */
/*
 * A plan: name, mode and one level a row. It must not know why a level was
 * chosen, nor where a plan is kept.
 */
#include "core/plan.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/apikey.h"

struct plan {
	char *name;
	enum mode mode;
	unsigned char *levels;   /* one for each row of the catalogue */
};

const char *mode_slug(enum mode mode)
{
	return mode == MODE_LIVE ? "live" : "test";
}

struct plan *plan_new(void)
{
	struct plan *plan = mem_new(1, sizeof *plan);

	plan->name = mem_strdup("");
	plan->mode = MODE_TEST;
	plan->levels = mem_new(catalogue_count(), sizeof *plan->levels);
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
	memcpy(copy->levels, plan->levels, catalogue_count() * sizeof *plan->levels);
	return copy;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

/* Measures NAME: characters in all, blanks at either end. */
static size_t characters(const char *name, bool *begins_blank, bool *ends_blank)
{
	size_t left = strlen(name), bytes, count = 0;
	uint32_t c;

	*begins_blank = *ends_blank = false;
	for (; (bytes = text_next(name, left, &c)); name += bytes, left -= bytes, count++) {
		*ends_blank = is_blank(c);
		if (!count)
			*begins_blank = *ends_blank;
	}
	return count;
}

/* What text_clean() would change must not stand in a name. */
static bool is_clean(const char *name)
{
	size_t length = strlen(name);
	char *clean = text_clean(name, 3 * length);
	bool same = text_is_utf8(name, length) && !strcmp(clean, name);

	free(clean);
	return same;
}

enum plan_name_verdict plan_name_check(const char *name)
{
	bool begins_blank, ends_blank;
	size_t count = characters(name, &begins_blank, &ends_blank);

	if (!count)
		return PLAN_NAME_EMPTY;
	if (apikey_is_in(name))
		return PLAN_NAME_IS_KEY;
	if (!is_clean(name))
		return PLAN_NAME_ODD;
	if (begins_blank || ends_blank)
		return PLAN_NAME_BLANKS;
	return count > PLAN_NAME_MAX ? PLAN_NAME_LONG : PLAN_NAME_OK;
}

const char *plan_name(const struct plan *plan)
{
	return plan->name;
}

void plan_set_name(struct plan *plan, const char *name)
{
	char *copy = mem_strdup(name);   /* first: NAME may be the one that the plan has */

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
	if (!catalogue_has_level(row, level))
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

		if (row != SIZE_MAX && plan_level(plan, row) == LEVEL_NONE)
			changed += plan_set(plan, row, LEVEL_READ);
	}
	return changed;
}

/* -- JSON ------------------------------------------------------------------ */

json_t *plan_to_json(const struct plan *plan)
{
	json_t *permissions = json_array();
	char *name = text_clean(plan->name, 3 * strlen(plan->name)), room[CATALOGUE_NAME_SIZE];
	json_t *json;

	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan->levels[row] != LEVEL_NONE)
			json_array_append_new(permissions, json_string(catalogue_name(row, plan_level(plan, row), room)));
	json = json_pack("{s:i, s:s, s:s, s:o}", "version", 1, "name", name, "mode", mode_slug(plan->mode),
			 "permissions", permissions);
	free(name);
	return json;
}

/* Where both levels of a row are named, Write is meant: it includes Read. */
static bool grant(struct plan *plan, const char *permission)
{
	enum level level = LEVEL_NONE;
	size_t row = catalogue_find_slug(permission, &level);

	if (row == SIZE_MAX)
		row = catalogue_find_pair(permission, &level);
	if (row == SIZE_MAX)
		return false;
	return level < plan_level(plan, row) || plan_set(plan, row, level);
}

static bool grant_all(struct plan *plan, const json_t *permissions, struct fault *fault)
{
	json_t *item;
	size_t i;

	json_array_foreach(permissions, i, item) {
		if (!json_is_string(item) || apikey_is_in(json_string_value(item)))
			return fault_set(fault, FAULT_FILE_BROKEN, 0, "permissions[%zu]", i), false;
		if (!grant(plan, json_string_value(item)))
			return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", json_string_value(item)), false;
	}
	return true;
}

static bool read_head(struct plan *plan, const json_t *json, const json_t **permissions)
{
	const char *name, *mode;
	int version;

	if (json_unpack((json_t *)json, "{s:i, s:s, s:s, s:o}", "version", &version, "name", &name, "mode", &mode,
			"permissions", permissions))
		return false;
	if (version != 1 || !json_is_array(*permissions))
		return false;
	if (strcmp(mode, mode_slug(MODE_TEST)) && strcmp(mode, mode_slug(MODE_LIVE)))
		return false;
	if (apikey_is_in(name) || !is_clean(name))
		return false;
	plan_set_name(plan, name);
	plan_set_mode(plan, strcmp(mode, mode_slug(MODE_LIVE)) ? MODE_TEST : MODE_LIVE);
	return true;
}

struct plan *plan_from_json(const json_t *json, struct fault *fault)
{
	struct plan *plan = plan_new();
	const json_t *permissions;
	bool good = read_head(plan, json, &permissions);

	if (!good)
		fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "plan");
	if (good && grant_all(plan, permissions, fault))
		return plan;
	plan_free(plan);
	return NULL;
}
