/* SPDX-License-Identifier: MIT */
/*
 * A private desktop session for a test: a D-Bus of its own (nothing can be
 * started behind the test's back) and a real keyring, in a folder of its own. Sets HOME, XDG_… and the bus address of this process. All of it
 * dies with the test.
 */
#ifndef TESTS_SESSION_H
#define TESTS_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

enum session_kind {
	SESSION_UNLOCKED,
	SESSION_LOCKED,
	SESSION_EMPTY,     /* a service without any keyring */
	SESSION_ABSENT     /* a bus without a service */
};

/* All of them without a window: gnome-keyring has no prompter here, the others draw on Qt's "offscreen" screen. */
enum session_keyring {
	SESSION_GNOME_KEYRING,
	SESSION_KEEPASSXC,         /* told to ask nothing */
	SESSION_KWALLET,
	SESSION_KEEPASSXC_ASKS     /* as it comes: asks about every program and every deletion */
};

struct session {
	char folder[64];
	enum session_keyring with;
	pid_t bus, keyring, display, compositor, prompter;
};

/* With gnome-keyring. */
void session_start(struct session *session, enum session_kind kind);

/* With one of them, its keyring unlocked. */
void session_start_with(struct session *session, enum session_keyring with);

void session_stop(struct session *session);

/* The keyring daemon again, after it was killed; opens its keyring. */
void session_start_keyring(struct session *session);
void session_lock(void);

/* Runs a program with its output read: the caller's, without the last line break. NULL when it fails. */
char *session_output(const char *const argv[]);

/* Runs a shell line with INPUT on its standard input. */
char *session_output_of(const char *command, const char *input);

/* A file in the session's folder: its content, the caller's; writes it. */
char *session_read(const struct session *session, const char *name);
void session_write(const struct session *session, const char *name, const char *text);

/* An X server of its own, on a display that DISPLAY names from now on. */
void session_start_display(struct session *session);
/* A Wayland compositor (sway) of its own, on a display that WAYLAND_DISPLAY names from now on. */
void session_start_wayland(struct session *session);
/* The clipboard of what was started, looked at until it holds WANTED. */
bool session_clipboard_becomes(const char *wanted);

/* The program that shows gnome-keyring's windows there. */
void session_start_prompter(struct session *session);
/* A person's answer, once a window is up: TEXT, and KEY; until the window is gone. */
void session_type_into_window(const char *text, const char *key);
/* And a password that leaves it there; until it says so. */
void session_type_wrong_password(const char *text);

/* What secret-tool finds, or NULL. */
char *session_lookup(const char *name, const char *mode);

/* A restricted key made at run time: random, but for its last four characters, wEg1. The caller's. */
char *session_make_key(const char *prefix);

/* How often TEXT (or a 24-byte piece of it) occurs in the memory of PID. */
size_t session_count_in_memory(pid_t pid, const char *text);

/* True when a file below the session's folder has TEXT in it; says which. */
bool session_is_in_files(const struct session *session, const char *text);

#endif
