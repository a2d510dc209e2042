/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with a worker, step by step: heard, recorded, answered. */
#include "station/station_steps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/bench.h"
#include "station/station_arrivals.h"
#include "station/station_commit.h"
#include "station/station_jobs.h"
#include "station/station_limits.h"
#include "station/station_profiles.h"
#include "station/station_slots.h"
#include "station/tools/clock.h"

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

struct blueprint_facts slot_facts(const struct slot *slot)
{
	struct blueprint_facts facts = { .udid = slot->board->udid.text };
	const char *serial = slot->board->note[NOTE_SERIAL];
	const char *product = slot->board->note[NOTE_PRODUCT], *ecid = slot->board->note[NOTE_ECID];

	facts.serial = *serial ? serial : NULL;
	facts.product = *product ? product : NULL;
	facts.ecid = *ecid ? ecid : NULL;
	facts.assets = slot->blueprint ? slot->blueprint->assets : NULL;
	return facts;
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

/* What goes with `go`: the pairing's keys, the PROFILE (an fd, or why there is none), or nothing
 * (-1). Returns 0 or -errno. */
static int equip(struct slot *slot, struct order *order, int profile, int *ret_fd)
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
		*ret_fd = profile;
		return profile < 0 ? profile : 0;
	case STEP_NAME:
		return slot_fill_name(slot, step->name, order->name);
	case STEP_VERIFY:
	case STEP_HANDOVER: /* no worker's */
		return 0;
	}
	return 0;
}

/* The name of PROFILE, without its folder; "" for NULL. */
static void name_profile(const struct profile *profile, char out[static CLEAN_MAX + 1])
{
	const char *file = profile ? profile->file : "";
	const char *slash = strrchr(file, '/');

	clean_string(slash ? slash + 1 : file, out);
}

/* Why STEP cannot be done: equip returned R. */
static struct fault name_unequipped(const struct slot *slot, struct step_id step, int r)
{
	struct fault fault;

	if (r == -ENODATA)
		fault = fault_new(FAULT_ANSWER_MISSING, "%s needs what it did not say",
				  step.kind == STEP_NAME ? "its name" : "its profile");
	else if (r == -ENOKEY)
		fault = fault_new(FAULT_ASSET_UNKNOWN, "%s", slot->board->note[NOTE_SERIAL]);
	else if (r == -EBADMSG)
		fault = fault_new(FAULT_IDENTITY_ODD,
				  "its profile cannot hold what it calls itself");
	else if (r == -EINVAL)
		fault = fault_new(FAULT_HOST_TROUBLE,
				  "the template filled for it is no profile any more");
	else
		fault = fault_new(FAULT_HOST_TROUBLE, "%s", strerror(-r));
	fault.has_step = true;
	fault.step = step;
	return fault;
}

static void begin_step(struct slot *slot)
{
	const struct job_step *step = &slot->job.steps[slot->job.at];
	const struct blueprint_step *known = slot_blueprint_step(slot, step->id);
	struct order order = { .verb = ORDER_GO, .step = step->id };
	bool installs = known && known->profile;
	char sha256[65] = "";
	int profile = -1, fd, r;

	if (installs)
		profile = slot_open_profile(slot, slot->job.at, sha256);
	slot->board->has_step = true;
	slot->board->step = step->id;
	slot->board->step_since = clock_monotonic();
	name_profile(installs ? slot->planned[slot->job.at] : NULL, slot->board->what);
	station_wrote(slot->station,
		      ledger_begin_step(slot->station->ledger, slot->board->job, step->id,
					step->attempts, sha256, clock_wall()));
	slot_time_step(slot);
	slot_tell_step(slot, (struct event){ .step_outcome = STEP_BEGUN });
	r = equip(slot, &order, profile, &fd);
	if (r == 0)
		station_answer(slot, &order, fd);
	else
		slot_condemn(slot, name_unequipped(slot, step->id, r));
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
	station_answer_at_once(slot, &(struct order){ .verb = ORDER_DEVICE,
						      .udid = slot->board->udid,
						      .handle = slot->worked_handle });
}

/* Looking at a device is harmless; but as long as another slot may have the same one, nothing is
 * done to it: what the worker wants is not heard yet. */
static bool puts_off(struct slot *slot, const struct talk *talk)
{
	const struct slot *twin = slot_twin(slot);

	if (!talk || talk->verb != TALK_WANT || !twin || twin->board->state != SLOT_SETTLING)
		return false;
	slot->put_off = true;
	slot->wanted = talk->step;
	return true;
}

void slot_go_on(struct slot *slot)
{
	const struct talk want = { .verb = TALK_WANT, .step = slot->wanted };

	if (!slot->put_off)
		return;
	slot->put_off = false;
	slot_hear(slot, &want);
}

void slot_hear(struct slot *slot, const struct talk *talk)
{
	enum job_heard heard;
	unsigned ended = 0;

	/* Its fate is sealed: nothing that it says counts any more. */
	if (fault_is_set(&slot->condemned) || puts_off(slot, talk))
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
