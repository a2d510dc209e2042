/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator asked of the station. */
#ifndef STATION_BENCH_OPTIONS_H
#define STATION_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "profiles/blueprint/blueprint.h"
#include "profiles/blueprint/slots_file.h"
#include "station/tools/state.h"

/* Everything stays the caller's. */
struct station_options {
	const struct state *state; /* locked by the caller */
	struct blueprint *const
		*blueprints; /* the first that fits a device is used; none: identify */
	size_t blueprint_count;
	const char *const *allowed; /* names of profiles that are used also when expired */
	size_t allowed_count;
	const char *batch;		   /* "" without one */
	const char *operator;		   /* who runs the station */
	const char *view;		   /* format of the view's output; NULL for no view */
	bool screen;			   /* the board on our terminal */
	const char *muster, *worker, *mux; /* paths of the programs */
	const char *requests;		   /* folder, see tools/requests.h */
	unsigned expect;		   /* end when so many devices ended; 0: never */
	unsigned max_workers;
	const struct slots_file *slots; /* NULL: ports are called by their paths */
	bool udev;			/* arrivals come from udev too, not from usbmuxd alone */
	msec_t reach;			/* how long usbmuxd may take to show what is on the bus */
	bool again;			/* also devices that passed before the station started */
	int ready_fd; /* gets a newline when the station is ready, then closed; -1 none */
	msec_t grace; /* how long workers may take to end when the station does */
	msec_t hold;  /* how long a device may be away in mid-job */
	/* How long a device must stay before it is touched: one that another slot has as well, and
	 * one that came back. Nobody else has to. */
	msec_t settle_twin, settle;
};

#endif
