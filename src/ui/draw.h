/* SPDX-License-Identifier: MIT */
/* Puts a layout on the terminal; curses sends only what changed. */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "ui/layout.h"
#include "ui/term.h"

void draw_layout(struct term *term, const struct layout *layout);

#endif
