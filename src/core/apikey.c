/* SPDX-License-Identifier: MIT */
/*
 * What kind of text is this? All work is done in the locked page it came in and
 * in a second one: no byte of a key touches ordinary memory, but the last four
 * characters.
 */
#include "core/apikey.h"

#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum {
	BODY_MIN = 16, BODY_MAX = 255,       /* what is accepted: the length is not promised by Stripe */
	BODY_USUAL_MIN = 24, BODY_USUAL_MAX = 120,
	LENGTH_NOW = 107                     /* of keys made since 2024: the only length at which joining is certain */
};

struct prefix {
	const char *text;
	enum apikey_kind kind;
	bool has_mode;
	enum mode mode;
};

/* Longer ones first where one begins another. */
static const struct prefix prefixes[] = {
	{ "rk_test_", APIKEY_RESTRICTED, true, MODE_TEST },
	{ "rk_live_", APIKEY_RESTRICTED, true, MODE_LIVE },
	{ "rkcs_test_", APIKEY_CLAIMABLE, true, MODE_TEST },
	{ "sk_org_", APIKEY_ORGANISATION, false, MODE_TEST },
	{ "sk_test_", APIKEY_SECRET, true, MODE_TEST },
	{ "sk_live_", APIKEY_SECRET, true, MODE_LIVE },
	{ "pk_test_", APIKEY_PUBLISHABLE, true, MODE_TEST },
	{ "pk_live_", APIKEY_PUBLISHABLE, true, MODE_LIVE },
	{ "ek_test_", APIKEY_EPHEMERAL, true, MODE_TEST },
	{ "ek_live_", APIKEY_EPHEMERAL, true, MODE_LIVE },
	{ "whsec_", APIKEY_WEBHOOK, false, MODE_TEST },
	{ "mk_", APIKEY_ID, false, MODE_TEST },
	{ "oak_", APIKEY_CLI, false, MODE_TEST },
};

enum { PREFIX_COUNT = sizeof prefixes / sizeof *prefixes };

/* A stretch of the locked page. */
struct piece {
	const char *text;
	size_t length;
};

static bool begins(struct piece piece, const char *with)
{
	size_t length = strlen(with);

	return piece.length >= length && !memcmp(piece.text, with, length);
}

static const struct prefix *prefix_of(struct piece piece)
{
	for (size_t i = 0; i < PREFIX_COUNT; i++)
		if (begins(piece, prefixes[i].text))
			return &prefixes[i];
	return NULL;
}

static bool is_body(char byte)
{
	return isascii((unsigned char)byte) && isalnum((unsigned char)byte);
}

static size_t body_length(struct piece piece)
{
	size_t length = 0;

	while (length < piece.length && is_body(piece.text[length]))
		length++;
	return length;
}

static struct piece rest(struct piece piece, size_t skip)
{
	return (struct piece){ piece.text + skip, piece.length - skip };
}

/* ---- taking off what pasting adds ---- */

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0xA0 || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x2060 || c == 0xFEFF;
}

static bool is_quote(uint32_t c)
{
	return c == '"' || c == '\'' || c == '`' || c == '<' || c == '>' || c == '(' || c == ')' || c == 0xAB ||
	       c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A || c == 0x300C || c == 0x300D;
}

/* Bytes of the escape sequence, or of a paste mark that has lost its escape, that begins PIECE; 0: none does. */
static size_t mark_length(struct piece piece)
{
	size_t at = 2;

	if (begins(piece, "[200~") || begins(piece, "[201~"))
		return 5;
	if (!piece.length || piece.text[0] != '\033')
		return 0;
	if (piece.length < 2 || piece.text[1] != '[')
		return 1;
	while (at < piece.length && (piece.text[at] < '@' || piece.text[at] > '~'))
		at++;
	return at < piece.length ? at + 1 : at;
}

