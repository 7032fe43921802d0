/* SPDX-License-Identifier: MIT */
/* Progress without secrets, both ways: what a walk needs to go on where it stopped. */
#include "guide/walk.h"

#include <stdint.h>
#include <string.h>

enum { PROGRESS_VERSION = 1 };

/* How far the key itself is, for the next start: a key that is made but not kept is lost. */
static const char *key_progress(const struct walk *walk)
{
	if (walk->copy.key == KEY_SAVED)
		return "kept";
	return walk->at >= walk_find(walk, "copy") && walk->copy.key != KEY_HANDED ? "made" : "none";
}

static json_t *rows_to_json(const bool *rows)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < catalogue_count(); i++)
		if (rows[i])
			json_array_append_new(ids, json_string(catalogue_at(i)->id));
	return ids;
}

json_t *walk_to_json(const struct walk *walk)
{
	bool over = walk->copy.key == KEY_SAVED || walk->copy.key == KEY_HANDED;

	return json_pack("{s:i, s:s, s:s, s:o, s:b, s:b, s:o, s:o, s:o*, s:s}",
			 "version", PROGRESS_VERSION,
			 "guide", walk->guide->slug,
			 "step", over ? "after" : walk->guide->steps[walk->at].slug,
			 "plan", plan_to_json(walk->plan),
			 "live_only", walk->live_only,
			 "sandbox_done", walk->sandbox_done,
			 "ticked", rows_to_json(walk->permissions.ticked),
			 "write_open", rows_to_json(walk->permissions.write_open),
			 "asked", walk->asked ? plan_to_json(walk->asked) : NULL,
			 "key", key_progress(walk));
}

static void restore_rows(bool *rows, const json_t *ids)
{
	const json_t *item;
	size_t i;

	json_array_foreach(ids, i, item) {
		size_t row = json_is_string(item) ? catalogue_find(json_string_value(item)) : SIZE_MAX;

		if (row != SIZE_MAX)
			rows[row] = true;
	}
}

enum fault_code walk_from_json(struct walk *walk, const json_t *json, struct fault *fault)
{
	const char *guide, *step, *key;
	json_t *plan_json, *ticked;
	int version, live_only, sandbox_done;
	struct plan *plan;
	size_t at;

	if (json_unpack((json_t *)json, "{s:i, s:s, s:s, s:o, s:b, s:b, s:o, s:s}",
			"version", &version, "guide", &guide, "step", &step, "plan", &plan_json,
			"live_only", &live_only, "sandbox_done", &sandbox_done,
			"ticked", &ticked, "key", &key))
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "progress");
	at = walk_find(walk, step);
	if (version != PROGRESS_VERSION || strcmp(guide, walk->guide->slug) || at == SIZE_MAX)
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "progress");
	plan = plan_from_json(plan_json, fault);
	if (!plan)
		return FAULT_FILE_BROKEN;
	plan_free(walk->plan);
	walk->plan = plan;
	walk->live_only = live_only;
	walk->sandbox_done = sandbox_done;
	restore_rows(walk->permissions.ticked, ticked);
	restore_rows(walk->permissions.write_open, json_object_get(json, "write_open"));
	walk->asked = plan_from_json(json_object_get(json, "asked"), NULL);   /* NULL where nobody did */
	if (!strcmp(key, "kept"))
		walk->copy.key = KEY_SAVED;
	walk->key_may_be_lost = !strcmp(key, "made");
	walk->at = at;
	if (at)
		walk->overlay = OVERLAY_RESUME;
	return FAULT_NONE;
}
