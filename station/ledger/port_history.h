/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger knows of each port: the health of the bench's slots. */
#ifndef STATION_LEDGER_PORT_HISTORY_H
#define STATION_LEDGER_PORT_HISTORY_H

#include <stddef.h>

#include "station/ledger/ledger.h"
#include "station/rules/slot_health.h"

/*
 * Reads what happened since SINCE on every port of the bus on which devices were worked on, or were
 * set aside, then.
 * Returns 0, RET_LIST (the caller's, free; NULL when there is nothing), by port, and RET_COUNT; or
 * negative errno.
 */
int ledger_read_ports(struct ledger *ledger, wall_t since, struct slot_health **ret_list,
		      size_t *ret_count);

#endif
