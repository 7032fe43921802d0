/* SPDX-License-Identifier: MIT */
/* A program in a pseudo-terminal, seen through libvterm. */
#include "terminal.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Patience is counted in looks, not by the clock: a machine that stood still for a while is not the program's fault. */
enum { LOOK_MS = 20, LOOKS = 1000, SCREEN_BYTES = 64 * 1024, SETTLE_MS = 60 };

/* What a terminal answers to a program's questions. */
static void answer(const char *bytes, size_t length, void *data)
{
	struct terminal *terminal = data;

	if (write(terminal->master, bytes, length) < 0)
		terminal->ended = true;
}

void terminal_start(struct terminal *terminal, int columns, int rows, const char *const argv[])
{
	struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };

	memset(terminal, 0, sizeof *terminal);
	terminal->rows = rows;
	terminal->columns = columns;
	terminal->vterm = vterm_new(rows, columns);
	vterm_set_utf8(terminal->vterm, 1);
	vterm_output_set_callback(terminal->vterm, answer, terminal);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);
	setenv("TERM", "xterm-256color", 0);
	unsetenv("COLUMNS");
	unsetenv("LINES");
	terminal->pid = forkpty(&terminal->master, NULL, NULL, &size);
	cr_assert(terminal->pid >= 0);
	if (!terminal->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
}

void terminal_stop(struct terminal *terminal)
{
	if (terminal->pid > 0) {
		kill(terminal->pid, SIGKILL);
		waitpid(terminal->pid, NULL, 0);
	}
	close(terminal->master);
	vterm_free(terminal->vterm);
	free(terminal->written);
	terminal->vterm = NULL;
}

static void keep(struct terminal *terminal, const char *bytes, size_t length)
{
	terminal->written = realloc(terminal->written, terminal->written_length + length + 1);
	memcpy(terminal->written + terminal->written_length, bytes, length);
	terminal->written_length += length;
	terminal->written[terminal->written_length] = '\0';
	vterm_input_write(terminal->vterm, bytes, length);
}

bool terminal_read(struct terminal *terminal, int ms)
{
	struct pollfd end = { .fd = terminal->master, .events = POLLIN };
	char bytes[4096];
	ssize_t got;

	if (terminal->ended || poll(&end, 1, ms) <= 0)
		return false;
	got = read(terminal->master, bytes, sizeof bytes);
	if (got <= 0) {
		terminal->ended = true;
		return false;
	}
	keep(terminal, bytes, (size_t)got);
	return true;
}

void terminal_type(struct terminal *terminal, const char *bytes)
{
	size_t left = strlen(bytes);

	while (left) {
		ssize_t sent = write(terminal->master, bytes, left);

		cr_assert(sent > 0, "the program's terminal is gone");
		bytes += sent;
		left -= (size_t)sent;
		while (terminal_read(terminal, 0))
			;
	}
}

void terminal_paste(struct terminal *terminal, const char *text)
{
	terminal_type(terminal, "\033[200~");
	terminal_type(terminal, text);
	terminal_type(terminal, "\033[201~");
}

void terminal_resize(struct terminal *terminal, int columns, int rows)
{
	struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };

	terminal->rows = rows;
	terminal->columns = columns;
	vterm_set_size(terminal->vterm, rows, columns);
	cr_assert(!ioctl(terminal->master, TIOCSWINSZ, &size));
}

/* ---- what it shows ---- */

static size_t put_cell(char *text, const VTermScreenCell *cell)
{
	size_t length = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		uint32_t c = cell->chars[i];

		if (c < 0x80) {
			text[length++] = (char)c;
		} else if (c < 0x800) {
			text[length++] = (char)(0xC0 | c >> 6);
			text[length++] = (char)(0x80 | (c & 0x3F));
		} else {
			text[length++] = (char)(0xE0 | c >> 12);
			text[length++] = (char)(0x80 | (c >> 6 & 0x3F));
			text[length++] = (char)(0x80 | (c & 0x3F));
		}
	}
	if (!length)
		text[length++] = ' ';
	return length;
}

static size_t put_row(struct terminal *terminal, int row, char *text)
{
	size_t length = 0;

	for (int column = 0; column < terminal->columns;) {
		VTermScreenCell cell;

		vterm_screen_get_cell(terminal->screen, (VTermPos){ row, column }, &cell);
		length += put_cell(text + length, &cell);
		column += cell.width > 1 ? cell.width : 1;
	}
	while (length && text[length - 1] == ' ')
		length--;
	text[length++] = '\n';
	return length;
}

const char *terminal_text(struct terminal *terminal)
{
	static char text[SCREEN_BYTES];
	size_t length = 0;

	for (int row = 0; row < terminal->rows; row++)
		length += put_row(terminal, row, text + length);
	text[length] = '\0';
	return text;
}

