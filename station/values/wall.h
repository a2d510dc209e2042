/* SPDX-License-Identifier: Apache-2.0 */
/* The wall clock's time, and how it is written. */
#ifndef STATION_VALUES_WALL_H
#define STATION_VALUES_WALL_H

#include <stdint.h>

/* Milliseconds since 1970 of the wall clock, which may jump; msec_t is the one that does not. */
typedef int64_t wall_t;

/* Room for a time in RFC 3339 with its end: "2024-05-06T07:08:09.123Z". */
#define WALL_TEXT_MAX 32
/* WALL in RFC 3339, UTC, with milliseconds; "" for 0. Fills OUT and returns it. */
const char *wall_to_text(wall_t wall, char out[static WALL_TEXT_MAX]);

#endif
