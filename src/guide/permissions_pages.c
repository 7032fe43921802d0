/* SPDX-License-Identifier: MIT */
/* Step 4 as it looks: the grid, the Write question, the presets, the rows to set in Stripe. */
#include "guide/plan_page.h"
#include "guide/steps.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "core/link.h"
#include "core/presets.h"

static enum tone tone_of(const struct resource *resource, enum level level)
{
	if (level == LEVEL_WRITE)
		return resource->write.sensitivity == SENSITIVITY_MONEY ? TONE_DANGER : TONE_CAREFUL;
	return level == LEVEL_READ ? TONE_GOOD : TONE_QUIET;
}

/* What the level in force means; at None, what Read would show. */
static const char *about_row(struct page *page, size_t row, enum level level)
{
	const struct resource *resource = catalogue_at(row);
	const char *read = resource->read.about ? _(resource->read.about) : NULL;
	const char *write = resource->write.about ? _(resource->write.about) : NULL;

	if (level == LEVEL_WRITE && write && read)
		/* TRANSLATORS: two sentences of the catalogue, what Write allows and what Read shows. */
		return page_text(page, _("%s Write includes Read: %s"), write, read);
	if (level == LEVEL_WRITE)
		return write ? write : "";
	if (level == LEVEL_NONE && resource->has_read && read)
		return page_text(page, _("Read: %s"), read);
	if (level == LEVEL_NONE && write)
		return page_text(page, _("Write: %s"), write);
	return read ? read : "";
}

/* In the person's language, or in the English that stands on Stripe's page. */
static bool means(const char *about, const char *filter)
{
	return about && (text_contains(_(about), filter) || text_contains(about, filter));
}

/* Found by Stripe's label, by our meaning, or by Stripe's name for programs. */
static bool matches(size_t row, const char *filter)
{
	const struct resource *resource = catalogue_at(row);

	return text_contains(resource->label, filter) || text_contains(resource->id, filter) ||
	       means(resource->read.about, filter) || means(resource->write.about, filter);
}

static const char *group_heading(size_t row, size_t *group)
{
	size_t now = catalogue_at(row)->group;
	const char *heading = now == *group ? NULL : catalogue_group(now)->heading;

	*group = now;
	return heading;
}

/* The column for connected accounts is there for those who ask for it. */
static bool is_open(const struct walk *walk, size_t cell)
{
	size_t row = plan_cell_row(cell);

	if (plan_cell_is_connect(cell))
		return (walk->asked && plan_cell(walk->asked, cell) != LEVEL_NONE) ||
		       (walk->permissions.connect && catalogue_on_grid(row) && catalogue_at(row)->connect);
	return catalogue_on_grid(row);
}

/* A row that was chosen is always shown, also one that the grid has not by itself. */
static bool is_shown(const struct walk *walk, size_t cell)
{
	return (is_open(walk, cell) || plan_cell(walk->plan, cell) != LEVEL_NONE) &&
	       matches(plan_cell_row(cell), walk->permissions.filter);
}

/* As Stripe calls it; behind it that it is for connected accounts. */
static const char *label_of(size_t cell, struct page *page)
{
	size_t row = plan_cell_row(cell);

	return plan_cell_is_connect(cell) ? plan_page_connect_label(row, page) : catalogue_at(row)->label;
}

static struct grid_row grid_row(const struct walk *walk, size_t cell, size_t *group, struct page *page)
{
	size_t row = plan_cell_row(cell);
	const struct resource *resource = catalogue_at(row);
	enum level level = plan_cell(walk->plan, cell);

	return (struct grid_row){
		.row = cell, .label = label_of(cell, page), .group = group_heading(row, group),
		.has = { true, resource->has_read, resource->has_write },
		.level = level, .about = about_row(page, row, level), .tone = tone_of(resource, level),
	};
}

