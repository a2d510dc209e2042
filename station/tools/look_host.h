/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the rest of the host: udevd, disk, clock, limits, units, our own programs. */
#ifndef STATION_TOOLS_LOOK_HOST_H
#define STATION_TOOLS_LOOK_HOST_H

#include "station/tools/state.h"
#include "station/values/host.h"

/* Fills RET_HOST, but for usbmuxd and what the ledger says, for the system below ROOT ("" is this
 * one) and the station at STATE. */
void look_host(const char *root, const struct state *state, struct host *ret_host);

#endif
