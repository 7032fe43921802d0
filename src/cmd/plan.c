/* SPDX-License-Identifier: MIT */
/* keyguide plan, explain, link. */
#include "cmd/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "cmd/asked.h"
#include "cmd/say.h"
#include "core/presets.h"
#include "guide/plan_page.h"
#include "ui/plain.h"

/* ---- plan show, explain ---- */

static void print_asked(const struct asked *asked)
{
	const struct plan *plan = asked->plan;
	struct page page;

	page_init(&page);
	page.title = page_text(&page, _("\"%s\" (%s), %s"), *plan_name(plan) ? plan_name(plan) : _("no name"),
			       plan_mode(plan) == MODE_LIVE ? C_("badge", "LIVE") : C_("badge", "SANDBOX"),
			       plan_page_summary(plan, &page));
	plan_page_rows(plan, &page);
	if (!asked->is_link)   /* which says nothing of that */
		plan_page_review(plan, &page);
	plan_page_odd(asked->odd, asked->odd_count, &page);
	plain_print(stdout, &page);
	page_done(&page);
}

static json_t *permission_to_json(size_t row, enum level level, bool connect)
{
	const struct permission *permission = catalogue_permission(row, level);
	char room[CATALOGUE_NAME_SIZE];

	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:s}", "slug", catalogue_name(row, level, room),
			 "resource", catalogue_at(row)->id, "label", catalogue_at(row)->label, "level", level_slug(level),
			 "connect", connect, "sensitivity", sensitivity_slug(permission->sensitivity));
}

static json_t *permissions_to_json(const struct plan *plan, int *writes)
{
	json_t *permissions = json_array();

	*writes = 0;
	for (size_t row = 0; row < catalogue_count(); row++) {
		enum level level = plan_level(plan, row), connect = plan_connect(plan, row);

		*writes += (level == LEVEL_WRITE) + (connect == LEVEL_WRITE);
		if (level != LEVEL_NONE)
			json_array_append_new(permissions, permission_to_json(row, level, false));
		if (connect != LEVEL_NONE)
			json_array_append_new(permissions, permission_to_json(row, connect, true));
	}
	return permissions;
}

static json_t *asked_to_json(const struct asked *asked)
{
	json_t *unknown = json_array(), *ignored = json_array(), *permissions;
	int writes;

	for (size_t i = 0; i < asked->odd_count; i++) {
		const struct link_name *odd = &asked->odd[i];

		if (odd->misleading)
			json_array_append_new(ignored, json_pack("{s:s, s:s?}", "slug", odd->name, "use", odd->use));
		else
			json_array_append_new(unknown, json_string(odd->name));
	}
	permissions = permissions_to_json(asked->plan, &writes);
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:i}", "name", plan_name(asked->plan),
			 "mode", mode_slug(plan_mode(asked->plan)), "permissions", permissions, "unknown", unknown,
			 "ignored_by_stripe", ignored, "writes", writes);
}

int explain_run(const struct options *options)
{
	const char *link = options->arguments[0];
	struct asked asked;
	int status;

	if (!link_looks_like(link))
		return fail_sentences(EXIT_WRONG_USE, link_what(LINK_NONE), _("see \"keyguide explain --help\""));
	if (!asked_read(&asked, link, &status))
		return status;
	if (options->json)
		say_json_take(asked_to_json(&asked));
	else
		print_asked(&asked);
	status = asked.odd_count ? EXIT_NO : EXIT_DONE;
	asked_done(&asked);
	return status;
}

/* ---- plan ---- */

/* What was wrong with a plan, one thing or several: said, or gathered for the JSON. */
struct verdict_on_plan {
	const char *file_or_link;
	json_t *problems;          /* NULL: they are said at once */
};

static void take_problem(const struct verdict_on_plan *verdict, const struct plan_problem *problem)
{
	if (!verdict->problems)
		asked_fail(verdict->file_or_link, problem);
	else
		json_array_append_new(verdict->problems, json_pack("{s:o, s:s, s:s}", "line", problem->line ?
			json_integer(problem->line) : json_null(), "what", problem->what, "todo", problem->advice));
}

static void take_odd(const struct verdict_on_plan *verdict, const struct asked *asked)
{
	struct plan_problem problem;

	for (size_t i = 0; i < asked->odd_count; i++) {
		plan_name_problem(asked->odd[i].name, asked->odd[i].misleading, asked->odd[i].use, &problem);
		take_problem(verdict, &problem);
	}
}

