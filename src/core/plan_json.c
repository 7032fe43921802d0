/* SPDX-License-Identifier: MIT */
/*
 * A plan and its JSON. A plan is written by people too: every mistake is named
 * with its line and what would be right.
 */
#include "core/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/apikey.h"

/* ---- writing ---- */

static json_t *names_to_json(const struct plan *plan, enum level (*level_of)(const struct plan *, size_t))
{
	json_t *names = json_array();
	char room[CATALOGUE_NAME_SIZE];

	for (size_t row = 0; row < catalogue_count(); row++)
		if (level_of(plan, row) != LEVEL_NONE)
			json_array_append_new(names, json_string(catalogue_name(row, level_of(plan, row), room)));
	return names;
}

json_t *plan_names(const struct plan *plan)
{
	return names_to_json(plan, plan_level);
}

json_t *plan_connect_names(const struct plan *plan)
{
	return names_to_json(plan, plan_connect);
}

static void put_text(json_t *json, const char *field, const char *text)
{
	char *clean = text_clean(text, 3 * strlen(text));

	if (*clean)
		json_object_set_new(json, field, json_string(clean));
	free(clean);
}

json_t *plan_to_json(const struct plan *plan)
{
	json_t *json = json_pack("{s:i, s:s, s:s, s:o}", "version", 1, "name", "", "mode", mode_slug(plan_mode(plan)),
				 "permissions", plan_names(plan));
	json_t *connect = plan_connect_names(plan);

	put_text(json, "name", plan_name(plan));
	if (json_array_size(connect))
		json_object_set(json, "connect_permissions", connect);
	json_decref(connect);
	put_text(json, "prepared_by", plan_prepared_by(plan));
	put_text(json, "note", plan_note(plan));
	if (plan_review_days(plan) != PLAN_REVIEW_DAYS)
		json_object_set_new(json, "review_days", json_integer(plan_review_days(plan)));
	return json;
}

bool plan_equal(const struct plan *one, const struct plan *other)
{
	json_t *first = plan_to_json(one), *second = plan_to_json(other);
	bool equal = json_equal(first, second);

	json_decref(first);
	json_decref(second);
	return equal;
}

/* ---- what is wrong ---- */

/* While a plan is read. Where something is wrong TOKEN is the string of the file that it is about. */
struct reading {
	struct plan *plan;
	struct plan_problem *problem;
	char *token;
};

