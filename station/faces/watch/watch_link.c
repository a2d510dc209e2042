/* SPDX-License-Identifier: Apache-2.0 */
/* The watcher's connection to the station: made, read, lost, made again. */
#include "station/faces/watch/watch_link.h"

#include <errno.h>
#include <unistd.h>

#include "station/tools/call.h"

int watch_link_open(struct watch_link *link, msec_t limit, struct watch_board *board)
{
	int r = call_open(link->socket, "/v1/events", limit, &link->fd);

	if (r < 0)
		return r;
	link->lines.start = link->lines.used = 0;
	link->lines.skipping = false;
	watch_board_forget(board);
	return 0;
}

void watch_link_close(struct watch_link *link)
{
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
}

int watch_link_read(struct watch_link *link, struct watch_board *board, msec_t now)
{
	int r = view_lines_read(&link->lines, link->fd);
	const char *line;

	/* What is no line of the station's does not spoil the others. */
	while (r > 0 && (line = view_lines_next(&link->lines)))
		(void)watch_board_take(board, line, now);
	if (r > 0)
		return 0;
	watch_link_close(link);
	return r < 0 ? r : -EPIPE;
}
