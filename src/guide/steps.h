/* SPDX-License-Identifier: MIT */
/* The callbacks of the steps, for the tables of the guides. What each does: guide/step.h. */
#ifndef GUIDE_STEPS_H
#define GUIDE_STEPS_H

#include "guide/step.h"
#include "guide/walk.h"

/* step_before.c */
void before_page(const struct walk *walk, struct page *page);
bool before_handle(struct walk *walk, const struct event *event, struct effect *effect);
bool before_ready(const struct walk *walk);
void before_enter(struct walk *walk, struct effect *effect);
void before_help(const struct walk *walk, struct page *page);

/* step_open.c */
void open_page(const struct walk *walk, struct page *page);
bool open_handle(struct walk *walk, const struct event *event, struct effect *effect);
void open_help(const struct walk *walk, struct page *page);

/* step_start.c */
void start_page(const struct walk *walk, struct page *page);
void start_help(const struct walk *walk, struct page *page);

/* step_name.c */
void name_page(const struct walk *walk, struct page *page);
void name_field(const struct walk *walk, struct page *page);   /* the field, and what is wrong with the name */
bool name_handle(struct walk *walk, const struct event *event, struct effect *effect);
bool name_ready(const struct walk *walk);
/* A key without a name gets the one that is suggested. */
void name_suggest(struct walk *walk);
void name_enter(struct walk *walk, struct effect *effect);
void name_help(const struct walk *walk, struct page *page);

/* step_permissions.c, permissions_pages.c */
void permissions_page(const struct walk *walk, struct page *page);
bool permissions_handle(struct walk *walk, const struct event *event, struct effect *effect);
bool permissions_ready(const struct walk *walk);
void permissions_enter(struct walk *walk, struct effect *effect);
void permissions_help(const struct walk *walk, struct page *page);

/* step_create.c */
void create_page(const struct walk *walk, struct page *page);
bool create_ready(const struct walk *walk);
void create_help(const struct walk *walk, struct page *page);
/*
 * Before and behind what is pressed in Stripe: is there a place for the key (else NOT_YET, and false: nothing is to be
 * pressed)? who looks on? on with it.
 */
bool create_say_first(const struct walk *walk, const char *not_yet, struct page *page);
void create_offer_next(const struct walk *walk, struct page *page);

/* step_copy.c, copy_pages.c */
void copy_page(const struct walk *walk, struct page *page);
bool copy_handle(struct walk *walk, const struct event *event, struct effect *effect);
bool copy_ready(const struct walk *walk);
void copy_enter(struct walk *walk, struct effect *effect);
void copy_help(const struct walk *walk, struct page *page);
/* Asks Stripe; kept keys too. */
void copy_ask(struct walk *walk, enum check_depth depth, bool writes, struct effect *effect);
/* The keyring was looked into: what became of the key that the last run was about? */
void copy_find_last(struct walk *walk, struct effect *effect);
/* Why no key is asked for before that: a sentence. */
const char *copy_look_first(const struct walk *walk);
/* Once the person goes on there: a key that was found is asked about. */
void copy_go_on(struct walk *walk, struct effect *effect);
/* The key came by way of the clipboard: what is known of that, and the button for copy_handle(). */
void copy_say_clipboard(const struct walk *walk, struct page *page);
void copy_offer_clear(const struct walk *walk, struct page *page);
/* Where the key can be edited in Stripe. Borrowed from the walk's check, or for ever. */
const char *copy_edit_address(const struct walk *walk);

/* step_after.c */
void after_page(const struct walk *walk, struct page *page);
bool after_handle(struct walk *walk, const struct event *event, struct effect *effect);
void after_help(const struct walk *walk, struct page *page);
/* How a program gets the key of this name. */
void key_say_use(const struct walk *walk, const char *name, enum mode mode, struct page *page);
/* Where the keyring was started by the wizard: how the page's commands work in another terminal. */
void after_say_starter(const struct walk *walk, struct page *page);
/* The receipt, over that page. */
void receipt_overlay_page(const struct walk *walk, struct page *page);
bool receipt_handle(struct walk *walk, const struct event *event, struct effect *effect);
void receipt_outcome(struct walk *walk, enum effect_kind was, const struct outcome *outcome);
void receipt_forget(struct walk *walk);

