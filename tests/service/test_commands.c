/* SPDX-License-Identifier: MIT */
/* The commands that need no network, as installed: what they print and how they end. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../peer/peer.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/link.h"
#include "session.h"
#include "sys/helper.h"
#include "sys/records.h"

static struct session session;
static char *out, *err;

static void begin(void)
{
	session_start(&session, SESSION_ABSENT);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
}

static void done(void)
{
	session_stop(&session);
	free(out);
	free(err);
}

TestSuite(commands, .init = begin, .fini = done, .timeout = 60);

/* Runs keyguide with ARGUMENTS (for a shell) and INPUT; its exit status. What it said is in OUT and ERR. */
static int run_with(const char *arguments, const char *input)
{
	char *command, *status;
	int code;

	cr_assert(asprintf(&command, "cd %s && '%s' %s >out 2>err; echo $?", session.folder, KEYGUIDE_PATH, arguments) > 0);
	status = session_output_of(command, input);
	code = atoi(status);
	free(command);
	free(status);
	free(out);
	free(err);
	out = session_read(&session, "out");
	err = session_read(&session, "err");
	return code;
}

static void expect(const char *arguments, int status)
{
	int is = run_with(arguments, "");

	cr_expect_eq(is, status, "%s: %d, not %d\n%s%s", arguments, is, status, out, err);
}

static void expect_error(const char *arguments, int status)
{
	expect(arguments, status);
	cr_expect_str_eq(out, "", "%s", arguments);
	cr_expect_eq(strncmp(err, "keyguide: ", 10), 0, "%s: %s", arguments, err);
	cr_expect(strstr(err, "; "), "%s: %s", arguments, err);
}

/* TEXT has what comes BEFORE, then keyguide (STARTER: under the program that opens a keyring) and REST, to be typed. */
static bool names(const char *text, const char *before, bool starter, const char *rest)
{
	char *opens = text_shell(STARTER_PATH), *program = text_shell(KEYGUIDE_PATH), *line;
	bool does;

	cr_assert(asprintf(&line, "%s%s%s%s%s", before, starter ? opens : "", starter ? " " : "", program, rest) > 0);
	does = strstr(text, line) != NULL;
	free(opens), free(program), free(line);
	return does;
}

static json_t *read_json(void)
{
	json_t *json = json_loads(out, 0, NULL);

	cr_assert(json, "%s", out);
	cr_expect_str_eq(err, "");
	return json;
}

static const char *text_of(const json_t *json, const char *field)
{
	const char *text = json_string_value(json_object_get(json, field));

	return text ? text : "";
}

#define FORM "'https://dashboard.stripe.com/apikeys/create?name=x&permissions[]=rak_charge_read"

Test(commands, explain__says_what_a_link_asks_for)
{
	json_t *json, *permission;

	expect("explain " FORM "'", 0);
	cr_expect(strstr(out, "\"x\" (LIVE), 1 Read · 0 Write\n- Charges and Refunds: Read. "), "%s", out);
	expect("explain --json " FORM "&permissions[]=rak_invoice_write&permissions[]=rak_nope_read&permissions[]=rak_price_read'", 1);
	json = read_json();
	cr_expect_str_eq(text_of(json, "name"), "x");
	cr_expect_str_eq(text_of(json, "mode"), "live");
	cr_expect_eq(json_integer_value(json_object_get(json, "writes")), 1);
	permission = json_array_get(json_object_get(json, "permissions"), 0);
	cr_expect_str_eq(text_of(permission, "slug"), "rak_charge_read");
	cr_expect_str_eq(text_of(permission, "resource"), "charge");
	cr_expect_str_eq(text_of(permission, "label"), "Charges and Refunds");
	cr_expect_str_eq(text_of(permission, "level"), "read");
	cr_expect_str_eq(text_of(permission, "sensitivity"), "personal-data");
	cr_expect(json_is_false(json_object_get(permission, "connect")));
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(json, "unknown"), 0)), "rak_nope_read");
	permission = json_array_get(json_object_get(json, "ignored_by_stripe"), 0);
	cr_expect_str_eq(text_of(permission, "slug"), "rak_price_read");
	cr_expect_str_eq(text_of(permission, "use"), "rak_plan_read");
	json_decref(json);
}

Test(commands, explain__refuses_what_is_no_link_of_stripes)
{
	expect_error("explain https://example.com/apikeys/create", 2);
	expect_error("explain http://dashboard.stripe.com/apikeys/create", 2);
	expect_error("explain nothing", 2);
	expect_error("explain", 2);
	expect_error("explain " FORM "%zz'", 2);
}

Test(commands, plan__is_checked_and_shown)
{
	session_write(&session, "good", "{\"version\":1,\"name\":\"report\",\"prepared_by\":\"Jane\",\"permissions\":[\"rak_charge_read\"]}");
	session_write(&session, "bad", "{\"version\":1,\n\"name\":\"report\",\n\"permisions\":[]}");
	expect("plan check good", 0);
	expect("plan show good", 0);
	cr_expect(strstr(out, "Prepared by Jane."), "%s", out);
	expect_error("plan check bad", 1);
	cr_expect_str_eq(err, "keyguide: bad:3: a plan has no field \"permisions\"; do you mean \"permissions\"?\n");
	expect_error("plan show bad", 1);
	expect_error("link bad", 1);
	expect_error("bad", 1);
	expect_error("plan check nowhere", 2);
	expect_error("plan check .", 2);
	expect_error("plan wash good", 2);
	expect_error("plan check", 2);
}

static const char *first_problem(const json_t *json, const char *field)
{
	return text_of(json_array_get(json_object_get(json, "problems"), 0), field);
}

