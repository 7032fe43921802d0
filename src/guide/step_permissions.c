/* SPDX-License-Identifier: MIT */
/*
 * Step 4: what the key may do. Choosing in the grid, the Write question, the
 * presets, and then the rows to set in Stripe. What is shown is in
 * permissions_pages.c.
 */
#include "guide/steps.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/link.h"
#include "core/presets.h"

static void set_filter(struct walk *walk, const char *text)
{
	char *copy = mem_strdup(text);

	free(walk->permissions.filter);
	walk->permissions.filter = copy;
}

void permissions_enter(struct walk *walk, struct effect *effect)
{
	(void)effect;
	/* Coming back from step 5 the list of rows is what was seen last. */
	if (walk->permissions.view != PERMISSIONS_COPY)
		walk->permissions.view = PERMISSIONS_CHOOSE;
	walk->permissions.nothing_chosen = walk->permissions.key_in_filter = false;
}

bool permissions_ready(const struct walk *walk)
{
	return plan_granted(walk->plan) > 0;
}

/* A changed row must be set in Stripe again. */
static void set_level(struct walk *walk, size_t cell, enum level level)
{
	if (plan_set_cell(walk->plan, cell, level))
		walk->permissions.ticked[cell] = false;
	walk->permissions.write_open[cell] = false;
	walk->permissions.nothing_chosen = false;
}

/* Asks about the next Write that somebody wants; where all are answered the list of rows follows. */
static void go_on(struct walk *walk, struct effect *effect)
{
	struct permissions_state *state = &walk->permissions;

	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		if (state->write_open[cell]) {
			state->answering = true;
			state->write_cell = cell;
			state->view = PERMISSIONS_WRITE;
			return;
		}
	state->answering = false;
	state->nothing_chosen = !permissions_ready(walk);
	if (!state->nothing_chosen && walk->guide != &guide_create) {   /* nothing is set in Stripe then */
		state->view = PERMISSIONS_CHOOSE;
		walk_next(walk, effect);
		return;
	}
	state->view = state->nothing_chosen ? PERMISSIONS_CHOOSE : PERMISSIONS_COPY;
	if (!state->nothing_chosen)
		set_filter(walk, "");
}

/* Write is granted by the answer to its question, never by a key press in the grid. */
static void choose_level(struct walk *walk, size_t cell, enum level level)
{
	if (level == LEVEL_WRITE && plan_cell(walk->plan, cell) != LEVEL_WRITE) {
		if (!catalogue_has_level(plan_cell_row(cell), LEVEL_WRITE))
			return;
		walk->permissions.write_cell = cell;
		walk->permissions.view = PERMISSIONS_WRITE;
		return;
	}
	set_level(walk, cell, level);
}

static bool handle_choose(struct walk *walk, const struct event *event, struct effect *effect)
{
	struct permissions_state *state = &walk->permissions;

	switch (event->kind) {
	case EVENT_LEVEL:
		choose_level(walk, event->grid.row, event->grid.level);
		return true;
	case EVENT_FILTER:
		state->key_in_filter = apikey_is_in(event->text);
		set_filter(walk, state->key_in_filter ? "" : event->text);
		return true;
	case EVENT_ACTION:
		if (event->action == ACTION_PRESETS) {
			state->view = PERMISSIONS_PRESETS;
			return true;
		}
		if (event->action == ACTION_NEXT) {
			go_on(walk, effect);
			return true;
		}
		return false;
	default:
		return false;
	}
}

static bool handle_write(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind != EVENT_ACTION || (event->action != ACTION_YES && event->action != ACTION_NO))
		return false;
	if (event->action == ACTION_YES)
		set_level(walk, walk->permissions.write_cell, LEVEL_WRITE);
	walk->permissions.write_open[walk->permissions.write_cell] = false;
	if (walk->permissions.answering)
		go_on(walk, effect);
	else
		walk->permissions.view = PERMISSIONS_CHOOSE;
	return true;
}

static bool handle_presets(struct walk *walk, const struct event *event)
{
	struct permissions_state *state = &walk->permissions;

	if (event->kind == EVENT_CHOOSE && (size_t)event->choice < preset_count()) {
		state->preset = (size_t)event->choice;
		state->view = PERMISSIONS_PRESET;
		return true;
	}
	if (event->kind == EVENT_CHOOSE && (size_t)event->choice == preset_count()) {
		state->connect = true;
		state->view = PERMISSIONS_CHOOSE;
		return true;
	}
	if (event->kind == EVENT_ACTION && event->action == ACTION_BACK) {
		state->view = PERMISSIONS_CHOOSE;
		return true;
	}
	return false;
}

static void apply_preset(struct walk *walk, const struct preset *preset)
{
	struct plan *plan = preset_plan(preset);

	walk_grant(walk, plan);
	plan_free(plan);
}

static bool handle_preset(struct walk *walk, const struct event *event)
{
	struct permissions_state *state = &walk->permissions;

	if (event->kind != EVENT_ACTION)
		return false;
	if (event->action == ACTION_APPLY) {
		apply_preset(walk, preset_at(state->preset));
		state->view = PERMISSIONS_CHOOSE;
		state->preset_applied = true;
		state->nothing_chosen = false;
		return true;
	}
	if (event->action == ACTION_BACK) {
		state->view = PERMISSIONS_PRESETS;
		return true;
	}
	return false;
}

static void open_filled(struct walk *walk, struct effect *effect)
{
	char *address = link_create(walk->plan, NULL);

	free(walk->address);
	walk->address = address;
	walk_ask(walk, EFFECT_OPEN, effect);
	effect->address = walk->address;
	walk->open = OPEN_ASKING;
}

static bool handle_copy(struct walk *walk, const struct event *event, struct effect *effect)
{
	struct permissions_state *state = &walk->permissions;

	if (event->kind == EVENT_TICK && event->row < plan_cell_count()) {
		state->ticked[event->row] = !state->ticked[event->row];
		return true;
	}
	if (event->kind != EVENT_ACTION)
		return false;
	if (event->action == ACTION_FILLED) {
		open_filled(walk, effect);
		return true;
	}
	if (event->action == ACTION_BACK) {
		state->view = PERMISSIONS_CHOOSE;
		return true;
	}
	return false;
}

bool permissions_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	switch (walk->permissions.view) {
	case PERMISSIONS_CHOOSE:
		return handle_choose(walk, event, effect);
	case PERMISSIONS_WRITE:
		return handle_write(walk, event, effect);
	case PERMISSIONS_PRESETS:
		return handle_presets(walk, event);
	case PERMISSIONS_PRESET:
		return handle_preset(walk, event);
	case PERMISSIONS_COPY:
		return handle_copy(walk, event, effect);
	}
	return false;
}
