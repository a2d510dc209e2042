/* SPDX-License-Identifier: Apache-2.0 */
/* Who waits for a worker's place gets it, when one is free. */
#include "station/station_queue.h"

#include "station/bench/slots.h"
#include "station/rules/queue.h"

static struct slot *next_in_queue(struct station *station)
{
	struct queue_entry entries[SLOTS_MAX];
	size_t at;

	for (unsigned i = 0; i < station->slot_count; i++)
		entries[i] = (struct queue_entry){ station->slots[i].board->state,
						   station->slots[i].arrived };
	at = queue_next(entries, station->slot_count, station->options->max_workers);
	return at < station->slot_count ? &station->slots[at] : NULL;
}

void station_serve_queue(struct station *station)
{
	struct slot *next;

	/* Who starts while usbmuxd hangs would only fail. */
	if (!station->queue_called || station->health.hung)
		return;
	station->queue_called = false;
	while (!station->stopping && (next = next_in_queue(station)))
		slot_happen(next, CUE_PLACE);
	pair_keys_set_busy(station->keys, station_has_workers(station));
}
