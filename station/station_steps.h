/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with a worker, step by step: heard, recorded, answered. */
#ifndef STATION_STATION_STEPS_H
#define STATION_STATION_STEPS_H

#include "station/bench.h"

void slot_hear(struct slot *slot, const struct talk *talk);
/* Tells EVENT, whose outcome and details are set, of the step that the board shows. */
void slot_tell_step(struct slot *slot, struct event event);
/* Fills the blueprint's name TEMPLATE from what is known of the device by now. Returns 0, -ENODATA
 * when that is not enough, or -ENOMEM. */
int slot_fill_name(struct slot *slot, const char *template, char out[static CLEAN_MAX + 1]);
/* Ends a step that is under way, since its worker is gone. */
void slot_end_step(struct slot *slot, enum step_outcome outcome, const struct fault *fault);

/* What is known of the slot's device, for names and templates. */
struct blueprint_facts slot_facts(const struct slot *slot);

/* The step that its worker wants was put off as long as another slot with the same device settled;
 * that has ended. */
void slot_go_on(struct slot *slot);

#endif
