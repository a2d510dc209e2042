/* SPDX-License-Identifier: Apache-2.0 */
/* Devices that come and go on a played bus, as a number decides. */
#include "tests/unit/bus_storm.h"

#include <stdio.h>
#include <stdlib.h>

static struct storm_port bus[STORM_PORTS];

void storm_begin(unsigned seed)
{
	srand(seed);
	for (unsigned i = 0; i < STORM_PORTS; i++) {
		snprintf(bus[i].port, sizeof bus[i].port, "%u-%u.%u", 1 + i % 4, 1 + i / 16,
			 1 + i / 4 % 4);
		snprintf(bus[i].serial, sizeof bus[i].serial, "00008110%016X", 1 + i);
		bus[i].device = (struct cage_device){ .port = bus[i].port,
						      .bus = 1 + i % 4,
						      .address = 1,
						      .vendor = "05ac",
						      .product = "12a8",
						      .serial = bus[i].serial };
		bus[i].plugged = false;
	}
}

void storm_stir(void)
{
	static const char *const words[] = { "add", "bind", "change", "add" };
	struct storm_port *port = &bus[rand() % STORM_PORTS];

	if (port->plugged) {
		cage_unplug(port->port);
		cage_tell("remove", &port->device);
	} else {
		port->device.address = port->device.address % 127 + 1;
		port->device.product = rand() % 8 ? "12a8" : "1281";
		cage_plug(&port->device);
		cage_tell(words[rand() % 4], &port->device);
	}
	port->plugged = !port->plugged;
}

const struct storm_port *storm_port(size_t at)
{
	return &bus[at];
}
