/* SPDX-License-Identifier: Apache-2.0 */
/* A handover brought into the ledger, by whoever holds the state directory. */
#ifndef STATION_FACES_HANDOVER_WRITE_H
#define STATION_FACES_HANDOVER_WRITE_H

#include "station/tools/call_words.h"
#include "station/values/handover.h"

/*
 * Writes HANDOVER, durably: a running station is told to; without one the lock is taken for this
 * one transaction.
 * Returns 0; -EEXIST when the Mac's report was written before; or another negative errno, and WHY.
 */
int handover_write(const struct state *state, const struct handover *handover,
		   char why[static CALL_WHY_MAX]);

/* The name of whoever runs this program, for HANDOVER. */
void handover_sign(struct handover *handover);

#endif