Test(commands, plan__is_checked_as_json)
{
	json_t *json;

	session_write(&session, "good", "{\"version\":1,\"name\":\"report\",\"permissions\":[]}");
	session_write(&session, "bad", "{\"version\":1,\n\"name\":\"report\",\n\"permisions\":[]}");
	expect("plan check good --json", 0);
	json = read_json();
	cr_expect(json_is_true(json_object_get(json, "valid")) && !strcmp(text_of(json, "name"), "report"), "%s", out);
	json_decref(json);
	expect("plan check bad --json", 1);
	json = read_json();
	cr_expect(json_is_false(json_object_get(json, "valid")));
	cr_expect_str_eq(first_problem(json, "what"), "a plan has no field \"permisions\"");
	cr_expect_str_eq(first_problem(json, "todo"), "do you mean \"permissions\"?");
	cr_expect_eq(json_integer_value(json_object_get(json_array_get(json_object_get(json, "problems"), 0), "line")), 3);
	json_decref(json);
	expect("plan check --json " FORM "&permissions[]=rak_price_read'", 1);
	json = read_json();
	cr_expect_str_eq(first_problem(json, "what"), "\"rak_price_read\" gives nothing at Stripe");
	json_decref(json);
	expect_error("plan check nowhere --json", 2);
}

/* A link of which one name gives nothing is no valid plan, whoever reads it. */
Test(commands, plan__says_which_names_of_a_link_give_nothing)
{
	static const char odd[] = FORM "&permissions[]=rak_nope_read'";
	char arguments[256];

	snprintf(arguments, sizeof arguments, "plan check %s", odd);
	expect_error(arguments, 1);
	cr_expect_str_eq(err, "keyguide: there is no permission \"rak_nope_read\"; do you mean \"rak_file_read\"?\n");
	snprintf(arguments, sizeof arguments, "plan show %s", odd);
	expect(arguments, 1);
	snprintf(arguments, sizeof arguments, "link %s", odd);
	expect(arguments, 1);
	cr_expect(strstr(err, "\"rak_nope_read\"") && strstr(out, "rak_charge_read"), "%s%s", out, err);
}

Test(commands, plan__comes_through_a_pipe)
{
	static const char good[] = "{\"version\":1,\"name\":\"report\",\"permissions\":[]}";

	cr_expect_eq(run_with("plan check -", good), 0, "%s", err);
	cr_expect_eq(run_with("plan check /dev/stdin", good), 0, "%s", err);
	cr_expect_eq(run_with("plan show - --json", good), 0, "%s", err);
	cr_expect_eq(run_with("plan check -", "{"), 1);
	cr_expect_eq(strncmp(err, "keyguide: -:1: ", 15), 0, "%s", err);
}

Test(commands, plan__is_shown_whole)
{
	json_t *json;

	session_write(&session, "whole", "{\"version\":1,\"name\":\"report\",\"prepared_by\":\"Jane\",\"note\":\"Call me.\","
		      "\"review_days\":30,\"permissions\":[\"rak_charge_read\"]}");
	expect("plan show whole", 0);
	cr_expect(strstr(out, "Call me.") && strstr(out, "Look at it again in 30 days."), "%s", out);
	expect("plan show whole --json", 0);
	json = read_json();
	cr_expect_str_eq(text_of(json, "prepared_by"), "Jane");
	cr_expect_str_eq(text_of(json, "note"), "Call me.");
	cr_expect_eq(json_integer_value(json_object_get(json, "review_days")), 30);
	json_decref(json);
}

Test(commands, plan__comes_from_a_preset__and_goes_into_a_link_and_back)
{
	char *link;

	expect("plan from reporting --name quarterly >plan; true", 0);
	expect("plan check plan", 0);
	expect("link plan --test", 0);
	cr_expect_eq(strncmp(out, "https://dashboard.stripe.com/test/apikeys/create?name=quarterly&", 64), 0, "%s", out);
	out[strcspn(out, "\n")] = '\0';
	cr_assert(asprintf(&link, "plan show --json '%s'", out) > 0);
	expect(link, 0);
	cr_expect(strstr(out, "rak_subscription_read"), "%s", out);
	free(link);
	expect("link plan", 0);
	cr_expect(strstr(out, "stripe.com/apikeys/create"), "%s", out);
	expect("plan from nothing", 2);
	cr_expect(strstr(err, "reporting"), "the names there are: %s", err);
}

Test(commands, needs__names_the_least)
{
	json_t *json;

	expect("needs --json 'GET /v1/charges' 'GET /v1/nope'", 1);
	json = read_json();
	cr_expect_str_eq(json_string_value(json_array_get(json_object_get(json, "permissions"), 0)), "rak_charge_read");
	cr_expect_str_eq(text_of(json_array_get(json_object_get(json, "unresolved"), 0), "endpoint"), "GET /v1/nope");
	cr_expect_str_eq(text_of(json_array_get(json_object_get(json, "unresolved"), 0), "reason"), "unknown endpoint");
	json_decref(json);
	expect("needs 'post /v1/refunds'", 0);
	cr_expect_eq(strncmp(out, "rak_charge_write ", 17), 0, "%s", out);
}

Test(commands, needs__reads_calls_a_line_each)
{
	cr_expect_eq(run_with("needs", "GET /v1/charges\n\n# a remark\nPOST /v1/charges\n"), 0);
	cr_expect(strstr(out, "rak_charge_write"), "%s", out);
	cr_expect_null(strstr(out, "rak_charge_read"), "Write includes it: %s", out);
	session_write(&session, "calls", "GET /v1/customers");
	expect("needs --calls calls 'GET /v1/charges'", 0);
	cr_expect(strstr(out, "rak_customer_read") && strstr(out, "rak_charge_read"), "%s", out);
	expect_error("needs --calls nowhere", 2);
	expect_error("needs", 2);   /* nothing was typed, and nothing comes */
	expect_error("needs --calls /dev/null --json", 2);
}

