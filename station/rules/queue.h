/* SPDX-License-Identifier: Apache-2.0 */
/* Whose turn it is: workers' places are few, and go by arrival. */
#ifndef STATION_RULES_QUEUE_H
#define STATION_RULES_QUEUE_H

#include <stddef.h>
#include <stdint.h>

#include "station/rules/board.h"

/* One slot, as the queue sees it. */
struct queue_entry {
	enum slot_state state;
	uint64_t arrival; /* counts up over the station's life; meant for QUEUED only */
};

/* The next slot of COUNT ENTRIES that may have a worker, with at most PLACES at work; COUNT when
 * nobody may. One that waits for a person takes no place: it costs nothing, and people are slow. */
size_t queue_next(const struct queue_entry *entries, size_t count, unsigned places);

#endif
