/* SPDX-License-Identifier: Apache-2.0 */
/* Devices come and go: what a change in what is there means for a slot. */
#ifndef STATION_STATION_ARRIVALS_H
#define STATION_STATION_ARRIVALS_H

#include "station/bench.h"

/* Does what CHANGES of station->there mean for the slots. */
void station_take_changes(struct station *station, struct arrival_changes changes);
/* The settle time is over: may the device be touched? If not, what is to be done has been. */
bool station_device_settled(struct slot *slot);

/* The slot's worker is gone: gives the cues of what the device did in the meantime. */
void slot_catch_up(struct slot *slot);

#endif
