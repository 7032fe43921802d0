/* SPDX-License-Identifier: MIT */
/*
 * The terminal, begun and given back. curses writes; keys are read in input.c.
 * curses leaves signal handlers alone that are there before term_open(): the
 * caller sets its own first.
 */
#include "ui/term_state.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termcap.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

/* A role: how it looks without colour, and its colour among 8 and among 256 (-1: the terminal's own). */
struct role {
	attr_t attributes;
	short of_8, of_256;
};

/*
 * The 256 colours are of middling lightness, readable on black and on white.
 * Grey has none among 8, so it is left out there.
 */
static const struct role roles[STYLE_COUNT] = {
	[STYLE_PLAIN] = { A_NORMAL, -1, -1 },
	[STYLE_TITLE] = { A_BOLD, -1, -1 },
	[STYLE_HEADING] = { A_BOLD, -1, -1 },
	[STYLE_QUIET] = { A_NORMAL, -1, 243 },
	[STYLE_GOOD] = { A_NORMAL, COLOR_GREEN, 28 },
	[STYLE_CAREFUL] = { A_NORMAL, COLOR_YELLOW, 130 },
	[STYLE_DANGER] = { A_BOLD, COLOR_RED, 160 },
	[STYLE_BUTTON] = { A_NORMAL, -1, -1 },
	[STYLE_BUTTON_FOCUS] = { A_REVERSE, -1, -1 },
	[STYLE_CURRENT] = { A_BOLD, -1, -1 },
	[STYLE_LEVEL_READ] = { A_BOLD, COLOR_CYAN, 32 },
	[STYLE_LEVEL_WRITE] = { A_BOLD, COLOR_RED, 166 },
	[STYLE_LEVEL_NONE] = { A_BOLD, -1, -1 },
	[STYLE_FIELD] = { A_UNDERLINE, -1, -1 },
	[STYLE_BADGE_TEST] = { A_REVERSE, -1, -1 },
	[STYLE_BADGE_LIVE] = { A_REVERSE | A_BOLD, COLOR_RED, 160 },
};

static bool wants_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");

	return has_colors() && !(no_colour && *no_colour);
}

static void set_roles(struct term *term)
{
	bool colour = wants_colour() && start_color() == OK && use_default_colors() == OK;

	for (short i = 0; i < STYLE_COUNT; i++) {
		short number = COLORS >= 256 ? roles[i].of_256 : roles[i].of_8;

		term->attributes[i] = roles[i].attributes;
		if (colour && number >= 0 && init_pair((short)(i + 1), number, -1) == OK)
			term->attributes[i] |= COLOR_PAIR(i + 1);
	}
}

/*
 * Ctrl-C is a key here and asks before leaving; Ctrl-Z still suspends.
 * Ctrl-S, Ctrl-V and Ctrl-\ would only strand people who press them by mistake.
 */
static void set_line_discipline(void)
{
	struct termios line;

	cbreak();
	noecho();
	nonl();
	if (tcgetattr(STDIN_FILENO, &line) != 0)
		return;
	line.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
	line.c_lflag &= ~(tcflag_t)IEXTEN;
	line.c_cc[VINTR] = line.c_cc[VQUIT] = _POSIX_VDISABLE;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &line);
	def_prog_mode();
}

/*
 * What curses has no word for. It writes to the descriptor itself, so this
 * does too. A terminal that does not know these strings ignores them.
 */
static void send_string(const char *string)
{
	ssize_t written = write(STDOUT_FILENO, string, strlen(string));

	/* A terminal that is gone shows in the next reading. */
	(void)written;
}

static void bracketed_paste(bool on)
{
	send_string(on ? "\033[?2004h" : "\033[?2004l");
}

