/* SPDX-License-Identifier: MIT */
/*
 * A Dashboard link, as many tools publish, → a plan. The text comes from
 * anywhere: only Stripe's own host over https is believed, every byte is looked
 * at, and what is not understood refuses the whole.
 */
#include "core/link.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/apikey.h"

enum { LINK_MAX_BYTES = 16 * 1024, REDIRECTS_MAX = 2, ODD_MAX = 64 };

void link_init(struct link *link)
{
	*link = (struct link){ .plan = plan_new() };
}

void link_done(struct link *link)
{
	for (size_t i = 0; i < link->odd_count; i++)
		free(link->odd[i].name);
	free(link->odd);
	plan_free(link->plan);
	*link = (struct link){ 0 };
}

/* ---- escapes ---- */

static int hex(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = digit ? strchr(digits, tolower((unsigned char)digit)) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* TEXT (LENGTH bytes) with its escapes undone; the caller's. NULL: a bad escape, or one for a control character. */
static char *decoded(const char *text, size_t length)
{
	char *out = mem_new(length + 1, 1);
	size_t end = 0;

	for (size_t i = 0; i < length; i++) {
		int byte = text[i] == '+' ? ' ' : (unsigned char)text[i];

		if (text[i] == '%') {
			int high = i + 2 < length ? hex(text[i + 1]) : -1, low = high >= 0 ? hex(text[i + 2]) : -1;

			byte = low < 0 ? -1 : 16 * high + low;
			i += 2;
		}
		if (byte < 0x20 || byte == 0x7f) {
			free(out);
			return NULL;
		}
		out[end++] = (char)byte;
	}
	return out;
}

/* ---- the query ---- */

/* False: there are so many that this is no list somebody made. */
static bool add_odd(struct link *link, const char *text, const struct name *name)
{
	char *clean = text_clean(text, CATALOGUE_NAME_SIZE);

	for (size_t i = 0; i < link->odd_count; i++)
		if (!strcmp(link->odd[i].name, clean)) {
			free(clean);
			return true;
		}
	if (link->odd_count == ODD_MAX) {
		free(clean);
		return false;
	}
	link->odd = mem_resize(link->odd, link->odd_count + 1, sizeof *link->odd);
	link->odd[link->odd_count++] = (struct link_name){ clean, name->kind == NAME_MISLEADING, name->use };
	return true;
}

static bool grant(struct link *link, const char *text, bool connect)
{
	struct name name = catalogue_look_up(text);

	return plan_grant(link->plan, &name, connect) || add_odd(link, text, &name);
}

/* "permissions[]", "permissions[3]" or plain "permissions". */
static bool is_list(const char *field, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(field, name, length))
		return false;
	field += length;
	if (!*field)
		return true;
	if (*field++ != '[')
		return false;
	return !strcmp(field + strspn(field, "0123456789"), "]");
}

static enum link_verdict take_field(struct link *link, const char *field, const char *value)
{
	if (!strcmp(field, "name")) {
		if (apikey_is_in(value) || !text_is_utf8(value, strlen(value)))
			return LINK_ODD;
		plan_set_name(link->plan, value);
	} else if (is_list(field, "permissions")) {
		return grant(link, value, false) ? LINK_OK : LINK_ODD;
	} else if (is_list(field, "connectPermissions") || is_list(field, "connect_permissions")) {
		return grant(link, value, true) ? LINK_OK : LINK_ODD;
	}
	return LINK_OK;
}

static enum link_verdict take_pair(struct link *link, const char *pair, size_t length)
{
	const char *equals = memchr(pair, '=', length);
	size_t name_length = equals ? (size_t)(equals - pair) : length;
	char *field = decoded(pair, name_length);
	char *value = equals ? decoded(equals + 1, length - name_length - 1) : mem_strdup("");
	enum link_verdict verdict = field && value ? take_field(link, field, value) : LINK_ODD;

	free(field);
	free(value);
	return verdict;
}

static enum link_verdict take_query(struct link *link, const char *query)
{
	enum link_verdict verdict = LINK_OK;

	while (*query && *query != '#' && verdict == LINK_OK) {
		size_t length = strcspn(query, "&#");

		verdict = length ? take_pair(link, query, length) : LINK_OK;
		query += length + (query[length] == '&');
	}
	return verdict;
}

