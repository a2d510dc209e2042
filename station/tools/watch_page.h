/* SPDX-License-Identifier: Apache-2.0 */
/* A page of a terminal as cells: what is to be shown, before anything shows it. */
#ifndef STATION_TOOLS_WATCH_PAGE_H
#define STATION_TOOLS_WATCH_PAGE_H

#include <stdbool.h>
#include <wchar.h>

/* Largest page; what a terminal has beyond stays empty. */
#define WATCH_WIDTH_MAX	 500
#define WATCH_HEIGHT_MAX 300

/* How a cell is meant. Never the only bearer of meaning: signs and words say it too. */
enum watch_style {
	WATCH_PLAIN,
	WATCH_QUIET, /* what is there to be looked up */
	WATCH_STRONG,
	WATCH_GOOD_STYLE,
	WATCH_BAD_STYLE,
	WATCH_WAIT_STYLE, /* a person must do something */
	WATCH_ALARM,	  /* the station cannot work */
};
#define WATCH_STYLES 7

struct watch_cell {
	wchar_t rune; /* 0: the right half of a wide one */
	enum watch_style style;
};

struct watch_page {
	unsigned width, height;
	struct watch_cell *cells; /* row by row */
};

/* An empty page, cut to the limits. Returns NULL without memory. */
struct watch_page *watch_page_new(unsigned width, unsigned height);
void watch_page_free(struct watch_page *page);

/* A part of a page; its lines need not all be on the page. */
struct watch_area {
	unsigned x, y, width;
	unsigned height; /* lines that may be written; 0: any number */
};

/*
 * Writes TEXT on the first line of AREA, as far as there is room; a character that the terminal
 * cannot show becomes '?', and what takes no cell is left out. PAGE may be NULL.
 * Returns the columns it takes, or would take with more room.
 */
unsigned watch_page_put(struct watch_page *page, struct watch_area area, const char *text,
			enum watch_style style);

/*
 * Writes TEXT into AREA on as many lines as it takes, broken between words if they are not wider
 * than it. PAGE may be NULL, to measure only.
 * Returns the number of lines, at least 1, also those that AREA has no room for.
 */
unsigned watch_page_wrap(struct watch_page *page, struct watch_area area, const char *text,
			 enum watch_style style);

#endif
