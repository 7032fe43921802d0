/* SPDX-License-Identifier: MIT */
/*
 * What kind of text is this? Most of it are cases/apikey/NAME: the text is a
 * template, for no text in the shape of a key may stand in a file.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"
#include "core/apikey.h"
#include "unit/core/cases.h"

/* A text made from a template, and the last key in it. */
struct made {
	char text[CASE_FILE_MAX], key[CASE_FILE_MAX];
	size_t length;
};

static void add(struct made *made, const char *bytes, size_t length)
{
	cr_assert_lt(made->length + length, sizeof made->text);
	memcpy(made->text + made->length, bytes, length);
	made->length += length;
}

/* COUNT letters and digits, to the text and to the key. */
static void add_body(struct made *made, long count)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	size_t end = strlen(made->key);

	for (; count > 0; count--, made->key[end] = '\0') {
		made->key[end++] = letters[(size_t)rand() % (sizeof letters - 1)];
		add(made, &made->key[end - 1], 1);
	}
}

/*
 * {rk_test:99} a new key of that many characters after its prefix; {more:9}
 * more of it; {same} all of it again; {*:93} as many stars; {esc} {nl} … single
 * characters.
 */
static void add_field(struct made *made, const char *field)
{
	static const struct { const char *name, *bytes; size_t length; } characters[] = {
		{ "esc", "\033", 1 }, { "nl", "\n", 1 }, { "cr", "\r", 1 }, { "tab", "\t", 1 }, { "nul", "\0", 1 },
		{ "nbsp", "\u00A0", 2 }, { "zwsp", "\u200B", 3 }, { "bom", "\uFEFF", 3 }, { "lrm", "\u200E", 3 },
		{ "wide", "\u3000", 3 }, { "bad", "\xFF", 1 }, { "torn", "\xE2\x82", 2 },
	};
	const char *colon = strchr(field, ':');
	long count = colon ? strtol(colon + 1, NULL, 10) : 0;

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (!strcmp(field, characters[i].name)) {
			add(made, characters[i].bytes, characters[i].length);
			return;
		}
	if (!strcmp(field, "same")) {
		add(made, made->key, strlen(made->key));
		return;
	}
	cr_assert_not_null(colon, "{%s}", field);
	if (!strncmp(field, "more:", 5)) {
		add_body(made, count);
	} else if (*field == '*' || !strncmp(field, "•", strlen("•"))) {
		while (count-- > 0)
			add(made, field, (size_t)(colon - field));
	} else {
		snprintf(made->key, sizeof made->key, "%.*s_", (int)(colon - field), field);
		add(made, made->key, strlen(made->key));
		add_body(made, count);
	}
}

static struct made *make(const char *template)
{
	struct made *made = mem_new(1, sizeof *made);
	char field[40];

	while (*template) {
		if (*template != '{') {
			add(made, template++, 1);
			continue;
		}
		snprintf(field, sizeof field, "%.*s", (int)strcspn(template + 1, "}"), template + 1);
		template += strlen(field) + 2;
		add_field(made, field);
	}
	return made;
}

static struct secret *secret_of(const void *bytes, size_t length)
{
	struct secret *secret = secret_new(SECRET_ROOM);

	cr_assert(secret_append(secret, bytes, length));
	return secret;
}

static const char *tidied_words(unsigned tidied, char out[80])
{
	static const char *const words[] = { "marks", "blanks", "breaks", "quotes", "name", "twice" };

	*out = '\0';
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (tidied & 1U << i)
			sprintf(out + strlen(out), "%s%s", *out ? "," : "", words[i]);
	return *out ? out : "none";
}

/* What is left in TEXT: the key alone, or everything as it was. Nothing else may stay behind it. */
static void expect_left(struct secret *text, const char *bytes, size_t length, const char *name)
{
	const char *left = secret_reveal(text);

	cr_expect_eq(secret_length(text), length, "%s", name);
	cr_expect(!memcmp(left, bytes, length), "%s: other bytes", name);
	for (size_t i = length; i < SECRET_ROOM; i++)
		if (left[i]) {
			cr_expect(false, "%s: bytes stay behind", name);
			return;
		}
}

ParameterizedTestParameters(apikey, reads__each_case)
{
	static struct test_case cases[CASE_MAX];
	size_t count = cases_list("apikey", cases);

	return cr_make_param_array(struct test_case, cases, count);
}

