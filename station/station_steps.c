/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with a worker, step by step: heard, recorded, answered. */
#include "station/station_steps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/bench/ends.h"
#include "station/bench/job_record.h"
#include "station/bench/outbox.h"
#include "station/bench/profile_shelf.h"
#include "station/bench/slots.h"
#include "station/station_arrivals.h"
#include "station/station_limits.h"
#include "station/station_plan.h"
#include "station/tools/clock.h"

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

static void hear_step_end(struct slot *slot, unsigned at, const char *detail)
{
	const struct job_step *step = &slot->job.steps[at];

	if (job_good_steps(&slot->job) > slot->board->steps_ended)
		slot->departures = 0;
	slot->board->steps_ended = job_good_steps(&slot->job);
	slot_record_step_end(slot, at,
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

/* It asks for no deed, and so rests on nothing in the ledger. */
static void send_device(struct slot *slot)
{
	const struct order order = { .verb = ORDER_DEVICE,
				     .udid = slot->board->udid,
				     .handle = slot->worked_handle };

	if (!slot->station->in_trouble && slot->worker && !slot->job.told_to_stop)
		(void)slot_tell_worker(slot, &order, -1);
}

static bool has_settling_twin(const struct slot *slot)
{
	const struct slot *twin = slot_twin(slot);

	return twin && twin->board->state == SLOT_SETTLING;
}

/* Looking at a device is harmless; but as long as another slot may have the same one, nothing is
 * done to it: what the worker wants is not heard yet. */
static bool puts_off(struct slot *slot, const struct talk *talk)
{
	struct log_about about = slot_about(slot);

	if (!talk || talk->verb != TALK_WANT || !has_settling_twin(slot))
		return false;
	log_line(LEVEL_DEBUG, &about, "its worker's step is put off: slot %s may have its device",
		 slot_twin(slot)->board->name);
	slot->put_off = true;
	slot->wanted = talk->step;
	return true;
}

static void hear(struct slot *slot, const struct talk *talk)
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

void station_hear_put_off(struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *slot = &station->slots[i];
		const struct talk want = { .verb = TALK_WANT, .step = slot->wanted };

		if (!slot->put_off || has_settling_twin(slot))
			continue;
		slot->put_off = false;
		hear(slot, &want);
	}
}

static void on_said(const struct talk *talk, void *userdata)
{
	hear(userdata, talk);
}

/* It hung up: it must exit now, as after its last word. */
static void on_hung_up(void *userdata)
{
	slot_happen(userdata, CUE_LAST_WORD);
}

static void on_gone(enum exit_kind how, int number, void *userdata)
{
	struct slot *slot = userdata;

	worker_free(slot->worker);
	slot->worker = NULL;
	slot_happen(slot, slot_judge(slot, how, number));
	slot_catch_up(slot);
}

const struct worker_listener station_listener = { on_said, on_hung_up, on_gone };
