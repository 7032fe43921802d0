/* SPDX-License-Identifier: MIT */
/* What the key can do, on the screen: more than planned, less, stopped, in full, with changes attempted. */
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

TestSuite(report, .fini = done, .timeout = 120);

/* The plan is Read on Balance. On to step 6, the key not pasted yet. */
static void at_step_six(const char *language, int columns, int rows, struct peer_setup setup)
{
	journey_prepare_with(&journey, SESSION_UNLOCKED, setup);
	journey_start(&journey, columns, rows, (const char *const[]){ "--lang", language, NULL });
	journey_go_to(&journey, 6);
}

static void more_than_planned(const char *language, int columns, int rows)
{
	char name[64];

	snprintf(name, sizeof name, "report-%s-%dx%d-more", language, columns, rows);
	at_step_six(language, columns, rows, (struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" });
	journey_paste(&journey);
	terminal_answer(terminal, KEY_ENTER, "Payouts");
	terminal_golden(terminal, name);
}

Test(report, more_than_planned__in_english_80x24) { more_than_planned("en", 80, 24); }
Test(report, more_than_planned__in_english_60x20) { more_than_planned("en", 60, 20); }
Test(report, more_than_planned__in_german_80x24) { more_than_planned("de", 80, 24); }
Test(report, more_than_planned__in_german_60x20) { more_than_planned("de", 60, 20); }
Test(report, more_than_planned__in_the_pseudo_language_60x20) { more_than_planned("qps", 60, 20); }

Test(report, less_than_planned__comes_first_with_the_repair)
{
	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_payout_read", .text = "old" });
	journey_paste(&journey);
	terminal_wait(terminal, "lacks others");
	terminal_answer(terminal, KEY_ENTER, "Less than planned");
	cr_assert(terminal_shows(terminal, "then Core, Balance: Read."));
	cr_assert(terminal_shows(terminal, "then Core, Payouts: None."));
}

Test(report, opens_the_page_for_this_key__and_checks_again)
{
	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" });
	journey_paste(&journey);
	terminal_answer(terminal, KEY_ENTER, "Edit the key in Stripe");
	terminal_answer(terminal, KEY_ENTER, "Your browser was asked");
	cr_assert(terminal_shows(terminal, "dashboard.stripe.com/test/apikeys"));
	terminal_answer(terminal, KEY_ENTER, "Asking Stripe");   /* "Check again": the key comes from the keyring now */
	terminal_wait(terminal, "More than planned");
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
}

/* The key that comes back from the keyring for it is gone again as soon as Stripe has answered. */
Test(report, checks_again__with_the_key_in_no_memory_afterwards)
{
	if (geteuid())
		cr_skip_test("only root can read the memory of a program that is not dumpable");
	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" });
	journey_paste(&journey);
	terminal_answer(terminal, KEY_ENTER, "Edit the key in Stripe");
	terminal_answer(terminal, KEY_TAB KEY_ENTER, "Asking Stripe");
	terminal_wait(terminal, "[ Next ]");
	cr_assert_gt(peer_count(&journey.peer, PEER_GET), 30, "asked twice");
	cr_assert_eq(session_count_in_memory(terminal->pid, journey.key), 0);
}

/* Each answer is drawn as it comes; Esc stops at once and keeps what is known. */
Test(report, stops_at_once__and_keeps_what_is_known)
{
	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_balance_read",
		.faults = "[{\"path\":\"/v1/customers/\",\"kind\":\"silent\"}]" });
	terminal_paste(terminal, journey.key);
	terminal_wait(terminal, "19 of 20");
	terminal_answer(terminal, KEY_ENTER, "19 of 20 answers");
	terminal_wait(terminal, "Balance");
	terminal_answer(terminal, KEY_ESC, "Some answers are missing");
	cr_assert(terminal_shows(terminal, "Customers"));
	cr_assert(terminal_shows(terminal, "The check ended before it."));
	cr_assert(terminal_shows(terminal, "The key is safe."));
}

Test(report, asks_about_all_rows__on_request)
{
	size_t quick;

	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_balance_read rak_coupon_read" });
	journey_paste(&journey);
	quick = peer_count(&journey.peer, PEER_GET);
	terminal_answer(terminal, KEY_ENTER, "Check all rows (4 seconds)");
	terminal_type(terminal, KEY_BACKTAB KEY_BACKTAB KEY_ENTER);   /* from "Next" */
	terminal_wait(terminal, "of 74 answers");
	terminal_wait(terminal, "Coupons");
	terminal_wait(terminal, "[ Next ]");
	cr_assert_gt(peer_count(&journey.peer, PEER_GET), quick + 50);
	cr_assert_eq(peer_count(&journey.peer, PEER_POST), 0, "nothing but questions");
}

