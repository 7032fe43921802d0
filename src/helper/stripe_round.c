/* SPDX-License-Identifier: MIT */
/*
 * The round: which question leaves when, what is asked again, and when to stop.
 * It must not know how a request is made.
 */
#include "helper/stripe_round.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/mem.h"
#include "core/check.h"
#include "helper/stripe_request.h"

enum {
	BODY_MAX = 64 * 1024,
	IN_FLIGHT_MAX = 10,
	CONNECTIONS_MAX = 4,               /* where there is only HTTP/1.1 */
	ROUND_LIMIT_MS = 40000,
	TRIES_MAX = 3, WAIT_MS = 500, WAIT_MAX_MS = 4000   /* as Stripe's own clients: 0.5 s, doubled, with jitter */
};

enum turn_state { TURN_WAITING, TURN_IN_FLIGHT, TURN_OVER };

/* One question, until its answer. */
struct turn {
	size_t row;
	enum level level;
	enum turn_state state;
	int tries;
	long long due_ms;          /* not before */
};

/* One request on its way. */
struct flight {
	CURL *curl;
	struct turn *turn;         /* NULL: free */
	char *address;
	char body[BODY_MAX];
	size_t length;
};

struct round {
	const char *base, *ca_file, *mode;
	char *header;              /* Authorization: on the locked page */
	char *version;             /* Stripe-Version: */
	CURLM *multi;
	struct flight *flights;    /* IN_FLIGHT_MAX */
	struct turn *turns;
	size_t count, left;        /* left: not over */
	int in_flight, in_flight_max;   /* one, until there is a connection: what waits for it would leave all at once */
	int pace_ms;
	long long next_ms;         /* the next request leaves then */
	long long until_ms;
	bool heard;                /* somebody answered, at any time */
	bool over;
	enum fault_code fault;     /* why nothing could be heard */
};

static const struct question *question_of(const struct turn *turn)
{
	return catalogue_question(turn->row, turn->level);
}

/* Only what the catalogue knows can be asked: "charge:read". */
static bool read_questions(struct round *round, const json_t *questions)
{
	const json_t *item;
	size_t i;

	round->turns = mem_new(json_array_size(questions) + 1, sizeof *round->turns);
	json_array_foreach(questions, i, item) {
		struct turn *turn = &round->turns[round->count++];

		turn->row = json_is_string(item) ? catalogue_find_pair(json_string_value(item), &turn->level) : SIZE_MAX;
		if (turn->row == SIZE_MAX || !question_of(turn))
			return false;
	}
	round->left = round->count;
	return round->count > 0;
}

/* ---- a request ---- */

/* What is over the limit is cut off. Behind a 2xx there may be somebody's data: not one byte of it is taken. */
static size_t take_body(char *bytes, size_t one, size_t count, void *data)
{
	struct flight *flight = data;
	size_t length = one * count, room = BODY_MAX - flight->length;
	long status = 0;

	curl_easy_getinfo(flight->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 200 && status <= 299)
		return 0;
	memcpy(flight->body + flight->length, bytes, length < room ? length : room);
	flight->length += length < room ? length : room;
	return length <= room ? length : 0;
}

/* The connection is there, and the request is about to leave: from now on the pace counts. */
static int about_to_send(void *data, char *their_ip, char *our_ip, int their_port, int our_port)
{
	struct round *round = data;

	(void)their_ip, (void)our_ip, (void)their_port, (void)our_port;
	if (round->in_flight_max == 1) {
		round->in_flight_max = IN_FLIGHT_MAX;
		round->next_ms = clock_ms() + round->pace_ms;
	}
	return CURL_PREREQFUNC_OK;
}

static void set_options(CURL *curl, struct round *round, struct flight *flight, struct curl_slist *headers)
{
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, flight->address);
	curl_easy_setopt(curl, CURLOPT_PRIVATE, flight);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_PIPEWAIT, 1L);
	request_set_safety(curl, round->ca_file);
	curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, about_to_send);
	curl_easy_setopt(curl, CURLOPT_PREREQDATA, round);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, flight);
}

/* The header list's nodes are ours, so that curl makes no copy of the one with the key. */
static void send_question(struct round *round, struct flight *flight, struct turn *turn)
{
	static struct curl_slist headers, version;
	const struct question *question = question_of(turn);

	version.data = round->version;
	headers = (struct curl_slist){ round->header, &version };
	flight->turn = turn;
	flight->length = 0;
	free(flight->address);
	flight->address = request_address(round->base, question, round->mode);
	set_options(flight->curl, round, flight, &headers);
	if (!strcmp(question->method, "POST")) {
		curl_easy_setopt(flight->curl, CURLOPT_POSTFIELDS, "");
		curl_easy_setopt(flight->curl, CURLOPT_POSTFIELDSIZE, 0L);
	}
	turn->state = TURN_IN_FLIGHT;
	turn->tries++;
	round->in_flight++;
	round->next_ms = clock_ms() + round->pace_ms;
	curl_multi_add_handle(round->multi, flight->curl);
}

