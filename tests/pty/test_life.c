/* SPDX-License-Identifier: MIT */
/* A key's later life at the wizard: the menu, a check, a new key for the old one, the end of it. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "journey.h"

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;
static char *old;

static void done(void)
{
	journey_end(&journey);
	free(old);
}

TestSuite(life, .fini = done, .timeout = 240);

static const char permissions[] = "rak_balance_read rak_charge_read";

/* The old key as keyguide leaves it, in the keyring and in what is remembered; "report" in the sandbox. */
static void keep_old(void)
{
	char *stored = session_output_of("secret-tool store --label 'Stripe restricted key: report (sandbox)' xdg:schema "
		"org.keyguide.RestrictedKey name report mode test account acct_1Standin", old);

	cr_assert(stored);
	free(stored);
	session_write(&journey.session, "data/keyguide/keys/test-report.json",
		"{\"version\":1,\"plan\":{\"version\":1,\"name\":\"report\",\"mode\":\"test\","
		"\"permissions\":[\"rak_balance_read\",\"rak_charge_read\"]},\"ends\":\"o1dK\",\"account\":\"acct_1Standin\","
		"\"store\":\"GNOME Keyring, \\\"Login\\\"\",\"created\":\"2020-01-02T10:00:00Z\","
		"\"checked\":\"2020-01-02T10:00:00Z\",\"found\":\"granted\",\"as_planned\":true,\"review\":\"2020-04-01\"}");
}

static void make_folder(const char *name)
{
	char path[200];

	snprintf(path, sizeof path, "%s/%s", journey.session.folder, name);
	cr_assert(!mkdir(path, 0700));
}

/* A stand-in that knows both keys; the old one for so many requests. */
static void prepare_with(struct peer_setup setup)
{
	setup.permissions = permissions;
	old = session_make_key("rk_test_");
	memcpy(old + strlen(old) - 4, "o1dK", 4);   /* the new one ends otherwise */
	setup.old_key = old;
	journey_prepare_with(&journey, SESSION_UNLOCKED, setup);
	make_folder("data/keyguide");
	make_folder("data/keyguide/keys");
	keep_old();
}

static void prepare(int old_alive_for)
{
	prepare_with((struct peer_setup){ .old_alive_for = old_alive_for });
}

static void start(int columns, int rows, const char *command)
{
	const char *const words[] = { command, "report", NULL };

	journey_start(&journey, columns, rows, command ? words : NULL);
}

static void assert_kept(const char *name, const char *key)
{
	char *found = session_lookup(name, "test");

	if (key)
		cr_assert_str_eq(found, key, "%s", name);
	else
		cr_assert_null(found, "%s", name);
	free(found);
}

/* Presses on through the steps of replacing to the field for the new key. */
static void go_to_the_field(const char *overlap)
{
	terminal_wait(terminal, "▸ 1 Open");
	terminal_type(terminal, KEY_ENTER);
	terminal_wait(terminal, "Your browser was asked");
	terminal_answer(terminal, KEY_ENTER, "▸ 2 Find");
	terminal_answer(terminal, KEY_ENTER, "▸ 3 Rotate");
	terminal_type(terminal, overlap);
	terminal_answer(terminal, KEY_ENTER, "▸ 4 Confirm");
	terminal_wait(terminal, "I see the key");
	terminal_answer(terminal, KEY_ENTER, "▸ 5 Copy");
}

static void paste_the_new_one(void)
{
	journey_paste(&journey);
	terminal_wait(terminal, "\"report (old)\"");
	terminal_answer(terminal, KEY_ENTER, "As planned");
}

/* ---- the menu ---- */