ParameterizedTest(struct test_case *given, apikey, reads__each_case)
{
	char template[CASE_FILE_MAX], expect[CASE_FILE_MAX], value[CASE_VALUE_SIZE], words[80];
	struct made *made;
	struct secret *text;
	struct apikey found;
	const char *name = given->name;

	srand((unsigned)time(NULL) ^ (unsigned)getpid());
	case_read("apikey", name, "text", template);
	case_read("apikey", name, "expect", expect);
	made = make(template);
	text = secret_of(made->text, made->length);
	found = apikey_read(text);

	cr_expect_str_eq(apikey_slug(found.kind), case_value(expect, "kind", "?", value), "%s: kind %s", name,
			 apikey_slug(found.kind));
	cr_expect_str_eq(found.has_mode ? mode_slug(found.mode) : "none", case_value(expect, "mode", "none", value),
			 "%s: mode", name);
	cr_expect_str_eq(tidied_words(found.tidied, words), case_value(expect, "tidied", "none", value),
			 "%s: tidied %s", name, words);
	cr_expect_eq(found.length, (size_t)atoi(case_value(expect, "length", "0", value)), "%s: length %zu", name,
		     found.length);
	cr_expect_eq(found.unusual_length, !strcmp(case_value(expect, "unusual", "no", value), "yes"), "%s", name);
	if (apikey_is_wanted(found.kind)) {
		expect_left(text, made->key, strlen(made->key), name);
		cr_expect_str_eq(found.ends, made->key + strlen(made->key) - 4, "%s: ends", name);
	} else {
		expect_left(text, made->text, made->length, name);
		cr_expect_str_empty(found.ends, "%s: ends", name);
	}
	secret_free(text);
	free(made);
}

Test(apikey, reads__enough_cases)
{
	static struct test_case cases[CASE_MAX];

	cr_assert_gt(cases_list("apikey", cases), 60);   /* the folder was found */
}

static enum apikey_kind kind_of(const char *template)
{
	struct made *made = make(template);
	struct secret *text = secret_of(made->text, made->length);
	enum apikey_kind kind = apikey_read(text).kind;

	secret_free(text);
	free(made);
	return kind;
}

Test(apikey, accepts__16_to_255_characters)
{
	char template[40];

	for (int count = 0; count < 300; count++) {
		snprintf(template, sizeof template, "{rk_live:%d}", count);
		cr_expect_eq(kind_of(template), count < 16 ? APIKEY_TRUNCATED : count > 255 ? APIKEY_TOO_LONG :
			     APIKEY_RESTRICTED, "%d", count);
	}
}

/* A key cut anywhere by a line break, as a narrow terminal does. */
Test(apikey, joins__a_key_of_107__wherever_it_is_cut)
{
	struct made *made = make("{rk_test:99}");

	for (size_t at = 1; at < 107; at++) {
		struct secret *text = secret_of(made->text, at);
		struct apikey found;

		secret_append(text, "\r\n  ", 4);
		secret_append(text, made->text + at, 107 - at);
		found = apikey_read(text);
		cr_expect_eq(found.kind, APIKEY_RESTRICTED, "cut at %zu", at);
		cr_expect_eq(found.tidied, APIKEY_TIDIED_BREAKS, "cut at %zu", at);
		expect_left(text, made->key, 107, "cut");
		secret_free(text);
	}
	free(made);
}

Test(apikey, reads__any_bytes__within_bounds)
{
	static const char *const parts[] = {
		"rk_test_", "sk_live_", "\033[200~", "[201~", "\033[", "\033", "200~", "=", ":", "\"", "“", "…", "•", "*",
		"..", " ", "\n", "\u200B", "\xE2", "\xFF", "export ", "Bearer ", "NAME=", "abcdefgh", "rk_", "mk_1", "https://",
	};
	static char bytes[4096];

	srand(11);
	for (int round = 0; round < 3000; round++) {
		size_t length = 0;
		struct secret *text;

		for (int i = rand() % 40; i > 0; i--) {
			const char *part = parts[(size_t)rand() % (sizeof parts / sizeof *parts)];

			memcpy(bytes + length, part, strlen(part));
			length += strlen(part);
		}
		text = secret_new(length ? length : 1);
		secret_append(text, bytes, length);
		cr_assert_lt(apikey_read(text).kind, APIKEY_KIND_COUNT);
		secret_free(text);
	}
}

#ifndef __SANITIZE_ADDRESS__   /* its own memory is too large to be looked through */
/* How often NEEDLE stands in this process's writable memory, outside its own pages. */
static size_t copies_of(const char *needle, size_t length)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long begin, end, own = (unsigned long)needle;
	char line[512], access[8];
	size_t copies = 0;

	cr_assert_not_null(maps);
	while (fgets(line, sizeof line, maps)) {
		if (sscanf(line, "%lx-%lx %7s", &begin, &end, access) != 3 || strncmp(access, "rw", 2))
			continue;
		if (own >= begin && own < end)
			continue;
		for (const char *at = (char *)begin; (at = memmem(at, end - (unsigned long)at, needle, length)); at++)
			copies++;
	}
	fclose(maps);
	return copies;
}

