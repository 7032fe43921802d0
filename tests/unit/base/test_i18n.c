/* SPDX-License-Identifier: MIT */
/* The language, with no locale installed but C.UTF-8. */
#include <criterion/criterion.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/i18n.h"

static void no_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "LANGUAGE" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

TestSuite(i18n, .init = no_locale);

/* A compiled catalogue with the one message ID → TEXT, as gettext reads it, in FOLDER for LANGUAGE. */
static void write_catalogue(const char *folder, const char *language, const char *id, const char *text)
{
	uint32_t head[7] = { 0x950412DE, 0, 1, 28, 36, 0, 44 };
	uint32_t strings[4] = { (uint32_t)strlen(id), 44, (uint32_t)strlen(text), 44 + (uint32_t)strlen(id) + 1 };
	char path[512];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, language);
	mkdir(path, 0700);
	strcat(path, "/LC_MESSAGES");
	mkdir(path, 0700);
	strcat(path, "/keyguide.mo");
	file = fopen(path, "wb");
	cr_assert_not_null(file);
	fwrite(head, sizeof head, 1, file);
	fwrite(strings, sizeof strings, 1, file);
	fwrite(id, strlen(id) + 1, 1, file);
	fwrite(text, strlen(text) + 1, 1, file);
	fclose(file);
}

static void remove_catalogue(const char *folder, const char *language)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/keyguide.mo", folder, language);
	unlink(path);
	for (int i = 0; i < 2; i++) {
		*strrchr(path, '/') = '\0';
		rmdir(path);
	}
}

Test(i18n, start__makes_text_utf8__in_the_locale_c)
{
	setenv("LC_ALL", "C", 1);
	i18n_start(NULL);
	cr_assert_str_eq(nl_langinfo(CODESET), "UTF-8");
	cr_assert_str_eq(setlocale(LC_MESSAGES, NULL), "C");
	cr_assert_null(getenv("LANGUAGE"));
}

Test(i18n, start__finds_the_language__of_a_locale_that_is_not_installed)
{
	setenv("LANG", "xx_YY.UTF-8", 1);
	i18n_start(NULL);
	cr_assert_str_eq(nl_langinfo(CODESET), "UTF-8");
	cr_assert_str_eq(getenv("LANGUAGE"), "xx_YY:xx");
}

Test(i18n, start__prefers_lc_all__and_drops_the_modifier)
{
	setenv("LANG", "aa_AA.UTF-8", 1);
	setenv("LC_ALL", "xx_YY@euro", 1);
	i18n_start(NULL);
	cr_assert_str_eq(getenv("LANGUAGE"), "xx_YY:xx");
}

Test(i18n, start__leaves_language_alone__when_it_is_set)
{
	setenv("LANGUAGE", "fr", 1);
	setenv("LANG", "xx_YY.UTF-8", 1);
	i18n_start(NULL);
	cr_assert_str_eq(getenv("LANGUAGE"), "fr");
}

Test(i18n, start__survives_a_locale_that_is_no_name)
{
	setenv("LANG", "this-is-not-a-locale-at-all-but-very-long/../../etc", 1);
	i18n_start(NULL);
	cr_assert_str_eq(nl_langinfo(CODESET), "UTF-8");
	cr_assert_null(getenv("LANGUAGE"));
}

Test(i18n, start__translates_and_switches__with_a_code)
{
	char folder[] = "/tmp/keyguide-i18n.XXXXXX";

	cr_assert_not_null(mkdtemp(folder));
	write_catalogue(folder, "xa", "Next", "Weiter");
	write_catalogue(folder, "xb", "Next", "Suivant");
	setenv("LC_ALL", "C", 1);
	i18n_start("xa");
	bindtextdomain("keyguide", folder);
	cr_expect_str_eq(_("Next"), "Weiter");
	i18n_start("xb");
	bindtextdomain("keyguide", folder);
	cr_expect_str_eq(_("Next"), "Suivant");
	i18n_start("en");
	bindtextdomain("keyguide", folder);
	cr_expect_str_eq(_("Next"), "Next");
	remove_catalogue(folder, "xa");
	remove_catalogue(folder, "xb");
	rmdir(folder);
}

Test(i18n, start__translates__for_a_locale_that_is_not_installed)
{
	char folder[] = "/tmp/keyguide-i18n.XXXXXX";

	cr_assert_not_null(mkdtemp(folder));
	write_catalogue(folder, "xa", "Next", "Weiter");
	setenv("LANG", "xa_XA.UTF-8", 1);
	i18n_start(NULL);
	bindtextdomain("keyguide", folder);
	cr_expect_str_eq(_("Next"), "Weiter");
	remove_catalogue(folder, "xa");
	rmdir(folder);
}

Test(i18n, context__is_not_shown__without_a_translation)
{
	i18n_start(NULL);
	cr_assert_str_eq(C_("a key", "live"), "live");
	cr_assert_str_eq(NC_("a key", "live"), "a key\004live");
}

Test(i18n, date__is_the_day__and_nothing_for_what_is_none)
{
	char day[I18N_DATE_SIZE];

	i18n_start("en");
	i18n_date(day, "2026-11-03T10:00:00Z");
	cr_assert_str_eq(day, "2026-11-03");
	i18n_date(day, "2026-11-03");
	cr_assert_str_eq(day, "2026-11-03");
	i18n_date(day, "");
	cr_assert_str_eq(day, "");
	i18n_date(day, "soon");
	cr_assert_str_eq(day, "");
}

Test(i18n, charset__has_letters_or_near_ones)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	cr_expect(charset_shows("日本語"), "a terminal of today");
	setenv("LC_ALL", "de_DE.ISO-8859-1", 1);
	cr_expect(charset_shows("Deutsch für Große"));
	cr_expect(charset_shows("Polski ąęłńśźż"), "near ones");
	cr_expect_not(charset_shows("日本語"));
	cr_expect_not(charset_shows("العربية"));
	setenv("LC_ALL", "ja_JP.EUC-JP", 1);
	cr_expect(charset_shows("日本語"));
	cr_expect_not(charset_shows("简体中文"));
	unsetenv("LC_ALL");
}