Test(life, the_menu__comes_with_a_key_that_is_kept)
{
	prepare(1000);
	start(80, 24, NULL);
	terminal_wait(terminal, "My keys (1)");
	terminal_wait(terminal, "should be looked at again");
	terminal_golden(terminal, "life-menu");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "report (sandbox)");
	terminal_wait(terminal, "Checked");
	terminal_answer(terminal, KEY_ENTER, "Ends in: o1dK");
	terminal_answer(terminal, KEY_ENTER, "The key does what you planned");   /* "Check" has the focus */
	terminal_answer(terminal, KEY_ENTER, "Checked today: as planned.");
	/* Of so long ago: "Still needed" is there, and takes the reminder away. */
	terminal_wait(terminal, "Still needed");
	terminal_answer(terminal, KEY_RIGHT KEY_RIGHT KEY_RIGHT KEY_RIGHT KEY_ENTER, "Look at it again in 90 days");
	terminal_answer(terminal, KEY_ESC, "▸ report (sandbox)");
	terminal_answer(terminal, KEY_ESC, "My keys (1)");
	terminal_wait_gone(terminal, "should be looked at again");
	terminal_type(terminal, KEY_TAB KEY_RIGHT KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_not(terminal_wrote(terminal, old));
}

Test(life, the_menu__is_not_there_before_a_key_is)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	start(80, 24, NULL);
	terminal_wait(terminal, "Before you start");
	terminal_wait(terminal, "\"Login\"");
	cr_assert_not(terminal_shows(terminal, "My keys"));
}

/* UNTIL the wizard has a helper, or "while" it has. */
static void wait_for_helper(const char *until)
{
	char command[80];

	snprintf(command, sizeof command, "%s pgrep -P %d keyguide-keyrin; do sleep 0.02; done", until, (int)terminal->pid);
	free(session_output_of(command, ""));
}

/*
 * To a page that looks into the keyring again while it shows what was there. The page is up before the helper is: the
 * keyring lets that one wait until it was seen.
 */
static void answer_and_look(const char *bytes, const char *text)
{
	kill(journey.session.keyring, SIGSTOP);
	terminal_answer(terminal, bytes, text);
	wait_for_helper("until");
	kill(journey.session.keyring, SIGCONT);
	wait_for_helper("while");
}

/* Somebody else deleted it meanwhile: asking fails, and what comes next is about the keyring again. */
Test(life, check__of_a_key_that_went_away)
{
	prepare(1000);
	free(session_output_of("secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name sync mode test account ''",
			       "another"));
	start(80, 24, NULL);
	terminal_wait(terminal, "My keys (2)");
	answer_and_look(KEY_DOWN KEY_ENTER, "▸ report (sandbox)");
	answer_and_look(KEY_ENTER, "Ends in: o1dK");
	free(session_output((const char *const[]){ "secret-tool", "clear", "name", "report", NULL }));
	terminal_answer(terminal, KEY_ENTER, "There is no such key in your keyring.");
	terminal_answer(terminal, KEY_ESC, "This key is not in your keyring any more.");
	terminal_answer(terminal, KEY_ESC, "▸ sync (sandbox)");
	cr_assert_eq(peer_count(&journey.peer, "\"method\""), 0, "there was nothing to ask about");
}

/* ---- replace ---- */

Test(life, replace__asks_after_the_old_key_until_it_is_dead)
{
	prepare(3);
	start(80, 24, "replace");
	go_to_the_field(KEY_UP KEY_UP);   /* "now" */
	paste_the_new_one();
	assert_kept("report", journey.key);
	assert_kept("report (old)", old);
	terminal_answer(terminal, KEY_ENTER, "Stripe still takes the key");
	assert_kept("report (old)", old);
	terminal_wait(terminal, "does not take the key any more");
	assert_kept("report (old)", old);
	terminal_golden(terminal, "life-dead");
	terminal_type(terminal, KEY_ESC);   /* decides nothing */
	terminal_answer(terminal, KEY_F1, "Why ask?");
	terminal_answer(terminal, KEY_ESC, "Shall it be deleted");
	terminal_answer(terminal, KEY_ENTER, "Deleted from your keyring");
	assert_kept("report (old)", NULL);
	assert_kept("report", journey.key);
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_not(terminal_wrote(terminal, old));
	cr_assert_not(terminal_wrote(terminal, journey.key));
	cr_assert_not(session_is_in_files(&journey.session, journey.key));
}

