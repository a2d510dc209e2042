/* SPDX-License-Identifier: Apache-2.0 */
/* Which devices usbmuxd has announced and not taken back. */
#ifndef DEVICE_MUX_ROLL_H
#define DEVICE_MUX_ROLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/facts/muxtalk.h"

/* Most devices kept: more than any host can carry (127 a bus), and a bound for a usbmuxd gone mad.
 * A search is linear; at this length it costs microseconds, once an arrival. */
#define ROLL_MAX 4096

/* A zeroed roll is empty. */
struct roll {
	struct mux_event *entry; /* MUX_ARRIVED or MUX_ODD, each with a handle of its own */
	size_t count, room;
};
void roll_done(struct roll *roll);

/* Adds ENTRY, whose handle is not there. Returns 0, -ENOSPC past ROLL_MAX, or -ENOMEM. */
int roll_add(struct roll *roll, const struct mux_event *entry);

/* The entry with HANDLE, or NULL; the roll's, good until it changes. */
const struct mux_event *roll_find(const struct roll *roll, uint32_t handle);

/* Takes the entry with HANDLE out; returns whether there was one. */
bool roll_remove(struct roll *roll, uint32_t handle);

#endif
