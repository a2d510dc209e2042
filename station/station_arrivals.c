/* SPDX-License-Identifier: Apache-2.0 */
/* Devices come and go: what a change in what is there means for a slot. */
#include "station/station_arrivals.h"

#include <stdio.h>
#include <string.h>

#include "station/bench/outbox.h"
#include "station/bench/retries.h"
#include "station/bench/slots.h"
#include "station/bench/usbmuxd_health.h"
#include "station/rules/retry.h"
#include "station/station_places.h"
#include "station/tools/clock.h"
#include "station/tools/timer.h"

static void tell_slot(struct slot *slot, enum event_kind kind)
{
	station_tell(slot->station, (struct event){ .kind = kind, .slot = slot->board });
}

/* That the device is overdue was not heard while the slot waited for another one. */
static void see_anew(struct slot *slot)
{
	struct station *station = slot->station;

	if (!slot->arrival->overdue)
		return;
	arrivals_wait_again(&station->there, (unsigned)(slot->arrival - station->there.list),
			    clock_monotonic());
	station_time_arrivals(station);
}

/* A slot that is empty while a device is on its port has seen it. */
static void look_at_bus(struct slot *slot)
{
	if (slot->board->state != SLOT_EMPTY || slot->present || !slot_is_on_bus(slot) ||
	    slot->station->stopping)
		return;
	slot->began = clock_monotonic();
	slot_show_usb(slot);
	slot_happen(slot, CUE_SEEN);
	see_anew(slot);
}

/* The device is gone from sight; LOST when it is usbmuxd that is away. */
static void depart(struct slot *slot, bool lost)
{
	enum slot_state state;
	struct fault fault;

	if (slot->board->state == SLOT_RESTING && slot_forgive(slot, &fault))
		slot_condemn(slot, fault);
	state = slot->board->state;
	/* Whoever plugs it in again has as long as the first one had. */
	memset(slot->waited, 0, sizeof slot->waited);
	/* On a port it is known when it was taken: it is shown until then. */
	if (state == SLOT_ENDED && slot->arrival && slot->arrival->usb.port[0] != '\0')
		return;
	if (lost && state == SLOT_ENDED)
		slot_happen(slot, CUE_LOST);
	else
		slot_happen(slot,
			    slot->board->job && state != SLOT_ENDED ? CUE_LEFT_MIDJOB : CUE_LEFT);
	look_at_bus(slot);
}

/* Nobody can speak with the device any more; PULLED when it was unplugged. */
static void lose(struct slot *slot, bool pulled)
{
	slot->present = false;
	slot->lost = true;
	slot->left_at = clock_monotonic();
	slot->left |= slot->job.phase != JOB_OVER || retry_is_echo(slot->job.fault.kind);
	slot->pulled = pulled;
	if (pulled)
		slot_note_pull(slot);
	depart(slot, !slot->station->board.usbmuxd_up);
}

static void take_seen(struct station *station, const struct arrival *arrival)
{
	struct slot *slot = station_slot_of(station, arrival);

	/* usbmuxd was first, and has its slot: only now its port is known. */
	if (slot) {
		slot_show_usb(slot);
		return;
	}
	slot = station_place(station, arrival);
	if (!slot)
		return;
	slot->came_at = clock_monotonic();
	slot->seen_usec = station_now_usec(station);
	if (slot->board->state == SLOT_EMPTY)
		look_at_bus(slot);
	else
		slot_show_usb(slot);
	tell_slot(slot, EVENT_ATTACHED);
}

/* The slot for ARRIVAL, now that usbmuxd has said who it is; it may be another device than the one
 * whose job waits in the slot of its port. */
static struct slot *place_reached(struct station *station, const struct arrival *arrival)
{
	struct slot *slot = station_slot_of(station, arrival);

	if (slot &&
	    (slot->board->state == SLOT_SEEN || udid_equal(&slot->board->udid, &arrival->udid)))
		return slot;
	if (slot)
		slot->arrival = NULL;
	return station_place(station, arrival);
}

static void name_place(struct slot *slot)
{
	const struct usb_device *usb = &slot->arrival->usb;
	char *port = slot->board->port;

	if (usb->port[0] != '\0')
		slot_show_usb(slot);
	else if (slot->network)
		snprintf(port, SLOT_NAME_MAX, "network");
	else if (usb->bus == 0 && usb->address == 0)
		port[0] = '\0';
	else
		snprintf(port, SLOT_NAME_MAX, "usb%u-%u", usb->bus, usb->address);
}

/* Gives ARRIVAL, which usbmuxd shows, its slot; NULL when there is none. RET_TOLD: it is known
 * already that it is attached. */
static struct slot *seat(struct station *station, const struct arrival *arrival, bool *ret_told)
{
	struct slot *slot = place_reached(station, arrival);

	if (!slot)
		return NULL;
	*ret_told = arrival->on_bus && slot->seen_usec != 0;
	/* That nobody could speak with it is over. */
	if (slot->board->state == SLOT_ENDED && slot->board->fault.kind == FAULT_NOT_REACHABLE)
		slot_happen(slot, CUE_LEFT);
	if (!*ret_told) {
		slot->came_at = clock_monotonic();
		slot->seen_usec = 0;
	}
	return slot;
}

static void take_reached(struct station *station, const struct arrival *arrival)
{
	bool told;
	struct slot *slot = seat(station, arrival, &told);

	if (!slot)
		return;
	slot->present = true;
	slot->network = arrival->network;
	slot->handle = arrival->handle;
	slot->reached_usec = station_now_usec(station);
	slot_note_plug(slot, &arrival->udid);
	if (!udid_equal(&slot->last_udid, &arrival->udid))
		slot->departures = 0;
	slot->last_udid = slot->board->udid = arrival->udid;
	if (slot->board->state == SLOT_EMPTY)
		slot->began = clock_monotonic();
	slot->arrived = ++station->arrivals;
	name_place(slot);
	slot_happen(slot, CUE_ARRIVED);
	if (!told)
		tell_slot(slot, EVENT_ATTACHED);
}

