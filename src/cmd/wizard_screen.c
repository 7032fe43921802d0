/* SPDX-License-Identifier: MIT */
/* The wizard on a screen: one loop of painting, waiting and handling. */
#include "cmd/wizard.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/guard.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/layout.h"
#include "ui/term.h"
#include "ui/view.h"

struct screen {
	struct wizard *wizard;
	struct term *term;
	struct view *view;
	bool paint;          /* something changed since the last paint */
};

static void update_view(struct screen *screen)
{
	int columns, rows;

	term_size(screen->term, &columns, &rows);
	view_update(screen->view, &screen->wizard->page, columns, rows);
	view_set_secret_length(screen->view, secret_length(screen->wizard->key));
	screen->paint = true;
}

static void paint(struct screen *screen)
{
	struct layout layout;
	int columns, rows;

	term_size(screen->term, &columns, &rows);
	layout_page(&layout, &screen->wizard->page, screen->view, columns, rows);
	term_set_mouse(screen->term, view_wants_mouse(&screen->wizard->page));
	draw_layout(screen->term, &layout);
	layout_done(&layout);
	screen->paint = false;
}

static void press(struct screen *screen, const struct press *press)
{
	struct event event;

	if (view_press(screen->view, &screen->wizard->page, press, &event))
		wizard_event(screen->wizard, &event);
	view_forget_typed(screen->view);
	input_forget_pasted(screen->term);
	update_view(screen);
}

static void read_input(struct screen *screen)
{
	struct wizard *wizard = screen->wizard;
	bool in_secret = view_in_secret(screen->view, &wizard->page);
	struct press key;

	switch (input_read(screen->term, in_secret ? wizard->key : NULL, &key)) {
	case INPUT_NOTHING:
		break;
	case INPUT_PRESS:
		press(screen, &key);
		break;
	case INPUT_SECRET:
		update_view(screen);
		break;
	case INPUT_SECRET_DONE:
		wizard_key(wizard);
		update_view(screen);
		break;
	case INPUT_CLOSED:
		wizard_end(wizard, SIGHUP);
		break;
	}
}

static void lend_terminal(void *data, bool lent)
{
	struct screen *screen = data;

	if (lent)
		term_suspend(screen->term);
	else
		term_resume(screen->term);
}

static void suspend(struct screen *screen)
{
	term_suspend(screen->term);
	guard_stop_here();
	term_resume(screen->term);
	term_resize(screen->term);
	update_view(screen);
}

static void take_signals(struct screen *screen)
{
	int number;

	while ((number = guard_next(screen->wizard->signals))) {
		if (number == SIGWINCH) {
			term_resize(screen->term);
			update_view(screen);
		} else if (number == SIGTSTP) {
			suspend(screen);
		} else {
			wizard_end(screen->wizard, number);
		}
	}
}

static void wait_and_handle(struct screen *screen)
{
	struct pollfd descriptors[3] = { { .fd = STDIN_FILENO, .events = POLLIN } };
	int timeout_ms = -1;
	size_t count = 1 + wizard_poll(screen->wizard, descriptors + 1, &timeout_ms);

	if (poll(descriptors, count, timeout_ms) < 0)
		return;
	take_signals(screen);
	if (descriptors[0].revents && !screen->wizard->over)
		read_input(screen);
	if (descriptors[0].revents & POLLHUP)
		wizard_end(screen->wizard, SIGHUP);
}

static void loop(struct screen *screen)
{
	struct wizard *wizard = screen->wizard;

	update_view(screen);
	while (!wizard->over) {
		/* Keys that wait are handled before painting: one paint for all of them. */
		if (screen->paint && !input_waiting())
			paint(screen);
		if (wizard_work(wizard)) {
			update_view(screen);
			continue;
		}
		wait_and_handle(screen);
	}
}

/* NULL where there can be no screen; why is said then. */
static struct term *open_screen(void)
{
	struct term *term = term_open();
	int columns, rows;

	if (!term) {
		/* TRANSLATORS: TERM is the name of a setting, and stays as it is */
		puts(_("This terminal (TERM) cannot show keyguide's screen. So here it speaks in lines."));
		return NULL;
	}
	term_size(term, &columns, &rows);
	if (!layout_is_too_small(columns, rows))
		return term;
	term_close(term);
	printf(_("This window is too small for keyguide's screen. So here it speaks in lines. For the screen make the "
		 "window at least %d columns wide and %d rows high, then start again.\n"), LAYOUT_MIN_COLUMNS, LAYOUT_MIN_ROWS);
	return NULL;
}

bool wizard_screen(struct wizard *wizard)
{
	struct screen screen = { .wizard = wizard };

	guard_terminal();
	screen.term = open_screen();
	if (!screen.term)
		return false;
	screen.view = view_new();
	view_let_terminal_turn(screen.view, wizard->options->no_bidi);
	wizard->lend_terminal = lend_terminal;
	wizard->screen = &screen;
	loop(&screen);
	wizard->lend_terminal = NULL;
	wizard->screen = NULL;
	view_free(screen.view);
	term_close(screen.term);
	return true;
}
