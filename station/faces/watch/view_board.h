/* SPDX-License-Identifier: Apache-2.0 */
/* The bench as a table that is drawn anew under the events: one row a slot with a device. */
#ifndef STATION_FACES_VIEW_BOARD_H
#define STATION_FACES_VIEW_BOARD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "device/facts/step.h"

struct view_board;

/* Returns NULL without memory. */
struct view_board *view_board_new(void);
void view_board_free(struct view_board *board);

/* Takes what EVENT (event_json.h) says of its slot, at the monotonic time NOW. */
void view_board_take(struct view_board *board, json_t *event, msec_t now);

/* Whether a device is being worked on, so that the times in the table go on. */
bool view_board_is_busy(const struct view_board *board);

/* The screen that the table goes to. */
struct view_screen {
	FILE *out;
	unsigned columns, lines;
	bool colour;
};

/*
 * Prints the table as it is at NOW, on at most SCREEN->lines lines: where there are more slots, the
 * ones that a person must look at come first, and a line says how many are left out.
 * Returns the number of lines printed, 0 when there is nothing to show.
 */
unsigned view_board_print(const struct view_board *board, const struct view_screen *screen,
			  msec_t now);

#endif
