/* SPDX-License-Identifier: MIT */
/*
 * keyguide check: the key from the keyring or from standard input, the plan
 * from what is remembered or from a file or a link, the questions to Stripe,
 * the report. Standard output has the report or the JSON and nothing else.
 */
#include "cmd/check.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/asked.h"
#include "cmd/kept.h"
#include "cmd/say.h"
#include "cmd/guard.h"
#include "cmd/lines.h"
#include "core/api_base.h"
#include "guide/report.h"
#include "sys/helper.h"
#include "sys/records.h"
#include "ui/plain.h"

enum { ASK_LIMIT_MS = 60000, GO_ON = -1 };

struct job {
	const struct options *options;
	const char *name;             /* NULL: the key came on standard input */
	int signals;
	struct secret *key;
	struct apikey seen;
	struct asked given;           /* from --plan; without a plan: none */
	struct record record;         /* what is remembered of the key; its plan where none was given */
	bool has_record;
	struct fault unread;          /* of a record that is there, but cannot be read */
	char account[ACCOUNT_SIZE];   /* as the keyring has it */
	struct check *check;
	struct fault fault;           /* of asking */
};

/* ---- the key ---- */

/* Waits for DESCRIPTOR to be readable; the number of a signal that came first, or 0. */
static int wait_for(const struct job *job, int descriptor, int timeout_ms)
{
	struct pollfd both[] = { { .fd = descriptor, .events = POLLIN }, { .fd = job->signals, .events = POLLIN } };

	if (poll(both, 2, timeout_ms) <= 0 || !both[1].revents)
		return 0;
	return guard_next(job->signals);
}

static bool ends_us(int signal)
{
	return signal && signal != SIGWINCH && signal != SIGTSTP;
}

static int read_key(struct job *job)
{
	struct lines lines;
	enum lines_result result = LINES_MORE;
	int signal = 0;

	lines_init(&lines);
	lines_hide(&lines, true);   /* before anybody is asked for it: who is quick must not see it either */
	if (lines.terminal)
		fputs(_("Paste the key and press Enter. It is not shown."), stderr);
	while (result == LINES_MORE && !ends_us(signal)) {
		signal = wait_for(job, STDIN_FILENO, -1);
		if (!signal)
			result = lines_read(&lines, job->key);
	}
	lines_hide(&lines, false);
	if (lines.terminal)
		fputc('\n', stderr);
	return ends_us(signal) ? 128 + signal : GO_ON;
}

static int fetch_key(struct job *job)
{
	struct helper_request request = kept_request(HELPER_FETCH, job->options, job->name);
	struct fault fault = { .detail = "" };
	struct helper_reply reply = { 0 };
	struct helper *helper = helper_start(&request, job->key, &fault);
	struct helper_answer answer;

	if (!helper)
		return kept_fail(job->options, &fault);
	while (helper_read(helper, &answer, &reply) != HELPER_ENDED) {
		int signal = wait_for(job, helper_fd(helper), helper_timeout_ms(helper));

		if (ends_us(signal)) {
			helper_free(helper);
			return 128 + signal;
		}
	}
	helper_free(helper);
	fault_set(&fault, reply.fault, 0, "%s", reply.detail);
	memcpy(job->account, reply.account, sizeof job->account);
	helper_reply_done(&reply);
	return fault.code == FAULT_NONE ? GO_ON : kept_fail(job->options, &fault);
}

static int refuse_key(const struct job *job)
{
	struct fault fault;

	if (!job->name && job->seen.kind == APIKEY_EMPTY)
		return fail(EXIT_WRONG_USE, _("no key came on standard input"), _("see \"keyguide --help\""));
	if (!job->name)
		return fail_sentences(EXIT_WRONG_USE, apikey_what(job->seen.kind), apikey_command_advice(job->seen.kind));
	fault_set(&fault, FAULT_NOT_A_KEY, 0, "%s", "");
	return kept_fail(job->options, &fault);
}

