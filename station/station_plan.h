/* SPDX-License-Identifier: Apache-2.0 */
/* A device is known: the blueprint chosen, its job opened or taken up again, the plan told. */
#ifndef STATION_STATION_PLAN_H
#define STATION_STATION_PLAN_H

#include "station/bench/bench.h"

/* The worker can be told its plan: chooses the blueprint, opens or resumes the job. One that has
 * nothing to do is dismissed. */
void slot_take_job(struct slot *slot);
/* Fills the blueprint's name TEMPLATE from what is known of the device by now. Returns 0, -ENODATA
 * when that is not enough, or -ENOMEM. */
int slot_fill_name(struct slot *slot, const char *template, char out[static CLEAN_MAX + 1]);

#endif