Test(life, replace__reminds_of_the_old_key_when_its_time_is_over)
{
	char *record;

	prepare(1);
	start(60, 20, "replace");
	go_to_the_field("");   /* one day */
	paste_the_new_one();
	terminal_answer(terminal, KEY_ENTER, "for 1 day more");
	terminal_golden(terminal, "life-later-60x20");
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	assert_kept("report (old)", old);
	terminal_stop(terminal);
	/* A day later. */
	record = session_read(&journey.session, "data/keyguide/keys/test-report%20%28old%29.json");
	cr_assert(strstr(record, "\"until\""));
	memcpy(strstr(record, "\"until\"") + strlen("\"until\": \""), "2020", 4);
	session_write(&journey.session, "data/keyguide/keys/test-report%20%28old%29.json", record);
	free(record);
	start(60, 20, NULL);
	terminal_wait(terminal, "The time of \"report (old)\" is over");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "its time is over");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "Has it ended?");
	terminal_answer(terminal, KEY_ENTER, "does not take the key any more");
	terminal_answer(terminal, KEY_ENTER, "Deleted from your keyring");
	assert_kept("report (old)", NULL);
	terminal_answer(terminal, KEY_ENTER, "My keys (1)");
}

/* One that was deleted elsewhere had the name before: what is remembered of that one is not about this one. */
Test(life, replace__remembers_of_the_old_key_what_is_true_of_it)
{
	static const char file[] = "data/keyguide/keys/test-report%20%28old%29.json";
	char *record;

	prepare(1000);
	session_write(&journey.session, file,
		"{\"version\":1,\"plan\":{\"version\":1,\"name\":\"report (old)\",\"mode\":\"test\",\"permissions\":[]},"
		"\"ends\":\"g0nE\",\"account\":\"\",\"store\":\"\",\"created\":\"2019-01-02T10:00:00Z\",\"checked\":\"\","
		"\"found\":\"granted\",\"as_planned\":null,\"review\":\"2019-04-01\",\"until\":\"2019-02-01T10:00:00Z\"}");
	start(80, 24, "replace");
	go_to_the_field("");
	paste_the_new_one();   /* remembered twice: once it is kept, and once Stripe has answered */
	terminal_answer(terminal, KEY_ENTER, "for 1 day more");
	record = session_read(&journey.session, file);
	cr_assert(strstr(record, "\"o1dK\"") && strstr(record, "\"2020-01-02T10:00:00Z\""), "%s", record);
	cr_assert_not(strstr(record, "2019-"), "%s", record);
	free(record);
	record = session_read(&journey.session, "data/keyguide/keys/test-report.json");
	cr_assert(strstr(record, "\"wEg1\""), "%s", record);
	free(record);
}

Test(life, replace__refuses_the_old_key)
{
	prepare(1000);
	start(80, 24, "replace");
	go_to_the_field("");
	terminal_paste(terminal, old);
	terminal_wait(terminal, "This is the key that is in your keyring already.");
	assert_kept("report", old);
	assert_kept("report (old)", NULL);
}

Test(life, replace_and_remove__want_a_key_that_is_kept)
{
	static const char *const replace[] = { "replace", "nobody", NULL }, *const remove[] = { "remove", "nobody", NULL };

	prepare(1);
	journey_start(&journey, 80, 24, replace);
	terminal_wait(terminal, "there is no such key in your keyring");
	cr_assert_eq(terminal_status(terminal), 2);
	terminal_stop(terminal);
	journey_start(&journey, 80, 24, remove);
	cr_assert_eq(terminal_status(terminal), 2);
}

/* ---- killed ---- */

/* Kills the wizard after a while; the caller waits for the child. */
static pid_t kill_after(pid_t pid, long after_ms)
{
	pid_t child = fork();

	if (!child) {
		usleep((useconds_t)after_ms * 1000);
		kill(pid, SIGKILL);
		_exit(0);
	}
	return child;
}

