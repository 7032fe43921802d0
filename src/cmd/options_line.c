/* SPDX-License-Identifier: MIT */
/* The command line once more, as a shell takes it: for advice that can be copied. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/options_table.h"

/* LINE, which is the caller's before and after, with one more word. Dashes in front need no quotes. */
static char *add_word(char *line_take, const char *word)
{
	size_t dashes = strspn(word, "-");
	char *rest = word[dashes] || !dashes ? text_shell(word + dashes) : mem_strdup("");
	char *longer = mem_printf("%s %.*s%s", line_take, (int)dashes, word, rest);

	free(line_take);
	free(rest);
	return longer;
}

/* The same with a word as it was written, in the terminal's letters. */
static char *add_raw(char *line_take, const char *word)
{
	char *heard = charset_heard(word);

	line_take = add_word(line_take, heard);
	free(heard);
	return line_take;
}

static char *add_options(char *line_take, struct options *options)
{
	for (const struct option_row *row = option_rows; row < option_rows + option_count; row++) {
		const char *value = row->argument ? *option_value(options, row) : NULL;
		char *longer;

		if (!command_has(options->command, row) || !(row->argument ? value != NULL : *option_flag(options, row)))
			continue;
		longer = mem_printf("%s --%s", line_take, row->name);
		free(line_take);
		line_take = value ? add_raw(longer, value) : longer;
	}
	return line_take;
}

/* Behind "--" stand the words of another program. */
char *options_line(const struct options *options)
{
	bool splits = strstr(command_rows[options->command].arguments, " -- ") != NULL;
	struct options copy = *options;
	char *line = text_shell(options->program), *clean;
	int i = 0;

	if (options->command != COMMAND_WIZARD)
		line = add_word(line, command_rows[options->command].name);
	if (command_names_key(options->command) && options->argument_count)
		line = add_word(line, options->arguments[i++]);   /* heard already */
	while (i < options->argument_count && !splits)
		line = add_raw(line, options->arguments[i++]);
	line = add_options(line, &copy);
	if (i < options->argument_count)
		line = add_word(line, "--");
	while (i < options->argument_count)
		line = add_raw(line, options->arguments[i++]);
	clean = text_clean(line, SIZE_MAX);
	free(line);
	return clean;
}