static void load_record(struct job *job)
{
	enum fault_code code = records_load(job->name, job->seen.mode, &job->record, &job->unread);

	job->has_record = code == FAULT_NONE;
	if (code == FAULT_NOT_FOUND)
		fault_set(&job->unread, FAULT_NONE, 0, "%s", "");
}

/* A plan for the sandbox is one for live too, later: the other way round it is not. A link's mode is nobody's decision. */
static int fits_mode(const struct job *job)
{
	const struct options *options = job->options;
	bool wants_live = options->live || (job->given.plan && !job->given.is_link && plan_mode(job->given.plan) == MODE_LIVE);

	if (job->seen.mode == MODE_LIVE ? !options->test : !wants_live)
		return GO_ON;
	return kept_other_mode(job->seen.mode);
}

static int get_key(struct job *job)
{
	int status = job->name ? fetch_key(job) : read_key(job);

	if (status != GO_ON)
		return status;
	job->seen = apikey_read(job->key);
	if (!apikey_is_wanted(job->seen.kind))
		return refuse_key(job);
	if (job->name)
		load_record(job);
	return fits_mode(job);
}

/* ---- the questions ---- */

static const struct plan *plan_of(const struct job *job)
{
	if (job->given.plan)
		return job->given.plan;
	return job->has_record ? job->record.plan : NULL;
}

/* Without a plan there is nothing to compare with: then all that can be asked is asked. */
static void make_check(struct job *job)
{
	const struct plan *plan = plan_of(job);

	job->check = check_new(plan, job->seen.mode, job->options->full || !plan ? CHECK_FULL : CHECK_QUICK,
			       job->options->writes);
}

/* GO_ON: yes. */
static int ask_for_yes(struct job *job, FILE *terminal)
{
	char answer[16] = "";
	/* TRANSLATORS: the letter that means yes */
	const char *yes = C_("answer", "y");
	int signal;

	fputs(_("Attempt them? Type y for yes, or only Enter for no: "), terminal);
	fflush(terminal);
	do
		signal = wait_for(job, fileno(terminal), -1);
	while (signal && !ends_us(signal));
	if (signal)
		return 128 + signal;
	/* Who has a keyboard of Latin letters at hand types y. */
	if (fgets(answer, sizeof answer, terminal) &&
	    (!strncasecmp(answer, yes, strlen(yes)) || !strncasecmp(answer, "y", 1)))
		return GO_ON;
	return fail(EXIT_UNFINISHED, _("nothing was asked"), _("leave out --writes to ask only harmless questions"));
}

/* Every request is shown before any is sent; the answer comes from the terminal, also where the key came through a pipe. */
static int confirm_writes(struct job *job)
{
	FILE *terminal;
	struct page page;
	int status;

	if (!job->options->writes)
		return GO_ON;
	page_init(&page);
	page.title = _("These changes are attempted, each empty, on a thing that cannot exist:");
	report_list_writes(job->check, &page);
	plain_print(stderr, &page);
	page_done(&page);
	if (job->options->yes)
		return GO_ON;
	terminal = fopen("/dev/tty", "r+");
	if (!terminal)
		return fail(EXIT_WRONG_USE, _("nobody is here to say yes to these changes"), _("add --yes if you mean it"));
	status = ask_for_yes(job, terminal);
	fclose(terminal);
	return status;
}

/* For the person who can confirm our facts with a real sandbox, or correct them. */
static void explain_round(const struct job *job, FILE *out)
{
	const struct options *options = job->options;

	fprintf(out, _("Address: %s\n"), options->api_base ? options->api_base : api_base_stripe);
	fprintf(out, _("With every request: Authorization: Bearer (the key, hidden, ends in %s); Stripe-Version: %s; "
		       "no parameters, no body\n"), job->seen.ends, check_api_version);
	fprintf(out, ngettext("%zu question, at most %d a second\n", "%zu questions, at most %d a second\n",
			      check_question_count(job->check)),
		check_question_count(job->check), check_rate(job->seen.mode));
}

