/* SPDX-License-Identifier: Apache-2.0 */
/* Devices come and go: what a change in what is there means for a slot. */
#ifndef STATION_STATION_ARRIVALS_H
#define STATION_STATION_ARRIVALS_H

#include "station/bench.h"

/* Does what CHANGES of station->there mean for the slots. */
void station_take_changes(struct station *station, struct arrival_changes changes);
/* The same for CHANGES that usbmuxd's entry of a device which cannot be used made; WHY it cannot.
 */
void station_take_odd(struct station *station, struct arrival_changes changes, const char *why);
/* The settle time is over: may the device be touched? If not, what is to be done has been. */
bool station_device_settled(struct slot *slot);

/* Another slot in which the same device is, or seems to be; NULL none. */
struct slot *slot_twin(const struct slot *slot);

/* The slot's worker is gone: gives the cues of what the device did in the meantime. */
void slot_catch_up(struct slot *slot);

#endif
