/* SPDX-License-Identifier: Apache-2.0 */
/* One request to a server, sent again while there is hope, and the answer that counts. */
#ifndef STATION_GRAPH_ASK_H
#define STATION_GRAPH_ASK_H

#include <stdbool.h>

#include "device/facts/exchange.h"
#include "station/graph/refusal.h"

/* Time for a connection and for a whole exchange, in milliseconds: portals are slow, and exports
 * are made when they are asked for. */
#define ASK_CONNECT 15000
#define ASK_TOTAL   60000

/* Takes the answer, which is valid during the call. Returns what ask shall return. */
typedef int ask_take(const struct exchange_answer *answer, void *userdata);

/*
 * Sends ORDER by muster-fetch and waits for the answer; sends it again, after the pauses, while
 * throttle.h says so (REPEATABLE: see there). TAKE gets the last answer, which may be a failure.
 * Returns what TAKE returned, or -1 and REFUSAL when muster-fetch itself failed.
 */
int ask(const struct exchange_order *order, bool repeatable, ask_take *take, void *userdata,
	struct refusal *refusal);

/* Waits for DELAY milliseconds, as a server wants it. */
void ask_pause(msec_t delay);

#endif
