/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs in the ledger: opened or resumed for a device, judged, ended with one outcome. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "station/bench.h"
#include "station/clock.h"
#include "station/hold.h"

static const char *blueprint_name(const struct blueprint *blueprint)
{
	return blueprint ? blueprint->name : "";
}

/* The first blueprint that is for the device, as far as it is known before trust. */
static bool choose_blueprint(struct slot *slot)
{
	const struct station_options *options = slot->station->options;

	slot->blueprint = NULL;
	for (size_t i = 0; i < options->blueprint_count && !slot->blueprint; i++)
		if (blueprint_fits(options->blueprints[i], slot->board->note[NOTE_PRODUCT],
				   slot->board->note[NOTE_OS]))
			slot->blueprint = options->blueprints[i];
	snprintf(slot->board->blueprint, sizeof slot->board->blueprint, "%s",
		 blueprint_name(slot->blueprint));
	return slot->blueprint || options->blueprint_count == 0;
}

/* The newest job of the slot's device with that blueprint; a zeroed one when there is none.
 * Returns false when the ledger failed. */
static bool find_past(struct slot *slot, const char *blueprint, struct job_past *ret_past)
{
	struct station *station = slot->station;
	int r = ledger_find_job(station->ledger, &slot->board->udid, station->options->batch,
				blueprint, ret_past);

	if (r == -ENOENT)
		*ret_past = (struct job_past){ 0 };
	return r == 0 || r == -ENOENT || station_wrote(station, r) == 0;
}

