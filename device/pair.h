/* SPDX-License-Identifier: Apache-2.0 */
/* The step pair: a private session with the device, trusted by it before or from now on. */
#ifndef DEVICE_PAIR_H
#define DEVICE_PAIR_H

#include "device/link.h"

/*
 * Begins a session with the record that usbmuxd keeps. When there is none, or the device no longer
 * knows it: pairs with a record of our own, made once, with the keys in KEYS_FD (-1:
 * makes some), offered until a person has answered. Gives RET_NEW: the device was paired now.
 */
struct fault pair_run(struct link *link, int keys_fd, bool *ret_new);

#endif
