/* SPDX-License-Identifier: Apache-2.0 */
/* One connection through a gate: the worker's requests, usbmuxd's answers, then the device. */
#ifndef DEVICE_MUX_PASS_H
#define DEVICE_MUX_PASS_H

#include <sys/queue.h>

#include "device/mux/dial.h"
#include "device/mux/linger.h"
#include "device/mux/request.h"

struct pass;

/* What a pass must know of its gate, which outlives it. */
struct passage {
	struct dialer *dialer;
	struct lingers *lingers;
	struct shown shown;
	/* PASS is over, but not freed. ERROR is 0, or negative errno: usbmuxd was out of reach. */
	void (*ended)(struct passage *passage, struct pass *pass, int error);
	LIST_HEAD(pass_list, pass) passes; /* passage: its passes */
};

/*
 * Serves the worker at the non-blocking socket CLIENT, as a usbmuxd with the one device shown. One
 * request is served at a time, and its answer read before the next is looked at. When usbmuxd
 * cannot be asked, the connection is closed: a Result could be taken for one of its own. `ended`
 * is called once, never from within this call.
 * Returns 0, and the pass in the passage's list owns CLIENT, or negative errno.
 */
int pass_new(struct passage *passage, int client);

/* Cuts the connection. */
void pass_free(struct pass *pass);

/* Tells all passes that the device shown has left: what goes to it ends, who listens is told. */
void passage_device_left(struct passage *passage);

/* Cuts all. */
void passage_done(struct passage *passage);

#endif