/* Until the screen is another one, and quiet: a key pressed before that would be meant for the page before. */
static void look(const char *before)
{
	for (int reads = 0; reads < 120 && !terminal->ended && !strcmp(before, terminal_text(terminal)); reads++)
		terminal_read(terminal, 50);
	while (terminal_read(terminal, 80))
		;
}

/*
 * What a person does who only ever goes on: Enter, and the key where it is asked for. True: at the end. All is judged
 * by one look at the screen: it may become another page at any time.
 */
static bool go_on_to_the_end(const char *end)
{
	for (int presses = 0; presses < 100 && !terminal->ended; presses++) {
		char *before = strdup(terminal_text(terminal));

		if (strstr(before, end)) {
			free(before);
			return true;
		}
		if (strstr(before, "Key  ▏"))
			terminal_paste(terminal, journey.key);
		else if (!strstr(before, "  … "))   /* which becomes another page by itself */
			terminal_type(terminal, KEY_ENTER);
		look(before);
		free(before);
	}
	return false;
}

/* All secrets of the sandbox that the keyring holds, twins too. */
static char *all_kept(void)
{
	char *all = session_output((const char *const[]){ "secret-tool", "search", "--all", "mode", "test", NULL });

	cr_assert(all);
	return all;
}

static void forget_all(void)
{
	free(session_output((const char *const[]){ "secret-tool", "clear", "mode", "test", NULL }));
	free(session_output((const char *const[]){ "sh", "-c", "rm -rf \"$XDG_STATE_HOME\"/* \"$XDG_DATA_HOME\"/keyguide/keys/*",
						   NULL }));
}

static void assert_nothing_is_lost(bool said_kept, long when)
{
	char *all = all_kept();

	cr_assert(strstr(all, old), "%ld: the old key is lost", when);
	if (said_kept)
		cr_assert(strstr(all, journey.key), "%ld: the new key is lost", when);
	free(all);
}

/* The next start goes on, and gets to the end with both keys where they belong. */
static void finish(long when)
{
	start(80, 24, "replace");
	cr_assert(go_on_to_the_end("▸ 6 Old key"), "%ld:\n%s", when, terminal_text(terminal));
	assert_kept("report", journey.key);
	assert_kept("report (old)", old);
	terminal_stop(terminal);
}

/* The wizard may have got to the end before: then there is nothing to go on with. */
static void kill_and_go_on(long after_ms)
{
	bool at_end, said_kept;
	pid_t killer;

	forget_all();
	keep_old();
	start(80, 24, "replace");
	killer = kill_after(terminal->pid, after_ms);
	at_end = go_on_to_the_end("It works for 1 day more");
	waitpid(killer, NULL, 0);
	said_kept = terminal_wrote(terminal, "The key is in your keyring");
	terminal_stop(terminal);
	assert_nothing_is_lost(said_kept, after_ms);
	if (!at_end)
		finish(after_ms);
}

Test(life, replace__loses_nothing__killed_at_twenty_random_moments)
{
	unsigned seed = (unsigned)time(NULL);

	prepare(100000);
	printf("seed %u\n", seed);
	srand(seed);
	for (int i = 0; i < 20; i++)
		kill_and_go_on(rand() % 1500);
}

/* At each page, while nothing goes on. */
Test(life, replace__loses_nothing__killed_at_every_step)
{
	static const char *const pages[] = { "▸ 1 Open", "▸ 2 Find", "▸ 3 Rotate", "▸ 4 Confirm", "▸ 5 Copy",
		"The key is in your keyring", "As planned", "▸ 6 Old key" };

	prepare(100000);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		forget_all();
		keep_old();
		start(80, 24, "replace");
		cr_assert(go_on_to_the_end(pages[i]), "%s", pages[i]);
		kill(terminal->pid, SIGKILL);
		terminal_stop(terminal);
		assert_nothing_is_lost(i >= 5, (long)i);
		finish((long)i);
	}
}

