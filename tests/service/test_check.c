/* SPDX-License-Identifier: MIT */
/* keyguide check, as installed: what it prints, how it ends, what it remembers. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../peer/peer.h"
#include "session.h"
#include "sys/records.h"

static struct session session;
static struct peer peer;
static char *key, *out, *err;

static void done(void)
{
	if (peer.pid)
		peer_stop(&peer);
	session_stop(&session);
	free(out);
	free(err);
}

TestSuite(check_command, .fini = done, .timeout = 120);

static void start(enum session_kind kind, struct peer_setup setup)
{
	session_start(&session, kind);
	key = session_make_key("rk_test_");
	setup.key = key;
	peer_start_with(&peer, session.folder, &setup);
}

/* Any eight letters of it in a row are too much; the last four are shown, as Stripe does. */
static void expect_no_key(const char *text)
{
	char piece[9] = "";

	for (const char *at = key + 8; strlen(at) >= 8; at++) {
		memcpy(piece, at, 8);
		cr_assert_null(strstr(text, piece), "the key is never shown");
	}
}

/*
 * Runs keyguide check with ARGUMENTS and INPUT; its exit status. Its output is in OUT and ERR, and has no key in it.
 * In a session of its own: a developer's terminal must not be asked for a yes.
 */
static int run(const char *arguments, const char *input)
{
	char *command, *status;
	int code;

	cr_assert(asprintf(&command, "cd %s && setsid --wait '%s' check --api-base %s --ca-file %s %s >out 2>err; echo $?", session.folder,
			   KEYGUIDE_PATH, peer.base, peer.certificate, arguments) > 0);
	cr_assert_null(strstr(command, key + 8));
	status = session_output_of(command, input);
	code = atoi(status);
	free(command);
	free(status);
	free(out);
	free(err);
	out = session_read(&session, "out");
	err = session_read(&session, "err");
	expect_no_key(out);
	expect_no_key(err);
	return code;
}

static const char plan_text[] =
	"{\"version\":1,\"name\":\"report\",\"mode\":\"test\",\"permissions\":[\"rak_balance_read\",\"rak_customer_read\"]}";

/* A stand-in whose key has PERMISSIONS; a plan for Balance and Customers in the file "plan". */
static void start_with_plan(struct peer_setup setup)
{
	start(SESSION_ABSENT, setup);
	session_write(&session, "plan", plan_text);
}

static void expect_status(int is, int wanted)
{
	cr_expect_eq(is, wanted, "%d, not %d\n%s\n%s", is, wanted, out, err);
}

/* "keyguide: what happened; what to do", in one line. */
static void expect_error(void)
{
	cr_expect_eq(strncmp(err, "keyguide: ", 10), 0, "%s", err);
	cr_expect(strstr(err, "; "), "%s", err);
	cr_expect_eq(strchr(err, '\n'), err + strlen(err) - 1, "one line: %s", err);
}

/* ---- how it ends ---- */

Test(check_command, ends_0__as_planned)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	expect_status(run("--stdin --plan plan", key), 0);
	cr_expect(strstr(out, "The key does what you planned"), "%s", out);
	cr_expect_str_eq(err, "");
}

/* Customers bring the test clocks along: likely Stripe's own rule, and no fault of the person's. */
Test(check_command, ends_0__with_what_comes_along)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read rak_billing_clock_read" });
	expect_status(run("--stdin --plan plan --full", key), 0);
	cr_expect(strstr(out, "Test clocks: wanted: None, is: Read."), "%s", out);
	cr_expect_null(strstr(out, "More than planned"));
}

Test(check_command, ends_1__with_more_than_planned)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read rak_payout_read" });
	expect_status(run("--stdin --plan plan", key), 1);
	cr_expect(strstr(out, "More than planned:\n- Payouts: wanted: None, is: Read."), "%s", out);
	cr_expect(strstr(out, "Edit the key: https://dashboard.stripe.com/b/acct_1Standin"), "%s", out);
}

