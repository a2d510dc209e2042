/* SPDX-License-Identifier: Apache-2.0 */
/* Which slot a device is in: the slot of its port, or one with a number when no port is known. */
#include "station/station_places.h"

#include <stdio.h>
#include <string.h>

#include "device/facts/ecid.h"
#include "station/bench/outbox.h"
#include "station/bench/slots.h"
#include "station/tools/clock.h"
#include "udev/usb_identity.h"

static struct slot *add_slot(struct station *station, const char *name)
{
	unsigned at = station->slot_count;
	struct slot *slot = &station->slots[at];

	if (at == SLOTS_MAX)
		return NULL;
	slot->station = station;
	slot->board = &station->board_slots[at];
	snprintf(slot->board->name, sizeof slot->board->name, "%s", name);
	slot->board->since = clock_monotonic();
	station->board.slot_count = ++station->slot_count;
	return slot;
}

static struct slot *find_name(struct station *station, const char *name)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (strcmp(station->slots[i].board->name, name) == 0)
			return &station->slots[i];
	return NULL;
}

static bool is_free(const struct slot *slot)
{
	return !slot->placed && !slot->present && !slot->arrival &&
	       slot->board->state == SLOT_EMPTY;
}

/* The next number that names no slot yet. */
static struct slot *add_numbered(struct station *station)
{
	char name[SLOT_NAME_MAX];

	for (unsigned number = 1; number <= SLOTS_MAX; number++) {
		snprintf(name, sizeof name, "%u", number);
		if (!find_name(station, name))
			return add_slot(station, name);
	}
	return NULL;
}

static struct slot *add_placed(struct station *station, const char *name)
{
	struct slot *slot = find_name(station, name);

	/* A port is called what a numbered slot is called already: it is there first. */
	if (slot && is_free(slot)) {
		slot->placed = true;
		return slot;
	}
	slot = slot ? NULL : add_slot(station, name);
	if (slot)
		slot->placed = true;
	return slot;
}

void station_open_places(struct station *station)
{
	const struct slots_file *slots = station->options->slots;

	for (size_t i = 0; slots && i < slots->slot_count; i++)
		(void)add_placed(station, slots->slots[i].name);
}

struct slot *station_slot_of(struct station *station, const struct arrival *arrival)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (station->slots[i].arrival == arrival)
			return &station->slots[i];
	return NULL;
}

/* The slot that the device UDID was in when it was last here. */
static struct slot *find_own_slot(struct station *station, const struct udid *udid)
{
	for (unsigned i = 0; i < station->slot_count && udid_is_set(udid); i++) {
		struct slot *slot = &station->slots[i];

		if (!slot->placed && !slot->present && udid_equal(&slot->last_udid, udid))
			return slot;
	}
	return NULL;
}

/* The first free slot without a port; a new one when there is none. */
static struct slot *find_free_slot(struct station *station)
{
	for (unsigned i = 0; i < station->slot_count; i++)
		if (is_free(&station->slots[i]))
			return &station->slots[i];
	return add_numbered(station);
}

/* A slot to which the name "NAME (before)" belongs, or "NAME (before 2)" …: whose port has another
 * device while its own is still waited for. */
static struct slot *find_waiting_room(struct station *station, const char *name)
{
	char other[SLOT_NAME_MAX + 16];

	for (unsigned number = 1; number <= SLOTS_MAX; number++) {
		struct slot *slot;

		if (number == 1)
			snprintf(other, sizeof other, "%.20s (before)", name);
		else
			snprintf(other, sizeof other, "%.16s (before %u)", name, number);
		slot = find_name(station, other);
		if (!slot)
			return add_slot(station, other);
		if (is_free(slot))
			return slot;
	}
	return NULL;
}

/* SLOT's job goes on elsewhere: it gives its name and place to a free one, which is returned. */
static struct slot *displace(struct slot *slot)
{
	struct slot *other = find_waiting_room(slot->station, slot->board->name);
	char name[SLOT_NAME_MAX];

	if (!other)
		return NULL;
	memcpy(name, other->board->name, sizeof name);
	memcpy(other->board->name, slot->board->name, sizeof name);
	memcpy(slot->board->name, name, sizeof name);
	other->placed = true;
	slot->placed = false;
	slot_show(slot);
	return other;
}

/* Whether the device of SLOT, as far as it is known, may be ARRIVAL. */
static bool may_be_its(const struct slot *slot, const struct arrival *arrival)
{
	const struct udid udid = arrival_udid(arrival);

	if (udid_is_set(&udid) && udid_is_set(&slot->board->udid))
		return udid_equal(&udid, &slot->board->udid);
	return usb_may_be(&arrival->usb, &slot->board->udid,
			  ecid_from_text(slot->board->note[NOTE_ECID]));
}

/* Makes SLOT, which has the port, ready for ARRIVAL. */
static struct slot *clear_for(struct slot *slot, const struct arrival *arrival)
{
	bool other_there = slot->arrival && slot->arrival != arrival && slot->arrival->on_bus;

	if (slot->board->state == SLOT_EMPTY && !slot->present)
		return slot;
	if (!other_there && may_be_its(slot, arrival))
		return slot;
	/* Nothing is waited for when a device was done with, or had not been begun. */
	if (!other_there && !slot->present)
		slot_happen(slot, CUE_LEFT);
	return slot->board->state == SLOT_EMPTY ? slot : displace(slot);
}

static struct slot *place_on_port(struct station *station, const struct arrival *arrival)
{
	const struct slots_file *slots = station->options->slots;
	const struct usb_device *usb = &arrival->usb;
	const struct slots_file_slot *known = slots_file_find(slots, usb->port, usb->connector);
	const char *name = slots_file_name(slots, usb->port, usb->connector);
	struct slot *slot;

	if (known && known->disabled) {
		log_line(LEVEL_NOTE, NULL, "slot %s is disabled: the device in it is left alone",
			 name);
		return NULL;
	}
	slot = find_name(station, name);
	slot = slot && slot->placed ? clear_for(slot, arrival) : add_placed(station, name);
	/* Its name is in use: a number will do. */
	return slot ? slot : find_free_slot(station);
}

struct slot *station_place(struct station *station, const struct arrival *arrival)
{
	const struct udid udid = arrival_udid(arrival);
	struct slot *slot;

	if (arrival->usb.port[0] != '\0') {
		slot = place_on_port(station, arrival);
	} else {
		slot = find_own_slot(station, &udid);
		if (!slot)
			slot = find_free_slot(station);
		if (!slot)
			log_line(LEVEL_ERROR, NULL, "%s: no more than %d slots", udid.text,
				 SLOTS_MAX);
	}
	if (slot)
		slot->arrival = arrival;
	return slot;
}

void slot_show_usb(struct slot *slot)
{
	const struct usb_device *usb = &slot->arrival->usb;
	struct board_slot *board = slot->board;

	snprintf(board->port, sizeof board->port, "%s", usb->port);
	board->mode = slot->arrival->on_bus ? usb_mode_name(usb->mode) : NULL;
	board->mode_remedy =
		slot->arrival->on_bus && usb->mode != USB_NORMAL ? usb_device_remedy(usb) : NULL;
	slot->speed = usb->speed;
	if (udid_is_set(&usb->udid) && !slot->present)
		board->udid = usb->udid;
	if (usb->ecid != 0 && board->note[NOTE_ECID][0] == '\0')
		ecid_to_text(usb->ecid, board->note[NOTE_ECID]);
	if (usb->serial[0] != '\0' && board->note[NOTE_SERIAL][0] == '\0')
		clean_string(usb->serial, board->note[NOTE_SERIAL]);
	slot_show(slot);
}
