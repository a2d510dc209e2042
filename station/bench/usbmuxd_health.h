/* SPDX-License-Identifier: Apache-2.0 */
/* How usbmuxd does: what is said of it, asked for, and which device it may be. */
#ifndef STATION_BENCH_USBMUXD_HEALTH_H
#define STATION_BENCH_USBMUXD_HEALTH_H

#include "station/bench/bench.h"

/* Something has happened to usbmuxd: says it, asks for its restart, counts it. */
void station_hear_health(struct station *station, enum health_news news);
/* A device failed with FAULT: asks usbmuxd whether it still answers, if that may be why. */
void station_doubt_usbmuxd(struct station *station, enum fault_kind fault);
/* usbmuxd does not show what is in the slot: asks for a reset of its port. Returns false when there
 * is nobody to ask. */
bool slot_ask_reset(struct slot *slot);
/* The device UDID has come to the slot; to be called before the slot is told who it is. */
void slot_note_plug(struct slot *slot, const struct udid *udid);
/* A person has taken the slot's device away. */
void slot_note_pull(struct slot *slot);

#endif
