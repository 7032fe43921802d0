/* SPDX-License-Identifier: MIT */
/*
 * Languages that are written from right to left. A layout is made from left to
 * right in the order in which it is read; this turns it: what began on the left
 * begins on the right, and each text is put into the order and the letter forms
 * in which it is seen (FriBidi). Knows nothing of curses.
 */
#ifndef UI_BIDI_H
#define UI_BIDI_H

#include <stdbool.h>

#include "ui/layout.h"

/* True when the language of now is written from right to left. */
bool bidi_wanted(void);

/* Turns LAYOUT, its cursor, and the places in VIEW that can be clicked. */
void bidi_turn(struct layout *layout, struct view *view);

#endif
