/* SPDX-License-Identifier: Apache-2.0 */
/* The slots' states: the one place where a state changes, and what is done for it. */
#ifndef STATION_BENCH_SLOTS_H
#define STATION_BENCH_SLOTS_H

#include "station/bench/bench.h"

/* CUE happens to the slot: changes its state and acts, by the table in station/rules/slot.c. */
void slot_happen(struct slot *slot, enum slot_cue cue);
/* Ends the job with FAULT; it is not given another reason later. */
void slot_condemn(struct slot *slot, struct fault fault);
/* Sends ORDER with FD (or -1; it stays the caller's) to the slot's worker now. One that does not
 * listen is condemned. Returns whether it was told. */
bool slot_tell_worker(struct slot *slot, const struct order *order, int fd);

#endif