static bool shows(struct terminal *terminal, const char *text)
{
	return strstr(terminal_text(terminal), text) != NULL;
}

/* The last bytes of a paint may still be on their way. */
static void settle(struct terminal *terminal)
{
	while (terminal_read(terminal, SETTLE_MS))
		;
}

bool terminal_shows(struct terminal *terminal, const char *text)
{
	settle(terminal);
	return shows(terminal, text);
}

bool terminal_wrote(const struct terminal *terminal, const char *text)
{
	return terminal->written_length &&
	       memmem(terminal->written, terminal->written_length, text, strlen(text)) != NULL;
}

VTermScreenCell terminal_focus(struct terminal *terminal)
{
	VTermScreenCell cell;
	VTermPos cursor;

	settle(terminal);
	vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &cursor);
	vterm_screen_get_cell(terminal->screen, cursor, &cell);
	return cell;
}

bool terminal_has_colour(struct terminal *terminal)
{
	for (int row = 0; row < terminal->rows; row++)
		for (int column = 0; column < terminal->columns; column++) {
			VTermScreenCell cell;

			vterm_screen_get_cell(terminal->screen, (VTermPos){ row, column }, &cell);
			if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
				return true;
		}
	return false;
}

static void wait_until(struct terminal *terminal, const char *text, bool wanted)
{
	int looks = 0;

	while (shows(terminal, text) != wanted) {
		if (looks == LOOKS || terminal->ended)
			cr_assert_fail("the screen is:\n%s\nwaited for \"%s\" %s", terminal_text(terminal), text,
				       wanted ? "to come" : "to go");
		looks += !terminal_read(terminal, LOOK_MS);
	}
}

void terminal_wait(struct terminal *terminal, const char *text)
{
	wait_until(terminal, text, true);
}

void terminal_wait_gone(struct terminal *terminal, const char *text)
{
	wait_until(terminal, text, false);
}

void terminal_answer(struct terminal *terminal, const char *bytes, const char *text)
{
	terminal_type(terminal, bytes);
	terminal_wait(terminal, text);
}

void terminal_wait_stopped(struct terminal *terminal)
{
	int status;

	for (int looks = 0; waitpid(terminal->pid, &status, WNOHANG | WUNTRACED) != terminal->pid;
	     looks += !terminal_read(terminal, LOOK_MS))
		cr_assert(looks < LOOKS, "the screen is:\n%s\nthe program does not stop", terminal_text(terminal));
	cr_assert(WIFSTOPPED(status));
	/* The kernel hands over what was written last in its own time. */
	while (terminal_read(terminal, 100))
		;
}

int terminal_status(struct terminal *terminal)
{
	int status;

	for (int looks = 0; looks < LOOKS; looks++) {
		/* At its end the terminal has nothing more to say; the pause is for the program then. */
		if (!terminal_read(terminal, LOOK_MS) && terminal->ended)
			nanosleep(&(struct timespec){ .tv_nsec = LOOK_MS * 1000000L }, NULL);
		if (waitpid(terminal->pid, &status, WNOHANG) == terminal->pid) {
			while (terminal_read(terminal, 0))
				;
			terminal->pid = 0;
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		}
	}
	cr_assert_fail("the screen is:\n%s\nthe program does not end", terminal_text(terminal));
	return -1;
}

/* ---- golden screens ---- */

static char *screen_and_cursor(struct terminal *terminal)
{
	VTermPos cursor;
	char *all;

	settle(terminal);
	vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &cursor);
	cr_assert(asprintf(&all, "%scursor %d %d\n", terminal_text(terminal), cursor.row, cursor.col) > 0);
	return all;
}

static char *read_golden(const char *path)
{
	char *text = calloc(1, SCREEN_BYTES);
	FILE *file = fopen(path, "r");

	if (file) {
		if (!fread(text, 1, SCREEN_BYTES - 1, file))
			text[0] = '\0';
		fclose(file);
	}
	return text;
}

static void write_golden(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert(file, "%s: %s", path, strerror(errno));
	fputs(text, file);
	fclose(file);
}

void terminal_golden(struct terminal *terminal, const char *name)
{
	const char *mode = getenv("KEYGUIDE_GOLDEN");
	char *path, *now = screen_and_cursor(terminal), *golden;

	cr_assert(asprintf(&path, "%s/pty/golden/%s.txt", TESTS_DIR, name) > 0);
	if (mode && !strcmp(mode, "write")) {
		write_golden(path, now);
	} else {
		golden = read_golden(path);
		cr_expect_str_eq(now, golden, "%s is\n%s\nand should be\n%s", name, now, golden);
		free(golden);
	}
	free(path);
	free(now);
}
