/* SPDX-License-Identifier: MIT */
/*
 * Signals: turned into something to poll, so that the terminal is given back,
 * the key wiped and progress saved in ordinary code. And a last resort that
 * gives the terminal back when the program crashes.
 */
#ifndef CMD_GUARD_H
#define CMD_GUARD_H

/* Blocks SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP and SIGWINCH; returns a descriptor that is readable when one came. */
int guard_start(void);

/* The next signal that came, or 0. */
int guard_next(int descriptor);

/* Drops ^C, ^\ and ^Z that wait: they were meant for a program that had the terminal meanwhile. */
void guard_forget_keys(void);

/* Stops this process as ^Z would; returns when it goes on. */
void guard_stop_here(void);

/* From now on a crash gives the terminal back as it is now. Call before curses begins. */
void guard_terminal(void);

#endif
