/* SPDX-License-Identifier: Apache-2.0 */
/* What a gate lets pass: each request of a worker, judged for its one device. */
#ifndef DEVICE_MUX_REQUEST_H
#define DEVICE_MUX_REQUEST_H

#include <stdbool.h>

#include "device/facts/muxtalk.h"
#include "device/mux/frame.h"

/* The device behind a gate. */
struct shown {
	struct mux_event device; /* as it arrived */
	bool present;		 /* it has not left since */
};

enum request_kind {
	REQUEST_ANSWERED, /* by us: the frame goes back */
	REQUEST_LISTEN,	  /* the same, and events may follow it */
	REQUEST_FORWARD,  /* the frame goes to usbmuxd, its answer back */
	REQUEST_CONNECT,  /* the same, and after Result 0 the connection is the device's */
};

/* A request of our own to usbmuxd, the caller's to plist_free. */
plist_t request_new(const char *type);

/*
 * Judges ASKED. Nothing of it is passed on as it came: RET_FRAME, the caller's to frame_done, is
 * made anew, with the tag of ASKED.
 * Returns a request_kind, or -EPROTO when ASKED is no message, or -ENOMEM.
 */
int request_judge(const struct frame *asked, const struct shown *shown, struct frame *ret_frame);

/* Adds to FRAME the events for a client that listens. Each returns 0 or -ENOMEM. */
int request_add_attached(struct frame *frame, const struct shown *shown);
int request_add_detached(struct frame *frame, const struct shown *shown);

#endif
