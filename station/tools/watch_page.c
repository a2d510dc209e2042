/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a terminal as cells: what is to be shown, before anything shows it. */
#include "config.h"

#include "station/tools/watch_page.h"

#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"

struct watch_page *watch_page_new(unsigned width, unsigned height)
{
	struct watch_page *page = calloc(1, sizeof *page);

	if (!page)
		return NULL;
	page->width = width < WATCH_WIDTH_MAX ? width : WATCH_WIDTH_MAX;
	page->height = height < WATCH_HEIGHT_MAX ? height : WATCH_HEIGHT_MAX;
	page->cells = calloc((size_t)page->width * page->height + 1, sizeof *page->cells);
	if (!page->cells) {
		free(page);
		return NULL;
	}
	for (size_t i = 0; i < (size_t)page->width * page->height; i++)
		page->cells[i].rune = L' ';
	return page;
}

void watch_page_free(struct watch_page *page)
{
	if (!page)
		return;
	free(page->cells);
	free(page);
}

/* Reads the first character of TEXT, which is not empty, as the terminal can show it. Returns its
 * bytes, and how many columns it takes, 0 to 2. */
static size_t read_rune(const char *text, wchar_t *ret_rune, unsigned *ret_columns)
{
	uint32_t rune;
	size_t bytes = clean_rune((const unsigned char *)text, strlen(text), &rune);
	int columns = bytes ? wcwidth((wchar_t)rune) : -1;

	*ret_rune = columns < 0 ? L'?' : (wchar_t)rune;
	*ret_columns = columns < 0 ? 1 : (unsigned)columns;
	return bytes ? bytes : 1;
}

/* The columns of the first LEN bytes of TEXT. */
static unsigned columns_of(const char *text, size_t len)
{
	unsigned all = 0, columns;
	wchar_t rune;

	for (const char *end = text + len; text < end; all += columns)
		text += read_rune(text, &rune, &columns);
	return all;
}

static void put_rune(struct watch_page *page, unsigned x, unsigned y, struct watch_cell cell)
{
	if (page && x < page->width && y < page->height)
		page->cells[(size_t)y * page->width + x] = cell;
}

/* Writes the first LEN bytes of TEXT. */
static void put(struct watch_page *page, struct watch_area area, const char *text, size_t len,
		enum watch_style style)
{
	unsigned x = 0, columns;
	wchar_t rune;

	for (const char *end = text + len; text < end; x += columns) {
		text += read_rune(text, &rune, &columns);
		/* Half a character is none. */
		if (x + columns > area.width || (page && area.x + x + columns > page->width))
			return;
		if (columns > 0)
			put_rune(page, area.x + x, area.y, (struct watch_cell){ rune, style });
		if (columns > 1)
			put_rune(page, area.x + x + 1, area.y, (struct watch_cell){ 0, style });
	}
}

unsigned watch_page_put(struct watch_page *page, struct watch_area area, const char *text,
			enum watch_style style)
{
	size_t len = strlen(text);

	put(page, area, text, len, style);
	return columns_of(text, len);
}

/* How many bytes of TEXT, which is not empty, go on a line of WIDTH columns: up to the last blank
 * that is in reach, else as many as there is room for, but at least one character. */
static size_t line_of(const char *text, unsigned width)
{
	size_t at = 0, blank = 0;
	unsigned all = 0;

	while (text[at]) {
		unsigned columns;
		wchar_t rune;
		size_t bytes = read_rune(text + at, &rune, &columns);

		if (all + columns > width && text[at] == ' ')
			return at;
		if (all + columns > width)
			return blank ? blank : at ? at : bytes;
		if (text[at] == ' ')
			blank = at;
		all += columns;
		at += bytes;
	}
	return at;
}

unsigned watch_page_wrap(struct watch_page *page, struct watch_area area, const char *text,
			 enum watch_style style)
{
	unsigned lines = 0;

	do {
		size_t len = *text ? line_of(text, area.width) : 0;

		if (area.height == 0 || lines < area.height)
			put(page, area, text, len, style);
		text += len;
		text += strspn(text, " ");
		area.y++;
		lines++;
	} while (*text);
	return lines;
}
