/* SPDX-License-Identifier: MIT */
/*
 * The near end of the helpers. What crosses: one line of JSON there, then
 * the key as so many raw bytes, from locked page to socket; lines of JSON back,
 * and behind the last of a fetch the key, from socket to locked page. The far
 * end is helper/main.c.
 */
#include "sys/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/link.h"
#include "sys/child.h"

enum { SAID_MAX = 1024 * 1024, FETCH_LINE_MAX = 8192 };   /* a fetched key comes behind one short line */

struct helper {
	pid_t pid;
	int socket;
	enum helper_verb verb;
	long long until_ms;      /* 0: no limit */
	char *said;              /* of which TAKEN bytes are dealt with */
	size_t length, taken;
	bool silent;             /* nothing more will come */
	struct secret *key;      /* FETCH: to be filled; borrowed */
	size_t key_length;       /* so much of it is still to come, behind the last line */
	struct helper_reply reply;
	bool replied;            /* the last line was read */
};

static const char *const verbs[] = {
	[HELPER_TRY] = "try", [HELPER_LIST] = "list", [HELPER_STORE] = "store", [HELPER_REPLACE] = "replace",
	[HELPER_DELETE] = "delete", [HELPER_ASSIGN] = "assign", [HELPER_FETCH] = "fetch", [HELPER_REACH] = "reach",
	[HELPER_ASK] = "ask",
};

static json_t *questions_of(const struct check *check)
{
	json_t *questions = json_array();
	char room[CATALOGUE_NAME_SIZE];

	for (size_t i = 0; check && i < check_question_count(check); i++)
		json_array_append_new(questions, json_string(catalogue_pair(check_question(check, i)->row,
									    check_question(check, i)->level, room)));
	return questions;
}

static char *request_line(const struct helper_request *request, size_t key_length)
{
	json_t *json = json_pack("{s:s, s:b, s:b, s:i, s:s, s:s, s:s, s:s, s:o, s:i, s:s, s:s, s:I}",
				 "verb", verbs[request->verb],
				 "unlock", request->unlock,
				 "over", request->over,
				 "before", request->before,
				 "ends", request->ends ? request->ends : "",
				 "name", request->name ? request->name : "",
				 "mode", request->either_mode ? "" : mode_slug(request->mode),
				 "account", request->account ? request->account : "",
				 "questions", questions_of(request->check),
				 "rate", check_rate(request->mode),
				 "api_base", request->api_base ? request->api_base : "",
				 "ca_file", request->ca_file ? request->ca_file : "",
				 "length", (json_int_t)key_length);
	char *dump = json ? json_dumps(json, JSON_COMPACT) : NULL;
	char *line = dump ? mem_printf("%s\n", dump) : NULL;

	free(dump);
	json_decref(json);
	return line;
}

static bool send_all(int socket, const char *bytes, size_t length)
{
	while (length) {
		ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes += sent;
		length -= (size_t)sent;
	}
	return true;
}

/* A few thousand bytes: they fit the socket's buffer, so this does not wait for the far end. */
static bool hand_over(int socket, const struct helper_request *request, struct secret *key)
{
	bool with_key = key && request->verb != HELPER_FETCH;
	char *line = request_line(request, with_key ? secret_length(key) : 0);
	bool sent = line && send_all(socket, line, strlen(line)) &&
		    (!with_key || send_all(socket, secret_reveal(key), secret_length(key)));

	free(line);
	return sent;
}

/* Two programs: each loads its own library alone, and may do only what that needs. */
static const char *program_for(enum helper_verb verb)
{
	return verb == HELPER_ASK || verb == HELPER_REACH ? HELPER_FOLDER "/keyguide-stripe" : HELPER_FOLDER "/keyguide-keyring";
}

struct helper *helper_start(const struct helper_request *request, struct secret *key, struct fault *fault)
{
	const char *argv[] = { program_for(request->verb), NULL };
	struct helper *helper;
	int ends[2];

	if (access(argv[0], X_OK) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
		fault_set(fault, FAULT_HELPER, errno, "%s", strerror(errno));
		return NULL;
	}
	helper = mem_new(1, sizeof *helper);
	*helper = (struct helper){ .socket = ends[0], .verb = request->verb, .key = key,
		.until_ms = request->limit_ms ? clock_ms() + request->limit_ms : 0 };
	helper->pid = child_start(argv, (struct child_files){ ends[1], ends[1], -1 }, true, true);
	close(ends[1]);
	if (helper->pid < 0 || !hand_over(helper->socket, request, key)) {
		fault_set(fault, FAULT_HELPER, errno, "%s", strerror(errno));
		helper_free(helper);
		return NULL;
	}
	fcntl(helper->socket, F_SETFL, O_NONBLOCK);
	return helper;
}

