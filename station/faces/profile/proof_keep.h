/* SPDX-License-Identifier: Apache-2.0 */
/* What is proved brought into the ledger, by whoever holds the state directory. */
#ifndef STATION_FACES_PROOF_KEEP_H
#define STATION_FACES_PROOF_KEEP_H

#include "station/faces/profile/proof_list.h"
#include "station/tools/call_words.h"
#include "station/tools/state.h"

/*
 * Writes what LIST proves, as told by SOURCE, durably: a running station is told to; without one
 * the lock is taken for this one transaction.
 * Returns 0, or negative errno and WHY, one sentence; what was written before that stays.
 */
int proof_keep(const struct state *state, const char *source, const struct proof_list *list,
	       char why[static CALL_WHY_MAX]);

#endif
