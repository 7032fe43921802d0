/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 text as a terminal sees it: code points, cells, lines. Cells are what
 * wcwidth() says in the current locale (which must be UTF-8). Knows nothing of
 * curses or of pages.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads one code point of S (LENGTH bytes left). Returns the bytes it takes,
 * 0 at the end (LENGTH is 0). Bytes that are not UTF-8 count one each and give
 * U+FFFD.
 */
size_t text_next(const char *s, size_t length, uint32_t *code_point);

/* True when all LENGTH bytes of S are valid UTF-8 (no surrogates, no overlong). */
bool text_is_utf8(const char *s, size_t length);

/* Cells of one code point: 0 (combining, control), 1 or 2. */
int text_cells_of(uint32_t code_point);

/* Cells that S takes on one line. */
int text_cells(const char *s);

/* How many bytes of S fit into CELLS cells, never splitting a character. */
size_t text_fit(const char *s, int cells);

/*
 * One step of wrapping: the line that begins at S and is at most CELLS wide.
 * Returns the bytes of the line (without trailing blanks) and sets *NEXT to
 * where the following line begins, or to NULL after the last. Breaks at blanks,
 * after '-' and '/', between wide characters (JIS X 4051; not Korean), at '\n'
 * always; within '"' only at blanks. A word longer than a line is broken where
 * it must be. CELLS is at least 2.
 */
size_t text_wrap(const char *s, int cells, const char **next);

/* The character boundary before / after byte offset AT in S (combining marks stay with their base). */
size_t text_before(const char *s, size_t at);
size_t text_after(const char *s, size_t at);

/*
 * A copy of S that is safe to print: valid UTF-8, no control or escape
 * characters, no bidirectional overrides; each bad one becomes U+FFFD. At most
 * MAX_BYTES bytes. The caller's. For all text that came from outside.
 */
char *text_clean(const char *s, size_t max_bytes);

/* True when NEEDLE occurs in HAYSTACK, letter case aside (towlower). An empty needle always does. */
bool text_contains(const char *haystack, const char *needle);

/*
 * How far A and B are from each other: letters to add, take away or change
 * (Levenshtein), bytes for letters. For "did you mean", so texts over 100 bytes
 * are INT_MAX apart.
 */
int text_distance(const char *a, const char *b);

/* TEXT as one word of a shell line: as it is where that is safe, else in quotes. The caller's. */
char *text_shell(const char *text);

#endif
