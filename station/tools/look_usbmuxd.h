/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at this host's usbmuxd: program, unit, process, socket, pair records. */
#ifndef STATION_TOOLS_LOOK_USBMUXD_H
#define STATION_TOOLS_LOOK_USBMUXD_H

#include "station/values/host.h"

/* Fills RET_USBMUXD, but for how it answers, for the system below ROOT ("" is this one). ADDRESS is
 * USBMUXD_SOCKET_ADDRESS or NULL. What cannot be seen is left as it is when it is not there. */
void look_usbmuxd(const char *root, const char *address, struct host_usbmuxd *ret_usbmuxd);

/* Asks usbmuxd through the program MUX (muster-mux), which has its own limit of a few seconds. */
void look_usbmuxd_ask(const char *mux, struct host_usbmuxd *ret_usbmuxd);

#endif
