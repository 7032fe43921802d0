/* SPDX-License-Identifier: MIT */
/* What can happen to a guide: what the person did, and how an effect ended. */
#ifndef GUIDE_EVENT_H
#define GUIDE_EVENT_H

#include "base/fault.h"
#include "core/apikey.h"
#include "core/verdict.h"
#include "core/record.h"
#include "guide/page.h"

/* A key that the keyring holds: its name and mode, and what is remembered of it. Never the key. */
struct kept_key {
	char *name;
	enum mode mode;
	struct record record;               /* empty where nothing is remembered: no time at which it was made */
};

enum { OUTCOME_STORE_SIZE = 96 };

/* Is the key still on the clipboard? */
enum clipboard {
	CLIPBOARD_MAYBE,     /* nobody has looked */
	CLIPBOARD_LOOKING,
	CLIPBOARD_CLEARED,
	CLIPBOARD_ELSE,      /* there was something else on it */
	CLIPBOARD_ASKED,     /* the terminal was asked to empty it: nobody can see whether it did */
	CLIPBOARD_NO_WAY     /* nothing here can reach it */
};

/* How an effect ended. Pointers are borrowed for the call. */
struct outcome {
	unsigned ticket;                    /* of the effect; an old one is dropped */
	enum fault_code fault;              /* FAULT_NONE: it was done */
	const char *detail;                 /* clean text for "other" faults; MANAGER: the name of the entry; or "" */
	char store[OUTCOME_STORE_SIZE];     /* where keys are kept: "GNOME Keyring, “Login”" */
	const struct record *records;       /* RECEIPT: of the keys of this name, at most two */
	size_t record_count;
	const struct plan *plan;            /* READ_PLAN; else detail and advice say what is wrong */
	const char *advice;
	const struct kept_key *kept;        /* TRY_KEYRING, LIST: the keys that are there */
	size_t kept_count;
	enum clipboard clipboard;           /* CLEAR_CLIPBOARD: how it went */
	const char *kept_as;                /* STORE: the other name that this very key is kept by already; "": none */
	const char *aside;                  /* REPLACE: the name that the old key has now; "": it was set aside before */
};

/* One answer to a question of the check under way, while it goes on. */
struct told {
	unsigned ticket;                    /* of EFFECT_ASK; an old one is dropped */
	size_t question;
	const struct answer *answer;        /* borrowed for the call */
};

enum event_kind {
	EVENT_ACTION,     /* a button, or its key */
	EVENT_CHOOSE,     /* CHOICE: moved to; MENU: pressed */
	EVENT_LEVEL,      /* grid: this row to that level */
	EVENT_TICK,       /* checklist: this row, the other way */
	EVENT_TEXT,       /* the field holds this now */
	EVENT_FILTER,     /* the grid's search holds this now */
	EVENT_KEY,        /* something was pasted or typed where the key belongs; it was looked at and is in the locked page */
	EVENT_TOLD,       /* Stripe answered one of several questions */
	EVENT_MINUTE_OVER,   /* the clipboard that the key was lent to has been emptied */
	EVENT_OUTCOME
};

struct event {
	enum event_kind kind;
	union {
		enum action_id action;
		int choice;
		struct { size_t row; enum level level; } grid;
		size_t row;
		const char *text;            /* borrowed for the call */
		struct apikey key;
		struct told told;
		const struct outcome *outcome;
	};
};

#endif
