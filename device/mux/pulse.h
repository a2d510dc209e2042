/* SPDX-License-Identifier: Apache-2.0 */
/* Whether usbmuxd still answers: asked every so often while it has devices, and when it is doubted.
 */
#ifndef DEVICE_MUX_PULSE_H
#define DEVICE_MUX_PULSE_H

#include <stdbool.h>

#include "device/facts/muxtalk.h"
#include "device/mux/dial.h"

/* Between two questions to a usbmuxd that answers, in microseconds. */
#define PULSE_EVERY_USEC (10 * 1000000ULL)
/* So many questions in a row without an answer, and it hangs. One may be lost to a usbmuxd that
 * closes many connections at once. */
#define PULSE_SILENT_MAX 2

/* In microseconds; probe.h has the second's default. */
struct pulse_times {
	uint64_t every, limit;
};

struct pulse;

/* `hung` or `awake`. */
typedef void (*pulse_event_t)(void *userdata, const struct mux_event *event);

/* A pulse that is not taken yet. TIMES is copied. Returns 0 or negative errno. */
int pulse_new(struct dialer *dialer, const struct pulse_times *times, pulse_event_t say,
	      void *userdata, struct pulse **ret_pulse);
/* Takes NULL. */
void pulse_free(struct pulse *pulse);

/* Whether there are devices, and so something to lose. Without any, nothing wakes us up. */
void pulse_set_devices(struct pulse *pulse, bool there);
/* Asks at once. */
void pulse_ask(struct pulse *pulse);
/* usbmuxd is away, or has just begun: what was asked before counts no more, and nothing is said. */
void pulse_reset(struct pulse *pulse);

#endif
