/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster run. */
#ifndef STATION_RUN_REQUEST_H
#define STATION_RUN_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "station/faces/watch/view_option.h"

/* What messages of the verb begin with. */
#define RUN_VERB "muster run"

/* Blueprints of one station: a bench for every model of a school has fewer. */
#define RUN_BLUEPRINTS_MAX 64

/* Profiles that may be named as allowed; who needs more should download them anew. */
#define RUN_ALLOWED_MAX 16

/* Strings are those of the command line; times are in seconds. */
struct run_request {
	const char *files[RUN_BLUEPRINTS_MAX]; /* blueprints */
	size_t file_count;
	const char *allowed[RUN_ALLOWED_MAX]; /* profiles that are used also when expired */
	size_t allowed_count;
	const char *batch; /* "" without one */
	struct view_choice view;
	const char *worker, *mux; /* paths of programs; NULL: find them */
	const char *requests;	  /* where root is asked for what only it may do */
	unsigned expect, max_workers, grace, hold, reach;
	int ready_fd; /* -1 none */
	bool again, verbose;
	bool udev; /* arrivals come from udev too */
};

/*
 * Reads ARGV, whose first word is "run". Help goes to stdout, what is wrong to stderr.
 * Returns -1 and RET_REQUEST to go on, or the exit status of the verb.
 */
int run_request_read(int argc, char **argv, struct run_request *ret_request);

#endif
