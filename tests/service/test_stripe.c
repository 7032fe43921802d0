/* SPDX-License-Identifier: MIT */
/* A round of questions to the Stripe stand-in, over real TLS: every answer, every way to fail. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../peer/peer.h"
#include "base/clock.h"
#include "session.h"
#include "sys/helper.h"

enum { AT_A_TIME = 10 };   /* questions on their way */

static struct session session;
static struct peer peer;
static struct helper_reply reply;
static struct plan *plan;
static struct check *check;
static enum mode mode;
static char *key;

static void begin(void)
{
	static const char *const proxies[] = { "https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY",
		"no_proxy", "NO_PROXY" };

	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		unsetenv(proxies[i]);   /* the developer's */
	session_start(&session, SESSION_ABSENT);
	key = session_make_key("rk_test_");
	plan = plan_new();
	plan_set(plan, catalogue_find("balance"), LEVEL_READ);
	plan_set(plan, catalogue_find("charge"), LEVEL_READ);
}

static void done(void)
{
	helper_reply_done(&reply);
	check_free(check);
	plan_free(plan);
	if (peer.pid)
		peer_stop(&peer);
	session_stop(&session);
}

TestSuite(stripe, .init = begin, .fini = done, .timeout = 120);

static struct helper *start_asking_for(int limit_ms, const char *base, const char *ca_file)
{
	struct helper_request request = { .verb = HELPER_ASK, .mode = mode, .check = check, .api_base = base,
		.ca_file = ca_file, .limit_ms = limit_ms };
	struct secret *secret = secret_new(SECRET_ROOM);
	struct helper *helper;

	secret_append(secret, key, strlen(key));
	helper = helper_start(&request, secret, NULL);
	secret_free(secret);
	cr_assert(helper);
	return helper;
}

static struct helper *start_asking(const char *base, const char *ca_file)
{
	return start_asking_for(60000, base, ca_file);
}

/* Stripe itself repeats the last six letters of a key in some of what it says: no text that comes back has them. */
static void take(const struct helper_answer *told)
{
	const char *const texts[] = { told->path, told->answer.account, told->answer.permission, told->answer.edit_link,
		told->answer.request_id };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_assert_null(strstr(texts[i], key + strlen(key) - 6), "%s", texts[i]);
	check_take(check, told->question, &told->answer);
}

/* As the wizard's loop does it: poll, read, until it has ended. LOOK: called now and then meanwhile, or NULL. */
static enum fault_code finish_looking(struct helper *helper, void (*look)(void))
{
	enum { LOOK_MS = 20 };
	struct helper_answer told;
	enum helper_news news;

	helper_reply_done(&reply);   /* of an earlier one */
	while ((news = helper_read(helper, &told, &reply)) != HELPER_ENDED) {
		struct pollfd end = { .fd = helper_fd(helper), .events = POLLIN };

		if (look)
			look();
		if (news == HELPER_ANSWERED)
			take(&told);
		else
			poll(&end, 1, look ? LOOK_MS : helper_timeout_ms(helper));
	}
	helper_free(helper);
	return reply.fault;
}

static enum fault_code finish(struct helper *helper)
{
	return finish_looking(helper, NULL);
}

static enum fault_code ask_at(const char *base, const char *ca_file)
{
	return finish(start_asking(base, ca_file));
}

/* A stand-in with one key, granted what the plan says where SETUP does not say otherwise; a round against it. */
static enum fault_code ask_with(struct peer_setup setup, enum check_depth depth, bool writes)
{
	setup.key = key;
	if (!setup.permissions)
		setup.permissions = "rak_balance_read rak_charge_read";
	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, mode, depth, writes);
	return ask_at(peer.base, peer.certificate);
}

static enum fault_code ask(struct peer_setup setup)
{
	return ask_with(setup, CHECK_QUICK, false);
}

static const struct finding *read_of(const char *row)
{
	return check_find(check, catalogue_find(row), LEVEL_READ);
}

static void expect_row(const char *row, enum verdict verdict, enum why why)
{
	cr_expect_eq(read_of(row)->verdict, verdict, "%s: %s", row, verdict_slug(read_of(row)->verdict));
	cr_expect_eq(read_of(row)->why, why, "%s: %s", row, why_slug(read_of(row)->why));
}

