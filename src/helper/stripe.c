/* SPDX-License-Identifier: MIT */
/*
 * A round of questions to Stripe about things that cannot exist: no parameters,
 * no body, GET (POST only where a person said yes to it). One HTTP/2 connection,
 * several at a time, paced below Stripe's limits, each answer told as it comes.
 * Source: docs.stripe.com (api, rate-limits, error-low-level) and public projects,
 * November 2026; not tried against Stripe. That permission is checked before
 * existence: confidence medium to high.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/mem.h"
#include "core/check.h"
#include "helper/order.h"

enum {
	BODY_MAX = 64 * 1024, RANDOM_LENGTH = 24,
	IN_FLIGHT_MAX = 10,
	CONNECTIONS_MAX = 4,               /* where there is only HTTP/1.1 */
	CONNECT_LIMIT_MS = 8000, LIMIT_MS = 10000, ROUND_LIMIT_MS = 40000,
	TRIES_MAX = 3, WAIT_MS = 500, WAIT_MAX_MS = 4000   /* as Stripe's own clients: 0.5 s, doubled, with jitter */
};

static const char stripe_base[] = "https://api.stripe.com";
/* ---- memory: what curl copies of the key is wiped when it is freed (measured: 0 copies left) ---- */

static void wiping_free(void *memory)
{
	if (memory)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

static void *wiping_realloc(void *memory, size_t size)
{
	size_t before = memory ? malloc_usable_size(memory) : 0;
	void *new_memory = malloc(size ? size : 1);

	if (!new_memory)
		return NULL;
	if (memory)
		memcpy(new_memory, memory, before < size ? before : size);
	wiping_free(memory);
	return new_memory;
}

/* ---- where to ---- */

static bool is_loopback(const char *host)
{
	struct in_addr address;

	/* Only a whole address counts: "127.0.0.1.example.com" is somebody else. */
	return !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
	       (inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

/* Stripe itself over https, or this computer: nobody else is ever given the key. */
static bool may_be_asked(const char *base)
{
	CURLU *url = curl_url();
	char *host = NULL, *scheme = NULL, *user = NULL;
	bool allowed = false;

	if (!curl_url_set(url, CURLUPART_URL, base, 0) && !curl_url_get(url, CURLUPART_HOST, &host, 0) &&
	    !curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) && curl_url_get(url, CURLUPART_USER, &user, 0))
		allowed = is_loopback(host) ? !strcmp(scheme, "https") || !strcmp(scheme, "http") :
					      !strcmp(base, stripe_base);
	curl_free(host);
	curl_free(scheme);
	curl_free(user);
	curl_url_cleanup(url);
	return allowed;
}

/* ---- a round ---- */

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

/* Letters and digits at random, after the usual prefix: an id that cannot exist. The caller's. */
static char *impossible_id(const char *prefix, const char *mode)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const char *hole = strstr(prefix, "{mode}");
	unsigned char noise[RANDOM_LENGTH];
	char id[RANDOM_LENGTH + 1] = "";

	if (getrandom(noise, sizeof noise, 0) != sizeof noise)
		return NULL;
	for (int i = 0; i < RANDOM_LENGTH; i++)
		id[i] = letters[noise[i] % (sizeof letters - 1)];
	if (!hole)
		return mem_printf("%s%s", prefix, id);
	return mem_printf("%.*s%s%s%s", (int)(hole - prefix), prefix, mode, hole + strlen("{mode}"), id);
}

static char *address_of(const struct round *round, const struct question *question)
{
	const char *hole = strstr(question->path, "{id}");
	char *id = impossible_id(question->id_prefix, round->mode), *address = NULL;

	if (id && hole)
		address = mem_printf("%s%.*s%s%s", round->base, (int)(hole - question->path), question->path, id,
				     hole + strlen("{id}"));
	free(id);
	return address;
}

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

/* The Authorization header, on the locked page itself, behind the key: curl's own list would copy it. */
static char *authorization(struct secret *key)
{
	static const char start[] = "Authorization: Bearer ";
	size_t length = secret_length(key);
	char *bytes = secret_reveal(key), *header = bytes + length + 1;

	if (secret_room(key) < 2 * length + sizeof start + 1)
		return NULL;
	bytes[length] = '\0';
	memcpy(header, start, sizeof start - 1);
	memcpy(header + sizeof start - 1, bytes, length);
	header[sizeof start - 1 + length] = '\0';
	return header;
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

/* What holds for every request: who is talked to, how, and for how long. */
static void set_safety(CURL *curl, const char *ca_file)
{
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "keyguide/" PACKAGE_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LIMIT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (*ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
}

static void set_options(CURL *curl, struct round *round, struct flight *flight, struct curl_slist *headers)
{
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, flight->address);
	curl_easy_setopt(curl, CURLOPT_PRIVATE, flight);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_PIPEWAIT, 1L);
	set_safety(curl, round->ca_file);
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
	flight->address = address_of(round, question);
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

/* FAULT_NONE: there was an answer, whatever it says. */
static enum fault_code meaning(CURLcode code, long status)
{
	switch (code) {
	case CURLE_OK:
		return FAULT_NONE;
	case CURLE_WRITE_ERROR:   /* cut off by take_body() */
		return status ? FAULT_NONE : FAULT_STRIPE_ODD;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return FAULT_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return FAULT_STRIPE_SLOW;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return FAULT_OFFLINE;
	default:
		return FAULT_STRIPE_ODD;
	}
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
	code = meaning(result, status);
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

/*
 * Puts order->questions, and tells each answer as it comes, in a line:
 * {"question":0,"method":…,"path":…,"status":404,"tries":1,"verdict":…,"why":…,"account":…,"permission":…,
 * "edit_link":…,"request_id":…}. Returns how it ended: a fault only where nobody answered at all. Blocks for up to 40 s.
 */
static json_t *ask(const struct order *order)
{
	struct round round = {
		.base = *order->api_base ? order->api_base : stripe_base,
		.ca_file = order->ca_file, .mode = order->mode, .header = authorization(order->key),
		.version = mem_printf("Stripe-Version: %s", check_api_version),
		.in_flight_max = 1,
		.pace_ms = (int)(1000 / (order->rate > 0 ? order->rate : 1)),
		.until_ms = clock_ms() + ROUND_LIMIT_MS,
	};

	if (curl_global_init_mem(CURL_GLOBAL_ALL, malloc, wiping_free, wiping_realloc, strdup, calloc))
		return order_answer(FAULT_HELPER, NULL);
	if (!may_be_asked(round.base))
		round.fault = FAULT_OTHER_ADDRESS;
	else if (!round.header || !read_questions(&round, order->questions))
		round.fault = FAULT_HELPER;
	else if (open_round(&round))
		ask_all(&round);
	else
		round.fault = FAULT_HELPER;
	if (round.flights)
		close_round(&round);
	free(round.turns);
	free(round.version);
	curl_global_cleanup();
	return order_answer(round.fault, NULL);
}

/* ---- can it be reached? ---- */

static size_t let_go(char *bytes, size_t one, size_t count, void *data)
{
	(void)bytes, (void)data;
	return one * count;
}

/* Stripe answers 401 to whoever has no key; anybody else who answers is not Stripe. */
static enum fault_code knock(const char *base, const char *ca_file)
{
	char *address = mem_printf("%s/v1/charges", base);
	CURL *curl = curl_easy_init();
	enum fault_code code;
	long status = 0;

	curl_easy_setopt(curl, CURLOPT_URL, address);
	set_safety(curl, ca_file);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, let_go);
	code = meaning(curl_easy_perform(curl), 0);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	free(address);
	return code == FAULT_NONE && status != 401 ? FAULT_STRIPE_ODD : code;
}

/* One request without a key, which Stripe refuses: that is an answer. Blocks for up to 10 s. */
static json_t *reach(const struct order *order)
{
	const char *base = *order->api_base ? order->api_base : stripe_base;
	enum fault_code code = FAULT_OTHER_ADDRESS;

	if (curl_global_init(CURL_GLOBAL_ALL))
		return order_answer(FAULT_HELPER, NULL);
	if (may_be_asked(base))
		code = knock(base, order->ca_file);
	curl_global_cleanup();
	return order_answer(code, NULL);
}

/* ---- the program ---- */

const enum confine_role order_role = CONFINE_STRIPE;

json_t *order_carry_out(const struct order *order)
{
	if (!strcmp(order->verb, "ask"))
		return ask(order);
	return !strcmp(order->verb, "reach") ? reach(order) : NULL;
}
