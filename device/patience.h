/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for a person: the same try again, until the device no longer needs one. */
#ifndef DEVICE_PATIENCE_H
#define DEVICE_PATIENCE_H

#include "device/conversation.h"

/* How often the device is asked whether the person has acted. */
#define PATIENCE_POLL_MS 1000

/*
 * Calls ATTEMPT with SUBJECT until its fault is none that a person could take away now
 * (trust-missed, passcode-locked, approval-missed), and returns that, which may be "no fault".
 * Tells the station `wait` and `waited`; how long the person may take is the station's business.
 */
struct fault with_patience(struct conversation *talk, struct fault (*attempt)(void *subject),
			   void *subject);

#endif
