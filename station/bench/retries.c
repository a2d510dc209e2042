/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault costs: another try after a pause, or the job. */
#include "station/bench/retries.h"

#include "station/bench/outbox.h"
#include "station/bench/usbmuxd_health.h"
#include "station/rules/retry.h"

/* Faults of a step count over the whole job, as the ledger has them; those outside of steps as long
 * as the device stays in its slot. */
static bool is_due(struct slot *slot, const struct job_step *step)
{
	unsigned attempts = step ? slot_step_limits(slot, step->id).attempts : RETRY_OUTSIDE_STEPS;

	unsigned faults = step ? step->faults : ++slot->faults;

	slot->tried = faults > slot->forgiven ? faults - slot->forgiven : 1;
	return retry_is_due(slot->verdict.fault.kind, slot->tried, attempts);
}

void slot_blame(const struct slot *slot, struct fault *fault)
{
	const struct job_step *step = job_current_step(&slot->job);

	fault->has_step = step != NULL;
	if (step)
		fault->step = step->id;
}

/* The device left under its worker, or said that it would. Has it done so too often, and FAULT is
 * why its job ends? */
static bool is_given_up(struct slot *slot, struct fault *ret_fault)
{
	if (!(slot->pulled || slot->job.word == WORD_ABSENT) ||
	    ++slot->departures < RETRY_DEPARTURES)
		return false;
	*ret_fault =
		fault_new(FAULT_LINK_LOST, "it left %u times without getting on", slot->departures);
	slot_blame(slot, ret_fault);
	slot->departures = 0;
	return true;
}

/* The job goes on when the device is back; but not for ever. */
static void count_departure(struct slot *slot)
{
	struct fault fault;

	if (!slot->station->stopping && is_given_up(slot, &fault))
		slot->verdict =
			(struct job_verdict){ fault_outcome(fault.kind), fault, STEP_UNKNOWN };
}

bool slot_tries_again(struct slot *slot, const struct job_step *step)
{
	if (slot->verdict.outcome == OUTCOME_NONE)
		count_departure(slot);
	else if (fault_is_set(&slot->verdict.fault))
		return is_due(slot, step);
	return false;
}

msec_t slot_rest(struct slot *slot)
{
	const struct fault *fault = &slot->verdict.fault;
	struct log_about about = slot_about(slot);
	msec_t pause = retry_pause(slot->tried, &slot->board->udid);

	slot->board->fault = *fault;
	station_doubt_usbmuxd(slot->station, fault->kind);
	/* Who has not had a turn yet goes first. */
	slot->arrived = ++slot->station->arrivals;
	log_line(LEVEL_NOTE, &about, "%s: trying again in %lld ms%s%s", fault_name(fault->kind),
		 pause, fault->text[0] ? ": " : "", fault->text);
	station_tell(slot->station,
		     (struct event){ .kind = EVENT_RETRY, .slot = slot->board, .took = pause });
	return pause;
}

bool slot_forgive(struct slot *slot, struct fault *ret_fault)
{
	if (!retry_is_echo(slot->verdict.fault.kind))
		return false;
	slot->forgiven++;
	return is_given_up(slot, ret_fault);
}
