/* SPDX-License-Identifier: MIT */
/*
 * One screen of a guide, and a guide: a table of them. Every callback is pure:
 * no input or output, no curses, no clock.
 */
#ifndef GUIDE_STEP_H
#define GUIDE_STEP_H

#include <stdbool.h>

#include "base/fault.h"
#include "guide/effect.h"
#include "guide/event.h"
#include "guide/page.h"

struct walk;

struct step {
	const char *slug;    /* stable, untranslated: tests, saved progress, --from */
	const char *title;   /* N_(), the whole title */
	const char *trail;   /* N_(), the short name in the header; NULL: not one of the counted steps */
	bool no_back;        /* what is done is done: there is only forwards */
	/* Writes the page; the header, title and Back are already there. */
	void (*page)(const struct walk *walk, struct page *page);
	/* Takes an event. False: not mine, do what is usual (Next, Back, Help, Leave). */
	bool (*handle)(struct walk *walk, const struct event *event, struct effect *effect);
	/* May the person go on? NULL: always. Else the step's page must say what is missing. */
	bool (*ready)(const struct walk *walk);
	/* Called when the step comes up, forwards or back; may ask for an effect. NULL: nothing. */
	void (*enter)(struct walk *walk, struct effect *effect);
	/* Writes the help for this step. */
	void (*help)(const struct walk *walk, struct page *page);
	const char *help_title;   /* N_(); NULL: the help is about how Stripe's page may look */
};

struct guide {
	const char *slug;             /* "create" */
	const struct step *steps;
	size_t count;
	bool saves;                   /* whoever leaves it midway can go on there */
	bool stores;                  /* a key gets into the keyring: so that is tried beforehand */
};

/* The guides. */
extern const struct guide guide_home;      /* the menu, and what is kept here */
extern const struct guide guide_create;    /* make a key */
extern const struct guide guide_replace;   /* a new key for the same job */
extern const struct guide guide_remove;    /* take a key back */
extern const struct guide guide_connect;   /* without a key, and how to end that */
extern const struct guide guide_prepare;   /* prepare a plan for somebody else */

/* The guide of this slug among those that save; NULL: there is none. */
const struct guide *guide_find(const char *slug);
/* Where its step of this slug is; SIZE_MAX: it has none. */
size_t guide_find_step(const struct guide *guide, const char *slug);

#endif
