/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is told before it is durable: answers and events wait here for the next commit. */
#include "station/station_commit.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/bench.h"
#include "station/faces/event_json.h"
#include "station/station_ends.h"
#include "station/station_push.h"
#include "station/station_service.h"
#include "station/station_slots.h"
#include "station/tools/clock.h"
#include "station/tools/service.h"

/* An order to a worker, or (no slot) a line for the view. */
struct pending {
	struct pending *next;
	struct slot *slot;
	uint64_t attachment_no;
	struct order order;
	int fd;
	char *line;
};

static void pending_free(struct pending *pending)
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

/* Gives the faces LINE, which is freed; NULL is a line that there was no memory for. */
static void tell_faces(struct station *station, char *line)
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
			tell_faces(station, event_to_json_line(&event));
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
	station_stop(station, "the station is in trouble");
	return r;
}

void station_call_queue(struct station *station)
{
	station->queue_called = true;
	want_commit(station);
}

/* Is the worker still there that ORDER was meant for, and does it still wait for it? */
static bool is_wanted(const struct pending *pending)
{
	const struct slot *slot = pending->slot;

	if (!slot->worker || slot->attachment_no != pending->attachment_no ||
	    slot->job.told_to_stop)
		return false;
	return pending->order.verb != ORDER_GO || slot->job.phase == JOB_ASKED;
}

/* Returns whether it was told. */
static bool tell_worker(struct slot *slot, const struct order *order, int fd)
{
	int r = worker_tell(slot->worker, order, fd);

	if (r == 0)
		return true;
	/* It may have ended a moment ago: that is seen by its exit. */
	if (r != -EPIPE && r != -ECONNRESET)
		slot_condemn(slot,
			     fault_new(FAULT_WORKER_DIED, "it does not listen: %s", strerror(-r)));
	return false;
}

static void send_order(const struct pending *pending)
{
	struct slot *slot = pending->slot;

	if (is_wanted(pending) && tell_worker(slot, &pending->order, pending->fd) &&
	    pending->order.verb == ORDER_GO)
		job_go(&slot->job);
}

void station_answer_at_once(struct slot *slot, const struct order *order)
{
	if (!slot->station->in_trouble && slot->worker && !slot->job.told_to_stop)
		(void)tell_worker(slot, order, -1);
}

/* Takes all that waits away, and tells it if it may be told. */
static void release(struct station *station)
{
	struct pending *first = station->first;

	station->first = NULL;
	station->last = &station->first;
	while (first) {
		struct pending *next = first->next;

		if (!station->in_trouble && first->slot)
			send_order(first);
		if (!station->in_trouble && first->line) {
			tell_faces(station, first->line);
			first->line = NULL;
		}
		pending_free(first);
		first = next;
	}
}

/* Who has no name of its own may have ended in another slot before: for its sake nobody who is
 * still being worked on is cut short. */
static bool expected_came(const struct station *station)
{
	size_t expect = station->options->expect, named, nameless = 0;
	bool works = false;

	if (expect == 0)
		return false;
	named = tally_ended(&station->tally);
	for (unsigned i = 0; i < station->slot_count; i++) {
		enum slot_state state = station->board_slots[i].state;

		nameless += station->slots[i].nameless;
		works |= state != SLOT_EMPTY && state != SLOT_ENDED;
	}
	return named >= expect || (!works && named + nameless >= expect);
}

void station_commit(struct station *station)
{
	int r;

	/* Gates and workers' starts are no deeds: they are made while the disk writes. */
	station_serve_queue(station);
	r = station->in_trouble ? 0 : ledger_commit(station->ledger);
	if (r < 0) {
		station_take_back_ends(station);
		station_wrote(station, r);
	}
	station->commits++;
	release(station);
	station_push_changes(station);
	station_tell_service(station);
	if (!station->stopping && expected_came(station))
		station_stop(station, "all expected devices have ended");
	/* What the workers said last waits for the next commit. */
	if (station->stopping && !station_has_workers(station) && !station->first)
		sd_event_exit(station->event, 0);
}

static int on_commit(sd_event_source *source, void *userdata)
{
	(void)source;
	station_commit(userdata);
	return 0;
}

int station_commit_open(struct station *station)
{
	int r;

	station->last = &station->first;
	r = sd_event_add_defer(station->event, &station->commit_source, on_commit, station);
	if (r < 0)
		return r;
	/* Behind everything else that is ready in the same pass. */
	r = sd_event_source_set_priority(station->commit_source, SD_EVENT_PRIORITY_NORMAL + 1);
	return r < 0 ? r : sd_event_source_set_enabled(station->commit_source, SD_EVENT_OFF);
}

void station_commit_close(struct station *station)
{
	station->in_trouble = true;
	release(station);
	sd_event_source_disable_unref(station->commit_source);
}
