/* SPDX-License-Identifier: MIT */
/* Terminals that do not show UTF-8: all text inside is UTF-8 and is converted where it goes out and comes in. */
#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

#include <stdbool.h>

/*
 * The character set that the user's locale names, where it is not UTF-8: "ISO-8859-1".
 * NULL: UTF-8; or the locale names none (it is "C", or missing), and terminals of
 * today are UTF-8, but for TERM=vt… and ansi. Borrowed, for ever; looks at the
 * environment, not at setlocale().
 */
const char *charset_of_terminal(void);

/*
 * From now on what is written to standard error, and with OUTPUT to standard output,
 * leaves in CHARSET, with what stands nearest where it lacks a letter. False: nobody here
 * knows that set, and nothing has changed. Call at most once, before anything is written.
 */
bool charset_speak(const char *charset, bool output);

/* Whether the terminal has letters for all of TEXT, or near ones ("u" for "ü"). TEXT has no question mark of its own. */
bool charset_shows(const char *text);

/* TEXT, typed on such a terminal, as UTF-8; the same where charset_speak() was not called. The caller's. */
char *charset_heard(const char *text);

#endif
