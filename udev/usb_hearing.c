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
/* The netlink sockets of our network namespace, one a line, and the map of our user namespace. */
#define NETLINK_SOCKETS "/proc/net/netlink"
#define USER_MAP	"/proc/self/uid_map"

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
	[USB_FOREIGN_USERS] = { "foreign-users",
				"This is a user namespace that does not know the host's root, so "
				"udevd's events look forged.",
				"Run the station outside of the user namespace." },
};

bool usb_hearing_is_udevd(const char *socket)
{
	unsigned family, groups;

	return sscanf(socket, "%*s %u %*s %x", &family, &groups) == 2 && family == FAMILY_UEVENT &&
	       (groups & GROUP_KERNEL);
}

bool usb_hearing_has_root(const char *map)
{
	unsigned long inside, outside;

	return sscanf(map, "%lu %lu", &inside, &outside) == 2 && outside == 0;
}

/* Whether FITS one line of FILE; true when there is no such file. */
static bool any_line(const char *path, bool (*fits)(const char *line))
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	bool found = !file;

	while (!found && getline(&line, &room, file) > 0)
		found = fits(line);
	free(line);
	if (file)
		fclose(file);
	return found;
}

enum usb_hearing usb_hearing_find(void)
{
	if (access(UDEVD_CONTROL, F_OK) < 0)
		return USB_NO_UDEVD;
	if (!any_line(NETLINK_SOCKETS, usb_hearing_is_udevd))
		return USB_FOREIGN_NETWORK;
	if (!any_line(USER_MAP, usb_hearing_has_root))
		return USB_FOREIGN_USERS;
	return USB_HEARS;
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
