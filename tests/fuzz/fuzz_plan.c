/* SPDX-License-Identifier: MIT */
/* Any bytes as a plan file: read or refused with a reason, never more; what is read is written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/apikey.h"
#include "core/plan.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void again(const struct plan *plan)
{
	json_t *json = plan_to_json(plan);
	char *text = json_dumps(json, 0);
	struct plan_problem problem;
	struct plan *read = plan_read(text, strlen(text), &problem);
	json_t *second;

	must(read);
	second = plan_to_json(read);
	must(json_equal(json, second));
	json_decref(json);
	json_decref(second);
	free(text);
	plan_free(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct plan_problem problem;
	struct plan *plan = plan_read((const char *)bytes, length, &problem);

	if (plan) {
		again(plan);
	} else {
		must(*problem.what && problem.line >= 0);
		must(!apikey_is_in(problem.what) && plan_text_is_clean(problem.what));
		must(!apikey_is_in(problem.advice) && plan_text_is_clean(problem.advice));
	}
	plan_free(plan);
	return 0;
}
