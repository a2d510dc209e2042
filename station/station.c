/* SPDX-License-Identifier: Apache-2.0 */
/* The station from its start to its end: what it is made of, and what it exits with. */
#include "station/station.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/bench/outbox.h"
#include "station/bench/profile_shelf.h"
#include "station/faces/profile/source_face.h"
#include "station/station_commit.h"
#include "station/station_mux.h"
#include "station/station_places.h"
#include "station/station_routes.h"
#include "station/station_steps.h"
#include "station/station_usb.h"
#include "station/tools/clock.h"
#include "station/tools/service.h"

/* How long the view may take for the last events, in milliseconds. */
#define VIEW_TIME 2000

static const char *why_stop(uint32_t signal)
{
	switch (signal) {
	case SIGINT:
		return "interrupted";
	case SIGHUP:
		return "its terminal is gone";
	default:
		return "told to end";
	}
}

/* The first signal ends the station with its jobs brought to a safe point, a second one at once;
 * but of a terminal's end both the kernel and the shell tell. */
static int on_signal(sd_event_source *source, const struct signalfd_siginfo *news, void *userdata)
{
	struct station *station = userdata;

	(void)source;
	if (!station->stopping)
		station_stop(station, why_stop(news->ssi_signo));
	else if (news->ssi_signo != SIGHUP)
		return sd_event_exit(station->event, 0);
	return 0;
}

static int open_ledger(struct station *station)
{
	const char *path = station->options->state->ledger;
	char why[LEDGER_WHY_MAX];
	unsigned interrupted = 0;
	int r = ledger_open(path, station->started, &station->ledger, &interrupted);

	if (r < 0) {
		ledger_explain(path, r, why);
		log_line(LEVEL_ERROR, NULL, "%s", why);
	} else if (interrupted > 0) {
		log_line(LEVEL_NOTE, NULL,
			 "%u jobs were interrupted; each goes on when its device comes",
			 interrupted);
	}
	return r;
}

/* As nohup(1) starts us: while a signal is blocked the kernel keeps it, ignored or not. */
static bool is_ignored(int signal)
{
	struct sigaction action;

	return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static int add_signals(struct station *station)
{
	int r = sd_event_add_signal(station->event, NULL, SIGTERM, on_signal, station);

	if (r >= 0)
		r = sd_event_add_signal(station->event, NULL, SIGINT, on_signal, station);
	if (r >= 0 && !is_ignored(SIGHUP))
		r = sd_event_add_signal(station->event, NULL, SIGHUP, on_signal, station);
	return r;
}

static int say_failed(const char *what, int r)
{
	if (r < 0)
		log_line(LEVEL_ERROR, NULL, "%s: %s", what, strerror(-r));
	return r;
}

static void say_refreshed(const char *line, void *userdata)
{
	station_say(userdata, "%s", line);
}

static int open_refresher(struct station *station)
{
	const struct station_options *options = station->options;
	char sources[PATH_MAX];
	const struct refresher_options order = {
		.program = options->muster,
		.state = options->state->dir,
		.sources = sources,
		.say = say_refreshed,
		.userdata = station,
	};

	snprintf(sources, sizeof sources, "%s/" SOURCES_FILE, options->state->dir);
	return refresher_open(station->event, &order, &station->refresher);
}

static int open_outside(struct station *station)
{
	const struct station_options *options = station->options;
	int r = 0;

	if (options->view)
		r = say_failed("the view cannot be started",
			       view_pipe_open(station->event, options->muster, options->view,
					      &station->view));
	if (r == 0)
		r = say_failed(options->state->socket,
			       http_open(station->event, options->state->socket, station_routes,
					 station, &station->http));
	/* A client: the socket is there. */
	if (r == 0 && options->screen)
		r = say_failed(
			"the screen cannot be started",
			watch_child_start(options->muster, options->state->dir, &station->screen));
	if (r == 0)
		r = say_failed("profiles cannot be refreshed", open_refresher(station));
	if (r == 0)
		r = say_failed(options->mux,
			       muxlink_open(station->event, options->mux, station_hear_mux, station,
					    &station->mux));
	return r;
}

static int open_station(struct station *station)
{
	const struct station_options *options = station->options;
	int r = say_failed("no event loop", sd_event_new(&station->event));

	if (r == 0)
		r = say_failed("no event loop", station_commit_open(station));
	if (r == 0)
		r = say_failed("no watchdog", service_watchdog(station->event));
	if (r == 0)
		r = say_failed("no signals", add_signals(station));
	if (r == 0)
		r = say_failed("no memory", station_open_shelf(station));
	if (r == 0)
		r = open_ledger(station);
	if (r == 0)
		r = say_failed("no pairing keys",
			       pair_keys_open(station->event, options->state->pair_keys,
					      options->worker, &station->keys));
	return r < 0 ? r : open_outside(station);
}

static void close_slot(struct slot *slot)
{
	worker_free(slot->worker);
	sd_event_source_disable_unref(slot->state_timer);
	sd_event_source_disable_unref(slot->warn_timer);
	sd_event_source_disable_unref(slot->kill_timer);
}

static void close_station(struct station *station)
{
	unsigned dropped;

	for (unsigned i = 0; i < station->slot_count; i++)
		close_slot(&station->slots[i]);
	usb_link_close(station->usb);
	sd_event_source_disable_unref(station->arrival_timer);
	muxlink_close(station->mux);
	http_close(station->http);
	pair_keys_close(station->keys);
	refresher_close(station->refresher);
	if (station->commit_source)
		station_commit_close(station);
	dropped = view_pipe_close(station->view, VIEW_TIME);
	if (dropped > 0)
		log_line(LEVEL_WARN, NULL, "the view did not read: %u events were not shown",
			 dropped);
	watch_child_end(&station->screen, VIEW_TIME);
	ledger_close(station->ledger);
	station_close_shelf(station);
	tally_done(&station->tally);
	sd_event_unref(station->event);
	free(station);
}

static enum exit_status exit_status_of(const struct station *station)
{
	const struct tally *tally = &station->tally;

	if (station->in_trouble)
		return EXIT_TROUBLE;
	/* Ended at once, with jobs in the middle. */
	if (station_has_workers(station))
		return EXIT_NOT_PASSED;
	if (tally->count == 0 && station->refused == 0)
		return EXIT_NOTHING;
	return station->refused == 0 && tally_of(tally, OUTCOME_PASSED) == tally->count
		       ? EXIT_PASSED
		       : EXIT_NOT_PASSED;
}

enum exit_status station_run(const struct station_options *options)
{
	struct station *station = calloc(1, sizeof *station);
	enum exit_status status = EXIT_TROUBLE;
	int r;

	if (!station)
		return EXIT_TROUBLE;
	station->options = options;
	station->started = clock_wall();
	station->listener = &station_listener;
	station->board.slots = station->board_slots;
	station->board.expect = options->expect;
	station->there.reach_limit = options->reach;
	station_open_places(station);
	clean_string(options->batch, station->board.batch);
	r = open_station(station);
	if (r == 0) {
		station_say(station, "started");
		r = say_failed("the bus cannot be watched", usb_link_open(station, &station->usb));
	}
	if (r == 0) {
		station_begin_shelf(station);
		pair_keys_set_busy(station->keys, false);
		r = say_failed("the event loop failed", sd_event_loop(station->event));
	}
	if (r >= 0)
		status = exit_status_of(station);
	close_station(station);
	return status;
}
