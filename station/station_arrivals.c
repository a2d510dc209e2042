/* SPDX-License-Identifier: Apache-2.0 */
/* Devices come and go: what the mux says, and which slot it is for. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "station/bench.h"
#include "station/tools/clock.h"
#include "station/tools/service.h"
#include "station/rules/retry.h"
#include "station/station_health.h"
#include "station/station_retries.h"
#include "station/tools/timer.h"

static struct slot *find_handle(struct station *station, uint32_t handle)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (station->slots[i].present && station->slots[i].handle == handle)
			return &station->slots[i];
	return NULL;
}

static struct slot *find_gate(struct station *station, uint64_t gate)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (gate != 0 && station->slots[i].gate == gate)
			return &station->slots[i];
	return NULL;
}

static struct slot *add_slot(struct station *station)
{
	unsigned at = station->slot_count;
	struct slot *slot = &station->slots[at];

	if (at == SLOTS_MAX)
		return NULL;
	slot->station = station;
	slot->board = &station->board_slots[at];
	snprintf(slot->board->name, sizeof slot->board->name, "%u", at + 1);
	slot->board->since = clock_monotonic();
	station->board.slot_count = ++station->slot_count;
	return slot;
}

/* The slot that the device UDID was in when it was last here. */
static struct slot *find_own_slot(struct station *station, const struct udid *udid)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (!station->slots[i].present && udid_equal(&station->slots[i].last_udid, udid))
			return &station->slots[i];
	return NULL;
}

/* The empty slot with the lowest number; a new one when there is none. */
static struct slot *find_free_slot(struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (!station->slots[i].present && station->slots[i].board->state == SLOT_EMPTY)
			return &station->slots[i];
	return add_slot(station);
}

/* Another slot in which the same device is, or seems to be. */
static struct slot *find_twin(struct slot *slot)
{
	struct station *station = slot->station;

	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *other = &station->slots[i];

		if (other != slot && other->board->state != SLOT_EMPTY &&
		    udid_equal(&other->board->udid, &slot->board->udid))
			return other;
	}
	return NULL;
}

static void name_port(struct slot *slot, uint32_t location)
{
	char *port = slot->board->port;

	if (slot->network)
		snprintf(port, SLOT_NAME_MAX, "network");
	else if (location == 0)
		port[0] = '\0';
	else
		snprintf(port, SLOT_NAME_MAX, "usb%" PRIu32 "-%" PRIu32, location >> 16,
			 location & 0xffff);
}

static void tell_slot(struct slot *slot, enum event_kind kind)
{
	station_tell(slot->station, (struct event){ .kind = kind, .slot = slot->board });
}

static struct slot *find_present(struct station *station, const struct udid *udid)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (station->slots[i].present && udid_equal(&station->slots[i].board->udid, udid))
			return &station->slots[i];
	return NULL;
}

static void hear_arrived(struct station *station, const struct mux_event *news)
{
	struct slot *slot = find_present(station, &news->udid);

	/* The same device on its cable and over Wi-Fi is no second one. */
	if (slot && (news->network || slot->network))
		return;
	slot = find_own_slot(station, &news->udid);
	if (!slot)
		slot = find_free_slot(station);
	if (!slot) {
		log_line(LEVEL_ERROR, NULL, "%s: no more than %d slots", news->udid.text,
			 SLOTS_MAX);
		return;
	}
	slot->present = true;
	slot_note_plug(slot, &news->udid);
	if (!udid_equal(&slot->last_udid, &news->udid))
		slot->departures = 0;
	slot->network = news->network;
	slot->handle = news->handle;
	slot->last_udid = slot->board->udid = news->udid;
	if (slot->board->state == SLOT_EMPTY)
		slot->began = clock_monotonic();
	slot->arrival = ++station->arrivals;
	name_port(slot, news->location);
	slot_happen(slot, CUE_ARRIVED);
	tell_slot(slot, EVENT_ATTACHED);
}

static void hear_odd(struct station *station, const struct mux_event *news)
{
	struct slot *slot = find_free_slot(station);

	log_line(LEVEL_WARN, NULL, "usbmuxd shows a device that cannot be used: %s", news->text);
	/* An entry without a handle would never be seen to leave. */
	if (!slot || news->handle == 0)
		return;
	slot->present = true;
	slot->handle = news->handle;
	slot->last_udid = (struct udid){ 0 };
	tell_slot(slot, EVENT_ATTACHED);
	slot->board->fault = fault_new(FAULT_IDENTITY_ODD, "%s", news->text);
	slot_happen(slot, CUE_REFUSED);
}

