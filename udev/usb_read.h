/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what sysfs has of a USB device, when it is one of Apple's that the station knows. */
#ifndef UDEV_USB_READ_H
#define UDEV_USB_READ_H

#include <libudev.h>

#include "udev/usb_device.h"

/*
 * Reads UDEV_DEVICE, one made from its place in sysfs: the attributes that it has now. Each is
 * checked; those that a device sets are its own word (udev/usb_serial.h).
 * Returns 0 and RET_DEVICE, -ENODEV when it is nothing that the station works with (another
 * vendor's, a hub, an interface), or -ENOENT when it has left, or an attribute without which it has
 * no place cannot be read.
 */
int usb_read_device(struct udev_device *udev_device, struct usb_device *ret_device);

#endif
