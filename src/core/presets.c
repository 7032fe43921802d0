/* SPDX-License-Identifier: MIT */
/* Looking presets up. */
#include "core/presets.h"

#include <assert.h>
#include <string.h>

#include "base/i18n.h"
#include "core/presets_table.h"

size_t preset_count(void)
{
	return presets_row_count;
}

const struct preset *preset_at(size_t index)
{
	assert(index < presets_row_count);
	return &presets_rows[index];
}

const struct preset *preset_find(const char *id)
{
	for (size_t i = 0; i < presets_row_count; i++)
		if (!strcmp(presets_rows[i].id, id))
			return &presets_rows[i];
	return NULL;
}

const char *preset_title(const struct preset *preset)
{
	return preset->tool ? preset->title : _(preset->title);
}

struct plan *preset_plan(const struct preset *preset)
{
	struct plan *plan = plan_new();

	for (const char *const *slug = preset->permissions; *slug; slug++) {
		struct name name = catalogue_look_up(*slug);

		plan_grant(plan, &name, false);
	}
	return plan;
}
