/* SPDX-License-Identifier: Apache-2.0 */
/* Lines from a descriptor, each at most so long. */
#ifndef STATION_FACES_VIEW_LINES_H
#define STATION_FACES_VIEW_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Room for one line and its end; the longest event, with every text at its longest and escaped, is
 * some 40 KiB. */
#define VIEW_LINE_MAX 65536

/* Zeroed is empty. */
struct view_lines {
	size_t start, used; /* of `bytes`: what is not taken yet */
	bool skipping;	    /* in a line that is too long */
	unsigned lost;	    /* lines that were too long */
	char bytes[VIEW_LINE_MAX];
};

/* Reads once from FD, after view_lines_next has returned NULL. Returns 1, 0 at the end (what is
 * left without a newline is no line), or negative errno. */
int view_lines_read(struct view_lines *lines, int fd);

/* The next whole line, without its newline; NULL when there is none yet. Valid until the next
 * view_lines_read. */
char *view_lines_next(struct view_lines *lines);

#endif
