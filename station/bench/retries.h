/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault costs: another try after a pause, or the job. */
#ifndef STATION_BENCH_RETRIES_H
#define STATION_BENCH_RETRIES_H

#include "station/bench/bench.h"

/* The worker is gone, or there was no gate for it, with slot->verdict: is it tried again? Counts
 * the fault. STEP: the one that was under way, with this fault counted; NULL none. */
bool slot_tries_again(struct slot *slot, const struct job_step *step);
/* FAULT is of the step that the slot's last worker was in, or would have come to. */
void slot_blame(const struct slot *slot, struct fault *fault);
/* Says that it is tried again. Returns how long until then. */
msec_t slot_rest(struct slot *slot);
/* The device of a resting slot has left: the fault may have been the echo of that. Returns whether
 * it has left too often, and the job ends with RET_FAULT. */
bool slot_forgive(struct slot *slot, struct fault *ret_fault);

#endif