static bool wrong(struct reading *reading, const char *token, const char *advice, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void put_clean(char *out, size_t size, const char *text)
{
	char *clean = text_clean(text, size - 1);

	snprintf(out, size, "%s", clean);
	free(clean);
}

/* Fills the problem and returns false. Whatever the file has in it: a key is never repeated. */
static bool wrong(struct reading *reading, const char *token, const char *advice, const char *format, ...)
{
	va_list arguments;
	bool has_key;
	char *raw;

	va_start(arguments, format);
	if (vasprintf(&raw, format, arguments) < 0)
		raw = mem_strdup("");
	va_end(arguments);
	has_key = apikey_is_in(raw) || apikey_is_in(advice);
	put_clean(reading->problem->what, sizeof reading->problem->what,
		  has_key ? _("there is something in it that looks like a key") : raw);
	put_clean(reading->problem->advice, sizeof reading->problem->advice,
		  has_key ? _("take it out, and expire that key in Stripe: others may have read it") : advice);
	free(raw);
	free(reading->token);
	reading->token = mem_strdup(token);
	return false;
}

/* ---- the fields ---- */

static bool take_version(struct reading *reading, const json_t *value)
{
	if (json_is_integer(value) && json_integer_value(value) == 1)
		return true;
	return wrong(reading, "version", _("write 1, or use a newer keyguide"), _("\"version\" is not 1"));
}

static bool take_text(struct reading *reading, const char *field, const json_t *value, size_t most,
		      void (*set)(struct plan *, const char *))
{
	const char *text = json_string_value(value);

	if (!text || strlen(text) != json_string_length(value))
		return wrong(reading, field, _("write a text in double quotes"), _("\"%s\" is no text"), field);
	if (apikey_is_in(text))
		return wrong(reading, field, "", "%s", text);   /* which says so, and no more */
	if (!plan_text_is_clean(text))
		return wrong(reading, field, _("use letters, digits and ordinary signs"),
			     _("\"%s\" has characters that cannot be shown"), field);
	if (strlen(text) > 4 * most)
		return wrong(reading, field, _("make it shorter"), _("\"%s\" is too long"), field);
	set(reading->plan, text);
	return true;
}

static bool take_mode(struct reading *reading, const json_t *value)
{
	const char *text = json_string_value(value);

	if (!text || (strcmp(text, mode_slug(MODE_TEST)) && strcmp(text, mode_slug(MODE_LIVE))))
		return wrong(reading, "mode", _("write \"test\" for the sandbox first, or \"live\" for the real key only"),
			     _("\"mode\" is neither \"test\" nor \"live\""));
	plan_set_mode(reading->plan, strcmp(text, mode_slug(MODE_LIVE)) ? MODE_TEST : MODE_LIVE);
	return true;
}

static bool take_review_days(struct reading *reading, const json_t *value)
{
	json_int_t days = json_integer_value(value);

	if (!json_is_integer(value) || days < 1 || days > PLAN_REVIEW_DAYS_MAX)
		return wrong(reading, "review_days", _("write how many days, such as 90"),
			     _("\"review_days\" is no number from 1 to %d"), PLAN_REVIEW_DAYS_MAX);
	plan_set_review_days(reading->plan, (int)days);
	return true;
}

static bool refuse_name(struct reading *reading, const char *text, bool misleading, const char *use)
{
	const char *nearest = use ? use : catalogue_nearest(text);
	char *advice = nearest ? mem_printf(_("do you mean \"%s\"?"), nearest) :
				 mem_strdup(_("see \"keyguide resources\" for the names there are"));

	if (misleading)
		wrong(reading, text, advice, _("\"%s\" gives nothing at Stripe"), text);
	else
		wrong(reading, text, advice, _("there is no permission \"%s\""), text);
	free(advice);
	return false;
}

void plan_name_problem(const char *name, bool misleading, const char *use, struct plan_problem *problem)
{
	struct reading reading = { .problem = problem };

	*problem = (struct plan_problem){ .line = 0 };
	refuse_name(&reading, name, misleading, use);
	free(reading.token);
}

static bool take_names(struct reading *reading, const char *field, const json_t *value, bool connect)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return wrong(reading, field, _("write a list such as [\"rak_charge_read\"]"), _("\"%s\" is no list"), field);
	json_array_foreach(value, i, item) {
		const char *text = json_string_value(item);
		struct name name;

		if (!text || apikey_is_in(text))
			return wrong(reading, field, _("write names such as \"rak_charge_read\""),
				     _("number %zu of \"%s\" is no name of a permission"), i + 1, field);
		name = catalogue_look_up(text);
		if (!plan_grant(reading->plan, &name, connect))
			return refuse_name(reading, text, name.kind == NAME_MISLEADING, name.use);
	}
	return true;
}

static const char *const fields[] = {
	"version", "name", "mode", "permissions", "connect_permissions", "prepared_by", "note", "review_days",
};

static bool take(struct reading *reading, const char *field, const json_t *value)
{
	if (!strcmp(field, "version"))
		return take_version(reading, value);
	if (!strcmp(field, "name"))
		return take_text(reading, field, value, PLAN_NAME_BYTES / 4, plan_set_name);
	if (!strcmp(field, "mode"))
		return take_mode(reading, value);
	if (!strcmp(field, "permissions"))
		return take_names(reading, field, value, false);
	if (!strcmp(field, "connect_permissions"))
		return take_names(reading, field, value, true);
	if (!strcmp(field, "prepared_by"))
		return take_text(reading, field, value, PLAN_BY_MAX, plan_set_prepared_by);
	if (!strcmp(field, "note"))
		return take_text(reading, field, value, PLAN_NOTE_MAX, plan_set_note);
	return take_review_days(reading, value);
}

