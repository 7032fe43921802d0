/* SPDX-License-Identifier: MIT */
/* What can be done with a key that the keyring did not take; in the order offered. */
#ifndef GUIDE_COPY_MENU_H
#define GUIDE_COPY_MENU_H

enum unsaved_choice {
	UNSAVED_RETRY = 1,
	UNSAVED_UNLOCK,
	UNSAVED_START,       /* a keyring of our own */
	UNSAVED_MANAGER,
	UNSAVED_CLIPBOARD,
	UNSAVED_HANDED,      /* "it is in a safe place now" */
	UNSAVED_STOP
};

#endif
