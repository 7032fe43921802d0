/* SPDX-License-Identifier: MIT */
/* The consultant's side on the screen: a plan, a link, a rehearsal, a receipt. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journey.h"

static struct journey journey;
static struct terminal *const terminal = &journey.terminal;

static void done(void)
{
	journey_end(&journey);
}

TestSuite(consultant, .fini = done, .timeout = 120);

static const char link_text[] = "https://dashboard.stripe.com/apikeys/create?name=tool&permissions[]=rak_balance_read"
				"&permissions[]=rak_invoice_write&permissions[]=rak_price_read";

static char *write_plan(void)
{
	char *path;
	FILE *file;

	cr_assert(asprintf(&path, "%s/plan.json", journey.session.folder) > 0);
	file = fopen(path, "w");
	fputs("{\"version\":1,\"name\":\"report\",\"prepared_by\":\"Jane Smith\",\"review_days\":30,\n"
	      "\"permissions\":[\"rak_balance_read\"]}", file);
	fclose(file);
	return path;
}

static char *content(const char *name)
{
	char path[300], *text = NULL;
	size_t size = 0;
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", getenv("HOME"), name);
	file = fopen(path, "r");
	cr_assert(file, "%s", path);
	cr_assert(getdelim(&text, &size, '\0', file) > 0);
	fclose(file);
	return text;
}

/* From the first page on, everything as it was asked for. */
static void walk_on(void)
{
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
	terminal_type(terminal, KEY_ENTER);
	terminal_answer(terminal, KEY_ENTER, "▸ 2");
	terminal_answer(terminal, KEY_ENTER, "▸ 3");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
}

Test(consultant, a_plan__guides_to_its_key_and_its_receipt)
{
	char *path, *found, *receipt;

	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	path = write_plan();
	journey_start(&journey, 80, 24, (const char *const[]){ path, NULL });
	terminal_wait(terminal, "Prepared by Jane Smith.");
	terminal_wait(terminal, "\"Login\"");
	terminal_golden(terminal, "consultant-plan");
	walk_on();
	cr_assert(terminal_shows(terminal, "This was asked for."));
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	terminal_answer(terminal, KEY_ENTER, "▸ 5");
	terminal_answer(terminal, KEY_ENTER, "▸ 6");
	journey_paste(&journey);
	found = session_lookup("report", "test");
	cr_assert_str_eq(found, journey.key);
	terminal_answer(terminal, KEY_ENTER, "what you planned");
	terminal_answer(terminal, KEY_ENTER, "[ Receipt ]");
	terminal_answer(terminal, KEY_BACKTAB KEY_ENTER, "Receipt for the key");
	cr_assert(terminal_shows(terminal, "as planned"));
	terminal_answer(terminal, KEY_ENTER, "The receipt is in the file");
	receipt = content("keyguide-report.md");
	cr_assert(strstr(receipt, "# Receipt for the key \"report\"\n"), "%s", receipt);
	cr_assert(strstr(receipt, "Prepared by Jane Smith."));
	cr_assert(strstr(receipt, "- Balance: Read\n"));
	cr_assert_null(strstr(receipt, journey.key + 8));
	cr_assert_not(session_is_in_files(&journey.session, journey.key));
	free(receipt);
	free(path);
}

static void leave_and_start_with(const char *argument)
{
	terminal_answer(terminal, KEY_CTRL_C, "Leave keyguide?");
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 3);
	terminal_stop(terminal);
	journey_start(&journey, 80, 24, (const char *const[]){ argument, NULL });
}

/* What a client types again after the window was closed is what the consultant wrote to them. */
Test(consultant, the_same_plan_again__goes_on_and_another_begins)
{
	char *path;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	path = write_plan();
	journey_start(&journey, 80, 24, (const char *const[]){ path, NULL });
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_DOWN, "(•) Make the real key at once");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
	leave_and_start_with(path);
	terminal_wait(terminal, "Welcome back");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "(•) Practise");
	walk_on();
	leave_and_start_with(path);
	terminal_wait(terminal, "Welcome back");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
	cr_assert(terminal_shows(terminal, "This was asked for."));
	leave_and_start_with(path);
	terminal_wait(terminal, "Welcome back");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "Prepared by Jane Smith.");
	walk_on();
	cr_assert(terminal_shows(terminal, "This was asked for."));
	leave_and_start_with(link_text);
	terminal_wait(terminal, "A key called \"tool\"");
	cr_assert_not(terminal_shows(terminal, "Welcome back"));
	free(path);
}

/* That key may be alive in Stripe, and nobody has it. */
Test(consultant, another_plan_after_a_key_that_was_half_made__asks_first)
{
	char *path;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	path = write_plan();
	journey_start(&journey, 80, 24, NULL);
	journey_go_to(&journey, 6);
	leave_and_start_with(path);
	terminal_wait(terminal, "Welcome back");
	terminal_wait(terminal, "before a key was kept");
	cr_assert(terminal_shows(terminal, "Go on with \"Copy"));
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "Prepared by Jane Smith.");
	free(path);
}

Test(consultant, live_again__goes_on)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, (const char *const[]){ "--live", NULL });
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
	leave_and_start_with("--live");
	terminal_wait(terminal, "Welcome back");
	terminal_answer(terminal, KEY_DOWN KEY_ENTER, "[ Start ]");
	terminal_answer(terminal, KEY_ENTER, "LIVE");
}

