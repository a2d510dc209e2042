/* SPDX-License-Identifier: Apache-2.0 */
/* The time that a step has had: of its worker, or of the person whom it waits for. */
#ifndef STATION_BENCH_STEP_CLOCK_H
#define STATION_BENCH_STEP_CLOCK_H

#include "station/bench/bench.h"

/* The time that ran stands still, and COUNT, which is the slot's, runs; NULL none. */
void slot_count_for(struct slot *slot, msec_t *count);
/* The worker has nothing to do any more: no time runs, and both timers of its step are stopped. */
void slot_time_over(struct slot *slot);

#endif