Test(check_command, ends_1__with_less_than_planned)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read" });
	expect_status(run("--stdin --plan plan", key), 1);
	cr_expect(strstr(out, "Less than planned:\n- Customers: wanted: Read, is: None."), "%s", out);
}

Test(check_command, ends_1__with_something_unknown)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read",
		.faults = "[{\"path\":\"/v1/payouts/\",\"kind\":\"html-404\"}]" });
	expect_status(run("--stdin --plan plan", key), 1);
	cr_expect(strstr(out, "Some answers are missing"), "%s", out);
}

Test(check_command, ends_1__with_a_dead_key)
{
	start_with_plan((struct peer_setup){ .state = "expired" });
	expect_status(run("--stdin --plan plan", key), 1);
	cr_expect(strstr(out, "does not work"), "%s", out);
}

Test(check_command, ends_4__from_a_blocked_address)
{
	start_with_plan((struct peer_setup){ .state = "blocked" });
	expect_status(run("--stdin --plan plan", key), 4);
	cr_expect(strstr(out, "internet address"), "%s", out);
	expect_error();
	cr_expect(strstr(err, "internet address; in Stripe"), "%s", err);
}

Test(check_command, ends_4__when_offline)
{
	start_with_plan((struct peer_setup){ 0 });
	expect_status(run("--stdin --plan plan --api-base https://127.0.0.1:1", key), 4);
	expect_error();
	cr_expect(strstr(err, "keyguide: Stripe could") && strstr(err, "; check "), "a name is a name: %s", err);
	cr_expect_str_eq(out, "");
	run("--stdin --plan plan --api-base https://127.0.0.1:1 --lang tr", key);
	cr_expect(strstr(err, "; internet "), "the Turkish capital has a dot, and so has the small one: %s", err);
}

Test(check_command, ends_4__when_nothing_is_believable)
{
	start_with_plan((struct peer_setup){ .faults = "[{\"path\":\"\",\"kind\":\"html-404\"}]" });
	expect_status(run("--stdin --plan plan", key), 4);
	cr_expect(strstr(out, "not known whether the key works"), "%s", out);
	expect_error();
}

Test(check_command, ends_4__with_another_certificate)
{
	start_with_plan((struct peer_setup){ .wrong_certificate = true });
	expect_status(run("--stdin --plan plan", key), 4);
	expect_error();
}

static void expect_refused(const char *arguments, const char *input, int status)
{
	expect_status(run(arguments, input), status);
	expect_error();
	cr_expect_str_eq(out, "");
	cr_expect_eq(peer_count(&peer, PEER_GET), 0, "nothing was asked");
}

static void expect_wrong_use(const char *arguments, const char *input)
{
	expect_refused(arguments, input, 2);
}

Test(check_command, ends_2__with_what_is_no_restricted_key)
{
	char *secret, *publishable;

	start_with_plan((struct peer_setup){ 0 });
	secret = session_make_key("sk_test_");
	publishable = session_make_key("pk_live_");
	expect_wrong_use("--stdin --plan plan", secret);
	cr_expect_null(strstr(err, secret + 8));
	cr_expect(strstr(err, "\"Rotate key\"") && !strstr(err, "clipboard"), "it came through a pipe: %s", err);
	expect_wrong_use("--stdin", publishable);
	expect_wrong_use("--stdin", "");
	cr_expect(strstr(err, "no key came"), "%s", err);
	expect_wrong_use("--stdin", "nothing like it\n");
}

