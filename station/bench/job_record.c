/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger is told of a job: that it is opened, where its device is, its notes, its steps.
 */
#include "station/bench/job_record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/bench/outbox.h"
#include "station/tools/clock.h"

const char *station_blueprint_name(const struct blueprint *blueprint)
{
	return blueprint ? blueprint->name : "";
}

bool slot_find_past(struct slot *slot, const char *blueprint, struct job_past *ret_past)
{
	struct station *station = slot->station;
	int r = ledger_find_job(station->ledger, &slot->board->udid, station->options->batch,
				blueprint, ret_past);

	if (r == -ENOENT)
		*ret_past = (struct job_past){ 0 };
	return r == 0 || r == -ENOENT || station_wrote(station, r) == 0;
}

/* A full disk is no failure of the ledger: it is said, and what runs may end. */
static void no_room(struct station *station, bool full)
{
	const char *why = "The disk is nearly full: no job is begun.";
	bool said = station->board.trouble[0] != '\0';

	if (full && !said)
		station_say(station, "%s", why);
	snprintf(station->board.trouble, sizeof station->board.trouble, "%s", full ? why : "");
}

int slot_open_job(struct slot *slot)
{
	struct station *station = slot->station;
	struct job_opening opening = { .udid = slot->board->udid,
				       .batch = station->options->batch,
				       .blueprint = station_blueprint_name(slot->blueprint),
				       .blueprint_sha256 =
					       slot->blueprint ? slot->blueprint->sha256 : "",
				       .operator= station->options->operator, };
	int64_t job = 0;
	int r = ledger_open_job(station->ledger, &opening, clock_wall(), &job);

	no_room(station, r == -ENOSPC);
	if (r < 0)
		return r == -ENOSPC ? r : station_wrote(station, r);
	slot->board->job = job;
	return station_wrote(station, 0);
}

void slot_note(struct slot *slot, enum note_key key, const char *value)
{
	char *note = slot->board->note[key];

	if (note != value)
		snprintf(note, sizeof slot->board->note[key], "%s", value);
	slot_show(slot);
	if (slot->board->job)
		station_wrote(slot->station, ledger_note(slot->station->ledger, slot->board->job,
							 key, value, clock_wall()));
}

static void write_notes(struct slot *slot)
{
	for (unsigned key = 0; key < NOTE_KEYS_COUNT; key++)
		if (slot->board->note[key][0] != '\0')
			slot_note(slot, (enum note_key)key, slot->board->note[key]);
}

void slot_open_attachment(struct slot *slot)
{
	struct station *station = slot->station;

	station_wrote(station,
		      ledger_begin_attachment(station->ledger, slot->board->job, slot->board->name,
					      slot->board->port, slot->speed, clock_wall(),
					      &slot->attachment));
	write_notes(slot);
}

void slot_end_attachment(struct slot *slot, const char *how)
{
	if (slot->attachment)
		station_wrote(slot->station,
			      ledger_end_attachment(slot->station->ledger, slot->attachment, how,
						    clock_wall()));
	slot->attachment = 0;
}

void slot_tell_step(struct slot *slot, struct event event)
{
	struct log_about about = slot_about(slot);
	char step[STEP_TEXT_MAX];

	log_line(LEVEL_DEBUG, &about, "%s %s", step_to_text(slot->board->step, step),
		 step_outcome_to_text(event.step_outcome));
	event.kind = EVENT_STEP;
	event.slot = slot->board;
	event.step = slot->board->step;
	event.what = slot->board->what;
	station_tell(slot->station, event);
}

void slot_record_step_end(struct slot *slot, unsigned at, const struct step_end *end)
{
	const struct job_step *step = &slot->job.steps[at];

	station_wrote(slot->station, ledger_end_step(slot->station->ledger, slot->board->job,
						     step->id, step->attempts, end, clock_wall()));
	slot_tell_step(slot, (struct event){ .step_outcome = end->outcome,
					     .verified = end->verified,
					     .took = clock_monotonic() - slot->board->step_since,
					     .fault = end->fault,
					     .text = end->detail });
}

void slot_end_step(struct slot *slot, enum step_outcome outcome, const struct fault *fault)
{
	unsigned at = slot->job.at;

	if (!job_in_step(&slot->job))
		return;
	slot->job.steps[at].outcome = outcome;
	slot->job.steps[at].faults += fault != NULL;
	slot_record_step_end(slot, at,
			     &(struct step_end){ .outcome = outcome,
						 .detail = fault ? fault->text : "",
						 .fault = fault });
}

void slot_skip_steps(struct slot *slot)
{
	const struct step_end skipped = { .outcome = STEP_SKIPPED, .detail = "" };

	for (unsigned i = 0; i < slot->job.step_count; i++) {
		const struct job_step *step = &slot->job.steps[i];

		if (step->outcome == STEP_TODO && step->attempts == 0)
			station_wrote(slot->station,
				      ledger_end_step(slot->station->ledger, slot->board->job,
						      step->id, 0, &skipped, clock_wall()));
	}
}