static void catch_mouse(bool on)
{
	send_string(on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

/* The terminal's description has the string NAME. */
static bool knows(const char *name)
{
	const char *string = tigetstr(name);

	return string && string != (const char *)-1;
}

static bool is_for_screens(const char *name)
{
	return name && *name && strcmp(name, "dumb") != 0 && strcmp(name, "unknown") != 0;
}

static bool can_draw(void)
{
	return is_for_screens(getenv("TERM")) && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/*
 * Until it was ended once and begun again ncurses 6.4 writes at every move of
 * the cursor: thirty writes for the first paint, five for a key, each a packet
 * on a slow line. Before colours are on, because it would reset the palette.
 */
static void write_whole_paints(void)
{
	endwin();
	reset_prog_mode();
	doupdate();
}

/* What endwin() and give_back() took away. */
static void take(void)
{
	/* Said by curses when it reads keys, which it never does here. */
	keypad(stdscr, TRUE);
	bracketed_paste(true);
}

struct term *term_open(void)
{
	SCREEN *screen = can_draw() ? newterm(NULL, stdout, stdin) : NULL;
	struct term *term;

	if (!screen)
		return NULL;
	if (!knows("cup")) {
		endwin();
		delscreen(screen);
		return NULL;
	}
	term = mem_new(1, sizeof *term);
	term->screen = screen;
	set_line_discipline();
	idlok(stdscr, TRUE);
	/* Painting is never broken off for waiting keys: the caller reads them all first. */
	typeahead(-1);
	write_whole_paints();
	set_roles(term);
	take();
	return term;
}

void term_order(struct term *term, bool ours)
{
	/* ECMA-48's BDSM: what is written is in the order in which it is seen. VTE keeps to it; others do not know it. */
	static const char explicit_order[] = "\033[8l", implicit_order[] = "\033[8h";

	if (ours == term->ours)
		return;
	term->ours = ours;
	fputs(ours ? explicit_order : implicit_order, stdout);
	fflush(stdout);
}

static void give_back(struct term *term)
{
	term_order(term, false);
	if (term->mouse)
		catch_mouse(false);
	bracketed_paste(false);
	endwin();
}

void term_close(struct term *term)
{
	if (!term)
		return;
	give_back(term);
	delscreen(term->screen);
	if (term->paste.text)
		explicit_bzero(term->paste.text, term->paste.length);
	free(term->paste.text);
	free(term->drawn);
	free(term);
}

void term_suspend(struct term *term)
{
	give_back(term);
}

void term_resume(struct term *term)
{
	reset_prog_mode();
	clearok(curscr, TRUE);
	term_resize(term);
	/* Brings back the alternate screen. */
	refresh();
	take();
	if (term->mouse)
		catch_mouse(true);
}

void term_forget_drawn(struct term *term)
{
	free(term->drawn);
	term->drawn = NULL;
	term->drawn_rows = 0;
	term->focus = 0;
}

void term_resize(struct term *term)
{
	struct winsize size;

	term_forget_drawn(term);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col)
		return;
	resizeterm(size.ws_row, size.ws_col);
	/* Not erase(): a window that went small and came back has lost what curses believes to be there. */
	clear();
}

void term_size(const struct term *term, int *columns, int *rows)
{
	(void)term;
	*columns = COLS;
	*rows = LINES;
}

void term_set_mouse(struct term *term, bool wanted)
{
	/* A terminal that can report the mouse says how in its description. */
	if (wanted == term->mouse || !knows("kmous"))
		return;
	term->mouse = wanted;
	catch_mouse(wanted);
}

unsigned long term_attributes(const struct term *term, enum style style)
{
	return term->attributes[style];
}

bool term_empty_clipboard(void)
{
	static const char request[] = "\033]52;c;IA==\033\\";   /* a blank in base64: an empty text is not taken by all */
	const char *name = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || !name || !*name || !strcmp(name, "dumb") || !strcmp(name, "linux"))
		return false;
	return write(STDOUT_FILENO, request, sizeof request - 1) == (ssize_t)sizeof request - 1;
}

int term_colours(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *name = getenv("TERM");
	int colours;

	/* The older interface: it needs no screen, and <term.h> would take over every second word here. */
	if (!is_for_screens(name) || tgetent(NULL, name) != 1)
		return -1;
	colours = tgetnum("Co");
	return colours > 0 && !(no_color && *no_color) ? colours : 0;
}
