/* SPDX-License-Identifier: Apache-2.0 */
/* Moments as an operator writes and reads them: 2026-11-23, 2026-11-23 14:05. */
#ifndef PROFILES_VALUES_MOMENT_H
#define PROFILES_VALUES_MOMENT_H

#include <stdint.h>

/*
 * Reads a day or a moment: "2026-11-23", "2026-11-23 14:05", "2026-11-23T14:05:09", each perhaps
 * with "Z" or "+02:00" behind it; without that it is local time. A day alone is its first second:
 * what lasts from then on is never taken to last longer than it does. So it is with an hour that
 * the clock shows twice at the end of summer time: the first one is meant.
 * Returns 0 and RET_TIME, seconds since 1970; -EINVAL for another form; -ERANGE for a day or a time
 * that no calendar has, or outside of the years 1970 to 9999.
 */
int moment_parse(const char *text, int64_t *ret_time);

/* Room for "2026-11-23 14:05 +0100" with its end. */
#define MOMENT_TEXT_MAX 32

/* TIME in local time, to the minute, with the zone's offset; "" when no calendar has it. Fills OUT
 * and returns it. */
const char *moment_to_text(int64_t time, char out[static MOMENT_TEXT_MAX]);

#endif
