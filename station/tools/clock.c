/* SPDX-License-Identifier: Apache-2.0 */
/* The two clocks: one for lengths of time, one for the calendar. */
#include "station/tools/clock.h"

#include <time.h>

static long long read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

msec_t clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

uint64_t clock_monotonic_usec(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

wall_t clock_wall(void)
{
	return read_clock(CLOCK_REALTIME);
}
