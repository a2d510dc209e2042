/* SPDX-License-Identifier: Apache-2.0 */
/* Ties the conversation with the station to usbmuxd's news and the gates. */
#ifndef DEVICE_MUX_MUX_H
#define DEVICE_MUX_MUX_H

#include <systemd/sd-event.h>

#include "device/mux/address.h"
#include "device/mux/pulse.h"

/*
 * Runs EVENT until it is ended (conversation.h, or by whoever holds EVENT), for the station at
 * SOCKET and the usbmuxd at ADDRESS, whose pulse is taken at TIMES.
 * Returns 0 at an ordinary end, or negative errno.
 */
int mux_run(sd_event *event, int socket, const struct mux_address *address,
	    const struct pulse_times *times);

#endif
