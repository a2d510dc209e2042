/* SPDX-License-Identifier: Apache-2.0 */
/* Whether udev's events can reach this process at all: in a container they often cannot, and
 * nothing says so. */
#ifndef UDEV_USB_HEARING_H
#define UDEV_USB_HEARING_H

#include <stdbool.h>

enum usb_hearing {
	USB_HEARS,	     /* nothing is known that stands against it */
	USB_NO_UDEVD,	     /* no udevd runs on this host, or this container does not see it */
	USB_FOREIGN_NETWORK, /* a network namespace of its own: events stay outside */
};
#define USB_HEARINGS 3

/* Finds out. Looks at two files of the kernel and udevd, waits for nothing. What an old kernel does
 * not tell counts as no hindrance. */
enum usb_hearing usb_hearing_find(void);

/* The rule by which it tells a network namespace: whether LINE, of /proc/net/netlink, is the socket
 * by which a udevd hears the kernel. */
bool usb_hearing_is_udevd(const char *line);

/* "hears", "no-udevd", "foreign-network". */
const char *usb_hearing_name(enum usb_hearing hearing);
/* What is so and what to do about it, for whoever keeps the station; "" for USB_HEARS. */
const char *usb_hearing_sentence(enum usb_hearing hearing);
const char *usb_hearing_remedy(enum usb_hearing hearing);

#endif
