/* SPDX-License-Identifier: MIT */
/* What the keyring holds, as a walk knows it: a copy of the list, and the names of keys that were replaced. */
#include "guide/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void walk_forget_kept(struct walk *walk)
{
	for (size_t i = 0; i < walk->kept_count; i++) {
		free(walk->kept[i].name);
		record_done(&walk->kept[i].record);
	}
	free(walk->kept);
	walk->kept = NULL;
	walk->kept_count = 0;
}

/* What the keyring holds is borrowed in an outcome: take a copy. */
void walk_list_kept(struct walk *walk, const struct outcome *outcome)
{
	walk_forget_kept(walk);
	if (!outcome->kept_count)
		return;
	walk->kept = mem_new(outcome->kept_count, sizeof *walk->kept);
	for (size_t i = 0; i < outcome->kept_count; i++) {
		walk->kept[i].name = mem_strdup(outcome->kept[i].name);
		walk->kept[i].mode = outcome->kept[i].mode;
		record_copy(&walk->kept[i].record, &outcome->kept[i].record);
	}
	walk->kept_count = outcome->kept_count;
}

static const struct kept_key *find_kept(const struct walk *walk, const char *name)
{
	for (size_t i = 0; i < walk->kept_count; i++)
		if (walk->kept[i].mode == plan_mode(walk->plan) && !strcmp(walk->kept[i].name, name))
			return &walk->kept[i];
	return NULL;
}

const struct kept_key *walk_kept(const struct walk *walk)
{
	return find_kept(walk, plan_name(walk->plan));
}

bool walk_name_is_kept(const struct walk *walk, const char *name)
{
	return find_kept(walk, name) != NULL;
}

/* ---- keys that were replaced ---- */

/* "reporting (old)", "reporting (old 2)": names that the helper gives to keys that were replaced. */
static bool is_aside_of(const char *aside, const char *name)
{
	size_t length = strlen(name);

	return !strncmp(aside, name, length) && !strncmp(aside + length, " (old", 5);
}

size_t walk_count_aside(const struct walk *walk)
{
	size_t count = 0;

	for (size_t i = 0; i < walk->kept_count; i++)
		count += walk->kept[i].mode == plan_mode(walk->plan) &&
			 is_aside_of(walk->kept[i].name, plan_name(walk->plan));
	return count;
}

/* "(old 10)" comes after "(old 9)". */
const char *walk_last_aside(const struct walk *walk)
{
	const char *last = "";

	for (size_t i = 0; i < walk->kept_count; i++) {
		const char *name = walk->kept[i].name;
		size_t length = strlen(name);

		if (walk->kept[i].mode == plan_mode(walk->plan) && is_aside_of(name, plan_name(walk->plan)) &&
		    (length > strlen(last) || (length == strlen(last) && strcmp(name, last) > 0)))
			last = name;
	}
	return last;
}

/* How long NAME is without the " (old)" or " (old 2)" at its end; all of it where there is none. */
static size_t length_without_old(const char *name)
{
	const char *old = NULL, *rest;

	for (const char *found = strstr(name, " (old"); found; found = strstr(found + 1, " (old"))
		old = found;
	if (!old || old == name)
		return strlen(name);
	rest = old + strlen(" (old");
	if (*rest == ' ' && rest[1] != '0' && strcmp(rest, " 1)"))   /* the first has no number */
		rest += 1 + strspn(rest + 1, "0123456789");
	return strcmp(rest, ")") || rest[-1] == ' ' ? strlen(name) : (size_t)(old - name);
}

/* Somebody may have called a key like that in Stripe: ours is one of which is known that it was replaced. */
static bool was_set_aside(const struct walk *walk, const char *name_before)
{
	return *walk->until || !strcmp(plan_name(walk->plan), walk->aside) ||
	       (walk->plan_unknown && walk_name_is_kept(walk, name_before));
}

const char *walk_stripe_name(const struct walk *walk, struct page *page)
{
	const char *name = plan_name(walk->plan);
	const char *before = page_text(page, "%.*s", (int)length_without_old(name), name);

	return was_set_aside(walk, before) ? before : name;
}