int helper_fd(const struct helper *helper)
{
	return helper->socket;
}

int helper_timeout_ms(const struct helper *helper)
{
	long long left = helper->until_ms - clock_ms();

	if (!helper->until_ms)
		return -1;
	return left < 0 ? 0 : (int)left;
}

/* ---- the answer ---- */

/* Copies clean text, cut to SIZE. */
static void take_text(const json_t *json, const char *name, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));
	char *clean = text_clean(text ? text : "", size - 1);

	snprintf(out, size, "%s", clean);
	free(clean);
}

/* Text that is held to its form: nothing odd gets past, wherever it came from. */
static void take_formed(const json_t *json, const char *name, bool (*is)(const char *), char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));

	*out = '\0';
	if (text && strlen(text) < size && is(text))
		strcpy(out, text);
}

/* By name, the sandbox key first: keyrings tell them in any order, and not always in the same. */
static int compare_kept(const void *a, const void *b)
{
	const struct helper_kept *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : (int)one->mode - (int)other->mode;
}

static void take_kept(const json_t *kept, struct helper_reply *reply)
{
	const json_t *item;
	size_t i;

	reply->kept = mem_new(json_array_size(kept), sizeof *reply->kept);
	json_array_foreach(kept, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		const char *mode = json_string_value(json_object_get(item, "mode"));

		if (!name || !mode)
			continue;
		reply->kept[reply->kept_count] = (struct helper_kept){
			.name = text_clean(name, PLAN_NAME_BYTES), .mode = strcmp(mode, "live") ? MODE_TEST : MODE_LIVE };
		take_formed(item, "account", verdict_is_account, reply->kept[reply->kept_count].account, ACCOUNT_SIZE);
		reply->kept_count++;
	}
	qsort(reply->kept, reply->kept_count, sizeof *reply->kept, compare_kept);
}

static const char *word(const json_t *json, const char *name)
{
	const char *text = json_string_value(json_object_get(json, name));

	return text ? text : "";
}

static void take_answer(const json_t *json, struct helper_answer *told)
{
	struct answer *answer = &told->answer;

	memset(told, 0, sizeof *told);
	told->question = (size_t)json_integer_value(json_object_get(json, "question"));
	told->status = (int)json_integer_value(json_object_get(json, "status"));
	told->tries = (int)json_integer_value(json_object_get(json, "tries"));
	take_text(json, "method", told->method, sizeof told->method);
	take_text(json, "path", told->path, sizeof told->path);
	answer->verdict = verdict_from_slug(word(json, "verdict"));
	answer->why = why_from_slug(word(json, "why"));
	take_formed(json, "account", verdict_is_account, answer->account, sizeof answer->account);
	take_formed(json, "permission", verdict_is_slug, answer->permission, sizeof answer->permission);
	take_formed(json, "edit_link", link_is_dashboard, answer->edit_link, sizeof answer->edit_link);
	take_formed(json, "request_id", verdict_is_request_id, answer->request_id, sizeof answer->request_id);
}

/* Of who only looked nothing can have been changed. */
static bool changes(enum helper_verb verb)
{
	return verb == HELPER_STORE || verb == HELPER_REPLACE || verb == HELPER_DELETE || verb == HELPER_ASSIGN;
}

static enum fault_code stalled(enum helper_verb verb)
{
	if (verb == HELPER_ASK || verb == HELPER_REACH)
		return FAULT_STRIPE_SLOW;
	return changes(verb) ? FAULT_STALLED_CHANGING : FAULT_STALLED;
}

/* The last line. */
static void take_reply(struct helper *helper, const json_t *json)
{
	struct helper_reply *reply = &helper->reply;
	json_int_t length = json_integer_value(json_object_get(json, "length"));

	reply->fault = fault_from_slug(word(json, "fault"));
	if (reply->fault == FAULT_STALLED)
		reply->fault = stalled(helper->verb);
	take_text(json, "detail", reply->detail, sizeof reply->detail);
	take_text(json, "store", reply->store, sizeof reply->store);
	take_text(json, "aside", reply->aside, sizeof reply->aside);
	take_text(json, "kept_as", reply->kept_as, sizeof reply->kept_as);
	take_formed(json, "account", verdict_is_account, reply->account, sizeof reply->account);
	reply->mode = strcmp(word(json, "mode"), mode_slug(MODE_LIVE)) ? MODE_TEST : MODE_LIVE;
	reply->held_told = json_object_get(json, "seccomp") != NULL;
	reply->seccomp = json_is_true(json_object_get(json, "seccomp"));
	reply->landlock = (int)json_integer_value(json_object_get(json, "landlock"));
	take_kept(json_object_get(json, "kept"), reply);
	helper->key_length = helper->verb == HELPER_FETCH && length > 0 ? (size_t)length : 0;
	helper->replied = true;
}

