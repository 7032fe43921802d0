/* SPDX-License-Identifier: MIT */
/*
 * The clipboard and password managers' programs: the key goes to a program's
 * standard input, never to its arguments. It goes there only when the keyring
 * failed after the key exists, and is taken off the clipboard after a minute or
 * when the wizard ends. One that the person copied in Stripe is taken off when
 * they ask for it.
 */
#ifndef SYS_CLIPBOARD_H
#define SYS_CLIPBOARD_H

#include <stdbool.h>

#include "base/fault.h"
#include "base/secret.h"

/* The program that reaches the clipboard here, or NULL. Borrowed, for ever. */
const char *clipboard_found(void);

/* Puts KEY on the clipboard (wl-copy, xclip or xsel, whichever fits the session). Blocks for up to 2 s. FAULT_CLIPBOARD. */
enum fault_code clipboard_put(struct secret *key, struct fault *fault) __attribute__((warn_unused_result));

enum clipboard_cleared {
	CLIPBOARD_UNKNOWN,     /* no program here to look with, or it failed */
	CLIPBOARD_OTHER,       /* it holds something else, which was left alone */
	CLIPBOARD_EMPTIED
};

/* Empties the clipboard, only if KEY is on it, alone or in a line; an empty one never is. Blocks for up to 4 s. */
enum clipboard_cleared clipboard_clear(struct secret *key);

/* The password manager's program found here ("pass"), or NULL. Borrowed, for ever. */
const char *manager_found(void);

/* Which of core/vaults are installed here: bit 0 is the first. */
unsigned vaults_found(void);

/*
 * Hands KEY to it under "keyguide/NAME-MODE", with a number behind it where that is taken: *ENTRY is what it came to
 * (the caller's; NULL after a fault). Blocks while it runs, on a terminal given back by the caller. FAULT_MANAGER.
 */
enum fault_code manager_give(struct secret *key, const char *name, const char *mode, char **entry, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
