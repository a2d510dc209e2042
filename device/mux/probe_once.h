/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux --probe: whether usbmuxd answers, asked until it does or patience ends. */
#ifndef DEVICE_MUX_PROBE_ONCE_H
#define DEVICE_MUX_PROBE_ONCE_H

#include <systemd/sd-event.h>

#include "device/mux/address.h"

/*
 * Runs EVENT until the usbmuxd at ADDRESS has answered, or has not within LIMIT microseconds; one
 * that is away is tried again for PATIENCE microseconds.
 * Returns 0, or negative errno as probe.h has it.
 */
int probe_once(sd_event *event, const struct mux_address *address, uint64_t limit,
	       uint64_t patience);

#endif
