/* SPDX-License-Identifier: MIT */
/*
 * Stripe's resources: the rows of its permission form, in the Dashboard's
 * groups and order, with Stripe's own labels (never translated) and our
 * one-line meanings (translated when shown). Compiled in from
 * data/permissions.json; no file is read.
 *
 * Source and confidence of every fact: data/permissions.json says for each row
 * where it was seen; nothing was tried against Stripe.
 */
#ifndef CORE_CATALOGUE_H
#define CORE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

enum level { LEVEL_NONE, LEVEL_READ, LEVEL_WRITE, LEVEL_COUNT };

enum sensitivity { SENSITIVITY_LOW, SENSITIVITY_PERSONAL, SENSITIVITY_MONEY };

/* Where the row was seen. The grid shows the first two; the third is for links, 403 texts and needs. */
enum on_form { ON_FORM_SEEN, ON_FORM_LABEL_ONLY, ON_FORM_INFERRED };

/* May the slug go into a pre-filled link? Only A, B and C do (facts of November 2026). */
enum prefill { PREFILL_UNKNOWN, PREFILL_A, PREFILL_B, PREFILL_C, PREFILL_C_DOUBTED, PREFILL_D };

struct permission {
	const char *slug;             /* "rak_charge_read"; NULL when the level or its name is not known */
	const char *about;            /* N_() English sentence; NULL when the row lacks the level */
	enum sensitivity sensitivity;
	enum prefill prefill;
};

struct endpoint {
	const char *method;           /* "GET" */
	const char *path;             /* "/v1/charges/{id}" */
};

/* A harmless question: the method and path with {id}, and the prefix of an id that cannot exist ({mode}: test or live). NULL path: none. */
struct question {
	const char *method, *path, *id_prefix;
};

struct resource {
	const char *id;               /* "charge" */
	const char *label;            /* Stripe's, as on the form */
	size_t group;                 /* index for catalogue_group() */
	enum on_form on_form;
	bool has_read, has_write;     /* the levels that the form has for this row */
	struct permission read, write;
	bool connect;                 /* has the "connected accounts" column */
	bool watch;                   /* among the most dangerous: asked about in every check */
	const char *const *implies;   /* slugs without "rak_", NULL-ended: also allowed by Read */
	const struct endpoint *read_endpoints, *write_endpoints;  /* ended by a NULL method */
	struct question ask_read, ask_write;
};

struct group {
	const char *id, *heading;     /* heading is Stripe's */
};

/* Row INDEX in the Dashboard's order. Borrowed, for ever. */
size_t catalogue_count(void);
const struct resource *catalogue_at(size_t index);
const struct group *catalogue_group(size_t index);
size_t catalogue_group_count(void);

/* Index of the resource with this id, or of the one whose slug this is (sets *LEVEL); SIZE_MAX: none. */
size_t catalogue_find(const char *id);
size_t catalogue_find_slug(const char *slug, enum level *level);

/* What a name of a permission, as links and plans have it, stands for. */
enum name_kind {
	NAME_UNKNOWN,
	NAME_ROW,              /* one level of one row */
	NAME_GROUP,            /* one level of a whole group */
	NAME_MISLEADING        /* looks right, but Stripe gives nothing for it */
};

struct name {
	enum name_kind kind;
	size_t index;          /* ROW: the row; GROUP: the group */
	enum level level;      /* ROW, GROUP */
	const char *use;       /* MISLEADING: the name that is meant, or NULL; borrowed, for ever */
};

/* Looks NAME up: a slug, or a pair such as "sigma:read". */
struct name catalogue_look_up(const char *name);

/* The slug that is most like NAME, for "did you mean"; NULL where none is. */
const char *catalogue_nearest(const char *name);

enum { CATALOGUE_NAME_SIZE = 96 };

/* "charge:read": our own name of a row and level (Read or Write), into OUT. Returns OUT. */
const char *catalogue_pair(size_t index, enum level level, char out[CATALOGUE_NAME_SIZE]);
/* The way back; SIZE_MAX: no such row or level. */
size_t catalogue_find_pair(const char *pair, enum level *level);

/* Stripe's slug of a row and level, or our own name where Stripe's is not known. Borrowed, or OUT. */
const char *catalogue_name(size_t index, enum level level, char out[CATALOGUE_NAME_SIZE]);

/* True when the grid shows the row (seen on the form, or its label seen). */
bool catalogue_on_grid(size_t index);

/* True when the row has LEVEL (every row has None). */
bool catalogue_has_level(size_t index, enum level level);

/* The permission of LEVEL (Read or Write), or NULL. */
const struct permission *catalogue_permission(size_t index, enum level level);

/* The harmless question about LEVEL (Read or Write), or NULL. */
const struct question *catalogue_question(size_t index, enum level level);

/* "low", "personal-data", "money-movement": for JSON. */
const char *sensitivity_slug(enum sensitivity sensitivity);

/* Names of LEVEL as the Dashboard writes them: "None", "Read", "Write". Not translated. */
const char *level_name(enum level level);
/* "none", "read", "write": for JSON. */
const char *level_slug(enum level level);

#endif
