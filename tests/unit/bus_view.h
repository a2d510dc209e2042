/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch of the bus has told: who listens to it in a test. */
#ifndef TESTS_UNIT_BUS_VIEW_H
#define TESTS_UNIT_BUS_VIEW_H

#include "udev/usb_watch.h"

/* Room for what was told since it was last taken. */
#define BUS_STORY_MAX 4096

/* Zeroed knows of nothing. */
struct bus_view {
	size_t count;
	struct usb_device list[USB_WATCH_MAX];
	char story[BUS_STORY_MAX]; /* "+1-4@7 -1-4@7 ": present and gone, port and address */
	const char *broken;	   /* the promise that the watch broke; NULL: none */
};

/* Give the view to usb_watch_open as its owner. */
extern const struct usb_watch_calls bus_view_calls;

/* The device at PORT, or NULL. */
const struct usb_device *bus_view_find(const struct bus_view *view, const char *port);

/* Reads WATCH until nothing waits any more. */
void bus_view_read(struct usb_watch *watch);

/* Reads WATCH until nothing waits; then what was told since the last time, good until the next. */
const char *bus_view_story(struct bus_view *view, struct usb_watch *watch);

#endif
