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
	char *name, *prepared_by, *note;
	enum mode mode;
	int review_days;
	unsigned char *levels, *connect;   /* one for each row of the catalogue */
};

const char *mode_slug(enum mode mode)
{
	return mode == MODE_LIVE ? "live" : "test";
}

struct plan *plan_new(void)
{
	struct plan *plan = mem_new(1, sizeof *plan);

	plan->name = mem_strdup("");
	plan->prepared_by = mem_strdup("");
	plan->note = mem_strdup("");
	plan->mode = MODE_TEST;
	plan->review_days = PLAN_REVIEW_DAYS;
	plan->levels = mem_new(catalogue_count(), sizeof *plan->levels);
	plan->connect = mem_new(catalogue_count(), sizeof *plan->connect);
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	free(plan->name);
	free(plan->prepared_by);
	free(plan->note);
	free(plan->levels);
	free(plan->connect);
	free(plan);
}

struct plan *plan_copy(const struct plan *plan)
{
	struct plan *copy = plan_new();

	plan_set_name(copy, plan->name);
	plan_set_prepared_by(copy, plan->prepared_by);
	plan_set_note(copy, plan->note);
	copy->mode = plan->mode;
	copy->review_days = plan->review_days;
	memcpy(copy->levels, plan->levels, catalogue_count() * sizeof *plan->levels);
	memcpy(copy->connect, plan->connect, catalogue_count() * sizeof *plan->connect);
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
bool plan_text_is_clean(const char *name)
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
	if (!plan_text_is_clean(name))
		return PLAN_NAME_ODD;
	if (begins_blank || ends_blank)
		return PLAN_NAME_BLANKS;
	return count > PLAN_NAME_MAX ? PLAN_NAME_LONG : PLAN_NAME_OK;
}

const char *plan_name(const struct plan *plan)
{
	return plan->name;
}

static void set_text(char **text, const char *value)
{
	char *copy = mem_strdup(value);   /* first: VALUE may be the one that is there */

	free(*text);
	*text = copy;
}

void plan_set_name(struct plan *plan, const char *name)
{
	set_text(&plan->name, name);
}

const char *plan_prepared_by(const struct plan *plan)
{
	return plan->prepared_by;
}

void plan_set_prepared_by(struct plan *plan, const char *who)
{
	set_text(&plan->prepared_by, who);
}

const char *plan_note(const struct plan *plan)
{
	return plan->note;
}

void plan_set_note(struct plan *plan, const char *note)
{
	set_text(&plan->note, note);
}

int plan_review_days(const struct plan *plan)
{
	return plan->review_days;
}

void plan_set_review_days(struct plan *plan, int days)
{
	assert(days > 0 && days <= PLAN_REVIEW_DAYS_MAX);
	plan->review_days = days;
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

enum level plan_connect(const struct plan *plan, size_t row)
{
	assert(row < catalogue_count());
	return (enum level)plan->connect[row];
}

bool plan_set_connect(struct plan *plan, size_t row, enum level level)
{
	if (!catalogue_has_level(row, level))
		return false;
	plan->connect[row] = (unsigned char)level;
	return true;
}

size_t plan_cell_count(void)
{
	return 2 * catalogue_count();
}

size_t plan_connect_cell(size_t row)
{
	return catalogue_count() + row;
}

size_t plan_cell_row(size_t cell)
{
	return cell % catalogue_count();
}

bool plan_cell_is_connect(size_t cell)
{
	return cell >= catalogue_count();
}

enum level plan_cell(const struct plan *plan, size_t cell)
{
	size_t row = plan_cell_row(cell);

	return plan_cell_is_connect(cell) ? plan_connect(plan, row) : plan_level(plan, row);
}

bool plan_set_cell(struct plan *plan, size_t cell, enum level level)
{
	size_t row = plan_cell_row(cell);

	return plan_cell_is_connect(cell) ? plan_set_connect(plan, row, level) : plan_set(plan, row, level);
}

/* Where both levels of a row are named, Write is meant: it includes Read. */
static void raise(unsigned char *levels, size_t row, enum level level)
{
	if (level > levels[row] && catalogue_has_level(row, level))
		levels[row] = (unsigned char)level;
}

bool plan_grant(struct plan *plan, const struct name *name, bool connect)
{
	unsigned char *levels = connect ? plan->connect : plan->levels;

	if (name->kind == NAME_ROW)
		raise(levels, name->index, name->level);
	else if (name->kind == NAME_GROUP)
		for (size_t row = 0; row < catalogue_count(); row++) {
			if (catalogue_at(row)->group == name->index && catalogue_on_grid(row))
				raise(levels, row, name->level);
		}
	return name->kind == NAME_ROW || name->kind == NAME_GROUP;
}

size_t plan_count(const struct plan *plan, enum level level)
{
	size_t count = 0;

	for (size_t row = 0; row < catalogue_count(); row++) {
		count += catalogue_on_grid(row) && plan->levels[row] == level;
		count += level != LEVEL_NONE && plan->connect[row] == level;
	}
	return count;
}

size_t plan_granted(const struct plan *plan)
{
	size_t count = 0;

	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		count += plan_cell(plan, cell) != LEVEL_NONE;
	return count;
}
