/* SPDX-License-Identifier: Apache-2.0 */
/* Devices that come and go on a played bus, as a number decides. */
#ifndef TESTS_UNIT_BUS_STORM_H
#define TESTS_UNIT_BUS_STORM_H

#include <stdbool.h>
#include <stddef.h>

#include "device/facts/udid.h"
#include "tests/unit/bus_cage.h"
#include "udev/usb_watch.h"

/* The bench: ports on four buses. */
#define STORM_PORTS 64

/* A port, the device that belongs there, and whether sysfs shows it now. */
struct storm_port {
	char port[USB_PORT_MAX + 1], serial[UDID_MAX + 1];
	struct cage_device device;
	bool plugged;
};

/* Makes the bench, all of it unplugged; what happens on it follows from SEED. */
void storm_begin(unsigned seed);
/* Plugs a device in or out somewhere and has udevd say so, in one of the ways it may. */
void storm_stir(void);
/* A port, 0 … STORM_PORTS - 1; the storm's own. */
const struct storm_port *storm_port(size_t at);

#endif
