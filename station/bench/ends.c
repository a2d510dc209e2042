/* SPDX-License-Identifier: Apache-2.0 */
/* How jobs end: the worker's last attachment judged, one outcome recorded and told. */
#include "station/bench/ends.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/bench/job_record.h"
#include "station/bench/outbox.h"
#include "station/bench/retries.h"
#include "station/tools/clock.h"

static const char *how_it_ended(const struct slot *slot, enum exit_kind how)
{
	if (fault_is_set(&slot->condemned))
		return "killed";
	if (slot->verdict.outcome == OUTCOME_NONE)
		return slot->station->stopping ? "interrupted" : slot->left ? "left" : "absent";
	return how == EXIT_STATUS ? "ended" : "died";
}

static enum slot_cue cue_of_end(const struct slot *slot, bool again)
{
	if (slot->board->held)
		return CUE_GONE_HELD;
	if (again)
		return slot->station->stopping ? CUE_GONE_OPEN : CUE_GONE_AGAIN;
	if (slot->verdict.outcome != OUTCOME_NONE)
		return CUE_GONE_ENDED;
	if (slot->station->stopping)
		return CUE_GONE_OPEN;
	return slot->board->job ? CUE_GONE_AWAY : CUE_GONE_IDLE;
}

enum slot_cue slot_judge(struct slot *slot, enum exit_kind how, int number)
{
	struct job_end end = { how, number, slot->left, slot->condemned };
	const struct job_step *step =
		job_in_step(&slot->job) ? &slot->job.steps[slot->job.at] : NULL;
	const struct fault *fault = &slot->verdict.fault;
	bool again;

	slot->verdict = job_judge(&slot->job, &end);
	slot_end_step(slot, slot->verdict.step, fault_is_set(fault) ? fault : NULL);
	slot_end_attachment(slot, how_it_ended(slot, how));
	again = slot_tries_again(slot, step);
	slot->condemned = fault_none();
	return cue_of_end(slot, again);
}

enum slot_cue slot_judge_ungated(struct slot *slot, struct fault fault)
{
	slot->job = (struct job){ 0 };
	slot->verdict = (struct job_verdict){ fault_outcome(fault.kind), fault, STEP_UNKNOWN };
	return slot_tries_again(slot, NULL) ? CUE_GONE_AGAIN : CUE_UNGATED;
}

/* A job ends before its worker said what it is to be: the device's open job, if it has one with any
 * of our blueprints, or else a new one without a blueprint. */
static void find_job_to_end(struct slot *slot)
{
	const struct station_options *options = slot->station->options;
	struct job_past past;

	/* One that nobody could speak with was not worked on: its open job is for when it can be.
	 */
	for (size_t i = 0; slot->present && i <= options->blueprint_count; i++) {
		const struct blueprint *blueprint =
			i < options->blueprint_count ? options->blueprints[i] : NULL;

		if (!slot_find_past(slot, station_blueprint_name(blueprint), &past))
			return;
		if (past.job != 0 && !outcome_is_final(past.outcome)) {
			slot->board->job = past.job;
			return;
		}
	}
	slot->blueprint = NULL;
	slot->board->blueprint[0] = '\0';
	slot_open_job(slot);
}

/* Records the attachment of a job that was opened or found only to be ended. */
static void attach_to_end(struct slot *slot)
{
	find_job_to_end(slot);
	if (slot->board->job == 0)
		return;
	slot_open_attachment(slot);
	slot_end_attachment(slot, "ended");
}

static unsigned *total_of(struct board *board, enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_PASSED:
		return &board->passed;
	case OUTCOME_FAILED:
		return &board->failed;
	case OUTCOME_SET_ASIDE:
		return &board->set_aside;
	case OUTCOME_REMOVED:
		return &board->removed;
	case OUTCOME_NONE:
	case OUTCOME_HANDED_OVER: /* no slot's */
	case OUTCOME_INTERRUPTED:
		break;
	}
	return NULL;
}

static void add_total(struct station *station, enum outcome outcome)
{
	unsigned *total = total_of(&station->board, outcome);

	if (total)
		++*total;
}

static void tell_outcome(struct slot *slot, enum outcome outcome)
{
	struct log_about about = slot_about(slot);
	const struct fault *fault = &slot->board->fault;
	const struct udid *udid = &slot->board->udid;

	slot->board->outcome = outcome;
	slot->ended_in = slot->station->commits;
	log_line(outcome == OUTCOME_PASSED ? LEVEL_NOTE : LEVEL_WARN, &about, "%s%s%s%s",
		 outcome_to_text(outcome), slot->board->held ? " before" : "",
		 fault_is_set(fault) ? ": " : "", fault_name(fault->kind));
	if (udid_is_set(udid) && tally_add(&slot->station->tally, udid, outcome) < 0)
		station_wrote(slot->station, -ENOMEM);
	station_tell(slot->station, (struct event){ .kind = EVENT_OUTCOME,
						    .slot = slot->board,
						    .took = clock_monotonic() - slot->began });
}

void slot_end_job(struct slot *slot)
{
	struct station *station = slot->station;
	const struct job_verdict *verdict = &slot->verdict;
	int r;

	if (slot->board->job == 0)
		attach_to_end(slot);
	slot->board->fault = verdict->fault;
	if (slot->board->job == 0) {
		slot_refuse(slot);
		return;
	}
	if (verdict->outcome != OUTCOME_PASSED)
		slot_skip_steps(slot);
	r = ledger_end_job(station->ledger, slot->board->job, verdict->outcome,
			   fault_is_set(&verdict->fault) ? &verdict->fault : NULL, clock_wall());
	if (station_wrote(station, r) < 0) {
		slot_interrupt(slot);
		return;
	}
	add_total(station, verdict->outcome);
	/* One that does not say who it is cannot be told from another: it counts by itself. */
	station->refused += !udid_is_set(&slot->board->udid);
	tell_outcome(slot, verdict->outcome);
}

void slot_show_held(struct slot *slot)
{
	tell_outcome(slot, OUTCOME_PASSED);
}

void slot_refuse(struct slot *slot)
{
	enum outcome outcome = fault_outcome(slot->board->fault.kind);

	slot->station->refused++;
	add_total(slot->station, outcome);
	tell_outcome(slot, outcome);
}

void slot_interrupt(struct slot *slot)
{
	slot->board->fault = fault_none();
	tell_outcome(slot, OUTCOME_INTERRUPTED);
}

void station_take_back_ends(struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *slot = &station->slots[i];
		unsigned *total = total_of(&station->board, slot->board->outcome);

		if (slot->board->state != SLOT_ENDED || slot->ended_in != station->commits ||
		    slot->board->held)
			continue;
		if (total && *total > 0)
			--*total;
		slot->board->outcome = OUTCOME_INTERRUPTED;
		slot->board->fault = fault_none();
		slot_show(slot);
		station->changed = true;
	}
}
