/* SPDX-License-Identifier: MIT */
/* The language: gettext over whatever UTF-8 locale there is. */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/charset.h"

const char *i18n_context(const char *with_context, const char *text)
{
	const char *translated = gettext(with_context);

	return translated == with_context ? text : translated;
}

const char *i18n_locale_name(const char *category)
{
	const char *const names[] = { "LC_ALL", category, "LANG" };
	const char *value = NULL;

	for (size_t i = 0; i < sizeof names / sizeof *names && (!value || !*value); i++)
		value = getenv(names[i]);
	return value ? value : "";
}

/* "de_DE.UTF-8" of a locale that is not installed still says which language: "de_DE:de". */
static void language_from_locale_name(void)
{
	const char *value = i18n_locale_name("LC_MESSAGES");
	char language[32];
	size_t whole, first;

	if (!*value || !strcmp(value, "C") || !strcmp(value, "POSIX") || !strncmp(value, "C.", 2))
		return;
	whole = strcspn(value, ".@");
	first = strcspn(value, "_.@");
	if (whole > 12)
		return;
	snprintf(language, sizeof language, "%.*s:%.*s", (int)whole, value, (int)first, value);
	setenv("LANGUAGE", language, 0);
}

/* Two categories, not LC_ALL: each costs a file at start, and nothing here sorts, counts money or names months. */
static void choose_locale(bool asked)
{
	bool found = setlocale(LC_CTYPE, "") && setlocale(LC_MESSAGES, "");
	const char *messages = setlocale(LC_MESSAGES, NULL);

	if (!found)
		language_from_locale_name();
	if (strcmp(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
	/* gettext does not look at LANGUAGE in the locale "C". */
	if (!found || (asked && (!strcmp(messages, "C") || !strcmp(messages, "POSIX"))))
		setlocale(LC_MESSAGES, "C.UTF-8");
}

void i18n_start(const char *code)
{
	extern int _nl_msg_cat_cntr;

	if (code)
		setenv("LANGUAGE", code, 1);
	choose_locale(code != NULL);
	bindtextdomain("keyguide", LOCALEDIR);
	bind_textdomain_codeset("keyguide", "UTF-8");
	textdomain("keyguide");
	_nl_msg_cat_cntr++;   /* texts already looked up are looked up again */
}

void i18n_date(char out[I18N_DATE_SIZE], const char *iso)
{
	int year, month, day;

	*out = '\0';
	if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) == 3)
		/* TRANSLATORS: year, month and day, in the order that is usual for you: "%3$d.%2$d.%1$d" */
		snprintf(out, I18N_DATE_SIZE, C_("date", "%1$04d-%2$02d-%3$02d"), year, month, day);
}

/* Those of po/LINGUAS, and English. A name in its own language needs no translation. */
static const struct language known[] = {
	{ "en", "English" }, { "ar", "العربية" }, { "de", "Deutsch" }, { "es", "Español" }, { "fr", "Français" },
	{ "it", "Italiano" }, { "ja", "日本語" }, { "ko", "한국어" }, { "nl", "Nederlands" }, { "pl", "Polski" },
	{ "pt_BR", "Português (Brasil)" }, { "tr", "Türkçe" }, { "zh_CN", "简体中文" },
};

enum { KNOWN_COUNT = sizeof known / sizeof *known };

static bool is_installed(const char *code)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/keyguide.mo", LOCALEDIR, code);
	return !access(path, R_OK);
}

const char *i18n_match(const char *code)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
	size_t first = strcspn(code, "_-.@");

	if (*code && strspn(code, letters) == strlen(code) && is_installed(code))
		return code;
	for (size_t i = 0; first && i < KNOWN_COUNT; i++)
		if (!strncasecmp(known[i].code, code, first) && strcspn(known[i].code, "_") == first &&
		    (!i || is_installed(known[i].code)))
			return known[i].code;
	return NULL;
}

/* The head of a catalogue, which is the translation of nothing, says so. */
bool i18n_speaks(const char *code)
{
	static const char nothing[] = "";
	const char *said = strstr(gettext(nothing), "Language: ");
	size_t length = strlen(code);

	return said ? !strncmp(said + 10, code, length) && said[10 + length] == '\n' : !strcmp(code, "en");
}

size_t i18n_languages(const struct language *languages[], size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < KNOWN_COUNT && count < room; i++)
		if (!i || (is_installed(known[i].code) && charset_shows(known[i].name)))
			languages[count++] = &known[i];
	return count;
}
