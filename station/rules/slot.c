/* SPDX-License-Identifier: Apache-2.0 */
/* What a slot does next: a pure table of its state and of what happens to it. */
#include "station/rules/slot.h"

/* A cell is a number: the actions in its lower bits, above them 1 + the next state, or 0 to stay.
 */
#define CELL_SHIFT   24
#define CELL_ACTIONS ((1U << CELL_SHIFT) - 1)

#define STAY		   0U
#define DO(actions)	   ((unsigned)(actions))
#define TO(state, actions) ((SLOT_##state + 1U) << CELL_SHIFT | (unsigned)(actions))

/* A row names a cell for each state, so none can be forgotten. */
#define ROW(empty, seen, settling, queued, starting, working, waiting, stopping, absent, resting, \
	    ended)                                                                                \
	{                                                                                         \
		[SLOT_EMPTY] = empty, [SLOT_SEEN] = seen, [SLOT_SETTLING] = settling,             \
		[SLOT_QUEUED] = queued, [SLOT_STARTING] = starting, [SLOT_WORKING] = working,     \
		[SLOT_WAITING] = waiting, [SLOT_STOPPING] = stopping, [SLOT_ABSENT] = absent,     \
		[SLOT_RESTING] = resting, [SLOT_ENDED] = ended                                    \
	}

/* The worker has to go while its device may hold it: the gate cuts what it does, TERM ends it. */
#define CUT			    TO(STOPPING, DO_CLOSE_GATE | DO_TERM | DO_TIME_TERM)
#define COME			    TO(SETTLING, DO_TIME_SETTLE)
#define END			    TO(ENDED, DO_END_JOB)
#define AWAY			    TO(ABSENT, DO_TIME_AWAY)
#define WORKER_ENDS(state, actions) TO(state, DO_CLOSE_GATE | DO_CALL_QUEUE | (actions))
/* A cue that only a worker's end gives. */
#define GONE(cell) ROW(STAY, STAY, STAY, STAY, STAY, cell, cell, cell, STAY, STAY, STAY)

/* clang-format off */
static const unsigned table[SLOT_CUES][SLOT_STATES] = {
	[CUE_SEEN] = ROW(TO(SEEN, 0), STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY),
	[CUE_ARRIVED] = ROW(COME, COME, STAY, STAY, STAY, STAY, STAY, STAY, COME, STAY,
			    DO(DO_NO_TIMER)),
	[CUE_REFUSED] = ROW(TO(ENDED, DO_REFUSE), TO(ENDED, DO_REFUSE), TO(ENDED, DO_REFUSE),
			    STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY),
	[CUE_PLACE] = ROW(STAY, STAY, STAY, TO(STARTING, DO_OPEN_GATE | DO_TIME_GATE), STAY,
			    STAY, STAY, STAY, STAY, STAY, STAY),
	[CUE_GATE] = ROW(STAY, STAY, STAY, STAY, TO(WORKING, DO_START_WORKER), STAY, STAY, STAY,
			    STAY, STAY, STAY),
	[CUE_UNGATED] = ROW(STAY, STAY, STAY, STAY, WORKER_ENDS(ENDED, DO_END_JOB), STAY, STAY,
			    STAY, STAY, STAY, STAY),
	[CUE_WAIT] = ROW(STAY, STAY, STAY, STAY, STAY, TO(WAITING, DO_CALL_QUEUE), STAY, STAY,
			    STAY, STAY, STAY),
	[CUE_WAITED] = ROW(STAY, STAY, STAY, STAY, STAY, STAY, TO(WORKING, 0), STAY, STAY, STAY,
			    STAY),
	[CUE_LAST_WORD] = ROW(STAY, STAY, STAY, STAY, STAY, TO(STOPPING, DO_TIME_EXIT),
			    TO(STOPPING, DO_TIME_EXIT), STAY, STAY, STAY, STAY),
	[CUE_CONDEMNED] = ROW(STAY, END, END, END, WORKER_ENDS(ENDED, DO_END_JOB), CUT, CUT,
			    DO(DO_CLOSE_GATE | DO_TERM | DO_TIME_TERM), END, END, STAY),
	[CUE_DISMISSED] = ROW(STAY, STAY, STAY, STAY, STAY,
			    TO(STOPPING, DO_TELL_STOP | DO_TIME_EXIT), STAY, STAY, STAY, STAY,
			    STAY),
	[CUE_LEFT] = ROW(STAY, TO(EMPTY, 0), TO(EMPTY, 0), TO(EMPTY, 0), WORKER_ENDS(EMPTY, 0),
			    CUT, CUT, STAY, STAY, TO(EMPTY, 0), TO(EMPTY, 0)),
	[CUE_LEFT_MIDJOB] = ROW(STAY, TO(EMPTY, 0), AWAY, AWAY,
			    WORKER_ENDS(ABSENT, DO_TIME_AWAY), CUT, CUT, STAY, STAY, AWAY,
			    TO(EMPTY, 0)),
	[CUE_TAKEN] = ROW(STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, TO(EMPTY, 0), STAY,
			    TO(EMPTY, 0)),
	[CUE_LOST] = ROW(STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY,
			    DO(DO_TIME_AWAY)),
	[CUE_GONE_ENDED] = GONE(WORKER_ENDS(ENDED, DO_END_JOB)),
	[CUE_GONE_HELD] = GONE(WORKER_ENDS(ENDED, DO_SHOW_HELD)),
	[CUE_GONE_AWAY] = GONE(WORKER_ENDS(ABSENT, DO_TIME_AWAY)),
	[CUE_GONE_IDLE] = GONE(WORKER_ENDS(EMPTY, 0)),
	[CUE_GONE_OPEN] = GONE(WORKER_ENDS(ENDED, DO_INTERRUPT)),
	[CUE_GONE_AGAIN] = ROW(STAY, STAY, STAY, STAY, WORKER_ENDS(RESTING, DO_TIME_REST),
			    WORKER_ENDS(RESTING, DO_TIME_REST),
			    WORKER_ENDS(RESTING, DO_TIME_REST),
			    WORKER_ENDS(RESTING, DO_TIME_REST), STAY, STAY, STAY),
	[CUE_TIME] = ROW(STAY, STAY, TO(QUEUED, DO_CALL_QUEUE), STAY, STAY, STAY, STAY,
			    DO(DO_KILL), TO(EMPTY, DO_END_JOB), TO(QUEUED, DO_CALL_QUEUE),
			    TO(EMPTY, 0)),
	[CUE_OVERSTAYED] = ROW(STAY, STAY, STAY, STAY, STAY, STAY, STAY, STAY, END, STAY, STAY),
	[CUE_STOPS] = ROW(STAY, STAY, TO(ENDED, DO_INTERRUPT), TO(ENDED, DO_INTERRUPT),
			    WORKER_ENDS(ENDED, DO_INTERRUPT),
			    TO(STOPPING, DO_TELL_STOP | DO_TIME_EXIT),
			    TO(STOPPING, DO_TELL_STOP | DO_TIME_EXIT), STAY,
			    TO(ENDED, DO_INTERRUPT), TO(ENDED, DO_INTERRUPT), STAY),
};
/* clang-format on */