/* The next line of the log, at *AT; the caller's. */
static json_t *next_line(const char **at)
{
	size_t length = strcspn(*at, "\n");
	json_t *line = length ? json_loadb(*at, length, 0, NULL) : NULL;

	*at += length + (**at != '\0');
	return line;
}

/* And the next that is a request. */
static json_t *next_request(const char **at)
{
	json_t *line;

	while ((line = next_line(at)) && !json_object_get(line, "method"))
		json_decref(line);
	return line;
}

/* ---- what is heard ---- */

Test(stripe, hears__what_the_key_may_do)
{
	cr_assert_eq(ask((struct peer_setup){ .permissions = "rak_balance_read rak_payout_read" }), FAULT_NONE);
	cr_expect_eq(check_answered(check), check_question_count(check));
	expect_row("balance", VERDICT_GRANTED, WHY_NO_SUCH_THING);
	expect_row("payout", VERDICT_GRANTED, WHY_NO_SUCH_THING);
	expect_row("charge", VERDICT_DENIED, WHY_NO_PERMISSION);
	cr_expect_str_eq(check_account(check), "acct_1Standin");
	cr_expect_eq(strncmp(check_edit_link(check), "https://dashboard.stripe.com/b/acct_1Standin", 44), 0);
	cr_expect_str_eq(read_of("charge")->permission, "rak_charge_read");
	cr_expect_eq(strncmp(read_of("balance")->request_id, "req_standin", 11), 0);
	cr_expect_eq(check_tally(check, MATCH_MORE), 1);
	cr_expect_eq(check_tally(check, MATCH_LESS), 1);
}

Test(stripe, hears__the_older_texts_too)
{
	cr_assert_eq(ask((struct peer_setup){ .text = "old" }), FAULT_NONE);
	cr_expect(check_as_planned(check));
	cr_expect_str_eq(check_account(check), "acct_1Standin");
	cr_expect_str_eq(read_of("payout")->permission, "rak_payout_read");
}

Test(stripe, hears__all_rows_of_a_full_check)
{
	cr_assert_eq(ask_with((struct peer_setup){ 0 }, CHECK_FULL, false), FAULT_NONE);
	cr_expect_eq(check_answered(check), check_question_count(check));
	cr_expect_gt(check_question_count(check), 60);
	cr_expect(check_as_planned(check));
}

Test(stripe, hears__the_same_where_there_is_only_http_1)
{
	cr_assert_eq(ask((struct peer_setup){ .http1 = true }), FAULT_NONE);
	cr_expect(check_as_planned(check));
	cr_expect_eq(peer_count(&peer, "\"http\":\"1.1\""), check_question_count(check));
}

Test(stripe, hears__through_a_proxy)
{
	struct peer_setup setup = { .key = key, .permissions = "rak_balance_read rak_charge_read", .proxy = true };

	peer_start_with(&peer, session.folder, &setup);
	setenv("https_proxy", peer.proxy, 1);
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	cr_assert_eq(ask_at(peer.base, peer.certificate), FAULT_NONE);
	cr_expect(check_as_planned(check));
	cr_expect_eq(peer_count(&peer, "CONNECT"), 1, "one connection");
}

/* ---- what ends a round ---- */

/*
 * After the answer that ended the round, which HEARD others came before. However slow that one was: what had left by
 * then was answered, or is one of those that are on their way at a time. A full check that goes on asks far more.
 */
static void expect_no_more_asked(size_t heard)
{
	cr_assert_gt(check_question_count(check), heard + 2 * AT_A_TIME);
	cr_expect_leq(peer_count(&peer, PEER_GET), heard + AT_A_TIME, "no more is asked than was on its way");
}

static void expect_end(const char *state, enum verdict verdict)
{
	cr_assert_eq(ask_with((struct peer_setup){ .state = state }, CHECK_FULL, false), FAULT_NONE);
	cr_expect_eq(check_key(check), verdict);
	expect_no_more_asked(0);
}

