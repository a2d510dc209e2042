/* SPDX-License-Identifier: Apache-2.0 */
/* The type of the wall clock's time. */
#ifndef STATION_VALUES_WALL_H
#define STATION_VALUES_WALL_H

#include <stdint.h>

/* Milliseconds since 1970 of the wall clock, which may jump; msec_t is the one that does not. */
typedef int64_t wall_t;

#endif
