/* SPDX-License-Identifier: MIT */
/* The gettext marks: _() where text is shown, N_() in tables, C_() for lone words. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define _(text) gettext(text)
#define N_(text) text
#define C_(context, text) i18n_context(context "\004" text, text)
#define NC_(context, text) context "\004" text

/* The translation of CONTEXT "\004" TEXT, or TEXT itself. */
const char *i18n_context(const char *with_context, const char *text);

/*
 * Chooses the language: CODE ("de", "pt_BR") or NULL for the locale's own.
 * Sets the locale to one that is UTF-8 (the user's where it is, else C.UTF-8),
 * so that no locale must be installed. Call once at start, before any text;
 * again to switch.
 */
void i18n_start(const char *code);

/*
 * The locale that the environment names for CATEGORY ("LC_CTYPE"), installed or not: "de_DE.ISO-8859-1"; "" for none.
 * Borrowed, until the environment changes.
 */
const char *i18n_locale_name(const char *category);

/*
 * The language that is meant by CODE: "de", "DE", "de_AT" and "de-CH" mean "de", "zh" means "zh_CN". NULL: none that is
 * here. Borrowed, for ever, or CODE itself.
 */
const char *i18n_match(const char *code);

/* Whether the texts are in the language of CODE now. */
bool i18n_speaks(const char *code);

/*
 * A date or time of ours ("2026-11-23", "2026-11-23T10:00:00Z") as people of the
 * language write the day. OUT holds I18N_DATE_SIZE bytes; "" for one that is none.
 */
enum { I18N_DATE_SIZE = 48 };
void i18n_date(char out[I18N_DATE_SIZE], const char *iso);

/* A language that keyguide can be in. */
struct language {
	const char *code;        /* "pt_BR" */
	const char *name;        /* in itself: "Português (Brasil)" */
};

/* Those that are installed here and that the terminal has letters for, English first, into LANGUAGES (room for ROOM); how many there are. Borrowed, for ever. */
size_t i18n_languages(const struct language *languages[], size_t room);

#endif
