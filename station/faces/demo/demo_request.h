/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster demo. */
#ifndef STATION_FACES_DEMO_REQUEST_H
#define STATION_FACES_DEMO_REQUEST_H

#include "station/faces/watch/view_option.h"

#define DEMO_VERB "muster demo"

/* Most --fault options; there are fewer sorts of faults. */
#define DEMO_FAULTS_MAX 32

/* Strings are those of the command line. */
struct demo_request {
	unsigned devices; /* 1 to SLOTS_MAX */
	const char *faults[DEMO_FAULTS_MAX];
	unsigned fault_count;
	const char *blueprint; /* the operator's own; NULL: the one that is shipped */
	const char *view_word; /* what VIEW was made of */
	struct view_choice view;
	bool hold, keep;
};

/*
 * Reads ARGV; prints the help that is asked for to stdout, and what is wrong to stderr.
 * Returns -1 and RET_REQUEST to go on, or the exit status. Uses getopt_long.
 */
int demo_request_read(int argc, char **argv, struct demo_request *ret_request);

#endif
