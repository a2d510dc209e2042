/* SPDX-License-Identifier: Apache-2.0 */
/* The Apple devices on the bus, and each that comes and goes: udev's events are hints to look, and
 * what the bus lists is the truth. */
#ifndef UDEV_USB_WATCH_H
#define UDEV_USB_WATCH_H

#include <stddef.h>
#include <stdint.h>

#include "udev/usb_device.h"

/* Most devices that are kept track of: eight full buses. More are counted, and not told. */
#define USB_WATCH_MAX 1016
/* Most events taken in one call of usb_watch_read, so that the station's loop goes round. */
#define USB_WATCH_TURN 256

struct usb_watch;

/*
 * Who is told. A device is present once, and again when something that struct usb_device says of it
 * has changed at the same port and address; it is gone once. One that comes back with another
 * address, product or mode is gone first and then present. DEVICE is good during the call. The
 * calls may not close the watch, nor have it read or resync.
 */
struct usb_watch_calls {
	void (*present)(void *owner, const struct usb_device *device);
	void (*gone)(void *owner, const struct usb_device *device);
};

/* Since the watch was opened. */
struct usb_watch_counts {
	uint64_t events;   /* of USB devices, of Apple or not, that came through */
	uint64_t overruns; /* how often the kernel said that it lost events of ours */
	uint64_t resyncs;  /* how often the whole bus was looked at, the first time included */
	uint64_t beyond;   /* devices not told because there were USB_WATCH_MAX already */
	unsigned buffer;   /* of the events that wait for us, in bytes, as granted by the kernel */
};

/*
 * Subscribes to udev's events of USB devices. Nothing is told before the first usb_watch_resync,
 * which the caller makes when it is ready to be told: what comes between waits.
 * Where there is no udevd to send events this succeeds all the same and then never tells of one;
 * ask usb_hearing_find first (udev/usb_hearing.h).
 * Returns 0 and RET_WATCH (the caller's, usb_watch_close), or a negative errno.
 */
int usb_watch_open(const struct usb_watch_calls *calls, void *owner, struct usb_watch **ret_watch);

/* Readable when usb_watch_read has something to do (level-triggered). The watch's own. */
int usb_watch_fd(const struct usb_watch *watch);

/*
 * Takes what waits, at most USB_WATCH_TURN events, and tells of what has changed. After lost events
 * (ENOBUFS) or any other error of the source the rest is thrown away and the bus looked at anew.
 * Never waits. Returns 0, or a negative errno when the bus could not be looked at: what was known
 * stays, and the next call looks again (call it, or usb_watch_resync, after a while).
 */
int usb_watch_read(struct usb_watch *watch);

/*
 * Looks at all that is on the bus now and tells of every difference: those gone first. For the
 * first time, and in doubt. Returns 0, or a negative errno, and then has told of nothing.
 */
int usb_watch_resync(struct usb_watch *watch);

struct usb_watch_counts usb_watch_counts(const struct usb_watch *watch);

/* Ends the subscription; tells nothing. NULL is nothing. */
void usb_watch_close(struct usb_watch *watch);

#endif
