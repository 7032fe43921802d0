/* SPDX-License-Identifier: MIT */
/*
 * The wizard without its looks: hands events to the walk, keeps the key in its
 * locked page as long as it is needed, saves progress, starts and ends it all.
 * What the walk asks for is carried out in wizard_effects.c.
 */
#include "cmd/wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/asked.h"
#include "cmd/demo.h"
#include "cmd/guard.h"
#include "cmd/kept.h"
#include "cmd/say.h"
#include "sys/clipboard.h"
#include "sys/own_keyring.h"
#include "sys/progress.h"
#include "sys/records.h"

/* ---- progress ---- */

/* Changes whenever there is something worth saving: another step, another state of the key, another name that it is stored by. */
static unsigned progress_state(const struct walk *walk)
{
	const unsigned parts[] = {
		(unsigned)walk->at, walk->copy.key, walk->permissions.view, walk->sandbox_done, (unsigned)walk->overlap_hours,
		walk->copy.key == KEY_STORING ? walk->ticket : 0,
	};
	unsigned state = 0;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		state = state * 1009 + parts[i];
	return state;
}

static void forget_progress(struct wizard *wizard)
{
	if (wizard->saved)
		progress_forget(wizard->file);
	wizard->saved = false;
}

static void save_now(struct wizard *wizard)
{
	json_t *progress;
	struct fault fault;

	wizard->saved_state = progress_state(&wizard->walk);
	wizard->walk.is_unsaved = !wizard->file;   /* there is no folder to save it in */
	/* A rehearsal leaves nothing behind, and a plan for somebody else is no walk to go on with. */
	if (wizard->options->demo || !wizard->file)
		return;
	if (!wizard->walk.at) {   /* nor is a first page: that is where everybody begins */
		forget_progress(wizard);
		return;
	}
	progress = walk_to_json(&wizard->walk);
	/* Progress that cannot be saved costs a few clicks next time; it must not stop anybody now. */
	wizard->saved = progress_save(wizard->file, progress, &fault) == FAULT_NONE;
	wizard->walk.is_unsaved = !wizard->saved;
	if (!wizard->saved)
		wizard->saved_state = ~wizard->saved_state;
	json_decref(progress);
}

static void save_when_changed(struct wizard *wizard)
{
	if (wizard->walk.finished)   /* no longer to be gone on with */
		forget_progress(wizard);
	else if (wizard->walk.overlay != OVERLAY_RESUME && wizard->saved_state != progress_state(&wizard->walk))
		save_now(wizard);
}

/* The guide's own file; where it is about a kept key that key's, by the name that it has now. */
static char *file_of(const struct walk *walk)
{
	if (!walk->guide->saves)
		return NULL;
	return progress_file(walk->guide->slug, walk->guide == &guide_create ? NULL : plan_name(walk->plan), plan_mode(walk->plan));
}

static void take_file(struct wizard *wizard, char *file_take)
{
	free(wizard->file);
	wizard->file = file_take;
	wizard->file_guide = wizard->walk.guide;
}

/* True when FILE holds something to go on with, and the walk offers that now. */
static bool restore(struct wizard *wizard, const char *file)
{
	struct fault fault = { .code = FAULT_NONE };
	json_t *progress = progress_load(file, &fault);

	if (progress && walk_from_json(&wizard->walk, progress, &fault) != FAULT_NONE)
		progress_set_aside(file);   /* written by another version, or by hand */
	json_decref(progress);
	return wizard->walk.overlay == OVERLAY_RESUME;
}

/* Another guide has begun. What it had been left with last time is offered first; the one before is at its end. */
static void change_guide(struct wizard *wizard, struct effect *effect)
{
	struct effect first;

	if (wizard->walk.guide == wizard->file_guide)
		return;
	forget_progress(wizard);
	take_file(wizard, file_of(&wizard->walk));
	wizard->saved_state = progress_state(&wizard->walk);
	if (wizard->options->demo || !wizard->file || !restore(wizard, wizard->file))
		return;
	wizard->saved = true;
	walk_start(&wizard->walk, &first);
	if (first.kind != EFFECT_NONE)
		*effect = first;
}

/* ---- the key ---- */

static void clear_clipboard(struct wizard *wizard)
{
	if (!wizard->clipboard_until_ms)
		return;
	clipboard_clear(wizard->key);
	wizard->clipboard_until_ms = 0;
}

/* A key that is wiped can no longer be compared with what is on the clipboard: so that comes first. */
static void wipe_key(struct wizard *wizard)
{
	clear_clipboard(wizard);
	secret_wipe(wizard->key);
}

bool wizard_end_lending(struct wizard *wizard)
{
	struct event event = { .kind = EVENT_MINUTE_OVER };

	if (!wizard->clipboard_until_ms || clock_ms() < wizard->clipboard_until_ms)
		return false;
	clear_clipboard(wizard);
	wizard_event(wizard, &event);
	return true;
}

void wizard_wipe_when_done(struct wizard *wizard)
{
	if (!walk_needs_key(&wizard->walk) && !wizard->clipboard_until_ms && !wizard->typing)
		secret_wipe(wizard->key);
}

