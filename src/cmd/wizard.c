/* SPDX-License-Identifier: MIT */
/*
 * The wizard without its looks: carries out the effects that the walk asks
 * for, keeps the key in its locked page as long as it is needed, saves
 * progress.
 */
#include "cmd/wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/asked.h"
#include "cmd/demo.h"
#include "cmd/guard.h"
#include "cmd/kept.h"
#include "cmd/papers.h"
#include "cmd/remember.h"
#include "sys/clipboard.h"
#include "sys/own_keyring.h"
#include "sys/progress.h"
#include "sys/records.h"
#include "ui/term.h"

enum {
	TRY_LIMIT_MS = 3000,         /* the keyring tried (product: within 3 s) */
	STORE_LIMIT_MS = 5000,       /* measured: 25 ms; a stalled service never answers */
	ASK_LIMIT_MS = 60000,        /* the helper ends by itself before that */
	WAIT_MS = 2000,              /* between two questions whether a key has ended */
	BROWSER_LOOK_MS = 100,
	CLIPBOARD_MS = 60 * 1000
};

long long wizard_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* ---- progress ---- */

/* Changes whenever there is something worth saving: another step, another state of the key. */
static int progress_state(const struct walk *walk)
{
	return (int)(walk->at * 100 + (size_t)walk->copy.key * 10 + (size_t)walk->permissions.view) +
	       (walk->sandbox_done ? 10000 : 0) + walk->overlap_hours * 20000;
}

static void save_now(struct wizard *wizard)
{
	json_t *progress;
	struct fault fault;

	wizard->saved_state = progress_state(&wizard->walk);
	/* A rehearsal leaves nothing behind, and a plan for somebody else is no walk to go on with. */
	if (wizard->options->demo || !wizard->walk.guide->saves)
		return;
	progress = walk_to_json(&wizard->walk);
	/* Progress that cannot be saved costs a few clicks next time; it must not stop anybody now. */
	wizard->saved = progress_save(progress, &fault) == FAULT_NONE;
	if (!wizard->saved)
		wizard->saved_state = -1;
	json_decref(progress);
}

/* At its end, or back at the menu, a guide is no longer to be gone on with. */
static bool is_over(const struct walk *walk)
{
	return (walk->finished && walk->guide->saves) || walk->guide == &guide_home;
}

static void save_when_changed(struct wizard *wizard)
{
	if (is_over(&wizard->walk) && wizard->saved) {
		progress_forget();
		wizard->saved = false;
	} else if (!wizard->walk.finished && wizard->walk.overlay != OVERLAY_RESUME &&
		   wizard->saved_state != progress_state(&wizard->walk)) {
		save_now(wizard);
	}
}

/* ---- the key ---- */

static void clear_clipboard(struct wizard *wizard)
{
	if (!wizard->clipboard_until_ms)
		return;
	clipboard_clear(wizard->key);
	wizard->clipboard_until_ms = 0;
}

/* Gone as soon as nobody needs it; while it is on the clipboard it is needed for the comparison. */
static void wipe_when_done(struct wizard *wizard)
{
	if (wizard->clipboard_until_ms && wizard_now_ms() >= wizard->clipboard_until_ms)
		clear_clipboard(wizard);
	if (!walk_needs_key(&wizard->walk) && !wizard->clipboard_until_ms && !wizard->typing)
		secret_wipe(wizard->key);
}

/* ---- events ---- */

void wizard_event(struct wizard *wizard, const struct event *event)
{
	bool was_field = wizard->page.control.kind == CONTROL_SECRET;
	struct effect effect;

	walk_handle(&wizard->walk, event, &effect);
	if (effect.kind == EFFECT_LANGUAGE)
		i18n_start(effect.address);   /* at once: it is about the words of the next page */
	else if (effect.kind != EFFECT_NONE)
		wizard->effect = effect;
	walk_page(&wizard->walk, &wizard->page);
	save_when_changed(wizard);
	/* A field that has just come up is empty, whatever was held before. */
	wizard->typing = was_field && wizard->page.control.kind == CONTROL_SECRET;
	wipe_when_done(wizard);
	wizard->typing = wizard->page.control.kind == CONTROL_SECRET;
}

