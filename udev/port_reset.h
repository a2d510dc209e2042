/* SPDX-License-Identifier: Apache-2.0 */
/* Resets one USB port, as if its device had been unplugged and plugged in again. */
#ifndef UDEV_PORT_RESET_H
#define UDEV_PORT_RESET_H

/*
 * Resets the port PORT of the system below ROOT ("" is this one), in the first way that works:
 * switches the port off and on (the device comes back as a new one), resets the device, or takes
 * its permission and gives it back.
 * Returns 0; -EINVAL when PORT is no port (device/facts/port.h): nothing else comes near a path;
 * -ENODEV when nothing is there; -EPERM when it is not Apple's, or a hub; or another negative
 * errno.
 */
int port_reset(const char *root, const char *port);

#endif