Test(check_command, ends_1_or_2__with_a_plan_that_is_none)
{
	start_with_plan((struct peer_setup){ 0 });
	session_write(&session, "broken", "{\"version\":1,");
	session_write(&session, "unknown", "{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"rak_nope_read\"]}");
	expect_wrong_use("--stdin --plan nowhere", key);
	expect_refused("--stdin --plan broken", key, 1);
	expect_refused("--stdin --plan unknown", key, 1);
	expect_wrong_use("--stdin --plan .", key);
	expect_wrong_use("--stdin --plan https://dashboard.stripe.com.example.com/apikeys/create", key);
	expect_wrong_use("--stdin --plan 'https://dashboard.stripe.com/apikeys/create?name=%zz'", key);
}

Test(check_command, ends_2__with_a_command_line_that_makes_no_sense)
{
	start_with_plan((struct peer_setup){ 0 });
	expect_wrong_use("", "");
	expect_wrong_use("one two", "");
	expect_wrong_use("--stdin name", key);
	expect_wrong_use("--stdin --bogus", key);
	expect_wrong_use("--stdin --plan", key);
	expect_wrong_use("name --test --live", "");
	expect_wrong_use("--stdin --api-base https://example.com", key);
	expect_wrong_use("--stdin --api-base ''", key);
	expect_wrong_use("--stdin --ca-file /there/is/no/such/file", key);
	cr_expect(strstr(err, "/there/is/no/such/file"), "%s", err);
	expect_wrong_use("--stdin --ca-file .", key);
	expect_wrong_use("--stdin --ca-file /etc/passwd", key);
	cr_expect(strstr(err, "not what it should be") && strstr(err, "/etc/passwd"), "%s", err);
	expect_wrong_use("--stdin --plan -", key);
}

/* Nobody would see from "as planned" that it is the wrong key. */
Test(check_command, ends_2__with_a_key_of_the_other_mode)
{
	char *live;

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	live = session_make_key("rk_live_");
	session_write(&session, "live", "{\"version\":1,\"name\":\"x\",\"mode\":\"live\",\"permissions\":[\"rak_balance_read\"]}");
	expect_wrong_use("--stdin --live --plan plan", key);
	cr_expect(strstr(err, "this is a sandbox key, but a live key was meant; "), "%s", err);
	expect_wrong_use("--stdin --plan live", key);
	expect_wrong_use("--stdin --test", live);
	cr_expect(strstr(err, "this is a live key, but a sandbox key was meant; "), "%s", err);
	expect_status(run("--stdin --plan plan --test", key), 0);
	expect_status(run("--stdin --plan plan", live), 1);   /* which the stand-in does not know */
	cr_expect_gt(peer_count(&peer, PEER_GET), 0, "a plan for the sandbox is one for live later");
}

Test(check_command, takes_an_address__however_it_is_written)
{
	char *arguments;

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	cr_assert(asprintf(&arguments, "--stdin --plan plan --api-base HTTPS://127.0.0.1%s//", strrchr(peer.base, ':')) > 0);
	expect_status(run(arguments, key), 0);
	cr_expect_eq(peer_count(&peer, "//v1"), 0);
	free(arguments);
}

Test(check_command, reads_a_plan__from_standard_input)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	expect_refused("report --plan -", "{", 1);
	cr_expect(strstr(err, "-:1: this is no JSON"), "%s", err);
}

/* The shell has it in its own arguments then; it is not repeated, and not used. */
Test(check_command, ends_2__with_a_key_where_its_name_belongs)
{
	start_with_plan((struct peer_setup){ 0 });
	setenv("MISTAKE", key, 1);
	expect_wrong_use("\"$MISTAKE\"", "");
	expect_wrong_use("\"--$MISTAKE\"", "");
	unsetenv("MISTAKE");
}

/* What people paste is not always bare. */
Test(check_command, takes_a_key__as_it_stands_in_a_file)
{
	char *line;

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	cr_assert(asprintf(&line, "  STRIPE_API_KEY=\"%s\"\r\n", key) > 0);
	expect_status(run("--stdin --plan plan", line), 0);
	free(line);
}

/* ---- connected accounts ---- */