Test(commands, resources__are_all_there_are)
{
	json_t *json, *charge = NULL, *item;
	size_t i;

	expect("resources --json", 0);
	json = read_json();
	cr_expect_eq(json_array_size(json), catalogue_count());
	json_array_foreach(json, i, item)
		if (!strcmp(text_of(item, "resource"), "charge"))
			charge = item;
	cr_expect_str_eq(text_of(charge, "group"), "Core");
	cr_expect_str_eq(text_of(json_object_get(charge, "slugs"), "write"), "rak_charge_write");
	cr_expect_str_eq(text_of(charge, "sensitivity"), "money-movement");
	cr_expect_neq(*text_of(json_object_get(charge, "about"), "read"), '\0');
	json_decref(json);
	expect("resources", 0);
	cr_expect(strstr(out, "Charges and Refunds\n"));
}

static void remember(enum mode mode)
{
	struct record record;

	record_init(&record);
	plan_set_name(record.plan, "report");
	plan_set_mode(record.plan, mode);
	plan_set(record.plan, catalogue_find("balance"), LEVEL_READ);
	strcpy(record.ends, mode == MODE_LIVE ? "live" : "test");
	record_time(record.created, 1795428000);
	cr_assert_eq(records_save(&record, NULL), FAULT_NONE);
	record_done(&record);
}

Test(commands, receipt__is_markdown_or_json)
{
	json_t *json;

	remember(MODE_TEST);
	remember(MODE_LIVE);
	expect("receipt report", 0);
	cr_expect_eq(strncmp(out, "# Receipt for the key \"report\"\n\n", 32), 0, "%s", out);
	cr_expect(strstr(out, "\n## The sandbox key") && strstr(out, "\n## The live key"), "%s", out);
	expect("receipt report --live", 0);
	cr_expect_null(strstr(out, "The sandbox key"), "%s", out);
	expect("receipt report --json", 0);
	json = read_json();
	cr_expect_eq(json_array_size(json_object_get(json, "keys")), 2);
	json_decref(json);
	expect_error("receipt nobody", 5);
}

/* A file that is there, and cannot be read, is not "no such key". */
Test(commands, receipt__says_that_a_file_is_broken)
{
	remember(MODE_LIVE);
	remember(MODE_TEST);
	free(session_output_of("echo '{' >\"$XDG_DATA_HOME/keyguide/keys/test-report.json\"", ""));
	expect_error("receipt report --test", 1);
	cr_expect(strstr(err, "/keyguide/keys/test-report.json"), "%s", err);
	expect("receipt report", 1);
	cr_expect(strstr(out, "The live key") && strstr(err, "test-report.json"), "the other one is shown: %s", err);
}

Test(commands, keys__tells_that_there_is_no_keyring)
{
	expect_error("keys", 5);
	expect_error("run report -- true", 5);
	expect_error("remove report", 5);
}

Test(commands, every_one__has_its_help)
{
	static const char *const all[] = { "", "check", "plan", "explain", "link", "needs", "resources", "receipt",
		"keys", "run", "give" };
	char arguments[40];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		snprintf(arguments, sizeof arguments, "%s --help", all[i]);
		expect(arguments, 0);
		cr_expect(strstr(out, "Usage: keyguide ") && strstr(out, "--lang CODE"), "%s: %s", all[i], out);
	}
}

/* An option may stand before the command, and its value is none. */
Test(commands, every_one__knows_the_short_word_for_help)
{
	expect("-h", 0);
	cr_expect(strstr(out, "Usage: keyguide ") && strstr(out, "Commands ("), "%s", out);
	expect("check -h", 0);
	cr_expect(strstr(out, "Usage: keyguide check"), "%s", out);
}

/* At once, and not when Stripe is asked: the wizard would be at its sixth step by then. */
Test(commands, every_one__refuses_an_address_and_certificates_that_cannot_be_used)
{
	static const char *const all[] = { "", "check x", "doctor", "replace x", "remove x" };
	static const char *const wrong[] = { "--api-base https://example.com", "--api-base ''", "--ca-file /there/is/no/such/file" };
	char arguments[80];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (size_t j = 0; j < sizeof wrong / sizeof *wrong; j++) {
			snprintf(arguments, sizeof arguments, "%s %s", all[i], wrong[j]);
			expect_error(arguments, 2);
			cr_expect(strstr(err, j < 2 ? "not Stripe's address" : "/there/is/no/such/file"), "%s: %s", arguments, err);
		}
}

Test(commands, every_one__is_found_behind_options)
{
	expect("--lang de needs 'GET /v1/charges' --json", 0);
	json_decref(read_json());
	expect("--json --lang=en resources", 0);
	json_decref(read_json());
	expect("--lang en keys --help", 0);
	cr_expect(strstr(out, "Usage: keyguide keys"), "%s", out);
	expect("--from name --help", 0);
	cr_expect(strstr(out, "Usage: keyguide [PLAN"), "%s", out);
	/* Copied out of a page in Arabic: a mark that nobody sees. */
	expect("resources \xE2\x80\x8E--json", 0);
	json_decref(read_json());
	expect_error("./one two", 2);
	cr_expect(strstr(err, "behind \"keyguide\""), "%s", err);
}

