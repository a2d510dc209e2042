/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a job: what they are called, and how long each may take. */
#ifndef DEVICE_FACTS_STEP_H
#define DEVICE_FACTS_STEP_H

#include <stdbool.h>

/* Milliseconds of the monotonic clock, or a length of time in them. */
typedef long long msec_t;

enum step_kind {
	STEP_PAIR,     /* trusted by the device, a TLS session open, identity read; always first */
	STEP_INSTALL,  /* one configuration profile on the device */
	STEP_NAME,     /* the device's name set */
	STEP_VERIFY,   /* everything read back; always last */
	STEP_HANDOVER, /* a person took the profile to a Mac: in results only, never in a job that a
			* worker does */
};
#define STEP_KINDS 5

/* Most steps in one job. A blueprint with more is refused: nobody reads past this on a screen. */
#define STEPS_MAX 32

/* Which step of a job. ORDINAL tells steps of one kind apart and counts from 1. */
struct step_id {
	enum step_kind kind;
	unsigned ordinal;
};

/* Longest text of a step id with its end: "install.32". */
#define STEP_TEXT_MAX 16

/* "pair", "install.2", "name", "verify": the ordinal is written for kinds that may repeat. Fills
 * OUT and returns it. */
const char *step_to_text(struct step_id id, char out[static STEP_TEXT_MAX]);

/* The reverse. Returns 0, or -EINVAL and leaves RET_ID alone. */
int step_from_text(const char *text, struct step_id *ret_id);

bool step_equal(struct step_id a, struct step_id b);

/* The kind's bare word, as a blueprint writes it. */
const char *step_kind_to_text(enum step_kind kind);

/*
 * How long a step of KIND may work before the station says so (warn), before it ends the worker
 * (kill), and how long a person may take when the step waits for one (operator). The reasons are in
 * doc/protocol.md, "Time".
 */
struct step_limits {
	msec_t warn;
	msec_t kill;
	msec_t operator;
	unsigned attempts; /* how often the step may be tried in one job when its fault is transient
			    */
};
struct step_limits step_default_limits(enum step_kind kind);

/* How one step of a job stands. */
enum step_outcome {
	STEP_TODO,    /* not begun */
	STEP_BEGUN,   /* begun is in the ledger, its end is not */
	STEP_DONE,    /* the worker did it */
	STEP_ALREADY, /* the device was so before */
	STEP_FAILED,
	STEP_SKIPPED, /* the job ended before it */
	STEP_UNKNOWN, /* the worker was stopped in it; a later one looks again */
};
const char *step_outcome_to_text(enum step_outcome outcome);
int step_outcome_from_text(const char *text, enum step_outcome *ret_outcome);
/* Nothing more is to be done for the step: done, already. */
bool step_outcome_is_good(enum step_outcome outcome);

#endif