static void write_grid(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_GRID);
	struct grid_row *rows = page_room(page, plan_cell_count(), sizeof *rows);
	size_t count = 0, group = SIZE_MAX;

	for (size_t row = 0; row < catalogue_count(); row++) {
		if (is_shown(walk, row))
			rows[count++] = grid_row(walk, row, &group, page);
		if (is_shown(walk, plan_connect_cell(row)))
			rows[count++] = grid_row(walk, plan_connect_cell(row), &group, page);
	}
	control->grid = rows;
	control->grid_count = count;
	control->label = _("Permissions");
	control->filter = page_text(page, "%s", walk->permissions.filter);
	control->summary = page_text(page, _("%zu Read · %zu Write · %zu None"), plan_count(walk->plan, LEVEL_READ),
				     plan_count(walk->plan, LEVEL_WRITE), plan_count(walk->plan, LEVEL_NONE));
	control->nothing_found = _("No row has this in its name or meaning. Try another word.");
}

static size_t count_open(const struct walk *walk)
{
	size_t count = 0;

	for (size_t cell = 0; cell < plan_cell_count(); cell++)
		count += walk->permissions.write_open[cell];
	return count;
}

/* What somebody asked for is a beginning, not an order. True when there is something to say of it. */
static bool say_asked(const struct walk *walk, struct page *page)
{
	size_t open = count_open(walk);
	const char *writes = open ? page_text(page, ngettext(
		"Write is wanted on %zu row: you are asked about it when you press Next.",
		"Write is wanted on %zu rows: you are asked about each when you press Next.", open), open) : NULL;

	if (walk->permissions.nothing_chosen || walk->permissions.key_in_filter ||
	    (!walk->asked && !open && !walk->permissions.preset_applied))
		return false;
	page_note(page, NOTE_INFO, walk->asked ? _("This was asked for. Change it if you like.") :
					_("The preset is applied. Change it if you like."), writes);
	return true;
}

static void choose_page(const struct walk *walk, struct page *page)
{
	page->title = _("What may this key see?");
	if (walk->permissions.key_in_filter)
		page_note(page, NOTE_PROBLEM, _("That looked like a key, so it was taken out again."), _("The key itself comes in step 6."));
	else if (walk->permissions.nothing_chosen)
		page_note(page, NOTE_PROBLEM, _("Nothing is chosen yet, so the key could do nothing."),
			  _("Give Read to at least one row, or start from a preset."));
	if (!say_asked(walk, page))   /* one thing at a time, and room for the rows */
		page_paragraph(page, _("Everything starts at None. Give Read to what the tool must see. "
				       "Not sure about a row? Leave it at None: you can add it later."));
	write_grid(walk, page);
	page_action(page, ACTION_PRESETS, _("Start from a preset"));
	page_action(page, ACTION_NEXT, _("Next"));
}

static const char *write_title(enum sensitivity sensitivity)
{
	switch (sensitivity) {
	case SENSITIVITY_MONEY:
		return _("Write lets the holder move money");
	case SENSITIVITY_PERSONAL:
		return _("Write lets the holder change or reach personal data");
	case SENSITIVITY_LOW:
		break;
	}
	return _("Write lets the holder change things");
}

static void write_page(const struct walk *walk, struct page *page)
{
	size_t cell = walk->permissions.write_cell;
	const struct resource *resource = catalogue_at(plan_cell_row(cell));
	bool read = plan_cell(walk->plan, cell) == LEVEL_READ;

	page->slug = "permissions.write";
	page->over = true;
	page->tone = TONE_DANGER;
	page->title = write_title(resource->write.sensitivity);
	page->action_count = 0;   /* a question has its own two answers */
	/* TRANSLATORS: %s is Stripe's name of a row, such as: Charges and Refunds */
	page_paragraph(page, page_text(page, _("This is what Write on \"%s\" allows whoever has the key:"),
				       label_of(cell, page)));
	page_say(page, BLOCK_WARNING, resource->write.about ? _(resource->write.about) : "");
	if (plan_cell_is_connect(cell))
		page_paragraph(page, _("This goes for the accounts connected to yours, not for your own."));
	page_paragraph(page, _("Tools that only report or do the books do not need it."));
	if (resource->has_read)
		page_paragraph(page, _("Write includes Read."));
	page_action(page, ACTION_NO, read ? _("Keep Read") : _("Keep None"));
	page_action(page, ACTION_YES, _("Allow Write"));
	page->focus = page->enter = ACTION_NO;
}

