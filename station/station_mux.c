/* SPDX-License-Identifier: Apache-2.0 */
/* What the mux says: usbmuxd comes and goes, with every sight of a device; gates are made. */
#include "station/station_mux.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "station/station_arrivals.h"
#include "station/bench/outbox.h"
#include "station/bench/usbmuxd_health.h"
#include "station/station_limits.h"
#include "station/station_usb.h"
#include "station/bench/ends.h"
#include "station/bench/slots.h"
#include "station/tools/clock.h"
#include "station/tools/service.h"

static struct slot *find_gate(struct station *station, uint64_t gate)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (gate != 0 && station->slots[i].gate == gate)
			return &station->slots[i];
	return NULL;
}

/* What usbmuxd shows, put beside what is on the bus. */
static struct arrival_changes sight(struct station *station, const struct mux_event *news)
{
	const struct mux_sight sight = { .handle = news->handle,
					 .udid = news->udid,
					 .location = news->location,
					 .network = news->network };

	if (arrivals_misses(&station->there, &sight))
		usb_link_look(station->usb);
	return arrivals_mux(&station->there, &sight, clock_monotonic());
}

static void hear_odd(struct station *station, const struct mux_event *news)
{
	log_line(LEVEL_WARN, NULL, "usbmuxd shows a device that cannot be used: %s", news->text);
	/* An entry without a handle would never be seen to leave. */
	if (news->handle != 0)
		station_take_odd(station, sight(station, news), news->text);
}

static void hear_left(struct station *station, uint32_t handle)
{
	station_take_changes(station,
			     arrivals_mux_gone(&station->there, handle, clock_monotonic()));
}

/* Tells whoever started us that devices will be seen from now on. */
static void tell_ready(struct station *station)
{
	int fd = station->options->ready_fd;

	if (station->ready)
		return;
	station->ready = true;
	service_ready();
	if (fd < 0)
		return;
	if (write(fd, "\n", 1) < 0)
		log_line(LEVEL_WARN, NULL, "nobody wants to know that the station is ready");
	close(fd);
}

static void hear_up(struct station *station)
{
	station->board.usbmuxd_up = true;
	station->board.usbmuxd_why[0] = '\0';
	arrivals_mux_up(&station->there, true, clock_monotonic());
	station_time_arrivals(station);
	station_say(station, "usbmuxd answers");
	station_hear_health(station, HEALTH_BACK);
	tell_ready(station);
}

static void hear_down(struct station *station, const struct mux_event *event)
{
	enum health_news seen = arrivals_reachable(&station->there) ? HEALTH_LOST : HEALTH_IDLE;
	const char *why = event->text;
	uint32_t handle;
	bool news = station->board.usbmuxd_up || !station->ready ||
		    strcmp(station->board.usbmuxd_why, why) != 0;

	station_hear_health(station, event->own ? HEALTH_BLIND : seen);
	station->board.usbmuxd_up = false;
	snprintf(station->board.usbmuxd_why, sizeof station->board.usbmuxd_why, "%s", why);
	if (news)
		station_say(station, "usbmuxd is away: %s", why);
	arrivals_mux_up(&station->there, false, clock_monotonic());
	while ((handle = arrivals_reachable(&station->there)) != 0)
		hear_left(station, handle);
	tell_ready(station);
}

static void hear_gate(struct slot *slot, const char *path)
{
	snprintf(slot->gate_path, sizeof slot->gate_path, "%s", path);
	slot_happen(slot, CUE_GATE);
	if (slot->worker)
		slot_time_step(slot);
}

static void hear_refused(struct slot *slot, const char *why)
{
	if (slot->board->state == SLOT_STARTING)
		slot_happen(slot, slot_judge_ungated(
					  slot, fault_new(FAULT_LINK_REFUSED, "no gate: %s", why)));
}

void station_hear_mux(const struct mux_event *news, void *userdata)
{
	struct station *station = userdata;
	struct slot *slot = NULL;

	if (news->verb == MUX_GATE || news->verb == MUX_REFUSED)
		slot = find_gate(station, news->key);
	switch (news->verb) {
	case MUX_UP:
		hear_up(station);
		break;
	case MUX_DOWN:
		hear_down(station, news);
		break;
	case MUX_ARRIVED:
		if (!station->stopping)
			station_take_changes(station, sight(station, news));
		break;
	case MUX_ODD:
		if (!station->stopping)
			hear_odd(station, news);
		break;
	case MUX_LEFT:
		hear_left(station, news->handle);
		break;
	case MUX_HUNG:
		station_hear_health(station, HEALTH_HUNG);
		break;
	case MUX_AWAKE:
		station_hear_health(station, HEALTH_AWAKE);
		break;
	case MUX_GATE:
		if (slot)
			hear_gate(slot, news->path);
		break;
	case MUX_REFUSED:
		if (slot)
			hear_refused(slot, news->text);
		break;
	}
}
