/* SPDX-License-Identifier: MIT */
/* Pages as lines: what is said, what is not said twice, what an answer means. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"
#include "ui/plain.h"

#define QUESTION "Type a number to choose. Enter: Next. <: Back. ?: help.\n"

struct fixture {
	struct page page;
	struct plain *plain;
	struct event event;
	FILE *out;
	char *said;
	size_t said_size;
};

static void begin(struct fixture *f, enum control_kind kind)
{
	setlocale(LC_ALL, "C.UTF-8");
	memset(f, 0, sizeof *f);
	page_init(&f->page);
	pages_write(&f->page, kind, WORDS_SHORT);
	f->out = open_memstream(&f->said, &f->said_size);
	f->plain = plain_new(f->out);
}

static void end(struct fixture *f)
{
	plain_free(f->plain);
	fclose(f->out);
	free(f->said);
	page_done(&f->page);
}

/* What is printed by one plain_show(). */
static const char *show(struct fixture *f)
{
	rewind(f->out);
	plain_show(f->plain, &f->page);
	fputc('\0', f->out);
	fflush(f->out);
	return f->said;
}

static bool answer(struct fixture *f, const char *line)
{
	return plain_answer(f->plain, &f->page, line, &f->event);
}

#define assert_action(f, id) do { \
	cr_assert_eq((f).event.kind, EVENT_ACTION); \
	cr_assert_eq((f).event.action, id); \
} while (0)

Test(plain, says__whole_page)
{
	struct fixture f;
	const char *said;

	begin(&f, CONTROL_CHOICE);
	said = show(&f);
	cr_assert(strstr(said, "Step 4 of 6: What may this key see? (SANDBOX, key \"reporting"));
	cr_assert(strstr(said, "\n1 Charges and Refunds 0: One more sentence"));
	cr_assert(strstr(said, "\n2 (chosen) Charges and Refunds 1"));
	cr_assert(strstr(said, "\n- A login"));
	cr_assert(strstr(said, "\n12. Everything"));
	cr_assert(strstr(said, "\nCareful: Nobody"));
	cr_assert(strstr(said, "\ndashboard.stripe.com/test/apikeys\n"));
	cr_assert(strstr(said, "\nDone: A login"));
	cr_assert(strstr(said, "\n5 Questions\n"));
	cr_assert(strstr(said, "Enter: Next. <: Back. ?: help."));
	cr_assert_str_eq(said + strlen(said) - 3, "\n> ");
	end(&f);
}

Test(plain, says_only__what_is_new)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	show(&f);
	cr_assert_str_empty(show(&f), "nothing is new");
	page_note(&f.page, NOTE_PROBLEM, "It failed.", "Try again.");
	cr_assert_str_eq(show(&f), "\nProblem: It failed.\nTry again.\n" QUESTION "> ");
	f.page.note.kind = NOTE_NONE;
	page_say(&f.page, BLOCK_DONE, "Kept");
	cr_assert_str_eq(show(&f), "\nDone: Kept\n> ", "nobody has answered");
	end(&f);
}

Test(plain, says_something__after_every_answer)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	show(&f);
	answer(&f, "");
	cr_assert_str_eq(show(&f), QUESTION "> ", "nothing is new");
	page_note(&f.page, NOTE_PROBLEM, "It failed.", "Try again.");
	answer(&f, "");
	cr_assert_str_eq(show(&f), "Problem: It failed.\nTry again.\n" QUESTION "> ");
	answer(&f, "");
	cr_assert_str_eq(show(&f), "Problem: It failed.\nTry again.\n" QUESTION "> ", "the same again");
	answer(&f, "");
	page_say(&f.page, BLOCK_DONE, "Kept");
	cr_assert_str_eq(show(&f), "Done: Kept\n" QUESTION "> ");
	end(&f);
}

Test(plain, understands__signs)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	cr_assert(answer(&f, "\n"));
	assert_action(f, ACTION_NEXT);
	cr_assert(answer(&f, " < \n"));
	assert_action(f, ACTION_BACK);
	cr_assert(answer(&f, "?"));
	assert_action(f, ACTION_HELP);
	cr_assert(answer(&f, "1"));
	assert_action(f, ACTION_QUESTIONS);
	end(&f);
}

Test(plain, says_what_is_possible__when_not_understood)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	show(&f);
	rewind(f.out);
	cr_assert_not(answer(&f, "hello"));
	cr_assert_not(answer(&f, "0"));
	cr_assert_not(answer(&f, "2"));
	fflush(f.out);
	cr_assert(strstr(f.said, "That is no answer here. Type a number to choose. Enter: Next."));
	end(&f);
}

