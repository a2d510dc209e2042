/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger is told of a job: that it is opened, where its device is, its notes, its steps.
 */
#ifndef STATION_BENCH_JOB_RECORD_H
#define STATION_BENCH_JOB_RECORD_H

#include "station/bench/bench.h"

/* What the ledger calls a job with BLUEPRINT, or without one (NULL). */
const char *station_blueprint_name(const struct blueprint *blueprint);
/* The newest job of the slot's device with that blueprint; a zeroed one when there is none.
 * Returns false when the ledger failed. */
bool slot_find_past(struct slot *slot, const char *blueprint, struct job_past *ret_past);
/* Opens a job with the slot's blueprint. Returns 0, -ENOSPC, or what the ledger failed with. */
int slot_open_job(struct slot *slot);
/* VALUE is known of the slot's device: shown, and recorded when it has a job. */
void slot_note(struct slot *slot, enum note_key key, const char *value);
/* Records that the job's device is in this slot now, with all that is known of it. */
void slot_open_attachment(struct slot *slot);
/* Records HOW that ended. Nothing when there is none. */
void slot_end_attachment(struct slot *slot, const char *how);

/* Tells EVENT, whose outcome and details are set, of the step that the board shows. */
void slot_tell_step(struct slot *slot, struct event event);
/* Records and tells how steps[AT], which was begun, ended. */
void slot_record_step_end(struct slot *slot, unsigned at, const struct step_end *end);
/* Ends a step that is under way, since its worker is gone: FAULT (or NULL) is counted. */
void slot_end_step(struct slot *slot, enum step_outcome outcome, const struct fault *fault);
/* The steps that were never begun are recorded as skipped. */
void slot_skip_steps(struct slot *slot);

#endif
