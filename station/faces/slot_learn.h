/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot learn: a walk along the bench, one device plugged into each port in turn. */
#ifndef STATION_FACES_SLOT_LEARN_H
#define STATION_FACES_SLOT_LEARN_H

#include "profiles/blueprint/slots_file.h"

/*
 * Walks a person through it: asks on standard error, watches the bus, and takes what is typed on
 * standard input (Enter: there is no such port; q or the end: that was all). Ends by itself after
 * COUNT slots (0: does not). SLOTS, zeroed, gets one slot for each port, named "1", "2" … in the
 * order of plugging, on one hub.
 * Returns 0; -EINTR when it was broken off by Ctrl-C; -ENOTSUP when the bus cannot be watched,
 * which has been said; or another negative errno.
 */
int slot_learn(unsigned count, struct slots_file *slots);

#endif
