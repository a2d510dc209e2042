/* SPDX-License-Identifier: Apache-2.0 */
/* The slots' states: the one place where a state changes, and what is done for it. */
#include "station/bench/slots.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "station/bench/ends.h"
#include "station/bench/outbox.h"
#include "station/bench/retries.h"
#include "station/bench/step_clock.h"
#include "station/bench/workers.h"
#include "station/tools/clock.h"
#include "station/tools/timer.h"

/* A device whose slot was left so lately, in milliseconds, may do so again. */
#define LEFT_LATELY 2000
/* How long a gate may take: muster-mux makes a socket, nothing more. */
#define GATE_TIME 10000
/* How long a worker may take to exit after its last word: it has nothing left to wait for. */
#define EXIT_TIME 3000
/* How long it may take after SIGTERM: time for a word on stderr, since its gate is closed or its
 * answers count no more (doc/station.md, "Time"). */
#define TERM_TIME 500

static void slot_enter(struct slot *slot, enum slot_state state, enum slot_cue cue)
{
	struct log_about about = slot_about(slot);
	enum slot_state old = slot->board->state;

	log_line(LEVEL_DEBUG, &about, "%s -> %s (%s)", slot_state_to_text(old),
		 slot_state_to_text(state), slot_cue_to_text(cue));
	slot->board->state = state;
	slot->board->since = clock_monotonic();
	slot_show(slot);
	timer_stop(slot->state_timer);
	if (!slot_state_works(state)) {
		slot_time_over(slot);
		slot->put_off = false; /* who wanted it wants nothing any more */
	}
	if (old == SLOT_RESTING)
		slot->board->fault = fault_none();
	/* A want that was put off may be heard now. */
	if (old == SLOT_SETTLING && slot_twin(slot))
		station_call_queue(slot->station);
}

/* The slot is empty: nothing of the last device is shown any more. */
static void slot_clear(struct slot *slot)
{
	struct board_slot *board = slot->board;

	board->udid = (struct udid){ 0 };
	memset(board->note, 0, sizeof board->note);
	board->port[0] = board->blueprint[0] = board->what[0] = '\0';
	board->job = 0;
	board->has_step = board->slow = board->held = false;
	board->steps_ended = board->steps_total = 0;
	board->outcome = OUTCOME_NONE;
	board->fault = fault_none();
	slot->blueprint = NULL;
	slot->job = (struct job){ 0 };
	slot->condemned = fault_none();
	slot->began = 0;
	board->mode = board->mode_remedy = NULL;
	slot->faults = slot->forgiven = 0;
}

/* The time that the slot's job waits for its device is over: why it ends, and the cue for it. */
static enum slot_cue end_absence(struct slot *slot)
{
	bool on_bus = slot_is_on_bus(slot);
	struct fault fault = fault_new(FAULT_DEVICE_LEFT, "%s", "");

	if (slot->present)
		fault = fault_new(FAULT_DEADLINE, "it said that it would restart");
	else if (on_bus)
		fault = arrival_fault(slot->arrival);
	slot_blame(slot, &fault);
	slot->verdict.fault = fault;
	slot->verdict.outcome = fault_outcome(fault.kind);
	return slot->present || on_bus ? CUE_OVERSTAYED : CUE_TIME;
}

static int on_state_time(sd_event_source *source, uint64_t usec, void *userdata);

static void time_state(struct slot *slot, msec_t delay)
{
	int r = timer_arm(slot->station->event, &slot->state_timer, delay, on_state_time, slot);

	if (r < 0)
		station_wrote(slot->station, r);
}

/* A job that is open gets its end; without one the other slot's job tells what happened. */
static void refuse_double(struct slot *slot, struct fault fault)
{
	if (slot->board->job) {
		slot_condemn(slot, fault);
		return;
	}
	slot->board->fault = fault;
	slot_happen(slot, CUE_REFUSED);
}

/* Whether the slot's device is in it. What is on its port may be another one, that does not say who
 * it is; nobody else is held back for that. */
static bool is_there(const struct slot *slot)
{
	struct udid on_bus = { 0 };

	if (slot_is_on_bus(slot))
		on_bus = arrival_udid(slot->arrival);
	return slot->present || udid_equal(&on_bus, &slot->board->udid);
}

/* The settle time is over: may the device be touched? If not, what is to be done has been. */
static bool is_settled(struct slot *slot)
{
	const struct station *station = slot->station;
	struct slot *twin = slot_twin(slot);
	bool twin_there = twin && is_there(twin);
	struct fault fault;

	if (!twin)
		return true;
	/* The news that it left there may be late. */
	if (twin_there && clock_monotonic() - slot->board->since < station->options->settle) {
		time_state(slot, station->options->settle);
		return false;
	}
	if (twin_there) {
		fault = fault_new(FAULT_IDENTITY_DOUBLE, "in slots %s and %s", twin->board->name,
				  slot->board->name);
		slot_condemn(twin, fault);
		refuse_double(slot, fault);
		return false;
	}
	/* It came here before it had left there. Its job goes on here, once the worker there is
	 * gone. */
	slot_happen(twin, CUE_TAKEN);
	if (twin->board->state == SLOT_EMPTY) {
		twin->vacated = true;
		return true;
	}
	time_state(slot, station->options->settle);
	return false;
}

