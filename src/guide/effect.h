/* SPDX-License-Identifier: MIT */
/* What a guide may ask of the world; at most one is under way. Its outcome comes back as an event. */
#ifndef GUIDE_EFFECT_H
#define GUIDE_EFFECT_H

#include <stdbool.h>

enum effect_kind {
	EFFECT_NONE,
	EFFECT_TRY_KEYRING,   /* store, read back, compare, delete a dummy; list what is kept */
	EFFECT_LIST,          /* list what is kept, and try nothing */
	EFFECT_START_KEYRING, /* start a keyring that lives as long as this program; it asks for its password on the terminal */
	EFFECT_SAMPLE,        /* a rehearsal: put the sample key into the key field */
	EFFECT_STORE,         /* keep the pasted key, read it back, compare */
	EFFECT_REPLACE,       /* the same, in place of the kept key of its name, which gets another name */
	EFFECT_DELETE,        /* take the key of the plan's name out of the keyring, and forget it */
	EFFECT_REMEMBER,      /* write the record of the key: walk_record(), with its dates */
	EFFECT_KEEP_DEAD,     /* note that the key is dead and stays all the same: nobody is reminded of it any more */
	EFFECT_REVIEWED,      /* note that the key was looked at: a new date for the next time */
	EFFECT_WAIT,          /* some seconds, then go on */
	EFFECT_ASK,           /* the questions of walk->check, to Stripe; EVENT_TOLD for each answer */
	EFFECT_ASSIGN,        /* note the account in the keyring entry */
	EFFECT_READ_PLAN,     /* read a plan file */
	EFFECT_RECEIPT,       /* get what is remembered of the keys of this name */
	EFFECT_SAVE_RECEIPT,  /* write the receipt into a file */
	EFFECT_SAVE_PLAN,     /* write the plan into a file */
	EFFECT_OPEN,          /* open an address in the browser */
	EFFECT_CLIPBOARD,     /* put the key on the clipboard for a minute */
	EFFECT_CLEAR_CLIPBOARD,   /* empty the clipboard, if the kept key is still on it */
	EFFECT_MANAGER,       /* hand the key to a password manager's program */
	EFFECT_LANGUAGE,      /* speak the language of this code from now on; what is under way goes on */
	EFFECT_CANCEL,        /* stop what is under way */
	EFFECT_QUIT
};

/* Exit status of a walk that was left (product contract). */
enum { STATUS_DONE = 0, STATUS_UNFINISHED = 3 };

struct effect {
	enum effect_kind kind;
	unsigned ticket;
	bool over;            /* STORE: another key of the name may be overwritten: one that this walk has just put there */
	bool unlock;          /* TRY_KEYRING, LIST, STORE, REPLACE, DELETE: the keyring may ask for its password in its own window */
	const char *address;  /* OPEN, READ_PLAN (a path), LANGUAGE (its code): borrowed until the next event */
	int status;           /* QUIT: the exit status, STATUS_… */
};

#endif
