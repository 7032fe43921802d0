/* SPDX-License-Identifier: MIT */
/*
 * Before the first step: what is needed, sandbox or live, and the keyring
 * tried while a broken one costs nothing.
 */
#include "guide/steps.h"

#include "base/i18n.h"

enum { START_SANDBOX = 1, START_LIVE };

void before_enter(struct walk *walk, struct effect *effect)
{
	if (walk->keyring == KEYRING_UNTRIED)
		walk_look(walk, false, effect);
}

bool before_ready(const struct walk *walk)
{
	return walk->keyring == KEYRING_WORKS;
}

/* Where the page did not give way to the menu. Who came from there has "Back"; what was asked for would be lost. */
static bool offers_keys(const struct walk *walk)
{
	return walk->kept_count && !walk->from_home && !walk->asked;
}

bool before_handle(struct walk *walk, const struct event *event, struct effect *effect)
{
	if (event->kind == EVENT_ACTION && event->action == ACTION_SENT) {
		walk->overlay = OVERLAY_SENT;
		return true;
	}
	if (event->kind == EVENT_ACTION && event->action == ACTION_ASKED && walk->asked) {
		walk->overlay = OVERLAY_ASKED;
		return true;
	}
	if (event->kind == EVENT_ACTION && event->action == ACTION_KEYS && offers_keys(walk)) {
		walk_change_guide(walk, &guide_home, effect);
		return true;
	}
	if (event->kind != EVENT_CHOOSE)
		return false;
	walk->menu_when_kept = false;   /* the page is in use: it is not taken away any more */
	walk->live_only = event->choice == START_LIVE;
	plan_set_mode(walk->plan, walk->live_only ? MODE_LIVE : MODE_TEST);
	return true;
}

static void say_keyring(const struct walk *walk, struct page *page)
{
	if (walk->keyring == KEYRING_WORKS)
		page_say(page, BLOCK_DONE, walk->demo ? page_sentence(page, walk->store) :
			 /* TRANSLATORS: %s is the keyring's own name, such as: GNOME Keyring, "Login" */
			 page_text(page, _("The keyring (the safe for passwords) works: %s."), walk->store));
	else if (walk->keyring != KEYRING_FAILED)
		page_say(page, BLOCK_BUSY, _("Trying the keyring (the safe for passwords) …"));
}

static void ask_where(const struct walk *walk, struct page *page)
{
	struct control *control = page_control(page, CONTROL_CHOICE);
	struct choice *choices = page_room(page, 2, sizeof *choices);

	choices[0] = (struct choice){ START_SANDBOX, _("Practise in the sandbox first (recommended)"),
		_("Stripe's place for trying things out, without real money.") };
	choices[1] = (struct choice){ START_LIVE, _("Make the real key at once (\"live\" in Stripe's words)"),
		NULL };
	control->label = _("Where do you want to start?");
	control->choices = choices;
	control->choice_count = 2;
	control->chosen = walk->live_only ? START_LIVE : START_SANDBOX;
}

void before_page(const struct walk *walk, struct page *page)
{
	bool failed = walk_page_keyring(walk, page);

	if (walk->asked)   /* once it has been asked for, the button that asks has done its work: it is not gone back to */
		page->slug = "before.asked";
	page_paragraph(page, _("In six steps, about five minutes, you make a key in Stripe. With it a tool or "
			       "a helper sees what you choose of your account, and nothing else."));
	say_keyring(walk, page);
	asked_say(walk, page);
	page_say(page, BLOCK_HEADING, _("Where do you want to start?"));
	ask_where(walk, page);
	page_say(page, BLOCK_HEADING, _("You need"));
	page_bullet(page, _("a Stripe login with the role \"Administrator\""));
	page_bullet(page, _("your phone or your code app, in case Stripe asks for a code"));
	page_bullet(page, _("a list of what the tool must see: payments, payouts, invoices …"));
	page_bullet(page, _("a safe way to hand it over: a password manager, never e-mail or chat"));
	page_paragraph(page, _("A key is a password for programs. Stripe shows it only once, so keyguide puts it "
			       "into your keyring at once. Nobody sees it on the way."));
	page_say(page, BLOCK_WARNING, _("Stripe will never ask you for your key. Nobody needs your Stripe password."));

	if (walk->keyring == KEYRING_TRYING)
		page_action(page, ACTION_STOP, _("Stop waiting"));
	if (walk->asked)
		page_action(page, ACTION_ASKED, _("What was asked for"));
	if (offers_keys(walk))
		page_action(page, ACTION_KEYS, _("My keys"));
	page_action(page, ACTION_SENT, _("Plan or link"));
	page_action(page, ACTION_QUESTIONS, _("Questions"));
	if (!failed && before_ready(walk))
		page_action(page, ACTION_NEXT, _("Start"));
}

void before_help(const struct walk *walk, struct page *page)
{
	(void)walk;
	page_say(page, BLOCK_HEADING, _("What is an API key?"));
	page_paragraph(page, _("An API is the door through which programs talk to Stripe. A key opens that door, "
			       "without a person logging in. A restricted key opens it only as far as you say."));
	page_say(page, BLOCK_HEADING, _("What is the keyring?"));
	page_paragraph(page, _("A locked store on this computer for passwords. Your login password opens it. "
			       "Other names for it: GNOME Keyring, KWallet, KeePassXC, Passwords and Keys."));
	page_say(page, BLOCK_HEADING, _("Am I an administrator?"));
	page_paragraph(page, _("If you opened the Stripe account, you are. If not, look in Stripe under "
			       "\"Settings\", \"Team\"; or ask the person who invited you."));
	page_say(page, BLOCK_HEADING, _("I would rather not make a key"));
	page_paragraph(page, _("Many reporting and accounting tools have a \"Connect\" button of their own. It leads "
			       "to Stripe, where you log in and say yes. You can take that back in Stripe under "
			       "\"Settings\", \"Connected apps\". Ask the maker of the tool."));
}
