/* SPDX-License-Identifier: MIT */
/* The wizard's files for people: plans in and out, receipts out. */
#include "cmd/papers.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "guide/receipt.h"
#include "sys/files.h"
#include "sys/records.h"
#include "ui/plain.h"

void papers_show_receipt(struct wizard *wizard)
{
	struct record records[2];
	struct outcome result = { .fault = FAULT_NONE, .detail = "", .records = records };

	result.record_count = records_of(plan_name(wizard->walk.plan), false, false, records, NULL);
	wizard_outcome(wizard, &result);
	for (size_t i = 0; i < result.record_count; i++)
		record_done(&records[i]);
}


/* Letters, digits, '-' and '_' of a name, so that it is one file wherever it goes. */
static char *file_name(const char *name)
{
	char *safe = mem_strdup(name);

	for (char *at = safe; *at; at++)
		if (!isascii((unsigned char)*at) || (!isalnum((unsigned char)*at) && *at != '-'))
			*at = '_';
	return safe;
}

/* A new file "keyguide-NAME.ENDING" in the person's own folder; nothing that is there is written over. *PATH: the caller's. */
static FILE *open_new(const char *key_name, const char *ending, char **path)
{
	const char *home = getenv("HOME");
	char *name = file_name(key_name);
	FILE *file = NULL;

	*path = NULL;
	for (int number = 1; !file && number < 100; number++) {
		free(*path);
		*path = number > 1 ? mem_printf("%s/keyguide-%s-%d.%s", home ? home : ".", name, number, ending) :
				     mem_printf("%s/keyguide-%s.%s", home ? home : ".", name, ending);
		file = fopen(*path, "wxe");
		if (!file && errno != EEXIST)
			break;
	}
	free(name);
	return file;
}

void papers_save_plan(struct wizard *wizard)
{
	char *path;
	FILE *file = open_new(plan_name(wizard->walk.plan), "json", &path);
	struct outcome result = { .fault = file ? FAULT_NONE : FAULT_FILE_WRITE, .detail = path };
	json_t *json = plan_to_json(wizard->walk.plan);

	if (file && ((json_dumpf(json, file, JSON_INDENT(1)) || fputc('\n', file) < 0) | fclose(file)))
		result.fault = FAULT_FILE_WRITE;
	wizard_outcome(wizard, &result);
	json_decref(json);
	free(path);
}

void papers_save_receipt(struct wizard *wizard)
{
	const struct walk *walk = &wizard->walk;
	char *path;
	FILE *file = open_new(plan_name(walk->plan), "md", &path);
	struct outcome result = { .fault = file ? FAULT_NONE : FAULT_FILE_WRITE, .detail = path };
	struct page page;

	page_init(&page);
	receipt_page(walk->receipt, walk->receipt_count, &page);
	if (file) {
		plain_print_markdown(file, &page);
		if (fclose(file))
			result.fault = FAULT_FILE_WRITE;
	}
	page_done(&page);
	wizard_outcome(wizard, &result);
	free(path);
}

void papers_read_plan(struct wizard *wizard, const char *path)
{
	struct plan_problem problem = { .line = 0 };
	struct fault fault = { .detail = "" };
	struct outcome result = { .fault = FAULT_NONE, .detail = problem.what, .advice = problem.advice };
	size_t length;
	char *text = files_read_text(path, false, &length, &fault), *what = NULL;
	struct plan *plan = text ? plan_read(text, length, &problem) : NULL;

	if (!text) {
		result.detail = fault_what(fault.code);
		result.advice = fault_advice(fault.code);
	} else if (!plan && problem.line) {
		/* TRANSLATORS: the number of a line of a file, and what is wrong there */
		result.detail = what = mem_printf(_("Line %d: %s"), problem.line, problem.what);
	}
	result.plan = plan;
	wizard_outcome(wizard, &result);
	free(what);
	free(text);
	plan_free(plan);
}