Test(commands, every_one__is_found_by_nearly_its_name)
{
	static const char *const said[][2] = { { "chekc", "\"check\"" }, { "key", "\"keys\"" }, { "doctr x", "\"doctor\"" },
		{ "Receipt", "\"receipt\"" }, { "frobnicate", "--help" } };

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		expect_error(said[i][0], 2);
		cr_expect(strstr(err, "neither a command nor a file") && strstr(err, said[i][1]), "%s: %s", said[i][0], err);
	}
	cr_expect_null(strstr(err, "do you mean"), "%s", err);
	expect_error("nowhere.json", 2);
	cr_expect(strstr(err, "could not be read (nowhere.json"), "that is a file's name: %s", err);
	session_write(&session, "keyz", "no plan");
	expect_error("keyz", 1);
	cr_expect_null(strstr(err, "neither"), "it is a file: %s", err);
}

/* Behind "keyguide: " and "; " nothing begins a sentence, in no language. */
Test(commands, every_one__writes_one_line_with_small_letters)
{
	static const char *const codes[] = { "en", "de", "es", "fr", "it", "nl", "pl", "pt_BR", "tr" };
	static const char *const all[] = { "plan check nowhere", "keys", "explain nothing", "check --stdin </dev/null" };
	char arguments[60];

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		for (size_t j = 0; j < sizeof all / sizeof *all; j++) {
			snprintf(arguments, sizeof arguments, "--lang %s %s", codes[i], all[j]);
			run_with(arguments, "");
			cr_expect_not(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", err[10]), "%s", err);
			cr_assert(strstr(err, "; "), "%s", err);
			cr_expect_not(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", strstr(err, "; ")[2]), "%s", err);
			cr_expect_eq(strchr(err, '\n'), err + strlen(err) - 1, "one line: %s", err);
		}
	expect("plan check nowhere --lang pl", 2);
	cr_expect(strstr(err, "; sprawd"), "%s", err);
}

/* The line is typed again as it stands, under the program that opens a keyring. */
Test(commands, every_one__names_the_program_that_opens_a_keyring)
{
	static const char *const all[][2] = {
		{ "keys --json", " keys --json\n" }, { "run 'a b' --live -- sh -c 'echo 1' -", " run 'a b' --live -- sh -c 'echo 1' -\n" },
		{ "receipt report", " receipt report\n" }, { "check report --full --lang en", " check report --full --lang en\n" },
		{ "remove report", " remove report\n" },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		expect_error(all[i][0], 5);
		cr_expect(names(err, ": ", true, all[i][1]), "%s: %s", all[i][0], err);
	}
	expect("doctor --api-base https://127.0.0.1:1", 5);
	cr_expect(names(out, "", true, " doctor --api-base https://127.0.0.1:1\n"), "%s", out);
}

/* As one writes it for env(1): its options would be taken for keyguide's. */
Test(commands, plan_from__refuses_a_name_that_plan_check_refuses)
{
	expect_error("plan from reporting --name ''", 2);
	expect_error("plan from reporting --name ' x'", 2);
	expect_error("plan from reporting --name $(printf %081d 0)", 2);
	expect("plan from reporting --name $(printf %080d 0) | " KEYGUIDE_PATH " plan check -", 0);
}

/* Else "set it by hand" could not be followed. */
Test(commands, link__says_which_rows_are_left_out)
{
	int status = run_with("link -", "{\"version\":1,\"name\":\"x\",\"permissions\":[\"sigma:read\",\"rak_charge_read\"]}");

	cr_expect_eq(status, 0);
	cr_expect(strstr(out, "rak_charge_read") && !strstr(out, "sigma"), "%s", out);
	cr_expect(strstr(err, "1 row cannot go into a link") && strstr(err, "\n  Sigma: Read\n"), "%s", err);
	cr_expect_null(strstr(err, "Charges"), "%s", err);
}

/* It must not become whatever is opened next. */
Test(commands, every_one__takes_a_closed_input_for_its_end)
{
	expect_error("check --stdin <&-", 2);
	expect("--demo --plain <&-", 3);
}

/* Whoever reads it has heard enough. */
Test(commands, every_one__ends_quietly_when_nobody_reads)
{
	run_with("check --stdin --help | true; exit 0", "");
	run_with("--demo --plain </dev/null | head -n 1", "");
	cr_expect_str_eq(err, "");
}

Test(commands, wizard__says_where_nothing_can_be_saved)
{
	setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
	cr_expect_eq(run_with("--plain --from name", ""), 3);
	cr_expect(strstr(err, "could not be written"), "%s", err);
	cr_expect_null(strstr(out, "is saved"), "%s", out);
}

Test(commands, run__wants_the_dashes_before_the_command)
{
	expect_error("run report true", 2);
	cr_expect(names(err, ": ", false, " run report -- true\n"), "%s", err);
	expect_error("run report --env KEY ls -l --color 'a b'", 2);
	cr_expect(names(err, ": ", false, " run report --env KEY -- ls -l --color 'a b'\n"), "%s", err);
	expect_error("run --test report ls --help", 2);
	cr_expect(names(err, ": ", false, " run report --test -- ls --help\n"), "%s", err);
	expect_error("give report cat -n", 2);
	cr_expect(names(err, ": ", false, " give report -- cat -n\n"), "%s", err);
	expect_error("run report --bogus", 2);
	cr_expect(strstr(err, "\"--bogus\" is no option"), "%s", err);
}

/* Each language has its own full stop, which an error loses whole. */
Test(commands, every_one__speaks_whole_letters)
{
	expect("plan check nowhere --lang ja", 2);
	cr_expect(text_is_utf8(err, strlen(err)), "%s", err);
	cr_expect_null(strstr(err, "\u3002 ("), "%s", err);
	expect("keys --lang zh_CN", 5);
	cr_expect(text_is_utf8(err, strlen(err)), "%s", err);
	cr_expect_null(strstr(err, "\u3002;"), "%s", err);
}

Test(commands, every_one__knows_a_language_by_other_names)
{
	expect("keys --lang DE", 5);
	cr_expect(strstr(err, "Schl"), "%s", err);
	expect("keys --lang de_AT", 5);
	cr_expect(strstr(err, "Schl"), "%s", err);
	expect("keys --lang pt-PT", 5);
	cr_expect_null(strstr(err, "desktop session"), "%s", err);
	expect_error("keys --lang xx", 2);
	cr_expect(strstr(err, ": en, ar, de,"), "%s", err);
	expect_error("keys --lang ../../x", 2);
}

Test(commands, every_one__says_when_it_cannot_write)
{
	static const char *const all[] = { "resources --json", "--help", "--version" };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char *command, *status;

		cr_assert(asprintf(&command, "said=$('%s' %s 2>&1 >/dev/full); echo $?; echo \"$said\" | grep -c '^keyguide: '",
				   KEYGUIDE_PATH, all[i]) > 0);
		status = session_output_of(command, "");
		cr_expect_str_eq(status, "3\n1", "%s", all[i]);
		free(status);
		free(command);
	}
}

/* Somebody pasted it in the wrong place: it is not repeated. */
Test(commands, every_one__refuses_a_key_in_an_argument)
{
	static const char *const all[] = { "", "plan show", "explain", "link", "needs", "receipt" };
	char *key = session_make_key("rk_live_"), arguments[40];

	setenv("MISTAKE", key, 1);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		snprintf(arguments, sizeof arguments, "%s \"$MISTAKE\"", all[i]);
		expect_error(arguments, 2);
		cr_expect_null(strstr(err, key + 8), "%s", all[i]);
	}
	unsetenv("MISTAKE");
}

