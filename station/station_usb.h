/* SPDX-License-Identifier: Apache-2.0 */
/* The bus in the station's loop: udev's view of the devices. */
#ifndef STATION_STATION_USB_H
#define STATION_STATION_USB_H

#include "station/bench/bench.h"

/*
 * Begins to watch the bus, when the options ask for it, and tells of all that is on it. When udev
 * cannot be heard here, or usbmuxd is on another machine, it says so, and nothing is watched.
 * Returns 0 and RET_LINK (NULL when nothing is watched), or a negative errno.
 */
int usb_link_open(struct station *station, struct usb_link **ret_link);
/* In doubt: looks at the whole bus now, and tells of every difference. NULL is nothing. */
void usb_link_look(struct usb_link *link);
void usb_link_close(struct usb_link *link);

#endif