/* ---- an answer ---- */

static const char *header_of(CURL *curl, const char *name)
{
	struct curl_header *header;

	return curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : "";
}

static enum why why_of(enum fault_code code)
{
	switch (code) {
	case FAULT_TLS:
		return WHY_TLS;
	case FAULT_STRIPE_SLOW:
		return WHY_SLOW;
	case FAULT_OFFLINE:
		return WHY_OFFLINE;
	default:
		return WHY_NOT_STRIPE;
	}
}

static void tell(const struct round *round, const struct turn *turn, const char *address, long status,
		 const struct answer *answer)
{
	order_say_take(json_pack("{s:I, s:s, s:s, s:I, s:i, s:s, s:s, s:s, s:s, s:s, s:s}",
		"question", (json_int_t)(turn - round->turns), "method", question_of(turn)->method,
		"path", address + strlen(round->base), "status", (json_int_t)status, "tries", turn->tries,
		"verdict", verdict_slug(answer->verdict), "why", why_slug(answer->why), "account", answer->account,
		"permission", answer->permission, "edit_link", answer->edit_link, "request_id", answer->request_id));
}

/* 0.5 s, 1 s, 2 s …, of which half to all, so that many do not come back at the same moment. */
static int wait_before(int tries)
{
	int most = WAIT_MS << (tries - 1);
	unsigned char noise = 0;

	if (getrandom(&noise, sizeof noise, 0) != sizeof noise)
		noise = 0;
	most = most < WAIT_MAX_MS ? most : WAIT_MAX_MS;
	return most / 2 + most / 2 * noise / 255;
}

/* As Stripe's own clients do: it may say so itself; else what may pass by itself. */
static bool may_pass(const struct round *round, CURL *curl, enum fault_code code, long status)
{
	const char *said = header_of(curl, "Stripe-Should-Retry");

	if (code != FAULT_NONE)
		return code != FAULT_TLS && (code != FAULT_STRIPE_SLOW || round->heard);
	if (!strcmp(said, "true") || !strcmp(said, "false"))
		return !strcmp(said, "true");
	return status == 409 || status == 429 || status >= 500;
}

static bool try_again(struct round *round, struct turn *turn, CURL *curl, enum fault_code code, long status)
{
	/* Where nobody has ever answered, or one answer never comes, a person should not wait long to hear that. */
	int tries_max = round->heard && code != FAULT_STRIPE_SLOW ? TRIES_MAX : TRIES_MAX - 1, wait;

	if (turn->tries >= tries_max || !may_pass(round, curl, code, status))
		return false;
	wait = wait_before(turn->tries);
	turn->due_ms = clock_ms() + wait;
	if (status == 429)
		round->next_ms = turn->due_ms;   /* all of us are too fast */
	turn->state = TURN_WAITING;
	return true;
}

static void drop_writes(struct round *round)
{
	for (size_t i = 0; i < round->count; i++)
		if (round->turns[i].level == LEVEL_WRITE && round->turns[i].state == TURN_WAITING) {
			round->turns[i].state = TURN_OVER;
			round->left--;
		}
}

/* What ends the round, or a part of it, for its own good. */
static void draw_conclusions(struct round *round, const struct turn *turn, long status, enum verdict verdict)
{
	bool found = status >= 200 && status <= 299;

	if (verdict == VERDICT_DEAD || verdict == VERDICT_BLOCKED || found)
		round->over = true;
	if (turn->level == LEVEL_WRITE && status == 400)
		drop_writes(round);
}

