/* SPDX-License-Identifier: Apache-2.0 */
/* Whose turn it is: workers' places are few, and go by arrival. */
#include "station/rules/queue.h"

#include <stdbool.h>

static bool takes_place(enum slot_state state)
{
	return state == SLOT_STARTING || state == SLOT_WORKING || state == SLOT_STOPPING;
}

/* Two walks over at most SLOTS_MAX entries at each change: nothing beside starting a process. */
size_t queue_next(const struct queue_entry *entries, size_t count, unsigned places)
{
	size_t first = count;
	unsigned taken = 0;

	for (size_t i = 0; i < count; i++) {
		taken += takes_place(entries[i].state);
		if (entries[i].state == SLOT_QUEUED &&
		    (first == count || entries[i].arrival < entries[first].arrival))
			first = i;
	}
	return taken < places ? first : count;
}
