/* SPDX-License-Identifier: MIT */
/* Browser, saved progress and records, on a real file system. */
#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session.h"
#include "sys/browser.h"
#include "sys/files.h"
#include "sys/progress.h"
#include "sys/records.h"

static struct session session;

static void begin(void)
{
	session_start(&session, SESSION_ABSENT);
}

static void done(void)
{
	session_stop(&session);
}

TestSuite(files, .init = begin, .fini = done, .timeout = 60);
TestSuite(browser, .init = begin, .fini = done, .timeout = 60);

static enum fault_code settle(struct browser *browser)
{
	enum fault_code code;

	while (!browser_settled(browser, &code))
		poll(NULL, 0, 20);
	browser_free(browser);
	return code;
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	cr_assert(file);
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
}

Test(browser, gives_the_address__whole)
{
	static const char address[] = "https://dashboard.stripe.com/apikeys/create?name=a%20b&permissions%5B%5D=x'y";
	char script[128], said[128], line[256], text[256];
	FILE *file;

	snprintf(script, sizeof script, "%s/browser", session.folder);
	snprintf(said, sizeof said, "%s/said", session.folder);
	snprintf(text, sizeof text, "#!/bin/sh\nprintf '%%s|%%s' \"$#\" \"$1\" >%s\n", said);
	write_file(script, text, 0700);
	setenv("BROWSER", script, 1);
	cr_assert_eq(settle(browser_open(address, NULL)), FAULT_NONE);
	file = fopen(said, "r");
	cr_assert(file && fgets(line, sizeof line, file));
	fclose(file);
	cr_assert_str_eq(line + 2, address);
	cr_assert_eq(line[0], '1');
}

Test(browser, says_so__when_it_fails)
{
	setenv("BROWSER", "/bin/false", 1);
	cr_assert_eq(settle(browser_open("https://dashboard.stripe.com/", NULL)), FAULT_BROWSER);
}

Test(browser, says_so__when_there_is_none)
{
	struct fault fault;

	cr_assert_null(browser_open("https://dashboard.stripe.com/", &fault));
	cr_assert_eq(fault.code, FAULT_BROWSER);
}

Test(files, progress__comes_back_and_is_private)
{
	json_t *json = json_pack("{s:s}", "step", "name"), *again;
	char *path = files_path(FILES_STATE, "progress.json");
	struct fault fault;
	struct stat status;

	cr_assert_eq(progress_save("progress.json", json, &fault), FAULT_NONE);
	again = progress_load("progress.json", &fault);
	cr_assert(json_equal(json, again));
	cr_assert(!stat(path, &status));
	cr_assert_eq(status.st_mode & 0777, 0600);
	progress_forget("progress.json");
	cr_assert_null(progress_load("progress.json", &fault));
	cr_assert_eq(fault.code, FAULT_NONE);
	json_decref(json), json_decref(again);
	free(path);
}

Test(files, progress__that_is_broken_is_set_aside)
{
	static const char *const broken[] = { "", "{", "\0\1\2", "[1,2", "{\"a\":1}{\"b\":2}", "\xff\xfe" };
	char *path = files_path(FILES_STATE, "progress.json"), *aside = files_path(FILES_STATE, "progress.broken");
	json_t *json = json_object();
	struct fault fault;

	cr_assert_eq(progress_save("progress.json", json, &fault), FAULT_NONE);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		write_file(path, broken[i], 0600);
		cr_assert_null(progress_load("progress.json", &fault));
		cr_assert_eq(fault.code, FAULT_FILE_BROKEN, "%zu", i);
		cr_assert_eq(access(path, F_OK), -1);
		cr_assert_eq(access(aside, F_OK), 0);
	}
	json_decref(json);
	free(path), free(aside);
}

Test(files, progress__has_a_file_for_each_guide)
{
	char *files[] = { progress_file("create", NULL, MODE_TEST), progress_file("replace", "a/b", MODE_TEST),
			  progress_file("replace", "a/b", MODE_LIVE), progress_file("remove", "a/b", MODE_TEST) };
	enum { COUNT = sizeof files / sizeof *files };
	struct fault fault;

	cr_assert_null(progress_latest());
	for (int i = 0; i < COUNT; i++) {
		json_t *json = json_pack("{s:i}", "number", i);
		char *latest;

		cr_assert_eq(progress_save(files[i], json, &fault), FAULT_NONE);
		latest = progress_latest();
		cr_assert_str_eq(latest, files[i]);
		free(latest);
		json_decref(json);
		poll(NULL, 0, 20);   /* the clock of files is not that fine */
	}
	progress_set_aside(files[3]);
	for (int i = COUNT - 2; i >= 0; i--) {
		char *latest = progress_latest();
		json_t *json = progress_load(latest, &fault);

		cr_assert_str_eq(latest, files[i]);
		cr_assert_eq(json_integer_value(json_object_get(json, "number")), i);
		progress_forget(latest);
		json_decref(json);
		free(latest);
	}
	cr_assert_null(progress_latest());
	for (int i = 0; i < COUNT; i++)
		free(files[i]);
}

