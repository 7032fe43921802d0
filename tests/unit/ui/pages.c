/* SPDX-License-Identifier: MIT */
/* Pages of every kind for the tests of the renderers. */
#include "pages.h"

#include <stdint.h>

struct vocabulary {
	const char *title, *paragraph, *bullet, *warning, *label, *hint, *about, *step, *button;
};

static const struct vocabulary vocabularies[WORDS_COUNT] = {
	[WORDS_SHORT] = {
		.title = "What may this key see?", .paragraph = "Everything starts at None. Give Read to what the tool "
		"must see. Not sure about a row? Leave it at None: you can add it later.",
		.bullet = "A login with the role of an administrator.", .warning = "Nobody needs your password.",
		.label = "Charges and Refunds", .hint = "One more sentence below the label.",
		.about = "Shows every payment and refund.", .step = "Open", .button = "Questions",
	},
	[WORDS_LONG] = {
		.title = "Zugriffsberechtigungen des eingeschränkten Schlüssels festlegen",
		.paragraph = "Berechtigungseinstellungen beginnen grundsätzlich bei None; Auswertungsprogramme benötigen "
		"normalerweise ausschließlich Leseberechtigungen für Zahlungen und Rückerstattungen.",
		.bullet = "Administratorrechte im Unternehmenskonto sowie Zweifaktorauthentifizierung",
		.warning = "Geheimhaltungsvereinbarungen ersetzen keine Zugangsbeschränkungen.",
		.label = "Zahlungsmethodenkonfigurationen und Rückerstattungsvorgänge",
		.hint = "Empfehlenswert für alle, die zum allerersten Mal Schlüssel erstellen.",
		.about = "Zeigt sämtliche Zahlungen, Rückerstattungen, Kartenendziffern, Rechnungsanschriften und "
		"Kontaktangaben aller zahlenden Kundinnen und Kunden.",
		.step = "Zugriffsberechtigungen", .button = "Mit einer fertigen Zusammenstellung beginnen",
	},
	[WORDS_WIDE] = {
		.title = "このキーで何を閲覧できるようにしますか", .paragraph = "すべての行は最初は許可なしです。ツールが必要とするものだけに"
		"読み取りを許可してください。迷ったときはそのままにしておけば、あとから追加できます。",
		.bullet = "管理者の役割を持つログイン情報", .warning = "あなたのパスワードを必要とする人は誰もいません。",
		.label = "支払いと返金に関するすべての記録", .hint = "はじめての方にはこちらをおすすめします。",
		.about = "すべての支払いと返金、金額、カードの末尾、支払者の名前とメールアドレスを表示します。",
		.step = "権限の設定", .button = "用意された組み合わせから始める",
	},
};

static void write_grid(struct page *page, struct control *control, const struct vocabulary *words, size_t set,
		       enum level level)
{
	struct grid_row *rows = page_room(page, GRID_ROWS, sizeof *rows);

	for (size_t i = 0; i < GRID_ROWS; i++) {
		rows[i] = (struct grid_row){
			.row = 100 + i, .label = page_text(page, "%s %zu", words->label, i),
			.group = i % 10 ? NULL : page_text(page, "Group %zu", i / 10),
			.has = { true, i != 3, i % 2 == 0 }, .about = page_text(page, "%s (%zu)", words->about, i),
		};
		rows[i].level = i == set ? level : LEVEL_NONE;
		rows[i].tone = rows[i].level == LEVEL_WRITE ? TONE_DANGER : TONE_PLAIN;
	}
	control->grid = rows;
	control->grid_count = GRID_ROWS;
	control->filter = "";
	control->summary = "1 Read · 0 Write · 39 None";
	control->nothing_found = "Nothing has this name.";
}

static void write_checks(struct page *page, struct control *control, const struct vocabulary *words)
{
	struct check_row *rows = page_room(page, 12, sizeof *rows);

	for (size_t i = 0; i < 12; i++)
		rows[i] = (struct check_row){ 100 + i, page_text(page, "%s %zu", words->label, i),
			i % 6 ? NULL : "Core", i % 2 ? "Write" : "Read", i == 0 };
	control->checks = rows;
	control->check_count = 12;
}

