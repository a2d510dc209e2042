/* SPDX-License-Identifier: Apache-2.0 */
/* The two clocks: one for lengths of time, one for the calendar. */
#ifndef STATION_TOOLS_CLOCK_H
#define STATION_TOOLS_CLOCK_H

#include <stdint.h>

#include "device/facts/step.h"
#include "station/values/wall.h"

msec_t clock_monotonic(void);
/* The same clock in microseconds. */
uint64_t clock_monotonic_usec(void);
wall_t clock_wall(void);

#endif
