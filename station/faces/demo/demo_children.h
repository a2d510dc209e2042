/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of a demonstration: keys made first, the simulated devices, the station. */
#ifndef STATION_FACES_DEMO_CHILDREN_H
#define STATION_FACES_DEMO_CHILDREN_H

#include <limits.h>
#include <sys/types.h>

#include "station/faces/demo/demo_request.h"
#include "station/tools/demo_folder.h"
#include "station/tools/state.h"

/* What is wrong with this host is told on stderr, and is EXIT_TROUBLE; where a status may be -1,
 * the demonstration goes on. Ctrl-C and the other signals that end a process end each wait. */
struct demo_children {
	const struct demo_request *request;
	const struct demo_folder *folder;
	char muster[PATH_MAX], simulator[PATH_MAX], worker[PATH_MAX]; /* programs */
	int signals;			  /* signalfd: Ctrl-C, TERM, HUP; -1 none */
	pid_t simulator_pid, station_pid; /* 0: does not run */
};

/* Finds the programs, and takes the signals over. Returns -1 and RET_CHILDREN, for
 * demo_children_end, or the exit status. */
int demo_children_begin(const struct demo_request *request, struct demo_children *ret_children);

/* Has the pairing keys made that an idle station makes for its next devices, in the state
 * directory STATE: while devices are there nobody should be busy with that. Returns -1 or the exit
 * status. */
int demo_children_make_keys(struct demo_children *children, const struct state *state);

/* Starts the simulator and waits until it listens. Returns -1 or the exit status. */
int demo_children_simulate(struct demo_children *children);

/* Runs the station with BLUEPRINT to its end; a signal ends it, a second one at once. Returns the
 * station's exit status. */
int demo_children_run_station(struct demo_children *children, const char *blueprint);

/* Ends what still runs. */
void demo_children_end(struct demo_children *children);

#endif
