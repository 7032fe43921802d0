/* SPDX-License-Identifier: MIT */
/*
 * What kind of text is this? Works on the secret's own bytes and holds one
 * character at a time, so that no copy of a key comes into being. It must not
 * know where the text came from.
 */
#include "core/apikey.h"

#include <stdio.h>
#include <string.h>

#include "core/apikey_scan.h"

enum {
	BODY_MIN = 16, BODY_MAX = 255,               /* what Stripe's keys may have at all */
	BODY_USUAL_MIN = 24, BODY_USUAL_MAX = 120,   /* what was ever seen, with some room */
	BODY_NOW = 99,                               /* what they have nowadays */
	BODY_LEAKED = 10,                            /* from here on it is taken for a key in a running text */
	BODY_ID = 4
};

struct body {
	size_t length;        /* letters and digits */
	size_t first_piece;   /* … before the first gap */
	bool gaps, invisible;
	bool masked;          /* dots or stars in place of characters */
	bool odd;             /* anything else that no key has */
};

static bool is_mask(uint32_t c, uint32_t before)
{
	return c == '*' || c == 0x2026 || c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x2217 || c == 0x22C5 ||
	       (c == '.' && before == '.');
}

/* Looks at what follows a prefix. */
static struct body look(struct scan scan)
{
	struct body body = { .gaps = scan.gap, .invisible = scan.invisible };
	uint32_t c, before = 0;
	size_t dots = 0;

	scan.gap = scan.invisible = false;
	for (; (c = scan_next(&scan)) != SCAN_END; before = c) {
		body.gaps |= scan.gap;
		body.invisible |= scan.invisible;
		if (scan_is_alnum(c)) {
			body.length++;
			body.first_piece += !body.gaps;
		} else if (is_mask(c, before)) {
			body.masked = true;
		} else if (c == '.') {
			dots++;
		} else {
			body.odd = true;
		}
	}
	body.odd |= dots && !body.masked;
	return body;
}

/* A key in pieces: is what comes of joining them certain to be the key? The header says when. */
static bool joins(const struct body *body)
{
	return body->length == BODY_NOW ||
	       ((body->length == 24 || body->length == 34) && body->first_piece < BODY_MIN);
}

/* KIND is restricted or claimable: is it whole and sound? */
static enum apikey_kind judge_wanted(enum apikey_kind kind, const struct body *body)
{
	if (body->odd || (body->masked && body->length >= BODY_MIN))
		return APIKEY_BROKEN;
	if (body->masked)
		return APIKEY_MASKED;
	if (body->length < BODY_MIN)
		return APIKEY_TRUNCATED;
	if (body->gaps && !joins(body))
		return APIKEY_BROKEN;
	return body->length > BODY_MAX ? APIKEY_TOO_LONG : kind;
}

static enum apikey_kind judge_other(const struct prefix *prefix, const struct body *body)
{
	if (body->masked && body->length < BODY_MIN)
		return APIKEY_MASKED;
	if (!prefix->is_long && (body->odd || body->gaps || body->length < BODY_ID))
		return APIKEY_OTHER;
	return prefix->kind;
}

static enum apikey_kind judge(const struct prefix *prefix, const struct body *body)
{
	return apikey_is_wanted(prefix->kind) ? judge_wanted(prefix->kind, body) : judge_other(prefix, body);
}

static bool are_same(struct scan a, struct scan b)
{
	uint32_t c;

	do {
		c = scan_next(&a);
		if (c != scan_next(&b))
			return false;
	} while (c != SCAN_END);
	return true;
}

/*
 * KEY may hold several keys: cuts it down to the first. False when another one
 * is different. The same key twice is a paste that was done twice.
 */
static bool cut_to_first(struct scan *key, size_t after_prefix, unsigned *tidied)
{
	const struct prefix *prefix;
	size_t end = key->end, next = scan_find(key->bytes, after_prefix, end, &prefix), begins;

	if (next == end)
		return true;
	key->end = next;
	scan_trim(key, tidied);
	while ((begins = next) < end) {
		struct scan other = { .bytes = key->bytes, .at = begins };

		next = scan_find(key->bytes, begins + strlen(prefix->text), end, &prefix);
		other.end = next;
		scan_trim(&other, tidied);
		if (!are_same(*key, other))
			return false;
	}
	*tidied |= APIKEY_TIDIED_TWICE;
	return true;
}

/* -- texts that do not begin like a key --------------------------------------- */

static bool begins_with(const struct scan *scan, const char *text)
{
	size_t length = strlen(text);

	return length <= scan->end - scan->at && !memcmp(scan->bytes + scan->at, text, length);
}

static bool is_link(const struct scan *scan)
{
	return begins_with(scan, "https://") || begins_with(scan, "http://") || begins_with(scan, "www.") ||
	       begins_with(scan, "dashboard.stripe.com") || begins_with(scan, "docs.stripe.com");
}

