/* SPDX-License-Identifier: Apache-2.0 */
/* A USB bus of the test's own: namespaces in which sysfs is ours, and udevd's part is played. */
#ifndef TESTS_UNIT_BUS_CAGE_H
#define TESTS_UNIT_BUS_CAGE_H

#include <stdbool.h>

/*
 * Puts the process, which must be alone with its memory, into namespaces of its own: no network, an
 * empty /sys and an empty /run but for the sign of a udevd. The process must leave by exiting.
 * Returns NULL, or why this machine does not let it.
 */
const char *cage_enter(void);

/* Opens what a udevd's socket would be, by which others see that there is one: it hears the kernel.
 * Returns it, -1 when that is not to be had. */
int cage_sit_as_udevd(void);

/* A device as the fake sysfs shows it. */
struct cage_device {
	const char *port;
	unsigned bus, address;
	const char *vendor, *product; /* "05ac", "12a8" */
	const char *serial;	      /* NULL: it has none */
	const char *peer;	      /* the other half of its port, "usb2-port4"; NULL for none */
	bool raw;		      /* udevd is not through with it */
};

/* Makes DEVICE appear in sysfs, in place of what is at its port, and in udevd's records. */
void cage_plug(const struct cage_device *device);
/* Takes what is at PORT out of sysfs. */
void cage_unplug(const char *port);
/* Opens a socket and sends on it what udevd would say of ACTION ("add", "bind", "remove" …) of
 * DEVICE, to all who listen for udevd. */
void cage_tell(const char *action, const struct cage_device *device);
/* The same for an interface of DEVICE, which no watch of devices should hear. */
void cage_tell_interface(const char *action, const struct cage_device *device);
/* Says something to all who listen for udevd that names no device. */
void cage_babble(void);

#endif