Test(stripe, ends__with_an_expired_key) { expect_end("expired", VERDICT_DEAD); }
Test(stripe, ends__with_an_unknown_key) { expect_end("unknown", VERDICT_DEAD); }
Test(stripe, ends__with_a_blocked_address) { expect_end("blocked", VERDICT_BLOCKED); }
Test(stripe, ends__with_an_access_policy) { expect_end("policy", VERDICT_BLOCKED); }

Test(stripe, ends__with_a_key_that_dies_meanwhile)
{
	cr_assert_eq(ask_with((struct peer_setup){ .alive_for = 6 }, CHECK_FULL, false), FAULT_NONE);
	cr_expect_eq(check_key(check), VERDICT_DEAD);
	expect_no_more_asked(6);
}

Test(stripe, ends__where_something_exists)
{
	cr_assert_eq(ask_with((struct peer_setup){ .faults = "[{\"path\":\"\",\"kind\":\"exists\"}]" }, CHECK_FULL, false),
		     FAULT_NONE);
	cr_expect_eq(check_key(check), VERDICT_UNKNOWN);
	cr_expect_eq(check_question(check, 0)->why, WHY_EXISTS);
	expect_no_more_asked(0);
}

Test(stripe, ends__at_a_sign_in_page)
{
	cr_assert_eq(ask((struct peer_setup){ .faults = "[{\"path\":\"\",\"kind\":\"html\"}]" }), FAULT_NONE);
	cr_expect_eq(check_key(check), VERDICT_UNKNOWN);
}

Test(stripe, ends__quickly_when_killed)
{
	struct peer_setup setup = { .key = key, .faults = "[{\"path\":\"\",\"kind\":\"silent\"}]" };
	struct helper *helper;
	char parent[16], *left;

	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, MODE_TEST, CHECK_FULL, false);
	helper = start_asking(peer.base, peer.certificate);
	while (!peer_count(&peer, PEER_GET))
		poll(NULL, 0, 10);
	helper_free(helper);
	snprintf(parent, sizeof parent, "%d", (int)getpid());
	left = session_output((const char *const[]){ "pgrep", "-P", parent, "keyguide-", NULL });
	cr_expect_null(left, "it is gone");
}

/* ---- faults, each survived ---- */

/* All rows answer but one, which has a fault KIND (so many times, 0: for ever). */
static void ask_with_fault(const char *kind, int times)
{
	char faults[120], count[32] = "";

	if (times)
		snprintf(count, sizeof count, ",\"times\":%d", times);
	snprintf(faults, sizeof faults, "[{\"path\":\"/v1/payouts/\",\"kind\":\"%s\"%s}]", kind, count);
	cr_assert_eq(ask((struct peer_setup){ .faults = faults }), FAULT_NONE);
	cr_expect_eq(check_key(check), VERDICT_GRANTED);
	expect_row("balance", VERDICT_GRANTED, WHY_NO_SUCH_THING);
	expect_row("dispute", VERDICT_DENIED, WHY_NO_PERMISSION);
}

static void expect_unknown(const char *kind, enum why why, size_t asked)
{
	ask_with_fault(kind, 0);
	expect_row("payout", VERDICT_UNKNOWN, why);
	cr_expect_not(check_as_planned(check), "unknown is never rounded up");
	cr_expect_eq(peer_count(&peer, "\"path\":\"/v1/payouts/"), asked, "%zu", peer_count(&peer, "\"path\":\"/v1/payouts/"));
}

static void expect_passing(const char *kind)
{
	ask_with_fault(kind, 1);
	expect_row("payout", VERDICT_DENIED, WHY_NO_PERMISSION);
	cr_expect(check_as_planned(check));
	cr_expect_eq(peer_count(&peer, "\"path\":\"/v1/payouts/"), 2);
}

Test(stripe, asks_again__when_too_fast) { expect_passing("429"); }
Test(stripe, asks_again__when_too_fast_for_a_reason) { expect_passing("429-reason"); }
Test(stripe, asks_again__at_a_lock) { expect_passing("lock"); }
Test(stripe, asks_again__at_a_conflict) { expect_passing("409"); }
Test(stripe, asks_again__when_stripe_has_a_problem) { expect_passing("500"); }
Test(stripe, asks_again__when_stripe_says_so) { expect_passing("500-retry"); }
Test(stripe, asks_again__when_the_answer_is_cut_off) { expect_passing("reset"); }
Test(stripe, asks_again__when_the_connection_breaks) { ask_with_fault("drop", 1); }