Test(consultant, a_link__is_explained_and_write_is_asked_about)
{
	journey_prepare(&journey, SESSION_UNLOCKED, "alive");
	journey_start(&journey, 80, 24, (const char *const[]){ link_text, NULL });
	terminal_wait(terminal, "A key called \"tool\": 1 Read · 1 Write.");
	terminal_wait(terminal, "\"Login\"");
	terminal_golden(terminal, "consultant-link");
	walk_on();
	terminal_wait(terminal, "Write is wanted on 1 row");
	terminal_answer(terminal, KEY_ENTER, "Write on \"Invoices\"");
	terminal_answer(terminal, KEY_ENTER, "[ ] Invoices");   /* Enter keeps Read */
	cr_assert_not(terminal_shows(terminal, "Write"));
}

Test(consultant, a_link__can_be_pasted)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_TAB KEY_ENTER, "What were you sent?");
	terminal_paste(terminal, "https://dashboard.stripe.com.example.com/apikeys/create");
	terminal_answer(terminal, KEY_ENTER, "does not lead to dashboard.stripe.com");
	for (int i = 0; i < 60; i++)
		terminal_type(terminal, "\177");
	terminal_paste(terminal, link_text);
	terminal_answer(terminal, KEY_ENTER, "A key called \"tool\"");
}

Test(consultant, a_plan_with_a_mistake__is_named_with_its_line)
{
	char *path;
	FILE *file;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	path = write_plan();
	file = fopen(path, "w");
	fputs("{\"version\":1,\n\"nme\":\"x\"}", file);
	fclose(file);
	journey_start(&journey, 80, 24, (const char *const[]){ path, NULL });
	cr_assert_eq(terminal_status(terminal), 1);
	cr_assert(terminal_wrote(terminal, "plan.json:2: a plan has no field \"nme\"; do you mean \"name\"?"));
	free(path);
}

Test(consultant, a_plan__is_prepared_for_somebody_else)
{
	char *plan;

	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, NULL);
	terminal_wait(terminal, "\"Login\"");
	terminal_answer(terminal, KEY_TAB KEY_ENTER, "What were you sent?");
	terminal_answer(terminal, KEY_TAB KEY_TAB KEY_ENTER, "Prepare a plan: the key's name");
	terminal_answer(terminal, KEY_ENTER, "What may this key see?");
	terminal_answer(terminal, KEY_DOWN KEY_RIGHT, "1 Read");
	terminal_answer(terminal, KEY_ENTER, "Prepared by");
	terminal_answer(terminal, "Jane" KEY_ENTER, "The plan is ready");
	terminal_answer(terminal, KEY_ENTER, "The plan is in the file");
	plan = content("keyguide-reporting-readonly.json");
	cr_assert(strstr(plan, "\"rak_balance_read\"") && strstr(plan, "\"Jane\""), "%s", plan);
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 0);
	free(plan);
}

/* ---- the rehearsal: no keyring, no network, nothing left behind ---- */

static void rehearse(const char *language, int columns, int rows)
{
	char name[64];

	journey_prepare(&journey, SESSION_ABSENT, NULL);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	journey_start(&journey, columns, rows, (const char *const[]){ "--demo", "--lang", language, "--api-base",
		"https://127.0.0.1:1", NULL });
	terminal_wait(terminal, "DEMO");
	terminal_answer(terminal, KEY_ENTER, "▸ 1");
	terminal_type(terminal, KEY_ENTER);
	terminal_answer(terminal, KEY_ENTER, "▸ 2");
	terminal_answer(terminal, KEY_ENTER, "▸ 3");
	terminal_answer(terminal, KEY_ENTER, "▸ 4");
	terminal_type(terminal, KEY_DOWN KEY_RIGHT);
	terminal_answer(terminal, KEY_ENTER, "[ ]");
	terminal_answer(terminal, KEY_ENTER, "▸ 5");
	terminal_answer(terminal, KEY_ENTER, "▸ 6");
	cr_assert(terminal_shows(terminal, "OnlyForRehearsal"));
	terminal_type(terminal, KEY_BACKTAB KEY_ENTER);   /* "Paste the sample key" */
	terminal_wait(terminal, "acct_1Demo");
	cr_assert(terminal_shows(terminal, "DEMO"));
	snprintf(name, sizeof name, "demo-%s-%dx%d-kept", language, columns, rows);   /* not the page before: it has the sample */
	terminal_golden(terminal, name);
	cr_assert_not(session_is_in_files(&journey.session, "reporting-readonly"));
}

Test(consultant, a_rehearsal__needs_nothing_and_keeps_nothing) { rehearse("en", 80, 24); }
Test(consultant, a_rehearsal__in_german) { rehearse("de", 60, 20); }

Test(consultant, a_rehearsal__takes_no_real_key__into_no_memory)
{
	journey_prepare(&journey, SESSION_UNLOCKED, NULL);
	journey_start(&journey, 80, 24, (const char *const[]){ "--demo", "--from", "copy", NULL });
	terminal_wait(terminal, "OnlyForRehearsal");
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "only the sample key belongs here");
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
	if (!geteuid())
		cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0);
	cr_assert_null(session_lookup("reporting-readonly", "test"));
}
