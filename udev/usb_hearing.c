/* SPDX-License-Identifier: Apache-2.0 */
/* Whether udev's events can reach this process at all: in a container they often cannot, and
 * nothing says so. */
#include "udev/usb_hearing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* udevd's own socket, the sign by which libudev knows that it runs. */
#define UDEVD_CONTROL "/run/udev/control"
/* The netlink sockets of our network namespace, one a line. */
#define NETLINK_SOCKETS "/proc/net/netlink"

/* The netlink family of uevents (NETLINK_KOBJECT_UEVENT), and the kernel's own group in it: who
 * hears that and sends on to the others is udevd. */
#define FAMILY_UEVENT 15
#define GROUP_KERNEL  1U

static const struct {
	const char *name, *sentence, *remedy;
} hearings[USB_HEARINGS] = {
	[USB_HEARS] = { "hears", "", "" },
	[USB_NO_UDEVD] = { "no-udevd",
			   "No udevd is to be seen here, so nothing tells of the USB ports.",
			   "Run the station on the host itself, or give its container the host's "
			   "/run/udev and network." },
	[USB_FOREIGN_NETWORK] = { "foreign-network",
				  "This is a network namespace of its own, into which udevd's "
				  "events do not come.",
				  "Run the station's container with the host's network." },
};

bool usb_hearing_is_udevd(const char *line)
{
	unsigned family, groups;

	return sscanf(line, "%*s %u %*s %x", &family, &groups) == 2 && family == FAMILY_UEVENT &&
	       (groups & GROUP_KERNEL);
}

/* Whether there is a udevd in our network namespace; true when the kernel does not tell. */
static bool udevd_is_near(void)
{
	FILE *file = fopen(NETLINK_SOCKETS, "re");
	char *line = NULL;
	size_t room = 0;
	bool found = !file;

	while (!found && getline(&line, &room, file) > 0)
		found = usb_hearing_is_udevd(line);
	free(line);
	if (file)
		fclose(file);
	return found;
}

enum usb_hearing usb_hearing_find(void)
{
	if (access(UDEVD_CONTROL, F_OK) < 0)
		return USB_NO_UDEVD;
	return udevd_is_near() ? USB_HEARS : USB_FOREIGN_NETWORK;
}

const char *usb_hearing_name(enum usb_hearing hearing)
{
	return hearings[hearing].name;
}

const char *usb_hearing_sentence(enum usb_hearing hearing)
{
	return hearings[hearing].sentence;
}

const char *usb_hearing_remedy(enum usb_hearing hearing)
{
	return hearings[hearing].remedy;
}
