/* SPDX-License-Identifier: MIT */
/* The lines that hand a key to a vault. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/vaults.h"

static const struct vault *find(const char *id)
{
	for (size_t i = 0; i < vault_count(); i++)
		if (!strcmp(vault_at(i)->id, id))
			return vault_at(i);
	cr_assert_fail("no vault %s", id);
	return NULL;
}

Test(vaults, line__names_the_key_and_its_mode)
{
	char *line = vault_line(find("vault"), "reporting", MODE_LIVE);

	cr_expect_str_eq(line, "keyguide give reporting --live -- vault kv put -mount=secret keyguide/reporting-live api_key=-");
	free(line);
}

Test(vaults, line__quotes_what_a_shell_would_take_apart)
{
	static const struct { const char *name, *line; } cases[] = {
		{ "two words", "keyguide give 'two words' --test -- pass insert --multiline --force 'keyguide/two words-test'" },
		{ "O'Hara", "keyguide give 'O'\\''Hara' --test -- pass insert --multiline --force 'keyguide/O'\\''Hara-test'" },
		{ "$(reboot)", "keyguide give '$(reboot)' --test -- pass insert --multiline --force 'keyguide/$(reboot)-test'" },
		{ "{name}", "keyguide give '{name}' --test -- pass insert --multiline --force 'keyguide/{name}-test'" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *line = vault_line(find("pass"), cases[i].name, MODE_TEST);

		cr_expect_str_eq(line, cases[i].line);
		free(line);
	}
}

/* Whatever program it is for: every line is one that a shell can read. */
Test(vaults, line__is_a_whole_shell_line)
{
	for (size_t i = 0; i < vault_count(); i++) {
		char *line = vault_line(vault_at(i), "it's a name", MODE_TEST), *command = NULL;

		cr_assert(asprintf(&command, "sh -nc \"$LINE\"") > 0);
		setenv("LINE", line, 1);
		cr_expect_eq(system(command), 0, "%s", line);
		cr_expect(strstr(line, vault_at(i)->program), "%s", line);
		free(command);
		free(line);
	}
}