/* Copies TEXT without marks into OUT; every blank becomes one ' '. */
static void normalise(struct piece from, struct secret *out, unsigned *tidied)
{
	uint32_t code_point;
	size_t bytes;

	while (from.length) {
		bytes = mark_length(from);
		if (bytes) {
			*tidied |= APIKEY_TIDIED_MARKS;
		} else {
			bytes = text_next(from.text, from.length, &code_point);
			if (is_blank(code_point))
				secret_append(out, " ", 1);
			else
				secret_append(out, from.text, bytes);
		}
		from = rest(from, bytes);
	}
}

static struct piece trim_blanks(struct piece piece, unsigned *tidied)
{
	size_t before = piece.length;

	while (piece.length && *piece.text == ' ')
		piece = rest(piece, 1);
	while (piece.length && piece.text[piece.length - 1] == ' ')
		piece.length--;
	if (piece.length != before)
		*tidied |= APIKEY_TIDIED_BLANKS;
	return piece;
}

static struct piece trim_quotes(struct piece piece, unsigned *tidied)
{
	size_t before = piece.length, bytes, last;
	uint32_t code_point;

	while ((bytes = text_next(piece.text, piece.length, &code_point)) && is_quote(code_point))
		piece = rest(piece, bytes);
	while (piece.length) {
		for (last = piece.length - 1; last && (piece.text[last] & 0xC0) == 0x80; last--)
			;
		text_next(piece.text + last, piece.length - last, &code_point);
		if (!is_quote(code_point) && code_point != ';' && code_point != ',')
			break;
		piece.length = last;
	}
	if (piece.length != before)
		*tidied |= APIKEY_TIDIED_QUOTES;
	return piece;
}

/* "NAME=", "NAME:", "export ", "Authorization: Bearer ": a word that is no key, before one. */
static struct piece trim_name(struct piece piece, unsigned *tidied)
{
	size_t length = 0;

	if (prefix_of(piece))
		return piece;
	while (length < piece.length && (is_body(piece.text[length]) || strchr("_-.", piece.text[length])))
		length++;
	if (!length || length == piece.length || !strchr("=: ", piece.text[length]))
		return piece;
	if (piece.text[length] == ' ' && !begins(piece, "export ") && !begins(piece, "Bearer ") &&
	    !begins(piece, "bearer ") && !begins(piece, "set "))
		return piece;
	*tidied |= APIKEY_TIDIED_NAME;
	return rest(piece, length + 1);
}

static struct piece trim(struct piece piece, unsigned *tidied)
{
	size_t before;

	do {
		before = piece.length;
		piece = trim_blanks(piece, tidied);
		piece = trim_quotes(piece, tidied);
		piece = trim_name(piece, tidied);
	} while (piece.length != before);
	return piece;
}

/* ---- what is left ---- */

/* The next word of *LEFT, or a length of 0. */
static struct piece next_word(struct piece *left)
{
	struct piece word;

	while (left->length && *left->text == ' ')
		*left = rest(*left, 1);
	word = *left;
	word.length = 0;
	while (word.length < left->length && word.text[word.length] != ' ')
		word.length++;
	*left = rest(*left, word.length);
	return word;
}

static bool same(struct piece a, struct piece b)
{
	return a.length == b.length && !memcmp(a.text, b.text, a.length);
}

/* How many different words begin like a key; *FIRST is one of them. */
static size_t count_keys(struct piece text, struct piece *first)
{
	struct piece word;
	size_t count = 0;

	while ((word = next_word(&text)).length) {
		unsigned ignored = 0;

		word = trim(word, &ignored);
		if (!prefix_of(word))
			continue;
		if (!count)
			*first = word;
		count += !count || !same(word, *first);
	}
	return count;
}

static bool has_mask(struct piece body)
{
	uint32_t code_point;
	size_t bytes;

	for (; (bytes = text_next(body.text, body.length, &code_point)); body = rest(body, bytes))
		if (code_point == '*' || code_point == '.' || code_point == 0x2026 || code_point == 0x2022 ||
		    code_point == 0xB7 || code_point == 0x25CF || code_point == 0x22EF)
			return true;
	return false;
}