/* The device is gone from sight; LOST when it is usbmuxd that is away. */
static void depart(struct slot *slot, bool lost)
{
	enum slot_state state;

	if (slot->board->state == SLOT_RESTING)
		slot_forgive(slot);
	state = slot->board->state;
	/* Whoever plugs it in again has as long as the first one had. */
	memset(slot->waited, 0, sizeof slot->waited);
	if (lost && state == SLOT_ENDED)
		slot_happen(slot, CUE_LOST);
	else
		slot_happen(slot,
			    slot->board->job && state != SLOT_ENDED ? CUE_LEFT_MIDJOB : CUE_LEFT);
}

static void hear_left(struct slot *slot, bool lost)
{
	slot->present = false;
	slot->left_at = clock_monotonic();
	slot->left |= slot->job.phase != JOB_OVER || retry_is_echo(slot->job.fault.kind);
	slot->pulled = !lost;
	tell_slot(slot, EVENT_DETACHED);
	depart(slot, lost);
}

void slot_catch_up(struct slot *slot)
{
	if (slot->present && slot->handle == slot->worked_handle)
		return;
	depart(slot, false);
	if (slot->present)
		slot_happen(slot, CUE_ARRIVED);
}

/* A job that is open gets its end; without one the other slot's job tells what happened. */
static void refuse_double(struct slot *slot, struct fault fault)
{
	if (slot->board->job) {
		slot_condemn(slot, fault);
		return;
	}
	slot->board->fault = fault;
	slot_happen(slot, CUE_REFUSED);
}

bool station_device_settled(struct slot *slot)
{
	const struct station *station = slot->station;
	struct slot *twin = find_twin(slot);
	struct fault fault;

	if (!twin)
		return true;
	/* The news that it left there may be late. */
	if (twin->present && clock_monotonic() - slot->board->since < station->options->settle) {
		slot_settle_again(slot);
		return false;
	}
	if (twin->present) {
		fault = fault_new(FAULT_IDENTITY_DOUBLE, "in slots %s and %s", twin->board->name,
				  slot->board->name);
		refuse_double(slot, fault);
		slot_condemn(twin, fault);
		return false;
	}
	/* It came here before it had left there. Its job goes on here, once the worker there is
	 * gone. */
	slot_happen(twin, CUE_TAKEN);
	if (twin->board->state == SLOT_EMPTY)
		return true;
	slot_settle_again(slot);
	return false;
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
	station_say(station, "usbmuxd answers");
	station_hear_health(station, HEALTH_BACK);
	tell_ready(station);
}

static void hear_down(struct station *station, const struct mux_event *event)
{
	const char *why = event->text;
	bool news = station->board.usbmuxd_up || !station->ready ||
		    strcmp(station->board.usbmuxd_why, why) != 0;
	enum health_news kind = HEALTH_IDLE;

	for (unsigned i = 0; i < station->slot_count; i++)
		if (station->slots[i].present)
			kind = HEALTH_LOST;
	station_hear_health(station, event->own ? HEALTH_BLIND : kind);
	station->board.usbmuxd_up = false;
	snprintf(station->board.usbmuxd_why, sizeof station->board.usbmuxd_why, "%s", why);
	if (news)
		station_say(station, "usbmuxd is away: %s", why);
	for (unsigned i = 0; i < station->slot_count; i++)
		if (station->slots[i].present)
			hear_left(&station->slots[i], true);
	tell_ready(station);
}

static void hear_gate(struct slot *slot, const char *path)
{
	snprintf(slot->gate_path, sizeof slot->gate_path, "%s", path);
	slot_happen(slot, CUE_GATE);
}

static void hear_refused(struct slot *slot, const char *why)
{
	if (slot->board->state == SLOT_STARTING)
		slot_ungated(slot, fault_new(FAULT_LINK_REFUSED, "no gate: %s", why));
}

void station_hear_mux(const struct mux_event *news, void *userdata)
{
	struct station *station = userdata;
	struct slot *slot = NULL;

	if (news->verb == MUX_LEFT)
		slot = find_handle(station, news->handle);
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
		if (!station->stopping && !find_handle(station, news->handle))
			hear_arrived(station, news);
		break;
	case MUX_ODD:
		if (!station->stopping && !find_handle(station, news->handle))
			hear_odd(station, news);
		break;
	case MUX_LEFT:
		if (slot) {
			slot_note_pull(slot);
			hear_left(slot, false);
		}
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