void wizard_action(struct wizard *wizard, enum action_id action)
{
	struct event event = { .kind = EVENT_ACTION, .action = action };

	wizard_event(wizard, &event);
}

void wizard_key(struct wizard *wizard)
{
	struct event event = { .kind = EVENT_KEY, .key = apikey_read(wizard->key) };

	event.key.sample = wizard->options->demo && demo_is_sample(wizard->key, plan_mode(wizard->walk.plan));
	wizard_event(wizard, &event);
	if (!walk_needs_key(&wizard->walk))   /* refused: the field is empty again */
		secret_wipe(wizard->key);
}

void wizard_outcome(struct wizard *wizard, struct outcome *result)
{
	struct event event = { .kind = EVENT_OUTCOME, .outcome = result };

	result->ticket = wizard->ticket;
	wizard_event(wizard, &event);
}

static void outcome_fault(struct wizard *wizard, enum fault_code code, const struct fault *fault)
{
	struct outcome result = { .fault = code, .detail = code == FAULT_NONE ? "" : fault->detail };

	wizard_outcome(wizard, &result);
}

/* ---- effects ---- */

static void stop_all(struct wizard *wizard)
{
	helper_free(wizard->helper);
	wizard->helper = NULL;
	browser_free(wizard->browser);
	wizard->browser = NULL;
	wizard->wait_until_ms = 0;
	wizard->fetching = false;
	secret_wipe(wizard->fetched);
}

/* The key that the verb is about; NULL: none. */
static struct secret *key_for(const struct wizard *wizard, enum helper_verb verb)
{
	switch (verb) {
	case HELPER_STORE:
	case HELPER_REPLACE:
		return wizard->key;
	case HELPER_FETCH:
		return wizard->fetched;
	case HELPER_ASK:
		return wizard->fetching ? wizard->fetched : wizard->key;
	default:
		return NULL;
	}
}

static void begin_helper(struct wizard *wizard, enum helper_verb verb, int limit_ms)
{
	const struct walk *walk = &wizard->walk;
	/* For a key that the person asked about the keyring may ask them, too. */
	bool may_ask = wizard->effect.unlock || verb == HELPER_FETCH;
	struct helper_request request = {
		.verb = verb, .unlock = may_ask,
		.name = plan_name(walk->plan), .mode = plan_mode(walk->plan),
		.account = verb == HELPER_ASSIGN ? check_account(walk->check) : "",
		.check = verb == HELPER_ASK ? walk->check : NULL,
		.api_base = wizard->options->api_base, .ca_file = wizard->options->ca_file,
		/* Where the keyring shows a window the person decides how long it takes. */
		.limit_ms = may_ask ? 0 : limit_ms,
	};
	struct fault fault;

	wizard->helper = helper_start(&request, key_for(wizard, verb), &fault);
	if (!wizard->helper)
		outcome_fault(wizard, fault.code, &fault);
}

static void begin_fetching(struct wizard *wizard)
{
	wizard->fetching = true;
	wizard->fetched_all = false;
	begin_helper(wizard, HELPER_FETCH, STORE_LIMIT_MS);
}

/* The key is gone from here as soon as it was kept and asked after: a later check gets it from the keyring. */
static void begin_asking(struct wizard *wizard)
{
	wizard->fetching = false;
	if (!walk_needs_key(&wizard->walk) || !secret_length(wizard->key))
		begin_fetching(wizard);
	else
		begin_helper(wizard, HELPER_ASK, ASK_LIMIT_MS);
}

static void open_address(struct wizard *wizard, const char *address)
{
	struct fault fault;

	wizard->browser = browser_open(address, &fault);
	if (!wizard->browser)
		outcome_fault(wizard, fault.code, &fault);
}

static void put_on_clipboard(struct wizard *wizard)
{
	struct fault fault;
	enum fault_code code = clipboard_put(wizard->key, &fault);

	if (code == FAULT_NONE)
		wizard->clipboard_until_ms = wizard_now_ms() + CLIPBOARD_MS;
	outcome_fault(wizard, code, &fault);
}

