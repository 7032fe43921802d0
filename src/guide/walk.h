/* SPDX-License-Identifier: MIT */
/*
 * A person's walk through a guide: where they are, what they chose, what is
 * under way. Takes events, changes its own state, may ask for one effect.
 * Pure: no input or output, no clock, and never a key.
 */
#ifndef GUIDE_WALK_H
#define GUIDE_WALK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/i18n.h"
#include "core/apikey.h"
#include "core/check.h"
#include "core/link.h"
#include "core/plan.h"
#include "core/record.h"
#include "guide/effect.h"
#include "guide/event.h"
#include "guide/page.h"
#include "guide/step.h"

/* What lies over the step, until it is answered. */
enum overlay {
	OVERLAY_NONE,
	OVERLAY_RESUME,      /* go on where you stopped? */
	OVERLAY_HELP,        /* "My screen looks different" */
	OVERLAY_LANGUAGE,    /* the list of languages */
	OVERLAY_QUESTIONS,   /* the list of questions */
	OVERLAY_ANSWER,
	OVERLAY_ASKED,       /* all of what somebody asked for */
	OVERLAY_SENT,        /* the field for a link or a plan file */
	OVERLAY_RECEIPT,     /* what was granted, to be read or saved */
	OVERLAY_LEAVE,
	OVERLAY_ABANDON      /* the second answer: leave without the key */
};

enum { LANGUAGES_MAX = 16 };

/* What the menu was asked for, where a key has to be chosen first. */
enum wish { WISH_LOOK, WISH_CHECK, WISH_REPLACE, WISH_REMOVE };

/* A key that was replaced or taken back: does Stripe still take it? Only when not, it may be deleted. */
enum gone_state {
	GONE_LATER,              /* it lives on for as long as was chosen: nobody has asked */
	GONE_MISSING,            /* the keyring had no old key when the new one came: nobody can ask */
	GONE_ASKING,
	GONE_ALIVE,              /* it still works; asked again in a moment, some times */
	GONE_UNKNOWN,            /* no answer that says so */
	GONE_DEAD,
	GONE_DELETING,
	GONE_DELETED,
	GONE_KEPT                /* dead, but the person keeps it */
};

struct gone {
	enum gone_state state;
	int tries;
	struct fault fault;      /* UNKNOWN: why; DEAD: why it could not be deleted, or none */
};

enum keyring_state { KEYRING_UNTRIED, KEYRING_TRYING, KEYRING_WORKS, KEYRING_FAILED };

enum open_state { OPEN_NOT, OPEN_ASKING, OPEN_ASKED, OPEN_FAILED };

enum permissions_view {
	PERMISSIONS_CHOOSE,   /* the grid */
	PERMISSIONS_WRITE,    /* "Write lets the holder …" */
	PERMISSIONS_PRESETS,  /* the list */
	PERMISSIONS_PRESET,   /* one, shown before it applies */
	PERMISSIONS_COPY      /* the rows to set in Stripe */
};

struct permissions_state {
	enum permissions_view view;
	char *filter;
	size_t write_cell;       /* what the Write question is about */
	bool connect;            /* the person asked for the column for connected accounts: its rows are shown */
	size_t preset;
	bool *write_open;        /* per cell of the plan: somebody asked for Write, and it is not answered yet */
	bool answering;          /* "Next" was pressed: those are asked about, one by one */
	bool nothing_chosen;     /* Next was pressed with every row at None */
	bool preset_applied;     /* the rows do not start at None */
	bool key_in_filter;      /* a key was pasted where a row is looked for */
	bool *ticked;            /* per cell of the plan: set in Stripe */
};

/* The key, as far as a guide may know it. */
enum key_state {
	KEY_AWAITED,
	KEY_REFUSED,             /* what was pasted is not it */
	KEY_OTHER_MODE,          /* a restricted key, but of the other mode: kept for the answer */
	KEY_STORING,
	KEY_UNSAVED,             /* storing failed: held in locked memory */
	KEY_HANDING,             /* to the clipboard or a password manager */
	KEY_SAVED,               /* in the keyring, read back */
	KEY_HANDED               /* not in the keyring, but the person took it elsewhere */
};

/* How far the key of the walk that stopped had come. What became of it since only the keyring knows. */
enum last_key {
	LAST_NONE,               /* there was none yet, or nothing is gone on with */
	LAST_MADE,               /* made in Stripe, perhaps, but not kept */
	LAST_STORING,            /* pasted: the keyring may hold it */
	LAST_KEPT,               /* the keyring held it */
	LAST_GONE                /* it did, and does not any more */
};

enum ask_state { ASK_NOT, ASK_GOING, ASK_DONE, ASK_FAILED };

/* Once the key is kept. */
enum copy_view {
	COPY_KEPT,               /* it is safe; Stripe is being asked */
	COPY_REPORT,             /* what it can do, against the plan */
	COPY_WRITES              /* the changes that would be attempted, for a yes */
};