Test(stripe, does_not_ask_again__when_stripe_says_so) { expect_unknown("500-final", WHY_SERVER, 1); }
Test(stripe, gives_up__after_three_times) { expect_unknown("500", WHY_SERVER, 3); }
Test(stripe, gives_up__when_always_too_fast) { expect_unknown("429", WHY_BUSY, 3); }
Test(stripe, gives_up__when_always_cut_off) { expect_unknown("truncated", WHY_NOT_STRIPE, 3); }
Test(stripe, believes_no__half_of_a_json) { expect_unknown("cut", WHY_NOT_STRIPE, 1); }
Test(stripe, believes_no__answer_over_64_kb) { expect_unknown("huge", WHY_NOT_STRIPE, 1); }
Test(stripe, believes_no__page) { expect_unknown("html-404", WHY_NOT_STRIPE, 1); }
Test(stripe, follows_no__redirect) { expect_unknown("redirect", WHY_NOT_STRIPE, 1); }
Test(stripe, knows__a_product_that_is_off) { expect_unknown("setup", WHY_PRODUCT_OFF, 1); }
Test(stripe, knows__what_is_for_sandboxes_only) { expect_unknown("testonly", WHY_SANDBOX_ONLY, 1); }
Test(stripe, knows_nothing__from_another_error) { expect_unknown("badversion", WHY_OTHER, 1); }

Test(stripe, waits__for_a_slow_answer)
{
	ask_with_fault("slow", 0);
	expect_row("payout", VERDICT_DENIED, WHY_NO_PERMISSION);
}

/* Ten seconds, and the rest is not held up. */
Test(stripe, does_not_wait__for_ever)
{
	ask_with_fault("silent", 1);
	expect_row("payout", VERDICT_DENIED, WHY_NO_PERMISSION);
}

/* Where nobody has ever answered it is said soon, and not tried thrice. */
Test(stripe, says_slow__when_nobody_answers)
{
	long long began = clock_ms();

	cr_assert_eq(ask_with((struct peer_setup){ .faults = "[{\"kind\":\"silent\"}]" }, CHECK_FULL, false), FAULT_STRIPE_SLOW,
		     "%s", fault_slug(reply.fault));
	cr_expect_lt(clock_ms() - began, 15000);
	cr_expect_eq(check_key(check), VERDICT_UNKNOWN);
	cr_expect_eq(check_question(check, 0)->why, WHY_SLOW);
	cr_expect_leq(peer_count(&peer, PEER_GET), AT_A_TIME, "those that were on their way");
}

Test(stripe, says_slow__at_the_limit)
{
	struct peer_setup setup = { .key = key, .faults = "[{\"kind\":\"silent\"}]" };
	long long began;

	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	began = clock_ms();
	cr_expect_eq(finish(start_asking_for(700, peer.base, peer.certificate)), FAULT_STRIPE_SLOW);
	cr_expect_lt(clock_ms() - began, 9000, "sooner than by itself, which takes ten seconds");
}

/* ---- nobody, or somebody else ---- */

Test(stripe, trusts_no__certificate_that_it_does_not_know)
{
	struct peer_setup setup = { .key = key };

	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	cr_assert_eq(ask_at(peer.base, NULL), FAULT_TLS, "%s", fault_slug(reply.fault));
	cr_expect_eq(peer_count(&peer, PEER_GET), 0, "nothing was sent");
}

Test(stripe, trusts_no__certificate_of_another_host)
{
	cr_assert_eq(ask((struct peer_setup){ .wrong_certificate = true }), FAULT_TLS, "%s", fault_slug(reply.fault));
	cr_expect_eq(peer_count(&peer, PEER_GET), 0, "nothing was sent");
}

