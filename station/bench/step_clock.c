/* SPDX-License-Identifier: Apache-2.0 */
/* The time that a step has had: of its worker, or of the person whom it waits for. */
#include "station/bench/step_clock.h"

#include "station/tools/clock.h"
#include "station/tools/timer.h"

void slot_count_for(struct slot *slot, msec_t *count)
{
	msec_t now = clock_monotonic();

	if (slot->counting)
		*slot->counting += now - slot->counting_since;
	slot->counting = count;
	slot->counting_since = now;
}

void slot_time_over(struct slot *slot)
{
	slot_count_for(slot, NULL);
	timer_stop(slot->warn_timer);
	timer_stop(slot->kill_timer);
}