/* Joins what blanks and line breaks have torn apart, in place; only where the length makes it certain. */
static bool join(struct secret *scratch, struct piece *piece)
{
	char *bytes = secret_reveal(scratch) + (piece->text - secret_reveal(scratch));
	size_t joined = 0;

	for (size_t i = 0; i < piece->length; i++)
		joined += piece->text[i] != ' ';
	if (joined != LENGTH_NOW)
		return false;
	joined = 0;
	for (size_t i = 0; i < piece->length; i++)
		if (piece->text[i] != ' ')
			bytes[joined++] = piece->text[i];
	piece->length = joined;
	return true;
}

static enum apikey_kind kind_of_body(enum apikey_kind kind, struct piece body)
{
	if (has_mask(body))
		return APIKEY_MASKED;
	if (!apikey_is_wanted(kind))
		return kind;
	if (body_length(body) != body.length)
		return APIKEY_BROKEN;
	if (body.length < BODY_MIN)
		return APIKEY_TRUNCATED;
	return body.length > BODY_MAX ? APIKEY_TOO_LONG : kind;
}

static void judge(struct piece piece, const struct prefix *prefix, struct apikey *key)
{
	struct piece body = rest(piece, strlen(prefix->text));

	key->kind = kind_of_body(prefix->kind, body);
	key->mode = prefix->mode;
	key->has_mode = prefix->has_mode;
	key->length = piece.length;
	if (!apikey_is_wanted(key->kind))
		return;
	key->unusual_length = body.length < BODY_USUAL_MIN || body.length > BODY_USUAL_MAX;
	memcpy(key->ends, piece.text + piece.length - 4, 4);
}

/* Looks at what is left; *PIECE is the key itself afterwards, where there is one. */
static void look(struct secret *scratch, struct piece *piece, struct apikey *key)
{
	struct piece first = *piece;
	size_t keys = count_keys(*piece, &first);
	const struct prefix *prefix = prefix_of(*piece);

	key->kind = APIKEY_OTHER;
	if (!piece->length) {
		key->kind = APIKEY_EMPTY;
	} else if (keys > 1) {
		key->kind = APIKEY_TWO;
	} else if (prefix && memchr(piece->text, ' ', piece->length) && join(scratch, piece)) {
		key->tidied |= APIKEY_TIDIED_BREAKS;
		judge(*piece, prefix, key);
	} else if (prefix && memchr(piece->text, ' ', piece->length) && apikey_is_wanted(prefix->kind) &&
		   first.length != LENGTH_NOW) {
		key->kind = APIKEY_BROKEN;
	} else if (keys == 1) {   /* one key, perhaps with words around it */
		if (first.length != piece->length)
			key->tidied |= APIKEY_TIDIED_NAME;
		*piece = first;
		judge(*piece, prefix_of(first), key);
	} else if (begins(*piece, "http://") || begins(*piece, "https://")) {
		key->kind = APIKEY_LINK;
	} else if (has_mask(*piece) && (begins(*piece, "rk_") || begins(*piece, "sk_"))) {
		key->kind = APIKEY_MASKED;
	}
}

struct apikey apikey_read(struct secret *text)
{
	struct secret *scratch = secret_new(secret_room(text));
	struct apikey key = { .kind = APIKEY_OTHER };
	struct piece piece = { secret_reveal(text), secret_length(text) };

	normalise(piece, scratch, &key.tidied);
	piece = (struct piece){ secret_reveal(scratch), secret_length(scratch) };
	piece = trim(piece, &key.tidied);
	look(scratch, &piece, &key);
	if (apikey_is_wanted(key.kind)) {
		secret_wipe(text);
		secret_append(text, piece.text, piece.length);
	}
	secret_free(scratch);
	return key;
}

bool apikey_is_wanted(enum apikey_kind kind)
{
	return kind == APIKEY_RESTRICTED || kind == APIKEY_CLAIMABLE;
}