/* "rk_te": all of it is the beginning of a prefix. */
static bool is_beginning(const struct scan *scan)
{
	size_t length = scan->end - scan->at;

	return length >= strlen("rk_") &&
	       ((length <= strlen("rk_test_") && !memcmp("rk_test_", scan->bytes + scan->at, length)) ||
		(length <= strlen("rk_live_") && !memcmp("rk_live_", scan->bytes + scan->at, length)));
}

/* "••••a1b2", "rk_…a1b2": hidden, and the prefix with it. */
static bool is_hidden(struct scan scan)
{
	struct body body;

	if (begins_with(&scan, "rk_"))
		scan.at += strlen("rk_");
	body = look(scan);
	return body.masked && !body.odd && body.length < BODY_MIN;
}

static size_t alnum_run(const char *bytes, size_t at, size_t end)
{
	size_t run = 0;

	while (at + run < end && scan_is_alnum((unsigned char)bytes[at + run]))
		run++;
	return run;
}

/* The first key that stands somewhere in BYTES, or NULL. A longer body is a key even where a word runs into it. */
static const struct prefix *find_key(const char *bytes, size_t at, size_t end)
{
	const struct prefix *prefix;
	size_t begin = at, run;

	for (; (at = scan_find(bytes, at, end, &prefix)) < end; at++) {
		run = alnum_run(bytes, at + strlen(prefix->text), end);
		if (run >= BODY_USUAL_MIN ||
		    (run >= BODY_LEAKED && (at == begin || !scan_is_alnum((unsigned char)bytes[at - 1]))))
			return prefix;
	}
	return NULL;
}

/* A key among other words: one that we want must come alone; of others the person must hear. */
static enum apikey_kind judge_words(const struct scan *scan)
{
	const struct prefix *prefix;

	if (scan->at == scan->end)
		return APIKEY_EMPTY;
	if (is_link(scan))
		return APIKEY_LINK;
	if (is_beginning(scan))
		return APIKEY_TRUNCATED;
	if (is_hidden(*scan))
		return APIKEY_MASKED;
	prefix = find_key(scan->bytes, scan->at, scan->end);
	if (!prefix)
		return APIKEY_OTHER;
	return apikey_is_wanted(prefix->kind) ? APIKEY_BROKEN : prefix->kind;
}

/* -- the whole ----------------------------------------------------------------- */

/* Leaves in TEXT the key and nothing else. What is written never overtakes what is read. */
static void keep_only(struct secret *text, struct scan key, struct apikey *found)
{
	char *bytes = secret_reveal(text);
	size_t length = 0;
	uint32_t c;

	while ((c = scan_next(&key)) != SCAN_END)
		bytes[length++] = (char)c;
	secret_truncate(text, length);
	found->length = length;
	memcpy(found->ends, bytes + length - 4, 4);
}

struct apikey apikey_read(struct secret *text)
{
	struct apikey found = { .kind = APIKEY_EMPTY, .mode = MODE_TEST };
	struct scan key = { .bytes = secret_reveal(text), .end = secret_length(text) }, rest;
	const struct prefix *prefix;
	struct body body;
	unsigned tidied = 0;
	bool alone;

	scan_trim(&key, &tidied);
	rest = key;
	prefix = scan_prefix(&rest);
	if (!prefix) {
		found.kind = judge_words(&key);
		return found;
	}
	alone = cut_to_first(&key, rest.at, &tidied);
	rest.end = key.end;
	body = look(rest);
	found.kind = judge(prefix, &body);
	if (!alone && found.kind != APIKEY_MASKED)
		found.kind = APIKEY_TWO;
	found.mode = prefix->mode;
	found.has_mode = prefix->has_mode && found.kind != APIKEY_TWO && found.kind != APIKEY_OTHER;
	if (apikey_is_wanted(found.kind)) {
		found.tidied = tidied | (body.gaps || body.invisible ? APIKEY_TIDIED_BREAKS : 0);
		found.unusual_length = body.length < BODY_USUAL_MIN || body.length > BODY_USUAL_MAX;
		keep_only(text, key, &found);
	}
	return found;
}

bool apikey_is_wanted(enum apikey_kind kind)
{
	return kind == APIKEY_RESTRICTED || kind == APIKEY_CLAIMABLE;
}

bool apikey_is_in(const char *text)
{
	return find_key(text, 0, strlen(text)) != NULL;
}

void apikey_sample(enum mode mode, char out[APIKEY_SAMPLE_SIZE])
{
	static const char word[] = "OnlyForRehearsal";
	size_t length = (size_t)snprintf(out, APIKEY_SAMPLE_SIZE, "rk_%s_", mode_slug(mode));

	for (size_t i = 0; length + 5 < APIKEY_SAMPLE_SIZE; i++)
		out[length++] = word[i % (sizeof word - 1)];
	strcpy(out + length, "Demo");
}