static void presets_page(struct page *page)
{
	struct control *control;
	struct choice *choices = page_room(page, preset_count() + 1, sizeof *choices);
	size_t count = 0;

	page->slug = "permissions.presets";
	page->title = _("What is the key for?");
	page_paragraph(page, _("A preset gives Read to the rows that such tools usually need. You see it before it "
			       "is applied, and can change every row afterwards. Below the purposes stand known tools."));
	for (size_t i = 0; i < preset_count(); i++) {
		if (preset_at(i)->tool && count == i)   /* behind the purposes */
			choices[count++] = (struct choice){ (int)preset_count(), _("A platform, with connected accounts"),
				_("Shows a second row below each one, for the accounts connected to yours. Gives nothing by itself.") };
		choices[count++] = (struct choice){ (int)i, preset_title(preset_at(i)), _(preset_at(i)->about) };
	}
	control = page_control(page, CONTROL_MENU);
	control->label = _("Presets");
	control->choices = choices;
	control->choice_count = count;
}

/* The rows at LEVEL, each with what it allows. Returns how many of them are new. */
static size_t list_preset_rows(const struct walk *walk, const struct plan *plan, enum level level, struct page *page)
{
	size_t new_rows = 0;

	for (size_t row = 0; row < catalogue_count(); row++) {
		if (plan_level(plan, row) != level)
			continue;
		new_rows += plan_level(walk->plan, row) < level && !walk->permissions.write_open[row];
		page_say(page, level == LEVEL_WRITE ? BLOCK_WARNING : BLOCK_BULLET,
			 /* TRANSLATORS: Stripe's name of a row, then what it shows. */
			 page_text(page, _("%s: %s"), catalogue_at(row)->label,
				   _(catalogue_permission(row, level)->about)));
	}
	return new_rows;
}

static bool has_write(const struct plan *plan)
{
	for (size_t row = 0; row < catalogue_count(); row++)
		if (plan_level(plan, row) == LEVEL_WRITE)
			return true;
	return false;
}

static void preset_page(const struct walk *walk, struct page *page)
{
	const struct preset *preset = preset_at(walk->permissions.preset);
	struct plan *plan = preset_plan(preset);
	size_t new_rows;

	page->slug = "permissions.preset";
	page->title = preset_title(preset);
	if (preset->tool)
		/* TRANSLATORS: a date, and where the list was seen: an address or a file */
		page_paragraph(page, page_text(page, _("As of %s, from: %s. Tools change: compare it with what the tool "
						       "says today."), page_date(page, preset->as_of), preset->source));
	page_paragraph(page, _("This preset gives Read to:"));
	new_rows = list_preset_rows(walk, plan, LEVEL_READ, page);
	if (has_write(plan)) {
		page_paragraph(page, _("The tool also wants Write. You are asked about each row before it is given:"));
		new_rows += list_preset_rows(walk, plan, LEVEL_WRITE, page);
	}
	page_paragraph(page, new_rows ? _("What you chose yourself stays as it is. Write is never given without a question.")
				      : _("You have chosen all of this already."));
	if (new_rows)
		page_action(page, ACTION_APPLY, _("Apply"));
	page->focus = page->enter = new_rows ? ACTION_APPLY : ACTION_BACK;
	plan_free(plan);
}

