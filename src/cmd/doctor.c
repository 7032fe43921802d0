/* SPDX-License-Identifier: MIT */
/* Looks at everything that the wizard depends on, with the parts that the wizard uses. No key is needed, and none is touched. */
#include "cmd/doctor.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/charset.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/kept.h"
#include "cmd/say.h"
#include "core/vaults.h"
#include "sys/browser.h"
#include "sys/clipboard.h"
#include "ui/term.h"

enum { REACH_LIMIT_MS = 15000, ITEMS_MAX = 10 };

enum state {
	STATE_FINE,
	STATE_NOTE,        /* it works, but one thing has to be done by hand */
	STATE_PROBLEM,
	STATE_COUNT
};

struct item {
	const char *slug;          /* for the JSON */
	const char *label;         /* translated */
	enum state state;
	char *what;                /* what was found; owned */
	char *todo;                /* or NULL; owned */
};

struct visit {
	const struct options *options;
	struct item items[ITEMS_MAX];
	size_t count;
	bool keyring_works;
	bool held_told, seccomp;   /* how the helper is held, of the first that lived to say so */
	int landlock;
};

static void add_both_take(struct visit *visit, const char *slug, const char *label, enum state state, char *what_take,
			  char *todo_take)
{
	visit->items[visit->count++] = (struct item){ slug, label, state, what_take, todo_take };
}

static void add_take(struct visit *visit, const char *slug, const char *label, enum state state, char *what_take,
		     const char *todo)
{
	add_both_take(visit, slug, label, state, what_take, todo ? mem_strdup(todo) : NULL);
}

static void add(struct visit *visit, const char *slug, const char *label, enum state state, const char *what,
		const char *todo)
{
	add_take(visit, slug, label, state, mem_strdup(what), todo);
}

/* ---- what there is to look at ---- */

/* Carries out a request without a key. */
static void ask_helper(struct helper_request *request, struct helper_reply *reply)
{
	struct fault fault = { .code = FAULT_NONE };
	struct helper *helper = helper_start(request, NULL, &fault);

	*reply = (struct helper_reply){ .fault = fault.code };
	if (!helper)
		return;
	helper_wait(helper, reply);
	helper_free(helper);
}

/* Told along with whatever a helper was asked. */
static void remember_confinement(struct visit *visit, const struct helper_reply *reply)
{
	if (visit->held_told || !reply->held_told)
		return;
	visit->held_told = true;
	visit->seccomp = reply->seccomp;
	visit->landlock = reply->landlock;
}

/* Where no helper told, nothing is known, and nothing is said. */
static void look_at_confinement(struct visit *visit)
{
	const char *label = _("Confinement");

	if (!visit->held_told)
		return;
	if (visit->seccomp && visit->landlock)
		add_take(visit, "confinement", label, STATE_FINE,
			 /* TRANSLATORS: seccomp and Landlock are names of the kernel's means; %d is a version */
			 mem_printf(_("the helper is held by seccomp and Landlock (%d)"), visit->landlock), NULL);
	else if (visit->seccomp || visit->landlock)
		add_take(visit, "confinement", label, STATE_NOTE, mem_printf(_("the helper is held by %s alone"),
			 visit->seccomp ? "seccomp" : "Landlock"), _("A newer kernel, or keyguide with libseccomp, holds it tighter."));
	else
		add(visit, "confinement", label, STATE_NOTE, _("this computer has no means to hold the helper"),
		    _("keyguide works all the same. A newer kernel, or keyguide with libseccomp, holds the helper."));
}

static void look_at_keyring(struct visit *visit)
{
	struct helper_request request = kept_request(HELPER_TRY, visit->options, NULL);
	struct helper_reply reply;

	ask_helper(&request, &reply);
	visit->keyring_works = reply.fault == FAULT_NONE;
	if (visit->keyring_works)
		add(visit, "keyring", _("Keyring"), STATE_FINE, reply.store, NULL);
	else
		add_both_take(visit, "keyring", _("Keyring"), STATE_PROBLEM, mem_strdup(fault_what(reply.fault)),
			      kept_advice(visit->options, reply.fault));
	remember_confinement(visit, &reply);
	helper_reply_done(&reply);
}

static void look_at_network(struct visit *visit)
{
	struct helper_request request = { .verb = HELPER_REACH, .api_base = visit->options->api_base,
		.ca_file = visit->options->ca_file, .limit_ms = REACH_LIMIT_MS };
	struct helper_reply reply;

	ask_helper(&request, &reply);
	if (reply.fault == FAULT_NONE)
		add(visit, "network", _("Network"), STATE_FINE, _("Stripe can be reached"), NULL);
	else
		add(visit, "network", _("Network"), STATE_PROBLEM, fault_what(reply.fault), fault_command_advice(reply.fault));
	remember_confinement(visit, &reply);
	helper_reply_done(&reply);
}

static void look_at_memory(struct visit *visit)
{
	struct secret *page = secret_new(SECRET_ROOM);

	if (secret_is_locked(page))
		add(visit, "memory", _("Memory"), STATE_FINE, _("a key is kept out of swap and core dumps"), NULL);
	else
		add(visit, "memory", _("Memory"), STATE_NOTE, _("a key cannot be kept out of swap"),
		    _("Raise the limit \"memlock\" (ulimit -l) to 1024, or use encrypted swap."));
	secret_free(page);
}

