/* SPDX-License-Identifier: MIT */
/*
 * A screen as data. A step writes a page and never draws; two renderers show
 * it. All text is already translated. A page cannot hold a key.
 *
 * Texts are borrowed (from gettext, tables, the walk) or owned by the page
 * (page_say…); all are valid until the next page_clear().
 */
#ifndef GUIDE_PAGE_H
#define GUIDE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/catalogue.h"

/* What a text is for; renderers turn it into colour and words, never colour alone. */
enum tone {
	TONE_PLAIN,
	TONE_GOOD,       /* done, safe */
	TONE_CAREFUL,    /* a warning */
	TONE_DANGER,     /* money or the key is at stake */
	TONE_QUIET       /* less important */
};

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_BULLET,
	BLOCK_NUMBER,    /* "1. …": number is set */
	BLOCK_WARNING,   /* "! …" */
	BLOCK_ADDRESS,   /* a web address, on a line of its own, never wrapped inside a word if it fits */
	BLOCK_DONE,      /* "✓ …" */
	BLOCK_BUSY,      /* "… …": going on now */
	BLOCK_SCREEN     /* a paragraph that makes sense on the screen alone: plain lines leave it out */
};

struct block {
	enum block_kind kind;
	int number;
	const char *text;
};

/* Ids of everything that can be pressed. Stable; labels come with the page. */
enum action_id {
	ACTION_NONE,
	ACTION_NEXT,         /* Enter, from anywhere but a button */
	ACTION_BACK,         /* Esc */
	ACTION_HELP,         /* F1 or ? */
	ACTION_LANGUAGE,     /* F2 */
	ACTION_LEAVE,        /* Ctrl-C */
	ACTION_OPEN,         /* open the page's address in the browser */
	ACTION_FILLED,       /* open Stripe's form filled in */
	ACTION_FULL,         /* ask Stripe about every row */
	ACTION_WRITES,       /* ask by attempting changes: first shows which */
	ACTION_PRESETS,
	ACTION_SENT,         /* the person was sent a link or a plan */
	ACTION_PREPARE,      /* prepare a plan for somebody else */
	ACTION_ASKED,        /* show all of what was asked for */
	ACTION_APPLY,
	ACTION_RETRY,
	ACTION_UNLOCK,
	ACTION_START_KEYRING,
	ACTION_STOP,         /* stop waiting */
	ACTION_YES,
	ACTION_NO,           /* Esc, where there is no way back: nothing happens then */
	ACTION_KEEP,         /* a decision: Esc never takes it */
	ACTION_QUESTIONS,    /* questions and answers */
	ACTION_PASTE_AGAIN,
	ACTION_CLEAR,        /* the clipboard */
	ACTION_SAMPLE,       /* a rehearsal: as if the sample key had been pasted */
	ACTION_LIVE,         /* go on to the matching live key */
	ACTION_AGAIN,        /* begin anew, from saved progress declined */
	ACTION_KEYS,         /* the keys that are kept */
	ACTION_CHECK,        /* a kept key: ask Stripe about it, replace it, take it back, it was looked at */
	ACTION_REPLACE,
	ACTION_REMOVE,
	ACTION_REVIEWED,
	ACTION_RECEIPT,      /* show the receipt */
	ACTION_SAVE,         /* write it into a file */
	ACTION_FINISH
};

struct action {
	enum action_id id;
	const char *label;
};

enum control_kind {
	CONTROL_NONE,
	CONTROL_CHOICE,      /* one of several; moving the cursor chooses */
	CONTROL_MENU,        /* one of several; Enter on it acts */
	CONTROL_TEXT,
	CONTROL_SECRET,      /* a key is pasted here; never drawn */
	CONTROL_GRID,
	CONTROL_CHECKLIST,
	CONTROL_REPORT       /* wanted, is, what to do: to be read */
};

struct choice {
	int id;
	const char *label;
	const char *hint;    /* or NULL: one more sentence below the label */
};

/* A row of the permission grid. */
struct grid_row {
	size_t row;              /* index in the catalogue */
	const char *label;       /* Stripe's */
	const char *group;       /* Stripe's heading when this row begins a group, else NULL */
	bool has[LEVEL_COUNT];
	enum level level;
	const char *about;       /* what the level in force means, one or two sentences */
	enum tone tone;          /* of the level in force */
};

/* A row of the copy-over list. */
struct check_row {
	size_t row;
	const char *label, *group;   /* as above */
	const char *level;           /* "Read": Stripe's word */
	bool done;
};

