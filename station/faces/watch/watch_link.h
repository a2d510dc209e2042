/* SPDX-License-Identifier: Apache-2.0 */
/* The watcher's connection to the station: made, read, lost, made again. */
#ifndef STATION_FACES_WATCH_LINK_H
#define STATION_FACES_WATCH_LINK_H

#include "station/faces/watch/view_lines.h"
#include "station/faces/watch/watch_model.h"

struct watch_link {
	const char *socket; /* the station's; the caller's */
	int fd;		    /* -1 while there is no connection */
	struct view_lines lines;
};

/* Connects, waiting at most LIMIT milliseconds, and begins BOARD anew. Returns 0 or negative errno
 * as call_open does, and then BOARD is as it was. */
int watch_link_open(struct watch_link *link, msec_t limit, struct watch_board *board);
void watch_link_close(struct watch_link *link);

/* Reads what there is, waiting for something, and takes it into BOARD at NOW. Returns 0; negative
 * errno, -EPIPE at the end, when the connection is lost: it is closed then. */
int watch_link_read(struct watch_link *link, struct watch_board *board, msec_t now);

#endif
