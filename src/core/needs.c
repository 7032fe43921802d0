/* SPDX-License-Identifier: MIT */
/* A call held against each call of the catalogue, segment by segment; the best fit wins. */
#include "core/needs.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { CALL_MAX = 2048, METHOD_MAX = 8 };

struct call {
	char method[METHOD_MAX];
	char path[CALL_MAX];       /* "/v1/charges/ch_1" */
	char query[CALL_MAX];      /* behind the ?, or "" */
};

/* ---- reading a call ---- */

static const char *past(const char *text, const char *start)
{
	return strncasecmp(text, start, strlen(start)) ? NULL : text + strlen(start);
}

/* Without the host; NULL: another host than Stripe's. */
static const char *path_of(const char *address)
{
	const char *path = past(address, "https://api.stripe.com");

	if (!path)
		path = past(address, "https://files.stripe.com");
	if (!path)
		path = address;
	return path[0] == '/' && path[1] != '/' ? path : NULL;
}

static bool take_method(const char **text, char method[METHOD_MAX])
{
	size_t length = strcspn(*text, " \t");

	if (!length || length >= METHOD_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isascii((unsigned char)(*text)[i]) || !isalpha((unsigned char)(*text)[i]))
			return false;
		method[i] = (char)toupper((unsigned char)(*text)[i]);
	}
	method[length] = '\0';
	if (!strcmp(method, "HEAD"))
		strcpy(method, "GET");
	*text += length;
	return true;
}

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text <= 0x20 || *text == 0x7f)
			return false;
	return true;
}

static void split(struct call *call, const char *path)
{
	size_t length = strcspn(path, "?#");

	snprintf(call->path, sizeof call->path, "%.*s", (int)length, path);
	if (path[length] == '?')
		snprintf(call->query, sizeof call->query, "%.*s", (int)strcspn(path + length + 1, "#"), path + length + 1);
	length = strlen(call->path);
	while (length > 1 && call->path[length - 1] == '/')
		call->path[--length] = '\0';
}

static bool read_call(const char *text, struct call *call)
{
	char address[CALL_MAX];
	size_t length;
	const char *path;

	*call = (struct call){ .method = "" };
	text += strspn(text, " \t");
	if (strlen(text) >= CALL_MAX || !take_method(&text, call->method))
		return false;
	text += strspn(text, " \t");
	length = strlen(text);
	while (length && strchr(" \t\r\n", text[length - 1]))
		length--;
	snprintf(address, sizeof address, "%.*s", (int)length, text);
	path = is_printable(address) ? path_of(address) : NULL;
	if (!path)
		return false;
	split(call, path);
	return !strstr(call->path, "//");   /* a query may well have an address in it */
}

/* ---- one call of the catalogue ---- */

/*
 * :id, {id}, <id>, or a real one. Coupons and plans have ids that somebody made
 * up, so anything may be one, but not a bare word in small letters: "search" and
 * "upcoming" are calls of their own. Nor dots alone, which lead elsewhere, nor an
 * escape, which may hide a word or a slash.
 */
static bool is_parameter(const char *segment, size_t length)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz_";

	if (strspn(segment, word) >= length || strspn(segment, ".") >= length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (segment[i] == '%' || !isascii((unsigned char)segment[i]))
			return false;
	return true;
}

/* How many segments are the same word; -1: it is another path. */
static int path_fit(const char *path, const char *pattern)
{
	int words = 0;

	while (*path == '/' && *pattern == '/') {
		size_t have = strcspn(++path, "/"), want = strcspn(++pattern, "/?");

		if (!have || !want)
			return -1;
		if (pattern[0] == '{') {
			if (!is_parameter(path, have))
				return -1;
		} else if (have != want || strncmp(path, pattern, want)) {
			return -1;
		} else {
			words++;
		}
		path += have;
		pattern += want;
	}
	return *path || (*pattern && *pattern != '?') ? -1 : words;
}

/* The value of the field at FIELD when it is "expand[]", "expand[3]", also with escapes; or NULL. */
static const char *expanded(const char *field)
{
	const char *at = past(field, "expand"), *open, *close;

	if (!at)
		return NULL;
	open = *at == '[' ? at + 1 : past(at, "%5B");
	if (open) {
		at = open + strspn(open, "0123456789");
		close = *at == ']' ? at + 1 : past(at, "%5D");
		if (!close)
			return NULL;
		at = close;
	}
	return *at == '=' ? at + 1 : NULL;
}

/* True when QUERY expands WHAT, or something within it. */
static bool is_expanded(const char *query, const char *what, size_t length)
{
	for (; *query; query += strcspn(query, "&"), query += *query == '&') {
		const char *value = expanded(query);

		if (value && !strncmp(value, what, length) && strchr("&.", value[length]))   /* or its end */
			return true;
	}
	return false;
}

/* What "?expand[]=data.source" adds needs more: such a call is meant only where the query has it. -1: it has not. */
static int query_fit(const char *query, const char *pattern)
{
	const char *expand = strstr(pattern, "expand[]=");

	if (!expand)
		return 0;
	expand += strlen("expand[]=");
	return is_expanded(query, expand, strcspn(expand, "&")) ? 1 : -1;
}

/* How well ENDPOINT fits; -1: not at all. */
static int fit(const struct call *call, const struct endpoint *endpoint)
{
	const char *pattern = path_of(endpoint->path);
	int words, query;

	if (!pattern || strcmp(call->method, endpoint->method))
		return -1;
	words = path_fit(call->path, pattern);
	query = query_fit(call->query, pattern);
	return words < 0 || query < 0 ? -1 : 2 * words + query;
}

static int best_of(const struct call *call, const struct endpoint *endpoints)
{
	int best = -1, now;

	for (; endpoints->method; endpoints++)
		if ((now = fit(call, endpoints)) > best)
			best = now;
	return best;
}

/*
 * Where two rows list the same call: less to grant is Read, then the row that
 * was seen on the form; then the first, for rows come in the Dashboard's order.
 */
static bool is_less(size_t row, enum level level, const struct need *than)
{
	if (level != than->level)
		return level < than->level;
	return catalogue_at(row)->on_form < catalogue_at(than->row)->on_form;
}

struct need needs_resolve(const char *text)
{
	struct need need = { .verdict = NEED_ODD };
	struct call call;
	int best = -1, now;

	if (!read_call(text, &call))
		return need;
	need.verdict = NEED_UNKNOWN;
	for (size_t row = 0; row < catalogue_count(); row++)
		for (enum level level = LEVEL_READ; level <= LEVEL_WRITE; level++) {
			const struct resource *resource = catalogue_at(row);

			now = best_of(&call, level == LEVEL_READ ? resource->read_endpoints : resource->write_endpoints);
			if (now < 0 || now < best || (now == best && !is_less(row, level, &need)))
				continue;
			best = now;
			need = (struct need){ NEED_FOUND, row, level };
		}
	return need;
}

void needs_add(struct plan *plan, const struct need *need)
{
	struct name name = { .kind = NAME_ROW, .index = need->row, .level = need->level };

	if (need->verdict == NEED_FOUND)
		plan_grant(plan, &name, false);
}