Test(plain, chooses__by_number)
{
	struct fixture f;

	begin(&f, CONTROL_MENU);
	cr_assert(answer(&f, "3"));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	cr_assert_eq(f.event.choice, 3);
	cr_assert(answer(&f, "5"));
	assert_action(f, ACTION_QUESTIONS);
	end(&f);
}

/* As on the screen, where the first one has the focus, or the one in force. */
Test(plain, takes_enter_for_a_choice__and_says_so)
{
	struct fixture f;

	begin(&f, CONTROL_MENU);
	f.page.enter = ACTION_NONE;
	cr_assert(strstr(show(&f), "Type a number to choose. Enter: Charges and Refunds 0. <: Back."), "%s", f.said);
	cr_assert(answer(&f, "\n"));
	cr_assert_eq(f.event.kind, EVENT_CHOOSE);
	cr_assert_eq(f.event.choice, f.page.control.choices[0].id);
	f.page.slug = "language";
	f.page.control.has_chosen = true;
	cr_assert(strstr(show(&f), "\"Charges and Refunds 1\" is chosen now. Enter: Charges and Refunds 1."), "%s", f.said);
	cr_assert(answer(&f, ""));
	cr_assert_eq(f.event.choice, f.page.control.chosen);
	end(&f);
}

Test(plain, says_the_number__where_enter_chooses_a_question)
{
	struct choice choices[] = { { 0, "Why?", NULL }, { 1, "How?", NULL } };
	struct fixture f;

	begin(&f, CONTROL_MENU);
	f.page.enter = ACTION_NONE;
	f.page.control.choices = choices;
	f.page.control.choice_count = 2;
	cr_assert(strstr(show(&f), "Type a number to choose. Enter: 1. <: Back."), "%s", f.said);
	end(&f);
}

Test(plain, takes__text)
{
	struct fixture f;

	begin(&f, CONTROL_TEXT);
	cr_assert(strstr(show(&f), "Open: reporting-readonly\n"));
	cr_assert(answer(&f, "bookkeeper 2026\n"));
	cr_assert_eq(f.event.kind, EVENT_TEXT);
	cr_assert_str_eq(f.event.text, "bookkeeper 2026");
	cr_assert(answer(&f, "2026"), "no button has this number");
	cr_assert_eq(f.event.kind, EVENT_TEXT);
	end(&f);
}

Test(plain, reads_back__the_beginning_of_a_long_text)
{
	struct fixture f;
	char text[5001];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	begin(&f, CONTROL_TEXT);
	f.page.control.text = text;
	cr_assert(strstr(show(&f), "xxx…\n"));
	cr_assert_lt(strlen(f.said), 3000);
	text[200] = '\0';
	cr_assert(answer(&f, "x"));
	cr_assert(strstr(show(&f), text), "this is not too much to hear");
	cr_assert_not(strstr(f.said, "…"));
	end(&f);
}

Test(plain, says_that_nothing_was_pasted)
{
	struct fixture f;

	begin(&f, CONTROL_SECRET);
	f.page.enter = ACTION_NONE;
	show(&f);
	rewind(f.out);
	cr_assert_not(answer(&f, ""));
	fflush(f.out);
	cr_assert(strstr(f.said, "Nothing was pasted. Paste the key and press Enter."), "%s", f.said);
	end(&f);
}

Test(plain, asks_for_a_text__where_there_is_none)
{
	struct fixture f;

	begin(&f, CONTROL_TEXT);
	f.page.control.text = "";
	cr_assert(strstr(show(&f), "Open: nothing yet\n"));
	cr_assert(strstr(f.said, "\nType a text and press Enter. Enter: Next."), "there is nothing to keep: %s", f.said);
	end(&f);
}

Test(plain, leaves_out__what_is_said_of_the_screen)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	page_say(&f.page, BLOCK_SCREEN, "Press Tab.");
	cr_assert_not(strstr(show(&f), "Press Tab."));
	end(&f);
}

Test(plain, marks__what_is_in_force_in_a_menu_that_has_it)
{
	struct fixture f;

	begin(&f, CONTROL_MENU);
	cr_assert_not(strstr(show(&f), "chosen"), "%s", f.said);
	f.page.slug = "language";
	f.page.control.has_chosen = true;
	cr_assert(strstr(show(&f), "\n2 (chosen) Charges and Refunds 1:"), "%s", f.said);
	cr_assert(strstr(f.said, "Type a number to choose. \"Charges and Refunds 1\" is chosen now."));
	end(&f);
}