Test(stripe, says_offline__where_nobody_listens)
{
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	cr_assert_eq(ask_at("https://127.0.0.1:1", NULL), FAULT_OFFLINE, "%s", fault_slug(reply.fault));
}

/* A proxy that would lead anybody who is asked for to the stand-in. */
static void lead_all_here(void)
{
	struct peer_setup setup = { .key = key, .proxy = true };

	peer_start_with(&peer, session.folder, &setup);
	setenv("https_proxy", peer.proxy, 1);
	setenv("http_proxy", peer.proxy, 1);
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
}

/* The key is given to Stripe, or to this computer: to nobody else, however the address is written. */
Test(stripe, asks_nobody_else)
{
	static const char *const others[] = { "https://example.com", "http://api.stripe.com", "https://api.stripe.com.example.com",
		"https://api.stripe.com:444", "https://api.stripe.com@127.0.0.1:1", "https://127.0.0.1.example.com",
		"https://localhost.example.com", "ftp://127.0.0.1", "file:///etc/passwd", "//x" };
	char *log;

	lead_all_here();
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_eq(ask_at(others[i], peer.certificate), FAULT_OTHER_ADDRESS, "%s: %s", others[i],
			     fault_slug(reply.fault));
	log = peer_log(&peer);
	cr_expect_str_eq(log, "", "not even a way there was asked for");
	free(log);
}

/* The stand-in's certificate is not Stripe's, so the way is all that is seen of it. */
Test(stripe, asks_stripe_itself__unless_told_otherwise)
{
	lead_all_here();
	cr_expect_eq(ask_at(NULL, peer.certificate), FAULT_TLS, "%s", fault_slug(reply.fault));
	cr_expect_geq(peer_count(&peer, "\"CONNECT\",\"path\":\"api.stripe.com:443\""), 1);
	cr_expect_eq(peer_count(&peer, PEER_GET), 0, "nothing was sent");
}

/* ---- what is sent ---- */