/* What is on the clipboard is compared with the key from the keyring: the pasted one is gone by now. */
static void empty_clipboard(struct wizard *wizard)
{
	struct outcome result = { .fault = FAULT_NONE, .detail = "", .clipboard = CLIPBOARD_NO_WAY };

	switch (clipboard_clear(wizard->fetched)) {
	case CLIPBOARD_EMPTIED:
		result.clipboard = CLIPBOARD_CLEARED;
		break;
	case CLIPBOARD_OTHER:
		result.clipboard = CLIPBOARD_ELSE;
		break;
	case CLIPBOARD_UNKNOWN:
		result.clipboard = term_empty_clipboard() ? CLIPBOARD_ASKED : CLIPBOARD_NO_WAY;
		break;
	}
	secret_wipe(wizard->fetched);
	wizard_outcome(wizard, &result);
}

/* A program that may ask for a password of its own gets the terminal for as long. */
static void lend_terminal(struct wizard *wizard, bool lent)
{
	if (!lent)
		guard_forget_keys();
	if (wizard->lend_terminal)
		wizard->lend_terminal(wizard->screen, lent);
}

static void start_keyring(struct wizard *wizard)
{
	struct fault fault;
	enum fault_code code;

	lend_terminal(wizard, true);
	code = own_keyring_start(&wizard->keyring_life, &fault);
	lend_terminal(wizard, false);
	outcome_fault(wizard, code, &fault);
}

static void hand_to_manager(struct wizard *wizard)
{
	const struct plan *plan = wizard->walk.plan;
	struct fault fault;
	enum fault_code code;

	lend_terminal(wizard, true);
	code = manager_give(wizard->key, plan_name(plan), mode_slug(plan_mode(plan)), &fault);
	lend_terminal(wizard, false);
	outcome_fault(wizard, code, &fault);
}

static void begin(struct wizard *wizard)
{
	struct effect effect = wizard->effect;
	struct fault fault = { .detail = "" };

	stop_all(wizard);
	wizard->ticket = effect.ticket;
	if (wizard->options->demo && demo_begin(wizard, &effect))
		return;
	switch (effect.kind) {
	case EFFECT_NONE:
	case EFFECT_LANGUAGE:   /* done in wizard_event() */
	case EFFECT_SAMPLE:   /* only in a rehearsal */
	case EFFECT_CANCEL:
		wizard->demo_next_ms = 0;
		break;
	case EFFECT_TRY_KEYRING:
		begin_helper(wizard, HELPER_TRY, TRY_LIMIT_MS);
		break;
	case EFFECT_LIST:
		begin_helper(wizard, HELPER_LIST, TRY_LIMIT_MS);
		break;
	case EFFECT_START_KEYRING:
		start_keyring(wizard);
		break;
	case EFFECT_STORE:
		begin_helper(wizard, HELPER_STORE, STORE_LIMIT_MS);
		break;
	case EFFECT_REPLACE:
		begin_helper(wizard, HELPER_REPLACE, STORE_LIMIT_MS);
		break;
	case EFFECT_DELETE:
		begin_helper(wizard, HELPER_DELETE, STORE_LIMIT_MS);
		break;
	case EFFECT_WAIT:
		wizard->wait_until_ms = wizard_now_ms() + WAIT_MS;
		break;
	case EFFECT_KEEP_DEAD:
		outcome_fault(wizard, remember_dead(wizard->walk.plan, &fault), &fault);
		break;
	case EFFECT_REVIEWED:
		outcome_fault(wizard, remember_review(wizard->walk.plan, &fault), &fault);
		break;
	case EFFECT_ASSIGN:
		begin_helper(wizard, HELPER_ASSIGN, STORE_LIMIT_MS);
		break;
	case EFFECT_ASK:
		begin_asking(wizard);
		break;
	case EFFECT_REMEMBER:
		outcome_fault(wizard, remember_key(&wizard->walk, &fault), &fault);   /* losing a record loses no key */
		break;
	case EFFECT_RECEIPT:
		papers_show_receipt(wizard);
		break;
	case EFFECT_SAVE_RECEIPT:
		papers_save_receipt(wizard);
		break;
	case EFFECT_SAVE_PLAN:
		papers_save_plan(wizard);
		break;
	case EFFECT_READ_PLAN:
		papers_read_plan(wizard, effect.address);
		break;
	case EFFECT_OPEN:
		open_address(wizard, effect.address);
		break;
	case EFFECT_CLIPBOARD:
		put_on_clipboard(wizard);
		break;
	case EFFECT_CLEAR_CLIPBOARD:
		begin_fetching(wizard);
		break;
	case EFFECT_MANAGER:
		hand_to_manager(wizard);
		break;
	case EFFECT_QUIT:
		if (!wizard->walk.finished)
			save_now(wizard);
		wizard->over = true;
		wizard->status = effect.status;
		break;
	}
}

