/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux as our child: its news, our orders, and its restart when it dies. */
#ifndef STATION_TOOLS_MUXLINK_H
#define STATION_TOOLS_MUXLINK_H

#include <systemd/sd-event.h>

#include "device/facts/muxtalk.h"

struct muxlink;

/*
 * Starts PROGRAM as muster-mux. HEARD gets its events, from the loop only. When the process dies,
 * HEARD gets MUX_DOWN, and it is started again: at once the first time, then after growing pauses;
 * every gate is gone then.
 * Returns 0 or negative errno when the program could not be started at all.
 */
int muxlink_open(sd_event *event, const char *program,
		 void (*heard)(const struct mux_event *news, void *userdata), void *userdata,
		 struct muxlink **ret_link);
/* Returns as record_send; -ENOTCONN while there is no process. One that has stopped reading is
 * killed. */
int muxlink_tell(struct muxlink *link, const struct mux_order *order);
/* The process hangs: kills it, so that it is started again. */
void muxlink_kill(struct muxlink *link);
/* Ends the process and waits for it. */
void muxlink_close(struct muxlink *link);

#endif
