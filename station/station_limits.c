/* SPDX-License-Identifier: Apache-2.0 */
/* How long each thing may take: the step's two timers, and the patience with a person. */
#include "station/station_limits.h"

#include "station/bench/job_record.h"
#include "station/bench/outbox.h"
#include "station/bench/slots.h"
#include "station/bench/step_clock.h"
#include "station/tools/timer.h"

/* Before a worker has its plan it is not known which blueprint it will be: the most patient
 * pairing of all counts. */
static struct step_limits first_limits(const struct station *station)
{
	const struct station_options *options = station->options;
	struct step_limits most = { 0 };

	for (size_t i = 0; i < options->blueprint_count; i++) {
		const struct step_limits *limits = &options->blueprints[i]->steps[0].limits;

		if (limits->kill > most.kill)
			most = *limits;
	}
	return options->blueprint_count ? most : step_default_limits(STEP_PAIR);
}

/* After the last step only `end` is missing: the last step's limits go on. */
static struct step_limits current_limits(const struct slot *slot)
{
	const struct job *job = &slot->job;
	const struct job_step *step = job_current_step(job);

	if (job->step_count == 0)
		return first_limits(slot->station);
	return slot_step_limits(slot, step ? step->id : job->steps[job->step_count - 1].id);
}

static int on_warn_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct slot *slot = userdata;
	struct log_about about = slot_about(slot);

	(void)source;
	(void)usec;
	slot->board->slow = true;
	slot_show(slot);
	log_line(LEVEL_WARN, &about, "takes longer than usual");
	if (job_in_step(&slot->job))
		slot_tell_step(slot, (struct event){ .step_outcome = STEP_BEGUN,
						     .text = "takes longer than usual" });
	return 0;
}

static int on_kill_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct slot *slot = userdata;

	(void)source;
	(void)usec;
	slot_condemn(slot, job_overdue(&slot->job));
	return 0;
}

static void arm(struct slot *slot, sd_event_source **timer, msec_t left,
		sd_event_time_handler_t ring)
{
	int r = timer_arm(slot->station->event, timer, left > 0 ? left : 0, ring, slot);

	if (r < 0)
		station_wrote(slot->station, r);
}

static void time_work(struct slot *slot, const struct step_limits *limits)
{
	slot_count_for(slot, &slot->worked);
	arm(slot, &slot->kill_timer, limits->kill - slot->worked, on_kill_time);
	if (!slot->board->slow)
		arm(slot, &slot->warn_timer, limits->warn - slot->worked, on_warn_time);
}

void slot_time_step(struct slot *slot)
{
	struct step_limits limits = current_limits(slot);

	slot_time_over(slot);
	slot->board->slow = false;
	slot->worked = 0;
	/* One that is to end has the time of its slot's state. */
	if (slot_state_works(slot->board->state))
		time_work(slot, &limits);
}

void slot_time_wait(struct slot *slot)
{
	struct step_limits limits = current_limits(slot);
	msec_t *waited = &slot->waited[slot->job.at][slot->job.why];

	if (!slot_state_works(slot->board->state))
		return;
	if (slot->job.phase != JOB_WAITING) {
		time_work(slot, &limits);
		return;
	}
	timer_stop(slot->warn_timer);
	slot_count_for(slot, waited);
	arm(slot, &slot->kill_timer, limits.operator- * waited, on_kill_time);
}