static void print_plan(const char *file_or_link, const struct plan *plan)
{
	char *shown = charset_heard(file_or_link);

	printf(_("%s: a plan for the key \"%s\"\n"), shown, plan_name(plan));
	free(shown);
}

static int plan_check(const char *file_or_link, bool json)
{
	struct verdict_on_plan verdict = { file_or_link, NULL };
	struct plan_problem problem;
	struct asked asked;
	int status;
	bool read = asked_look(&asked, file_or_link, &problem, &status);

	if (!read && status != EXIT_NO)
		return status;
	if (json)
		verdict.problems = json_array();
	if (read)
		take_odd(&verdict, &asked);
	else
		take_problem(&verdict, &problem);
	status = read && !asked.odd_count ? EXIT_DONE : EXIT_NO;
	if (json)
		say_json_take(json_pack("{s:b, s:s?, s:o}", "valid", status == EXIT_DONE, "name",
					read ? plan_name(asked.plan) : NULL, "problems", verdict.problems));
	else if (status == EXIT_DONE)
		print_plan(file_or_link, asked.plan);
	asked_done(&asked);
	return status;
}

/* A link says nothing of these. */
static json_t *plan_asked_to_json(const struct asked *asked)
{
	const struct plan *plan = asked->plan;
	json_t *json = asked_to_json(asked);

	json_object_set_new(json, "prepared_by", json_string(plan_prepared_by(plan)));
	json_object_set_new(json, "note", json_string(plan_note(plan)));
	json_object_set_new(json, "review_days", json_integer(plan_review_days(plan)));
	return json;
}

static int plan_show(const char *file_or_link, bool json)
{
	struct asked asked;
	int status;

	if (!asked_read(&asked, file_or_link, &status))
		return status;
	if (json)
		say_json_take(plan_asked_to_json(&asked));
	else
		print_asked(&asked);
	status = asked.odd_count ? EXIT_NO : EXIT_DONE;
	asked_done(&asked);
	return status;
}

static int list_presets(void)
{
	fail(EXIT_WRONG_USE, _("there is no preset of this name"), _("choose one of these:"));
	for (size_t i = 0; i < preset_count(); i++)
		fprintf(stderr, "  %-20s %s\n", preset_at(i)->id, preset_title(preset_at(i)));
	return EXIT_WRONG_USE;
}

static int plan_from(const char *id, const char *name)
{
	const struct preset *preset = preset_find(id);
	const char *what, *advice;
	struct plan *plan;
	char *heard;

	if (!preset)
		return list_presets();
	heard = charset_heard(name ? name : preset->id);
	if (plan_name_is_wrong(heard, &what, &advice)) {
		free(heard);
		return fail(EXIT_WRONG_USE, what, advice);
	}
	plan = preset_plan(preset);
	plan_set_name(plan, heard);
	free(heard);
	say_json_take(plan_to_json(plan));
	plan_free(plan);
	return EXIT_DONE;
}

int plan_run(const struct options *options)
{
	const char *verb = options->arguments[0], *what = options->arguments[1];

	if (!strcmp(verb, "check"))
		return plan_check(what, options->json);
	if (!strcmp(verb, "show"))
		return plan_show(what, options->json);
	return plan_from(what, options->name);
}

/* ---- link ---- */

/* By Stripe's own names: they are set by hand. */
static void say_left_out(const struct plan *plan, size_t count)
{
	struct page page;

	page_init(&page);
	fprintf(stderr, ngettext("keyguide: %zu row cannot go into a link; set it by hand in Stripe\n",
				 "keyguide: %zu rows cannot go into a link; set them by hand in Stripe\n", count), count);
	for (size_t cell = 0; cell < plan_cell_count(); cell++) {
		size_t row = plan_cell_row(cell);
		enum level level = plan_cell(plan, cell);

		if (!link_can_carry(row, level))
			fprintf(stderr, "  %s: %s\n", plan_cell_is_connect(cell) ? plan_page_connect_label(row, &page) :
				plan_page_label(row, &page), level_name(level));
	}
	page_done(&page);
}

int link_run(const struct options *options)
{
	struct asked asked;
	size_t left_out;
	char *link;
	int status;

	if (!asked_read(&asked, options->arguments[0], &status))
		return status;
	plan_set_mode(asked.plan, options->test ? MODE_TEST : MODE_LIVE);
	link = link_create(asked.plan, &left_out);
	puts(link);
	if (left_out)
		say_left_out(asked.plan, left_out);
	asked_say_odd(&asked);
	status = asked.odd_count ? EXIT_NO : EXIT_DONE;
	free(link);
	asked_done(&asked);
	return status;
}