/* In the value of an option it is seen as well, and refused before anything looks at it. */
Test(commands, every_one__refuses_a_key_in_an_option)
{
	static const char *const all[] = { "--from", "--api-base", "--ca-file", "--lang", "plan from reporting --name",
		"run --env", "check --plan", "needs --calls" };
	char *key = session_make_key("rk_live_"), arguments[80];

	setenv("MISTAKE", key, 1);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		snprintf(arguments, sizeof arguments, "%s \"$MISTAKE\"", all[i]);
		expect_error(arguments, 2);
		cr_expect_null(strstr(err, key + 8), "%s", all[i]);
		cr_expect(strstr(err, "there is a key on the command line"), "%s: %s", all[i], err);
	}
	setenv("MISTAKE", key + 8, 1);
	expect_error("--from \"$MISTAKE\"", 2);
	cr_expect_null(strstr(err, key + 8), "without its beginning");
	expect_error("--from nowhere", 2);
	cr_expect(strstr(err, "\"nowhere\""), "%s", err);
	unsetenv("MISTAKE");
	free(key);
}

/* Where the locale is not UTF-8, words are in its letters, and so is what is said; JSON is UTF-8 all the same. */
Test(commands, every_one__hears_the_letters_of_the_locale)
{
	json_t *json;

	setenv("LC_ALL", "de_DE.ISO-8859-1", 1);
	expect("plan from reporting --name \"$(printf 'B\\374cher')\"", 0);
	json = read_json();
	cr_expect_str_eq(text_of(json, "name"), "B\u00FCcher", "%s", out);
	json_decref(json);
	expect("receipt \"$(printf 'B\\374cher')\"", 5);
	cr_expect(strstr(err, " receipt 'B\374cher'\n"), "as it was written: %s", err);
	cr_expect_null(strstr(err, "NAME"), "it is a name: %s", err);
	expect("plan from --help", 0);
	cr_expect_not(text_is_utf8(out, strlen(out)), "help is for the person: %s", out);
	setenv("LC_ALL", "C.UTF-8", 1);
}

/* Letters that have others near them are said so; a language that has none gives way to English. */
Test(commands, every_one__speaks_english_where_there_are_no_letters)
{
	setenv("LC_ALL", "de_DE.ISO-8859-1", 1);
	expect("--lang ja receipt nothing", 5);
	cr_expect(strstr(err, "no letters for your language"), "%s", err);
	cr_expect_null(strstr(err, "?"), "%s", err);
	expect("--lang ja plan from reporting", 0);
	cr_expect(text_is_utf8(out, strlen(out)), "%s", out);
	expect("--lang pl --help", 0);
	cr_expect_str_empty(err, "%s", err);
	cr_expect_null(strstr(out, "??"), "%s", out);
	setenv("LC_ALL", "ja_JP.EUC-JP", 1);
	expect("--lang ja --help", 0);
	cr_expect_str_empty(err, "%s", err);
	setenv("LC_ALL", "C.UTF-8", 1);
}

/* A file's name is bytes: it opens as it stands, and is shown in the locale's letters. */
Test(commands, plan__opens_a_file_of_any_name)
{
	session_write(&session, "B\374cher", "{\"version\":1,\"name\":\"report\",\"permissions\":[\"rak_charge_read\"]}");
	session_write(&session, "B\366se", "{\"version\":1,\n\"permisions\":[]}");
	expect("plan check \"$(printf 'B\\374cher')\"", 0);
	setenv("LC_ALL", "de_DE.ISO-8859-1", 1);
	expect("plan check \"$(printf 'B\\374cher')\"", 0);
	cr_expect_eq(strncmp(out, "B\374cher", 6), 0, "%s", out);
	expect("plan check \"$(printf 'B\\366se')\"", 1);
	cr_expect(strstr(err, "B\366se:"), "%s", err);
	setenv("LC_ALL", "C.UTF-8", 1);
}

