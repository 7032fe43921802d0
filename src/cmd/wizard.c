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

#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/asked.h"
#include "cmd/demo.h"
#include "cmd/guard.h"
#include "cmd/papers.h"
#include "sys/clipboard.h"
#include "sys/own_keyring.h"
#include "sys/progress.h"
#include "sys/records.h"

enum {
	TRY_LIMIT_MS = 3000,         /* the keyring tried (product: within 3 s) */
	STORE_LIMIT_MS = 5000,       /* measured: 25 ms; a stalled service never answers */
	ASK_LIMIT_MS = 60000,        /* the helper ends by itself before that */
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
	       (walk->sandbox_done ? 10000 : 0);
}

static void save_now(struct wizard *wizard)
{
	json_t *progress;
	struct fault fault;

	wizard->saved_state = progress_state(&wizard->walk);
	/* A rehearsal leaves nothing behind, and a plan for somebody else is no walk to go on with. */
	if (wizard->options->demo || wizard->walk.guide != &guide_create)
		return;
	progress = walk_to_json(&wizard->walk);
	/* Progress that cannot be saved costs a few clicks next time; it must not stop anybody now. */
	if (progress_save(progress, &fault) != FAULT_NONE)
		wizard->saved_state = -1;
	json_decref(progress);
}

static void save_when_changed(struct wizard *wizard)
{
	if (wizard->walk.finished && !wizard->options->demo && wizard->walk.guide == &guide_create)
		progress_forget();
	else if (wizard->walk.overlay != OVERLAY_RESUME && wizard->saved_state != progress_state(&wizard->walk))
		save_now(wizard);
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
	if (effect.kind != EFFECT_NONE)
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
}

static void begin_helper(struct wizard *wizard, enum helper_verb verb, int limit_ms)
{
	const struct walk *walk = &wizard->walk;
	bool needs_key = verb == HELPER_STORE || verb == HELPER_FETCH || verb == HELPER_ASK;
	struct helper_request request = {
		.verb = verb, .unlock = wizard->effect.unlock,
		.name = plan_name(walk->plan), .mode = plan_mode(walk->plan),
		.account = verb == HELPER_ASSIGN ? check_account(walk->check) : "",
		.check = verb == HELPER_ASK ? walk->check : NULL,
		.api_base = wizard->options->api_base, .ca_file = wizard->options->ca_file,
		/* Where the keyring shows a window the person decides how long it takes. */
		.limit_ms = wizard->effect.unlock ? 0 : limit_ms,
	};
	struct fault fault;

	wizard->helper = helper_start(&request, needs_key ? wizard->key : NULL, &fault);
	if (!wizard->helper)
		outcome_fault(wizard, fault.code, &fault);
}

/* The key is gone from here as soon as it was kept and asked after: a later check gets it from the keyring. */
static void begin_asking(struct wizard *wizard)
{
	wizard->fetching = !secret_length(wizard->key);
	if (wizard->fetching)
		begin_helper(wizard, HELPER_FETCH, STORE_LIMIT_MS);
	else
		begin_helper(wizard, HELPER_ASK, ASK_LIMIT_MS);
}

/* A record that is written again keeps the time at which the key was made. */
static void keep_created(struct record *record)
{
	struct record before;

	if (records_load(plan_name(record->plan), plan_mode(record->plan), &before, NULL) == FAULT_NONE &&
	    !strcmp(before.ends, record->ends))
		memcpy(record->created, before.created, sizeof record->created);
	record_done(&before);
}

