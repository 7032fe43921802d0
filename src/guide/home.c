/* SPDX-License-Identifier: MIT */
/* The menu, once a key is kept: what there is to do, and with which key. One key alone is in step_key.c. */
#include "guide/steps.h"

#include "base/i18n.h"

enum menu_choice {
	MENU_MAKE = 1, MENU_KEYS, MENU_CHECK, MENU_REPLACE, MENU_REMOVE, MENU_QUESTIONS, MENU_CONNECT, MENU_PREPARE,
	MENU_COUNT
};

/* What is kept may have changed since the page was up last. */
void home_enter(struct walk *walk, struct effect *effect)
{
	if (walk->keyring != KEYRING_TRYING)
		walk_look(walk, false, effect);
}

/* ---- the menu ---- */

static size_t count_overdue(const struct walk *walk)
{
	size_t count = 0;

	for (size_t i = 0; i < walk->kept_count; i++)
		count += kept_is_overdue(walk, &walk->kept[i]);
	return count;
}

static const struct kept_key *ended_key(const struct walk *walk)
{
	for (size_t i = 0; i < walk->kept_count; i++)
		if (kept_has_ended(walk, &walk->kept[i]))
			return &walk->kept[i];
	return NULL;
}

/* One reminder at a time: an old key that may be deleted comes first. */
static void remind(const struct walk *walk, struct page *page)
{
	const struct kept_key *ended = ended_key(walk);
	size_t overdue = count_overdue(walk);

	if (ended)
		page_note(page, NOTE_INFO,
			  /* TRANSLATORS: %s is the name of a key. */
			  page_text(page, _("The time of \"%s\" is over."), ended->name),
			  _("Choose it under \"My keys\": keyguide asks Stripe, then offers to delete it."));
	else if (overdue)
		page_note(page, NOTE_INFO, page_text(page, ngettext(
			"%zu key should be looked at again: is it still needed?",
			"%zu keys should be looked at again: are they still needed?", overdue), overdue),
			_("Open \"My keys\"."));
}

void menu_page(const struct walk *walk, struct page *page)
{
	bool failed = walk_page_keyring(walk, page);
	struct choice *choices = page_room(page, MENU_COUNT, sizeof *choices);
	struct control *control = page_control(page, CONTROL_MENU);
	size_t count = 0;

	if (!failed)
		remind(walk, page);
	choices[count++] = (struct choice){ MENU_MAKE, _("Make a key"), NULL };
	if (!failed) {
		choices[count++] = (struct choice){ MENU_KEYS, walk->kept_count ?
			page_text(page, _("My keys (%zu)"), walk->kept_count) : _("My keys"), NULL };
		choices[count++] = (struct choice){ MENU_CHECK, _("Check what a key can do"), NULL };
		choices[count++] = (struct choice){ MENU_REPLACE, _("Replace a key with a new one"), NULL };
		choices[count++] = (struct choice){ MENU_REMOVE, _("Take a key back"), NULL };
	}
	choices[count++] = (struct choice){ MENU_QUESTIONS, _("Questions and answers"), NULL };
	choices[count++] = (struct choice){ MENU_CONNECT, _("Connect a tool without a key"), NULL };
	choices[count++] = (struct choice){ MENU_PREPARE, _("Prepare a plan for somebody else"), NULL };
	control->label = _("What would you like to do?");
	control->choices = choices;
	control->choice_count = count;
	if (walk->language_count > 1)
		page_action(page, ACTION_LANGUAGE, _("Language"));
	page_action(page, ACTION_FINISH, _("Leave"));
}

static void choose_key(struct walk *walk, enum wish wish, struct effect *effect)
{
	walk->wish = wish;
	walk_go(walk, "keys", effect);
}

static bool menu_chosen(struct walk *walk, int choice, struct effect *effect)
{
	switch ((enum menu_choice)choice) {
	case MENU_MAKE:
		walk_change_guide(walk, &guide_create, effect);
		walk_begin_again(walk, effect);
		return true;
	case MENU_KEYS:
		choose_key(walk, WISH_LOOK, effect);
		return true;
	case MENU_CHECK:
		choose_key(walk, WISH_CHECK, effect);
		return true;
	case MENU_REPLACE:
		choose_key(walk, WISH_REPLACE, effect);
		return true;
	case MENU_REMOVE:
		choose_key(walk, WISH_REMOVE, effect);
		return true;
	case MENU_QUESTIONS:
		walk->overlay = OVERLAY_QUESTIONS;
		return true;
	case MENU_CONNECT:
		walk_change_guide(walk, &guide_connect, effect);
		return true;
	case MENU_PREPARE:
		walk_begin_again(walk, effect);
		walk_change_guide(walk, &guide_prepare, effect);
		return true;
	case MENU_COUNT:
		break;
	}
	return false;
}

