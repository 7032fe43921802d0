/* SPDX-License-Identifier: MIT */
/*
 * A keyring of our own, where none is running: GNOME Keyring, on the session's
 * bus or one of its own. The person types its password on the terminal, to the
 * script with-keyring; this program never sees it. It ends when we do.
 */
#ifndef SYS_OWN_KEYRING_H
#define SYS_OWN_KEYRING_H

#include <stdbool.h>

#include "base/fault.h"

/* The script's path, for "PATH COMMAND": the command finds a keyring then. NULL: none can be started here. Borrowed, for ever. */
const char *own_keyring_starter(void);

/* The folder in which it would lie, for people ("~/.local/share/keyrings"); the caller's. NULL: none can be started here. */
char *own_keyring_folder(void);

/* True when a keyring could show a window. */
bool own_keyring_window(void);

/*
 * Starts it; the terminal must be as usual meanwhile. *LIFE (or -1) is closed
 * first, then it is the descriptor that keeps the keyring open. The address of
 * its bus goes into the environment. FAULT_NOT_STARTED, without a detail where
 * the person gave up.
 */
enum fault_code own_keyring_start(int *life, struct fault *fault) __attribute__((warn_unused_result));

/* Closes it, and sets *LIFE to -1. */
void own_keyring_end(int *life);

#endif
