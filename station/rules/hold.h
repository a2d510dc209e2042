/* SPDX-License-Identifier: Apache-2.0 */
/* Exactly once: what an earlier job of a device means when the device comes (again). */
#ifndef STATION_RULES_HOLD_H
#define STATION_RULES_HOLD_H

#include <stdbool.h>

#include "device/facts/outcome.h"
#include "station/values/wall.h"

/* Without a batch, a device that passed is not done again within this time: it is long enough for
 * a working day at the bench, and short enough for the next. */
#define HOLD_TIME_MSEC (12LL * 60 * 60 * 1000)

enum hold {
	HOLD_NEW,    /* a new job */
	HOLD_RESUME, /* the earlier job goes on */
	HOLD_HELD,   /* it has passed: nothing is to be done */
};

/* The newest job of a device with the same batch and blueprint; zeroed when there is none. */
struct hold_past {
	bool exists;
	enum outcome outcome; /* NONE: still open */
	wall_t ended;
};

/*
 * What to do with the device. IN_BATCH: the station runs with a batch, in which a device passes
 * once and for all. AGAIN: the operator wants devices done again that have passed before SINCE (the
 * station's start), which is not the same as again and again.
 */
enum hold hold_decide(const struct hold_past *past, bool in_batch, bool again, wall_t since,
		      wall_t now);

#endif