/* What it was fetched for. */
static void fetched(struct wizard *wizard)
{
	struct walk *walk = &wizard->walk;

	wizard->fetched_all = true;
	if (!*walk->copy.seen.ends)   /* nothing was remembered of it */
		walk->copy.seen = apikey_read(wizard->fetched);
	if (walk->pending == EFFECT_CLEAR_CLIPBOARD)
		empty_clipboard(wizard);
	else
		begin_helper(wizard, HELPER_ASK, ASK_LIMIT_MS);
}

static void helper_ended(struct wizard *wizard, struct helper_reply *reply)
{
	struct outcome result = { .fault = reply->fault, .detail = reply->detail, .aside = reply->aside };
	struct walk *walk = &wizard->walk;
	struct kept_key *kept;

	helper_free(wizard->helper);
	wizard->helper = NULL;
	if (wizard->fetching && !wizard->fetched_all && reply->fault == FAULT_NONE) {
		helper_reply_done(reply);
		fetched(wizard);
		return;
	}
	secret_wipe(wizard->fetched);
	if (reply->fault == FAULT_NONE && walk->pending == EFFECT_DELETE)
		records_forget(plan_name(walk->plan), plan_mode(walk->plan));
	kept = kept_remembered(reply);
	result.kept = kept;
	result.kept_count = reply->kept_count;
	snprintf(result.store, sizeof result.store, "%s", reply->store);
	wizard_outcome(wizard, &result);
	kept_forget(kept, reply->kept_count);
	helper_reply_done(reply);
}

static void told(struct wizard *wizard, const struct helper_answer *answer)
{
	struct event event = { .kind = EVENT_TOLD,
		.told = { wizard->ticket, answer->question, &answer->answer } };

	wizard_event(wizard, &event);
}

static bool look_after_helper(struct wizard *wizard)
{
	struct helper_answer answer;
	struct helper_reply reply;
	bool changed = false;

	while (wizard->helper)
		switch (helper_read(wizard->helper, &answer, &reply)) {
		case HELPER_NOTHING:
			return changed;
		case HELPER_ANSWERED:
			told(wizard, &answer);
			changed = true;
			break;
		case HELPER_ENDED:
			helper_ended(wizard, &reply);
			return true;
		}
	return changed;
}

static bool look_after_browser(struct wizard *wizard)
{
	struct fault fault = { .detail = "" };
	enum fault_code code;

	if (!wizard->browser || !browser_settled(wizard->browser, &code))
		return false;
	browser_free(wizard->browser);
	wizard->browser = NULL;
	outcome_fault(wizard, code, &fault);
	return true;
}

static bool look_after_wait(struct wizard *wizard)
{
	if (!wizard->wait_until_ms || wizard_now_ms() < wizard->wait_until_ms)
		return false;
	wizard->wait_until_ms = 0;
	outcome_fault(wizard, FAULT_NONE, NULL);
	return true;
}

