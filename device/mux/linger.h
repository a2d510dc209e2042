/* SPDX-License-Identifier: Apache-2.0 */
/* Lets connections to usbmuxd on which a Connect is unanswered wait for the answer, though nobody
 * wants it any more. */
#ifndef DEVICE_MUX_LINGER_H
#define DEVICE_MUX_LINGER_H

#include <systemd/sd-event.h>

/* Longest wait for the answer, in microseconds. usbmuxd gives a device up after 5 s. */
#define LINGER_LIMIT_USEC (10 * 1000000ULL)

/* usbmuxd 1.1.1 frees a client twice that goes away between the device's answer and its own
 * (doc/gate.md): a worker that is killed must not take usbmuxd with it. */
struct lingers;

/* Returns 0 or -ENOMEM. */
int lingers_new(sd_event *event, struct lingers **ret_lingers);
/* Closes all that wait. Takes NULL. */
void lingers_free(struct lingers *lingers);

/* Takes FD over, and closes it at usbmuxd's answer, its end, or the limit. */
void lingers_add(struct lingers *lingers, int fd);

#endif