/* What is said of a key that was being made, after the wizard was killed at PAGE; NULL: nothing. And where it goes on. */
static const struct stop {
	const char *page, *says, *goes_on;
} stops[] = {
	{ "Asking Stripe what it can do", "✓ The key is in your keyring.", "Asking Stripe what the key can do" },
	{ "▸ 1 Open", NULL, "Open the API keys page" },
	{ "▸ 2 Start", NULL, "Start a new restricted key" },
	{ "▸ 3 Name", NULL, "Name the key" },
	{ "▸ 4 Permissions", NULL, "Set the permissions" },
	{ "▸ 5 Create", NULL, "Create the key and prove it's you" },
	{ "▸ 6 Copy", "stopped before a key was kept", "Copy the key once and store it" },
	{ "Asked Stripe: ", "✓ The key is in your keyring.", "Hand it over" },
	{ "As planned", "✓ The key is in your keyring.", "Hand it over" },
	{ "Who uses the key?", "✓ The key is in your keyring.", "Hand it over" },
};

Test(life, make__says_what_is_so__killed_at_every_step)
{
	static const char *const link[] = { "https://dashboard.stripe.com/apikeys/create?name=sync&permissions[]=rak_balance_read"
		"&permissions[]=rak_charge_read", NULL };

	/* The first round waits for one answer, so that the first stop is at a page which stays. */
	prepare_with((struct peer_setup){ .old_alive_for = 100000,
		.faults = "[{\"path\":\"/v1/payouts/\",\"kind\":\"silent\",\"times\":1}]" });
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		const struct stop *stop = &stops[i];
		char *found;

		forget_all();
		journey_start(&journey, 80, 24, link);
		cr_assert(go_on_to_the_end(stop->page), "%s:\n%s", stop->page, terminal_text(terminal));
		kill(terminal->pid, SIGKILL);
		terminal_stop(terminal);
		start(80, 24, NULL);
		terminal_wait(terminal, "Welcome back");
		terminal_wait(terminal, stop->goes_on);
		if (stop->says)
			terminal_wait(terminal, stop->says);
		else
			cr_assert_not(terminal_shows(terminal, "keyring"), "%s", stop->page);
		cr_assert(go_on_to_the_end("Who uses the key?"), "%s:\n%s", stop->page, terminal_text(terminal));
		found = session_lookup("sync", "test");
		cr_assert_str_eq(found, journey.key, "%s", stop->page);
		free(found);
		found = session_read(&journey.session, "data/keyguide/keys/test-sync.json");
		cr_assert(strstr(found, "\"as_planned\": true"), "%s: it was not checked", stop->page);
		free(found);
		terminal_stop(terminal);
	}
}

/* A key that is being made, and one that is being replaced: neither takes the other's place. */
Test(life, two_guides__unfinished__are_both_gone_on_with)
{
	static const char *const live[] = { "--live", NULL };

	prepare(100000);
	journey_start(&journey, 80, 24, live);
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
	terminal_type(terminal, KEY_ENTER);
	terminal_answer(terminal, KEY_ENTER, "▸ 2");
	terminal_answer(terminal, KEY_ENTER, "▸ 3");
	kill(terminal->pid, SIGKILL);
	terminal_stop(terminal);
	start(80, 24, "replace");
	go_to_the_field("");
	kill(terminal->pid, SIGKILL);
	terminal_stop(terminal);
	/* The later one is offered, and brought to its end. */
	start(80, 24, NULL);
	terminal_wait(terminal, "Go on with \"Copy the new key once and store it\"");
	terminal_answer(terminal, KEY_ENTER, "Key  ▏");
	paste_the_new_one();
	terminal_answer(terminal, KEY_ENTER, "▸ 6 Old key");
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	terminal_stop(terminal);
	/* Then the other one; and from the menu, too. */
	start(80, 24, NULL);
	terminal_wait(terminal, "Go on with \"Name the key\"");
	terminal_stop(terminal);
	start(80, 24, "remove");
	terminal_wait(terminal, "Take a key back");
	terminal_answer(terminal, KEY_ESC, "▸ Make a key");
	terminal_answer(terminal, KEY_ENTER, "Welcome back");
	terminal_answer(terminal, KEY_ENTER, "▸ 3 Name");
}

