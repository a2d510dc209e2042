/* SPDX-License-Identifier: Apache-2.0 */
/* Devices come and go: what a change in what is there means for a slot. */
#ifndef STATION_STATION_ARRIVALS_H
#define STATION_STATION_ARRIVALS_H

#include "station/bench/bench.h"

/* Does what CHANGES of station->there mean for the slots. */
void station_take_changes(struct station *station, struct arrival_changes changes);
/* The same for CHANGES that usbmuxd's entry of a device which cannot be used made; WHY it cannot.
 */
void station_take_odd(struct station *station, struct arrival_changes changes, const char *why);
/* To be called when station->there has changed: its next deadline is kept. */
void station_time_arrivals(struct station *station);

/* The slot's worker is gone: gives the cues of what the device did in the meantime. */
void slot_catch_up(struct slot *slot);

/* Slots that were vacated see what the bus shows in them. */
void station_see_vacated(struct station *station);

#endif
