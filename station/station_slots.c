/* SPDX-License-Identifier: Apache-2.0 */
/* The slots' states: the one place where a state changes, and what is done for it. */
#include "station/station_slots.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "station/bench.h"
#include "station/rules/queue.h"
#include "station/station_arrivals.h"
#include "station/station_commit.h"
#include "station/station_ends.h"
#include "station/station_limits.h"
#include "station/station_retries.h"
#include "station/station_steps.h"
#include "station/station_workers.h"
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

struct log_about slot_about(const struct slot *slot)
{
	return (struct log_about){ slot->board->name, slot->board->udid.text };
}

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
	if (old == SLOT_SETTLING && slot_twin(slot))
		slot_go_on(slot_twin(slot));
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
	slot->condemned = fault_none();
	slot->began = 0;
	board->mode = board->mode_remedy = NULL;
	slot->faults = slot->forgiven = 0;
}

/* The time that the slot's job waits for its device is over: why it ends, and the cue for it. */
static enum slot_cue end_absence(struct slot *slot)
{
	bool on_bus = slot->arrival && slot->arrival->on_bus;
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

static int on_state_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct slot *slot = userdata;
	enum slot_cue cue = CUE_TIME;

	(void)source;
	(void)usec;
	switch (slot->board->state) {
	case SLOT_SETTLING:
		if (!station_device_settled(slot))
			return 0;
		break;
	case SLOT_STARTING:
		/* It hangs; what its other gates carry is tried again. */
		muxlink_kill(slot->station->mux);
		slot_ungated(slot, fault_new(FAULT_HOST_TROUBLE, "no gate in time"));
		return 0;
	case SLOT_ABSENT:
		/* While usbmuxd is away nobody can come back. */
		if (!slot->station->board.usbmuxd_up) {
			timer_arm(slot->station->event, &slot->state_timer,
				  slot->station->options->hold, on_state_time, slot);
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

static void time_state(struct slot *slot, msec_t delay)
{
	int r = timer_arm(slot->station->event, &slot->state_timer, delay, on_state_time, slot);

	if (r < 0)
		station_wrote(slot->station, r);
}

void slot_settle_again(struct slot *slot)
{
	time_state(slot, slot->station->options->settle);
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
		slot_start_worker(slot);
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

bool station_has_workers(const struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (slot_state_has_worker(station->slots[i].board->state))
			return true;
	return false;
}

static struct slot *next_in_queue(struct station *station)
{
	struct queue_entry entries[SLOTS_MAX];
	size_t at;

	for (unsigned i = 0; i < station->slot_count; i++)
		entries[i] = (struct queue_entry){ station->slots[i].board->state,
						   station->slots[i].arrived };
	at = queue_next(entries, station->slot_count, station->options->max_workers);
	return at < station->slot_count ? &station->slots[at] : NULL;
}

void station_serve_queue(struct station *station)
{
	struct slot *next;

	/* Who starts while usbmuxd hangs would only fail. */
	if (!station->queue_called || station->health.hung)
		return;
	station->queue_called = false;
	while (!station->stopping && (next = next_in_queue(station)))
		slot_happen(next, CUE_PLACE);
	pair_keys_set_busy(station->keys, station_has_workers(station));
}