static enum helper_news end_with(struct helper_reply *reply, enum fault_code code)
{
	memset(reply, 0, sizeof *reply);
	reply->fault = code;
	return HELPER_ENDED;
}

/*
 * What is there. Of a fetch no more than one byte at a time: behind the line comes a key, which must not get in here. So a
 * fetch has one line, and one that was not the last is the end of it, as more than any answer has is the end of others.
 */
static void read_some(struct helper *helper)
{
	size_t most = helper->verb == HELPER_FETCH ? 1 : 4096;
	ssize_t got;

	do {
		helper->silent = helper->length + most > (most == 1 ? FETCH_LINE_MAX : SAID_MAX) || (most == 1 && helper->taken);
		if (helper->silent || (most == 1 && helper->length && helper->said[helper->length - 1] == '\n'))
			return;
		helper->said = mem_resize(helper->said, helper->length + most, 1);
		got = recv(helper->socket, helper->said + helper->length, most, 0);
		if (got > 0)
			helper->length += (size_t)got;
	} while (got > 0);
	helper->silent = !got || (errno != EAGAIN && errno != EINTR);
}

/* The key, from the socket straight into its page. True: it is there as a whole, or never will be. */
static bool read_key(struct helper *helper)
{
	while (helper->key_length) {
		size_t have = secret_length(helper->key);
		ssize_t got = -1;

		errno = ENOSPC;
		if (have + helper->key_length <= secret_room(helper->key))
			got = recv(helper->socket, secret_reveal(helper->key) + have, helper->key_length, 0);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			return false;
		if (got <= 0) {
			secret_wipe(helper->key);
			end_with(&helper->reply, FAULT_HELPER);
			break;
		}
		secret_set_length(helper->key, have + (size_t)got);
		helper->key_length -= (size_t)got;
	}
	return true;
}

/* The next line that is whole, or NULL. Borrowed JSON text: *LENGTH bytes. */
static const char *next_line(struct helper *helper, size_t *length)
{
	const char *start = helper->said + helper->taken, *end;

	if (helper->taken == helper->length)
		return NULL;
	end = memchr(start, '\n', helper->length - helper->taken);
	if (!end && !helper->silent)
		return NULL;
	*length = end ? (size_t)(end - start) : helper->length - helper->taken;
	helper->taken += *length + (end ? 1 : 0);
	return start;
}

static enum helper_news read_line(struct helper *helper, const char *line, size_t length, struct helper_answer *answer)
{
	json_t *json = json_loadb(line, length, 0, NULL);
	bool last = json_object_get(json, "fault") != NULL;

	if (last)
		take_reply(helper, json);
	else if (json)
		take_answer(json, answer);
	json_decref(json);
	return json && !last ? HELPER_ANSWERED : HELPER_NOTHING;
}

enum helper_news helper_read(struct helper *helper, struct helper_answer *answer, struct helper_reply *reply)
{
	const char *line;
	size_t length;

	if (!helper->replied) {
		read_some(helper);
		while (!helper->replied && (line = next_line(helper, &length)))
			if (read_line(helper, line, length, answer) == HELPER_ANSWERED)
				return HELPER_ANSWERED;
	}
	if (helper->replied && read_key(helper)) {
		*reply = helper->reply;
		memset(&helper->reply, 0, sizeof helper->reply);
		return HELPER_ENDED;
	}
	if (helper->silent && !helper->replied)
		return end_with(reply, FAULT_HELPER);
	if (helper->until_ms && clock_ms() >= helper->until_ms)
		return end_with(reply, stalled(helper->verb));
	return HELPER_NOTHING;
}

void helper_wait(struct helper *helper, struct helper_reply *reply)
{
	struct helper_answer answer;
	enum helper_news news;

	while ((news = helper_read(helper, &answer, reply)) != HELPER_ENDED) {
		struct pollfd end = { .fd = helper->socket, .events = POLLIN };

		if (news == HELPER_NOTHING)
			poll(&end, 1, helper_timeout_ms(helper));
	}
}

void helper_reply_done(struct helper_reply *reply)
{
	for (size_t i = 0; i < reply->kept_count; i++)
		free(reply->kept[i].name);
	free(reply->kept);
	memset(reply, 0, sizeof *reply);
}

/* Killing the helper is harmless to the keyring (measured); cancelling inside it is not. */
void helper_free(struct helper *helper)
{
	if (!helper)
		return;
	if (helper->pid > 0) {
		kill(helper->pid, SIGKILL);
		while (waitpid(helper->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close(helper->socket);
	helper_reply_done(&helper->reply);
	free(helper->said);
	free(helper);
}
