/* SPDX-License-Identifier: Apache-2.0 */
/* The slots' states: the one place where a state changes, and what is done for it. */
#ifndef STATION_STATION_SLOTS_H
#define STATION_STATION_SLOTS_H

#include "station/bench.h"

/* CUE happens to the slot: changes its state and acts, by the table in slot.c. */
void slot_happen(struct slot *slot, enum slot_cue cue);
/* Ends the job with FAULT; it is not given another reason later. */
void slot_condemn(struct slot *slot, struct fault fault);
/* Waits the settle time once more. */
void slot_settle_again(struct slot *slot);
struct log_about slot_about(const struct slot *slot);
/* Gives free places to who waits for one, if the queue was called. */
void station_serve_queue(struct station *station);
bool station_has_workers(const struct station *station);

#endif
