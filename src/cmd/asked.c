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

/* "plan.json:7: what" */
static int fail_at(const char *path, const struct plan_problem *problem)
{
	char *shown = charset_heard(path);
	char *what = problem->line ? mem_printf("%s:%d: %s", shown, problem->line, problem->what) :
				     mem_printf("%s: %s", shown, problem->what);
	int status = fail(EXIT_WRONG_USE, what, problem->advice);

	free(shown);
	free(what);
	return status;
}

static bool read_file(struct asked *asked, const char *path, int *status)
{
	struct plan_problem problem;
	struct fault fault = { .detail = "" };
	size_t length;
	char *text = files_read_text(path, &length, &fault);

	if (!text) {
		*status = fail_with(EXIT_WRONG_USE, &fault);
		return false;
	}
	asked->plan = plan_read(text, length, &problem);
	free(text);
	asked->is_wrong = !asked->plan;
	if (asked->is_wrong)
		*status = fail_at(path, &problem);
	return asked->plan;
}

bool asked_read(struct asked *asked, const char *file_or_link, int *status)
{
	*asked = (struct asked){ .plan = NULL };
	return link_looks_like(file_or_link) ? read_link(asked, file_or_link, status) :
					       read_file(asked, file_or_link, status);
}

void asked_done(struct asked *asked)
{
	for (size_t i = 0; i < asked->odd_count; i++)
		free(asked->odd[i].name);
	free(asked->odd);
	plan_free(asked->plan);
	*asked = (struct asked){ .plan = NULL };
}
