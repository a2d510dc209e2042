/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong with the bench's usbmuxd as a whole: away, silent, or its queue full. */
#ifndef TESTS_SIM_OUTAGE_H
#define TESTS_SIM_OUTAGE_H

struct bench;

enum outage {
	OUTAGE_RESTART, /* away with all connections, then back with other DeviceIDs */
	OUTAGE_SILENT,	/* takes connections, and nothing comes of any */
	OUTAGE_BACKLOG, /* new connections are turned away; those that are there go on */
};

/*
 * It begins now and is over after MS milliseconds, at once for 0; one that is under way is over
 * first. Not to be called while the mux serves a client. Returns 0, or a negative errno when the
 * mux could not listen again: then the event loop ends with that.
 */
int outage_begin(struct bench *bench, enum outage outage, int ms);

/* It begins at one of the first two Connects per device, which the bench's dice choose. Returns 0
 * or -ENOMEM. */
int outage_arm(struct bench *bench, enum outage outage, int ms);

/* A host has made a Connect: armed outages come nearer. */
void outage_count_connect(struct bench *bench);

/* Disarms all; one that is under way does not end any more. */
void outages_free(struct bench *bench);

#endif