static void explain(const struct helper_answer *told, FILE *out)
{
	const struct answer *answer = &told->answer;
	char status[16];

	snprintf(status, sizeof status, "%d", told->status);
	fprintf(out, "%s %s\n  %s, %s (%s), %s", told->method, told->path, told->status ? status : _("no answer"),
		verdict_slug(answer->verdict), why_slug(answer->why),
		*answer->request_id ? answer->request_id : _("no Request-Id"));
	if (*answer->permission)
		fprintf(out, _(", names %s"), answer->permission);
	if (told->tries > 1)
		fprintf(out, ngettext(", after %d try", ", after %d tries", (unsigned long)told->tries), told->tries);
	fputc('\n', out);
	fflush(out);   /* each as it comes, through a pipe too */
}

/* On a terminal one line counts; it is gone before the report. */
static void show_progress(const struct job *job, bool done)
{
	if (!isatty(STDERR_FILENO) || job->options->explain)
		return;
	fputc('\r', stderr);
	if (done)
		fputs("\033[K", stderr);
	else
		fprintf(stderr, _("Asking Stripe: %zu of %zu"), check_answered(job->check),
			check_question_count(job->check));
}

static void take_told(struct job *job, const struct helper_answer *told)
{
	check_take(job->check, told->question, &told->answer);
	if (job->options->explain)
		explain(told, job->options->json ? stderr : stdout);
	show_progress(job, false);
}

static int ask(struct job *job)
{
	struct helper_request request = {
		.verb = HELPER_ASK, .mode = job->seen.mode, .check = job->check, .api_base = job->options->api_base,
		.ca_file = job->options->ca_file, .limit_ms = ASK_LIMIT_MS,
	};
	struct helper *helper = helper_start(&request, job->key, &job->fault);
	struct helper_reply reply = { 0 };
	struct helper_answer told;
	enum helper_news news;
	int signal = 0;

	secret_wipe(job->key);   /* the helper has it */
	if (!helper)
		return fail_with(EXIT_NOT_ASKED, &job->fault);
	if (job->options->explain)
		explain_round(job, job->options->json ? stderr : stdout);
	show_progress(job, false);
	while ((news = helper_read(helper, &told, &reply)) != HELPER_ENDED && !ends_us(signal))
		if (news == HELPER_ANSWERED)
			take_told(job, &told);
		else
			signal = wait_for(job, helper_fd(helper), helper_timeout_ms(helper));
	helper_free(helper);
	show_progress(job, true);
	fault_set(&job->fault, reply.fault, 0, "%s", reply.detail);
	helper_reply_done(&reply);
	return ends_us(signal) ? 128 + signal : GO_ON;
}

/* ---- the answer ---- */

/* Only a comparison with the key's own plan is remembered. */
static void remember(struct job *job)
{
	char *what;

	if (!job->has_record || job->given.plan || check_key(job->check) == VERDICT_UNKNOWN)
		return;
	record_take_check(&job->record, job->check);
	memcpy(job->record.ends, job->seen.ends, sizeof job->record.ends);
	record_time(job->record.checked, time(NULL));
	if (records_save(&job->record, &job->fault) == FAULT_NONE)
		return;
	/* TRANSLATORS: %s is the name of a file, and what is wrong with it */
	what = mem_printf(_("what was found could not be saved, so it is not remembered (%s)"), job->fault.detail);
	/* The answer is still right. */
	fail(EXIT_DONE, what, _("make room on the disk, or see to it that you may write there; then check the key again"));
	free(what);
}

/* The account belongs to the keyring's entry as soon as it is known. */
static void note_account(const struct job *job)
{
	struct helper_request request = {
		.verb = HELPER_ASSIGN, .name = job->name, .mode = job->seen.mode,
		.account = check_account(job->check), .limit_ms = KEPT_LIMIT_MS,
	};
	struct helper_reply reply;
	struct helper *helper;

	if (!job->name || *job->account || !*check_account(job->check))
		return;
	helper = helper_start(&request, NULL, NULL);
	if (!helper)
		return;
	helper_wait(helper, &reply);   /* where it fails the entry has no account yet, which harms nobody */
	helper_reply_done(&reply);
	helper_free(helper);
}

