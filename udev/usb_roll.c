/* SPDX-License-Identifier: Apache-2.0 */
/* The devices that were seen on the bus, at most one a port, and how one look differs from another.
 */
#include "udev/usb_roll.h"

#include <string.h>

struct usb_device *usb_roll_find(struct usb_roll *roll, const char *port)
{
	for (size_t i = 0; i < roll->count; i++)
		if (strcmp(roll->list[i].port, port) == 0)
			return &roll->list[i];
	return NULL;
}

bool usb_roll_put(struct usb_roll *roll, const struct usb_device *device)
{
	struct usb_device *place = usb_roll_find(roll, device->port);

	if (!place) {
		if (roll->count == USB_WATCH_MAX)
			return false;
		place = &roll->list[roll->count++];
	}
	*place = *device;
	return true;
}

void usb_roll_drop(struct usb_roll *roll, struct usb_device *device)
{
	*device = roll->list[--roll->count];
}

enum usb_change usb_change_between(const struct usb_device *before, const struct usb_device *after)
{
	if (before->bus != after->bus || before->address != after->address ||
	    before->product != after->product || before->mode != after->mode)
		return USB_REPLACED;
	if (strcmp(before->connector, after->connector) != 0 || before->speed != after->speed ||
	    before->family != after->family || !udid_equal(&before->udid, &after->udid) ||
	    before->ecid != after->ecid || before->chip != after->chip ||
	    strcmp(before->serial, after->serial) != 0)
		return USB_UPDATED;
	return USB_SAME;
}