Test(files, a_link__is_not_followed)
{
	char *path = files_path(FILES_STATE, "progress.json");
	json_t *json = json_pack("{s:s}", "a", "b");
	struct fault fault;

	cr_assert_eq(progress_save("progress.json", json, &fault), FAULT_NONE);
	unlink(path);
	cr_assert(!symlink("/etc/hostname", path));
	cr_assert_null(progress_load("progress.json", &fault));
	json_decref(json);
	free(path);
}

/* So many times CHARACTER, and END; the caller's. */
static char *long_name(int times, const char *character, const char *end)
{
	char *name = calloc((size_t)times * strlen(character) + strlen(end) + 1, 1);

	cr_assert(name);
	for (int i = 0; i < times; i++)
		strcat(name, character);
	return strcat(name, end);
}

static void assert_kept(const char *name, const char *ends)
{
	struct record record;

	cr_assert_eq(records_load(name, MODE_TEST, &record, NULL), FAULT_NONE, "%s", name);
	cr_assert_str_eq(plan_name(record.plan), name);
	cr_assert_str_eq(record.ends, ends);
	record_done(&record);
}

static void keep(const char *name, const char *ends)
{
	struct record record;

	record_init(&record);
	plan_set_name(record.plan, name);
	strcpy(record.ends, ends);
	cr_assert_eq(records_save(&record, NULL), FAULT_NONE, "%s", name);
	record_done(&record);
}

/* In %XX it would be longer than the name of a file may be. */
Test(files, a_record__comes_back_whatever_the_length_of_its_name)
{
	char *names[] = { long_name(80, "請", ""), long_name(79, "請", "求"), long_name(80, "ع", ""),
			  long_name(80, "😀", ""), long_name(80, "請", " (old)"), long_name(80, "😀", " (old 12)") };
	enum { COUNT = sizeof names / sizeof *names };
	struct record record;

	for (size_t i = 0; i < COUNT; i++)
		keep(names[i], i % 2 ? "b2c3" : "a1b2");
	for (size_t i = 0; i < COUNT; i++)
		assert_kept(names[i], i % 2 ? "b2c3" : "a1b2");
	records_forget(names[0], MODE_TEST);
	cr_assert_eq(records_load(names[0], MODE_TEST, &record, NULL), FAULT_NOT_FOUND);
	record_done(&record);
	assert_kept(names[1], "b2c3");
	for (size_t i = 0; i < COUNT; i++)
		free(names[i]);
}

/* The longest that is kept under its whole name, as it always was; one more byte, and it is not. */
Test(files, a_record__keeps_its_files_name__while_there_is_room)
{
	char *whole = long_name(26, "請", "aaaaaaa"), *longer = long_name(26, "請", "aaaaaaaa");
	char *code = long_name(26, "%E8%AB%8B", "aaaaaaa"), file[300], *path;

	keep(longer, "b2c3");
	keep(whole, "a1b2");
	assert_kept(longer, "b2c3");
	assert_kept(whole, "a1b2");
	cr_assert_eq(snprintf(file, sizeof file, "keys/test-%s.json", code), 5 + 255 - 4);
	path = files_path(FILES_DATA, file);
	cr_assert_eq(access(path, F_OK), 0);
	free(whole), free(longer), free(code), free(path);
}

/* As where two names had one hash. */
Test(files, a_record__of_another_key__is_not_taken_for_it)
{
	char *reports = files_path(FILES_DATA, "keys/test-reports.json");
	char *sync = files_path(FILES_DATA, "keys/test-sync.json");
	struct record record;

	keep("reports", "a1b2");
	cr_assert(!rename(reports, sync));
	cr_assert_eq(records_load("sync", MODE_TEST, &record, NULL), FAULT_NOT_FOUND);
	cr_assert_str_empty(record.ends);
	record_done(&record);
	records_forget("sync", MODE_TEST);
	cr_assert_eq(access(sync, F_OK), 0);
	free(reports), free(sync);
}

Test(files, a_record__that_is_broken__is_forgotten)
{
	char *path = files_path(FILES_DATA, "keys/test-reports.json");

	keep("reports", "a1b2");
	write_file(path, "{", 0600);
	records_forget("reports", MODE_TEST);
	cr_assert_eq(access(path, F_OK), -1);
	free(path);
}

Test(files, a_record__comes_back_whatever_its_name)
{
	static const char *const names[] = { "reports", "../../x", "Größe / \"x\"", "%2e%2e", "." };
	struct record record, again;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		record_init(&record);
		plan_set_name(record.plan, names[i]);
		strcpy(record.ends, "a1b2");
		record_time(record.created, 1700000000);
		cr_assert_eq(records_save(&record, NULL), FAULT_NONE);
		cr_assert_eq(records_load(names[i], MODE_TEST, &again, NULL), FAULT_NONE);
		cr_assert_str_eq(plan_name(again.plan), names[i]);
		cr_assert_str_eq(again.created, "2023-11-14T22:13:20Z");
		record_done(&again);
		cr_assert_eq(records_load(names[i], MODE_LIVE, &again, NULL), FAULT_NOT_FOUND);
		record_done(&again);
		record_done(&record);
	}
}
