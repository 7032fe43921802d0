/* SPDX-License-Identifier: MIT */
/* Progress without secrets, both ways: what a walk needs to go on where it stopped. */
#include "guide/walk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PROGRESS_VERSION = 1 };

static const char *const last_keys[] = {
	[LAST_NONE] = "none", [LAST_MADE] = "made", [LAST_STORING] = "storing", [LAST_KEPT] = "kept", [LAST_GONE] = "made",
};

/* How far the key itself is, for the next start. What was not found out in this run is still to be found out in the next. */
static enum last_key key_now(const struct walk *walk)
{
	switch (walk->copy.key) {
	case KEY_SAVED:
		return LAST_KEPT;
	case KEY_STORING:
	case KEY_UNSAVED:   /* a keyring that did not answer in time may have kept it */
	case KEY_HANDING:
		return LAST_STORING;
	case KEY_HANDED:
		return LAST_NONE;
	default:
		break;
	}
	if (walk->last_key == LAST_STORING || walk->last_key == LAST_KEPT)
		return walk->last_key;
	return walk->at >= walk_find(walk, "copy") ? LAST_MADE : LAST_NONE;
}

static enum last_key key_from(const char *slug)
{
	for (enum last_key key = LAST_MADE; key < LAST_GONE; key++)
		if (!strcmp(slug, last_keys[key]))
			return key;
	return LAST_NONE;
}

static const char connect_mark[] = "connect:";

/* "payout", "connect:payout": the cells of the plan that are marked. */
static json_t *cells_to_json(const bool *cells)
{
	json_t *ids = json_array();

	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		if (cells[cell])
			json_array_append_new(ids, json_sprintf("%s%s", plan_cell_is_connect(cell) ? connect_mark : "",
								catalogue_at(plan_cell_row(cell))->id));
	return ids;
}

json_t *walk_to_json(const struct walk *walk)
{
	bool handed = walk->copy.key == KEY_HANDED && walk->at == walk_find(walk, "copy");
	size_t at = handed ? walk->at + 1 : walk->at;

	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:o, s:b, s:b, s:b, s:b, s:o, s:o, s:o*, s:s}",
			 "version", PROGRESS_VERSION,
			 "guide", walk->guide->slug,
			 "step", walk->guide->steps[at].slug,
			 "ends", walk->copy.seen.ends,
			 "aside", walk->aside,
			 "aside_before", (int)walk->aside_before,
			 "overlap_hours", walk->overlap_hours,
			 "until", walk->until,
			 "plan", plan_to_json(walk->plan),
			 "plan_unknown", walk->plan_unknown,
			 "stored_here", walk->stored_here,
			 "live_only", walk->live_only,
			 "sandbox_done", walk->sandbox_done,
			 "ticked", cells_to_json(walk->permissions.ticked),
			 "write_open", cells_to_json(walk->permissions.write_open),
			 "asked", walk->asked ? plan_to_json(walk->asked) : NULL,
			 "key", last_keys[key_now(walk)]);
}

static void restore_cells(bool *cells, const json_t *ids)
{
	size_t mark = strlen(connect_mark), i;
	const json_t *item;

	json_array_foreach(ids, i, item) {
		const char *id = json_is_string(item) ? json_string_value(item) : "";
		bool connect = !strncmp(id, connect_mark, mark);
		size_t row = catalogue_find(connect ? id + mark : id);

		if (row != SIZE_MAX)
			cells[connect ? plan_connect_cell(row) : row] = true;
	}
}

/* How far the key had come; the rest is seen when the keyring is looked into. */
static void restore_key(struct walk *walk, const json_t *json, const char *key)
{
	const char *ends = json_string_value(json_object_get(json, "ends"));
	size_t copy = walk_find(walk, "copy");

	walk->last_key = copy == SIZE_MAX ? LAST_NONE : key_from(key);
	walk->stored_here = json_is_true(json_object_get(json, "stored_here"));
	if (walk->last_key == LAST_NONE && walk->guide == &guide_create)
		return;
	walk->copy.seen = (struct apikey){ .kind = APIKEY_RESTRICTED, .mode = plan_mode(walk->plan) };
	if (ends && strlen(ends) < sizeof walk->copy.seen.ends)
		strcpy(walk->copy.seen.ends, ends);
	if (walk->last_key != LAST_KEPT)
		return;
	if (walk->guide == &guide_create) {
		walk->at = copy;
	} else if (walk->at > copy) {   /* it is about the old key by now */
		walk->last_key = LAST_NONE;
		walk->copy.key = KEY_SAVED;
	}
}

/* Of a key that is replaced or taken back; what is not there or not so stays as it is. */
static void restore_old_key(struct walk *walk, const json_t *json)
{
	const char *aside = "", *until = "";
	int before = 0, hours = walk->overlap_hours;

	json_unpack((json_t *)json, "{s?s, s?i, s?i, s?s}", "aside", &aside, "aside_before", &before,
		    "overlap_hours", &hours, "until", &until);
	if (walk->guide == &guide_create)
		return;
	walk->plan_unknown = json_is_true(json_object_get(json, "plan_unknown"));
	free(walk->aside);
	/* Longer than a name may be: it has " (old)" behind it. */
	walk->aside = mem_strdup(plan_text_is_clean(aside) && !apikey_is_in(aside) ? aside : "");
	if (record_is_time(until))
		strcpy(walk->until, until);
	walk->aside_before = before > 0 ? (size_t)before : 0;
	if (hours >= 0)
		walk->overlap_hours = hours;
}

enum fault_code walk_from_json(struct walk *walk, const json_t *json, struct fault *fault)
{
	const char *guide, *step, *key;
	const struct guide *saved_guide;
	json_t *plan_json, *ticked;
	int version, live_only, sandbox_done;
	struct plan *plan;
	size_t at;

	if (json_unpack((json_t *)json, "{s:i, s:s, s:s, s:o, s:b, s:b, s:o, s:s}",
			"version", &version, "guide", &guide, "step", &step, "plan", &plan_json,
			"live_only", &live_only, "sandbox_done", &sandbox_done,
			"ticked", &ticked, "key", &key))
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "progress");
	saved_guide = guide_find(guide);
	at = saved_guide ? guide_find_step(saved_guide, step) : SIZE_MAX;
	if (version != PROGRESS_VERSION || at == SIZE_MAX)
		return fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", "progress");
	plan = plan_from_json(plan_json, fault);
	if (!plan)
		return FAULT_FILE_BROKEN;
	walk->guide = saved_guide;
	plan_free(walk->plan);
	walk->plan = plan;
	walk->live_only = live_only;
	walk->sandbox_done = sandbox_done;
	restore_cells(walk->permissions.ticked, ticked);
	restore_cells(walk->permissions.write_open, json_object_get(json, "write_open"));
	walk->asked = plan_from_json(json_object_get(json, "asked"), NULL);   /* NULL where nobody did */
	walk->at = at;
	restore_key(walk, json, key);
	restore_old_key(walk, json);
	if (walk->at)
		walk->overlay = OVERLAY_RESUME;
	return FAULT_NONE;
}