Test(apikey, read__leaves_no_copy_behind)
{
	struct secret *text = secret_new(SECRET_ROOM);
	char *bytes;

	secret_append(text, "export X=\"rk_live_", 18);
	srand((unsigned)getpid());
	for (int i = 0; i < 99; i++)
		secret_append(text, &(char){ (char)('a' + rand() % 26) }, 1);
	secret_append(text, "\";\n", 3);
	cr_assert_eq(apikey_read(text).kind, APIKEY_RESTRICTED);
	bytes = secret_reveal(text);
	for (size_t at = 8; at + 8 < secret_length(text) - 8; at += 8)
		cr_assert_eq(copies_of(bytes + at, 8), 0, "at %zu", at);
	secret_free(text);
}
#endif

static const char *const floods[] = {
	"a", " ", "\n", "\"", "\033[201~", "[201~", "201~", "\033", "\033[", "[", ":", "X=", "export ", "rk_test_", "rk_",
	"sk_live_abcdefghij", "*", "…", "\xFF", "\u200B", "https://", "x ", "rk_test_a rk_test_a\n",
};

/* 64 KiB of anything are judged at once: nothing is gone through again and again. */
Test(apikey, reads__a_flood__at_once, .timeout = 20)
{
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		struct secret *text = secret_new(SECRET_ROOM);
		struct apikey found;

		while (secret_append(text, floods[i], strlen(floods[i])))
			;
		found = apikey_read(text);
		cr_expect_not(apikey_is_wanted(found.kind), "%s", floods[i]);
		secret_free(text);
	}
}

Test(apikey, reads__a_flood_that_begins_like_a_key__at_once, .timeout = 20)
{
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		struct secret *text = secret_of("rk_test_", 8);

		while (secret_append(text, floods[i], strlen(floods[i])))
			;
		cr_expect_not(apikey_is_wanted(apikey_read(text).kind), "%s", floods[i]);
		secret_free(text);
	}
}

Test(apikey, words__are_there_for_every_kind)
{
	for (unsigned kind = 0; kind < APIKEY_KIND_COUNT; kind++) {
		cr_expect_gt(strlen(apikey_slug(kind)), 1);
		cr_expect_gt(strlen(apikey_what(kind)), 10, "%s", apikey_slug(kind));
		cr_expect_gt(strlen(apikey_advice(kind)), 10, "%s", apikey_slug(kind));
		for (unsigned other = 0; other < kind; other++)
			cr_expect_str_neq(apikey_slug(kind), apikey_slug(other));
	}
}

Test(apikey, advice__of_unrestricted_keys__is_to_replace_them)
{
	cr_assert(strstr(apikey_advice(APIKEY_SECRET), "\"Rotate key\""));
	cr_assert(strstr(apikey_command_advice(APIKEY_SECRET), "\"Rotate key\""));
	cr_assert_null(strstr(apikey_command_advice(APIKEY_SECRET), "clipboard"), "nobody knows which way it came");
	cr_assert_str_eq(apikey_command_advice(APIKEY_ID), apikey_advice(APIKEY_ID));
	cr_assert(strstr(apikey_advice(APIKEY_ORGANISATION), "\"Rotate key\""));
}

Test(apikey, is_wanted__is_true_for_two_kinds)
{
	for (unsigned kind = 0; kind < APIKEY_KIND_COUNT; kind++)
		cr_expect_eq(apikey_is_wanted(kind), kind == APIKEY_RESTRICTED || kind == APIKEY_CLAIMABLE);
}

static bool is_in(const char *template)
{
	struct made *made = make(template);
	bool found;

	add(made, "", 1);
	found = apikey_is_in(made->text);
	free(made);
	return found;
}

Test(apikey, is_in__finds_keys_among_words)
{
	cr_expect(is_in("{rk_test:99}"));
	cr_expect(is_in("my key {sk_live:24}, do not tell"));
	cr_expect(is_in("key={rk_live:99}"));
	cr_expect(is_in("x{rk_live:99}"));
	cr_expect(is_in("{whsec:32}"));
	cr_expect(is_in("{sk_org_live:200}"));
	cr_expect(is_in("{rk_live:30} and words"));
	cr_expect(is_in("an rk_test_ first, then {rk_test:20}"));
}

Test(apikey, is_in__leaves_ordinary_names_alone)
{
	cr_expect_not(is_in("Reporting (keyguide)"));
	cr_expect_not(is_in("rk_test_sync"));
	cr_expect_not(is_in("mark_test_subscription"));
	cr_expect_not(is_in("begins with rk_live_"));
	cr_expect_not(is_in("rk_live_…a1b2"));
	cr_expect_not(is_in(""));
}
