/* SPDX-License-Identifier: MIT */
/*
 * The near end of keyguide-helper. What crosses: one line of JSON there, then
 * the key as so many raw bytes, from locked page to socket; one line of JSON
 * back. The far end is helper/main.c.
 */
#include "sys/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "sys/child.h"

enum { ANSWER_MAX = 256 * 1024 };

struct helper {
	pid_t pid;
	int socket;
	enum helper_verb verb;
	long long until_ms;      /* 0: no limit */
	char *answer;
	size_t length;
};

static const char *const verbs[] = {
	[HELPER_TRY] = "try", [HELPER_STORE] = "store", [HELPER_ASSIGN] = "assign", [HELPER_ASK] = "ask",
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static char *request_line(const struct helper_request *request, size_t key_length)
{
	const struct question *question = request->question;
	json_t *json = json_pack("{s:s, s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I}",
				 "verb", verbs[request->verb],
				 "unlock", request->unlock,
				 "name", request->name ? request->name : "",
				 "mode", mode_slug(request->mode),
				 "account", request->account ? request->account : "",
				 "path", question ? question->path : "",
				 "id_prefix", question ? question->id_prefix : "",
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

/* A few hundred bytes: they fit the socket's buffer, so this does not wait for the far end. */
static bool hand_over(int socket, const struct helper_request *request, struct secret *key)
{
	char *line = request_line(request, key ? secret_length(key) : 0);
	bool sent = line && send_all(socket, line, strlen(line)) &&
		    (!key || send_all(socket, secret_reveal(key), secret_length(key)));

	free(line);
	return sent;
}

struct helper *helper_start(const struct helper_request *request, struct secret *key, struct fault *fault)
{
	const char *argv[] = { HELPER_PATH, NULL };
	struct helper *helper;
	int ends[2];

	if (access(HELPER_PATH, X_OK) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
		fault_set(fault, FAULT_HELPER, errno, "%s", strerror(errno));
		return NULL;
	}
	helper = mem_new(1, sizeof *helper);
	*helper = (struct helper){ .socket = ends[0], .verb = request->verb,
		.until_ms = request->limit_ms ? now_ms() + request->limit_ms : 0 };
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
	long long left = helper->until_ms - now_ms();

	if (!helper->until_ms)
		return -1;
	return left < 0 ? 0 : (int)left;
}

/* ---- the answer ---- */

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
		reply->kept[reply->kept_count++] = (struct helper_kept){
			mem_strdup(name), strcmp(mode, "live") ? MODE_TEST : MODE_LIVE };
	}
}

/* Copies clean text, cut to SIZE. */
static void take_text(const json_t *json, const char *name, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));
	char *clean = text_clean(text ? text : "", size - 1);

	snprintf(out, size, "%s", clean);
	free(clean);
}

static void take_answer(const json_t *json, struct helper_reply *reply)
{
	const char *fault = json_string_value(json_object_get(json, "fault"));
	const char *verdict = json_string_value(json_object_get(json, "verdict"));

	reply->fault = fault ? fault_from_slug(fault) : FAULT_HELPER;
	take_text(json, "detail", reply->detail, sizeof reply->detail);
	take_text(json, "store", reply->store, sizeof reply->store);
	take_text(json, "account", reply->answer.account, sizeof reply->answer.account);
	reply->answer.verdict = verdict ? verdict_from_slug(verdict) : VERDICT_UNKNOWN;
	take_kept(json_object_get(json, "kept"), reply);
}

static void end_with(struct helper_reply *reply, enum fault_code code)
{
	memset(reply, 0, sizeof *reply);
	reply->fault = code;
}

/* Reads what is there. True at the end of what the helper has to say. */
static bool read_some(struct helper *helper)
{
	char bytes[4096];
	ssize_t got;

	while ((got = recv(helper->socket, bytes, sizeof bytes, 0)) > 0) {
		if (helper->length + (size_t)got > ANSWER_MAX)
			return true;
		helper->answer = mem_resize(helper->answer, helper->length + (size_t)got, 1);
		memcpy(helper->answer + helper->length, bytes, (size_t)got);
		helper->length += (size_t)got;
	}
	return !got || (errno != EAGAIN && errno != EINTR);
}

bool helper_read(struct helper *helper, struct helper_reply *reply)
{
	json_t *json;

	if (read_some(helper)) {
		end_with(reply, FAULT_HELPER);
		json = json_loadb(helper->answer ? helper->answer : "", helper->length, 0, NULL);
		if (json)
			take_answer(json, reply);
		json_decref(json);
		return true;
	}
	if (helper->until_ms && now_ms() >= helper->until_ms) {
		end_with(reply, helper->verb == HELPER_ASK ? FAULT_STRIPE_SLOW : FAULT_STALLED);
		return true;
	}
	return false;
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
	free(helper->answer);
	free(helper);
}
