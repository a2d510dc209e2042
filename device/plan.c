/* SPDX-License-Identifier: Apache-2.0 */
/* The steps that the station planned for this device, in order. */
#include "device/plan.h"

#include <errno.h>

int plan_add(struct plan *plan, const struct plan_step *step)
{
	if (plan->count == STEPS_MAX || (plan->count == 0) != (step->id.kind == STEP_PAIR))
		return -EPROTO;
	for (unsigned i = 0; i < plan->count; i++)
		if (plan->steps[i].id.kind == STEP_VERIFY ||
		    step_equal(plan->steps[i].id, step->id))
			return -EPROTO;
	plan->steps[plan->count++] = *step;
	return 0;
}

bool plan_is_whole(const struct plan *plan)
{
	return plan->count > 0;
}
