/* SPDX-License-Identifier: Apache-2.0 */
/* What the mux says: usbmuxd comes and goes, with every sight of a device; gates are made. */
#ifndef STATION_STATION_MUX_H
#define STATION_STATION_MUX_H

#include "device/facts/muxtalk.h"

/* Does what NEWS of muster-mux mean for USERDATA, the station. */
void station_hear_mux(const struct mux_event *news, void *userdata);

#endif
