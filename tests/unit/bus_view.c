/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch of the bus has told: who listens to it in a test. */
#include "tests/unit/bus_view.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "udev/usb_roll.h"

static void tell(struct bus_view *view, char mark, const struct usb_device *device)
{
	size_t used = strlen(view->story);

	snprintf(view->story + used, sizeof view->story - used, "%c%s@%u ", mark, device->port,
		 device->address);
}

static size_t place_of(const struct bus_view *view, const char *port)
{
	size_t i = 0;

	while (i < view->count && strcmp(view->list[i].port, port) != 0)
		i++;
	return i;
}

static void note_present(void *owner, const struct usb_device *device)
{
	struct bus_view *view = owner;
	size_t place = place_of(view, device->port);

	tell(view, '+', device);
	if (place < view->count) {
		if (usb_change_between(&view->list[place], device) != USB_UPDATED)
			view->broken = "told again without a change, or without saying gone";
	} else if (view->count == USB_WATCH_MAX) {
		view->broken = "told more than it may";
		return;
	} else {
		view->count++;
	}
	view->list[place] = *device;
}

static void note_gone(void *owner, const struct usb_device *device)
{
	struct bus_view *view = owner;
	size_t place = place_of(view, device->port);

	tell(view, '-', device);
	if (place == view->count || usb_change_between(&view->list[place], device) != USB_SAME) {
		view->broken = "took back what it never told";
		return;
	}
	view->list[place] = view->list[--view->count];
}

const struct usb_watch_calls bus_view_calls = { .present = note_present, .gone = note_gone };

const struct usb_device *bus_view_find(const struct bus_view *view, const char *port)
{
	size_t place = place_of(view, port);

	return place < view->count ? &view->list[place] : NULL;
}

void bus_view_read(struct usb_watch *watch)
{
	struct pollfd waiting = { .fd = usb_watch_fd(watch), .events = POLLIN };

	while (poll(&waiting, 1, 0) > 0) {
		int r = usb_watch_read(watch);

		if (r < 0) {
			fprintf(stderr, "usb_watch_read: %s\n", strerror(-r));
			exit(99);
		}
	}
}

const char *bus_view_story(struct bus_view *view, struct usb_watch *watch)
{
	static char story[BUS_STORY_MAX];

	bus_view_read(watch);
	memcpy(story, view->story, sizeof story);
	view->story[0] = '\0';
	return story;
}