/* Stripe is never asked about them: what is not known is not called "as planned". */
Test(check_command, claims_nothing__of_connected_accounts)
{
	json_t *json, *summary;

	start(SESSION_ABSENT, (struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	session_write(&session, "plan", "{\"version\":1,\"name\":\"report\",\"mode\":\"test\",\"permissions\":[\"rak_balance_read\","
		      "\"rak_customer_read\"],\"connect_permissions\":[\"rak_payout_write\"]}");
	expect_status(run("--stdin --plan plan", key), 1);
	cr_expect(strstr(out, "but 1 planned row was not asked about"), "%s", out);
	cr_expect(strstr(out, "Payouts, connected accounts"), "%s", out);
	cr_expect_str_eq(err, "");
	expect_status(run("--stdin --plan plan --json", key), 1);
	json = json_loads(out, 0, NULL);
	summary = json_object_get(json, "summary");
	cr_assert(summary, "%s", out);
	cr_expect(json_is_false(json_object_get(summary, "as_planned")));
	cr_expect_eq(json_array_size(json_object_get(summary, "connect_not_asked")), 1);
	cr_expect_eq(json_array_size(json_object_get(summary, "missing")), 0);
	json_decref(json);
}

/* ---- while it asks ---- */

static pid_t start_running(const char *arguments)
{
	char *command;
	int ends[2];
	pid_t pid;

	cr_assert(asprintf(&command, "cd %s && exec '%s' check --api-base %s --ca-file %s %s >out 2>err", session.folder,
			   KEYGUIDE_PATH, peer.base, peer.certificate, arguments) > 0);
	cr_assert(!pipe(ends));
	cr_assert_eq(write(ends[1], key, strlen(key)), (ssize_t)strlen(key));
	pid = fork();
	if (!pid) {
		setsid();
		dup2(ends[0], 0);
		close(ends[0]), close(ends[1]);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	close(ends[0]);
	close(ends[1]);
	free(command);
	for (int looks = 0; looks < 1000 && !peer_count(&peer, PEER_GET); looks++)
		poll(NULL, 0, 10);
	cr_assert_gt(peer_count(&peer, PEER_GET), 0, "it never asked");
	return pid;
}

/* Every process of this computer, its arguments and its environment: what any other program can read. */
Test(check_command, shows_the_key__in_no_process)
{
	char *search, *found;
	pid_t pid;

	start_with_plan((struct peer_setup){ .faults = "[{\"kind\":\"silent\"}]" });
	pid = start_running("--stdin --plan plan");
	/* Not in the arguments of the search either: from the eighth letter on, through a file that is made for it. */
	session_write(&session, "search", key + 8);
	cr_assert(asprintf(&search, "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | grep -cazF -f %s/search",
			   session.folder) > 0);
	found = session_output((const char *const[]){ "sh", "-c", search, NULL });
	cr_expect_null(found, "%s places", found);   /* grep fails where it finds nothing */
	setenv("MISTAKE", key, 1);
	found = session_output((const char *const[]){ "sh", "-c", search, NULL });
	cr_expect(found, "the search itself finds what is there");
	unsetenv("MISTAKE");
	free(found);
	free(search);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

Test(check_command, ends_at_once__by_a_signal__and_its_helper_too)
{
	char parent[16], *helper, *left, path[64];
	int status;
	pid_t pid;

	start_with_plan((struct peer_setup){ .faults = "[{\"kind\":\"silent\"}]" });
	pid = start_running("--stdin --plan plan");
	snprintf(parent, sizeof parent, "%d", (int)pid);
	helper = session_output((const char *const[]){ "pgrep", "-P", parent, NULL });
	cr_assert(helper, "it asks by a helper");
	kill(pid, SIGTERM);
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGTERM, "%x", (unsigned)status);
	snprintf(path, sizeof path, "/proc/%s", helper);
	cr_expect(access(path, F_OK), "the helper is gone");
	left = session_read(&session, "out");
	expect_no_key(left);
	cr_expect_str_eq(left, "");
	free(left);
	free(helper);
}

/* ---- a key that is kept ---- */

static void keep_as(const char *name, const char *mode, const char *text)
{
	char *command;

	cr_assert(asprintf(&command, "secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name %s mode %s "
			   "account ''", name, mode) > 0);
	free(session_output_of(command, text));
	free(command);
}

static void keep(const char *name, const char *text)
{
	keep_as(name, "test", text);
}

static void remember(const char *name)
{
	struct record record;

	record_init(&record);
	plan_set_name(record.plan, name);
	plan_set(record.plan, catalogue_find("balance"), LEVEL_READ);
	record_time(record.created, 1795428000);
	cr_assert_eq(records_save(&record, NULL), FAULT_NONE);
	record_done(&record);
}

Test(check_command, compares_a_kept_key__with_its_own_plan)
{
	struct record record;
	char *account;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read" });
	keep("report", key);
	remember("report");
	expect_status(run("report", ""), 0);
	cr_assert_eq(records_load("report", MODE_TEST, &record, NULL), FAULT_NONE);
	cr_expect_eq(record.match, RECORD_AS_PLANNED);
	cr_expect_eq(record.found, VERDICT_GRANTED);
	cr_expect_str_eq(record.account, "acct_1Standin");
	cr_expect_str_eq(record.created, "2026-11-23T10:00:00Z", "made when it was made");
	cr_expect_neq(*record.checked, '\0');
	cr_expect_str_eq(record.ends, "wEg1");
	record_done(&record);
	account = session_output((const char *const[]){ "secret-tool", "lookup", "name", "report", "account", "acct_1Standin",
							NULL });
	cr_expect(account, "the keyring's entry knows the account now");
	cr_expect_not(session_is_in_files(&session, key));
	free(account);
}

Test(check_command, remembers__that_a_kept_key_is_not_as_planned)
{
	struct record record;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" });
	keep("report", key);
	remember("report");
	expect_status(run("report --test", ""), 1);
	cr_assert_eq(records_load("report", MODE_TEST, &record, NULL), FAULT_NONE);
	cr_expect_eq(record.match, RECORD_NOT_AS_PLANNED);
	record_done(&record);
}

/* Another plan says nothing of the key's own. */
Test(check_command, remembers__only_its_own_plan)
{
	struct record record;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read" });
	keep("report", key);
	remember("report");
	session_write(&session, "plan", plan_text);
	expect_status(run("report --plan plan", ""), 1);
	cr_assert_eq(records_load("report", MODE_TEST, &record, NULL), FAULT_NONE);
	cr_expect_eq(record.match, RECORD_NOT_COMPARED);
	cr_expect_str_eq(record.checked, "");
	record_done(&record);
}

Test(check_command, compares_with_nothing__where_there_is_no_plan)
{
	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read rak_coupon_read" });
	keep("found-elsewhere", key);
	expect_status(run("found-elsewhere", ""), 0);
	cr_expect(strstr(out, "What the key can do"), "%s", out);
	cr_expect(strstr(out, "- Coupons: is: Read."), "%s", out);
}

static json_t *read_json(void);

/* A plan there was: that it cannot be read is not the same as that there is none. */
Test(check_command, ends_1__where_its_plan_cannot_be_read)
{
	json_t *json;
	char *file;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read" });
	keep("report", key);
	remember("report");
	file = session_output_of("f=\"$XDG_DATA_HOME/keyguide/keys/test-report.json\"; echo '{' >\"$f\"; echo \"$f\"", "");
	expect_status(run("report", ""), 1);
	expect_error();
	cr_expect(strstr(err, file) && strstr(err, "nothing was compared") && strstr(err, "--plan"), "%s", err);
	cr_expect(strstr(out, "What the key can do"), "what it can do is of use all the same: %s", out);
	expect_status(run("report --json", ""), 1);
	json = read_json();
	cr_expect(json_is_null(json_object_get(json_object_get(json, "summary"), "as_planned")), "%s", out);
	json_decref(json);
	session_write(&session, "plan", "{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"rak_balance_read\"]}");
	expect_status(run("report --plan plan", ""), 0);
	cr_expect_str_eq(err, "", "with another plan that one is not needed");
	free(file);
}

/* Below a folder where a file should be nothing can be written, for root neither. */
Test(check_command, says__that_it_could_not_remember)
{
	struct record record;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read" });
	keep("report", key);
	remember("report");
	free(session_output_of("mkdir -p \"$XDG_DATA_HOME/keyguide/keys/test-report.json.new/x\"", ""));
	expect_status(run("report", ""), 0);
	expect_error();
	cr_expect(strstr(err, "not remembered (") && strstr(err, "test-report.json: "), "%s", err);
	cr_assert_eq(records_load("report", MODE_TEST, &record, NULL), FAULT_NONE);
	cr_expect_str_eq(record.checked, "");
	record_done(&record);
}

Test(check_command, ends_2__where_what_is_kept_is_no_key)
{
	start(SESSION_UNLOCKED, (struct peer_setup){ 0 });
	keep("report", "no key at all");
	expect_wrong_use("report", "");
	cr_expect(strstr(err, "your keyring has under this name"), "%s", err);
}

/* Nobody else is to guess which of the two is meant. */
Test(check_command, ends_2__between_two_keys_of_a_name)
{
	char *live;

	start(SESSION_UNLOCKED, (struct peer_setup){ .permissions = "rak_balance_read" });
	live = session_make_key("rk_live_");
	keep("report", key);
	keep_as("report", "live", live);
	expect_wrong_use("report", "");
	expect_status(run("report --live", ""), 1);
	cr_expect(strstr(out, "does not work"), "the stand-in knows the other one: %s", out);
	expect_status(run("report --test", ""), 0);
}

Test(check_command, ends_2__without_such_a_key)
{
	start(SESSION_UNLOCKED, (struct peer_setup){ 0 });
	expect_wrong_use("nobody", "");
}

Test(check_command, ends_5__without_a_keyring)
{
	start(SESSION_ABSENT, (struct peer_setup){ 0 });
	expect_status(run("report", ""), 5);
	expect_error();
}

Test(check_command, ends_5__with_a_locked_keyring)
{
	start(SESSION_LOCKED, (struct peer_setup){ 0 });
	expect_status(run("report", ""), 5);
	expect_error();
}

/* ---- what it prints ---- */

static json_t *read_json(void)
{
	json_t *json = json_loads(out, 0, NULL);   /* refuses anything behind it */

	cr_assert(json, "%s", out);
	return json;
}

Test(check_command, prints_json__and_nothing_else)
{
	json_t *json, *summary;

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" });
	expect_status(run("--stdin --plan plan --json", key), 1);
	cr_expect_str_eq(err, "");
	json = read_json();
	summary = json_object_get(json, "summary");
	cr_expect_str_eq(json_string_value(json_object_get(json_object_get(json, "key"), "kind")), "restricted");
	cr_expect_str_eq(json_string_value(json_object_get(json_object_get(json, "key"), "mode")), "test");
	cr_expect_str_eq(json_string_value(json_object_get(json_object_get(json, "key"), "ends")), "wEg1");
	cr_expect(json_is_true(json_object_get(json, "alive")));
	cr_expect_str_eq(json_string_value(json_object_get(json, "account")), "acct_1Standin");
	cr_expect(json_is_false(json_object_get(summary, "as_planned")));
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(summary, "missing"), 0)), "rak_customer_read");
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(summary, "extra"), 0)), "rak_payout_read");
	cr_expect_gt(json_array_size(json_object_get(json, "rows")), 20);
	json_decref(json);
}

