/* SPDX-License-Identifier: Apache-2.0 */
/* The end of each pass of the loop: the ledger commits, then what waited for that is told. */
#include "station/station_commit.h"

#include "station/bench/ends.h"
#include "station/bench/outbox.h"
#include "station/bench/push.h"
#include "station/bench/slots.h"
#include "station/bench/status_line.h"
#include "station/station_arrivals.h"
#include "station/station_queue.h"
#include "station/station_steps.h"
#include "station/tools/service.h"

void station_stop(struct station *station, const char *why)
{
	if (station->stopping)
		return;
	station->stopping = true;
	service_stopping();
	station_say(station, "ending: %s", why);
	for (unsigned i = 0; i < station->slot_count; i++)
		slot_happen(&station->slots[i], CUE_STOPS);
	/* With nobody at work the next commit is the end. */
	station_wrote(station, 0);
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

static void send_order(const struct pending *pending)
{
	struct slot *slot = pending->slot;

	if (is_wanted(pending) && slot_tell_worker(slot, &pending->order, pending->fd) &&
	    pending->order.verb == ORDER_GO)
		job_go(&slot->job);
}

/* Takes all that waits away, and tells it if it may be told. */
static void release(struct station *station)
{
	struct pending *next, *first = station_take_pending(station);

	for (; first; first = next) {
		next = first->next;
		if (!station->in_trouble && first->slot)
			send_order(first);
		if (!station->in_trouble && first->line) {
			station_tell_faces(station, first->line);
			first->line = NULL;
		}
		pending_free(first);
	}
}

static bool expected_came(const struct station *station)
{
	return station->options->expect > 0 &&
	       tally_ended(&station->tally) >= station->options->expect;
}

static void stop_in_trouble(struct station *station)
{
	if (station->in_trouble)
		station_stop(station, "the station is in trouble");
}

void station_commit(struct station *station)
{
	int r;

	stop_in_trouble(station);
	station_see_vacated(station);
	station_hear_put_off(station);
	/* Gates and workers' starts are no deeds: they are made while the disk writes. */
	station_serve_queue(station);
	r = station->in_trouble ? 0 : ledger_commit(station->ledger);
	if (r < 0) {
		station_take_back_ends(station);
		station_wrote(station, r);
		stop_in_trouble(station);
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
