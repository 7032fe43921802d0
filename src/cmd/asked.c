/* SPDX-License-Identifier: MIT */
/* Plans from files and links. */
#include "cmd/asked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/say.h"
#include "cmd/options.h"
#include "sys/files.h"

/* The names go from the link to ASKED. */
static bool read_link(struct asked *asked, const char *text, int *status)
{
	char *heard = charset_heard(text);
	struct link link;
	enum link_verdict verdict = link_read(heard, &link);

	free(heard);
	if (verdict == LINK_OK) {
		*asked = (struct asked){ .plan = link.plan, .odd = link.odd, .odd_count = link.odd_count, .is_link = true };
		return true;
	}
	link_done(&link);
	*status = fail_sentences(EXIT_WRONG_USE, link_what(verdict),
				 _("use the link whole, as Stripe's page or your consultant gave it"));
	return false;
}

int asked_fail(const char *file_or_link, const struct plan_problem *problem)
{
	char *shown = charset_heard(file_or_link), *what;

	if (link_looks_like(file_or_link))
		what = mem_strdup(problem->what);
	else if (problem->line)
		what = mem_printf("%s:%d: %s", shown, problem->line, problem->what);
	else
		what = mem_printf("%s: %s", shown, problem->what);
	fail(EXIT_NO, what, problem->advice);
	free(shown);
	free(what);
	return EXIT_NO;
}

static bool read_file(struct asked *asked, const char *path, struct plan_problem *problem, int *status)
{
	struct fault fault = { .detail = "" };
	size_t length;
	char *text = files_read_text(path, true, &length, &fault);

	if (!text) {
		*status = fail_with(EXIT_WRONG_USE, &fault);
		return false;
	}
	asked->plan = plan_read(text, length, problem);
	free(text);
	*status = EXIT_NO;   /* an answer, not wrong use */
	return asked->plan;
}

bool asked_look(struct asked *asked, const char *file_or_link, struct plan_problem *problem, int *status)
{
	*asked = (struct asked){ .plan = NULL };
	return link_looks_like(file_or_link) ? read_link(asked, file_or_link, status) :
					       read_file(asked, file_or_link, problem, status);
}

bool asked_read(struct asked *asked, const char *file_or_link, int *status)
{
	struct plan_problem problem;

	if (asked_look(asked, file_or_link, &problem, status))
		return true;
	if (*status == EXIT_NO)
		asked_fail(file_or_link, &problem);
	return false;
}

void asked_say_odd(const struct asked *asked)
{
	for (size_t i = 0; i < asked->odd_count; i++)
		fprintf(stderr, _("keyguide: the link asks for \"%s\", which gives nothing; it is left out\n"),
			asked->odd[i].name);
}

void asked_done(struct asked *asked)
{
	for (size_t i = 0; i < asked->odd_count; i++)
		free(asked->odd[i].name);
	free(asked->odd);
	plan_free(asked->plan);
	*asked = (struct asked){ .plan = NULL };
}