/* "As planned", but for what nobody asked: that has a list of its own, and each row says so. */
Test(check_command, prints_json__with_what_was_planned_and_not_asked)
{
	json_t *json, *summary, *row;
	size_t i;

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_payout_write" });
	session_write(&session, "writes", "{\"version\":1,\"name\":\"x\",\"permissions\":[\"rak_balance_read\",\"rak_payout_write\"]}");
	expect_status(run("--stdin --plan writes --json", key), 0);
	json = read_json();
	summary = json_object_get(json, "summary");
	cr_expect(json_is_true(json_object_get(summary, "as_planned")));
	cr_expect_eq(json_array_size(json_object_get(summary, "planned_not_asked")), 1);
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(summary, "planned_not_asked"), 0)), "rak_payout_write");
	json_array_foreach(json_object_get(json, "rows"), i, row) {
		const json_t *id = json_object_get(row, "request_id");

		cr_expect(!strcmp(json_string_value(json_object_get(row, "verdict")), "not-asked") ? json_is_null(id) :
			  json_is_string(id));
	}
	json_decref(json);
}

Test(check_command, prints_json__also_when_stripe_cannot_be_asked)
{
	json_t *json;

	start_with_plan((struct peer_setup){ 0 });
	expect_status(run("--stdin --plan plan --json --api-base https://127.0.0.1:1", key), 4);
	expect_error();
	json = read_json();
	cr_expect(json_is_null(json_object_get(json, "alive")));
	json_decref(json);
}

