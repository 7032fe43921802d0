/* SPDX-License-Identifier: MIT */
/* Sets of permissions to begin with. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/presets.h"

Test(presets, purposes__are_of_rows_that_the_grid_shows__and_only_read)
{
	size_t purposes = 0;

	for (size_t i = 0; i < preset_count() && !preset_at(i)->tool; i++, purposes++) {
		struct plan *plan = preset_plan(preset_at(i));

		for (size_t row = 0; row < catalogue_count(); row++)
			if (plan_level(plan, row) != LEVEL_NONE) {
				cr_expect(catalogue_on_grid(row), "%s: %s", preset_at(i)->id, catalogue_at(row)->id);
				cr_expect_eq(plan_level(plan, row), LEVEL_READ, "%s", preset_at(i)->id);
			}
		plan_free(plan);
	}
	cr_expect_geq(purposes, 6);
}

Test(presets, tools__say_where_their_list_is_from)
{
	size_t tools = 0;

	for (size_t i = 0; i < preset_count(); i++) {
		const struct preset *preset = preset_at(i);

		tools += preset->tool;
		cr_expect_eq(preset->tool, preset->as_of && preset->source, "%s", preset->id);
		cr_expect_str_neq(preset_title(preset), "");
	}
	cr_expect_gt(tools, 10);
}

/* Every name counts: a typing error must not make a preset smaller without a word. */
Test(presets, plan__has_all_of_it)
{
	for (size_t i = 0; i < preset_count(); i++) {
		struct plan *plan = preset_plan(preset_at(i));

		for (const char *const *slug = preset_at(i)->permissions; *slug; slug++) {
			struct name name = catalogue_look_up(*slug);

			cr_expect_eq(name.kind, NAME_ROW, "%s: %s", preset_at(i)->id, *slug);
			cr_expect_geq(plan_level(plan, name.index), name.level, "%s: %s", preset_at(i)->id, *slug);
		}
		plan_free(plan);
	}
}

Test(presets, find__by_its_id)
{
	cr_expect_eq(preset_find("reporting"), preset_at(0));
	cr_expect_null(preset_find("Reporting"));
	cr_expect_null(preset_find(""));
}