Test(plain, lists__only_granted_rows)
{
	struct fixture f;
	const char *said;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_READ, "");
	said = show(&f);
	cr_assert(strstr(said, "\n1 Charges and Refunds 4: now Read. Type 1 for None, 1w for Write.\n"), "%s", said);
	cr_assert_not(strstr(said, "Charges and Refunds 5"));
	cr_assert(strstr(said, "\n2 Start from a preset\n"));
	cr_assert(strstr(said, "Type part of a name to find a row"));
	cr_assert(answer(&f, "charg"));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_eq(f.event.text, "charg");
	end(&f);
}

Test(plain, lists__all_that_was_found)
{
	struct fixture f;
	const char *said;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_READ, "charg");
	said = show(&f);
	cr_assert(strstr(said, "\n1 Charges and Refunds 0: now None. Type 1 for Read, 1w for Write. Shows every payment and "
			 "refund. (0)\n"), "%s", said);
	cr_assert(strstr(said, "\n2 Charges and Refunds 1: now None. Type 2 for Read. Shows"), "it has no Write");
	cr_assert(strstr(said, "\n40 Charges and Refunds 39: now None."));
	cr_assert(answer(&f, "*"));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	cr_assert_str_empty(f.event.text);
	end(&f);
}

#define assert_level(f, line, wanted_row, wanted) do { \
	cr_assert(answer(&(f), line), "%s", line); \
	cr_assert_eq((f).event.kind, EVENT_LEVEL, "%s", line); \
	cr_assert_eq((f).event.grid.row, (wanted_row), "%s", line); \
	cr_assert_eq((f).event.grid.level, (wanted), "%s", line); \
} while (0)

Test(plain, sets_a_row__by_its_number_or_with_a_letter)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_READ, "charg");
	assert_level(f, "1", 100, LEVEL_READ);
	assert_level(f, "5", 104, LEVEL_NONE);   /* back to None without ever being asked about Write */
	assert_level(f, "5w", 104, LEVEL_WRITE);
	assert_level(f, "5 W", 104, LEVEL_WRITE);
	assert_level(f, "5n", 104, LEVEL_NONE);
	assert_level(f, "5r", 104, LEVEL_READ);
	pages_write_grid(&f.page, 4, LEVEL_WRITE, "charg");
	cr_assert(strstr(show(&f), "\n5 Charges and Refunds 4: now Write. Type 5 for None, 5r for Read."), "%s", f.said);
	cr_assert(answer(&f, "2w"), "a row without Write");
	cr_assert_eq(f.event.kind, EVENT_FILTER, "is not changed: this is part of a name");
	cr_assert(answer(&f, "3d"));
	cr_assert_eq(f.event.kind, EVENT_FILTER);
	end(&f);
}

Test(plain, offers_the_number_of_a_row__only_where_one_is_listed)
{
	struct fixture f;
	const char *said;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_NONE, "");
	said = show(&f);
	cr_assert(strstr(said, "\nType part of a name to find a row. Enter"), "%s", said);
	pages_write_grid(&f.page, 4, LEVEL_NONE, "zzz");
	f.page.control.grid_count = 0;
	answer(&f, "zzz");
	said = show(&f);
	cr_assert(strstr(said, "\nType part of another name, or * for your own list. Enter"), "%s", said);
	end(&f);
}

Test(plain, lists_again__what_the_last_search_found)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_READ, "zzz");
	f.page.control.grid_count = 0;
	show(&f);
	cr_assert(answer(&f, "zzzz"));
	f.page.control.filter = "zzzz";
	cr_assert(strstr(show(&f), "Nothing has this name.\n") == f.said, "%s", f.said);
	cr_assert(strstr(f.said, "Type part of another name"));
	cr_assert(answer(&f, "zzzz"), "the same once more is an answer, too");
	cr_assert(strstr(show(&f), "Nothing has this name.\n") == f.said, "%s", f.said);
	end(&f);
}

Test(plain, says_row__that_changed)
{
	struct fixture f;

	begin(&f, CONTROL_GRID);
	pages_write_grid(&f.page, 4, LEVEL_READ, "charg");
	show(&f);
	answer(&f, "5");
	pages_write_grid(&f.page, 4, LEVEL_WRITE, "charg");
	cr_assert(strstr(show(&f), "5 Charges and Refunds 4: now Write. Type 5 for None, 5r for Read. Shows every payment "
			 "and refund. (4)\nType a number to change that row") == f.said, "%s", f.said);
	cr_assert_not(strstr(f.said, "4 Charges and Refunds 3"));
	answer(&f, "4");
	cr_assert(strstr(show(&f), "Type a number to change that row") == f.said, "nothing has changed");
	end(&f);
}

