/* SPDX-License-Identifier: Apache-2.0 */
/* Events to the view: a child that formats them, fed through a pipe that never makes us wait. */
#ifndef STATION_TOOLS_VIEW_PIPE_H
#define STATION_TOOLS_VIEW_PIPE_H

#include <systemd/sd-event.h>

/* What waits for a view that does not read, in bytes: some thousand events. */
#define VIEW_PIPE_MAX (1U << 20)

struct view_pipe;

/* Starts `PROGRAM view FORMAT` with a pipe as its stdin. Returns 0 or negative errno. */
int view_pipe_open(sd_event *event, const char *program, const char *format,
		   struct view_pipe **ret_view);
/* Gives it LINE, which has its newline. What it has no room for is dropped whole and counted. */
void view_pipe_tell(struct view_pipe *view, const char *line);
/* Nothing more comes: the view gets at most LIMIT milliseconds for what it has, then it is killed.
 * Waits for it. Returns how many lines were dropped. */
unsigned view_pipe_close(struct view_pipe *view, int limit);

#endif