/* ---- the page ---- */

static const char *past(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) ? NULL : text + strlen(start);
}

/* "/acct_X" in front of a page means one of several accounts. */
static const char *past_account(const char *path)
{
	const char *rest = past(path, "/acct_");

	return rest ? rest + strcspn(rest, "/?#") : path;
}

static enum link_verdict read_page(struct link *link, const char *path, int redirects);

/* The page to sign in on, which leads to the right one; often encoded twice. */
static enum link_verdict read_redirect(struct link *link, const char *query, int redirects)
{
	const char *value = past(query, "redirect=");
	char *once = value && redirects ? decoded(value, strcspn(value, "&#")) : NULL;
	char *twice = once && *once == '%' ? decoded(once, strlen(once)) : mem_strdup(once);
	const char *path = twice ? past(twice, "https://dashboard.stripe.com") : NULL;
	enum link_verdict verdict = once ? LINK_ODD : LINK_OTHER_PAGE;

	if (!path)
		path = twice;
	/* "//" would be another host. */
	if (path && path[0] == '/' && path[1] != '/')
		verdict = read_page(link, path, redirects - 1);
	free(once);
	free(twice);
	return verdict;
}

static enum link_verdict read_page(struct link *link, const char *path, int redirects)
{
	const char *page = past(path, "/login?"), *rest;
	enum mode mode = MODE_LIVE;

	if (page)
		return read_redirect(link, page, redirects);
	page = past_account(path);
	rest = past(page, "/test/");
	if (rest) {
		mode = MODE_TEST;
		page = rest - 1;
	}
	page = past(page, "/apikeys/create");
	if (!page)
		return LINK_OTHER_PAGE;
	page += *page == '/';
	if (*page && *page != '?' && *page != '#')
		return LINK_OTHER_PAGE;
	plan_set_mode(link->plan, mode);
	return *page == '?' ? take_query(link, page + 1) : LINK_OK;
}

/* ---- the address ---- */

/* Blanks, controls and bytes that are not UTF-8 have no place in an address. */
static bool is_clean(const char *text)
{
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at <= 0x20 || *at == 0x7f || strchr("\\\"<>`", *at))
			return false;
	return text_is_utf8(text, strlen(text));
}

static enum link_verdict read_address(struct link *link, const char *text)
{
	static const char secure[] = "https://", plain[] = "http://", host[] = "dashboard.stripe.com";
	size_t length;

	if (!strncasecmp(text, plain, strlen(plain)))
		return LINK_NOT_SECURE;
	if (!strncasecmp(text, secure, strlen(secure)))
		text += strlen(secure);
	length = strcspn(text, "/?#");
	if (memchr(text, '@', length) || length != strlen(host) || strncasecmp(text, host, length))
		return LINK_OTHER_HOST;
	return read_page(link, text + length, REDIRECTS_MAX);
}

bool link_looks_like(const char *text)
{
	return strstr(text, "://") || !strncasecmp(text, "dashboard.stripe.com/", 21);
}

enum link_verdict link_read(const char *text, struct link *link)
{
	enum link_verdict verdict;

	link_init(link);
	if (!link_looks_like(text))
		return LINK_NONE;
	if (strlen(text) > LINK_MAX_BYTES)
		return LINK_TOO_LONG;
	verdict = is_clean(text) ? read_address(link, text) : LINK_ODD;
	if (verdict != LINK_OK) {   /* nothing of what was read before is believed */
		link_done(link);
		link_init(link);
	}
	return verdict;
}

const char *link_what(enum link_verdict verdict)
{
	switch (verdict) {
	case LINK_OK:
		return "";
	case LINK_NONE:
		return _("This is no link");
	case LINK_NOT_SECURE:
		return _("This link is not secure: it must begin with https://");
	case LINK_OTHER_HOST:
		return _("This link does not lead to dashboard.stripe.com");
	case LINK_OTHER_PAGE:
		return _("This link leads to another page of Stripe's than the one where keys are made");
	case LINK_TOO_LONG:
		return _("This link is far too long");
	case LINK_ODD:
		return _("There is something in this link that has no place there");
	}
	return "";
}
