/* SPDX-License-Identifier: Apache-2.0 */
/* The station in one line, for the service manager. */
#ifndef STATION_STATION_SERVICE_H
#define STATION_STATION_SERVICE_H

#include "station/bench.h"

/* Tells what the board says, when it is something new and somebody wants to know. */
void station_tell_service(struct station *station);

#endif
