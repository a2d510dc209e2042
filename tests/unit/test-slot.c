/* SPDX-License-Identifier: Apache-2.0 */
/* The slot's table: every state with every cue, and every short history of a bench. */
#include "station/rules/slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

/* The next states by letter, in the order of enum slot_state; "." stays. */
static const char letters[SLOT_STATES + 1] = "evsqrwpxazn";
static const struct {
	enum slot_cue cue;
	const char *next;
} rows[SLOT_CUES] = {
	{ CUE_SEEN, "v.........." },	    { CUE_ARRIVED, "ss......s.." },
	{ CUE_REFUSED, "nnn........" },	    { CUE_PLACE, "...r......." },
	{ CUE_GATE, "....w......" },	    { CUE_UNGATED, "....n......" },
	{ CUE_WAIT, ".....p....." },	    { CUE_WAITED, "......w...." },
	{ CUE_LAST_WORD, ".....xx...." },   { CUE_CONDEMNED, ".nnnnxx.nn." },
	{ CUE_DISMISSED, ".....x....." },   { CUE_LEFT, ".eeeexx..ee" },
	{ CUE_LEFT_MIDJOB, ".eaaaxx..ae" }, { CUE_TAKEN, "........e.e" },
	{ CUE_LOST, "..........." },	    { CUE_GONE_ENDED, ".....nnn..." },
	{ CUE_GONE_HELD, ".....nnn..." },   { CUE_GONE_AWAY, ".....aaa..." },
	{ CUE_GONE_IDLE, ".....eee..." },   { CUE_GONE_OPEN, ".....nnn..." },
	{ CUE_GONE_AGAIN, "....zzzz..." },  { CUE_TIME, "..q.....eqe" },
	{ CUE_OVERSTAYED, "........n.." },  { CUE_STOPS, "..nnnxx.nn." },
};

static enum slot_state expected_state(enum slot_state from, char letter)
{
	return letter == '.' ? from : (enum slot_state)(strchr(letters, letter) - letters);
}

static void test_states(void)
{
	for (unsigned cue = 0; cue < SLOT_CUES; cue++) {
		unsigned wrong = 0;

		for (unsigned state = 0; state < SLOT_STATES; state++)
			wrong += slot_next((enum slot_state)state, rows[cue].cue).state !=
				 expected_state((enum slot_state)state, rows[cue].next[state]);
		ok(rows[cue].cue == cue && wrong == 0, "%s leads where it should from each state",
		   slot_cue_to_text(rows[cue].cue));
	}
}

/* What holds of every cell, whatever it is for. */
static bool cell_is_sound(enum slot_state from, enum slot_cue cue)
{
	struct slot_next next = slot_next(from, cue);
	bool had = slot_state_has_worker(from), has = slot_state_has_worker(next.state);
	unsigned timers = next.actions & DO_TIMERS;

	if ((timers & (timers - 1)) != 0)
		return false;
	if (had && !has && !(next.actions & DO_CLOSE_GATE))
		return false;
	if (had && !has && !(next.actions & DO_CALL_QUEUE))
		return false;
	if (!had && has && !(next.actions & DO_OPEN_GATE))
		return false;
	/* A worker that is to end has a limit to do it in, and so has every passing state. */
	if (next.state != from &&
	    (next.state == SLOT_SETTLING || next.state == SLOT_STARTING ||
	     next.state == SLOT_STOPPING || next.state == SLOT_ABSENT ||
	     next.state == SLOT_RESTING) &&
	    timers == 0)
		return false;
	/* Only one of the ways to tell an outcome, and only on the way out. */
	return !(next.actions & (DO_END_JOB | DO_SHOW_HELD | DO_REFUSE | DO_INTERRUPT)) ||
	       next.state == SLOT_ENDED || next.state == SLOT_EMPTY;
}

static void test_cells(void)
{
	for (unsigned cue = 0; cue < SLOT_CUES; cue++) {
		unsigned wrong = 0;

		for (unsigned state = 0; state < SLOT_STATES; state++)
			wrong += !cell_is_sound((enum slot_state)state, (enum slot_cue)cue);
		ok(wrong == 0, "%s: gates, queue and timers go with each state",
		   slot_cue_to_text((enum slot_cue)cue));
	}
}

/* A bench of one slot as the rules around the table see it. */
struct bench {
	enum slot_state state;
	bool gate, worker;
	bool open;	 /* a job is open in the ledger */
	bool told;	 /* the last job's outcome was told */
	unsigned opened; /* jobs opened */
	unsigned ended;	 /* jobs that got their one end */
	bool stopped;	 /* the station ends */
};

