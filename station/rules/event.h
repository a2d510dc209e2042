/* SPDX-License-Identifier: Apache-2.0 */
/* What happened: one value for views, pushes and logs. It is told only when it is durable. */
#ifndef STATION_RULES_EVENT_H
#define STATION_RULES_EVENT_H

#include "station/rules/board.h"
#include "station/values/wall.h"

enum event_kind {
	EVENT_ATTACHED,	  /* a device came to a slot */
	EVENT_IDENTIFIED, /* its identity has been read */
	EVENT_STEP,	  /* a step began or ended */
	EVENT_WAIT,	  /* a person must act, or has acted */
	EVENT_RETRY,	  /* something failed; it is tried again */
	EVENT_OUTCOME,	  /* the job ended */
	EVENT_DETACHED,	  /* the device left */
	EVENT_STATION,	  /* the station itself: started, usbmuxd away and back, trouble, ending */
};
#define EVENT_KINDS 8
const char *event_kind_to_text(enum event_kind kind);

struct event {
	enum event_kind kind;
	wall_t time;
	const struct board_slot *slot;	/* NULL for EVENT_STATION */
	struct step_id step;		/* STEP */
	enum step_outcome step_outcome; /* STEP: BEGUN, DONE, ALREADY, FAILED, UNKNOWN */
	bool verified;			/* STEP done, already */
	const char *what;		/* STEP: the profile's file, without folder; NULL none */
	const struct fault *fault;	/* STEP failed: why; else NULL */
	bool waiting;			/* WAIT: true when it begins */
	msec_t took;			/* STEP ended, OUTCOME: how long; RETRY: how long until */
	const char *text;		/* STATION: the sentence; STEP: detail; "" none */
};

#endif
