/* SPDX-License-Identifier: Apache-2.0 */
/* Asks usbmuxd one thing, on a connection of its own: whether it answers. */
#ifndef DEVICE_MUX_PROBE_H
#define DEVICE_MUX_PROBE_H

#include "device/mux/dial.h"

/* Longest wait for the answer, in microseconds. usbmuxd answers in a millisecond. It stands still
 * for a second each time that it closes a connection whose client does not read. */
#define PROBE_LIMIT_USEC (5 * 1000000ULL)

struct probe;

/* RESULT is 0 when usbmuxd answered, or negative errno: -ETIMEDOUT when it took the connection, or
 * has a full queue of them, and answers none; another when it cannot be reached or talks nonsense.
 * The probe is gone. */
typedef void (*probe_done_t)(void *userdata, int result);

/*
 * Asks for the list of devices, which is not looked into; LIMIT is in microseconds. DONE is called
 * once, never from within this call. Returns 0 and the probe, or negative errno and DONE is never
 * called.
 */
int probe_start(struct dialer *dialer, uint64_t limit, probe_done_t done, void *userdata,
		struct probe **ret_probe);
/* Ends PROBE without a call to its `done`. Takes NULL. */
void probe_cancel(struct probe *probe);

#endif
