/* SPDX-License-Identifier: MIT */
/*
 * Opens an address in the person's browser, without a shell and without
 * waiting. Source of the behaviour of xdg-open, $BROWSER and WSL: measured,
 * see doc/decisions/0006-opening-the-browser.md.
 */
#ifndef SYS_BROWSER_H
#define SYS_BROWSER_H

#include <stdbool.h>

#include "base/fault.h"

struct browser;

/*
 * The program that would be asked, or NULL; the caller's. BROWSER counts as far as one of its programs, with colons between
 * them, is there.
 */
char *browser_found(void);

/* Asks the desktop to open ADDRESS. NULL with *FAULT (FAULT_BROWSER) when there is nothing to ask. */
struct browser *browser_open(const char *address, struct fault *fault);

/* True: it is settled and *CODE says how: FAULT_NONE "asked your desktop to open it" (never "opened"), or FAULT_BROWSER. False: look again within 100 ms. */
bool browser_settled(struct browser *browser, enum fault_code *code);
void browser_free(struct browser *browser);

#endif
