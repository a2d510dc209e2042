/* SPDX-License-Identifier: Apache-2.0 */
/* The station's own watcher: a child on our terminal, and a client as any other. */
#ifndef STATION_TOOLS_WATCH_CHILD_H
#define STATION_TOOLS_WATCH_CHILD_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

struct watch_child {
	pid_t pid;		 /* 0: there is none */
	struct termios terminal; /* as it was before */
};

/* Whether a screen can be shown: stdin and stdout are a terminal that can do more than type. */
bool watch_child_can_show(void);

/* Starts `PROGRAM --state STATE watch --until-end` on our terminal. Returns 0 or negative errno. */
int watch_child_start(const char *program, const char *state, struct watch_child *ret_child);

/*
 * The station has closed its socket, and so the watcher ends by itself: waits for that at most
 * LIMIT milliseconds, then makes it. A terminal that takes nothing now (^S) is left as it was
 * before.
 */
void watch_child_end(struct watch_child *child, int limit);

#endif