struct copy_state {
	enum key_state key;
	struct apikey seen;
	struct fault fault;      /* why it is unsaved */
	enum fault_code keyring_fault;   /* … in the keyring, also when something else has failed since */
	bool mode_changed;       /* the key was of the other mode, and is kept as such */
	bool read_back;          /* and compared, in this run */
	bool unlocking;          /* the keyring may show its own window */
	bool on_clipboard;       /* lent to it, for a minute */
	bool was_lent;           /* … once: it may have been pasted elsewhere */
	enum clipboard clipboard;   /* once the key is kept */
	enum copy_view view;
	enum ask_state ask;
	struct fault ask_fault;
	bool assigned;           /* the account was given to the keyring's entry, or tried to be */
};

/* Ways to hand the key over, on the last page. */
enum hand_over { HAND_OVER_HERE, HAND_OVER_ELSEWHERE, HAND_OVER_LATER };

struct walk {
	const struct guide *guide;
	size_t at;
	enum overlay overlay;
	enum overlay under_language;    /* OVERLAY_LANGUAGE: what comes back */
	size_t question;                /* OVERLAY_ANSWER: which */
	const struct language *languages[LANGUAGES_MAX];   /* to choose from; borrowed */
	size_t language_count;
	struct plan *plan;
	struct plan *asked;             /* what somebody sent, as it was; NULL: nobody did */
	struct link_name *odd;          /* names in it that give nothing */
	size_t odd_count;
	char *sent, *sent_problem, *sent_advice;   /* OVERLAY_SENT: the field, and what is wrong with it ("": nothing) */
	bool demo;                      /* a rehearsal: nothing is sent, nothing kept, and every page says so */
	bool live_only;                 /* no sandbox round */
	struct plan *begin_with;        /* asked for at this start, too: "Begin again" begins with it; NULL: with nothing */
	bool begin_live;                /* … and without a sandbox round */
	bool sandbox_done;              /* the sandbox round is over: this is the matching live key */
	bool finished;
	bool is_unsaved;                /* what was chosen could not be saved: the next start does not know of it */
	enum effect_kind pending;
	enum effect_kind ended;         /* EVENT_OUTCOME: of which effect */
	unsigned ticket;                /* of the latest effect */
	enum keyring_state keyring;
	struct fault keyring_fault;
	char store[OUTCOME_STORE_SIZE];
	struct kept_key *kept;
	size_t kept_count;
	char today[RECORD_TIME_SIZE];   /* the date, from the runner: "2026-11-23" */
	char now[RECORD_TIME_SIZE];     /* and the time, UTC: "2026-11-23T10:00:00Z" */
	bool menu_when_kept;            /* the first page gives way to the menu when the keyring holds a key */
	bool from_home;                 /* the menu is where one came from, and goes back to */
	const char *home_step;          /* its page, by slug; borrowed for ever */
	enum wish wish;                 /* the menu's, while a key is chosen */
	bool plan_unknown;              /* nothing is remembered of the key that was chosen: only its name and mode */
	int overlap_hours;              /* replace: so long the old key lives on in Stripe */
	char *aside;                    /* replace: the old key's name in the keyring, once the new one has its own; or "" */
	char until[RECORD_TIME_SIZE];   /* the key was replaced: when it ends in Stripe; "": it was not, or shall end now */
	char *taken_name;               /* what the key was to be called, where another key is kept by that name; "": it has it */
	struct plan *planned;           /* what was planned, where the key that came was kept by another name already; else NULL */
	bool stored_here;               /* the key of the plan's name was put into the keyring in this very making: it may be overwritten */
	bool overlap_is_new;            /* replace: it was chosen in this very run, so that it is counted from now on */
	size_t aside_before;            /* replace: how many old keys of this name there were before */
	struct gone gone;
	unsigned vaults;                /* which of core/vaults are installed here: bit 0 is the first */
	const char *keyring_folder;     /* where a keyring that is started here would lie; borrowed. NULL: none can be started */
	bool windowless;                /* no display: a keyring cannot ask in a window of its own */
	const char *starter;            /* the program that a keyring was started by here, which ends with us; borrowed. NULL: none was */
	const char *manager;            /* a password manager's program found here, or NULL; borrowed for ever */
	char *entry;                    /* the name that it has the key under; "": it was not given it */
	enum open_state open;           /* the address of this page */
	char *address;                  /* of the last EFFECT_OPEN, where it was composed */
	struct permissions_state permissions;
	struct copy_state copy;
	struct check *check;            /* the last one, or the one under way; NULL: none yet */
	char *plan_file;                /* where the prepared plan was saved; NULL: it was not */
	struct fault plan_fault;        /* why it could not be */
	enum hand_over hand_over;
	struct record receipt[2];       /* OVERLAY_RECEIPT: of the sandbox key, the live key, or both */
	size_t receipt_count;
	char *receipt_file;             /* where it was saved; NULL: it was not */
	struct fault receipt_fault;     /* why it could not be */
	enum last_key last_key;
	bool link_in_name;              /* a link was pasted there */
	bool key_in_name;               /* a key was typed where the name belongs */
};