/* A row of the report: one of Stripe's rows, as planned and as found. */
struct report_row {
	size_t row;
	const char *heading;         /* "More than planned" when this row begins a part, else NULL */
	enum tone tone;              /* of the part */
	const char *label;           /* Stripe's */
	const char *wanted, *is;     /* "None", "Read", "not asked" */
	const char *found;           /* both in a sentence, where there are no columns */
	const char *todo;            /* what to do, or why it is not known; or NULL */
};

struct control {
	enum control_kind kind;
	const char *label;           /* "Key name": what is asked; for plain lines and before a field */
	/* CHOICE, MENU */
	const struct choice *choices;
	size_t choice_count;
	int chosen;                  /* id of the choice in force */
	bool has_chosen;             /* MENU: one is in force, too */
	/* TEXT */
	const char *text;            /* the value now */
	size_t text_max;             /* characters */
	/* SECRET: nothing; the renderer shows only how many characters arrived */
	/* GRID */
	const struct grid_row *grid;
	size_t grid_count;
	const char *filter;          /* what is typed to find a row, "" for none */
	const char *summary;         /* "5 Read · 0 Write · 71 None" */
	const char *nothing_found;   /* shown when the filter leaves no row */
	/* CHECKLIST */
	const struct check_row *checks;
	size_t check_count;
	/* REPORT */
	const struct report_row *report;
	size_t report_count;
	const char *wanted_heading, *is_heading;   /* "Wanted", "Is" */
};

enum note_kind { NOTE_NONE, NOTE_INFO, NOTE_WAITING, NOTE_PROBLEM };

/* Shown first, below the title. */
struct note {
	enum note_kind kind;
	const char *text;            /* what happened, or what is going on */
	const char *advice;          /* what to do; or NULL */
};

/* One of the six steps in the header. */
struct trail_step {
	const char *title;           /* short: "Permissions" */
	bool done, current;
};

enum {
	PAGE_BLOCKS_MAX = 1024,   /* a receipt of both keys, with all there can be to say of every row in both columns */
	PAGE_ACTIONS_MAX = 8, PAGE_TRAIL_MAX = 8
};

struct page {
	const char *slug;            /* "permissions", "permissions.presets", "help.open": focus starts anew when it changes */
	/* the header */
	const char *name;            /* of the key; "" until it has one */
	const char *mode;            /* "SANDBOX" / "LIVE", translated; NULL before it is chosen */
	bool live;                   /* for the colour of the badge */
	struct trail_step trail[PAGE_TRAIL_MAX];
	size_t trail_count;
	/* the page */
	const char *title;
	enum tone tone;              /* TONE_DANGER: drawn as a question that matters */
	struct note note;
	struct block blocks[PAGE_BLOCKS_MAX];
	size_t block_count;
	size_t control_at;           /* the control stands before this block (== block_count: after all) */
	struct control control;
	struct action actions[PAGE_ACTIONS_MAX];   /* in order; BACK first, NEXT last, where they are possible */
	size_t action_count;
	enum action_id focus;        /* the button to start on; ACTION_NONE: the control */
	enum action_id enter;        /* what Enter does from the control or a page without one; ACTION_NONE: nothing */
	bool has_help;               /* F1 has something to say */
	bool has_languages;          /* F2 has something to choose from */
	bool over;                   /* lies over another page, which comes back as it was left */
	/* owned texts and rows */
	struct page_store *store;
};

void page_init(struct page *page);
void page_done(struct page *page);
void page_clear(struct page *page);      /* empties it, for writing anew */

/* printf into the page; valid until page_clear(). */
const char *page_text(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* TEXT, which has no full stop, as a sentence; as above. */
const char *page_sentence(struct page *page, const char *text);
/* The day of a date or time of ours, as the language writes it; as above. */
const char *page_date(struct page *page, const char *iso);
/* TEXT as one word of a shell line, quoted where it must be; as above. */
const char *page_shell(struct page *page, const char *text);
/* Zeroed memory that lives as long as the page's texts. */
void *page_room(struct page *page, size_t count, size_t size);

/* Adds blocks. TEXT is borrowed: translated text or page_text(). */
void page_say(struct page *page, enum block_kind kind, const char *text);
void page_paragraph(struct page *page, const char *text);
void page_bullet(struct page *page, const char *text);
void page_number(struct page *page, int number, const char *text);

/* Adds a button. NEXT and BACK become Enter and Esc. */
void page_action(struct page *page, enum action_id id, const char *label);
bool page_has_action(const struct page *page, enum action_id id);

/* The control goes here, before the blocks that follow. */
struct control *page_control(struct page *page, enum control_kind kind);

/* The note: what happened, what to do. */
void page_note(struct page *page, enum note_kind kind, const char *text, const char *advice);

#endif
