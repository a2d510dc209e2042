/* SPDX-License-Identifier: Apache-2.0 */
/* The board: a snapshot of every slot as plain values, for faces to show. */
#ifndef STATION_RULES_BOARD_H
#define STATION_RULES_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/fault.h"
#include "device/facts/outcome.h"
#include "device/facts/step.h"
#include "device/facts/talk.h"
#include "device/facts/udid.h"
#include "station/rules/shelf.h"

/* Length of a slot's and a port's name with its end. */
#define SLOT_NAME_MAX 32
/* Most slots of one station: 8 hubs of 16 ports, twice. Linear walks over them are meant. */
#define SLOTS_MAX 256

/* Where a slot stands (slot.h says how it moves). */
enum slot_state {
	SLOT_EMPTY,    /* no device, none expected */
	SLOT_SEEN,     /* a device is on the bus, but nobody can speak with it yet */
	SLOT_SETTLING, /* a device came; wait whether it stays */
	SLOT_QUEUED,   /* waits for a worker's place */
	SLOT_STARTING, /* its gate and worker are being made */
	SLOT_WORKING,  /* a worker is at it */
	SLOT_WAITING,  /* a person must act */
	SLOT_STOPPING, /* its worker was told to end, or is being killed */
	SLOT_ABSENT,   /* the device is away, expected back within a limit */
	SLOT_RESTING,  /* something failed that may pass by itself; it is tried again in a moment */
	SLOT_ENDED,    /* its job has an outcome (or it is held); the device may be taken */
};
#define SLOT_STATES 11
const char *slot_state_to_text(enum slot_state state);

/* One slot, copied. Text that comes from the device is cleaned. */
struct board_slot {
	/* What a person calls it: its name in slots.yaml, else its connector's port; a number where
	 * only usbmuxd shows devices. */
	char name[SLOT_NAME_MAX];
	/* The port's path ("1-4.2"). Where only usbmuxd shows the device: "usb3-17" (bus and
	 * address), or "" for unknown. */
	char port[SLOT_NAME_MAX];
	/* Its mode as the bus shows it ("normal", "recovery" …); static. NULL while udev does not
	 * show it. */
	const char *mode;
	/* What to do about a device that is on the bus in a mode in which it cannot be worked on;
	 * static. NULL in normal mode, and while udev does not show it. */
	const char *mode_remedy;
	enum slot_state state;
	msec_t since; /* monotonic: when the state was entered */
	struct udid udid;
	char note[NOTE_KEYS_COUNT][CLEAN_MAX + 1]; /* by note_key: serial, product, os, name … */
	char blueprint[CLEAN_MAX + 1];
	int64_t job; /* in the ledger; 0: none */
	bool has_step;
	struct step_id step;	  /* under way, or the last one */
	char what[CLEAN_MAX + 1]; /* the step's profile's file, without folder; "" none */
	msec_t step_since;
	bool slow; /* the step's warning time has passed */
	unsigned steps_ended, steps_total;
	enum talk_wait why; /* while WAITING */
	enum outcome outcome;
	bool held;	    /* done before within the hold time: nothing is done again */
	struct fault fault; /* why it ENDED so, or is RESTING */
};

struct board {
	msec_t now;
	bool usbmuxd_up;
	char usbmuxd_why[CLEAN_MAX + 1]; /* why it is away */
	unsigned usbmuxd_restarts;	 /* lately, under devices */
	/* Which device may be behind them, and what to do; "" none. */
	char usbmuxd_notice[CLEAN_MAX + 1];
	char batch[CLEAN_MAX + 1];
	char trouble[CLEAN_MAX + 1]; /* what is wrong with the station itself; "" nothing */
	char notice[CLEAN_MAX + 1];  /* what is to be seen to soon; "" nothing */
	unsigned expect;	     /* 0: runs until told */
	unsigned passed, failed, set_aside, removed; /* jobs ended since the station started */
	unsigned profile_count;
	const struct shelf_profile *profiles; /* that the station installs */
	unsigned slot_count;
	const struct board_slot *slots; /* in the order of their names */
};

/* The one sentence that tells the person at the bench what to do or what is going on with SLOT. */
const char *board_slot_sentence(const struct board_slot *slot);

#endif
