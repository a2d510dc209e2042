/* SPDX-License-Identifier: Apache-2.0 */
/* Results read from the ledger: one a job, as reports and JSON show them. */
#ifndef STATION_LEDGER_RESULT_H
#define STATION_LEDGER_RESULT_H

#include "station/ledger/ledger.h"

struct result_step {
	struct step_id id;
	enum step_outcome outcome;
	bool verified;
	unsigned attempts;
	unsigned faults;     /* attempts that ended with one */
	wall_t began, ended; /* 0: not */
	char *detail;
	char sha256[DIGEST_TEXT_MAX]; /* what the newest attempt was begun with; "" nothing */
};

/* One job. Strings are never NULL, and cleaned (clean.h); "" is unknown. */
struct result {
	int64_t job;
	char *notes[NOTE_KEYS_COUNT]; /* by note_key: udid, serial, product, name … */
	char *slot, *port;	      /* of the last attachment */
	char *batch, *blueprint, *blueprint_sha256, *operator;
	char *way; /* how a Mac got its profile (values/handover.h); "" unless it is a handover */
	char *profile, *asset, *remark; /* of a handover */
	enum outcome outcome; /* NONE: a station works on it; INTERRUPTED: open, and none does */
	struct fault fault;
	unsigned step_count;
	struct result_step steps[STEPS_MAX];
	wall_t began, ended;
};

/* Which results; a zeroed filter is all. */
struct result_filter {
	/* A station holds the state lock (state_is_held), or the caller is the station: open jobs
	 * that its run attached are then not interrupted. */
	bool station_runs;
	const char *batch;    /* NULL: any */
	const char *device;   /* UDID, serial number or ECID, any case, dash or not; NULL: any */
	enum outcome outcome; /* NONE: any, also jobs that a station works on */
	int64_t since_job;    /* jobs with a number above this */
	wall_t since;	      /* began at or after */
};

/*
 * Calls EACH for every job that FILTER takes, oldest first; RESULT is valid during the call. EACH
 * returns 0 to go on, anything else to stop with that value, and does not use LEDGER.
 * Returns 0, what EACH returned, or negative errno.
 */
int results_each(struct ledger *ledger, const struct result_filter *filter,
		 int (*each)(const struct result *result, void *userdata), void *userdata);

#endif