void walk_init(struct walk *walk, const struct guide *guide);
void walk_done(struct walk *walk);

/* Begins (or, with saved progress, offers to go on); asks for the first effect. */
void walk_start(struct walk *walk, struct effect *effect);

/* Takes what happened. *EFFECT is EFFECT_NONE where nothing is wanted. */
void walk_handle(struct walk *walk, const struct event *event, struct effect *effect);

/* Writes the page as it is now. */
void walk_page(const struct walk *walk, struct page *page);

/* True when a key exists that is kept nowhere yet: leaving would lose it. */
bool walk_would_lose_key(const struct walk *walk);

/* True while the key must stay in the locked page; else the runner wipes it. */
bool walk_needs_key(const struct walk *walk);

/* The index of the step with this slug; SIZE_MAX: none. */
size_t walk_find(const struct walk *walk, const char *slug);

/*
 * Guides with what somebody asked for: name, mode, permissions, but Write only
 * after its question. Takes PLAN; ODD is copied.
 */
void walk_take_asked(struct walk *walk, struct plan *plan_take, const struct link_name *odd, size_t odd_count);
/* The live key at once, without a sandbox round. */
void walk_take_live(struct walk *walk);

/* Grants what OTHER grants; Write only after its question. For presets and what somebody asked for. */
void walk_grant(struct walk *walk, const struct plan *other);

/* Begins at this step instead of the first. */
void walk_jump(struct walk *walk, size_t step);

/* Progress without secrets, both ways. The JSON is the caller's. */
json_t *walk_to_json(const struct walk *walk);
enum fault_code walk_from_json(struct walk *walk, const json_t *json, struct fault *fault)
	__attribute__((warn_unused_result));

/* What is to be remembered of the key; the times are the runner's to fill. */
void walk_record(const struct walk *walk, struct record *record);

/* ---- for steps ---- */

/* Asks for an effect; an earlier one is given up. */
void walk_ask(struct walk *walk, enum effect_kind kind, struct effect *effect);
/* Stops what is under way. */
void walk_cancel(struct walk *walk, struct effect *effect);
/* Looks into the keyring; where a key is to be kept, tries it, too. */
void walk_look(struct walk *walk, bool unlock, struct effect *effect);

void walk_next(struct walk *walk, struct effect *effect);
void walk_back(struct walk *walk, struct effect *effect);

/* Goes over to another guide, to its step SLUG or to its first one; the plan stays. */
void walk_change_to(struct walk *walk, const struct guide *guide, const char *slug, struct effect *effect);
void walk_change_guide(struct walk *walk, const struct guide *guide, struct effect *effect);

/* Throws saved progress away and begins at the first step. */
void walk_begin_again(struct walk *walk, struct effect *effect);

/* Begins the live round: same name, same permissions. */
void walk_live_round(struct walk *walk, struct effect *effect);

/* True when the time UNTIL ("2026-11-23T10:00:00Z") has come; not where it is "". */
bool walk_is_over(const struct walk *walk, const char *until);

/* A copy of what the keyring holds, as an outcome says it; and none. */
void walk_list_kept(struct walk *walk, const struct outcome *outcome);
void walk_forget_kept(struct walk *walk);

/* True when the keyring holds a key of this name and the plan's mode. */
bool walk_name_is_kept(const struct walk *walk, const char *name);

/* What the keyring holds of the plan's name and mode; NULL: nothing, or it is not known yet. */
const struct kept_key *walk_kept(const struct walk *walk);

/* The plan; NULL where nothing is remembered of the key. */
const struct plan *walk_known_plan(const struct walk *walk);

/* From now on it is about KEY: its plan as it is remembered, else its name and mode alone. */
void walk_take_kept(struct walk *walk, const struct kept_key *key);

/* How many keys of the plan's name were replaced and are still there. */
size_t walk_count_aside(const struct walk *walk);
/* The name of the latest of them; "" where there is none. Borrowed from the list of what is kept. */
const char *walk_last_aside(const struct walk *walk);

/* The key's name in Stripe: there an old one is called as it always was. Borrowed from the page. */
const char *walk_stripe_name(const struct walk *walk, struct page *page);

/* To the guide's step of this slug. */
void walk_go(struct walk *walk, const char *slug, struct effect *effect);

/* True when the keyring would ask for its password in a window of its own, and can show one. */
bool walk_may_unlock(const struct walk *walk, enum fault_code code);
/* fault_advice(), but nothing that is not possible here. */
const char *walk_keyring_advice(const struct walk *walk, enum fault_code code);

/* True when a keyring of our own can be started here, and would help against this fault. */
bool walk_may_start_keyring(const struct walk *walk, enum fault_code code);

/* What every step says of the keyring when it fails: note, Try again, Unlock, Start. True when it said something. */
bool walk_page_keyring(const struct walk *walk, struct page *page);

/* The text for an address that was, or could not be, opened. */
void walk_page_open(const struct walk *walk, struct page *page, enum open_state open);

#endif