static void print_json(const struct job *job)
{
	json_t *json = json_pack("{s:{s:s, s:s, s:s}}", "key", "kind", apikey_slug(job->seen.kind),
				 "mode", mode_slug(job->seen.mode), "ends", job->seen.ends);
	json_t *found = check_to_json(job->check);

	json_object_update(json, found);
	json_decref(found);
	say_json_take(json);
}

static void print_report(const struct job *job)
{
	const struct plan *plan = plan_of(job);
	struct page page;

	page_init(&page);
	page.name = job->name ? job->name : "";
	page.mode = job->seen.mode == MODE_LIVE ? C_("badge", "LIVE") : C_("badge", "SANDBOX");
	if (!job->name && plan)
		page.name = plan_name(plan);
	report_page(job->check, false, false, &page);
	plain_print(stdout, &page);
	if (*check_account(job->check))
		printf(_("Account: %s\n"), check_account(job->check));
	if (*check_edit_link(job->check) && check_has_plan(job->check) && !check_as_planned(job->check))
		printf(_("Edit the key: %s\n"), check_edit_link(job->check));
	page_done(&page);
}

static int status_of(const struct check *check)
{
	switch (check_key(check)) {
	case VERDICT_DEAD:
		return EXIT_NO;
	case VERDICT_GRANTED:
		return !check_has_plan(check) || check_as_planned(check) ? EXIT_DONE : EXIT_NO;
	default:
		return EXIT_NOT_ASKED;
	}
}

/* Nothing was compared, and nobody is to take that for "as planned". */
static int say_unread(const struct job *job, int status)
{
	char *what;

	if (job->given.plan || job->unread.code == FAULT_NONE)
		return status;
	/* TRANSLATORS: %s is the name of a file, and what is wrong with it */
	what = mem_printf(_("what was planned for this key cannot be read, so nothing was compared (%s)"), job->unread.detail);
	fail(EXIT_DONE, what, _("move that file away, or name the plan with --plan"));
	free(what);
	return status == EXIT_DONE ? EXIT_NO : status;
}

/* What stands in the report or the JSON is said here too, as of any other reason why Stripe could not be asked. */
static void say_not_asked(const struct job *job)
{
	enum tone tone;

	if (job->fault.code != FAULT_NONE)
		fail_with(EXIT_NOT_ASKED, &job->fault);
	else
		fail_sentences(EXIT_NOT_ASKED, report_headline(job->check, &tone), report_advice(job->check));
}

static int answer(struct job *job)
{
	int status = say_unread(job, status_of(job->check));

	if (status == EXIT_NOT_ASKED)
		say_not_asked(job);
	if (job->options->json)
		print_json(job);
	else if (job->fault.code == FAULT_NONE)
		print_report(job);
	remember(job);
	note_account(job);
	return status;
}

static int carry_out(struct job *job)
{
	int status;

	if ((status = get_key(job)) != GO_ON)
		return status;
	make_check(job);
	if ((status = confirm_writes(job)) != GO_ON || (status = ask(job)) != GO_ON)
		return status;
	return answer(job);
}

int check_run(const struct options *options)
{
	struct job job = { .options = options, .name = options->from_stdin ? NULL : options->arguments[0] };
	int status;

	/* Before signals are held back: a plan may come through a pipe. */
	if (options->plan && !asked_read(&job.given, options->plan, &status))
		return status;
	asked_say_odd(&job.given);   /* what cannot be compared: the answer would be read as if it had been */
	secret_harden_process();
	job.signals = guard_start();
	job.key = secret_new(SECRET_ROOM);
	status = carry_out(&job);
	check_free(job.check);
	record_done(&job.record);
	asked_done(&job.given);
	secret_free(job.key);
	close(job.signals);
	return status;
}
