/* SPDX-License-Identifier: Apache-2.0 */
/* What is pushed to the faces: what changes on the board, and the events. */
#include "station/bench/push.h"

#include <stdlib.h>

#include "station/faces/board_json.h"
#include "station/tools/clock.h"

/* Pushes LINE, which is freed; NULL is a line that there was no memory for. */
static void push_line(struct station *station, char *line)
{
	if (line)
		http_push(station->http, line);
	free(line);
}

void station_push_event(struct station *station, const char *line)
{
	if (station->http)
		http_push(station->http, line);
}

bool station_is_watched(const struct station *station)
{
	return station->http && http_listeners(station->http) > 0;
}

void station_push_changes(struct station *station)
{
	msec_t now = clock_monotonic();

	if (!station_is_watched(station))
		return; /* who comes is told everything */
	if (station->changed)
		push_line(station, board_station_to_json_line(&station->board));
	station->changed = false;
	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *slot = &station->slots[i];

		if (slot->changed)
			push_line(station, board_slot_to_json_line(slot->board, now));
		slot->changed = false;
	}
}
