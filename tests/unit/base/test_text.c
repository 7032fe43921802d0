/* SPDX-License-Identifier: MIT */
/* UTF-8 text: characters, cells, lines, and what comes from outside. */
#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

static void utf8(void)
{
	i18n_start(NULL);
}

TestSuite(text, .init = utf8);

static const char *const not_utf8[] = {
	"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
	"\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98",
	"\xC3(", "\xE2\x28\xA1",
};

Test(text, next__reads_one_to_four_bytes)
{
	static const struct { const char *s; size_t bytes; uint32_t c; } cases[] = {
		{ "a", 1, 'a' }, { "é", 2, 0xE9 }, { "€", 3, 0x20AC }, { "😀", 4, 0x1F600 },
		{ "\xF4\x8F\xBF\xBF", 4, 0x10FFFF }, { "\xEF\xBF\xBD", 3, 0xFFFD },
	};
	uint32_t c;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cr_expect_eq(text_next(cases[i].s, strlen(cases[i].s), &c), cases[i].bytes);
		cr_expect_eq(c, cases[i].c);
	}
}

Test(text, next__ends_at_length__not_at_zero_bytes)
{
	uint32_t c;

	cr_assert_eq(text_next("", 0, &c), 0);
	cr_assert_eq(text_next("", 1, &c), 1);
	cr_assert_eq(c, 0);
}

Test(text, next__counts_each_bad_byte_once)
{
	uint32_t c;

	for (size_t i = 0; i < sizeof not_utf8 / sizeof *not_utf8; i++) {
		cr_expect_eq(text_next(not_utf8[i], strlen(not_utf8[i]), &c), 1, "%zu", i);
		cr_expect_eq(c, 0xFFFD, "%zu", i);
	}
}

Test(text, is_utf8__refuses_overlong_surrogates_and_torn)
{
	for (size_t i = 0; i < sizeof not_utf8 / sizeof *not_utf8; i++)
		cr_expect_not(text_is_utf8(not_utf8[i], strlen(not_utf8[i])), "%zu", i);
	cr_expect(text_is_utf8("Grüße, 世界 \xEF\xBF\xBD", strlen("Grüße, 世界 \xEF\xBF\xBD")));
	cr_expect(text_is_utf8("", 0));
	cr_expect(text_is_utf8("a\0b", 3));
	cr_expect_not(text_is_utf8("€", 2));
}

Test(text, cells__are_one_two_or_none)
{
	cr_expect_eq(text_cells("abc"), 3);
	cr_expect_eq(text_cells("世界"), 4);
	cr_expect_eq(text_cells("e\u0301"), 1);
	cr_expect_eq(text_cells("a\tb"), 2);
	cr_expect_eq(text_cells("\xFF"), text_cells("\uFFFD"));
	cr_expect_eq(text_cells(""), 0);
}

Test(text, fit__never_splits_a_character)
{
	cr_expect_eq(text_fit("世界", 3), 3);
	cr_expect_eq(text_fit("世界", 1), 0);
	cr_expect_eq(text_fit("e\u0301x", 1), 3);
	cr_expect_eq(text_fit("abc", 10), 3);
	cr_expect_eq(text_fit("abc", 0), 0);
}

/* The lines of TEXT at CELLS, with | between them; the caller's. */
static char *wrapped(const char *text, int cells)
{
	char *all = mem_strdup(""), *longer;

	for (const char *next; text; text = next) {
		size_t bytes = text_wrap(text, cells, &next);

		longer = mem_printf("%s%.*s%s", all, (int)bytes, text, next ? "|" : "");
		free(all);
		all = longer;
	}
	return all;
}

static void expect_wrapped(const char *text, int cells, const char *expected)
{
	char *lines = wrapped(text, cells);

	cr_expect_str_eq(lines, expected, "got %s", lines);
	free(lines);
}

Test(text, wrap__breaks_at_blanks)
{
	expect_wrapped("one two three", 7, "one two|three");
	expect_wrapped("one two three", 8, "one two|three");
	expect_wrapped("one two", 7, "one two");
	expect_wrapped("one  two", 4, "one|two");
	expect_wrapped("one two ", 7, "one two");
	expect_wrapped("", 10, "");
}

Test(text, wrap__breaks_at_line_ends__always)
{
	expect_wrapped("a\nb", 10, "a|b");
	expect_wrapped("a \n\nb", 10, "a||b");
	expect_wrapped("a\n", 10, "a|");
}

Test(text, wrap__breaks_after_hyphen_and_slash)
{
	expect_wrapped("one-two", 5, "one-|two");
	expect_wrapped("https://host/path", 13, "https://host/|path");
	expect_wrapped("https://host", 7, "https:/|/host");
	expect_wrapped("a --plain", 4, "a|--pl|ain");
	expect_wrapped("an e-mail", 5, "an|e-mai|l");
}

Test(text, wrap__breaks_a_word_longer_than_a_line)
{
	expect_wrapped("abcdefgh", 3, "abc|def|gh");
	expect_wrapped("a bcdefgh", 3, "a|bcd|efg|h");
	expect_wrapped("世界世", 3, "世|界|世");
}

