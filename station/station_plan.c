/* SPDX-License-Identifier: Apache-2.0 */
/* A device is known: the blueprint chosen, its job opened or taken up again, the plan told. */
#include "station/station_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/bench/job_record.h"
#include "station/bench/outbox.h"
#include "station/bench/profile_shelf.h"
#include "station/bench/slots.h"
#include "station/rules/hold.h"
#include "station/station_limits.h"
#include "station/tools/clock.h"

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
		 station_blueprint_name(slot->blueprint));
	return slot->blueprint || options->blueprint_count == 0;
}

int slot_fill_name(struct slot *slot, const char *template, char out[static CLEAN_MAX + 1])
{
	struct blueprint_facts facts = slot_facts(slot);
	char *name = NULL;
	int r = blueprint_fill(template, &facts, &name);

	if (r == 0)
		clean_string(name, out);
	free(name);
	return r;
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
			steps[i].faults = past->steps[k].faults;
			/* Nobody has looked since: the last look is part of every worker's work. */
			if (step_outcome_is_good(past->steps[k].outcome) &&
			    steps[i].id.kind != STEP_VERIFY)
				steps[i].outcome = past->steps[k].outcome;
		}
	}
	return count;
}

/* What the step STEP, which an earlier worker did, was begun with; "" when it is to be done. */
static const char *past_sha256(const struct job_past *past, const struct job_step *step)
{
	for (unsigned i = 0; i < past->step_count; i++)
		if (step_equal(past->steps[i].id, step->id) && step_outcome_is_good(step->outcome))
			return past->steps[i].sha256;
	return "";
}

static void plan_step(struct slot *slot, const struct job_past *past, unsigned at)
{
	const struct job_step *step = &slot->job.steps[at];
	struct order order = { .verb = ORDER_PLAN,
			       .plan = { .id = step->id,
					 .done = step_outcome_is_good(step->outcome) } };
	const struct blueprint_step *known = slot->blueprint ? &slot->blueprint->steps[at] : NULL;
	const struct profile *profile;

	if (known && known->profile) {
		profile = slot_plan_profile(slot, at, past_sha256(past, step));
		snprintf(order.plan.argument, sizeof order.plan.argument, "%s",
			 profile->identifier);
		snprintf(order.plan.uuid, sizeof order.plan.uuid, "%s", profile->uuid);
	}
	if (known && known->name && slot_fill_name(slot, known->name, order.plan.argument) < 0)
		order.plan.argument[0] = '\0';
	station_answer(slot, &order, -1);
}

static void begin_attachment(struct slot *slot, const struct job_past *past)
{
	struct job_step steps[STEPS_MAX];
	unsigned count = list_steps(slot, past, steps);

	slot_open_attachment(slot);
	job_start(&slot->job, steps, count);
	slot->board->steps_total = count;
	slot->board->steps_ended = job_good_steps(&slot->job);
	for (unsigned i = 0; i < count; i++)
		plan_step(slot, past, i);
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
	const char *expired;
	int r;

	if (slot->board->job == 0 && !choose_blueprint(slot)) {
		slot_condemn(slot, fault_new(FAULT_NO_BLUEPRINT, "product %s, system %s",
					     slot->board->note[NOTE_PRODUCT],
					     slot->board->note[NOTE_OS]));
		return;
	}
	if (!slot_find_past(slot, station_blueprint_name(slot->blueprint), &past))
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
		r = slot_open_job(slot);
		if (r < 0) {
			slot_condemn(slot, fault_new(FAULT_HOST_TROUBLE, "%s", strerror(-r)));
			return;
		}
		expired = station_expired_profile(slot->station, slot->blueprint);
		if (expired) {
			slot_open_attachment(slot);
			slot_condemn(slot, fault_new(FAULT_PROFILE_EXPIRED, "%s", expired));
			return;
		}
		break;
	}
	begin_attachment(slot, &past);
}
