/* SPDX-License-Identifier: MIT */
/*
 * Debris and prefixes. Every loop goes through the text once, for it may be
 * 64 KiB of anything.
 */
#include "core/apikey_scan.h"

#include <string.h>

#include "base/text.h"

/* Longer ones first where one begins like another. */
static const struct prefix prefixes[] = {
	{ "rk_test_", APIKEY_RESTRICTED, true, MODE_TEST, true },
	{ "rk_live_", APIKEY_RESTRICTED, true, MODE_LIVE, true },
	{ "rkcs_test_", APIKEY_CLAIMABLE, true, MODE_TEST, true },
	{ "rkcs_live_", APIKEY_CLAIMABLE, true, MODE_LIVE, true },
	{ "sk_org_test_", APIKEY_ORGANISATION, true, MODE_TEST, true },
	{ "sk_org_live_", APIKEY_ORGANISATION, true, MODE_LIVE, true },
	{ "sk_org_", APIKEY_ORGANISATION, false, MODE_TEST, true },
	{ "sk_test_", APIKEY_SECRET, true, MODE_TEST, true },
	{ "sk_live_", APIKEY_SECRET, true, MODE_LIVE, true },
	{ "pk_test_", APIKEY_PUBLISHABLE, true, MODE_TEST, true },
	{ "pk_live_", APIKEY_PUBLISHABLE, true, MODE_LIVE, true },
	{ "ek_test_", APIKEY_EPHEMERAL, true, MODE_TEST, true },
	{ "ek_live_", APIKEY_EPHEMERAL, true, MODE_LIVE, true },
	{ "whsec_", APIKEY_WEBHOOK, false, MODE_TEST, true },
	{ "oak_test_", APIKEY_CLI, true, MODE_TEST, true },
	{ "oak_live_", APIKEY_CLI, true, MODE_LIVE, true },
	{ "oak_", APIKEY_CLI, false, MODE_TEST, false },
	{ "ek_", APIKEY_EPHEMERAL, false, MODE_TEST, false },
	{ "mk_", APIKEY_ID, false, MODE_TEST, false },
};