bool wizard_work(struct wizard *wizard)
{
	bool changed = look_after_helper(wizard) | look_after_browser(wizard) | look_after_wait(wizard) | demo_work(wizard);

	while (wizard->effect.kind != EFFECT_NONE) {
		struct effect begun = wizard->effect;

		begin(wizard);
		/* An outcome that came at once may have asked for the next effect already. */
		if (wizard->effect.ticket == begun.ticket)
			wizard->effect.kind = EFFECT_NONE;
		changed = true;
	}
	wipe_when_done(wizard);
	return changed;
}

static void lower(int *timeout_ms, long long to_ms)
{
	if (to_ms < 0)
		to_ms = 0;
	if (*timeout_ms < 0 || to_ms < *timeout_ms)
		*timeout_ms = (int)to_ms;
}

size_t wizard_poll(const struct wizard *wizard, struct pollfd *descriptors, int *timeout_ms)
{
	size_t count = 0;

	descriptors[count++] = (struct pollfd){ .fd = wizard->signals, .events = POLLIN };
	if (wizard->helper) {
		descriptors[count++] = (struct pollfd){ .fd = helper_fd(wizard->helper), .events = POLLIN };
		if (helper_timeout_ms(wizard->helper) >= 0)
			lower(timeout_ms, helper_timeout_ms(wizard->helper));
	}
	if (demo_timeout_ms(wizard) >= 0)
		lower(timeout_ms, demo_timeout_ms(wizard));
	if (wizard->browser)
		lower(timeout_ms, BROWSER_LOOK_MS);
	if (wizard->wait_until_ms)
		lower(timeout_ms, wizard->wait_until_ms - wizard_now_ms());
	if (wizard->clipboard_until_ms)
		lower(timeout_ms, wizard->clipboard_until_ms - wizard_now_ms());
	return count;
}

bool wizard_busy(const struct wizard *wizard)
{
	return wizard->helper || wizard->demo_next_ms || wizard->wait_until_ms || wizard->effect.kind != EFFECT_NONE;
}

void wizard_end(struct wizard *wizard, int signal)
{
	if (!wizard->walk.finished)
		save_now(wizard);
	wizard->over = true;
	wizard->status = signal ? 128 + signal : EXIT_UNFINISHED;
}

/* ---- start ---- */

static void restore_progress(struct wizard *wizard)
{
	struct fault fault = { .code = FAULT_NONE };
	json_t *progress = progress_load(&fault);

	if (progress && walk_from_json(&wizard->walk, progress, &fault) != FAULT_NONE) {
		/* Written by another version, or by hand: set aside, begin anew. */
		walk_done(&wizard->walk);
		walk_init(&wizard->walk, &guide_create);
	}
	wizard->saved = progress != NULL;
	json_decref(progress);
}

/* A link may lead to the live form: where keys are practised is the person's choice. */
static void take_asked(struct wizard *wizard, struct asked *asked)
{
	if (asked->is_link)
		plan_set_mode(asked->plan, MODE_TEST);
	walk_take_asked(&wizard->walk, plan_copy(asked->plan), asked->odd, asked->odd_count);
}

/* Without anything asked for: where one stopped, or the menu, or the first page. */
static void start_plain(struct wizard *wizard)
{
	restore_progress(wizard);
	if (wizard->walk.overlay == OVERLAY_NONE && records_any())
		wizard->walk.guide = &guide_home;
	wizard->walk.menu_when_kept = true;
}

/* The progress is about this guide and this key, by the name that it had or has now. */
static bool is_about(const struct walk *walk, const struct guide *guide, const struct kept_key *key)
{
	return walk->overlay == OVERLAY_RESUME && walk->guide == guide && plan_mode(walk->plan) == key->mode &&
	       !strncmp(plan_name(walk->plan), key->name, strlen(key->name)) &&
	       (!plan_name(walk->plan)[strlen(key->name)] || !strcmp(plan_name(walk->plan), walk->aside));
}

/* "keyguide replace NAME", "keyguide remove NAME". */
static void start_with_key(struct wizard *wizard, const struct kept_key *key)
{
	const struct guide *guide = wizard->options->command == COMMAND_REPLACE ? &guide_replace : &guide_remove;

	restore_progress(wizard);
	if (is_about(&wizard->walk, guide, key))
		return;
	walk_done(&wizard->walk);
	walk_init(&wizard->walk, guide);
	walk_take_kept(&wizard->walk, key);
}

