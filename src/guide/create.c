/* SPDX-License-Identifier: MIT */
/*
 * The guide "make a key": its steps, in order. Read this first; each step has
 * a file of its own, step_SLUG.c.
 */
#include "guide/steps.h"

#include "base/i18n.h"

static const struct step steps[] = {
	{
		.slug = "before",
		.title = N_("Before you start"),
		.page = before_page, .handle = before_handle, .ready = before_ready,
		.enter = before_enter, .help = before_help,
		.help_title = N_("Good to know"),
	}, {
		.slug = "open",
		.title = N_("Open the API keys page"),
		.trail = N_("Open"),
		.page = open_page, .handle = open_handle, .help = open_help,
	}, {
		.slug = "start",
		.title = N_("Start a new restricted key"),
		.trail = N_("Start"),
		.page = start_page, .help = start_help,
	}, {
		.slug = "name",
		.title = N_("Name the key"),
		.trail = N_("Name"),
		.page = name_page, .handle = name_handle, .ready = name_ready,
		.enter = name_enter, .help = name_help,
	}, {
		.slug = "permissions",
		.title = N_("Set the permissions"),
		.trail = N_("Permissions"),
		.page = permissions_page, .handle = permissions_handle, .ready = permissions_ready,
		.enter = permissions_enter, .help = permissions_help,
	}, {
		.slug = "create",
		.title = N_("Create the key and prove it's you"),
		.trail = N_("Create"),
		.page = create_page, .ready = create_ready, .help = create_help,
	}, {
		.slug = "copy",
		.title = N_("Copy the key once and store it"),
		.trail = N_("Copy"),
		.page = copy_page, .handle = copy_handle, .ready = copy_ready,
		.enter = copy_enter, .help = copy_help,
	}, {
		.slug = "after",
		.title = N_("Hand it over"),
		.no_back = true,
		.page = after_page, .handle = after_handle, .help = after_help,
		.help_title = N_("Good to know"),
	},
};

const struct guide guide_create = { .slug = "create", .steps = steps, .count = sizeof steps / sizeof *steps, .saves = true, .stores = true };
