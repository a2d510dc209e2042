/* SPDX-License-Identifier: Apache-2.0 */
/* Where everything of the board goes on a page. */
#ifndef STATION_FACES_WATCH_LAYOUT_H
#define STATION_FACES_WATCH_LAYOUT_H

#include "station/faces/watch/watch_model.h"
#include "station/tools/watch_page.h"

/* The smallest page that is laid out; less is told to be too small. */
#define WATCH_WIDTH_MIN	 40
#define WATCH_HEIGHT_MIN 12

/* What the person wants to see. */
struct watch_wish {
	unsigned top; /* the first slot shown, in the order that is shown */
	bool by_slot; /* by name, also when not all have room */
};

/* What is shown. */
struct watch_shown {
	unsigned top; /* as wished, or earlier if the page has room for the end */
	unsigned count;
};

/*
 * Fills PAGE, which is empty, with BOARD as it is at NOW. In the order of their names when all have
 * room; else who needs a person comes first. A slot takes a line, and more below it when its
 * sentence must be read and has no room there; slots stand in columns where the page is wide
 * enough. Only a function of what it is given (and of the locale, for the widths of characters).
 */
struct watch_shown watch_layout(const struct watch_board *board, const struct watch_wish *wish,
				msec_t now, struct watch_page *page);

#endif
