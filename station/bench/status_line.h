/* SPDX-License-Identifier: Apache-2.0 */
/* The station in one line, for the service manager. */
#ifndef STATION_BENCH_STATUS_LINE_H
#define STATION_BENCH_STATUS_LINE_H

#include "station/bench/bench.h"

/* Tells what the board says, when it is something new and somebody wants to know. */
void station_tell_service(struct station *station);

#endif