struct slot_next slot_next(enum slot_state state, enum slot_cue cue)
{
	unsigned cell = table[cue][state], next = cell >> CELL_SHIFT;

	return (struct slot_next){ next ? (enum slot_state)(next - 1) : state,
				   cell & CELL_ACTIONS };
}

bool slot_state_has_worker(enum slot_state state)
{
	switch (state) {
	case SLOT_STARTING:
	case SLOT_WORKING:
	case SLOT_WAITING:
	case SLOT_STOPPING:
		return true;
	case SLOT_EMPTY:
	case SLOT_SEEN:
	case SLOT_SETTLING:
	case SLOT_QUEUED:
	case SLOT_ABSENT:
	case SLOT_RESTING:
	case SLOT_ENDED:
		return false;
	}
	return false;
}

bool slot_state_works(enum slot_state state)
{
	return state == SLOT_WORKING || state == SLOT_WAITING;
}

static const char *const cues[] = {
	[CUE_SEEN] = "seen",
	[CUE_ARRIVED] = "arrived",
	[CUE_REFUSED] = "refused",
	[CUE_PLACE] = "place",
	[CUE_GATE] = "gate",
	[CUE_UNGATED] = "ungated",
	[CUE_WAIT] = "wait",
	[CUE_WAITED] = "waited",
	[CUE_LAST_WORD] = "last word",
	[CUE_CONDEMNED] = "condemned",
	[CUE_DISMISSED] = "dismissed",
	[CUE_LEFT] = "left",
	[CUE_LEFT_MIDJOB] = "left in mid-job",
	[CUE_TAKEN] = "in another slot",
	[CUE_LOST] = "lost",
	[CUE_GONE_ENDED] = "worker gone, job ended",
	[CUE_GONE_HELD] = "worker gone, device held",
	[CUE_GONE_AWAY] = "worker gone, device away",
	[CUE_GONE_IDLE] = "worker gone, no job",
	[CUE_GONE_OPEN] = "worker gone, job open",
	[CUE_GONE_AGAIN] = "it is tried again",
	[CUE_TIME] = "time over",
	[CUE_OVERSTAYED] = "overstayed",
	[CUE_STOPS] = "station stops",
};

const char *slot_cue_to_text(enum slot_cue cue)
{
	return cues[cue];
}