Test(report, attempts_no_change__before_a_yes)
{
	at_step_six("en", 80, 24, (struct peer_setup){ .permissions = "rak_balance_read rak_charge_write" });
	journey_paste(&journey);
	terminal_answer(terminal, KEY_ENTER, "Ask about Write");
	terminal_type(terminal, KEY_TAB KEY_TAB KEY_TAB KEY_ENTER);
	terminal_wait(terminal, "Attempt these changes?");
	terminal_golden(terminal, "report-writes");
	cr_assert_eq(peer_count(&journey.peer, PEER_POST), 0);
	terminal_answer(terminal, KEY_TAB KEY_ENTER, "Asking Stripe");
	terminal_wait(terminal, "None     Write");
	terminal_wait(terminal, "[ Next ]");
	cr_assert_gt(peer_count(&journey.peer, PEER_POST), 5);
}

/* ---- keyguide check on a terminal ---- */

/* A kept key, and its check with one more argument. */
static void check_kept_key(struct peer_setup setup, const char *option)
{
	journey_prepare_with(&journey, SESSION_UNLOCKED, setup);
	free(session_output_of("secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name report mode test "
			       "account ''", journey.key));
	terminal_start(terminal, 80, 50, (const char *const[]){ KEYGUIDE_PATH, "check", "report", "--api-base",
		journey.peer.base, "--ca-file", journey.peer.certificate, option, NULL });
}

Test(report, command__counts_while_it_asks)
{
	check_kept_key((struct peer_setup){ .permissions = "rak_balance_read" }, NULL);
	terminal_wait(terminal, "What the key can do");
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert(terminal_wrote(terminal, "Asking Stripe: 30 of 74"), "each answer as it came");
	cr_assert_not(terminal_shows(terminal, "Asking Stripe"), "and gone when it is over");
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
}

Test(report, command__attempts_changes_only_after_a_yes)
{
	check_kept_key((struct peer_setup){ .permissions = "rak_charge_write" }, "--writes");
	terminal_wait(terminal, "Type y for yes");
	cr_assert_eq(peer_count(&journey.peer, PEER_GET), 0, "nothing at all was asked yet");
	terminal_answer(terminal, "y" KEY_ENTER, "is: Write");
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_gt(peer_count(&journey.peer, PEER_POST), 30);
}

Test(report, command__takes_silence_for_a_no)
{
	check_kept_key((struct peer_setup){ .permissions = "" }, "--writes");
	terminal_wait(terminal, "Type y for yes");
	terminal_type(terminal, KEY_ENTER);
	cr_assert_eq(terminal_status(terminal), 3);
	cr_assert_eq(peer_count(&journey.peer, PEER_GET) + peer_count(&journey.peer, PEER_POST), 0);
}

Test(report, command__can_be_stopped_at_that_question)
{
	check_kept_key((struct peer_setup){ .permissions = "" }, "--writes");
	terminal_wait(terminal, "Type y for yes");
	terminal_type(terminal, KEY_CTRL_C);
	cr_assert_eq(terminal_status(terminal), 128 + 2);
	cr_assert_eq(peer_count(&journey.peer, PEER_GET) + peer_count(&journey.peer, PEER_POST), 0);
}

/* Typed or pasted on a terminal it is not shown. */
Test(report, command__hides_a_key_that_is_pasted)
{
	journey_prepare_with(&journey, SESSION_ABSENT, (struct peer_setup){ .permissions = "rak_balance_read" });
	terminal_start(terminal, 80, 50, (const char *const[]){ KEYGUIDE_PATH, "check", "--stdin", "--api-base",
		journey.peer.base, "--ca-file", journey.peer.certificate, NULL });
	terminal_wait(terminal, "Paste the key");
	terminal_type(terminal, journey.key);
	terminal_type(terminal, KEY_ENTER);
	terminal_wait(terminal, "Balance: is: Read.");
	cr_assert_eq(terminal_status(terminal), 0);
	cr_assert_not(terminal_wrote(terminal, journey.key + 8));
}

Test(report, command__can_be_stopped)
{
	check_kept_key((struct peer_setup){ .faults = "[{\"path\":\"\",\"kind\":\"silent\"}]" }, NULL);
	terminal_wait(terminal, "Asking Stripe: 0 of");
	terminal_type(terminal, KEY_CTRL_C);
	cr_assert_eq(terminal_status(terminal), 128 + 2);
}