static void write_notes(struct slot *slot)
{
	for (unsigned key = 0; key < NOTE_KEYS_COUNT; key++)
		if (slot->board->note[key][0] != '\0')
			slot_note(slot, (enum note_key)key, slot->board->note[key]);
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

/* Returns 0 and sets the slot's job, or -errno. */
static int open_job(struct slot *slot)
{
	struct station *station = slot->station;
	struct job_opening opening = { .udid = slot->board->udid,
				       .batch = station->options->batch,
				       .blueprint = blueprint_name(slot->blueprint),
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

static unsigned list_steps(const struct slot *slot, const struct job_past *past,
			   struct job_step steps[static STEPS_MAX])
{
	static const struct step_id identify[] = { { STEP_PAIR, 1 }, { STEP_VERIFY, 1 } };
	unsigned count = slot->blueprint ? (unsigned)slot->blueprint->step_count : 2;

	for (unsigned i = 0; i < count; i++) {
		steps[i] = (struct job_step){ .id = slot->blueprint ? slot->blueprint->steps[i].id
								    : identify[i] };
		for (unsigned k = 0; k < past->step_count; k++) {
			if (!step_equal(past->steps[k].id, steps[i].id))
				continue;
			steps[i].attempts = past->steps[k].attempts;
			if (step_outcome_is_good(past->steps[k].outcome))
				steps[i].outcome = past->steps[k].outcome;
		}
	}
	return count;
}

static void plan_step(struct slot *slot, unsigned at)
{
	const struct job_step *step = &slot->job.steps[at];
	struct order order = { .verb = ORDER_PLAN,
			       .plan = { .id = step->id,
					 .done = step_outcome_is_good(step->outcome) } };
	const struct blueprint_step *known = slot->blueprint ? &slot->blueprint->steps[at] : NULL;

	if (known && known->profile) {
		snprintf(order.plan.argument, sizeof order.plan.argument, "%s",
			 known->profile->identifier);
		snprintf(order.plan.uuid, sizeof order.plan.uuid, "%s", known->profile->uuid);
	}
	if (known && known->name && slot_fill_name(slot, known->name, order.plan.argument) < 0)
		order.plan.argument[0] = '\0';
	station_answer(slot, &order, -1);
}

static void begin_attachment(struct slot *slot, const struct job_past *past)
{
	struct station *station = slot->station;
	struct job_step steps[STEPS_MAX];
	unsigned count = list_steps(slot, past, steps);

	station_wrote(station,
		      ledger_begin_attachment(station->ledger, slot->board->job, slot->board->name,
					      slot->board->port, clock_wall(), &slot->attachment));
	write_notes(slot);
	job_start(&slot->job, steps, count);
	slot->board->steps_total = count;
	slot->board->steps_ended = job_good_steps(&slot->job);
	for (unsigned i = 0; i < count; i++)
		plan_step(slot, i);
	station_answer(slot, &(struct order){ .verb = ORDER_START }, -1);
	slot_time_step(slot);
}

static void dismiss(struct slot *slot)
{
	slot->board->held = true;
	slot_happen(slot, CUE_DISMISSED);
}

void slot_take_job(struct slot *slot)
{
	const struct station_options *options = slot->station->options;
	struct job_past past;
	struct hold_past ended;
	int r;

	if (slot->board->job == 0 && !choose_blueprint(slot)) {
		slot_condemn(slot, fault_new(FAULT_NO_BLUEPRINT, "product %s, system %s",
					     slot->board->note[NOTE_PRODUCT],
					     slot->board->note[NOTE_OS]));
		return;
	}
	if (!find_past(slot, blueprint_name(slot->blueprint), &past))
		return;
	ended = (struct hold_past){ past.job != 0, past.outcome, past.ended };
	switch (hold_decide(&ended, *options->batch != '\0', options->again, slot->station->started,
			    clock_wall())) {
	case HOLD_HELD:
		dismiss(slot);
		return;
	case HOLD_RESUME:
		slot->board->job = past.job;
		break;
	case HOLD_NEW:
		past = (struct job_past){ 0 };
		r = open_job(slot);
		if (r < 0) {
			slot_condemn(slot, fault_new(FAULT_HOST_TROUBLE, "%s", strerror(-r)));
			return;
		}
		break;
	}
	begin_attachment(slot, &past);
}

void slot_note(struct slot *slot, enum note_key key, const char *value)
{
	char *note = slot->board->note[key];

	if (note != value)
		snprintf(note, sizeof slot->board->note[key], "%s", value);
	if (slot->board->job)
		station_wrote(slot->station, ledger_note(slot->station->ledger, slot->board->job,
							 key, value, clock_wall()));
}

static void end_attachment(struct slot *slot, const char *how)
{
	if (slot->attachment)
		station_wrote(slot->station,
			      ledger_end_attachment(slot->station->ledger, slot->attachment, how,
						    clock_wall()));
	slot->attachment = 0;
}

static const char *how_it_ended(const struct slot *slot, enum exit_kind how)
{
	if (fault_is_set(&slot->condemned))
		return "killed";
	if (slot->verdict.outcome == OUTCOME_NONE)
		return slot->station->stopping ? "interrupted" : slot->left ? "left" : "absent";
	return how == EXIT_STATUS ? "ended" : "died";
}

static enum slot_cue cue_of_end(const struct slot *slot)
{
	if (slot->board->held)
		return CUE_GONE_HELD;
	if (slot->verdict.outcome != OUTCOME_NONE)
		return CUE_GONE_ENDED;
	if (slot->station->stopping)
		return CUE_GONE_OPEN;
	return slot->board->job ? CUE_GONE_AWAY : CUE_GONE_IDLE;
}

void slot_judge(struct slot *slot, enum exit_kind how, int number)
{
	struct job_end end = { how, number, slot->left, slot->condemned };

	slot->verdict = job_judge(&slot->job, &end);
	if (slot->verdict.outcome == OUTCOME_NONE)
		slot_end_step(slot, STEP_UNKNOWN, NULL);
	else
		slot_end_step(slot, STEP_FAILED, &slot->verdict.fault);
	end_attachment(slot, how_it_ended(slot, how));
	slot_happen(slot, cue_of_end(slot));
	slot_catch_up(slot);
}

/* A job ends before its worker said what it is to be: the device's open job, if it has one with any
 * of our blueprints, or else a new one without a blueprint. */
static void find_job_to_end(struct slot *slot)
{
	const struct station_options *options = slot->station->options;
	struct job_past past;

	for (size_t i = 0; i <= options->blueprint_count; i++) {
		const struct blueprint *blueprint =
			i < options->blueprint_count ? options->blueprints[i] : NULL;

		if (!find_past(slot, blueprint_name(blueprint), &past))
			return;
		if (past.job != 0 && !outcome_is_final(past.outcome)) {
			slot->board->job = past.job;
			return;
		}
	}
	slot->blueprint = NULL;
	slot->board->blueprint[0] = '\0';
	if (open_job(slot) == 0)
		write_notes(slot);
}

static void skip_steps(struct slot *slot)
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
	case OUTCOME_INTERRUPTED:
		break;
	}
	return NULL;
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
	unsigned *total = total_of(&station->board, verdict->outcome);
	int r;

	if (slot->board->job == 0)
		find_job_to_end(slot);
	slot->board->fault = verdict->fault;
	if (slot->board->job == 0) {
		slot_refuse(slot);
		return;
	}
	if (verdict->outcome != OUTCOME_PASSED)
		skip_steps(slot);
	r = ledger_end_job(station->ledger, slot->board->job, verdict->outcome,
			   fault_is_set(&verdict->fault) ? &verdict->fault : NULL, clock_wall());
	if (station_wrote(station, r) < 0) {
		slot_interrupt(slot);
		return;
	}
	if (total)
		++*total;
	tell_outcome(slot, verdict->outcome);
}

void slot_show_held(struct slot *slot)
{
	tell_outcome(slot, OUTCOME_PASSED);
}

void slot_refuse(struct slot *slot)
{
	slot->station->refused++;
	tell_outcome(slot, fault_outcome(slot->board->fault.kind));
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
	}
}