/* "/v1/charges/ch_…": ends in the last 22 letters and digits or more of an id, or has them before "/usage_record_summaries". */
static void expect_impossible_id(const char *path)
{
	size_t longest = 0, run = 0;

	for (; *path; path++) {
		run = isalnum((unsigned char)*path) ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	cr_expect_geq(longest, 22);
}

static const char *text_of(const json_t *line, const char *field)
{
	const char *text = json_string_value(json_object_get(line, field));

	return text ? text : "";
}

static void expect_bare_question(const json_t *line)
{
	const json_t *headers = json_object_get(line, "headers");
	const char *path = text_of(line, "path");

	cr_expect_null(strchr(path, '?'), "%s", path);
	cr_expect_eq(json_integer_value(json_object_get(line, "body_length")), 0);
	cr_expect_null(json_object_get(headers, "stripe-account"));
	cr_expect_null(json_object_get(headers, "expect"));
	cr_expect_null(json_object_get(headers, "cookie"));
	cr_expect_eq(strncmp(text_of(headers, "user-agent"), "keyguide/", 9), 0);
	cr_expect_str_eq(text_of(headers, "stripe-version"), check_api_version);
	cr_expect_str_eq(text_of(headers, "authorization"), "present");
	expect_impossible_id(path);
}

Test(stripe, sends__nothing_but_bare_questions)
{
	const char *at;
	char *log;
	json_t *line;

	cr_assert_eq(ask_with((struct peer_setup){ 0 }, CHECK_FULL, false), FAULT_NONE);
	log = peer_log(&peer);
	for (at = log; (line = next_request(&at)); json_decref(line)) {
		cr_expect_str_eq(text_of(line, "method"), "GET");
		expect_bare_question(line);
	}
	cr_expect_null(strstr(log, "A-SECRET"), "the key is in the Authorization header alone");
	cr_expect_null(strstr(log, key + 8));
	free(log);
}

Test(stripe, sends__no_id_twice)
{
	char *log, seen[3][80] = { "", "", "" };
	const char *at;
	json_t *line;
	size_t count = 0;

	cr_assert_eq(ask((struct peer_setup){ .faults = "[{\"path\":\"/v1/payouts/\",\"kind\":\"500\"}]" }), FAULT_NONE);
	log = peer_log(&peer);
	for (at = log; (line = next_request(&at)); json_decref(line))
		if (strstr(text_of(line, "path"), "/payouts/") && count < 3)
			snprintf(seen[count++], sizeof *seen, "%s", text_of(line, "path"));
	cr_expect_eq(count, 3);
	cr_expect(strcmp(seen[0], seen[1]) && strcmp(seen[1], seen[2]) && strcmp(seen[0], seen[2]));
	free(log);
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/*
 * All of them, from a moment at which none can have left. A machine or a stand-in that stands still only makes that
 * longer, wherever it happens; what was sent too fast stays missing. A few milliseconds are for rounding.
 */
static void expect_no_faster(long long since, size_t a_second)
{
	long long last = 0;
	size_t count = 0;
	json_t *line;
	char *log = peer_log(&peer);

	for (const char *at = log; (line = next_request(&at)); json_decref(line), count++)
		last = (long long)json_number_value(json_object_get(line, "at_ms"));
	cr_assert_gt(count, 60);
	cr_expect_geq(last - since + 10, 1000 * (long long)(count - 1) / (long long)a_second, "%zu within %lld ms", count,
		      last - since);
	free(log);
}

static void expect_pace(enum mode which, size_t a_second)
{
	long long began = now_ms();

	mode = which;
	cr_assert_eq(ask_with((struct peer_setup){ 0 }, CHECK_FULL, false), FAULT_NONE);
	expect_no_faster(began, a_second);
}

Test(stripe, sends__no_faster_than_the_pace__of_a_sandbox) { expect_pace(MODE_TEST, 20); }
Test(stripe, sends__no_faster_than_the_pace__of_the_live_mode) { expect_pace(MODE_LIVE, 40); }

/* What waits for the connection must not all leave at once. */
Test(stripe, sends__no_faster_than_the_pace__after_a_slow_start)
{
	struct peer_setup setup = { .key = key };
	struct helper *helper;
	long long began;

	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, MODE_TEST, CHECK_FULL, false);
	kill(peer.pid, SIGSTOP);
	helper = start_asking(peer.base, peer.certificate);
	poll(NULL, 0, 800);
	began = now_ms();
	kill(peer.pid, SIGCONT);
	cr_assert_eq(finish(helper), FAULT_NONE);
	expect_no_faster(began, 20);
}

/* As the stand-in sees it: asked, and not answered yet. */
static size_t most_on_their_way(void)
{
	char *log = peer_log(&peer);
	size_t now = 0, most = 0;
	json_t *line;

	for (const char *at = log; (line = next_line(&at)); json_decref(line)) {
		if (json_object_get(line, "answered"))
			now--;
		else
			now++;
		most = now > most ? now : most;
	}
	free(log);
	return most;
}

Test(stripe, sends__no_more_than_ten_at_a_time)
{
	cr_assert_eq(ask((struct peer_setup){ .delay_ms = 1500 }), FAULT_NONE);
	cr_expect_eq(most_on_their_way(), AT_A_TIME, "%zu at a time", most_on_their_way());
	cr_expect(check_as_planned(check));
}

/* Connections to the stand-in now, as the kernel counts them: one that changes meanwhile may be listed twice. */
static int count_connections(void)
{
	unsigned port = (unsigned)atoi(strrchr(peer.base, ':') + 1), local, remote, state;
	static bool seen[1 << 16];
	FILE *table = fopen("/proc/net/tcp", "r");
	char line[256];
	int count = 0;

	cr_assert(table);
	memset(seen, 0, sizeof seen);
	while (fgets(line, sizeof line, table))
		if (sscanf(line, "%*d: %*x:%x %*x:%x %x", &local, &remote, &state) == 3 && remote == port && state == 1) {
			count += !seen[local & 0xffff];
			seen[local & 0xffff] = true;
		}
	fclose(table);
	return count;
}

static int most;

static void look_at_connections(void)
{
	int now = count_connections();

	most = now > most ? now : most;
}

/* The most at any time of a round whose answers each wait, so that several questions are on their way. */
static int most_connections(bool http1)
{
	struct peer_setup setup = { .key = key, .delay_ms = 200, .http1 = http1 };

	peer_start_with(&peer, session.folder, &setup);
	check = check_new(plan, MODE_TEST, CHECK_QUICK, false);
	cr_assert_eq(finish_looking(start_asking(peer.base, peer.certificate), look_at_connections), FAULT_NONE);
	cr_assert_eq(check_answered(check), check_question_count(check));
	return most;
}

Test(stripe, sends__all_over_one_connection)
{
	cr_expect_eq(most_connections(false), 1);
	cr_expect_eq(peer_count(&peer, "\"http\":\"2.0\""), check_question_count(check));
}

Test(stripe, sends__over_a_few_connections_where_there_is_only_http_1)
{
	int count = most_connections(true);

	cr_expect(count > 1 && count <= 4, "%d", count);
}

/* ---- changes, where they were asked for ---- */

/* Is PATH, but for its id, what QUESTION asks for? */
static bool is_asked(const struct question *question, const char *path)
{
	size_t start = strcspn(question->path, "{");
	const char *rest = question->path + start + strlen("{id}");

	return !strncmp(path, question->path, start) && !strcmp(path + start + strcspn(path + start, "/"), rest);
}

static bool is_change_of_the_catalogue(const char *path)
{
	for (size_t row = 0; row < catalogue_count(); row++) {
		const struct question *question = catalogue_question(row, LEVEL_WRITE);

		if (question && !strcmp(question->method, "POST") && is_asked(question, path))
			return true;
	}
	return false;
}

/* Nothing that makes something, pays, or lets somebody in: not even with an id that cannot exist. */
static void expect_harmless_change(const char *path)
{
	static const char *const never[] = { "payouts", "transfers", "tokens", "sessions", "ephemeral", "login" };

	cr_expect(is_change_of_the_catalogue(path), "%s", path);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		cr_expect_null(strstr(path, never[i]), "%s", path);
}

static bool is_post(const json_t *line)
{
	return !strcmp(text_of(line, "method"), "POST");
}

Test(stripe, attempts__changes_that_change_nothing)
{
	const char *at;
	char *log;
	json_t *line;
	size_t posts = 0;

	cr_assert_eq(ask_with((struct peer_setup){ .permissions = "rak_balance_read rak_charge_write" }, CHECK_FULL, true),
		     FAULT_NONE);
	cr_expect_eq(check_find(check, catalogue_find("charge"), LEVEL_WRITE)->verdict, VERDICT_GRANTED);
	cr_expect_eq(check_find(check, catalogue_find("customer"), LEVEL_WRITE)->verdict, VERDICT_DENIED);
	log = peer_log(&peer);
	for (at = log; (line = next_request(&at)); json_decref(line)) {
		expect_bare_question(line);
		if (strcmp(text_of(line, "method"), "GET")) {
			cr_expect_str_eq(text_of(line, "method"), "POST");
			expect_harmless_change(text_of(line, "path"));
			posts++;
		}
	}
	cr_expect_gt(posts, 30);
	free(log);
}

/* How many were asked for before the first whose path begins like this. */
static size_t count_changes_before(const char *path)
{
	char *log = peer_log(&peer);
	const char *at = log;
	size_t count = 0;
	json_t *line;

	while ((line = next_request(&at)) && (!is_post(line) || strncmp(text_of(line, "path"), path, strlen(path)))) {
		count += is_post(line);
		json_decref(line);
	}
	cr_assert(line, "no change of %s", path);
	json_decref(line);
	free(log);
	return count;
}

Test(stripe, attempts__no_more_changes_after_one_was_not_understood)
{
	cr_assert_eq(ask_with((struct peer_setup){ .faults = "[{\"path\":\"/v1/customers/\",\"kind\":\"badversion\"}]" },
			      CHECK_FULL, true), FAULT_NONE);
	cr_expect_leq(peer_count(&peer, PEER_POST), count_changes_before("/v1/customers/") + AT_A_TIME,
		      "that one, and those that were on their way");
	cr_expect_eq(check_find(check, catalogue_find("webhook"), LEVEL_WRITE)->why, WHY_STOPPED);
}
