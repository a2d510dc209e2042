/* SPDX-License-Identifier: Apache-2.0 */
/* A trial: simulated devices, a station in front of them that is treated badly, and what became of
 * both. The program that holds it adopts whatever its processes leave behind. */
#ifndef TESTS_SCENARIO_TRIAL_H
#define TESTS_SCENARIO_TRIAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Room for a path in the trial's directory, with its end. */
#define TRIAL_PATH 128
/* Most devices of a trial. */
#define TRIAL_DEVICES_MAX 64
/* How long anything may take that is waited for, in milliseconds; a test is not timed. */
#define TRIAL_LIMIT 60000

struct trial {
	const char *build, *source;
	char dir[TRIAL_PATH];
	unsigned devices;
	pid_t simulator, station; /* 0: none */
	int events;		  /* the station's events come here; -1 */
	size_t used;
	char buffer[65536]; /* events not yet read */
};

/*
 * Makes the directory, fills the pool of pairing keys and starts muster-sim with DEVICES devices
 * made from SEED, each with SETUP, lines of a bench file's setup. The program ends when something
 * of it cannot be done, as in all of these.
 */
void trial_begin(struct trial *trial, unsigned devices, uint64_t seed, const char *setup);
/* Ends what runs and removes the directory. Returns the number of our processes that did not end
 * with it: 0 is right. */
unsigned trial_end(struct trial *trial);

/* Starts the station on the trial's ledger; it ends when all devices have. SHIM: text for
 * disk-shim.so, which is then preloaded into it; or NULL. */
void trial_start_station(struct trial *trial, const char *shim);
/* The next event, the caller's reference; NULL at the end of the station that told them. */
json_t *trial_next_event(struct trial *trial);
/* Waits for the station's end, and for those that lived by it. Returns its exit status, or minus
 * the signal that ended it. */
int trial_reap_station(struct trial *trial);

/* The processes of the station of this NAME, at most MOST of them. Returns how many. */
unsigned trial_find(const struct trial *trial, const char *name, pid_t *ret_pids, unsigned most);

/* Asks the simulator; the answer is the caller's reference. */
json_t *trial_ask(const struct trial *trial, const char *line);
/* The array of muster results --json, the caller's reference. */
json_t *trial_results(const struct trial *trial);

/* A sequence of numbers that follows from its seed. */
uint64_t trial_random(uint64_t *state);
/* The text of KEY in OBJECT; "" when there is none. */
const char *trial_text(const json_t *object, const char *key);

#endif
