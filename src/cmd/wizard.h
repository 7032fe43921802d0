/* SPDX-License-Identifier: MIT */
/*
 * The wizard: a walk, the page it shows, the locked page for the key, and
 * whatever effect is under way. wizard_effects.c carries effects out;
 * wizard_screen.c and wizard_lines.c are the two ways of showing it.
 */
#ifndef CMD_WIZARD_H
#define CMD_WIZARD_H

#include <poll.h>
#include <stdbool.h>

#include "base/secret.h"
#include "cmd/options.h"
#include "guide/walk.h"
#include "sys/browser.h"
#include "sys/helper.h"

struct wizard {
	const struct options *options;
	struct walk walk;
	struct page page;
	struct secret *key;              /* the key that was pasted */
	struct secret *fetched;          /* one that is kept, while Stripe is asked about it */
	bool typing;                     /* the key field is up, and holds what was typed so far */
	int signals;                     /* guard_start() */
	struct effect effect;            /* wanted, not begun */
	struct helper *helper;           /* under way */
	bool fetching;                   /* the key is got back from the keyring, for what follows: a check, or a look at the clipboard */
	bool fetched_all;                /* and is here now */
	long long wait_until_ms;         /* EFFECT_WAIT: until then; 0: nothing waits */
	struct browser *browser;         /* under way */
	unsigned ticket;                 /* of what is under way */
	long long clipboard_until_ms;    /* the key is on the clipboard until then; 0: it is not */
	char *keyring_folder;            /* walk.keyring_folder */
	int keyring_life;                /* open while the keyring that was started here is needed; -1: none was */
	const struct guide *file_guide;  /* FILE is this guide's */
	char *file;                      /* where its progress is saved; NULL: it saves none */
	unsigned saved_state;            /* what the saved progress was about: see progress_state() */
	bool saved;                      /* there is saved progress in FILE */
	struct fault unsaved;            /* of what was to be remembered of the key last */
	size_t demo_question;            /* a rehearsal: the question that is answered next */
	long long demo_next_ms;          /* when; 0: nothing is under way */
	bool over;
	int status;
	/* for a program that wants the whole terminal: given back, and taken again */
	void (*lend_terminal)(void *screen, bool lent);
	void *screen;
};

/* Runs it; returns the exit status. */
int wizard_run(const struct options *options);

/* ---- for the two ways of showing it ---- */

/* Hands an event to the walk. Its effect waits for wizard_work(). */
void wizard_event(struct wizard *wizard, const struct event *event);
void wizard_action(struct wizard *wizard, enum action_id action);

/* The key field holds something whole: what is it? */
void wizard_key(struct wizard *wizard);

/* An effect has ended: hands its outcome to the walk. */
void wizard_outcome(struct wizard *wizard, struct outcome *result);

/* Empties the clipboard when its minute is over. True then: the page says something else. */
bool wizard_end_lending(struct wizard *wizard);

/* The key is gone as soon as nobody needs it; while it is on the clipboard it is needed for the comparison. */
void wizard_wipe_when_done(struct wizard *wizard);

/* Whatever is under way is given up; nobody hears of its outcome. */
void wizard_stop(struct wizard *wizard);

/* Begins the effect that waits, takes the outcome of what has ended. True: the page may have changed. */
bool wizard_work(struct wizard *wizard);

/* Descriptors to poll besides one's own, at most 2; returns how many, and lowers *TIMEOUT_MS (-1: none). */
size_t wizard_poll(const struct wizard *wizard, struct pollfd *descriptors, int *timeout_ms);

/* Something is under way, other than the browser. */
bool wizard_busy(const struct wizard *wizard);

/* The program must end because of SIGNAL: progress saved, status set. */
void wizard_end(struct wizard *wizard, int signal);

/* The screen; false when this terminal or window cannot show it, which is said. */
bool wizard_screen(struct wizard *wizard);
/* Numbered lines. */
void wizard_lines(struct wizard *wizard);

#endif
