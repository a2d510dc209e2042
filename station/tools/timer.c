/* SPDX-License-Identifier: Apache-2.0 */
/* A timer that rings once, armed and stopped as often as wanted. */
#include "station/tools/timer.h"

#include <time.h>

/* How late a timer may ring, in microseconds: nobody sees 10 ms, and the processor sleeps longer.
 */
#define SLACK 10000

int timer_arm(sd_event *event, sd_event_source **timer, msec_t delay, sd_event_time_handler_t ring,
	      void *userdata)
{
	uint64_t usec = (uint64_t)delay * 1000;
	int r;

	if (!*timer)
		return sd_event_add_time_relative(event, timer, CLOCK_MONOTONIC, usec, SLACK, ring,
						  userdata);
	r = sd_event_source_set_time_relative(*timer, usec);
	return r < 0 ? r : sd_event_source_set_enabled(*timer, SD_EVENT_ONESHOT);
}

void timer_stop(sd_event_source *timer)
{
	if (timer)
		sd_event_source_set_enabled(timer, SD_EVENT_OFF);
}