/* What may happen now: the world's side of the bargain. */
static bool is_possible(const struct bench *bench, enum slot_cue cue)
{
	switch (cue) {
	case CUE_GONE_ENDED:
	case CUE_GONE_HELD:
	case CUE_GONE_IDLE:
		return bench->worker && (cue == CUE_GONE_ENDED || !bench->open);
	case CUE_GONE_AWAY:
		return bench->worker && bench->open;
	case CUE_GONE_OPEN:
		return bench->worker && bench->stopped;
	case CUE_WAIT:
	case CUE_WAITED:
	case CUE_LAST_WORD:
		return bench->worker;
	case CUE_DISMISSED:
		return bench->worker && !bench->open;
	case CUE_LEFT:
		return !bench->open;
	case CUE_LEFT_MIDJOB:
		return bench->open;
	case CUE_PLACE:
	case CUE_SEEN:
	case CUE_ARRIVED:
		return !bench->stopped;
	case CUE_REFUSED:
		return !bench->stopped && !bench->open;
	case CUE_TAKEN: /* its job goes on elsewhere: not the one slot's affair */
		return false;
	case CUE_GONE_AGAIN: /* a worker's end, or no gate for one */
		return !bench->stopped && (bench->worker || bench->state == SLOT_STARTING);
	case CUE_GATE:
	case CUE_UNGATED:
		return bench->gate && !bench->worker;
	case CUE_CONDEMNED:
	case CUE_LOST:
	case CUE_TIME:
	case CUE_OVERSTAYED:
	case CUE_STOPS:
		return true;
	}
	return false;
}

/* Does what the actions say; false when it makes no sense. */
static bool act(struct bench *bench, unsigned actions)
{
	if (actions & DO_OPEN_GATE) {
		if (bench->gate)
			return false;
		bench->gate = true;
	}
	if (actions & DO_CLOSE_GATE)
		bench->gate = false;
	if (actions & DO_START_WORKER) {
		if (bench->worker || !bench->gate)
			return false;
		bench->worker = true;
	}
	if ((actions & (DO_TELL_STOP | DO_TERM | DO_KILL)) && !bench->worker)
		return false;
	if (actions & DO_END_JOB) {
		/* A job that was not open yet is opened to be ended. */
		bench->opened += !bench->open;
		bench->open = false;
		bench->ended++;
	}
	return true;
}

static bool is_consistent(const struct bench *bench)
{
	bool has = slot_state_has_worker(bench->state);
	bool idle = bench->state == SLOT_EMPTY || bench->state == SLOT_ENDED;

	if (bench->worker && !has)
		return false;
	if (bench->gate && !has)
		return false;
	/* No job is forgotten: where nothing goes on none is open, unless the station ended. */
	if (idle && bench->open && !bench->stopped)
		return false;
	return bench->opened == bench->ended + bench->open;
}

static bool step(struct bench *bench, enum slot_cue cue)
{
	struct slot_next next = slot_next(bench->state, cue);

	if (cue >= CUE_GONE_ENDED && cue <= CUE_GONE_AGAIN)
		bench->worker = false;
	if (cue == CUE_STOPS)
		bench->stopped = true;
	bench->state = next.state;
	return act(bench, next.actions) && is_consistent(bench);
}

static bool report(const enum slot_cue *history, unsigned length)
{
	printf("#");
	for (unsigned i = 0; i < length; i++)
		printf(" %s,", slot_cue_to_text(history[i]));
	printf("\n");
	return false;
}

/* Walks every history of at most DEPTH more cues. A worker's job may be opened at any time. */
static bool explore(const struct bench *bench, enum slot_cue *history, unsigned length,
		    unsigned depth, unsigned long *count)
{
	for (unsigned cue = 0; cue < SLOT_CUES && length < depth; cue++) {
		for (int opens = 0; opens < 2; opens++) {
			struct bench next = *bench;

			if (opens && (!next.worker || next.open))
				continue;
			next.opened += (unsigned)opens;
			next.open |= opens == 1;
			if (!is_possible(&next, (enum slot_cue)cue))
				continue;
			history[length] = (enum slot_cue)cue;
			++*count;
			if (!step(&next, (enum slot_cue)cue))
				return report(history, length + 1);
			if (!explore(&next, history, length + 1, depth, count))
				return false;
		}
	}
	return true;
}

static void test_histories(void)
{
	struct bench bench = { .state = SLOT_EMPTY };
	enum slot_cue history[8];
	unsigned long count = 0;

	ok(explore(&bench, history, 0, 6, &count),
	   "no history of 6 cues loses or doubles an end, a gate or a worker");
	printf("# %lu histories\n", count);
	bench = (struct bench){ SLOT_WORKING, true, true, true, false, 1, 0, false };
	ok(explore(&bench, history, 0, 5, &count), "nor one of 5 cues from the middle of a job");
}

static void test_long_histories(void)
{
	unsigned long seed = 1;
	bool sound = true;

	for (unsigned run = 0; run < 2000 && sound; run++) {
		struct bench bench = { .state = SLOT_EMPTY };

		for (unsigned i = 0; i < 200 && sound; i++) {
			enum slot_cue cue;

			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			cue = (enum slot_cue)((seed >> 33) % SLOT_CUES);
			if (bench.worker && !bench.open && (seed >> 50) % 3 == 0) {
				bench.open = true;
				bench.opened++;
			}
			/* The station ends once in a while, not in every history. */
			if (is_possible(&bench, cue) && (cue != CUE_STOPS || run % 10 == 0))
				sound = step(&bench, cue);
		}
	}
	ok(sound, "2000 histories of 200 cues keep every end");
}

int main(void)
{
	test_states();
	test_cells();
	test_histories();
	test_long_histories();
	return tap_done();
}