Test(commands, every_one__refuses_what_is_no_text)
{
	static const char *const all[] = { "run \"$ODD\" -- true", "give \"$ODD\" -- true", "check \"$ODD\"", "receipt \"$ODD\"",
		"remove \"$ODD\"", "replace \"$ODD\"", "plan from reporting --name \"$ODD\"", "check --stdin --ca-file \"$ODD\"",
		"doctor --api-base \"$ODD\"" };

	setenv("ODD", "m\374ller", 1);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		expect_error(all[i], 2);
		cr_expect(strstr(err, "cannot be shown"), "%s: %s", all[i], err);
		cr_expect_null(strstr(err, "\374"), "%s", err);
	}
	unsetenv("ODD");
}

/* A link that asks for everything is thousands of bytes long: cut in the middle it would ask for less. */
Test(commands, a_long_link__is_taken_whole_in_lines_too)
{
	struct plan *plan = plan_new();
	size_t asked = 0;
	char *link, *input, wanted[40];

	plan_set_name(plan, "x");
	for (size_t row = 0; row < catalogue_count(); row++)
		if (catalogue_at(row)->read.prefill >= PREFILL_A && catalogue_at(row)->read.prefill <= PREFILL_C &&
		    plan_set(plan, row, LEVEL_READ))
			asked++;
	link = link_create(plan, NULL);
	cr_assert_gt(strlen(link), 2000);
	cr_assert(asprintf(&input, "3\n%s\n\n", link) > 0);
	cr_expect_eq(run_with("--plain --demo", input), 3);
	snprintf(wanted, sizeof wanted, "\"x\": %zu Read", asked);
	cr_expect(strstr(out, wanted), "%s in:\n%s", wanted, out);
	free(input);
	free(link);
	plan_free(plan);
}

/* ---- with keys in a keyring ---- */

static char *kept;   /* the sandbox key of "report" */

static void keep(const char *mode, const char *key)
{
	char *command;

	cr_assert(asprintf(&command, "secret-tool store --label x xdg:schema org.keyguide.RestrictedKey name report mode %s "
		"account acct_1Standin", mode) > 0);
	free(session_output_of(command, key));
	free(command);
}

static void begin_kept(void)
{
	session_start(&session, SESSION_UNLOCKED);
	kept = session_make_key("rk_test_");
	keep("test", kept);
}

TestSuite(kept, .init = begin_kept, .fini = done, .timeout = 60);

Test(kept, keys__lists_them_without_a_secret)
{
	json_t *json, *key;

	expect("keys --json", 0);
	json = read_json();
	cr_assert_eq(json_array_size(json), 1);
	key = json_array_get(json, 0);
	cr_expect_str_eq(text_of(key, "name"), "report");
	cr_expect_str_eq(text_of(key, "mode"), "test");
	cr_expect_str_eq(text_of(key, "account"), "acct_1Standin");
	cr_expect(strstr(text_of(key, "store"), "Login"), "%s", out);
	cr_expect(json_is_null(json_object_get(key, "ends")) && json_is_null(json_object_get(key, "as_planned")), "%s", out);
	json_decref(json);
	remember(MODE_TEST);
	expect("keys --json", 0);
	json = read_json();
	key = json_array_get(json, 0);
	cr_expect_str_eq(text_of(key, "ends"), "test");
	cr_expect_str_eq(text_of(key, "created"), "2026-11-23T10:00:00Z", "%s", out);
	json_decref(json);
	expect("keys", 0);
	cr_expect_str_eq(out, "report (SANDBOX)\n  Ends in: test\n  Account: acct_1Standin\n  Made: 2026-11-23\n");
	cr_expect_null(strstr(out, kept + 8));
}

/* Kept by another program, or before its record was lost. */
Test(kept, receipt__tells_what_is_kept_from_what_is_not)
{
	expect_error("receipt report", 1);
	cr_expect(strstr(err, "nothing is remembered") && names(err, "", false, " check report\n"), "%s", err);
	expect_error("receipt report --live", 2);
	expect_error("receipt nobody", 2);
	remember(MODE_TEST);
	session_lock();
	expect("receipt report", 0);
	expect_error("receipt nobody", 5);
}

/* Other programs may have put anything there. */
Test(kept, run_and_give__hand_over_no_other_kind_of_key)
{
	char *live = session_make_key("rk_live_"), *secret = session_make_key("sk_test_");
	const char *const wrong[] = { live, secret, "nonsense" };

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		keep("test", wrong[i]);
		expect_error("run report --test -- env", 2);
		expect_error("give report -- cat", 2);
		cr_expect_eq(strstr(err, "this is a live key") != NULL, wrong[i] == live, "%s", err);
	}
	keep("test", kept);
	expect("give report -- cat", 0);
	cr_expect_str_eq(out, kept);
	free(live), free(secret);
}

/* What is remembered is not what is: the key may be deleted, or dead, by now. */
Test(kept, receipt__says_that_a_key_is_gone)
{
	remember(MODE_TEST);
	expect("receipt report", 0);
	cr_expect(strstr(out, "secret-tool lookup"), "%s", out);
	free(session_output_of("secret-tool clear name report mode test", ""));
	expect("receipt report", 0);
	cr_expect(strstr(out, "It is no longer in the keyring."), "%s", out);
	cr_expect_null(strstr(out, "secret-tool lookup"), "%s", out);
	cr_expect_null(strstr(out, "in the keyring only"), "%s", out);
	expect("receipt report --json", 0);
	cr_expect(strstr(out, "\"store\": null"), "%s", out);
}

/* Who only looked changed nothing. */
Test(kept, keys__does_not_ask_whether_anything_was_changed)
{
	kill(session.keyring, SIGSTOP);
	expect_error("keys", 5);
	kill(session.keyring, SIGCONT);
	cr_expect(strstr(err, "did not answer in time; "), "%s", err);
	cr_expect_null(strstr(err, "not known"), "%s", err);
}