static size_t write_checks(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_CHECKLIST);
	struct check_row *rows = page_room(page, plan_cell_count(), sizeof *rows);
	size_t count = 0, group = SIZE_MAX;

	for (size_t i = 0; i < catalogue_count(); i++) {
		enum level level = plan_level(walk->plan, i), connect = plan_connect(walk->plan, i);

		if (level != LEVEL_NONE)
			rows[count++] = (struct check_row){ i, catalogue_at(i)->label, group_heading(i, &group),
				level_name(level), walk->permissions.ticked[i] };
		if (connect != LEVEL_NONE)
			rows[count++] = (struct check_row){ plan_connect_cell(i), plan_page_connect_label(i, page),
				group_heading(i, &group), level_name(connect),
				walk->permissions.ticked[plan_connect_cell(i)] };
	}
	control->checks = rows;
	control->check_count = count;
	control->label = _("Rows to set in Stripe");
	return count;
}

/* Whether a pre-filled form still works is disputed (facts of November 2026), so the list never depends on it. */
static void say_form(const struct walk *walk, struct page *page)
{
	size_t left_out;
	char *address = link_create(walk->plan, &left_out);

	free(address);
	page_say(page, BLOCK_HEADING, _("Or let Stripe fill in the form"));
	page_paragraph(page, _("\"Open the filled-in form\" opens Stripe's form with the name and these rows already "
			       "set. Look it over. Rows that come up empty you set by hand from this list."));
	plan_page_left_out(left_out, page);
}

static void copy_over_page(const struct walk *walk, struct page *page)
{
	size_t rows = plan_granted(walk->plan);

	page->slug = "permissions.copy";
	page->title = _("Now set the same in Stripe");
	walk_page_open(walk, page, walk->open);
	if (walk->open != OPEN_NOT)   /* to be typed, where nothing opened: the filled-in form's own address is too long */
		page_say(page, BLOCK_ADDRESS, link_keys_page_short(plan_mode(walk->plan)));
	page_paragraph(page, page_text(page, ngettext(
		"%zu row to change. Everything else stays at None. Tick it when it is set; Stripe's search box finds "
		"a row by its name.",
		"%zu rows to change. Everything else stays at None. Tick each one as you go; Stripe's search box finds "
		"a row by its name.", rows), rows));
	write_checks(walk, page);
	page_say(page, BLOCK_WARNING, _("In Stripe, leave the line with a group's name alone: it changes every row "
					"of the group."));
	say_form(walk, page);
	page_action(page, ACTION_FILLED, _("Open the filled-in form"));
	page_action(page, ACTION_NEXT, _("Next"));
}

void permissions_page(const struct walk *walk, struct page *page)
{
	switch (walk->permissions.view) {
	case PERMISSIONS_CHOOSE:
		choose_page(walk, page);
		break;
	case PERMISSIONS_WRITE:
		write_page(walk, page);
		break;
	case PERMISSIONS_PRESETS:
		presets_page(page);
		break;
	case PERMISSIONS_PRESET:
		preset_page(walk, page);
		break;
	case PERMISSIONS_COPY:
		copy_over_page(walk, page);
		break;
	}
}

/* Source: as step_open.c; the Connect column from docs.stripe.com/keys/restricted-api-keys. */
void permissions_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("Newest pages (2026): a search box above the rows; each row has one choice of \"None\", "
			    "\"Read\" and \"Write\". Do not use the choice in a group's line."));
	page_bullet(page, _("Pages of 2024 and 2025, and older ones: the same rows, with three buttons each, in long "
			    "groups. Scroll, or search the page with Ctrl-F."));
	page_bullet(page, _("A second column for connected accounts? Leave it at \"None\", unless the tool's maker "
			    "asks for it. \"Start from a preset\", \"A platform, with connected accounts\" shows it here."));
	page_bullet(page, _("A row has another name, or is missing? Stripe shows only what your account can use. "
			    "Leave it out; you can edit the key later."));
	page_bullet(page, _("Stripe chose many rows by itself? You took a ready-made set. Go back in Stripe and choose "
			    "\"Choose your own\" or \"Custom permissions\"."));
	page_say(page, BLOCK_HEADING, _("What do None, Read and Write mean?"));
	page_paragraph(page, _("None: the tool gets no answer. Read: it can look, but change nothing. Write: it can "
			       "also add, change or delete. When in doubt: None."));
}
