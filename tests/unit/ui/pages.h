/* SPDX-License-Identifier: MIT */
/* Pages of every kind for the tests of the renderers, in short, long and wide words. */
#ifndef TESTS_UNIT_UI_PAGES_H
#define TESTS_UNIT_UI_PAGES_H

#include "guide/page.h"

enum words { WORDS_SHORT, WORDS_LONG, WORDS_WIDE, WORDS_COUNT };
enum { GRID_ROWS = 40 };

/* Writes a page with a control of KIND, text of every block kind, three buttons and the help. */
void pages_write(struct page *page, enum control_kind kind, enum words words);

/* One row's level in the pages with a grid (all others are at None); SIZE_MAX: none. */
void pages_write_grid(struct page *page, size_t row, enum level level, const char *filter);

#endif
