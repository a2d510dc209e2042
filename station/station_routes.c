/* SPDX-License-Identifier: Apache-2.0 */
/* What the control socket offers: the board, the events, and what verbs tell a running station. */
#include "station/station_routes.h"

#include <stdio.h>
#include <stdlib.h>

#include "station/faces/board_json.h"
#include "station/faces/enrollment_json.h"
#include "station/faces/handover/handover_json.h"
#include "station/station_commit.h"
#include "station/station_enrollments.h"
#include "station/station_handover.h"
#include "station/tools/clock.h"

static char *get_board(void *userdata)
{
	struct station *station = userdata;

	/* What is shown is durable. */
	station_commit(station);
	station->board.now = clock_monotonic();
	return board_to_json_text(&station->board);
}

/* Adds LINE, which is freed. Returns 0, or -1 when there was no memory for it. */
static int add_line(FILE *out, char *line)
{
	int r = line ? fputs(line, out) : -1;

	free(line);
	return r < 0 ? -1 : 0;
}

/* The board, as lines, before what is pushed. */
static char *begin_events(void *userdata)
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

const struct http_route station_routes[] = {
	{ .path = "/v1/board", .get = get_board },
	{ .path = "/v1/events", .get = begin_events, .endless = true },
	{ .path = ENROLLMENTS_PATH, .post = station_take_enrollments },
	{ .path = HANDOVER_PATH, .post = station_take_handover },
	{ .path = NULL },
};
