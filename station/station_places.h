/* SPDX-License-Identifier: Apache-2.0 */
/* Which slot a device is in: the slot of its port, or one with a number when no port is known. */
#ifndef STATION_STATION_PLACES_H
#define STATION_STATION_PLACES_H

#include "station/bench/bench.h"

/* Makes the slots of slots.yaml, in its order. */
void station_open_places(struct station *station);
/* The slot that has ARRIVAL, or NULL. */
struct slot *station_slot_of(struct station *station, const struct arrival *arrival);
/* Gives ARRIVAL the slot of its port, which another one's job leaves for it; without a port the one
 * that the same device had, or a free one. NULL: there is none, which has been said, or the port is
 * not to be used. */
struct slot *station_place(struct station *station, const struct arrival *arrival);
/* The slot's board shows what the bus says of the device in it. */
void slot_show_usb(struct slot *slot);

#endif
