/* SPDX-License-Identifier: MIT */
/* keyguide resources, needs. */
#include "cmd/catalogue.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/say.h"
#include "core/needs.h"

enum { CALL_MAX = 4096 };

/* ---- resources ---- */

static void print_level(size_t row, enum level level)
{
	const struct permission *permission = catalogue_permission(row, level);
	char room[CATALOGUE_NAME_SIZE];

	if (permission)
		printf("    %-6s %-44s %s\n", level_name(level), catalogue_name(row, level, room), _(permission->about));
}

static void print_resources(void)
{
	size_t group = catalogue_group_count();

	for (size_t row = 0; row < catalogue_count(); row++) {
		if (catalogue_at(row)->group != group) {
			group = catalogue_at(row)->group;
			printf("%s\n", catalogue_group(group)->heading);
		}
		printf("  %s\n", catalogue_at(row)->label);
		print_level(row, LEVEL_READ);
		print_level(row, LEVEL_WRITE);
	}
}

static json_t *resource_to_json(size_t row)
{
	const struct resource *resource = catalogue_at(row);
	json_t *levels = json_array(), *slugs = json_object(), *about = json_object();
	enum sensitivity most = SENSITIVITY_LOW;

	for (enum level level = LEVEL_READ; level <= LEVEL_WRITE; level++) {
		const struct permission *permission = catalogue_permission(row, level);

		if (!permission)
			continue;
		most = permission->sensitivity > most ? permission->sensitivity : most;
		json_array_append_new(levels, json_string(level_slug(level)));
		json_object_set_new(slugs, level_slug(level), permission->slug ? json_string(permission->slug) : json_null());
		json_object_set_new(about, level_slug(level), json_string(_(permission->about)));
	}
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:o}", "resource", resource->id, "label", resource->label,
			 "group", catalogue_group(resource->group)->heading, "levels", levels, "slugs", slugs,
			 "sensitivity", sensitivity_slug(most), "about", about);
}

int resources_run(const struct options *options)
{
	json_t *all = json_array();

	for (size_t row = 0; row < catalogue_count(); row++)
		json_array_append_new(all, resource_to_json(row));
	if (options->json)
		say_json_take(all);
	else
		print_resources(), json_decref(all);
	return EXIT_DONE;
}

/* ---- needs ---- */

/* What the calls come to. */
struct sum {
	struct plan *plan;
	json_t *unresolved;
	size_t calls;
};

static const char *reason(enum need_verdict verdict)
{
	return verdict == NEED_ODD ? "not an API call" : "unknown endpoint";
}

static void add_call(struct sum *sum, const char *call)
{
	struct need need = needs_resolve(call);
	char *clean;

	sum->calls++;
	if (need.verdict == NEED_FOUND) {
		needs_add(sum->plan, &need);
		return;
	}
	clean = text_clean(call, CALL_MAX);
	json_array_append_new(sum->unresolved, json_pack("{s:s, s:s}", "endpoint", clean, "reason", reason(need.verdict)));
	free(clean);
}

/* One call a line; blank lines and those that begin with # are left out. */
static bool add_lines(struct sum *sum, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, file)) > 0) {
		const char *start = line + strspn(line, " \t\r");

		line[length - (line[length - 1] == '\n')] = '\0';
		if (*start && *start != '#')
			add_call(sum, start);
	}
	free(line);
	return !ferror(file);
}

static bool add_file(struct sum *sum, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "r") : stdin;
	bool read = file && add_lines(sum, file);

	if (file && file != stdin)
		fclose(file);
	return read;
}

static void print_sum(const struct sum *sum)
{
	const json_t *item;
	char room[CATALOGUE_NAME_SIZE];
	size_t i;

	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan_level(sum->plan, row) != LEVEL_NONE)
			printf("%-44s %s: %s\n", catalogue_name(row, plan_level(sum->plan, row), room),
			       catalogue_at(row)->label, level_name(plan_level(sum->plan, row)));
	json_array_foreach(sum->unresolved, i, item) {
		fprintf(stderr, _("keyguide: \"%s\" is not known here; look for it in Stripe's documentation\n"),
			json_string_value(json_object_get(item, "endpoint")));
	}
}

int needs_run(const struct options *options)
{
	struct sum sum = { .plan = plan_new(), .unresolved = json_array() };
	const char *file = options->calls;
	int status;

	if (!file && !options->argument_count)
		file = isatty(STDIN_FILENO) ? NULL : "-";
	for (int i = 0; i < options->argument_count; i++)
		add_call(&sum, options->arguments[i]);
	if (file && !add_file(&sum, file))
		status = fail(EXIT_WRONG_USE, _("the file with the calls could not be read"), _("check its name"));
	else if (!sum.calls)
		status = fail(EXIT_WRONG_USE, _("needs wants calls such as 'GET /v1/charges'"), _("see \"keyguide needs --help\""));
	else
		status = json_array_size(sum.unresolved) ? EXIT_NO : EXIT_DONE;
	if (status != EXIT_WRONG_USE && options->json)
		say_json_take(json_pack("{s:o, s:O}", "permissions", plan_names(sum.plan), "unresolved", sum.unresolved));
	else if (status != EXIT_WRONG_USE)
		print_sum(&sum);
	plan_free(sum.plan);
	json_decref(sum.unresolved);
	return status;
}