/* What came with a refusal of the key as a whole, or from a page, is no statement about a row. */
static void expect_no_verdicts(struct peer_setup setup)
{
	const json_t *row;
	json_t *json;
	size_t i;

	start_with_plan(setup);
	expect_status(run("--stdin --plan plan --json", key), 4);
	json = read_json();
	cr_expect(json_is_null(json_object_get(json, "alive")));
	cr_expect(json_is_null(json_object_get(json, "account")));
	cr_expect(json_is_false(json_object_get(json_object_get(json, "summary"), "as_planned")));
	json_array_foreach(json_object_get(json, "rows"), i, row) {
		const char *verdict = json_string_value(json_object_get(row, "verdict"));

		cr_expect(!strcmp(verdict, "unknown") || !strcmp(verdict, "not-asked"), "%s", verdict);
	}
	json_decref(json);
}

Test(check_command, prints_json__also_from_a_blocked_address)
{
	expect_no_verdicts((struct peer_setup){ .state = "blocked" });
}

Test(check_command, prints_json__also_behind_a_sign_in_page)
{
	expect_no_verdicts((struct peer_setup){ .faults = "[{\"kind\":\"html\"}]" });
}

/* The row of RESOURCE and "read", borrowed. */
static const json_t *read_row(const json_t *json, const char *resource)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(json, "rows"), i, row)
		if (!strcmp(json_string_value(json_object_get(row, "resource")), resource) &&
		    !strcmp(json_string_value(json_object_get(row, "level")), "read"))
			return row;
	return NULL;
}