bool apikey_is_in(const char *text)
{
	enum { ENOUGH = 8 };   /* characters after the prefix: "rk_test_key" is a name, not a key */

	for (; *text; text++) {
		struct piece here = { text, strlen(text) };
		const struct prefix *prefix = prefix_of(here);

		if (prefix && prefix->kind != APIKEY_ID && prefix->kind != APIKEY_CLI &&
		    body_length(rest(here, strlen(prefix->text))) >= ENOUGH)
			return true;
	}
	return false;
}

/* ---- words ---- */

struct words {
	const char *slug, *what, *advice;
};

static const struct words words[APIKEY_KIND_COUNT] = {
	[APIKEY_EMPTY] = { "empty", N_("Nothing arrived."), N_("Copy the key in Stripe and paste it here.") },
	[APIKEY_RESTRICTED] = { "restricted", N_("This is a restricted key."), N_("That is the right kind.") },
	[APIKEY_CLAIMABLE] = { "claimable", N_("This is a restricted key of a claimable sandbox."),
		N_("It works until the sandbox ends, after seven days.") },
	[APIKEY_SECRET] = { "secret",
		N_("This is a secret key (sk_). It can do everything in your account, so keyguide does not take it."),
		N_("It was on your clipboard: in Stripe choose \"Rotate key\" (or \"Roll key\") for it soon. Then copy the "
		   "restricted key, which begins with rk_.") },
	[APIKEY_PUBLISHABLE] = { "publishable",
		N_("This is a publishable key (pk_). It is made for web pages and can read nothing."),
		N_("Copy the restricted key instead. It begins with rk_.") },
	[APIKEY_ORGANISATION] = { "organisation",
		N_("This is a key for a whole organisation (sk_org_), so keyguide does not take it."),
		N_("Open one account of the organisation in Stripe and make a restricted key there.") },
	[APIKEY_WEBHOOK] = { "webhook",
		N_("This is a signing secret for notifications (whsec_), not a key."),
		N_("Go to the API keys page and copy the restricted key. It begins with rk_.") },
	[APIKEY_ID] = { "id",
		N_("This is only the number of a key (mk_), not the key."),
		N_("Click the key itself in Stripe to copy it. It begins with rk_.") },
	[APIKEY_EPHEMERAL] = { "ephemeral",
		N_("This is a short-lived key for apps (ek_)."),
		N_("Copy the restricted key instead. It begins with rk_.") },
	[APIKEY_CLI] = { "cli",
		N_("This belongs to Stripe's command-line program (oak_)."),
		N_("Copy the restricted key instead. It begins with rk_.") },
	[APIKEY_MASKED] = { "masked",
		N_("This is a hidden copy: its middle is dots or stars."),
		N_("In Stripe click the key, or \"Reveal\", so that the whole key is copied.") },
	[APIKEY_TRUNCATED] = { "truncated",
		N_("The key is cut off: most of it is missing."),
		N_("Copy it again in Stripe with one click on it, not by marking it.") },
	[APIKEY_TOO_LONG] = { "too-long",
		N_("This begins like a key, but goes on for far too long."),
		N_("Copy only the key, with one click on it in Stripe.") },
	[APIKEY_TWO] = { "two",
		N_("There is more than one key in this."),
		N_("Copy only the new restricted key, with one click on it in Stripe.") },
	[APIKEY_BROKEN] = { "broken",
		N_("This begins like a key, but something in it does not belong there."),
		N_("Copy it again in Stripe with one click on it, not by marking it.") },
	[APIKEY_LINK] = { "link", N_("This is a web address, not a key."),
		N_("Copy the key itself in Stripe. It begins with rk_.") },
	[APIKEY_OTHER] = { "other", N_("This is not a Stripe key."),
		N_("Copy the key in Stripe once more. It begins with rk_.") },
};

const char *apikey_slug(enum apikey_kind kind)
{
	return words[kind].slug;
}

const char *apikey_what(enum apikey_kind kind)
{
	return _(words[kind].what);
}

const char *apikey_advice(enum apikey_kind kind)
{
	return _(words[kind].advice);
}
