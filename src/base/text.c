/* SPDX-License-Identifier: MIT */
/*
 * UTF-8, cells, wrapping. Every loop takes at least one byte a turn, whatever
 * the bytes are: most texts here come from outside.
 */
#include "base/text.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/mem.h"

enum { REPLACEMENT = 0xFFFD };

/* Bytes of a sequence by its first byte, 0 where none begins so; *BITS: what the first byte carries. */
static size_t sequence(unsigned char first, uint32_t *bits, uint32_t *least)
{
	if (first < 0x80)
		return *bits = first, *least = 0, 1;
	if (first >= 0xC2 && first < 0xE0)
		return *bits = first & 0x1F, *least = 0x80, 2;
	if (first >= 0xE0 && first < 0xF0)
		return *bits = first & 0x0F, *least = 0x800, 3;
	if (first >= 0xF0 && first < 0xF5)
		return *bits = first & 0x07, *least = 0x10000, 4;
	return 0;
}

size_t text_next(const char *s, size_t length, uint32_t *code_point)
{
	uint32_t value, least;
	size_t count, i;

	*code_point = REPLACEMENT;
	if (!length)
		return 0;
	count = sequence((unsigned char)*s, &value, &least);
	if (!count || count > length)
		return 1;
	for (i = 1; i < count; i++) {
		if (((unsigned char)s[i] & 0xC0) != 0x80)
			return 1;
		value = value << 6 | ((unsigned char)s[i] & 0x3F);
	}
	if (value < least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
		return 1;
	*code_point = value;
	return count;
}

bool text_is_utf8(const char *s, size_t length)
{
	uint32_t code_point;
	size_t bytes;

	for (; (bytes = text_next(s, length, &code_point)); s += bytes, length -= bytes)
		if (code_point == REPLACEMENT && bytes == 1)
			return false;
	return true;
}

int text_cells_of(uint32_t code_point)
{
	int cells;

	if (code_point >= 0x20 && code_point < 0x7F)
		return 1;
	cells = wcwidth((wchar_t)code_point);
	return cells < 0 ? 0 : cells;
}

int text_cells(const char *s)
{
	size_t length = strlen(s), bytes;
	uint32_t code_point;
	int cells = 0;

	for (; (bytes = text_next(s, length, &code_point)); s += bytes, length -= bytes)
		cells += text_cells_of(code_point);
	return cells;
}

size_t text_fit(const char *s, int cells)
{
	size_t length = strlen(s), bytes, at = 0;
	uint32_t code_point;

	while ((bytes = text_next(s + at, length - at, &code_point))) {
		cells -= text_cells_of(code_point);
		if (cells < 0)
			break;
		at += bytes;
	}
	return at;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t';
}

enum { JOINER = 0x200D, HYPHENED = 3 };   /* of "e-mail" no line ends with "e-" */

/* Korean's letters are wide, but its lines end between words. */
static bool is_hangul(uint32_t c)
{
	return c >= 0xAC00 && c <= 0xD7A3;
}

/*
 * May a line end between BEFORE and AFTER? Not inside a character, nor where a mark would stand alone: these signs begin
 * no line, those end none (JIS X 4051, "kinsoku"). What is QUOTED is looked for on a button: it stays in one piece.
 */
static bool breaks_between(uint32_t before, uint32_t after, bool quoted)
{
	static const wchar_t closing[] = L"、。，．）」』】！？：；,.!?:;)]}…”・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
	static const wchar_t opening[] = L"（「『【([{“";

	if (!text_cells_of(after) || before == JOINER || quoted || wcschr(opening, (wchar_t)before))
		return false;
	if (before == '-' || before == '/')
		return after != before && !is_blank(after);
	if (wcschr(closing, (wchar_t)after))
		return false;
	if (is_hangul(before) || is_hangul(after))
		return false;
	return text_cells_of(before) == 2 || text_cells_of(after) == 2;
}

size_t text_wrap(const char *s, int cells, const char **next)
{
	size_t length = strlen(s), at = 0, end = 0, resume = 0, bytes;
	uint32_t code_point, before = 0;
	bool quoted = false;
	int used = 0, word = 0;

	while ((bytes = text_next(s + at, length - at, &code_point)) && code_point != '\n') {
		if (at && is_blank(code_point) && !is_blank(before))
			end = at;
		if (at && !is_blank(code_point) && (is_blank(before) ||
		    (breaks_between(before, code_point, quoted) && (before != '-' || word >= HYPHENED)))) {
			if (!is_blank(before))
				end = at;
			resume = at;
		}
		quoted = quoted != (code_point == '"');
		word = is_blank(code_point) ? 0 : word + 1;
		used += text_cells_of(code_point);
		if (used > cells && !is_blank(code_point))
			break;
		before = code_point;
		at += bytes;
	}
	if (!bytes || code_point == '\n') {   /* all of it fits */
		*next = bytes ? s + at + 1 : NULL;
		while (at && is_blank((unsigned char)s[at - 1]))
			at--;
		return at;
	}
	if (!resume)   /* one word, longer than the line */
		end = resume = at;
	*next = s + resume;
	return end;
}

/* Where the code point that ends at AT begins: as text_next() would have read it. */
static size_t code_point_before(const char *s, size_t at, uint32_t *code_point)
{
	for (size_t bytes = at < 4 ? at : 4; bytes > 1; bytes--)
		if (text_next(s + at - bytes, bytes, code_point) == bytes)
			return at - bytes;
	text_next(s + at - 1, 1, code_point);
	return at - 1;
}

size_t text_before(const char *s, size_t at)
{
	uint32_t code_point;

	while (at) {
		at = code_point_before(s, at, &code_point);
		if (text_cells_of(code_point))
			break;
	}
	return at;
}

size_t text_after(const char *s, size_t at)
{
	size_t length = strlen(s), bytes;
	uint32_t code_point;

	at += text_next(s + at, length - at, &code_point);
	while ((bytes = text_next(s + at, length - at, &code_point)) && !text_cells_of(code_point))
		at += bytes;
	return at;
}

/* Control characters, and what turns the direction of text around. */
static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0x200E || c == 0x200F || c == 0x061C || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

char *text_clean(const char *s, size_t max_bytes)
{
	static const char bad[] = "\xEF\xBF\xBD";
	size_t length = strlen(s), bytes, used = 0;
	size_t room = length < max_bytes / 3 ? 3 * length : max_bytes;   /* each bad byte becomes three */
	char *clean = mem_new(room + 1, 1);
	uint32_t code_point;

	for (; (bytes = text_next(s, length, &code_point)); s += bytes, length -= bytes) {
		bool replace = is_unsafe(code_point) || code_point == REPLACEMENT;
		size_t adds = replace ? sizeof bad - 1 : bytes;

		if (used + adds > room)
			break;
		memcpy(clean + used, replace ? bad : s, adds);
		used += adds;
	}
	return clean;
}

static bool begins_with(const char *s, size_t left, const char *needle, size_t needle_left)
{
	size_t bytes, needle_bytes;
	uint32_t a, b;

	while ((needle_bytes = text_next(needle, needle_left, &b))) {
		bytes = text_next(s, left, &a);
		if (!bytes || towlower((wint_t)a) != towlower((wint_t)b))
			return false;
		s += bytes, left -= bytes;
		needle += needle_bytes, needle_left -= needle_bytes;
	}
	return true;
}

bool text_contains(const char *haystack, const char *needle)
{
	size_t left = strlen(haystack), needle_left = strlen(needle), bytes;
	uint32_t code_point;

	for (;; haystack += bytes, left -= bytes) {
		if (begins_with(haystack, left, needle, needle_left))
			return true;
		bytes = text_next(haystack, left, &code_point);
		if (!bytes)
			return false;
	}
}

int text_distance(const char *a, const char *b)
{
	enum { LONGEST = 100 };
	size_t length_a = strlen(a), length_b = strlen(b);
	int row[LONGEST + 1];

	if (length_a > LONGEST || length_b > LONGEST)
		return INT_MAX;
	for (size_t i = 0; i <= length_b; i++)
		row[i] = (int)i;
	for (size_t i = 1; i <= length_a; i++) {
		int before = row[0];   /* row i - 1, column k - 1 */

		row[0] = (int)i;
		for (size_t k = 1; k <= length_b; k++) {
			int changed = before + (a[i - 1] != b[k - 1]);
			int least = row[k] < row[k - 1] ? row[k] : row[k - 1];

			before = row[k];
			row[k] = changed < least + 1 ? changed : least + 1;
		}
	}
	return row[length_b];
}

char *text_shell(const char *text)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:";
	char *word, *end;

	if (*text && *text != '-' && strspn(text, safe) == strlen(text))
		return mem_strdup(text);
	word = mem_new(4 * strlen(text) + 3, 1);
	end = stpcpy(word, "'");
	for (; *text; text++)
		if (*text == '\'')
			end = stpcpy(end, "'\\''");
		else
			*end++ = *text;
	strcpy(end, "'");
	return word;
}
