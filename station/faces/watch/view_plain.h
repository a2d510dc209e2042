/* SPDX-License-Identifier: Apache-2.0 */
/* The plain view: one line an event, and on a terminal the bench below them. */
#ifndef STATION_FACES_VIEW_PLAIN_H
#define STATION_FACES_VIEW_PLAIN_H

#include "station/faces/watch/view_board.h"

/* Zeroed but for SCREEN it is ready to be used. */
struct view_plain {
	struct view_screen screen;
	struct view_board *board; /* NULL: no table below the lines, only lines */
	unsigned drawn;		  /* lines of the table on the screen now */
};

/* Shows the event of LINE, JSON as event_json.h says. Returns 0 or -EPROTO when it is none. */
int view_plain_line(struct view_plain *view, const char *line, msec_t now);

/* After some lines, or time: draws the table as it is now, and gives everything to the terminal. */
void view_plain_draw(struct view_plain *view, msec_t now);
/* Takes the table away: only the lines stay. */
void view_plain_erase(struct view_plain *view);

#endif