static void write_report(struct page *page, struct control *control, const struct vocabulary *words)
{
	struct report_row *rows = page_room(page, 12, sizeof *rows);

	for (size_t i = 0; i < 12; i++)
		rows[i] = (struct report_row){ .row = 100 + i, .heading = i % 4 ? NULL : words->step,
			.tone = i < 4 ? TONE_DANGER : TONE_GOOD, .label = page_text(page, "%s %zu", words->label, i),
			.wanted = "None", .is = i % 3 ? "Read" : words->step,
			.found = page_text(page, "wanted: None, is: %s", i % 3 ? "Read" : words->step),
			.todo = i < 6 ? words->about : NULL };
	control->report = rows;
	control->report_count = 12;
	control->wanted_heading = "Wanted";
	control->is_heading = words->step;
}

static void write_choices(struct page *page, struct control *control, const struct vocabulary *words)
{
	struct choice *choices = page_room(page, 4, sizeof *choices);

	for (size_t i = 0; i < 4; i++)
		choices[i] = (struct choice){ (int)i + 1, page_text(page, "%s %zu", words->label, i), words->hint };
	control->choices = choices;
	control->choice_count = 4;
	control->chosen = 2;
}

static void write_head(struct page *page, const struct vocabulary *words)
{
	page->slug = "test";
	page->name = "reporting-readonly-for-the-bookkeeper-of-2026";
	page->mode = "SANDBOX";
	page->title = words->title;
	page->has_help = true;
	for (size_t i = 0; i < 6; i++)
		page->trail[i] = (struct trail_step){ words->step, i < 3, i == 3 };
	page->trail_count = 6;
}

static void write_control(struct page *page, enum control_kind kind, const struct vocabulary *words)
{
	struct control *control = page_control(page, kind);

	control->label = words->step;
	control->text = "reporting-readonly";
	control->text_max = 80;
	if (kind == CONTROL_GRID)
		write_grid(page, control, words, SIZE_MAX, LEVEL_NONE);
	else if (kind == CONTROL_CHECKLIST)
		write_checks(page, control, words);
	else if (kind == CONTROL_REPORT)
		write_report(page, control, words);
	else if (kind == CONTROL_CHOICE || kind == CONTROL_MENU)
		write_choices(page, control, words);
}

void pages_write(struct page *page, enum control_kind kind, enum words which)
{
	const struct vocabulary *words = &vocabularies[which];

	page_clear(page);
	write_head(page, words);
	page_paragraph(page, words->paragraph);
	if (kind != CONTROL_NONE)
		write_control(page, kind, words);
	page_say(page, BLOCK_HEADING, words->hint);
	page_bullet(page, words->bullet);
	page_number(page, 1, words->bullet);
	page_number(page, 12, words->paragraph);
	page_say(page, BLOCK_WARNING, words->warning);
	page_say(page, BLOCK_ADDRESS, "dashboard.stripe.com/test/apikeys");
	page_say(page, BLOCK_DONE, words->bullet);
	page_say(page, BLOCK_BUSY, words->warning);
	page_action(page, ACTION_BACK, "Back");
	page_action(page, ACTION_QUESTIONS, words->button);
	page_action(page, ACTION_NEXT, "Next");
}

void pages_write_grid(struct page *page, size_t row, enum level level, const char *filter)
{
	const struct vocabulary *words = &vocabularies[WORDS_SHORT];
	struct control *control;

	page_clear(page);
	write_head(page, words);
	page_paragraph(page, words->paragraph);
	control = page_control(page, CONTROL_GRID);
	write_grid(page, control, words, row, level);
	control->filter = filter;
	page_action(page, ACTION_BACK, "Back");
	page_action(page, ACTION_PRESETS, "Start from a preset");
	page_action(page, ACTION_NEXT, "Next");
}
