/* SPDX-License-Identifier: Apache-2.0 */
/* What is pushed to the faces: the board once, then what changes on it, and the events. */
#include "station/station_push.h"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "station/bench.h"
#include "station/faces/board_json.h"
#include "station/station_commit.h"
#include "station/tools/clock.h"

/* Adds LINE, which is freed. Returns 0, or -1 when there was no memory for it. */
static int add_line(FILE *out, char *line)
{
	int r = line ? fputs(line, out) : -1;

	free(line);
	return r < 0 ? -1 : 0;
}

char *station_begin_events(void *userdata)
{
	struct station *station = userdata;
	msec_t now = clock_monotonic();
	char *text = NULL;
	size_t size;
	FILE *out;
	int r;

	/* What is shown is durable. */
	station_commit(station);
	out = open_memstream(&text, &size);
	if (!out)
		return NULL;
	r = add_line(out, board_station_to_json_line(&station->board));
	for (unsigned i = 0; i < station->slot_count && r == 0; i++)
		if (station->board_slots[i].state != SLOT_EMPTY)
			r = add_line(out, board_slot_to_json_line(&station->board_slots[i], now));
	if (fclose(out) == 0 && r == 0)
		return text;
	free(text);
	return NULL;
}

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