static bool is_field(const char *name)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!strcmp(fields[i], name))
			return true;
	return false;
}

static bool refuse_field(struct reading *reading, const char *name)
{
	const char *nearest = fields[0];
	char *advice;

	for (size_t i = 1; i < sizeof fields / sizeof *fields; i++)
		if (text_distance(name, fields[i]) < text_distance(name, nearest))
			nearest = fields[i];
	advice = mem_printf(_("do you mean \"%s\"?"), nearest);
	wrong(reading, name, advice, _("a plan has no field \"%s\""), name);
	free(advice);
	return false;
}

static bool take_all(struct reading *reading, const json_t *json)
{
	const char *field;
	json_t *value;

	if (!json_is_object(json))
		return wrong(reading, "", _("begin it with { and end it with }"), _("this is no plan"));
	json_object_foreach((json_t *)json, field, value)
		if (!is_field(field))
			return refuse_field(reading, field);
	json_object_foreach((json_t *)json, field, value)
		if (!take(reading, field, value))
			return false;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!json_object_get(json, fields[i]) &&
		    (!strcmp(fields[i], "version") || !strcmp(fields[i], "name") || !strcmp(fields[i], "permissions")))
			return wrong(reading, "", _("add it; keyguide-plan(5) shows how"), _("the plan has no \"%s\""), fields[i]);
	return true;
}

static struct plan *finish(struct reading *reading, bool good)
{
	free(reading->token);
	if (good)
		return reading->plan;
	plan_free(reading->plan);
	return NULL;
}

struct plan *plan_from_json(const json_t *json, struct fault *fault)
{
	struct plan_problem problem = { .line = 0 };
	struct reading reading = { .plan = plan_new(), .problem = &problem };
	bool good = take_all(&reading, json);

	if (!good)
		fault_set(fault, FAULT_FILE_BROKEN, 0, "%s", problem.what);
	return finish(&reading, good);
}

/* ---- a plan that somebody wrote ---- */

/* The line on which TOKEN stands in quotes; 0 for none. jansson does not say where a value came from. */
static int line_of(const char *text, size_t length, const char *token)
{
	char *quoted = mem_printf("\"%s\"", token);
	const char *found = *token ? memmem(text, length, quoted, strlen(quoted)) : NULL;
	int line = found ? 1 : 0;

	for (const char *at = text; at < found; at++)
		line += *at == '\n';
	free(quoted);
	return line;
}

bool plan_name_is_wrong(const char *name, const char **what, const char **advice)
{
	switch (plan_name_check(name)) {
	case PLAN_NAME_OK:
		return false;
	case PLAN_NAME_EMPTY:
		*what = _("\"name\" is empty");
		*advice = _("say who or what will use the key");
		return true;
	case PLAN_NAME_LONG:
		*what = _("\"name\" is too long");
		*advice = _("use at most 80 characters");
		return true;
	default:
		*what = _("\"name\" cannot be typed in Stripe as it is");
		*advice = _("use letters, digits and hyphens, without blanks around them");
		return true;
	}
}

/* Stricter than what keyguide reads of its own: a person must be able to type this name in Stripe. */
static bool check_name(struct reading *reading)
{
	const char *what, *advice;

	return !plan_name_is_wrong(plan_name(reading->plan), &what, &advice) || wrong(reading, "name", advice, "%s", what);
}

struct plan *plan_read(const char *text, size_t length, struct plan_problem *problem)
{
	struct reading reading = { .plan = plan_new(), .problem = problem };
	json_error_t error;
	json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	bool good;

	*problem = (struct plan_problem){ .line = 0 };
	if (json) {
		good = take_all(&reading, json) && check_name(&reading);
		if (!good)
			problem->line = line_of(text, length, reading.token);
	} else {
		good = wrong(&reading, "", _("look for a comma, a quote or a bracket that is missing or too many"),
			     _("this is no JSON: %s"), error.text);
		problem->line = error.line > 0 ? error.line : 0;
	}
	json_decref(json);
	return finish(&reading, good);
}
