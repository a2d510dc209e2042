/* SPDX-License-Identifier: Apache-2.0 */
/* The bench as a watcher knows it, from the lines that the station pushes. */
#ifndef STATION_FACES_WATCH_MODEL_H
#define STATION_FACES_WATCH_MODEL_H

#include <stdbool.h>

#include "device/facts/clean.h"
#include "station/rules/board.h"

/* How much a slot needs a person; the first most. */
enum watch_mood {
	WATCH_WAITS, /* somebody must act on the device */
	WATCH_BAD,   /* it ended, not well: somebody must decide */
	WATCH_WORKS, /* leave it alone */
	WATCH_GOOD,  /* it may be unplugged */
};
#define WATCH_MOODS 4

struct watch_slot {
	char name[SLOT_NAME_MAX];
	enum watch_mood mood;
	const char *word; /* "WAITING", "working", "PASSED" … */
	char mark;	  /* one sign for it, so that no colour is needed */
	char product[CLEAN_MAX + 1], serial[CLEAN_MAX + 1], title[CLEAN_MAX + 1];
	char doing[2 * CLEAN_MAX + 2]; /* "install welcome.mobileconfig"; "" nothing */
	char sentence[CLEAN_MAX + 1];
	char why[CLEAN_MAX + 1]; /* what went wrong; "" nothing */
	bool counts;		 /* the time goes on: of the step, or of the wait */
	msec_t since;		 /* monotonic */
};

struct watch_board {
	char notice[CLEAN_MAX + 1]; /* the watcher's own trouble; "" none */
	bool usbmuxd_up;
	char usbmuxd_why[CLEAN_MAX + 1], usbmuxd_notice[CLEAN_MAX + 1];
	char batch[CLEAN_MAX + 1], trouble[CLEAN_MAX + 1];
	char expiring[CLEAN_MAX + 1]; /* the profile to be seen to soon; "" none */
	unsigned expect, passed, failed, set_aside, removed;
	unsigned count;
	struct watch_slot slots[SLOTS_MAX]; /* in the order of their names */
};

/* Nothing is known any more, but the notice. */
void watch_board_forget(struct watch_board *board);

/*
 * Takes LINE, JSON as /v1/events tells it (doc/station.md), heard at the monotonic time NOW. Other
 * lines than "board" and "slot" change nothing.
 * Returns 0, or -EPROTO for what is no such JSON.
 */
int watch_board_take(struct watch_board *board, const char *line, msec_t now);

/* How many slots are in MOOD. */
unsigned watch_board_count(const struct watch_board *board, enum watch_mood mood);
/* Whether a time on the board goes on. */
bool watch_board_counts(const struct watch_board *board);

#endif
