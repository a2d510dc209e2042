/* SPDX-License-Identifier: Apache-2.0 */
/* The steps that the station planned for this device, in order. */
#ifndef DEVICE_PLAN_H
#define DEVICE_PLAN_H

#include "device/facts/talk.h"

struct plan {
	struct plan_step steps[STEPS_MAX];
	unsigned count;
};

/* Adds STEP to the end. Returns 0, or -EPROTO when the plan is full, has the step already, or the
 * order is wrong: pair comes first, verify last. */
int plan_add(struct plan *plan, const struct plan_step *step);

/* Whether a job can be done by it: it begins with pair. */
bool plan_is_whole(const struct plan *plan);

#endif
