/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is told before it is durable: answers and events wait here for the next commit. */
#include "station/bench/outbox.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "station/bench/push.h"
#include "station/faces/event_json.h"
#include "station/tools/clock.h"
#include "station/tools/service.h"

void pending_free(struct pending *pending)
{
	if (pending->fd >= 0)
		close(pending->fd);
	free(pending->line);
	free(pending);
}

/* The commit comes when the loop has done all else that is ready now: what many devices did at the
 * same time costs one. */
static void want_commit(struct station *station)
{
	sd_event_source_set_enabled(station->commit_source, SD_EVENT_ONESHOT);
}

/* Without memory the station cannot keep its promises; it ends as if the ledger had failed. */
static struct pending *append(struct station *station)
{
	struct pending *pending = calloc(1, sizeof *pending);

	if (!pending) {
		station_wrote(station, -ENOMEM);
		return NULL;
	}
	pending->fd = -1;
	*station->last = pending;
	station->last = &pending->next;
	want_commit(station);
	return pending;
}

void station_answer(struct slot *slot, const struct order *order, int fd)
{
	struct pending *pending = append(slot->station);

	if (!pending) {
		if (fd >= 0)
			close(fd);
		return;
	}
	pending->slot = slot;
	pending->attachment_no = slot->attachment_no;
	pending->order = *order;
	pending->fd = fd;
}

void slot_show(struct slot *slot)
{
	slot->changed = true;
	if (station_is_watched(slot->station))
		want_commit(slot->station);
}

void station_tell_faces(struct station *station, char *line)
{
	if (line && station->view)
		view_pipe_tell(station->view, line);
	if (line)
		station_push_event(station, line);
	free(line);
}

void station_tell(struct station *station, struct event event)
{
	struct pending *pending;

	if (event.slot)
		slot_show(&station->slots[event.slot - station->board_slots]);
	/* An outcome is in the totals. */
	if (event.kind == EVENT_STATION || event.kind == EVENT_OUTCOME)
		station->changed = true;
	if (service_is_watched())
		want_commit(station);
	if (!station->view && !station_is_watched(station))
		return;
	event.time = clock_wall();
	if (!event.text)
		event.text = "";
	if (station->in_trouble) {
		/* What the ledger does not have did not happen; that it has failed did. */
		if (event.kind == EVENT_STATION)
			station_tell_faces(station, event_to_json_line(&event));
		return;
	}
	pending = append(station);
	if (pending)
		pending->line = event_to_json_line(&event);
}

void station_say(struct station *station, const char *format, ...)
{
	char raw[2 * CLEAN_MAX], text[CLEAN_MAX + 1];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	clean_string(raw, text);
	log_line(LEVEL_NOTE, NULL, "%s", text);
	station_tell(station, (struct event){ .kind = EVENT_STATION, .text = text });
}

int station_wrote(struct station *station, int r)
{
	char why[LEDGER_WHY_MAX];

	if (r >= 0) {
		want_commit(station);
		return r;
	}
	if (station->in_trouble)
		return r;
	station->in_trouble = true;
	ledger_explain(station->options->state->ledger, r, why);
	clean_string(why, station->board.trouble);
	log_line(LEVEL_ERROR, NULL, "%s", ledger_error_text(station->ledger));
	station_say(station, "%s", why);
	want_commit(station);
	return r;
}

void station_call_queue(struct station *station)
{
	station->queue_called = true;
	want_commit(station);
}

struct pending *station_take_pending(struct station *station)
{
	struct pending *first = station->first;

	station->first = NULL;
	station->last = &station->first;
	return first;
}