Test(text, wrap__breaks_between_wide_characters__but_not_before_closing_marks)
{
	expect_wrapped("世界世界", 4, "世界|世界");
	expect_wrapped("世界世。", 6, "世界|世。");
	expect_wrapped("世\u0301界", 2, "世\u0301|界");
	expect_wrapped("世\u0301。", 2, "世\u0301|。");
}

Test(text, wrap__lets_no_mark_begin_or_end_a_line)
{
	expect_wrapped("世コピー", 6, "世コ|ピー");
	expect_wrapped("世「世」", 4, "世|「世|」");
	expect_wrapped("世世(世", 6, "世世|(世");
}

Test(text, wrap__keeps_what_is_quoted_in_one_piece)
{
	expect_wrapped("世世\"世世\"世", 8, "世世|\"世世\"世");
	expect_wrapped("世世\"世 世\"", 8, "世世\"世|世\"");
	expect_wrapped("aaa \"bbb-ccc\"", 9, "aaa|\"bbb-ccc\"");
}

Test(text, wrap__breaks_korean_between_words)
{
	expect_wrapped("가나 다라마", 8, "가나|다라마");
	expect_wrapped("key를 가나", 8, "key를|가나");
	expect_wrapped("가나다라", 4, "가나|다라");
}

Test(text, wrap__keeps_no_break_spaces)
{
	expect_wrapped("a b\u00A0c", 4, "a|b\u00A0c");
}

Test(text, wrap__comes_to_an_end__whatever_the_bytes)
{
	char text[257];

	srand(7);
	for (int round = 0; round < 500; round++) {
		size_t length = (size_t)rand() % 256, taken = 0;

		for (size_t i = 0; i < length; i++)
			text[i] = (char)(1 + rand() % 255);
		text[length] = '\0';
		for (const char *s = text, *next; s; s = next) {
			size_t bytes = text_wrap(s, 2 + round % 9, &next);

			cr_assert_leq(bytes, strlen(s));
			cr_assert(!next || next > s);
			cr_assert_leq(++taken, 257);
		}
	}
}

Test(text, before_and_after__step_over_whole_characters)
{
	static const char s[] = "ae\u0301世\xFF" "b";

	cr_expect_eq(text_after(s, 0), 1);
	cr_expect_eq(text_after(s, 1), 4);
	cr_expect_eq(text_after(s, 4), 7);
	cr_expect_eq(text_after(s, 7), 8);
	cr_expect_eq(text_after(s, 9), 9);
	cr_expect_eq(text_before(s, 9), 8);
	cr_expect_eq(text_before(s, 8), 7);
	cr_expect_eq(text_before(s, 7), 4);
	cr_expect_eq(text_before(s, 4), 1);
	cr_expect_eq(text_before(s, 1), 0);
	cr_expect_eq(text_before(s, 0), 0);
}

Test(text, before__steps_back_as_after_steps_forward__over_bad_bytes)
{
	static const char s[] = "\x80\x80\xE2\x82x";

	for (size_t at = 0; at < sizeof s - 1; at++)
		cr_expect_eq(text_before(s, text_after(s, at)), at, "%zu", at);
}

static void expect_clean(const char *s, size_t max, const char *expected)
{
	char *clean = text_clean(s, max);

	cr_expect_str_eq(clean, expected);
	free(clean);
}

Test(text, clean__replaces_what_could_harm_a_terminal)
{
	expect_clean("a\033[2Jb", 100, "a\uFFFD[2Jb");
	expect_clean("a\r\n\tb\x7F", 100, "a\uFFFD\uFFFD\uFFFDb\uFFFD");
	expect_clean("x\xC2\x9Bm", 100, "x\uFFFDm");
	expect_clean("\u202Eevil\u2066\u200F", 100, "\uFFFDevil\uFFFD\uFFFD");
	expect_clean("\xFF\xC3", 100, "\uFFFD\uFFFD");
	expect_clean("Grüße, 世界", 100, "Grüße, 世界");
}

Test(text, clean__stays_within_its_bytes)
{
	expect_clean("€€€", 7, "€€");
	expect_clean("\xFF\xFF", 5, "\uFFFD");
	expect_clean("abc", 0, "");
	expect_clean("abc", SIZE_MAX, "abc");
}

Test(text, contains__does_not_mind_letter_case)
{
	cr_expect(text_contains("Charges and Refunds", "REFUND"));
	cr_expect(text_contains("Ärger", "äRG"));
	cr_expect(text_contains("abc", ""));
	cr_expect(text_contains("", ""));
	cr_expect_not(text_contains("", "a"));
	cr_expect_not(text_contains("abc", "abcd"));
	cr_expect(text_contains("aab", "ab"));
}

Test(text, shell__quotes_only_where_it_must)
{
	static const struct { const char *text, *word; } cases[] = {
		{ "reporting-readonly", "reporting-readonly" }, { "", "''" }, { "a b", "'a b'" }, { "-rf", "'-rf'" },
		{ "it's", "'it'\\''s'" }, { "a;b", "'a;b'" }, { "ü", "'ü'" }, { "keyguide/a.b:c", "keyguide/a.b:c" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *word = text_shell(cases[i].text);

		cr_expect_str_eq(word, cases[i].word);
		free(word);
	}
}
