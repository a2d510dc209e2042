/* SPDX-License-Identifier: Apache-2.0 */
/* How usbmuxd does: what is said of it, asked for, and which device it may be. */
#include "station/bench/usbmuxd_health.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/port.h"
#include "station/bench/outbox.h"
#include "station/tools/clock.h"
#include "station/tools/requests.h"

void station_doubt_usbmuxd(struct station *station, enum fault_kind fault)
{
	struct mux_order order = { .verb = MUX_PROBE };

	if (health_is_doubtful(fault) && station->board.usbmuxd_up)
		(void)muxlink_tell(station->mux, &order);
}

void slot_note_plug(struct slot *slot, const struct udid *udid)
{
	bool is_back = !slot->pulled && slot->left_at != 0 && udid_equal(&slot->last_udid, udid);

	if (!is_back)
		slot->station->last_plugged = slot;
}

void slot_note_pull(struct slot *slot)
{
	struct station *station = slot->station;

	if (station->suspect != slot)
		return;
	station->suspect = NULL;
	station->board.usbmuxd_notice[0] = '\0';
	station->changed = true;
}

/* It takes connections, but answers nobody. */
static void ask_restart(struct station *station)
{
	const char *folder = station->options->requests;
	char *why = station->board.usbmuxd_why;
	int r = request_ask(folder, REQUEST_USBMUXD);

	station->board.usbmuxd_up = false;
	if (r == 0) {
		snprintf(why, CLEAN_MAX + 1, "it hangs; its restart was asked for");
		station_say(station, "usbmuxd hangs: it takes connections, but answers nobody; "
				     "asked for its restart");
		return;
	}
	log_line(LEVEL_WARN, NULL, "%s/%s: %s", folder, REQUEST_USBMUXD, strerror(-r));
	snprintf(why, CLEAN_MAX + 1,
		 "it hangs; run: sudo systemctl kill --signal=KILL usbmuxd; "
		 "sudo systemctl restart usbmuxd");
	station_say(station, "usbmuxd hangs: it takes connections, but answers nobody; "
			     "end it with SIGKILL and start it again");
}

bool slot_ask_reset(struct slot *slot)
{
	struct station *station = slot->station;
	const struct board_slot *board = slot->board;
	char name[sizeof REQUEST_PORTS + PORT_MAX + 1];
	int r;

	snprintf(name, sizeof name, REQUEST_PORTS "/%s", board->port);
	r = request_ask(station->options->requests, name);
	if (r == 0)
		station_say(station,
			    "usbmuxd does not show the device in slot %s; asked for a reset of "
			    "its port",
			    board->name);
	else if (r != -ENOENT)
		log_line(LEVEL_WARN, NULL, "%s/%s: %s", station->options->requests, name,
			 strerror(-r));
	return r == 0;
}

static void say_awake(struct station *station)
{
	station->board.usbmuxd_up = true;
	station->board.usbmuxd_why[0] = '\0';
	station_say(station, "usbmuxd answers again");
}

static void say_count(struct station *station)
{
	if (station->health.count == 1)
		station_say(station, "usbmuxd was restarted");
	else
		station_say(station, "usbmuxd was restarted, %u times in ten minutes",
			    station->health.count);
}

static void name_last(struct station *station)
{
	char *notice = station->board.usbmuxd_notice;

	if (!station->last_plugged) {
		say_count(station);
		return;
	}
	station->suspect = station->last_plugged;
	snprintf(
		notice, CLEAN_MAX + 1,
		"usbmuxd was restarted more than %d times in ten minutes; the device in slot %s was "
		"plugged in just before: unplug it, and try it alone",
		HEALTH_RESTARTS_MAX, station->suspect->board->name);
	station_say(station, "%s", notice);
}

void station_hear_health(struct station *station, enum health_news news)
{
	switch (health_hear(&station->health, news, clock_monotonic())) {
	case HEALTH_NOTHING:
		return;
	case HEALTH_RESTART:
		ask_restart(station);
		break;
	case HEALTH_SAY_AWAKE:
		say_awake(station);
		break;
	case HEALTH_SAY_COUNT:
		say_count(station);
		break;
	case HEALTH_NAME_LAST:
		name_last(station);
		break;
	}
	station->board.usbmuxd_restarts = station->health.count;
	/* Who waits for a usbmuxd that answers. */
	station_call_queue(station);
}
