/* SPDX-License-Identifier: MIT */
/* The table of what can go wrong: complete, distinct, short. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/fault.h"
#include "base/i18n.h"
#include "base/text.h"

static size_t sentences(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += strchr(".?!", *text) && (text[1] == ' ' || !text[1]);
	return count;
}

Test(fault, table__says_what_and_what_to_do__for_every_code)
{
	for (unsigned code = FAULT_NONE + 1; code < FAULT_COUNT; code++) {
		const char *what = fault_what(code), *advice = fault_advice(code), *slug = fault_slug(code);

		cr_expect(sentences(what) >= 1 && sentences(what) <= 2, "%s: %s", slug, what);
		cr_expect(sentences(advice) >= 1 && sentences(advice) <= 2, "%s: %s", slug, advice);
		cr_expect_eq(what[strlen(what) - 1], '.', "%s", slug);
		cr_expect_eq(advice[strlen(advice) - 1], '.', "%s", slug);
		cr_expect_leq(strlen(what), 110, "%s", slug);
		cr_expect_leq(strlen(advice), 160, "%s", slug);
	}
}

/* What others call their things may be quoted; a button of the wizard's is not there at a command line. */
static bool is_of_others(const char *quoted, size_t length)
{
	static const char *const theirs[] = { "sudo", "Secret Service Integration", "Passwords and Keys",
		"libqca-qt5-2-plugins", "wl-clipboard", "xclip", "xsel" };

	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
		if (strlen(theirs[i]) == length && !strncmp(theirs[i], quoted, length))
			return true;
	return false;
}

Test(fault, command_advice__names_no_button)
{
	for (unsigned code = FAULT_NONE + 1; code < FAULT_COUNT; code++) {
		const char *advice = fault_command_advice(code), *quote = advice;

		cr_expect(sentences(advice) >= 1 && sentences(advice) <= 2, "%s: %s", fault_slug(code), advice);
		cr_expect_leq(strlen(advice), 160, "%s", fault_slug(code));
		while ((quote = strchr(quote, '"'))) {
			size_t length = strcspn(++quote, "\"");

			cr_expect(is_of_others(quote, length), "%s: %s", fault_slug(code), advice);
			quote += length + 1;
		}
	}
	cr_expect_str_eq(fault_command_advice(FAULT_TLS), fault_advice(FAULT_TLS), "where no button is named it is the same");
	cr_expect_str_eq(fault_command_advice(FAULT_NONE), "");
}

Test(fault, none__has_nothing_to_say)
{
	cr_assert_str_empty(fault_what(FAULT_NONE));
	cr_assert_str_empty(fault_advice(FAULT_NONE));
}

Test(fault, slug__leads_back_to_its_code)
{
	for (unsigned code = 0; code < FAULT_COUNT; code++) {
		const char *slug = fault_slug(code);

		cr_expect_eq(fault_from_slug(slug), code, "%s", slug);
		cr_expect_eq(strspn(slug, "abcdefghijklmnopqrstuvwxyz-"), strlen(slug), "%s", slug);
	}
}

Test(fault, from_slug__blames_the_helper__for_what_it_does_not_know)
{
	cr_assert_eq(fault_from_slug("no-such-slug"), FAULT_HELPER);
	cr_assert_eq(fault_from_slug(""), FAULT_HELPER);
}

Test(fault, set__fills_and_returns_the_code)
{
	struct fault fault;

	cr_assert_eq(fault_set(&fault, FAULT_FILE_READ, 13, "line %d", 7), FAULT_FILE_READ);
	cr_assert_eq(fault.code, FAULT_FILE_READ);
	cr_assert_eq(fault.error_number, 13);
	cr_assert_str_eq(fault.detail, "line 7");
	cr_assert_eq(fault_set(NULL, FAULT_TLS, 0, "%s", "x"), FAULT_TLS);
}

Test(fault, set__cleans_the_detail)
{
	struct fault fault;

	fault_set(&fault, FAULT_KEYRING_ODD, 0, "%s", "a\033[31mb\xFF");
	cr_assert_str_eq(fault.detail, "a\uFFFD[31mb\uFFFD");
}

Test(fault, set__cuts_a_long_detail__between_characters)
{
	char text[1200];
	struct fault fault;

	for (size_t i = 0; i + 3 < sizeof text; i += 3)
		memcpy(text + i, "€", 4);
	fault_set(&fault, FAULT_KEYRING_ODD, 0, "%s", text);
	cr_assert_lt(strlen(fault.detail), FAULT_DETAIL_SIZE);
	cr_assert_geq(strlen(fault.detail), FAULT_DETAIL_SIZE - 4);
	cr_assert(text_is_utf8(fault.detail, strlen(fault.detail)));
}

Test(fault, set__takes_its_own_detail)
{
	struct fault fault;

	fault_set(&fault, FAULT_DIED, 0, "%s", "here");
	fault_set(&fault, FAULT_STALLED, 0, "%s again", fault.detail);
	cr_assert_str_eq(fault.detail, "here again");
}