static void expect_row(const json_t *row, const char *expected, const char *verdict, const char *why)
{
	cr_assert(row);
	cr_expect_str_eq(json_string_value(json_object_get(row, "expected")), expected);
	cr_expect_str_eq(json_string_value(json_object_get(row, "verdict")), verdict);
	cr_expect_str_eq(json_string_value(json_object_get(row, "why")), why);
	cr_expect_eq(strncmp(json_string_value(json_object_get(row, "request_id")), "req_standin", 11), 0);
}

/* Transfers bring the Read of payouts along: allowed too, not more than planned. */
Test(check_command, prints_json__with_what_comes_along_apart)
{
	json_t *json, *summary;

	start_with_plan((struct peer_setup){ .permissions = "rak_transfer_read rak_payout_read" });
	session_write(&session, "transfers", "{\"version\":1,\"name\":\"x\",\"mode\":\"test\",\"permissions\":[\"rak_transfer_read\"]}");
	expect_status(run("--stdin --plan transfers --json", key), 0);
	json = read_json();
	summary = json_object_get(json, "summary");
	expect_row(read_row(json, "transfer"), "granted", "granted", "no-such-thing");
	expect_row(read_row(json, "payout"), "implied", "granted", "no-such-thing");
	expect_row(read_row(json, "balance"), "denied", "denied", "no-permission");
	cr_expect(json_is_true(json_object_get(summary, "as_planned")));
	cr_expect_eq(json_array_size(json_object_get(summary, "extra")), 0);
	cr_expect_eq(json_array_size(json_object_get(summary, "missing")), 0);
	cr_expect_eq(json_array_size(json_object_get(summary, "unknown")), 0);
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(summary, "also_allowed"), 0)), "rak_payout_read");
	json_decref(json);
}

