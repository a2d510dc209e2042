/* SPDX-License-Identifier: Apache-2.0 */
/* What a slot does next: a pure table of its state and of what happens to it. */
#ifndef STATION_RULES_SLOT_H
#define STATION_RULES_SLOT_H

#include "station/rules/board.h"

/* What can happen to a slot. */
enum slot_cue {
	CUE_SEEN,      /* a device is on the bus; nobody can speak with it yet */
	CUE_ARRIVED,   /* a device can be spoken with: it came, or came back */
	CUE_REFUSED,   /* a device came that cannot be given a job */
	CUE_PLACE,     /* the queue gives it a worker's place */
	CUE_GATE,      /* its gate is there: a worker can pass */
	CUE_UNGATED,   /* there will be no gate */
	CUE_WAIT,      /* the worker waits for a person */
	CUE_WAITED,    /* it no longer does */
	CUE_LAST_WORD, /* the worker has said its last word and must exit now */
	CUE_CONDEMNED, /* the job must end with the fault that was set: deadline, lie, babble … */
	CUE_DISMISSED, /* the device was done before: the worker has nothing to do */
	CUE_LEFT,      /* the device left, no job of it is open */
	CUE_LEFT_MIDJOB, /* the device left, its job is open */
	CUE_TAKEN,	 /* the device is in another slot now, with its job */
	CUE_LOST, /* usbmuxd went away, and with it the sight of a device whose job has ended */
	/* The worker is gone and its last attachment has been judged: */
	CUE_GONE_ENDED, /* the job has its outcome */
	CUE_GONE_HELD,	/* the device was done before */
	CUE_GONE_AWAY,	/* the job goes on when the device is back */
	CUE_GONE_IDLE,	/* the device left before it had a job */
	CUE_GONE_OPEN,	/* the station ends; the job goes on at its next start */
	CUE_GONE_AGAIN, /* it is tried again; also when there was no gate for a worker */
	CUE_TIME,	/* the timer of the state has run out */
	CUE_OVERSTAYED, /* the device said that it would leave, and did not */
	CUE_STOPS,	/* the station ends */
};
#define SLOT_CUES 24
const char *slot_cue_to_text(enum slot_cue cue);

/* What is to be done, in this order. A change of state always ends the timer of the old one. */
enum slot_action {
	DO_CLOSE_GATE = 1 << 0,
	DO_TELL_STOP = 1 << 1, /* ask the worker to end */
	DO_TERM = 1 << 2,      /* make the worker end */
	DO_KILL = 1 << 3,
	DO_OPEN_GATE = 1 << 4,
	DO_START_WORKER = 1 << 5,
	DO_END_JOB = 1 << 6,	 /* record the outcome and tell it */
	DO_SHOW_HELD = 1 << 7,	 /* tell the outcome that the device got before */
	DO_REFUSE = 1 << 8,	 /* tell the fault; there is no job to record it for */
	DO_INTERRUPT = 1 << 9,	 /* tell that the job is interrupted; it stays open */
	DO_CALL_QUEUE = 1 << 10, /* a place may be free, or somebody may want one */
	/* The timer of the new state, which ends in CUE_TIME: */
	DO_TIME_SETTLE = 1 << 11,
	DO_TIME_GATE = 1 << 12,
	DO_TIME_EXIT = 1 << 13, /* how long a worker may take to exit by itself */
	DO_TIME_TERM = 1 << 14, /* how long it may take after SIGTERM */
	DO_TIME_AWAY = 1 << 15, /* how long the device may be away */
	DO_TIME_REST = 1 << 16, /* how long to wait before the next try */
	DO_NO_TIMER = 1 << 17,	/* stop the timer though the state stays */
};
#define DO_TIMERS \
	(DO_TIME_SETTLE | DO_TIME_GATE | DO_TIME_EXIT | DO_TIME_TERM | DO_TIME_AWAY | DO_TIME_REST)

struct slot_next {
	enum slot_state state;
	unsigned actions; /* enum slot_action, or-ed */
};

/* A cue that means nothing in STATE gives STATE and no actions. */
struct slot_next slot_next(enum slot_state state, enum slot_cue cue);

/* In these states the slot has a worker, or is getting one. */
bool slot_state_has_worker(enum slot_state state);
/* In these the worker is at it, by itself or waiting for a person: its time is counted. */
bool slot_state_works(enum slot_state state);

#endif
