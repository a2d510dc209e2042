/* SPDX-License-Identifier: Apache-2.0 */
/* Bad slot or bad device: what a port's history says about it, beside the rest of the bench. Pure.
 */
#ifndef STATION_RULES_SLOT_HEALTH_H
#define STATION_RULES_SLOT_HEALTH_H

#include <stddef.h>

#include "device/facts/fault.h"
#include "station/rules/board.h"

/* Kinds of faults that a slot's history tells apart. */
#define HEALTH_FAULTS_MAX 16
/* Speed that every device of the last fifteen years negotiates, in Mbit/s (USB 2.0 high speed). */
#define HEALTH_SPEED 480

/* What happened on one port, in the time that is looked at. Counted by slot_health_count. */
struct slot_health {
	char port[SLOT_NAME_MAX], slot[SLOT_NAME_MAX];
	unsigned speed;		 /* negotiated last, in Mbit/s; 0 unknown */
	unsigned jobs, devices;	 /* that were here */
	unsigned disconnects;	 /* left in the middle of a job */
	unsigned reenumerations; /* left the bus and came back at once */
	unsigned fault_count;
	struct {
		enum fault_kind kind;
		unsigned jobs; /* that ended with it here */
	} faults[HEALTH_FAULTS_MAX];
	unsigned troubles; /* of all these, those that a bad port makes */
	unsigned troubled; /* devices that had some */
};

/* What one device did on the port. */
enum health_what {
	HEALTH_JOBS,
	HEALTH_DISCONNECTS,
	HEALTH_REENUMERATIONS,
	HEALTH_FAULTS, /* of KIND; for the others KIND is FAULT_NONE */
};
struct health_count {
	enum health_what what;
	enum fault_kind kind;
	unsigned count;
};
/* Adds what one device, or another one each time, did: COUNTS, an array of N. */
void slot_health_add(struct slot_health *health, const struct health_count *counts, size_t n);

/* Whether FAULT may come from a cable, a hub or a port, and not only from the device. */
bool slot_health_is_link(enum fault_kind fault);

enum health_word {
	HEALTH_UNSURE, /* too little has happened here */
	HEALTH_FINE,
	HEALTH_SLOT,   /* several devices have trouble here that they have not elsewhere */
	HEALTH_DEVICE, /* one device has it, others here have not */
	HEALTH_SLOW,   /* its device runs at the speed of a bad contact */
};
#define HEALTH_WORDS 5
/* "unsure", "fine", "bad-slot", "bad-device", "slow". */
const char *health_word_to_text(enum health_word word);

/* Judges LIST[AT] beside the others of LIST, an array of N. */
enum health_word slot_health_judge(const struct slot_health *list, size_t n, size_t at);

/* One or two plain sentences about it, for whoever keeps the bench; "" for one that does not stand
 * out. */
void slot_health_sentence(const struct slot_health *health, enum health_word word,
			  char out[static CLEAN_MAX + 1]);

#endif
