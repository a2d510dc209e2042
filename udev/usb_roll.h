/* SPDX-License-Identifier: Apache-2.0 */
/* The devices that were seen on the bus, at most one a port, and how one look differs from another.
 */
#ifndef UDEV_USB_ROLL_H
#define UDEV_USB_ROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "udev/usb_watch.h"

/* Zeroed is empty. The order of the list says nothing. */
struct usb_roll {
	size_t count;
	struct usb_device list[USB_WATCH_MAX];
};

/* The device at PORT, or NULL. The roll's own, until the roll changes. */
struct usb_device *usb_roll_find(struct usb_roll *roll, const char *port);

/* Adds DEVICE, or puts it in the place of the one at its port. Returns false when the roll is full.
 */
bool usb_roll_put(struct usb_roll *roll, const struct usb_device *device);

/* Takes DEVICE, one of the roll's own, off. Another one may move to its place. */
void usb_roll_drop(struct usb_roll *roll, struct usb_device *device);

/* What lies between two looks at one port. */
enum usb_change {
	USB_SAME,
	USB_UPDATED,  /* the same device, of which more is known or something else is so */
	USB_REPLACED, /* another device, or the same one after it was away: the address differs, or
			 the product, or the mode */
};
enum usb_change usb_change_between(const struct usb_device *before, const struct usb_device *after);

#endif
