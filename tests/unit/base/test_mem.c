/* SPDX-License-Identifier: MIT */
/* Memory that cannot fail. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

Test(mem, new__is_zeroed__also_with_no_items)
{
	unsigned char *bytes = mem_new(64, 1), *none = mem_new(0, 8);

	for (size_t i = 0; i < 64; i++)
		cr_assert_eq(bytes[i], 0);
	cr_assert_not_null(none);
	free(bytes);
	free(none);
}

Test(mem, resize__keeps_what_was_there)
{
	int *items = mem_resize(NULL, 2, sizeof *items);

	items[0] = 7, items[1] = 8;
	items = mem_resize(items, 1000, sizeof *items);
	cr_assert_eq(items[0], 7);
	cr_assert_eq(items[1], 8);
	free(items);
}

Test(mem, strdup__copies__and_passes_null_on)
{
	char *copy = mem_strdup("Grüße"), *part = mem_strndup("abc", 2);

	cr_assert_str_eq(copy, "Grüße");
	cr_assert_str_eq(part, "ab");
	cr_assert_null(mem_strdup(NULL));
	cr_assert_null(mem_strndup(NULL, 3));
	free(copy);
	free(part);
}

Test(mem, printf__makes_a_string_of_any_length)
{
	char *text = mem_printf("%0*d", 5000, 1);

	cr_assert_eq(strlen(text), 5000);
	free(text);
}

#ifndef __SANITIZE_ADDRESS__   /* which would call this a mistake of ours */
Test(mem, new__ends_the_program__when_there_is_too_little, .signal = SIGABRT)
{
	volatile size_t many = SIZE_MAX / 2;

	mem_new(many, 16);
}
#endif