bool menu_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_CHOOSE)
		return menu_chosen(walk, event->choice, effect);
	if (event->kind != EVENT_ACTION || event->action != ACTION_FINISH)
		return false;
	walk->finished = true;
	walk_ask(walk, EFFECT_QUIT, effect);
	return true;
}

/* ---- which key ---- */

static const char *keys_title(enum wish wish)
{
	switch (wish) {
	case WISH_CHECK:
		return _("Which key do you want to check?");
	case WISH_REPLACE:
		return _("Which key do you want to replace?");
	case WISH_REMOVE:
		return _("Which key do you want to take back?");
	case WISH_LOOK:
		break;
	}
	return _("My keys");
}

void keys_page(const struct walk *walk, struct page *page)
{
	struct choice *choices = page_room(page, walk->kept_count + 1, sizeof *choices);
	struct control *control;

	page->title = keys_title(walk->wish);
	if (walk_page_keyring(walk, page))
		return;
	if (!walk->kept_count) {
		page_paragraph(page, walk->keyring == KEYRING_TRYING ? _("Looking into your keyring …") :
								       _("No key is kept here yet."));
		return;
	}
	for (size_t i = 0; i < walk->kept_count; i++)
		choices[i] = (struct choice){ (int)i, kept_label(&walk->kept[i], page), kept_hint(walk, &walk->kept[i], page) };
	control = page_control(page, CONTROL_MENU);
	control->label = _("Keys in your keyring");
	control->choices = choices;
	control->choice_count = walk->kept_count;
}

bool keys_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind != EVENT_CHOOSE || event->choice < 0 || (size_t)event->choice >= walk->kept_count)
		return false;
	walk_take_kept(walk, &walk->kept[event->choice]);
	switch (walk->wish) {
	case WISH_LOOK:
		walk_go(walk, "key", effect);
		break;
	case WISH_CHECK:
		walk_go(walk, "check", effect);
		break;
	case WISH_REPLACE:
		walk_change_guide(walk, &guide_replace, effect);
		break;
	case WISH_REMOVE:
		walk_change_guide(walk, &guide_remove, effect);
		break;
	}
	return true;
}

/* ---- help ---- */

static void home_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_bullet(page, _("To check a key: keyguide asks Stripe what it can do, and compares that with what was planned. "
			    "Nothing changes."));
	page_bullet(page, _("To replace a key: you get a new one with the same permissions. Do it when the wrong person may "
			    "have seen the key."));
	page_bullet(page, _("To take a key back: it stops working for good. Do it when nobody needs the key any more."));
	page_say(page, BLOCK_HEADING, _("What is the keyring?"));
	page_paragraph(page, _("A locked store on this computer for passwords. Your login password opens it. "
			       "Other names for it: GNOME Keyring, KWallet, KeePassXC, Passwords and Keys."));
}

/* ---- the pages ---- */

/* What comes next is what is chosen on the page. */
static bool goes_on_by_itself(const struct walk *walk)
{
	(void)walk;
	return false;
}

static const struct step steps[] = {
	{
		.slug = "menu",
		.title = N_("What would you like to do?"),
		.page = menu_page, .handle = menu_handle, .enter = home_enter, .ready = goes_on_by_itself,
		.help = home_help, .help_title = N_("Good to know"),
	}, {
		.slug = "keys",
		.title = N_("My keys"),
		.page = keys_page, .handle = keys_handle, .enter = home_enter, .ready = goes_on_by_itself,
		.help = home_help, .help_title = N_("Good to know"),
	}, {
		.slug = "key",
		.title = N_("One key"),
		.page = key_page, .handle = key_handle, .enter = home_enter, .ready = goes_on_by_itself,
		.help = home_help, .help_title = N_("Good to know"),
	}, {
		.slug = "check",
		.title = N_("Asking Stripe what the key can do"),
		.page = check_page, .handle = check_handle, .enter = check_enter,
		.help = home_help, .help_title = N_("Good to know"),
	},
};

const struct guide guide_home = { .slug = "home", .steps = steps, .count = sizeof steps / sizeof *steps };