Test(life, the_menu__goes_on_with_what_was_left)
{
	prepare(100000);
	start(80, 24, "replace");
	go_to_the_field(KEY_DOWN);   /* three days */
	kill(terminal->pid, SIGKILL);
	terminal_stop(terminal);
	start(80, 24, "remove");
	terminal_wait(terminal, "Take a key back");
	terminal_type(terminal, KEY_ENTER);
	terminal_answer(terminal, KEY_ENTER, "▸ 2 Find");
	terminal_stop(terminal);
	start(80, 24, NULL);
	terminal_wait(terminal, "Go on with \"Find the key by its name\"");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "My keys (1)");   /* that one is given up */
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "▸ report (sandbox)");
	terminal_answer(terminal, KEY_ENTER, "Ends in: o1dK");
	terminal_answer(terminal, KEY_RIGHT KEY_ENTER, "Welcome back");
	terminal_answer(terminal, KEY_ENTER, "Key  ▏");
	paste_the_new_one();
	terminal_answer(terminal, KEY_ENTER, "for 3 days more");
}

/* Of a version that had one file for whatever was unfinished. */
Test(life, progress_of_an_earlier_version__is_gone_on_with)
{
	static const char earlier[] = "{\"version\":1,\"guide\":\"replace\",\"step\":\"copy\",\"ends\":\"o1dK\",\"aside\":\"\","
		"\"aside_before\":0,\"overlap_hours\":72,\"until\":\"\",\"plan\":{\"version\":1,\"name\":\"report\","
		"\"mode\":\"test\",\"permissions\":[\"rak_balance_read\",\"rak_charge_read\"]},\"live_only\":false,"
		"\"sandbox_done\":false,\"ticked\":[],\"write_open\":[],\"key\":\"made\"}";
	static const char *const commands[] = { NULL, "replace" };

	prepare(100000);
	make_folder("state/keyguide");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		session_write(&journey.session, "state/keyguide/progress.json", earlier);
		start(80, 24, commands[i]);
		terminal_wait(terminal, "Welcome back");
		terminal_wait(terminal, "stopped before a key was kept");
		terminal_answer(terminal, KEY_ENTER, "▸ 5 Copy");
		terminal_stop(terminal);
	}
}

/* ---- taking back ---- */

Test(life, remove__deletes_when_stripe_says_dead)
{
	prepare(2);
	start(80, 24, "remove");
	terminal_wait(terminal, "▸ 1 Open");
	terminal_golden(terminal, "life-remove");
	cr_assert(go_on_to_the_end("Stripe still takes the key"));
	assert_kept("report", old);
	terminal_wait(terminal, "does not take the key any more");
	assert_kept("report", old);
	terminal_answer(terminal, KEY_ENTER, "Deleted from your keyring");
	assert_kept("report", NULL);
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_not(session_is_in_files(&journey.session, old));
}

static bool is_remembered(const char *file)
{
	char path[200];

	snprintf(path, sizeof path, "%s/data/keyguide/keys/%s", journey.session.folder, file);
	return !access(path, F_OK);
}

/* Somebody else was faster: nothing is left of it here either, and no menu comes for it. */
Test(life, remove__of_a_key_that_went_away__forgets_it)
{
	prepare(0);
	start(80, 24, "remove");
	cr_assert(go_on_to_the_end("does not take the key any more"));
	cr_assert(is_remembered("test-report.json"));
	free(session_output((const char *const[]){ "secret-tool", "clear", "name", "report", NULL }));
	terminal_answer(terminal, KEY_ENTER, "Nothing more is remembered of it here.");
	cr_assert_not(is_remembered("test-report.json"));
}

