/* SPDX-License-Identifier: MIT */
/*
 * The guide "replace a key": the old one lives on for as long as the person
 * chooses, and stays in the keyring until Stripe says that it has ended.
 */
#include "guide/steps.h"

#include "base/i18n.h"

static const struct step steps[] = {
	{
		.slug = "open",
		.title = N_("Replace a key: open the API keys page"),
		.trail = N_("Open"),
		.page = open_page, .handle = open_handle, .help = open_help,
	}, {
		.slug = "find",
		.title = N_("Find the key by its name"),
		.trail = N_("Find"),
		.page = find_page, .help = find_help,
	}, {
		.slug = "rotate",
		.title = N_("Choose when the old key ends"),
		.trail = N_("Rotate"),
		.page = rotate_page, .handle = rotate_handle, .help = rotate_help,
	}, {
		.slug = "prove",
		.title = N_("Confirm, and prove it's you"),
		.trail = N_("Confirm"),
		.page = prove_page, .ready = create_ready, .help = create_help,
	}, {
		.slug = "copy",
		.title = N_("Copy the new key once and store it"),
		.trail = N_("Copy"),
		.page = copy_page, .handle = copy_handle, .ready = copy_ready, .enter = copy_enter, .help = copy_help,
	}, {
		.slug = "old",
		.title = N_("The old key"),
		.trail = N_("Old key"),
		.no_back = true,
		.page = gone_page, .handle = gone_handle, .enter = old_enter, .help = gone_help,
		.help_title = N_("Good to know"),
	},
};

const struct guide guide_replace = { .slug = "replace", .steps = steps, .count = sizeof steps / sizeof *steps, .saves = true, .stores = true };
