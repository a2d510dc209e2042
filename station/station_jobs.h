/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs in the ledger: the blueprint chosen, the job opened or taken up again, the plan told. */
#ifndef STATION_STATION_JOBS_H
#define STATION_STATION_JOBS_H

#include "station/bench.h"

/* What the ledger calls a job with BLUEPRINT, or without one (NULL). */
const char *station_blueprint_name(const struct blueprint *blueprint);
/* The newest job of the slot's device with that blueprint; a zeroed one when there is none.
 * Returns false when the ledger failed. */
bool slot_find_past(struct slot *slot, const char *blueprint, struct job_past *ret_past);
/* Opens a job with the slot's blueprint. Returns 0, -ENOSPC, or what the ledger failed with. */
int slot_open_job(struct slot *slot);
/* Records that the job's device is in this slot now, with all that is known of it. */
void slot_open_attachment(struct slot *slot);
/* The worker can be told its plan: chooses the blueprint, opens or resumes the job. */
void slot_take_job(struct slot *slot);
void slot_note(struct slot *slot, enum note_key key, const char *value);

#endif