static void take_odd(struct station *station, const struct arrival *arrival, const char *why)
{
	bool told;
	struct slot *slot = seat(station, arrival, &told);

	if (!slot)
		return;
	slot->network = arrival->network;
	name_place(slot);
	if (!told)
		tell_slot(slot, EVENT_ATTACHED);
	/* The device that the slot's job waits for may be behind it; nobody can speak with it. */
	if (slot->board->job)
		return;
	slot->last_udid = (struct udid){ 0 };
	slot->board->fault = fault_new(FAULT_IDENTITY_ODD, "%s", why);
	slot_happen(slot, CUE_REFUSED);
}

static void take_overdue(struct slot *slot, unsigned at)
{
	struct arrivals *there;
	const struct arrival *arrival;
	msec_t now = clock_monotonic();

	/* A job that waits for its device has a time of its own. */
	if (!slot || slot->board->state != SLOT_SEEN)
		return;
	there = &slot->station->there;
	arrival = &there->list[at];
	if (arrival_wants_reset(arrival, slot->reset_at, now) && slot_ask_reset(slot)) {
		slot->reset_at = now;
		arrivals_wait_again(there, at, now);
	} else {
		slot_condemn(slot, arrival_fault(arrival));
	}
}

static void take_lost(struct slot *slot, const struct arrival *arrival)
{
	if (!slot)
		return;
	if (!arrival->on_bus) {
		slot->present = false;
		tell_slot(slot, EVENT_DETACHED);
		slot->arrival = NULL;
	}
	lose(slot, slot->station->board.usbmuxd_up);
}

static void take_went(struct slot *slot)
{
	if (!slot)
		return;
	slot->seen_usec = 0;
	slot->board->mode = slot->board->mode_remedy = NULL;
	tell_slot(slot, EVENT_DETACHED);
	if (slot->present || slot->board->state == SLOT_SEEN)
		lose(slot, true);
	else
		slot->pulled = true; /* usbmuxd was first to say that it left */
}

static void take_back(struct station *station, const struct arrival *arrival)
{
	struct slot *slot = station_slot_of(station, arrival);
	const struct udid udid = arrival_udid(arrival);

	if (!slot) {
		take_seen(station, arrival);
		return;
	}
	slot->came_at = clock_monotonic();
	slot->seen_usec = station_now_usec(station);
	station_wrote(station, ledger_reenumeration(station->ledger, slot->board->port, &udid,
						    clock_wall()));
	slot_show_usb(slot);
	look_at_bus(slot);
	tell_slot(slot, EVENT_ATTACHED);
}

static void take_gone(struct slot *slot, const struct arrival *arrival)
{
	if (!slot)
		return;
	slot->arrival = NULL;
	if (arrival->usb.port[0] != '\0' && slot->board->state == SLOT_ENDED)
		slot_happen(slot, CUE_LEFT);
}

static int on_arrival_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct station *station = userdata;
	struct arrival_changes changes;

	(void)source;
	(void)usec;
	while ((changes = arrivals_time(&station->there, clock_monotonic())).count > 0)
		station_take_changes(station, changes);
	station_time_arrivals(station);
	return 0;
}

void station_time_arrivals(struct station *station)
{
	msec_t then = arrivals_deadline(&station->there), left;
	int r;

	if (then < 0 || station->stopping) {
		timer_stop(station->arrival_timer);
		return;
	}
	left = then - clock_monotonic();
	r = timer_arm(station->event, &station->arrival_timer, left > 0 ? left : 0, on_arrival_time,
		      station);
	if (r < 0)
		station_wrote(station, r);
}

void station_take_changes(struct station *station, struct arrival_changes changes)
{
	for (unsigned i = 0; i < changes.count; i++) {
		const struct arrival *arrival = &station->there.list[changes.list[i].at];
		struct slot *slot = station_slot_of(station, arrival);

		switch (changes.list[i].what) {
		case ARRIVAL_SEEN:
			take_seen(station, arrival);
			break;
		case ARRIVAL_REACHED:
			take_reached(station, arrival);
			break;
		case ARRIVAL_OVERDUE:
			take_overdue(slot, changes.list[i].at);
			break;
		case ARRIVAL_LOST:
			take_lost(slot, arrival);
			break;
		case ARRIVAL_WENT:
			take_went(slot);
			break;
		case ARRIVAL_BACK:
			take_back(station, arrival);
			break;
		case ARRIVAL_GONE:
			take_gone(slot, arrival);
			break;
		}
	}
	station_time_arrivals(station);
}

void station_take_odd(struct station *station, struct arrival_changes changes, const char *why)
{
	const struct arrival *arrival = NULL;

	if (changes.count > 0 && changes.list[changes.count - 1].what == ARRIVAL_REACHED)
		arrival = &station->there.list[changes.list[--changes.count].at];
	/* Who was at its location before has left. */
	station_take_changes(station, changes);
	if (arrival)
		take_odd(station, arrival, why);
}

void slot_catch_up(struct slot *slot)
{
	if (!slot->lost)
		return;
	depart(slot, false);
	if (slot->present)
		slot_happen(slot, CUE_ARRIVED);
}

void station_see_vacated(struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++) {
		struct slot *slot = &station->slots[i];

		if (slot->vacated)
			look_at_bus(slot);
		slot->vacated = false;
	}
}
