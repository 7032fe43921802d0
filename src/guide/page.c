/* SPDX-License-Identifier: MIT */
/* Pages: adding blocks and buttons, and the memory their texts live in. */
#include "guide/page.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* What a page owns: a list of pieces, freed together. */
struct page_store {
	struct page_store *next;
	max_align_t bytes[];
};

void page_init(struct page *page)
{
	memset(page, 0, sizeof *page);
	page_clear(page);
}

void page_done(struct page *page)
{
	struct page_store *next;

	for (; page->store; page->store = next) {
		next = page->store->next;
		free(page->store);
	}
}

void page_clear(struct page *page)
{
	page_done(page);
	memset(page, 0, sizeof *page);
	page->slug = page->name = page->title = "";
}

const char *page_sentence(struct page *page, const char *text)
{
	/* TRANSLATORS: a sentence without its full stop: put that of your language */
	return page_text(page, _("%s."), text);
}

const char *page_date(struct page *page, const char *iso)
{
	char day[I18N_DATE_SIZE];

	i18n_date(day, iso);
	return page_text(page, "%s", day);
}

const char *page_shell(struct page *page, const char *text)
{
	char *word = text_shell(text);
	const char *kept = page_text(page, "%s", word);

	free(word);
	return kept;
}

void *page_room(struct page *page, size_t count, size_t size)
{
	struct page_store *piece;

	assert(size && count < (SIZE_MAX - sizeof *piece) / size);
	piece = mem_new(1, sizeof *piece + count * size);
	piece->next = page->store;
	page->store = piece;
	return piece->bytes;
}

const char *page_text(struct page *page, const char *format, ...)
{
	va_list arguments, again;
	char *text;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	assert(length >= 0);
	text = page_room(page, (size_t)length + 1, 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

static void add(struct page *page, enum block_kind kind, int number, const char *text)
{
	assert(page->block_count < PAGE_BLOCKS_MAX);
	page->blocks[page->block_count++] = (struct block){ kind, number, text };
}

void page_say(struct page *page, enum block_kind kind, const char *text)
{
	add(page, kind, 0, text);
}

void page_paragraph(struct page *page, const char *text)
{
	add(page, BLOCK_PARAGRAPH, 0, text);
}

void page_bullet(struct page *page, const char *text)
{
	add(page, BLOCK_BULLET, 0, text);
}

void page_number(struct page *page, int number, const char *text)
{
	add(page, BLOCK_NUMBER, number, text);
}

void page_action(struct page *page, enum action_id id, const char *label)
{
	assert(page->action_count < PAGE_ACTIONS_MAX);
	page->actions[page->action_count++] = (struct action){ id, label };
	if (id == ACTION_NEXT && page->enter == ACTION_NONE)
		page->enter = ACTION_NEXT;
}

bool page_has_action(const struct page *page, enum action_id id)
{
	for (size_t i = 0; i < page->action_count; i++)
		if (page->actions[i].id == id)
			return true;
	return false;
}

struct control *page_control(struct page *page, enum control_kind kind)
{
	assert(page->control.kind == CONTROL_NONE);
	page->control.kind = kind;
	page->control_at = page->block_count;
	return &page->control;
}

void page_note(struct page *page, enum note_kind kind, const char *text, const char *advice)
{
	page->note = (struct note){ kind, text, advice };
}
