/* SPDX-License-Identifier: Apache-2.0 */
/* One slot of the board on a page: its line, and the lines below it. */
#ifndef STATION_FACES_WATCH_TILE_H
#define STATION_FACES_WATCH_TILE_H

#include "station/faces/watch/watch_model.h"
#include "station/tools/watch_page.h"

/* What the slots of a page have in common: the widths of their columns, 0 for one that is left
 * out. */
struct watch_tile_form {
	unsigned name, word, product, serial, title;
	msec_t now;
};

/* The form for the slots of BOARD in a column of WIDTH, at NOW. */
struct watch_tile_form watch_tile_form_for(const struct watch_board *board, unsigned width,
					   msec_t now);

/* Draws SLOT in AREA; PAGE may be NULL, to measure only. Returns the number of lines. */
unsigned watch_tile_put(struct watch_page *page, struct watch_area area,
			const struct watch_tile_form *form, const struct watch_slot *slot);

#endif
