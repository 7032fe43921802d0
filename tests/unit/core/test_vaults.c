/* SPDX-License-Identifier: MIT */
/* The lines that hand a key to a vault: what is typed, and what is run. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/vaults.h"

Test(vaults, find__knows_the_ids_alone)
{
	for (size_t i = 0; i < vault_count(); i++)
		cr_expect_eq(vault_find(vault_at(i)->id), vault_at(i));
	cr_expect_null(vault_find("KeePassXC"));
	cr_expect_null(vault_find(""));
}

Test(vaults, line__names_the_key_its_mode_and_what_is_wanted)
{
	char *line = vault_line(vault_find("vault"), "reporting", MODE_LIVE);

	cr_expect_str_eq(line, "keyguide give reporting --live --to vault");
	free(line);
	line = vault_line(vault_find("keepassxc"), "reporting", MODE_TEST);
	cr_expect_str_eq(line, "keyguide give reporting --test --to keepassxc -- Team.kdbx");
	free(line);
}

Test(vaults, entry__is_another_one_for_each_mode)
{
	char *entry = vault_entry("reporting", MODE_LIVE);

	cr_expect_str_eq(entry, "keyguide/reporting-live");
	free(entry);
}

/* A window of 60 columns has room for 56 cells of a line; what does not fit is broken off, and copied so. */
Test(vaults, line__fits_a_narrow_window)
{
	for (size_t i = 0; i < vault_count(); i++) {
		char *line = vault_line(vault_at(i), "report", MODE_LIVE);

		cr_expect_leq(strlen(line), 56, "%s", line);
		free(line);
	}
}

Test(vaults, line__quotes_what_a_shell_would_take_apart)
{
	static const struct { const char *name, *line; } cases[] = {
		{ "two words", "keyguide give 'two words' --test --to pass" },
		{ "O'Hara", "keyguide give 'O'\\''Hara' --test --to pass" },
		{ "$(reboot)", "keyguide give '$(reboot)' --test --to pass" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *line = vault_line(vault_find("pass"), cases[i].name, MODE_TEST);

		cr_expect_str_eq(line, cases[i].line);
		free(line);
	}
}

/* As it was compiled in: with its line ends and quotes a shell can still read it. */
Test(vaults, what_is_run__is_a_whole_script)
{
	for (size_t i = 0; i < vault_count(); i++) {
		setenv("LINE", vault_at(i)->line, 1);
		cr_expect_eq(system("sh -nc \"$LINE\""), 0, "%s", vault_at(i)->line);
		cr_expect(strstr(vault_at(i)->line, vault_at(i)->program), "%s", vault_at(i)->line);
	}
}
