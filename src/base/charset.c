/* SPDX-License-Identifier: MIT */
/* iconv between the inside and the terminal. glibc's streams can be given a writer of their own. */
#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { REST_MAX = 8, OUT_SIZE = 1024 };

/* A stream: bytes of a character whose end has not been written yet are kept for the next write. */
struct speaker {
	iconv_t convert;
	int descriptor;
	char rest[REST_MAX];
	size_t rest_length;
};

static const char *heard_as;   /* what is typed comes in it; NULL: UTF-8 */

static bool is_utf8(const char *charset)
{
	return !strcasecmp(charset, "UTF-8") || !strcasecmp(charset, "UTF8");
}

/* Terminals from before UTF-8, by the name that they go under. */
static bool is_old_terminal(void)
{
	const char *term = getenv("TERM");

	return term && (!strncmp(term, "vt", 2) || !strncmp(term, "ansi", 4));
}

/* Of the locale by its name, "de_DE.ISO-8859-1@euro", or as it is installed: "de_DE" alone says nothing. */
const char *charset_of_terminal(void)
{
	static char charset[32];
	const char *name = i18n_locale_name("LC_CTYPE"), *dot = strchr(name, '.');
	locale_t locale;

	*charset = '\0';
	if (dot)
		snprintf(charset, sizeof charset, "%.*s", (int)strcspn(dot + 1, "@"), dot + 1);
	else if (*name && (locale = newlocale(LC_CTYPE_MASK, name, (locale_t)0))) {
		snprintf(charset, sizeof charset, "%s", nl_langinfo_l(CODESET, locale));
		freelocale(locale);
	}
	if (!strncmp(charset, "ANSI_X3.4", 9) || !*charset)
		strcpy(charset, is_old_terminal() ? "ASCII" : "UTF-8");
	return is_utf8(charset) ? NULL : charset;
}

/* False, with errno: the terminal takes no more. */
static bool write_all(int descriptor, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(descriptor, bytes, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return true;
}

/* Converts what is whole of IN; what is left is behind *REST. */
static bool convert(struct speaker *speaker, char *in, size_t length, char **rest, size_t *rest_length)
{
	char out[OUT_SIZE], *to;
	size_t room, done = 0;

	while (length) {
		to = out;
		room = sizeof out;
		done = iconv(speaker->convert, &in, &length, &to, &room);
		if (!write_all(speaker->descriptor, out, sizeof out - room))
			return false;
		if (done != (size_t)-1 || errno == E2BIG)
			continue;
		if (errno == EINVAL && length < REST_MAX)
			break;
		/* No letter of that set is near, or the bytes are none of UTF-8. */
		if (!write_all(speaker->descriptor, "?", 1))
			return false;
		do {
			in++;
			length--;
		} while (length && (*in & 0xc0) == 0x80);
	}
	*rest = in;
	*rest_length = length;
	return true;
}

static ssize_t speak(void *cookie, const char *bytes, size_t length)
{
	struct speaker *speaker = cookie;
	size_t all = speaker->rest_length + length, left = 0;
	char *text = mem_new(all + 1, 1), *rest = text;
	bool written;

	memcpy(text, speaker->rest, speaker->rest_length);
	memcpy(text + speaker->rest_length, bytes, length);
	written = convert(speaker, text, all, &rest, &left);
	if (written) {
		memcpy(speaker->rest, rest, left);
		speaker->rest_length = left;
	}
	free(text);
	return written ? (ssize_t)length : 0;
}

static FILE *open_speaker(const char *charset, int descriptor, int buffering)
{
	struct speaker *speaker = mem_new(1, sizeof *speaker);
	char *target = mem_printf("%s//TRANSLIT", charset);
	FILE *file = NULL;

	speaker->descriptor = descriptor;
	speaker->convert = iconv_open(target, "UTF-8");
	if (speaker->convert != (iconv_t)-1)
		file = fopencookie(speaker, "w", (cookie_io_functions_t){ .write = speak });
	if (file)
		setvbuf(file, NULL, buffering, BUFSIZ);
	else
		free(speaker);
	free(target);
	return file;
}

bool charset_speak(const char *charset, bool output)
{
	FILE *errors = open_speaker(charset, STDERR_FILENO, _IOLBF);

	if (!errors)
		return false;
	if (output)
		stdout = open_speaker(charset, STDOUT_FILENO, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF);
	stderr = errors;
	heard_as = charset;
	return true;
}

/* iconv puts a question mark where no letter is near, or stops. */
bool charset_shows(const char *text)
{
	const char *charset = charset_of_terminal();
	char *target = mem_printf("%s//TRANSLIT", charset ? charset : "UTF-8");
	size_t length = strlen(text), room = 4 * length + 1;
	char *shown = mem_new(room + 1, 1), *in = (char *)text, *out = shown;
	iconv_t convert = charset ? iconv_open(target, "UTF-8") : (iconv_t)-1;
	bool shows = convert == (iconv_t)-1 ||
		(iconv(convert, &in, &length, &out, &room) != (size_t)-1 && !strchr(shown, '?'));

	if (convert != (iconv_t)-1)
		iconv_close(convert);
	free(shown);
	free(target);
	return shows;
}

char *charset_heard(const char *text)
{
	size_t length = strlen(text), room = 4 * length + 1;
	char *heard = mem_new(room + 1, 1), *in = (char *)text, *out = heard;
	iconv_t convert = heard_as ? iconv_open("UTF-8", heard_as) : (iconv_t)-1;

	if (convert == (iconv_t)-1 || iconv(convert, &in, &length, &out, &room) == (size_t)-1) {
		free(heard);
		heard = mem_strdup(text);
	}
	if (convert != (iconv_t)-1)
		iconv_close(convert);
	return heard;
}