/* ---- events ---- */

/* The guides have no clock. */
static void tell_time(struct walk *walk)
{
	long long now = time(NULL);

	record_date(walk->today, now, 0);
	record_time(walk->now, now);
}

void wizard_event(struct wizard *wizard, const struct event *event)
{
	bool was_typing = wizard->typing;
	struct effect effect;

	tell_time(&wizard->walk);
	walk_handle(&wizard->walk, event, &effect);
	change_guide(wizard, &effect);
	if (effect.kind == EFFECT_LANGUAGE)
		i18n_start(effect.address);   /* at once: it is about the words of the next page */
	else if (effect.kind != EFFECT_NONE)
		wizard->effect = effect;
	walk_page(&wizard->walk, &wizard->page);
	save_when_changed(wizard);
	wizard->typing = wizard->page.control.kind == CONTROL_SECRET;
	/* A field that has just come up is empty, whatever was held before. */
	if (wizard->typing && !was_typing)
		wipe_key(wizard);
	wizard_wipe_when_done(wizard);
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
		wipe_key(wizard);
}

/* Where there is no record nothing was lost. */
static void note_unsaved(struct wizard *wizard, const struct outcome *result)
{
	if (result->fault != FAULT_NOT_FOUND)
		fault_set(&wizard->unsaved, result->fault, 0, "%s", result->detail ? result->detail : "");
}

void wizard_outcome(struct wizard *wizard, struct outcome *result)
{
	struct event event = { .kind = EVENT_OUTCOME, .outcome = result };
	enum effect_kind ended = wizard->walk.pending;

	if (ended == EFFECT_REMEMBER || ended == EFFECT_REVIEWED || ended == EFFECT_KEEP_DEAD)
		note_unsaved(wizard, result);
	result->ticket = wizard->ticket;
	wizard_event(wizard, &event);
}

void wizard_end(struct wizard *wizard, int signal)
{
	if (!wizard->walk.finished)
		save_now(wizard);
	wizard->over = true;
	wizard->status = signal ? 128 + signal : EXIT_UNFINISHED;
}

/* ---- start ---- */

/* Without anything asked for: where one stopped last, or the menu, or the first page. */
static void start_plain(struct wizard *wizard)
{
	char *file = progress_latest();

	wizard->saved = file && restore(wizard, file);
	if (wizard->saved)
		take_file(wizard, file);
	else
		free(file);
	if (!wizard->saved && records_any())
		wizard->walk.guide = &guide_home;
	wizard->walk.menu_when_kept = true;
}

/* The progress is about this guide and this key, by the name that it had or has now. */
static bool is_about(const struct walk *walk, const struct guide *guide, const struct kept_key *key)
{
	return walk->guide == guide && plan_mode(walk->plan) == key->mode &&
	       !strncmp(plan_name(walk->plan), key->name, strlen(key->name)) &&
	       (!plan_name(walk->plan)[strlen(key->name)] || !strcmp(plan_name(walk->plan), walk->aside));
}

/* Goes on with what was restored from FILE where that IS_MEANT; else GUIDE is at its beginning again. */
static bool goes_on(struct wizard *wizard, char *file_take, bool is_meant, const struct guide *guide)
{
	if (is_meant) {
		take_file(wizard, file_take);
		return true;
	}
	free(file_take);
	walk_done(&wizard->walk);
	walk_init(&wizard->walk, guide);
	return false;
}

static bool goes_on_with_key(struct wizard *wizard, char *file_take, const struct guide *guide, const struct kept_key *key)
{
	bool is_meant = restore(wizard, file_take) && is_about(&wizard->walk, guide, key);

	return goes_on(wizard, file_take, is_meant, guide);
}

/* "keyguide replace NAME", "keyguide remove NAME". Earlier versions had one file for whatever was unfinished. */
static void start_with_key(struct wizard *wizard, const struct kept_key *key)
{
	const struct guide *guide = wizard->options->command == COMMAND_REPLACE ? &guide_replace : &guide_remove;

	wizard->saved = goes_on_with_key(wizard, progress_file(guide->slug, key->name, key->mode), guide, key) ||
			goes_on_with_key(wizard, progress_file(guide->slug, NULL, key->mode), guide, key);
	if (!wizard->saved)
		walk_take_kept(&wizard->walk, key);
}

/* The key that is being made is the one that is asked for now. That it is a live one may have been chosen on the way. */
static bool is_asked_again(const struct walk *walk, const struct plan *asked, bool live)
{
	return walk->guide == &guide_create && (walk->live_only || !live) &&
	       (asked ? walk->asked && plan_equal(walk->asked, asked) : !walk->asked);
}

/* It may be alive in Stripe, and nobody has it: that is said before anything else is made. */
static bool is_half_made(const struct walk *walk)
{
	return walk->guide == &guide_create && (walk->last_key == LAST_MADE || walk->last_key == LAST_STORING);
}