/* Another keyguide has put a new one there since: that one and what is remembered of it stay. */
Test(life, remove__of_a_key_that_gave_its_name_away__leaves_the_other_alone)
{
	char *record;

	prepare(0);
	start(80, 24, "remove");
	cr_assert(go_on_to_the_end("does not take the key any more"));
	free(session_output((const char *const[]){ "secret-tool", "clear", "name", "report", NULL }));
	free(session_output_of("secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name report mode test account ''",
			       journey.key));
	record = session_read(&journey.session, "data/keyguide/keys/test-report.json");
	memcpy(strstr(record, "o1dK"), "wEg1", 4);
	session_write(&journey.session, "data/keyguide/keys/test-report.json", record);
	free(record);
	terminal_answer(terminal, KEY_ENTER, "Deleted from your keyring");
	assert_kept("report", journey.key);
	cr_assert(is_remembered("test-report.json"));
}

Test(life, remove__is_gone_on_with__at_the_next_start)
{
	prepare(2);
	start(80, 24, "remove");
	cr_assert(go_on_to_the_end("Stripe still takes the key"));
	terminal_answer(terminal, KEY_ESC, "Nothing is deleted as long as it works");
	terminal_type(terminal, KEY_TAB KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 3);
	terminal_stop(terminal);
	assert_kept("report", old);
	start(80, 24, NULL);
	terminal_wait(terminal, "Welcome back");
	terminal_answer(terminal, KEY_ENTER, "Is the key dead?");
	terminal_wait(terminal, "does not take the key any more");
	terminal_answer(terminal, KEY_LEFT KEY_ENTER, "still in your keyring");
	assert_kept("report", old);
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	terminal_stop(terminal);
	start(80, 24, NULL);
	terminal_wait(terminal, "My keys (1)");
	cr_assert_not(terminal_shows(terminal, "should be looked at again"), "nobody is reminded of a dead key");
}

/* ---- as lines ---- */

/* What keyguide says to ANSWERS (in printf's words; %s where the new key goes) through a pipe. The caller's. */
static char *talk(const char *answers)
{
	char *command, *said, *rest;
	const char *key = strstr(answers, "%s");

	setenv("KEYGUIDE", KEYGUIDE_PATH, 1);
	rest = strdup(key ? key + 2 : "");
	/* The key comes from standard input, so that it is in no argument. */
	cr_assert(asprintf(&command, "{ printf '%.*s'; cat; printf '%s'; } | \"$KEYGUIDE\" --plain --api-base %s --ca-file %s; "
		"echo status $?", key ? (int)(key - answers) : (int)strlen(answers), answers, rest, journey.peer.base,
		journey.peer.certificate) > 0);
	said = session_output_of(command, key ? journey.key : "");
	cr_assert(said);
	cr_assert_not(strstr(said, old + 8));
	cr_assert_not(strstr(said, journey.key + 8));
	free(command);
	free(rest);
	return said;
}

/* LINE comes, and behind where the last one was found. */
static void expect_next(const char **said, const char *line)
{
	const char *found = strstr(*said, line);

	cr_assert(found, "\"%s\" did not come after:\n%s", line, *said);
	*said = found;
}

Test(life, as_lines__a_key_is_looked_at_and_checked)
{
	char *all;
	const char *said;

	prepare(1000);
	/* My keys, the key, check, its report, back to the menu; the list of languages. */
	said = all = talk("2\\n1\\n\\n\\n<\\n<\\n9\\n<\\n10\\n");
	expect_next(&said, "What would you like to do?");
	expect_next(&said, "2 My keys (1)");
	expect_next(&said, "1 report (sandbox): Made ");
	expect_next(&said, "report (sandbox) (SANDBOX, key \"report\")");
	expect_next(&said, "Enter: Check. <: Back.");
	expect_next(&said, "Please wait: 0 of 20 answers are there.");
	expect_next(&said, "The key does what you planned");
	expect_next(&said, "- Balance: wanted: Read, is: Read.");
	expect_next(&said, "Checked today: as planned.");
	expect_next(&said, "1 (chosen) English");
	expect_next(&said, "10 Leave\nType a number to choose. Enter: Make a key. ?: help.\n> \nstatus 0");
	free(all);
}