Test(kept, keys__says_until_when_a_replaced_one_works)
{
	static const char *const untils[] = { "2999-01-02T10:00:00Z", "2020-01-02T10:00:00Z" };
	static const char *const said[] = { "  It was replaced. It works until 2999-01-02.\n",
					    "  It was replaced, and its time is over.\n" };

	remember(MODE_TEST);
	expect("keys --json", 0);
	cr_expect_null(strstr(out, "until"), "%s", out);
	for (size_t i = 0; i < 2; i++) {
		struct record record;
		json_t *json;

		cr_assert_eq(records_load("report", MODE_TEST, &record, NULL), FAULT_NONE);
		strcpy(record.until, untils[i]);
		strcpy(record.review, "2020-01-02");
		cr_assert_eq(records_save(&record, NULL), FAULT_NONE);
		record_done(&record);
		expect("keys", 0);
		cr_expect(strstr(out, said[i]), "%s", out);
		cr_expect_null(strstr(out, "Look at it again"), "%s", out);
		expect("keys --json", 0);
		json = read_json();
		cr_expect_str_eq(text_of(json_array_get(json, 0), "until"), untils[i]);
		json_decref(json);
	}
}

Test(kept, run__puts_the_key_into_the_environment_and_nowhere_else)
{
	char *seen;

	expect("run report -- sh -c 'printf %s \"$STRIPE_API_KEY\" >seen; tr \"\\0\" \" \" </proc/$$/cmdline >line; exit 7'", 7);
	cr_expect_str_eq(out, "");
	cr_expect_str_eq(err, "");
	seen = session_read(&session, "seen");
	cr_expect(!strcmp(seen, kept), "another key");
	free(seen);
	seen = session_read(&session, "line");
	cr_expect_null(strstr(seen, kept + 8));
	free(seen);
	expect("run report --env SHOP_KEY -- sh -c 'printf %s \"$STRIPE_API_KEY,${#SHOP_KEY}\" >seen'", 0);
	seen = session_read(&session, "seen");
	cr_expect_eq((size_t)atoi(seen + 1), strlen(kept), "%s", seen);
	free(seen);
}

/* The command's own words are bytes, which nobody reads but the command. */
Test(kept, run__passes_the_command_on_as_it_is)
{
	char *seen;

	setenv("LC_ALL", "de_DE.ISO-8859-1", 1);
	expect("run report -- sh -c 'printf %s \"$1\" >seen' - \"$(printf 'B\\374cher')\"", 0);
	seen = session_read(&session, "seen");
	cr_expect_str_eq(seen, "B\374cher");
	free(seen);
	expect("give report -- sh -c 'printf %s \"$1\" >seen' - \"$(printf 'm\\374ller')\"", 0);
	seen = session_read(&session, "seen");
	cr_expect_str_eq(seen, "m\374ller");
	free(seen);
	setenv("LC_ALL", "C.UTF-8", 1);
}

/* As much as there is room for, which no key is. By the helper, since secret-tool reads no more than 8 KiB. */
static void keep_too_much(void)
{
	struct helper_request request = { .verb = HELPER_STORE, .name = "report", .mode = MODE_LIVE, .limit_ms = 10000 };
	struct secret *odd = secret_new(SECRET_ROOM);
	struct helper_reply reply;
	struct helper *helper;

	memset(secret_reveal(odd), 'a', SECRET_ROOM);
	secret_set_length(odd, SECRET_ROOM);
	helper = helper_start(&request, odd, NULL);
	cr_assert(helper);
	helper_wait(helper, &reply);
	helper_free(helper);
	cr_assert_eq(reply.fault, FAULT_NONE);
	helper_reply_done(&reply);
	secret_free(odd);
}

/* No key is as long as a page; and there is no room for the end of a text behind it, nor for the end of a line. */
Test(kept, run__refuses_what_is_too_long)
{
	keep_too_much();
	expect_error("run report --live -- true", 2);
	cr_expect(strstr(err, "is no restricted key"), "%s", err);
	expect_error("give report --live --newline -- true", 2);
	expect_error("give report --live -- true", 2);
}

/* As if there were no keyguide in between. */
Test(kept, run__ends_as_the_command_ends)
{
	expect("run report -- sh -c 'kill -TERM $$'", 128 + 15);
	expect_error("run report -- ./there-is-no-such-program", 127);
	expect_error("run report -- /", 126);
	expect_error("run nobody -- true", 2);
	expect_error("run report --env A=B -- true", 2);
	expect_error("run report --env LD_PRELOAD -- true", 2);
	expect_error("run report --env PATH -- true", 2);
	expect_error("run report", 2);
}

/* keyguide's own language is not the command's, whether it came by an option or from a locale that is not installed. */
Test(kept, run__gives_the_language_back)
{
	expect("run report --lang de -- sh -c 'echo \"[$LANGUAGE]\"'", 0);
	cr_expect_str_eq(out, "[]\n");
	setenv("LANGUAGE", "fr", 1);
	expect("run report --lang de -- sh -c 'echo \"[$LANGUAGE]\"'", 0);
	cr_expect_str_eq(out, "[fr]\n");
	unsetenv("LANGUAGE");
	setenv("LC_ALL", "de_XX.UTF-8", 1);
	expect("give report -- sh -c 'echo \"[$LANGUAGE]\"'", 0);
	cr_expect_str_eq(out, "[]\n");
	setenv("LC_ALL", "C.UTF-8", 1);
}

Test(kept, run__wants_to_know_which_of_two)
{
	char *live = session_make_key("rk_live_"), *seen;

	keep("live", live);
	expect_error("run report -- touch wrong", 2);
	cr_expect(strstr(err, "--live"), "%s", err);
	expect("run report --live -- sh -c 'printf %s \"$STRIPE_API_KEY\" >seen'", 0);
	seen = session_read(&session, "seen");
	cr_expect(!strcmp(seen, live), "another key");
	free(seen);
	free(live);
}