bool scan_is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_blank(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_quote(uint32_t c)
{
	return c == '"' || c == '\'' || c == '`' || c == 0xB4 || c == 0xAB || c == 0xBB ||
	       (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F) || c == 0xFF02;
}

static bool begins_with(const char *bytes, size_t at, size_t end, const char *text)
{
	size_t length = strlen(text);

	return length <= end - at && !memcmp(bytes + at, text, length);
}

/* Bytes of the escape sequence at AT, 0 for none; the marks of a paste count also where ESC was lost. */
static size_t mark_at(const char *bytes, size_t at, size_t end)
{
	static const char *const torn[] = { "[200~", "[201~", "200~", "201~" };
	size_t i = at + 2;

	if (at < end && bytes[at] == '\033') {
		if (i > end || (bytes[at + 1] != '[' && bytes[at + 1] != 'O'))
			return 1;
		while (bytes[at + 1] == '[' && i < end && bytes[i] >= 0x20 && bytes[i] < 0x40)
			i++;
		return (i < end ? i + 1 : end) - at;
	}
	for (i = 0; i < sizeof torn / sizeof *torn; i++)
		if (begins_with(bytes, at, end, torn[i]))
			return strlen(torn[i]);
	return 0;
}

static uint32_t peek(const struct scan *scan, size_t *bytes)
{
	uint32_t c;

	*bytes = text_next(scan->bytes + scan->at, scan->end - scan->at, &c);
	return *bytes ? c : SCAN_END;
}

uint32_t scan_next(struct scan *scan)
{
	size_t bytes;
	uint32_t c;

	for (;; scan->at += bytes) {
		c = peek(scan, &bytes);
		if (c == SCAN_END)
			return c;
		/* "200~" without its beginning may be the end of a key: there scan_trim() decides. */
		if (c == '\033' || c == '[')
			bytes = mark_at(scan->bytes, scan->at, scan->end);
		if ((c == '\033' || c == '[') && bytes)
			scan->gap = true;
		else if (is_blank(c))
			scan->gap = true;
		else if (is_invisible(c))
			scan->invisible = true;
		else
			break;
	}
	scan->at += bytes ? bytes : 1;
	return c;
}

/* -- around the key -------------------------------------------------------- */

static bool trim_debris_in_front(struct scan *scan, unsigned *tidied)
{
	size_t bytes = mark_at(scan->bytes, scan->at, scan->end);
	uint32_t c;

	if (bytes) {
		*tidied |= APIKEY_TIDIED_MARKS;
	} else {
		c = peek(scan, &bytes);
		if (c == SCAN_END)
			return false;
		if (is_blank(c) || is_invisible(c) || c < 0x20)
			*tidied |= APIKEY_TIDIED_BLANKS;
		else if (is_quote(c))
			*tidied |= APIKEY_TIDIED_QUOTES;
		else
			return false;
	}
	scan->at += bytes;
	return true;
}

static size_t word_length(const struct scan *scan)
{
	size_t i = scan->at;

	while (i < scan->end && (scan_is_alnum((unsigned char)scan->bytes[i]) || strchr("_-.$", scan->bytes[i])) &&
	       scan->bytes[i])
		i++;
	return i - scan->at;
}

static bool is_word(const struct scan *scan, size_t length, const char *word)
{
	return length == strlen(word) && begins_with(scan->bytes, scan->at, scan->end, word);
}

/* "export " and its like: words that stand before a name or a key with nothing but a blank between. */
static bool is_leading_word(const struct scan *scan, size_t length)
{
	static const char *const words[] = { "export", "set", "setenv", "env", "Bearer", "bearer", "Basic" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(scan, length, words[i]))
			return true;
	return false;
}

/* One of: export, Bearer, NAME=, "name": in front of the key. */
static bool trim_name(struct scan *scan, unsigned *tidied)
{
	struct scan after = *scan;
	size_t length = word_length(scan), bytes;
	unsigned ignored = 0;
	uint32_t c;

	if (!length || scan_prefix(&(struct scan){ scan->bytes, scan->at, scan->end, false, false }))
		return false;
	after.at += length;
	c = peek(&after, &bytes);
	if (!is_leading_word(scan, length) || !is_blank(c)) {
		while (trim_debris_in_front(&after, &ignored))
			;
		c = peek(&after, &bytes);
		if ((c != '=' && c != ':') || begins_with(after.bytes, after.at, after.end, "://"))
			return false;
		while (after.at < after.end && strchr("=:>", after.bytes[after.at]) && after.bytes[after.at])
			after.at++;   /* ":=" and "=>" too */
	}
	scan->at = after.at;
	*tidied |= APIKEY_TIDIED_NAME;
	return true;
}

/* The last character of SCAN and where it begins. */
static uint32_t last_character(const struct scan *scan, size_t *begins)
{
	size_t length = scan->end - scan->at;
	uint32_t c;

	for (size_t bytes = length < 4 ? length : 4; bytes > 1; bytes--) {
		*begins = scan->end - bytes;
		if (text_next(scan->bytes + *begins, bytes, &c) == bytes)
			return c;
	}
	*begins = scan->end - 1;
	text_next(scan->bytes + *begins, 1, &c);
	return c;
}

/* Where the mark begins that SCAN ends with, or its end. */
static size_t mark_behind(const struct scan *scan)
{
	size_t at = scan->end, length = scan->end - scan->at;
	const char *escape;

	if (length >= 4 &&
	    (begins_with(scan->bytes, at - 4, at, "201~") || begins_with(scan->bytes, at - 4, at, "200~"))) {
		at -= 4;
		if (at > scan->at && scan->bytes[at - 1] == '[')
			at--;
		return at > scan->at && scan->bytes[at - 1] == '\033' ? at - 1 : at;
	}
	escape = memrchr(scan->bytes + scan->at, '\033', length);
	if (!escape)
		return scan->end;
	at = (size_t)(escape - scan->bytes);
	return at + mark_at(scan->bytes, at, scan->end) == scan->end ? at : scan->end;
}

static bool trim_debris_behind(struct scan *scan, unsigned *tidied)
{
	size_t begins;
	uint32_t c;

	if (scan->at == scan->end)
		return false;
	c = last_character(scan, &begins);
	if (is_blank(c) || is_invisible(c) || c < 0x20) {
		*tidied |= APIKEY_TIDIED_BLANKS;
	} else if (is_quote(c) || c == ';' || c == ',' || c == ':') {
		*tidied |= APIKEY_TIDIED_QUOTES;
	} else {
		begins = mark_behind(scan);
		if (begins == scan->end)
			return false;
		*tidied |= APIKEY_TIDIED_MARKS;
	}
	scan->end = begins;
	return true;
}

void scan_trim(struct scan *scan, unsigned *tidied)
{
	while (trim_debris_in_front(scan, tidied) || trim_name(scan, tidied))
		;
	while (trim_debris_behind(scan, tidied))
		;
}

/* -- prefixes -------------------------------------------------------------- */

static bool step_over(struct scan *scan, const char *text)
{
	struct scan ahead = *scan;

	for (; *text; text++)
		if (scan_next(&ahead) != (unsigned char)*text)
			return false;
	*scan = ahead;
	return true;
}

const struct prefix *scan_prefix(struct scan *scan)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (step_over(scan, prefixes[i].text))
			return &prefixes[i];
	return NULL;
}

size_t scan_find(const char *bytes, size_t at, size_t end, const struct prefix **prefix)
{
	for (; at < end; at++)
		for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
			if (prefixes[i].is_long && begins_with(bytes, at, end, prefixes[i].text))
				return *prefix = &prefixes[i], at;
	return end;
}