/* The keyring's answer comes while somebody reads the page. */
Test(plain, keeps_numbers__while_a_page_is_read)
{
	struct fixture f;

	begin(&f, CONTROL_CHOICE);
	f.page.action_count = 0;
	page_action(&f.page, ACTION_BACK, "Back");
	page_action(&f.page, ACTION_STOP, "Stop waiting");
	page_action(&f.page, ACTION_SENT, "Plan or link");
	page_action(&f.page, ACTION_QUESTIONS, "Questions");
	cr_assert(strstr(show(&f), "\n5 Stop waiting\n6 Plan or link\n7 Questions\n"), "%s", f.said);
	f.page.actions[1] = (struct action){ ACTION_RETRY, "Try again" };
	page_say(&f.page, BLOCK_DONE, "The keyring works");
	cr_assert(strstr(show(&f), "\nDone: The keyring works\n8 Try again\n") == f.said, "only what is new: %s", f.said);
	cr_assert_not(answer(&f, "5"), "what is gone is no answer");
	cr_assert(answer(&f, "6"));
	assert_action(f, ACTION_SENT);
	cr_assert(answer(&f, "8"));
	assert_action(f, ACTION_RETRY);
	f.page.slug = "next";
	cr_assert(strstr(show(&f), "\n5 Try again\n6 Plan or link\n7 Questions\n"), "another page begins anew: %s", f.said);
	end(&f);
}

Test(plain, gives_no_number__to_what_the_sign_does)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	f.page.action_count = 0;
	page_action(&f.page, ACTION_STOP, "Stop waiting");
	page_action(&f.page, ACTION_QUESTIONS, "Questions");
	cr_assert(strstr(show(&f), "\n1 Questions\nType a number to choose. Enter: go on. <: Stop waiting. ?: help.\n"), "%s",
		  f.said);
	cr_assert(answer(&f, "<"));
	assert_action(f, ACTION_STOP);
	end(&f);
}

Test(plain, says_a_list_whole__that_has_new_rows)
{
	struct fixture f;
	struct choice choices[3] = { { 1, "Make a key", NULL }, { 2, "My keys", NULL }, { 3, "Leave", NULL } };

	begin(&f, CONTROL_MENU);
	f.page.control.choices = choices;
	f.page.control.choice_count = 2;
	show(&f);
	f.page.control.choice_count = 3;
	cr_assert(strstr(show(&f), "\n1 Make a key\n2 My keys\n4 Leave\n3 Questions\n"), "%s", f.said);
	end(&f);
}

Test(plain, ticks__by_number)
{
	struct fixture f;

	begin(&f, CONTROL_CHECKLIST);
	cr_assert(strstr(show(&f), "\n1 Charges and Refunds 0: Read, done\n2 Charges and Refunds 1: Write, still"));
	cr_assert(answer(&f, "2"));
	cr_assert_eq(f.event.kind, EVENT_TICK);
	cr_assert_eq(f.event.row, 101);
	end(&f);
}

Test(plain, reads_report__a_row_a_line)
{
	struct fixture f;

	begin(&f, CONTROL_REPORT);
	cr_assert(strstr(show(&f), ":\n- Charges and Refunds 0: wanted: None, is: "), "%s", f.said);
	cr_assert(strstr(f.said, "\n- Charges and Refunds 7: wanted: None, is: Read.\n"));
	end(&f);
}

Test(plain, prints__without_a_question)
{
	struct fixture f;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	begin(&f, CONTROL_REPORT);
	plain_print(out, &f.page);
	fclose(out);
	cr_assert(strstr(text, "- Charges and Refunds 7"));
	cr_assert_not(strstr(text, "> "));
	cr_assert_not(strstr(text, "Enter:"));
	free(text);
	end(&f);
}

Test(plain, names__important_question)
{
	struct fixture f;

	begin(&f, CONTROL_NONE);
	f.page.tone = TONE_DANGER;
	f.page.trail_count = 0;
	f.page.mode = NULL;
	f.page.name = "";
	cr_assert(strstr(show(&f), "Important: What may this key see?\n") == f.said);
	end(&f);
}

Test(plain, knows__commands)
{
	cr_assert(plain_is_command("", 0));
	cr_assert(plain_is_command("\n", 1));
	cr_assert(plain_is_command("<\n", 2));
	cr_assert(plain_is_command("?", 1));
	cr_assert(plain_is_command("12\r\n", 4));
	cr_assert_not(plain_is_command("rk", 2));
	cr_assert_not(plain_is_command("1234567", 7));
}