Test(check_command, takes_a_link__as_the_plan)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read" });
	expect_status(run("--stdin --plan 'https://dashboard.stripe.com/test/apikeys/create?name=x&permissions[]=rak_balance_read'",
			  key), 0);
}

/* How often TEXT has WORD in it, with no letter or digit behind it. */
static size_t count_words(const char *text, const char *word)
{
	size_t count = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		count += !isalnum((unsigned char)text[strlen(word)]);
	return count;
}

Test(check_command, says__what_of_a_link_it_cannot_compare)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read" });
	expect_status(run("--stdin --plan 'https://dashboard.stripe.com/apikeys/create?name=x&permissions[]=rak_balance_read"
			  "&permissions[]=rak_price_read'", key), 0);
	cr_expect(strstr(err, "\"rak_price_read\""), "%s", err);
}

Test(check_command, explains__each_request)
{
	size_t asked;
	char id[32];

	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	expect_status(run("--stdin --plan plan --explain", key), 0);
	asked = peer_count(&peer, PEER_GET);
	for (size_t i = 1; i <= asked; i++) {
		snprintf(id, sizeof id, "req_standin%zu", i);
		cr_expect_eq(count_words(out, id), 1, "%s: %zu times", id, count_words(out, id));
	}
	for (const char *at = out; (at = strstr(at, "\nGET /v1/")); at++)
		asked--;
	cr_expect_eq(asked, 0, "one line for each request:\n%s", out);
	cr_expect(strstr(out, "\n  404, granted (no-such-thing), req_standin"), "%s", out);
	cr_expect(strstr(out, "\n  403, denied (no-permission), req_standin"), "%s", out);
	cr_expect(strstr(out, "ends in wEg1"), "%s", out);
}

Test(check_command, explains__beside_json)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_read" });
	expect_status(run("--stdin --plan plan --explain --json", key), 0);
	json_decref(read_json());
	cr_expect(strstr(err, "GET /v1/"), "%s", err);
}

/* ---- changes ---- */

Test(check_command, attempts_no_change__where_nobody_can_say_yes)
{
	start_with_plan((struct peer_setup){ 0 });
	expect_status(run("--stdin --plan plan --writes", key), 2);
	cr_expect(strstr(err, "- Charges and Refunds: POST /v1/charges/{id}"), "%s", err);
	cr_expect(strstr(err, "--yes"), "%s", err);
	cr_expect_eq(peer_count(&peer, "/v1/"), 0, "nothing was asked at all");
}

Test(check_command, attempts_changes__after_a_yes)
{
	start_with_plan((struct peer_setup){ .permissions = "rak_balance_read rak_customer_write" });
	expect_status(run("--stdin --plan plan --writes --yes", key), 1);
	cr_expect(strstr(err, "- Customers: POST /v1/customers/{id}"), "shown also to a script: %s", err);
	cr_expect(strstr(out, "- Customers: wanted: Read, is: Write."), "%s", out);
	cr_expect_gt(peer_count(&peer, PEER_POST), 5);
}
