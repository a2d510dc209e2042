/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot list: every slot with its port, and what its history says of it. */
#ifndef STATION_FACES_SLOT_LIST_H
#define STATION_FACES_SLOT_LIST_H

#include <stdbool.h>

#include "profiles/blueprint/slots_file.h"
#include "station/tools/state.h"

/* Prints the slots of SLOTS (or NULL) and those that the ledger knows from the last DAYS, as a
 * table or as JSON. Returns the exit status of the verb. */
int slot_list(const struct state *state, const struct slots_file *slots, unsigned days, bool json);

#endif
