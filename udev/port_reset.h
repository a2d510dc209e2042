/* SPDX-License-Identifier: Apache-2.0 */
/* Resets one USB port, as if its device had been unplugged and plugged in again. */
#ifndef UDEV_PORT_RESET_H
#define UDEV_PORT_RESET_H

#include <stdbool.h>

/* Whether NAME is a port as the kernel names it: "1-4", "12-4.2.1". Nothing else may come near a
 * path. */
bool port_is_name(const char *name);

/*
 * Resets the port PORT of the system below ROOT ("" is this one), in the first way that works:
 * switches the port off and on (the device comes back as a new one), resets the device, or takes
 * its permission and gives it back.
 * Returns 0; -EINVAL when PORT is no port's name; -ENODEV when nothing is there; -EPERM when it is
 * not Apple's, or a hub; or another negative errno.
 */
int port_reset(const char *root, const char *port);

#endif