/* home.c: the menu, and which key */
void menu_page(const struct walk *walk, struct page *page);
bool menu_handle(struct walk *walk, const struct event *event, struct effect *effect);
void keys_page(const struct walk *walk, struct page *page);
bool keys_handle(struct walk *walk, const struct event *event, struct effect *effect);
void home_enter(struct walk *walk, struct effect *effect);

/* step_key.c: one kept key, and its check */
void key_page(const struct walk *walk, struct page *page);
bool key_handle(struct walk *walk, const struct event *event, struct effect *effect);
void check_page(const struct walk *walk, struct page *page);
bool check_handle(struct walk *walk, const struct event *event, struct effect *effect);
void check_enter(struct walk *walk, struct effect *effect);
const char *kept_label(const struct kept_key *key, struct page *page);   /* "reporting (live)" */
const char *kept_hint(const struct walk *walk, const struct kept_key *key, struct page *page);   /* its age, in a sentence or three */
const char *kept_checked(const struct walk *walk, const struct kept_key *key, struct page *page);   /* when, and what was found */
const char *kept_until(const char *until, struct page *page);   /* of one that was replaced, in a sentence */
bool kept_is_overdue(const struct walk *walk, const struct kept_key *key);   /* to be looked at again before today; not one that was replaced */
bool kept_has_ended(const struct walk *walk, const struct kept_key *key);    /* it was replaced, and its time is over */

/* step_find.c, step_rotate.c: in Stripe's list, for the guides that replace and take back */
void find_page(const struct walk *walk, struct page *page);
void find_help(const struct walk *walk, struct page *page);
void rotate_page(const struct walk *walk, struct page *page);
bool rotate_handle(struct walk *walk, const struct event *event, struct effect *effect);
void rotate_help(const struct walk *walk, struct page *page);
const char *rotate_overlap(int hours);   /* "3 days"; "" for what is not offered */
void prove_page(const struct walk *walk, struct page *page);

/* step_gone.c: does Stripe still take the key? */
void gone_enter(struct walk *walk, struct effect *effect);
void old_enter(struct walk *walk, struct effect *effect);   /* the same, for one that was replaced */
void gone_page(const struct walk *walk, struct page *page);
bool gone_handle(struct walk *walk, const struct event *event, struct effect *effect);
void gone_help(const struct walk *walk, struct page *page);
bool gone_is_over(const struct walk *walk);   /* nothing more is to be done now */

/* asked.c: what somebody sent */
void asked_say(const struct walk *walk, struct page *page);     /* on the first page; nothing where nobody sent anything */
void asked_page(const struct walk *walk, struct page *page);
void sent_page(const struct walk *walk, struct page *page);
bool asked_handle(struct walk *walk, const struct event *event, struct effect *effect);
void asked_outcome(struct walk *walk, const struct outcome *outcome);   /* of EFFECT_READ_PLAN */

/* help.c, leave.c: what lies over a step */
void help_page(const struct walk *walk, struct page *page);
void language_page(const struct walk *walk, struct page *page);
void language_ask(struct walk *walk);   /* over whatever is there */
void questions_page(const struct walk *walk, struct page *page);
void answer_page(const struct walk *walk, struct page *page);
void resume_page(const struct walk *walk, struct page *page);
void leave_page(const struct walk *walk, struct page *page);
void abandon_page(const struct walk *walk, struct page *page);
bool resume_handle(struct walk *walk, const struct event *event, struct effect *effect);
bool leave_handle(struct walk *walk, const struct event *event, struct effect *effect);
/* True when the overlay took the event. */
bool overlay_handle(struct walk *walk, const struct event *event, struct effect *effect);

#endif
