/* SPDX-License-Identifier: Apache-2.0 */
/* How long each thing may take: the step's two timers, and the patience with a person. */
#ifndef STATION_STATION_LIMITS_H
#define STATION_STATION_LIMITS_H

#include "station/bench/bench.h"

/* Runs the two timers of the step under way, or of the next one to come, from the beginning. */
void slot_time_step(struct slot *slot);
/* The worker waits for a person now, or does no longer: one time stands still, the other goes on.
 */
void slot_time_wait(struct slot *slot);

#endif