Test(life, as_lines__a_key_is_replaced)
{
	char *all;
	const char *said;

	prepare(1000);
	/* Replace, which key; open, find, "3 days", confirm; the key; kept, report, the old key. */
	said = all = talk("4\\n1\\n\\n\\n4\\n\\n\\n%s\\n\\n\\n\\n10\\n");
	expect_next(&said, "Which key do you want to replace?");
	expect_next(&said, "Step 1 of 6: Replace a key");
	expect_next(&said, "Step 2 of 6: Find the key by its name");
	expect_next(&said, "2, 1 hour");
	expect_next(&said, "3 (chosen) 1 day");
	expect_next(&said, "\"3 days\" is chosen now. Enter: Next. <: Back. ?: help.");
	expect_next(&said, "Step 5 of 6: Copy the new key once");
	expect_next(&said, "Done: The old key is kept, too, as \"report (old)\".");
	expect_next(&said, "Done: Asked Stripe: The key does what you planned.");
	expect_next(&said, "It works for 3 days more.");
	cr_assert_not(strstr(said, "My keys (1)"), "said before the keyring was looked into");
	expect_next(&said, "2 My keys (2)");
	expect_next(&said, "status 0");
	cr_assert_not(strstr(strstr(all, "My keys (2)") - 200, "should be looked at again"), "the new one is new, nobody need look at the old one");
	free(all);
	assert_kept("report", journey.key);
	assert_kept("report (old)", old);
}

Test(life, as_lines__a_key_is_taken_back)
{
	char *all;
	const char *said;

	prepare(0);
	said = all = talk("5\\n1\\n\\n\\n\\n\\n\\n\\n\\n10\\n");
	expect_next(&said, "Which key do you want to take back?");
	expect_next(&said, "Step 1 of 6: Take a key back");
	expect_next(&said, "Careful: Leave every other key alone.");
	expect_next(&said, "Please wait: Asking Stripe whether it still takes the key");
	expect_next(&said, "Done: Asked Stripe: it does not take the key any more.");
	expect_next(&said, "Enter: Delete it. ?: help.");
	expect_next(&said, "Enter: Finish");
	expect_next(&said, "status 0");
	free(all);
	assert_kept("report", NULL);
}

Test(life, as_lines__the_rest_of_the_menu)
{
	char *all;
	const char *said;

	prepare(0);
	/* An answer and back; both pages about connecting; a plan: name, one row, who prepared it, save, finish. */
	said = all = talk("6\\n1\\n<\\n<\\n7\\n\\n\\n8\\naccountant\\n\\nbalance\\n1\\n\\nA firm\\n\\n\\n\\n10\\n");
	expect_next(&said, "Type a number to choose. Enter: 1. <: Back.");
	expect_next(&said, "A restricted key (rk_) does only what you allow");
	expect_next(&said, "What would you like to do?");
	expect_next(&said, "They have a button of their own that leads to Stripe");
	expect_next(&said, "Enter: How to end it. <: Back.");
	expect_next(&said, "End such a connection");
	expect_next(&said, "What would you like to do?");
	expect_next(&said, "Step 1 of 4: Prepare a plan: the key's name");
	expect_next(&said, "Key name: accountant");
	expect_next(&said, "1 Balance: now None. Type 1 for Read. Read: Shows how much money you have at Stripe");
	expect_next(&said, "1 Read · 0 Write · 75 None");
	expect_next(&said, "Prepared by: A firm");
	expect_next(&said, "permissions%5B%5D=rak_balance_read");
	expect_next(&said, "keyguide-accountant.json.");
	expect_next(&said, "What would you like to do?");
	expect_next(&said, "status 0");
	free(all);
}
