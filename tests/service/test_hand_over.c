/* SPDX-License-Identifier: MIT */
/* The ways out when the keyring failed: a real clipboard (xclip on a private X server) and a real password manager (pass). */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"
#include "sys/clipboard.h"

static struct session session;
static pid_t server;
static char *text;
static struct secret *key;

static void begin(void)
{
	session_start(&session, SESSION_ABSENT);
	text = session_make_key("rk_test_");
	key = secret_new(SECRET_ROOM);
	secret_append(key, text, strlen(text));
}

static void done(void)
{
	free(session_output((const char *const[]){ "sh", "-c", "gpgconf --kill all 2>/dev/null", NULL }));
	if (server) {
		kill(server, SIGTERM);
		waitpid(server, NULL, 0);
	}
	secret_free(key);
	session_stop(&session);
}

TestSuite(hand_over, .init = begin, .fini = done, .timeout = 60);

/* The server chooses a free display and says which. */
static void start_display(void)
{
	char number[16] = ":";
	int ends[2];
	ssize_t got;

	cr_assert(!pipe(ends));
	server = fork();
	if (!server) {
		char descriptor[16];
		int nothing = open("/dev/null", O_RDWR);

		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(nothing, 1);
		dup2(nothing, 2);
		snprintf(descriptor, sizeof descriptor, "%d", ends[1]);
		execlp("Xvfb", "Xvfb", "-displayfd", descriptor, "-screen", "0", "320x200x8", "-nolisten", "tcp", NULL);
		_exit(127);
	}
	close(ends[1]);
	got = read(ends[0], number + 1, sizeof number - 2);
	close(ends[0]);
	cr_assert(got > 0, "Xvfb did not start");
	number[got + 1] = '\0';
	number[strcspn(number, "\n")] = '\0';
	setenv("DISPLAY", number, 1);
}

static bool clipboard_is(const char *wanted)
{
	char *found = session_output((const char *const[]){ "xclip", "-selection", "clipboard", "-o", NULL });
	bool is = !strcmp(found ? found : "", wanted);

	free(found);
	return is;
}

/* X hands a selection over in its own time. */
static bool clipboard_becomes(const char *wanted)
{
	for (int looks = 0; looks < 100; looks++) {
		if (clipboard_is(wanted))
			return true;
		poll(NULL, 0, 20);
	}
	return false;
}

Test(hand_over, clipboard__holds_the_key_and_is_cleared)
{
	start_display();
	cr_assert_eq(clipboard_put(key, NULL), FAULT_NONE);
	cr_assert(clipboard_becomes(text));
	cr_assert(clipboard_clear(key));
	cr_assert(clipboard_becomes(""));
}

Test(hand_over, clipboard__of_somebody_else_is_left_alone)
{
	char *found;

	start_display();
	found = session_output((const char *const[]){ "sh", "-c", "printf other | xclip -selection clipboard >/dev/null",
		NULL });
	free(found);
	cr_assert(clipboard_becomes("other"));
	cr_assert_not(clipboard_clear(key));
	cr_assert(clipboard_is("other"));
}

Test(hand_over, clipboard__says_so_where_there_is_none)
{
	struct fault fault;

	cr_assert_eq(clipboard_put(key, &fault), FAULT_CLIPBOARD);
	cr_assert_not(clipboard_clear(key));
}

static void make_password_store(void)
{
	char *made;

	setenv("GNUPGHOME", session.folder, 1);
	made = session_output((const char *const[]){ "sh", "-c", "gpg --batch --quiet --pinentry-mode loopback "
		"--passphrase '' --quick-generate-key keyguide-test default default never 2>/dev/null && "
		"pass init keyguide-test", NULL });
	cr_assert(made, "no password store");
	free(made);
}

Test(hand_over, manager__keeps_the_key)
{
	char *found;

	make_password_store();
	cr_assert_str_eq(manager_found(), "pass");
	cr_assert_eq(manager_give(key, "../re ports", "test", NULL), FAULT_NONE);
	found = session_output((const char *const[]){ "pass", "show", "keyguide/___re ports-test", NULL });
	cr_assert_str_eq(found, text);
	free(found);
}

Test(hand_over, manager__says_so_when_it_fails)
{
	setenv("PASSWORD_STORE_DIR", "/proc/nowhere", 1);
	cr_assert_eq(manager_give(key, "reports", "test", NULL), FAULT_MANAGER);
}
