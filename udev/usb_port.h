/* SPDX-License-Identifier: Apache-2.0 */
/* Where on the bench a USB device sits: its port, and the connector that the port is a half of. */
#ifndef UDEV_USB_PORT_H
#define UDEV_USB_PORT_H

#include <stdbool.h>

#include "udev/usb_device.h"

/*
 * Reads NAME, the kernel's name of a USB device in sysfs, which is its port's path ("1-4.2").
 * Returns 0 and fills RET_PORT, or -EINVAL and leaves it alone: for a root hub ("usb1") and an
 * interface ("1-4.2:1.0"), which are at no port.
 */
int usb_port_from_name(const char *name, char ret_port[static USB_PORT_MAX + 1]);

/*
 * Reads NAME, the kernel's name of a port itself ("usb1-port4", "1-4-port2"), as the path of what
 * is plugged into it ("1-4", "1-4.2"). Returns as usb_port_from_name.
 */
int usb_port_from_port_name(const char *name, char ret_port[static USB_PORT_MAX + 1]);

/*
 * Names the connector of the device at SYSPATH (its folder in sysfs), which sits at PORT: of the
 * two ports that the kernel says are one connector (the `peer` link of a port) the one that comes
 * first, so that both halves give the same name. Without a peer, which is so for ports of one speed
 * and where the firmware tells the kernel nothing, it is PORT. OUT may not be PORT.
 */
void usb_port_connector(const char *syspath, const char *port, char out[static USB_PORT_MAX + 1]);

#endif