static void take_answer(struct round *round, struct flight *flight, CURLcode result)
{
	struct turn *turn = flight->turn;
	struct answer answer = { .verdict = VERDICT_UNKNOWN };
	enum fault_code code;
	long status = 0, version = 0;

	curl_easy_getinfo(flight->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(flight->curl, CURLINFO_HTTP_VERSION, &version);
	curl_multi_remove_handle(round->multi, flight->curl);
	flight->turn = NULL;
	round->in_flight--;
	code = request_fault_of(result, status);
	round->heard = round->heard || code == FAULT_NONE || status;
	if (version == CURL_HTTP_VERSION_1_1 || version == CURL_HTTP_VERSION_1_0) {
		round->in_flight_max = CONNECTIONS_MAX;
		curl_multi_setopt(round->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)CONNECTIONS_MAX);
	}
	if (try_again(round, turn, flight->curl, code, status))
		return;
	turn->state = TURN_OVER;
	round->left--;
	if (code == FAULT_NONE) {
		answer = verdict_judge(status, flight->body, flight->length);
		if (verdict_is_request_id(header_of(flight->curl, "Request-Id")))
			strcpy(answer.request_id, header_of(flight->curl, "Request-Id"));
	} else {
		answer.why = why_of(code);
		round->fault = code;
		/* Nobody is there at all: the other questions would fare no better. */
		round->over = !round->heard && code != FAULT_STRIPE_ODD;
	}
	tell(round, turn, flight->address, status, &answer);
	draw_conclusions(round, turn, status, answer.verdict);
}

/* ---- the loop ---- */

static struct turn *next_turn(const struct round *round, long long now)
{
	for (size_t i = 0; i < round->count; i++)
		if (round->turns[i].state == TURN_WAITING && round->turns[i].due_ms <= now)
			return &round->turns[i];
	return NULL;
}

static struct flight *free_flight(const struct round *round)
{
	for (int i = 0; i < IN_FLIGHT_MAX; i++)
		if (!round->flights[i].turn)
			return &round->flights[i];
	return NULL;
}

static void send_what_is_due(struct round *round)
{
	struct flight *flight;
	struct turn *turn;
	long long now = clock_ms();

	while (now >= round->next_ms && round->in_flight < round->in_flight_max && (flight = free_flight(round)) &&
	       (turn = next_turn(round, now))) {
		send_question(round, flight, turn);
		now = clock_ms();
	}
}

/* Until there is something to send; answers wake us before that. */
static int time_to_wait(const struct round *round)
{
	long long wake = round->until_ms, now = clock_ms();

	for (size_t i = 0; i < round->count && round->in_flight < round->in_flight_max; i++) {
		const struct turn *turn = &round->turns[i];
		long long due = turn->due_ms > round->next_ms ? turn->due_ms : round->next_ms;

		if (turn->state == TURN_WAITING && due < wake)
			wake = due;
	}
	return wake > now ? (int)(wake - now) : 0;
}

static void take_answers(struct round *round)
{
	struct flight *flight;
	CURLMsg *message;
	int left;

	while (!round->over && (message = curl_multi_info_read(round->multi, &left)))
		if (message->msg == CURLMSG_DONE) {
			curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &flight);
			take_answer(round, flight, message->data.result);
		}
}

static void ask_all(struct round *round)
{
	int running;

	while (!round->over && round->left && clock_ms() < round->until_ms) {
		send_what_is_due(round);
		curl_multi_perform(round->multi, &running);
		take_answers(round);
		if (!round->over && round->left)
			curl_multi_poll(round->multi, NULL, 0, time_to_wait(round), NULL);
	}
	if (round->heard)
		round->fault = FAULT_NONE;
	else if (round->fault == FAULT_NONE)
		round->fault = FAULT_STRIPE_SLOW;
}

static bool open_round(struct round *round)
{
	round->multi = curl_multi_init();
	round->flights = mem_new(IN_FLIGHT_MAX, sizeof *round->flights);
	if (!round->multi)
		return false;
	/* One connection, until it is known that it takes only one request at a time. */
	curl_multi_setopt(round->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
	for (int i = 0; i < IN_FLIGHT_MAX; i++)
		if (!(round->flights[i].curl = curl_easy_init()))
			return false;
	return true;
}

static void close_round(struct round *round)
{
	for (int i = 0; i < IN_FLIGHT_MAX; i++) {
		if (round->flights[i].turn)
			curl_multi_remove_handle(round->multi, round->flights[i].curl);
		curl_easy_cleanup(round->flights[i].curl);
		free(round->flights[i].address);
	}
	curl_multi_cleanup(round->multi);
	free(round->flights);
}

enum fault_code round_ask(const struct order *order, const char *base)
{
	struct round round = {
		.base = base, .ca_file = order->ca_file, .mode = order->mode, .header = request_authorization(order->key),
		.version = mem_printf("Stripe-Version: %s", check_api_version),
		.in_flight_max = 1,
		.pace_ms = (int)(1000 / (order->rate > 0 ? order->rate : 1)),
		.until_ms = clock_ms() + ROUND_LIMIT_MS,
	};

	if (round.header && read_questions(&round, order->questions) && open_round(&round))
		ask_all(&round);
	else
		round.fault = FAULT_HELPER;
	if (round.flights)
		close_round(&round);
	free(round.turns);
	free(round.version);
	return round.fault;
}