static void remember(struct wizard *wizard)
{
	struct record record;
	struct fault fault;
	enum fault_code code;
	long long now = time(NULL);

	walk_record(&wizard->walk, &record);
	record_time(record.created, now);
	keep_created(&record);
	if (wizard->walk.check)
		record_time(record.checked, now);
	record_date(record.review, now, plan_review_days(record.plan));
	code = records_save(&record, &fault);
	record_done(&record);
	outcome_fault(wizard, code, &fault);   /* losing a record loses no key: the walk goes on */
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

	stop_all(wizard);
	wizard->ticket = effect.ticket;
	if (wizard->options->demo && demo_begin(wizard, &effect))
		return;
	switch (effect.kind) {
	case EFFECT_NONE:
	case EFFECT_SAMPLE:   /* only in a rehearsal */
	case EFFECT_CANCEL:
		wizard->demo_next_ms = 0;
		break;
	case EFFECT_TRY_KEYRING:
		begin_helper(wizard, HELPER_TRY, TRY_LIMIT_MS);
		break;
	case EFFECT_START_KEYRING:
		start_keyring(wizard);
		break;
	case EFFECT_STORE:
		begin_helper(wizard, HELPER_STORE, STORE_LIMIT_MS);
		break;
	case EFFECT_ASSIGN:
		begin_helper(wizard, HELPER_ASSIGN, STORE_LIMIT_MS);
		break;
	case EFFECT_ASK:
		begin_asking(wizard);
		break;
	case EFFECT_REMEMBER:
		remember(wizard);
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

static void helper_ended(struct wizard *wizard, struct helper_reply *reply)
{
	struct outcome result = { .fault = reply->fault, .detail = reply->detail };
	struct kept_key *kept;

	helper_free(wizard->helper);
	wizard->helper = NULL;
	if (wizard->fetching && reply->fault == FAULT_NONE) {
		helper_reply_done(reply);
		begin_asking(wizard);
		return;
	}
	kept = mem_new(reply->kept_count + 1, sizeof *kept);
	for (size_t i = 0; i < reply->kept_count; i++)
		kept[i] = (struct kept_key){ reply->kept[i].name, reply->kept[i].mode };
	result.kept = kept;
	result.kept_count = reply->kept_count;
	snprintf(result.store, sizeof result.store, "%s", reply->store);
	wizard_outcome(wizard, &result);
	free(kept);
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

bool wizard_work(struct wizard *wizard)
{
	bool changed = look_after_helper(wizard) | look_after_browser(wizard) | demo_work(wizard);

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
	if (wizard->clipboard_until_ms)
		lower(timeout_ms, wizard->clipboard_until_ms - wizard_now_ms());
	return count;
}

bool wizard_busy(const struct wizard *wizard)
{
	return wizard->helper || wizard->demo_next_ms || wizard->effect.kind != EFFECT_NONE;
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
	json_decref(progress);
}

/* A link may lead to the live form: where keys are practised is the person's choice. */
static void take_asked(struct wizard *wizard, struct asked *asked)
{
	if (asked->is_link)
		plan_set_mode(asked->plan, MODE_TEST);
	walk_take_asked(&wizard->walk, plan_copy(asked->plan), asked->odd, asked->odd_count);
}

static void start_walk(struct wizard *wizard, struct asked *asked)
{
	const struct options *options = wizard->options;

	walk_init(&wizard->walk, &guide_create);
	if (asked->plan)
		take_asked(wizard, asked);
	else if (!options->live && !options->from && !options->demo)
		restore_progress(wizard);
	wizard->walk.demo = options->demo;
	wizard->walk.manager = manager_found();
	if (!options->demo)
		wizard->keyring_folder = own_keyring_folder();
	wizard->walk.keyring_folder = wizard->keyring_folder;
	wizard->walk.windowless = !own_keyring_window();
	if (options->live) {
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
	       !strcmp(term, "dumb") || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
}

/* After the screen is gone: what a person should still know. */
static void say_goodbye(const struct wizard *wizard)
{
	const struct walk *walk = &wizard->walk;

	if (walk_would_lose_key(walk) && !walk->demo)
		fprintf(stderr, "keyguide: %s\n",
			_("the key was not kept; expire it in Stripe (⋯, \"Expire key\") and make a new one"));
	else if (!walk->finished && walk->at && !walk->demo && walk->guide == &guide_create)
		puts(_("What you chose is saved. Start keyguide again to go on."));
}

int wizard_run(const struct options *options)
{
	struct wizard wizard = { .options = options, .keyring_life = -1 };
	struct asked asked = { .plan = NULL };

	if (options->argument_count && !asked_read(&asked, options->arguments[0], &wizard.status))
		return wizard.status;
	secret_harden_process();
	wizard.signals = guard_start();
	wizard.key = secret_new(SECRET_ROOM);
	page_init(&wizard.page);
	start_walk(&wizard, &asked);
	asked_done(&asked);
	if (wants_lines(options) || !wizard_screen(&wizard))
		wizard_lines(&wizard);
	stop_all(&wizard);
	clear_clipboard(&wizard);
	say_goodbye(&wizard);
	secret_free(wizard.key);
	page_done(&wizard.page);
	walk_done(&wizard.walk);
	own_keyring_end(&wizard.keyring_life);
	free(wizard.keyring_folder);
	close(wizard.signals);
	return wizard.status;
}
