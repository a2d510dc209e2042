/* SPDX-License-Identifier: Apache-2.0 */
/* Listens to usbmuxd, for ever: which devices come and go, and whether it is there at all. */
#ifndef DEVICE_MUX_LISTEN_H
#define DEVICE_MUX_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/muxtalk.h"
#include "device/mux/dial.h"

/* Between two tries to reach a usbmuxd that is away, in microseconds. */
#define LISTEN_POLL_USEC 1000000ULL
/* So many times in a row without an answer, and usbmuxd hangs. */
#define LISTEN_SILENT_MAX 2

struct listener;

/* What happened: up, down, arrived, odd, left or, behind down, hung. It may not free the listener.
 */
typedef void (*listen_event_t)(void *userdata, const struct mux_event *event);

/*
 * Begins to listen, through DIALER. A usbmuxd that is away, silent for LIMIT microseconds, or talks
 * nonsense is `down`, once, and is tried again each LISTEN_POLL_USEC. One that was `hung` and ends
 * is `down` anew: what comes after it may hang, too.
 *
 * Its events are dispatched before others that are due: whoever connects to usbmuxd and then waits
 * for his turn in the loop has by then been told of a usbmuxd that was exchanged for another,
 * where the same handle means another device.
 * Returns 0 or negative errno.
 */
int listener_new(struct dialer *dialer, uint64_t limit, listen_event_t say, void *userdata,
		 struct listener **ret_listener);
/* Takes NULL. */
void listener_free(struct listener *listener);

/* Whether usbmuxd has any device, odd ones included. */
bool listener_has_devices(const struct listener *listener);

/* The arrived device with HANDLE, or NULL; good until the next event. */
const struct mux_event *listener_find(const struct listener *listener, uint32_t handle);

#endif