static void look_at_browser(struct visit *visit)
{
	char *program = browser_found();

	if (program)
		/* TRANSLATORS: %s is the name of a program */
		add_take(visit, "browser", _("Browser"), STATE_FINE, mem_printf(_("opened by %s"), program), NULL);
	else
		add(visit, "browser", _("Browser"), STATE_NOTE, _("none can be opened from here"), fault_command_advice(FAULT_BROWSER));
	free(program);
}

static void look_at_language(struct visit *visit)
{
	/* TRANSLATORS: the name of your language in your language */
	const char *name = C_("language", "English");

	if (!charset_of_terminal())
		add_take(visit, "language", _("Language"), STATE_FINE, mem_printf("%s, UTF-8", name), NULL);
	else
		add(visit, "language", _("Language"), STATE_NOTE, name,
		    _("If letters look odd, set LANG to a locale with UTF-8, such as C.UTF-8."));
}

static void look_at_colours(struct visit *visit)
{
	int colours = term_colours();

	if (colours < 0)
		add(visit, "terminal", _("Terminal"), STATE_NOTE, _("no screen can be shown on this terminal (TERM)"),
		    _("keyguide shows numbered lines instead of screens."));
	else if (!colours)
		add(visit, "terminal", _("Terminal"), STATE_FINE, _("without colours; nothing depends on them"), NULL);
	else
		add_take(visit, "terminal", _("Terminal"), STATE_FINE,
			 mem_printf(ngettext("%d colour", "%d colours", (unsigned long)colours), colours), NULL);
}

static void look_at_clipboard(struct visit *visit)
{
	const char *program = clipboard_found();

	if (program)
		add_take(visit, "clipboard", _("Clipboard"), STATE_FINE, mem_printf(_("reached by %s"), program), NULL);
	else
		add(visit, "clipboard", _("Clipboard"), STATE_NOTE, _("no program here can reach it"),
		    _("On a desktop install \"wl-clipboard\", \"xclip\" or \"xsel\", so that keyguide can clear it for you."));
}

static void look_at_vaults(struct visit *visit)
{
	unsigned found = vaults_found();
	char *names = mem_strdup("");

	for (size_t i = 0; i < vault_count(); i++)
		if (found & 1u << i) {
			char *longer = mem_printf("%s%s%s", names, *names ? ", " : "", vault_at(i)->title);

			free(names);
			names = longer;
		}
	if (*names)
		add(visit, "vaults", _("Vaults"), STATE_FINE, names, NULL);
	else
		add(visit, "vaults", _("Vaults"), STATE_FINE, _("none installed; only a team needs one"), NULL);
	free(names);
}

/* ---- said ---- */

static const char *state_word(enum state state)
{
	switch (state) {
	case STATE_FINE:
		return C_("doctor", "fine");
	case STATE_NOTE:
		return C_("doctor", "note");
	default:
		return C_("doctor", "problem");
	}
}

/* TEXT and blanks up to CELLS. */
static void print_padded(const char *text, int cells)
{
	printf("%s%*s", text, cells - text_cells(text) > 0 ? cells - text_cells(text) : 0, "");
}

static void print_lines(const struct visit *visit)
{
	int label_cells = 0, word_cells = 0;

	for (size_t i = 0; i < visit->count; i++)
		if (text_cells(visit->items[i].label) > label_cells)
			label_cells = text_cells(visit->items[i].label);
	for (enum state state = STATE_FINE; state < STATE_COUNT; state++)
		if (text_cells(state_word(state)) > word_cells)
			word_cells = text_cells(state_word(state));
	for (size_t i = 0; i < visit->count; i++) {
		const struct item *item = &visit->items[i];

		print_padded(item->label, label_cells + 2);
		print_padded(state_word(item->state), word_cells + 2);
		/* A fault is a sentence already. */
		printf(!item->todo ? "%s" : item->state == STATE_PROBLEM ? _("%s %s") : _("%s. %s"), item->what, item->todo);
		putchar('\n');
	}
}

static void print_json(const struct visit *visit)
{
	static const char *const states[] = { "fine", "note", "problem" };
	json_t *json = json_object();

	for (size_t i = 0; i < visit->count; i++) {
		const struct item *item = &visit->items[i];

		json_object_set_new(json, item->slug, json_pack("{s:s, s:s, s:s?}", "state", states[item->state], "what",
								item->what, "todo", item->todo));
	}
	say_json_take(json);
}

static int status_of(const struct visit *visit)
{
	if (!visit->keyring_works)
		return EXIT_NO_KEYRING;
	for (size_t i = 0; i < visit->count; i++)
		if (visit->items[i].state == STATE_PROBLEM)
			return EXIT_NO;
	return EXIT_DONE;
}

int doctor_run(const struct options *options)
{
	struct visit visit = { .options = options };

	look_at_keyring(&visit);
	look_at_network(&visit);
	look_at_confinement(&visit);
	look_at_browser(&visit);
	look_at_clipboard(&visit);
	look_at_vaults(&visit);
	look_at_language(&visit);
	look_at_colours(&visit);
	look_at_memory(&visit);
	if (options->json)
		print_json(&visit);
	else
		print_lines(&visit);
	for (size_t i = 0; i < visit.count; i++) {
		free(visit.items[i].what);
		free(visit.items[i].todo);
	}
	return status_of(&visit);
}
