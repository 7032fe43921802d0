/* SPDX-License-Identifier: MIT */
/* The least that a curses program can be: what the wizard's first screen is held against. */
#include <curses.h>
#include <locale.h>

int main(void)
{
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	addstr("hello");
	refresh();
	getch();
	endwin();
	return 0;
}