static int on_state_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct slot *slot = userdata;
	enum slot_cue cue = CUE_TIME;

	(void)source;
	(void)usec;
	switch (slot->board->state) {
	case SLOT_SETTLING:
		if (!is_settled(slot))
			return 0;
		break;
	case SLOT_STARTING:
		/* It hangs; what its other gates carry is tried again. */
		muxlink_kill(slot->station->mux);
		cue = slot_judge_ungated(slot, fault_new(FAULT_HOST_TROUBLE, "no gate in time"));
		break;
	case SLOT_ABSENT:
		/* While usbmuxd is away nobody can come back. */
		if (!slot->station->board.usbmuxd_up) {
			time_state(slot, slot->station->options->hold);
			return 0;
		}
		cue = end_absence(slot);
		break;
	case SLOT_EMPTY:
	case SLOT_SEEN:
	case SLOT_QUEUED:
	case SLOT_WORKING:
	case SLOT_WAITING:
	case SLOT_STOPPING:
	case SLOT_RESTING:
	case SLOT_ENDED:
		break;
	}
	slot_happen(slot, cue);
	return 0;
}

static msec_t away_time(const struct slot *slot)
{
	msec_t announced = slot->job.word == WORD_ABSENT ? slot->job.absent * 1000LL : 0;
	msec_t hold = slot->station->options->hold;

	return announced > hold ? announced : hold;
}

/* A bad contact flaps, and a device that changes its USB mode goes and comes: whoever has just left
 * is given time, and who is in another slot too, for the news that it left there. Nobody else has
 * to wait. On the bus it may have stayed for long enough before usbmuxd has shown it. */
static msec_t settle_time(struct slot *slot)
{
	const struct station_options *options = slot->station->options;
	msec_t now = clock_monotonic();
	msec_t stayed = now - slot->came_at;
	msec_t whole = 0;

	if (slot->left_at > 0 && now - slot->left_at < LEFT_LATELY)
		whole = options->settle;
	else if (slot_twin(slot))
		whole = options->settle_twin;
	return stayed < whole ? whole - stayed : 0;
}

/* No timer for no time: one rings a few milliseconds late. */
static void settle(struct slot *slot)
{
	msec_t left = settle_time(slot);

	if (left > 0)
		time_state(slot, left);
	else
		(void)on_state_time(NULL, 0, slot);
}

static void start_timer(struct slot *slot, unsigned actions)
{
	const struct station_options *options = slot->station->options;
	msec_t delay = 0;

	if (actions & DO_TIME_GATE)
		delay = GATE_TIME;
	if (actions & DO_TIME_EXIT)
		delay = slot->station->stopping ? options->grace : EXIT_TIME;
	if (actions & DO_TIME_TERM)
		delay = TERM_TIME;
	if (actions & DO_TIME_AWAY)
		delay = away_time(slot);
	if (actions & DO_TIME_REST)
		delay = slot_rest(slot);
	time_state(slot, delay);
}

static void start_worker(struct slot *slot)
{
	int r = slot_start_worker(slot);

	if (r < 0)
		slot_happen(slot, slot_judge(slot, EXIT_UNSTARTED, -r));
}

/* The first things are done first: what may give the next cue stands last. */
static void slot_act(struct slot *slot, unsigned actions)
{
	if (actions & DO_NO_TIMER)
		timer_stop(slot->state_timer);
	if (actions & DO_TIMERS & ~DO_TIME_SETTLE)
		start_timer(slot, actions);
	if (actions & DO_CLOSE_GATE)
		slot_close_gate(slot);
	if (actions & DO_TELL_STOP)
		slot_tell_stop(slot);
	if (actions & DO_TERM)
		worker_signal(slot->worker, SIGTERM);
	if (actions & DO_KILL)
		worker_signal(slot->worker, SIGKILL);
	if (actions & DO_END_JOB)
		slot_end_job(slot);
	if (actions & DO_SHOW_HELD)
		slot_show_held(slot);
	if (actions & DO_REFUSE)
		slot_refuse(slot);
	if (actions & DO_INTERRUPT)
		slot_interrupt(slot);
	if (slot->board->state == SLOT_EMPTY)
		slot_clear(slot);
	if (actions & DO_OPEN_GATE)
		slot_open_gate(slot);
	if (actions & DO_START_WORKER)
		start_worker(slot);
	if (actions & DO_TIME_SETTLE)
		settle(slot);
	if (actions & DO_CALL_QUEUE)
		station_call_queue(slot->station);
}

void slot_happen(struct slot *slot, enum slot_cue cue)
{
	struct slot_next next = slot_next(slot->board->state, cue);

	if (next.state != slot->board->state)
		slot_enter(slot, next.state, cue);
	slot_act(slot, next.actions);
}

void slot_condemn(struct slot *slot, struct fault fault)
{
	if (fault_is_set(&slot->condemned))
		return;
	slot->condemned = fault;
	slot->verdict = (struct job_verdict){ fault_outcome(fault.kind), fault, STEP_UNKNOWN };
	slot_happen(slot, CUE_CONDEMNED);
}

bool slot_tell_worker(struct slot *slot, const struct order *order, int fd)
{
	int r = worker_tell(slot->worker, order, fd);

	if (r == 0)
		return true;
	/* It may have ended a moment ago: that is seen by its exit. */
	if (r != -EPIPE && r != -ECONNRESET)
		slot_condemn(slot,
			     fault_new(FAULT_WORKER_DIED, "it does not listen: %s", strerror(-r)));
	return false;
}