/* ---- the doctor ---- */

static const char *state_of(const json_t *json, const char *item)
{
	return text_of(json_object_get(json, item), "state");
}

Test(kept, doctor__finds_all_that_is_there)
{
	static const char *const items[] = { "keyring", "confinement", "network", "browser", "clipboard", "vaults", "language",
		"terminal", "memory" };
	struct peer peer;
	char *arguments;
	json_t *json;

	peer_start(&peer, session.folder, kept, "alive", "rak_balance_read");
	cr_assert(asprintf(&arguments, "doctor --json --api-base %s --ca-file %s", peer.base, peer.certificate) > 0);
	expect(arguments, 0);
	json = read_json();
	for (size_t i = 0; i < sizeof items / sizeof *items; i++)
		cr_expect(json_object_get(json, items[i]), "nothing of %s: %s", items[i], out);
	cr_expect_str_eq(state_of(json, "keyring"), "fine");
	cr_expect_str_eq(text_of(json_object_get(json, "keyring"), "what"), "GNOME Keyring, \"Login\"");
	cr_expect_str_eq(state_of(json, "network"), "fine");
	cr_expect_str_eq(state_of(json, "browser"), "note", "there is no desktop");
	json_decref(json);
	cr_expect_eq(peer_count(&peer, PEER_GET), 1);
	cr_expect_eq(peer_count(&peer, "\"authorization\":\"present\""), 0, "it asks without a key");
	peer_stop(&peer);
	free(arguments);
}

Test(kept, doctor__says_what_is_missing)
{
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect(strstr(out, fault_what(FAULT_OFFLINE)), "%s", out);
	session_lock();
	expect("doctor --api-base https://127.0.0.1:1", 5);
	cr_expect(strstr(out, fault_what(FAULT_LOCKED)), "%s", out);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	expect("doctor --api-base https://127.0.0.1:1", 5);
	cr_expect(strstr(out, fault_what(FAULT_NO_BUS)), "%s", out);
}

/* What is named, and is not there, opens nothing. */
Test(kept, doctor__looks_whether_the_browser_is_there)
{
	setenv("BROWSER", "there-is-no-such-browser", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect(strstr(out, "none can be opened from here"), "%s", out);
	setenv("BROWSER", "there-is-no-such-browser:/bin/true %s", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect_null(strstr(out, "none can be opened from here"), "%s", out);
	cr_expect_null(strstr(out, "there-is-no-such-browser"), "%s", out);
	unsetenv("BROWSER");
}

Test(kept, doctor__says_where_there_are_lines_alone)
{
	setenv("TERM", "dumb", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect(strstr(out, "numbered lines"), "%s", out);
	setenv("TERM", "xterm", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect_null(strstr(out, "numbered lines"), "%s", out);
}

/* A helper that did not live to say how it is held says nothing of the computer; the other one does. */
Test(kept, doctor__knows_how_the_helper_is_held_without_a_keyring)
{
	kill(session.bus, SIGSTOP);
	expect("doctor --api-base https://127.0.0.1:1", 5);
	kill(session.bus, SIGCONT);
	cr_expect_null(strstr(out, "no means"), "%s", out);
	cr_expect(strstr(out, "seccomp"), "%s", out);
}

/* As everywhere in keyguide: a locale that names no letters is one of today. */
Test(kept, doctor__knows_the_letters_of_the_terminal)
{
	setenv("LC_ALL", "C", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect(strstr(out, "English, UTF-8"), "%s", out);
	setenv("LC_ALL", "en_US.ISO-8859-1", 1);
	expect("doctor --api-base https://127.0.0.1:1", 1);
	cr_expect_null(strstr(out, "English, UTF-8"), "%s", out);
	setenv("LC_ALL", "C.UTF-8", 1);
}

/* Looked at before the keyring is asked. */
Test(commands, give__knows_what_a_vault_wants)
{
	char *key = session_make_key("rk_live_"), *arguments;

	expect_error("give report --to keepassxc", 2);
	cr_expect(strstr(err, "--to keepassxc -- Team.kdbx"), "%s", err);
	expect_error("give report --to keepassxc -- One.kdbx Two.kdbx", 2);
	expect_error("give report --to pass -- pass insert report", 2);
	expect_error("give --to pass", 2);
	expect_error("give report", 2);
	expect_error("give report --to", 2);
	cr_assert(asprintf(&arguments, "give report --to %s", key) > 0);
	expect_error(arguments, 2);
	cr_expect_null(strstr(err, key + 8), "what was written is repeated");
	expect_error("give report --to nowhere", 2);
	cr_expect(strstr(err, "bitwarden, keepassxc, ") && strstr(err, ", pass, "), "%s", err);
	free(arguments);
	free(key);
}

Test(kept, give__puts_the_key_on_the_standard_input)
{
	char *seen;

	expect("give report -- sh -c 'cat >seen; exit 3'", 3);
	seen = session_read(&session, "seen");
	cr_expect(!strcmp(seen, kept), "another text");
	free(seen);
	expect("give report --newline -- sh -c 'cat >seen; env >around'", 0);
	seen = session_read(&session, "seen");
	cr_expect(!strncmp(seen, kept, strlen(kept)) && !strcmp(seen + strlen(kept), "\n"), "another text");
	free(seen);
	seen = session_read(&session, "around");
	cr_expect_null(strstr(seen, kept + 8));
	free(seen);
	/* Without one of its own. */
	expect("give report -- sh -c 'cat >seen' <&-", 0);
	seen = session_read(&session, "seen");
	cr_expect(!strcmp(seen, kept), "another text");
	free(seen);
}