static void start_walk(struct wizard *wizard, struct asked *asked, const struct kept_key *key)
{
	const struct options *options = wizard->options;

	walk_init(&wizard->walk, &guide_create);
	if (asked->plan)
		take_asked(wizard, asked);
	else if (key)
		start_with_key(wizard, key);
	else if (!options->live && !options->from && !options->demo)
		start_plain(wizard);
	record_date(wizard->walk.today, time(NULL), 0);
	wizard->walk.demo = options->demo;
	wizard->walk.manager = manager_found();
	wizard->walk.vaults = vaults_found();
	wizard->walk.language_count = i18n_languages(wizard->walk.languages, LANGUAGES_MAX);
	if (!options->demo)
		wizard->keyring_folder = own_keyring_folder();
	wizard->walk.keyring_folder = wizard->keyring_folder;
	wizard->walk.windowless = !own_keyring_window();
	if (options->live && !key) {
		wizard->walk.live_only = true;
		plan_set_mode(wizard->walk.plan, MODE_LIVE);
	}
	if (options->from)
		walk_jump(&wizard->walk, walk_find(&wizard->walk, options->from));
	wizard->saved_state = progress_state(&wizard->walk);
	walk_start(&wizard->walk, &wizard->effect);
	walk_page(&wizard->walk, &wizard->page);
	wizard->typing = wizard->page.control.kind == CONTROL_SECRET;
}

static bool wants_lines(const struct options *options)
{
	const char *term = getenv("TERM"), *accessible = getenv("ACCESSIBLE");

	return options->plain || (accessible && *accessible && strcmp(accessible, "0")) || !term || !*term ||
	       !strcmp(term, "dumb") || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || charset_of_terminal();
}

/* Why there is no screen, where somebody at a terminal would expect one. */
static void say_charset(const struct options *options)
{
	const char *charset = charset_of_terminal();

	if (charset && !options->plain && isatty(STDOUT_FILENO))
		/* TRANSLATORS: %s is the name of a character set, such as ISO-8859-1 */
		printf(_("This terminal is set to %s, and keyguide's screen needs UTF-8. So here it speaks in lines.\n"), charset);
}

/* After the screen is gone: what a person should still know. */
static void say_goodbye(const struct wizard *wizard)
{
	const struct walk *walk = &wizard->walk;

	if (walk_would_lose_key(walk) && !walk->demo)
		fprintf(stderr, "keyguide: %s\n",
			_("the key was not kept; expire it in Stripe (⋯, \"Expire key\") and make a new one"));
	else if (!walk->finished && walk->at && !walk->demo && walk->guide->saves)
		puts(_("What you chose is saved. Start keyguide again to go on."));
}

int wizard_run(const struct options *options)
{
	struct wizard wizard = { .options = options, .keyring_life = -1 };
	bool with_key = options->command != COMMAND_WIZARD;
	struct asked asked = { .plan = NULL };
	struct kept_key *key = NULL;

	if (with_key && (wizard.status = kept_find(options, &key)))
		return wizard.status;
	if (!with_key && options->argument_count && !asked_read(&asked, options->arguments[0], &wizard.status))
		return wizard.status;
	secret_harden_process();
	wizard.signals = guard_start();
	wizard.key = secret_new(SECRET_ROOM);
	wizard.fetched = secret_new(SECRET_ROOM);
	page_init(&wizard.page);
	start_walk(&wizard, &asked, key);
	asked_done(&asked);
	kept_forget(key, 1);
	say_charset(options);
	if (wants_lines(options) || !wizard_screen(&wizard))
		wizard_lines(&wizard);
	stop_all(&wizard);
	clear_clipboard(&wizard);
	say_goodbye(&wizard);
	secret_free(wizard.key);
	secret_free(wizard.fetched);
	page_done(&wizard.page);
	walk_done(&wizard.walk);
	own_keyring_end(&wizard.keyring_life);
	free(wizard.keyring_folder);
	close(wizard.signals);
	return wizard.status;
}
