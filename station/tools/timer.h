/* SPDX-License-Identifier: Apache-2.0 */
/* A timer that rings once, armed and stopped as often as wanted. */
#ifndef STATION_TOOLS_TIMER_H
#define STATION_TOOLS_TIMER_H

#include <systemd/sd-event.h>

#include "device/facts/step.h"

/* Arms *TIMER, made when it is NULL, to call RING after DELAY; one that runs already begins anew.
 * Returns 0 or negative errno. */
int timer_arm(sd_event *event, sd_event_source **timer, msec_t delay, sd_event_time_handler_t ring,
	      void *userdata);
/* TIMER may be NULL. */
void timer_stop(sd_event_source *timer);

#endif
