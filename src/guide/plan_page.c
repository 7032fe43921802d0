/* SPDX-License-Identifier: MIT */
/* What a plan asks for, row by row. */
#include "guide/plan_page.h"

#include <string.h>

#include "base/i18n.h"

static size_t count_level(const struct plan *plan, enum level level)
{
	size_t count = 0;

	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		count += plan_cell(plan, cell) == level;
	return count;
}

const char *plan_page_summary(const struct plan *plan, struct page *page)
{
	/* TRANSLATORS: how many rows; Read and Write are Stripe's words */
	return page_text(page, _("%zu Read · %zu Write"), count_level(plan, LEVEL_READ), count_level(plan, LEVEL_WRITE));
}

const char *plan_page_label(size_t row, struct page *page)
{
	const char *label = catalogue_at(row)->label;

	for (size_t i = 0; i < catalogue_count(); i++)
		if (i != row && !strcmp(catalogue_at(i)->label, label))
			return page_text(page, "%s (%s)", label, catalogue_group(catalogue_at(row)->group)->heading);
	return label;
}

const char *plan_page_connect_label(size_t row, struct page *page)
{
	/* TRANSLATORS: Stripe's name of a row; the second column of Stripe's form */
	return page_text(page, _("%s, connected accounts"), plan_page_label(row, page));
}

static void write_row(size_t row, enum level level, bool connect, struct page *page)
{
	const struct permission *permission = catalogue_permission(row, level);
	/* TRANSLATORS: Stripe's name of a row, its level, what it means */
	const char *text = page_text(page, connect ? _("%s, connected accounts: %s. %s") : _("%s: %s. %s"),
				     plan_page_label(row, page), level_name(level), _(permission->about));

	page_say(page, level == LEVEL_WRITE ? BLOCK_WARNING : BLOCK_BULLET, text);
}

/* Write first: it is what a person must not miss. */
void plan_page_rows(const struct plan *plan, struct page *page)
{
	if (*plan_prepared_by(plan))
		page_paragraph(page, page_text(page, _("Prepared by %s."), plan_prepared_by(plan)));
	if (*plan_note(plan))
		page_paragraph(page, plan_note(plan));
	for (enum level level = LEVEL_WRITE; level > LEVEL_NONE; level--)
		for (size_t row = 0; row < catalogue_count(); row++) {
			if (plan_level(plan, row) == level)
				write_row(row, level, false, page);
			if (plan_connect(plan, row) == level)
				write_row(row, level, true, page);
		}
	if (!plan_granted(plan))
		page_paragraph(page, _("It asks for nothing: every row stays at None."));
}

void plan_page_review(const struct plan *plan, struct page *page)
{
	int days = plan_review_days(plan);

	page_bullet(page, days == PLAN_REVIEW_DAYS ? _("Look at the key again in three months: is it still needed?") :
		    page_text(page, ngettext("Look at it again in %d day.", "Look at it again in %d days.",
					     (unsigned long)days), days));
}

void plan_page_left_out(size_t left_out, struct page *page)
{
	if (left_out)
		page_paragraph(page, page_text(page, ngettext(
			"%zu row cannot be filled in that way: set it by hand.",
			"%zu rows cannot be filled in that way: set them by hand.", left_out), left_out));
}

void plan_page_odd(const struct link_name *odd, size_t count, struct page *page)
{
	for (size_t i = 0; i < count; i++) {
		const char *text;

		if (!odd[i].misleading)
			text = page_text(page, _("\"%s\" is not known. Ask whoever sent it what is meant."), odd[i].name);
		else if (odd[i].use)
			text = page_text(page, _("Stripe gives nothing for \"%s\". What is meant is \"%s\"."), odd[i].name,
					 odd[i].use);
		else
			text = page_text(page, _("Stripe gives nothing for \"%s\"."), odd[i].name);
		page_say(page, BLOCK_WARNING, text);
	}
}
