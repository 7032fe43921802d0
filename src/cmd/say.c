/* SPDX-License-Identifier: MIT */
/* What the commands print, but for their own lines. */
#include "cmd/say.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* The bytes of SENTENCE without its full stop, whichever the language has. */
static int without_stop(const char *sentence)
{
	static const char *const stops[] = { ".", "。" };
	size_t length = strlen(sentence);

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		size_t bytes = strlen(stops[i]);

		if (length >= bytes && !strcmp(sentence + length - bytes, stops[i]))
			return (int)(length - bytes);
	}
	return (int)length;
}

/* Is the first word of SENTENCE one that has a capital wherever it stands? "Stripe's" is "Stripe". */
static bool keeps_capital(const char *sentence)
{
	/*
	 * TRANSLATORS: words, with blanks between them, that keep their capital inside a sentence, as far as sentences
	 * about errors begin with them. Names, and what your language writes so: "Stripe KeePassXC Sie Ihr Ihre"
	 */
	const char *words = _("Stripe KeePassXC");

	for (size_t length; *words; words += length + strspn(words + length, " ")) {
		length = strcspn(words, " ");
		if (!strncmp(sentence, words, length) && !isalnum((unsigned char)sentence[length]))
			return true;
	}
	return false;
}

/* Turkish has two letters where others have one. */
static wint_t small(uint32_t letter)
{
	if (i18n_speaks("tr") && letter == 'I')
		return 0x131;
	return letter == 0x130 ? 'i' : towlower((wint_t)letter);
}

/* SENTENCE as it stands within a line: "Start it." is "start it.", and "KWallet …" is itself. The caller's. */
static char *within_line(const char *sentence)
{
	uint32_t first = 0, second = 0;
	size_t length = text_next(sentence, strlen(sentence), &first);
	char letter[MB_LEN_MAX + 1] = "";

	text_next(sentence + length, strlen(sentence + length), &second);
	if (!iswupper((wint_t)first) || iswupper((wint_t)second) || keeps_capital(sentence) ||
	    wctomb(letter, (wchar_t)small(first)) <= 0)
		return mem_strdup(sentence);
	return mem_printf("%s%s", letter, sentence + length);
}

int fail(int status, const char *what, const char *advice)
{
	fprintf(stderr, "keyguide: %s; %s\n", what, advice);
	return status;
}

int fail_sentences(int status, const char *what, const char *advice)
{
	char *happened = within_line(what), *todo = within_line(advice);

	happened[without_stop(happened)] = '\0';
	fail(status, happened, todo);
	free(happened);
	free(todo);
	return status;
}

int fail_advising(int status, const struct fault *fault, const char *advice)
{
	const char *said = fault_what(fault->code);
	char *what = *fault->detail ? mem_printf("%.*s (%s)", without_stop(said), said, fault->detail) :
				      mem_strdup(said);

	fail_sentences(status, what, advice);
	free(what);
	return status;
}

int fail_with(int status, const struct fault *fault)
{
	return fail_advising(status, fault, fault_command_advice(fault->code));
}

void say_json_take(json_t *json)
{
	json_dumpf(json, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(json);
}
