/* SPDX-License-Identifier: Apache-2.0 */
/* One slot of the board on a page: its line, and the lines below it. */
#include "station/faces/watch/watch_tile.h"

#include <stdio.h>
#include <string.h>

#include "station/faces/watch/view_words.h"

/* Widest columns; what is longer is cut. Names of ports are short; most words are no longer
 * than "SET ASIDE", the longest is "INTERRUPTED". */
#define NAME_MAX_WIDTH	  14
#define WORD_WIDTH	  9
#define WORD_MAX_WIDTH	  11
#define PRODUCT_MAX_WIDTH 12
#define SERIAL_MAX_WIDTH  14
#define TITLE_MAX_WIDTH	  20
/* From these widths of a slot's line on there is room for each. */
#define SERIAL_FROM  50
#define PRODUCT_FROM 60
#define TITLE_FROM   105
/* Lines below the first begin under the name. */
#define INDENT 2
/* "59:59"; the few that wait for hours push the rest to the right. */
#define TIME_WIDTH 5

static void widen(unsigned *width, const char *text, unsigned most)
{
	unsigned columns = watch_page_put(NULL, (struct watch_area){ 0 }, text, WATCH_PLAIN);

	if (columns > *width)
		*width = columns < most ? columns : most;
}

struct watch_tile_form watch_tile_form_for(const struct watch_board *board, unsigned width,
					   msec_t now)
{
	struct watch_tile_form form = { .name = 1, .word = WORD_WIDTH, .now = now };

	for (unsigned i = 0; i < board->count; i++) {
		const struct watch_slot *slot = &board->slots[i];

		widen(&form.name, slot->name, NAME_MAX_WIDTH);
		widen(&form.word, slot->word, WORD_MAX_WIDTH);
		if (width >= PRODUCT_FROM)
			widen(&form.product, slot->product, PRODUCT_MAX_WIDTH);
		if (width >= SERIAL_FROM)
			widen(&form.serial, slot->serial, SERIAL_MAX_WIDTH);
		if (width >= TITLE_FROM)
			widen(&form.title, slot->title, TITLE_MAX_WIDTH);
	}
	return form;
}

static enum watch_style style_of(enum watch_mood mood)
{
	switch (mood) {
	case WATCH_WAITS:
		return WATCH_WAIT_STYLE;
	case WATCH_BAD:
		return WATCH_BAD_STYLE;
	case WATCH_WORKS:
		return WATCH_PLAIN;
	case WATCH_GOOD:
		return WATCH_GOOD_STYLE;
	}
	return WATCH_PLAIN;
}

/* Goes WIDTH to the right, and a blank, but never out of AREA. */
static void advance(struct watch_area *area, unsigned width)
{
	unsigned columns = width + 1 < area->width ? width + 1 : area->width;

	area->x += columns;
	area->width -= columns;
}

/* Writes TEXT into a column of WIDTH; 0 leaves it out. */
static void put_column(struct watch_page *page, struct watch_area *area, unsigned width,
		       const char *text, enum watch_style style)
{
	struct watch_area column = { area->x, area->y, width, 1 };

	if (width == 0)
		return;
	if (column.width > area->width)
		column.width = area->width;
	watch_page_put(page, column, text, style);
	advance(area, width);
}

/* Whole seconds: "5 s", "1:05", "1:02:05", at the right of its column. */
static void put_time(struct watch_page *page, struct watch_area *area, msec_t time)
{
	char text[VIEW_TIME_MAX], padded[VIEW_TIME_MAX + TIME_WIDTH];
	long long seconds = time > 0 ? time / 1000 : 0;

	if (seconds < 60)
		snprintf(text, sizeof text, "%lld s", seconds);
	else
		view_time((double)seconds, text);
	snprintf(padded, sizeof padded, "%*s", TIME_WIDTH, text);
	put_column(page, area, (unsigned)strlen(padded), padded, WATCH_PLAIN);
}

/* The sentence on the line if it has room there, else below, if it must be read. Returns how many
 * lines that takes below. */
static unsigned put_sentence(struct watch_page *page, struct watch_area rest,
			     struct watch_area below, const struct watch_slot *slot)
{
	enum watch_style style = slot->mood == WATCH_WORKS ? WATCH_QUIET : style_of(slot->mood);

	if (watch_page_put(NULL, rest, slot->sentence, style) <= rest.width) {
		watch_page_put(page, rest, slot->sentence, style);
		return 0;
	}
	return slot->mood == WATCH_WORKS ? 0 : watch_page_wrap(page, below, slot->sentence, style);
}

/* Behind a remedy that leaves room for it: what went wrong. */
static void put_why(struct watch_page *page, struct watch_area rest, const struct watch_slot *slot)
{
	char text[CLEAN_MAX + 4];
	unsigned columns = watch_page_put(NULL, rest, slot->sentence, WATCH_QUIET);

	if (!slot->why[0] || columns + 1 > rest.width)
		return;
	advance(&rest, columns);
	snprintf(text, sizeof text, "(%s)", slot->why);
	if (watch_page_put(NULL, rest, text, WATCH_QUIET) <= rest.width)
		watch_page_put(page, rest, text, WATCH_QUIET);
}

unsigned watch_tile_put(struct watch_page *page, struct watch_area area,
			const struct watch_tile_form *form, const struct watch_slot *slot)
{
	enum watch_style style = style_of(slot->mood);
	struct watch_area rest = area;
	struct watch_area below = { area.x + INDENT, area.y + 1, area.width - INDENT, 0 };
	const char mark[] = { slot->mark, '\0' };

	put_column(page, &rest, 1, mark, style);
	put_column(page, &rest, form->name, slot->name, WATCH_STRONG);
	put_column(page, &rest, form->word, slot->word, style);
	put_column(page, &rest, form->product, slot->product, WATCH_QUIET);
	put_column(page, &rest, form->serial, slot->serial, WATCH_QUIET);
	put_column(page, &rest, form->title, slot->title, WATCH_QUIET);
	if (slot->counts)
		put_time(page, &rest, form->now - slot->since);
	if (slot->mood == WATCH_WORKS && slot->doing[0]) {
		unsigned columns = watch_page_put(page, rest, slot->doing, WATCH_PLAIN);

		advance(&rest, columns + 1);
	}
	put_why(page, rest, slot);
	return 1 + put_sentence(page, rest, below, slot);
}
