/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with a worker, step by step: heard, recorded, answered. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/bench.h"
#include "station/tools/clock.h"
#include "station/tools/sealed.h"
#include "station/station_limits.h"

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

int slot_fill_name(struct slot *slot, const char *template, char out[static CLEAN_MAX + 1])
{
	struct blueprint_facts facts = { .udid = slot->board->udid.text };
	const char *serial = slot->board->note[NOTE_SERIAL];
	const char *product = slot->board->note[NOTE_PRODUCT], *ecid = slot->board->note[NOTE_ECID];
	char *name = NULL;
	int r;

	facts.serial = *serial ? serial : NULL;
	facts.product = *product ? product : NULL;
	facts.ecid = *ecid ? ecid : NULL;
	r = blueprint_fill(template, &facts, &name);
	if (r == 0)
		clean_string(name, out);
	free(name);
	return r;
}

/* The sealed bytes of the profile at place AT of the slot's blueprint, made once for all devices.
 * Returns a descriptor of its own or negative errno. */
static int open_profile(struct slot *slot, const struct blueprint_step *step)
{
	const struct station_options *options = slot->station->options;
	int *fd = slot->station->profile_fds;

	for (size_t i = 0; options->blueprints[i] != slot->blueprint; i++)
		fd += STEPS_MAX;
	fd += step - slot->blueprint->steps;
	if (*fd < 0)
		*fd = sealed_new("profile", step->profile->bytes, step->profile->size);
	return *fd < 0 ? *fd : sealed_open(*fd);
}

/* What goes with `go`: the pairing's keys, the profile, or nothing (-1). Returns 0 or -errno. */
static int equip(struct slot *slot, struct order *order, int *ret_fd)
{
	const struct blueprint_step *step = slot_blueprint_step(slot, order->step);
	int fd;

	*ret_fd = -1;
	switch (order->step.kind) {
	case STEP_PAIR:
		fd = pair_keys_take(slot->station->keys, &slot->board->udid, &slot->new_keys);
		*ret_fd = fd < 0 ? -1 : fd;
		return 0;
	case STEP_INSTALL:
		fd = open_profile(slot, step);
		*ret_fd = fd;
		return fd < 0 ? fd : 0;
	case STEP_NAME:
		return slot_fill_name(slot, step->name, order->name);
	case STEP_VERIFY:
		return 0;
	}
	return 0;
}

/* The name of the step's profile, without its folder; "" when it has none. */
static void name_profile(const struct blueprint_step *step, char out[static CLEAN_MAX + 1])
{
	const char *file = step && step->profile ? step->profile->file : "";
	const char *slash = strrchr(file, '/');

	clean_string(slash ? slash + 1 : file, out);
}

static void begin_step(struct slot *slot)
{
	const struct job_step *step = &slot->job.steps[slot->job.at];
	const struct blueprint_step *known = slot_blueprint_step(slot, step->id);
	const char *sha256 = known && known->profile ? known->profile->sha256 : "";
	struct order order = { .verb = ORDER_GO, .step = step->id };
	struct fault fault;
	int fd, r;

	slot->board->has_step = true;
	slot->board->step = step->id;
	slot->board->step_since = clock_monotonic();
	name_profile(known, slot->board->what);
	station_wrote(slot->station,
		      ledger_begin_step(slot->station->ledger, slot->board->job, step->id,
					step->attempts, sha256, clock_wall()));
	slot_time_step(slot);
	slot_tell_step(slot, (struct event){ .step_outcome = STEP_BEGUN });
	r = equip(slot, &order, &fd);
	if (r == 0) {
		station_answer(slot, &order, fd);
		return;
	}
	fault = r == -ENODATA
			? fault_new(FAULT_ANSWER_MISSING, "its name needs what it did not say")
			: fault_new(FAULT_HOST_TROUBLE, "%s", strerror(-r));
	fault.has_step = true;
	fault.step = step->id;
	slot_condemn(slot, fault);
}

/* Records how steps[AT], which was begun, ended. */
static void record_step_end(struct slot *slot, unsigned at, const struct step_end *end)
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

static void hear_step_end(struct slot *slot, unsigned at, const char *detail)
{
	const struct job_step *step = &slot->job.steps[at];

	if (job_good_steps(&slot->job) > slot->board->steps_ended)
		slot->departures = 0;
	slot->board->steps_ended = job_good_steps(&slot->job);
	record_step_end(slot, at,
			&(struct step_end){ .outcome = step->outcome,
					    .verified = step->verified,
					    .detail = detail });
	if (step->id.kind == STEP_PAIR) {
		/* New keys were of no use to a device that was paired before. */
		pair_keys_settle(slot->station->keys, &slot->board->udid,
				 step->outcome == STEP_ALREADY && slot->new_keys);
		station_tell(slot->station,
			     (struct event){ .kind = EVENT_IDENTIFIED, .slot = slot->board });
	}
	slot_time_step(slot);
}

void slot_end_step(struct slot *slot, enum step_outcome outcome, const struct fault *fault)
{
	unsigned at = slot->job.at;

	if (!job_in_step(&slot->job))
		return;
	slot->job.steps[at].outcome = outcome;
	slot->job.steps[at].faults += fault != NULL;
	record_step_end(slot, at,
			&(struct step_end){ .outcome = outcome,
					    .detail = fault ? fault->text : "",
					    .fault = fault });
}

static void hear_wait(struct slot *slot, bool begins)
{
	slot->board->why = slot->job.why;
	slot_happen(slot, begins ? CUE_WAIT : CUE_WAITED);
	slot_time_wait(slot);
	station_tell(slot->station, (struct event){ .kind = EVENT_WAIT,
						    .slot = slot->board,
						    .step = slot->board->step,
						    .waiting = begins });
}

static void send_device(struct slot *slot)
{
	station_answer(slot,
		       &(struct order){ .verb = ORDER_DEVICE,
					.udid = slot->board->udid,
					.handle = slot->worked_handle },
		       -1);
}

void slot_hear(struct slot *slot, const struct talk *talk)
{
	enum job_heard heard;
	unsigned ended = 0;

	/* Its fate is sealed: nothing that it says counts any more. */
	if (fault_is_set(&slot->condemned))
		return;
	heard = talk ? job_hear(&slot->job, talk, &ended) : job_hear_garbage(&slot->job);
	switch (heard) {
	case HEARD_HELLO:
		send_device(slot);
		break;
	case HEARD_NOTE:
		slot_note(slot, talk->key, talk->text);
		break;
	case HEARD_READY:
		slot_take_job(slot);
		break;
	case HEARD_WANT:
		begin_step(slot);
		break;
	case HEARD_WAIT:
	case HEARD_WAITED:
		hear_wait(slot, heard == HEARD_WAIT);
		break;
	case HEARD_STEP_END:
		hear_step_end(slot, ended, talk->text);
		break;
	case HEARD_NOTHING:
		break;
	case HEARD_LAST_WORD:
		slot_happen(slot, CUE_LAST_WORD);
		break;
	case HEARD_OFFENCE:
		slot_condemn(slot, slot->job.fault);
		break;
	}
}