/*
 * With a plan, a link, --live: the same line as before an interruption goes on, any other begins, unless a key is half made.
 * --from and --demo always begin. A link may lead to the live form: where keys are practised is the person's choice.
 */
static void start_asked(struct wizard *wizard, struct asked *asked)
{
	const struct options *options = wizard->options;
	char *file = progress_file(guide_create.slug, NULL, MODE_TEST);
	struct walk *walk = &wizard->walk;
	bool live, is_meant;

	if (asked->is_link)
		plan_set_mode(asked->plan, MODE_TEST);
	live = options->live || (asked->plan && plan_mode(asked->plan) == MODE_LIVE);
	is_meant = !options->from && !options->demo && restore(wizard, file) &&
		   (is_half_made(walk) || is_asked_again(walk, asked->plan, live));
	wizard->saved = goes_on(wizard, file, is_meant, &guide_create);
	if (wizard->saved) {
		walk->begin_with = asked->plan ? plan_copy(asked->plan) : NULL;
		walk->begin_live = live;
		return;
	}
	if (asked->plan)
		walk_take_asked(walk, plan_copy(asked->plan), asked->odd, asked->odd_count);
	if (live)
		walk_take_live(walk);
}

static void start_walk(struct wizard *wizard, struct asked *asked, const struct kept_key *key)
{
	const struct options *options = wizard->options;

	walk_init(&wizard->walk, &guide_create);
	if (key)
		start_with_key(wizard, key);
	else if (asked->plan || options->live || options->from || options->demo)
		start_asked(wizard, asked);
	else
		start_plain(wizard);
	tell_time(&wizard->walk);
	wizard->walk.demo = options->demo;
	wizard->walk.manager = manager_found();
	wizard->walk.vaults = vaults_found();
	wizard->walk.language_count = i18n_languages(wizard->walk.languages, LANGUAGES_MAX);
	if (!options->demo)
		wizard->keyring_folder = own_keyring_folder();
	wizard->walk.keyring_folder = wizard->keyring_folder;
	wizard->walk.windowless = !own_keyring_window();
	if (options->from)
		walk_jump(&wizard->walk, walk_find(&wizard->walk, options->from));
	if (!wizard->saved)
		take_file(wizard, file_of(&wizard->walk));
	wizard->saved_state = progress_state(&wizard->walk);
	walk_start(&wizard->walk, &wizard->effect);
	walk_page(&wizard->walk, &wizard->page);
	wizard->typing = wizard->page.control.kind == CONTROL_SECRET;
}

static bool wants_lines(const struct options *options)
{
	const char *accessible = getenv("ACCESSIBLE");

	return options->plain || (accessible && *accessible && strcmp(accessible, "0")) || !isatty(STDIN_FILENO) ||
	       !isatty(STDOUT_FILENO) || charset_of_terminal();
}

/* Why there is no screen, where somebody at a terminal would expect one. */
static void say_charset(const struct options *options)
{
	const char *charset = charset_of_terminal();

	if (charset && !options->plain && isatty(STDOUT_FILENO))
		/* TRANSLATORS: %s is the name of a character set, such as ISO-8859-1 */
		printf(_("This terminal is set to %s, and keyguide's screen needs UTF-8. So here it speaks in lines.\n"), charset);
}

/* Losing a record loses no key, so the walk went on; but somebody counts on being reminded. */
static void say_unsaved(const struct fault *fault)
{
	/* TRANSLATORS: %s is the name of a file, and what is wrong with it */
	char *what = mem_printf(_("what is known of this key could not be saved, so nothing will remind you of it (%s)"),
				fault->detail);

	fail(EXIT_DONE, what, _("the key itself is safe in your keyring; write the day to look at it again into your calendar"));
	free(what);
}

static bool is_in_the_middle(const struct walk *walk)
{
	return !walk->finished && walk->at && !walk->demo && walk->guide->saves;
}

/* After the screen is gone: what a person should still know. */
static void say_goodbye(const struct wizard *wizard)
{
	const struct walk *walk = &wizard->walk;

	if (walk_would_lose_key(walk) && !walk->demo)
		fprintf(stderr, "keyguide: %s\n",
			_("the key was not kept; expire it in Stripe (⋯, \"Expire key\") and make a new one"));
	else if (is_in_the_middle(walk) && walk->is_unsaved)
		fail_with(EXIT_UNFINISHED, &(struct fault){ .code = FAULT_FILE_WRITE });
	else if (is_in_the_middle(walk))
		puts(_("What you chose is saved. Start keyguide again to go on."));
	if (wizard->unsaved.code != FAULT_NONE)
		say_unsaved(&wizard->unsaved);
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
	wizard_stop(&wizard);
	clear_clipboard(&wizard);
	say_goodbye(&wizard);
	secret_free(wizard.key);
	secret_free(wizard.fetched);
	page_done(&wizard.page);
	walk_done(&wizard.walk);
	own_keyring_end(&wizard.keyring_life);
	free(wizard.keyring_folder);
	free(wizard.file);
	close(wizard.signals);
	return wizard.status;
}
