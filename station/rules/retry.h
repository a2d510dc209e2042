/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault costs: whether another worker tries again, and how long it waits before that. */
#ifndef STATION_RULES_RETRY_H
#define STATION_RULES_RETRY_H

#include <stdbool.h>

#include "device/facts/fault.h"
#include "device/facts/step.h"
#include "device/facts/udid.h"

/* How often a device may fail outside its steps: it does not let itself be connected to yet, its
 * worker dies between two steps. With the pauses below that is at least 15 s: a device that has
 * just been switched on takes connections that long after it appears on the bus. */
#define RETRY_OUTSIDE_STEPS 4

/* How often a device may leave in the middle of its work without having got a step further. Each
 * time may be the cable, or a device that restarts again and again. */
#define RETRY_DEPARTURES 10

/* Whether the job goes on after FAULT, which was the FAULTS-th of its step; the step has ATTEMPTS.
 */
bool retry_is_due(enum fault_kind fault, unsigned faults, unsigned attempts);

/*
 * How long to wait after the FAULTS-th fault (from 1): doubling from one second to half a minute,
 * and up to half as much again by what DEVICE is called, so that a bench that lost its hub does not
 * come back all in one moment. The same arguments always give the same pause.
 */
msec_t retry_pause(unsigned faults, const struct udid *device);

/* A device that leaves makes its worker say this: when it turns out that it left, the fault is only
 * the echo of that, and counts for nothing. */
bool retry_is_echo(enum fault_kind fault);

#endif
