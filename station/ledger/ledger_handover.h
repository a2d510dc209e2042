/* SPDX-License-Identifier: Apache-2.0 */
/* Handovers in the ledger: each is a job that began and ended at once, with its one step. */
#ifndef STATION_LEDGER_LEDGER_HANDOVER_H
#define STATION_LEDGER_LEDGER_HANDOVER_H

#include "station/ledger/ledger.h"
#include "station/values/handover.h"

/*
 * Writes HANDOVER, as part of the transaction that ledger_commit ends.
 * Returns 0 and RET_JOB; -EEXIST when the Mac's report was written before: nothing is written then;
 * -ENOSPC; or what the ledger failed with.
 */
int ledger_add_handover(struct ledger *ledger, const struct handover *handover, wall_t now,
			int64_t *ret_job);

#endif
