/* SPDX-License-Identifier: Apache-2.0 */
/* One view of the bench from two: what is on the bus (udev) and what usbmuxd reaches. Pure. */
#include "station/rules/arrivals.h"

#include <string.h>

#include "udev/usb_identity.h"

static const char *const whats[ARRIVAL_WHATS] = {
	[ARRIVAL_SEEN] = "seen", [ARRIVAL_REACHED] = "reached", [ARRIVAL_OVERDUE] = "overdue",
	[ARRIVAL_LOST] = "lost", [ARRIVAL_WENT] = "went",	[ARRIVAL_BACK] = "back",
	[ARRIVAL_GONE] = "gone",
};

const char *arrival_what_to_text(enum arrival_what what)
{
	return whats[what];
}

static void change(struct arrival_changes *changes, const struct arrivals *arrivals,
		   enum arrival_what what, const struct arrival *arrival)
{
	changes->list[changes->count].what = what;
	changes->list[changes->count++].at = (unsigned)(arrival - arrivals->list);
}

struct udid arrival_udid(const struct arrival *arrival)
{
	return udid_is_set(&arrival->udid) ? arrival->udid : arrival->usb.udid;
}

static enum fault_kind fault_kind_of(const struct usb_device *usb)
{
	switch (usb->mode) {
	case USB_NORMAL:
		return FAULT_NOT_REACHABLE;
	case USB_RECOVERY:
		return FAULT_IN_RECOVERY;
	case USB_DFU:
	case USB_WTF:
		return usb->family == USB_FAMILY_MAC_SILICON || usb->family == USB_FAMILY_MAC_INTEL
			       ? FAULT_MAC_IN_DFU
			       : FAULT_IN_DFU;
	case USB_RESTORE:
		return FAULT_IN_RESTORE;
	case USB_BRIDGE:
		return FAULT_MAC_BRIDGE;
	}
	return FAULT_NOT_REACHABLE;
}

struct fault arrival_fault(const struct arrival *arrival)
{
	const struct usb_device *usb = &arrival->usb;

	/* What the mode means for a device of its family; for normal mode there is nothing to add.
	 */
	return fault_new(fault_kind_of(usb), "%s",
			 usb->mode == USB_NORMAL ? "" : usb_device_sentence(usb));
}

bool usb_may_be(const struct usb_device *usb, const struct udid *udid, uint64_t ecid)
{
	if (udid_is_set(&usb->udid) && udid_is_set(udid))
		return udid_equal(&usb->udid, udid);
	return usb->ecid == 0 || ecid == 0 || usb->ecid == ecid;
}

static bool is_on_port(const struct arrival *arrival, const char *port)
{
	return arrival->used && strcmp(arrival->usb.port, port) == 0;
}

static struct arrival *find_port(struct arrivals *arrivals, const char *port)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		if (is_on_port(&arrivals->list[i], port))
			return &arrivals->list[i];
	return NULL;
}

static struct arrival *find_handle(struct arrivals *arrivals, uint32_t handle)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		if (arrivals->list[i].used && arrivals->list[i].handle == handle)
			return &arrivals->list[i];
	return NULL;
}

static struct arrival *add(struct arrivals *arrivals, msec_t now)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		if (arrivals->list[i].used)
			continue;
		arrivals->list[i] = (struct arrival){ .used = true, .since = now };
		return &arrivals->list[i];
	}
	return NULL;
}

static uint32_t location_of(const struct usb_device *usb)
{
	return (uint32_t)usb->bus << 16 | usb->address;
}

/* Only then it can be one of this host's. */
static bool is_place(uint32_t location)
{
	return location >> 16 <= UINT8_MAX && (location & 0xffff) <= UINT8_MAX;
}

static bool is_same_plug(const struct usb_device *a, const struct usb_device *b)
{
	return a->bus == b->bus && a->address == b->address && a->product == b->product &&
	       a->mode == b->mode && strcmp(a->port, b->port) == 0;
}

/* The same device in the same mode, as far as both say who they are. Two that say nothing may be
 * two: it is better to look at a device twice than to take one for another. */
static bool is_same_device(const struct usb_device *a, const struct usb_device *b)
{
	return a->product == b->product && a->mode == b->mode && udid_equal(&a->udid, &b->udid) &&
	       a->ecid == b->ecid && (udid_is_set(&a->udid) || a->ecid != 0);
}

static void leave_bus(struct arrivals *arrivals, struct arrival *arrival, msec_t now,
		      struct arrival_changes *changes)
{
	arrival->on_bus = arrival->reachable = arrival->overdue = false;
	arrival->went = now;
	change(changes, arrivals, ARRIVAL_WENT, arrival);
}

static void forget(struct arrivals *arrivals, struct arrival *arrival,
		   struct arrival_changes *changes)
{
	arrival->used = false;
	change(changes, arrivals, ARRIVAL_GONE, arrival);
}

/* A device that usbmuxd showed first, and that waits for its port. */
static struct arrival *find_portless(struct arrivals *arrivals, const struct usb_device *device)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		struct arrival *arrival = &arrivals->list[i];

		if (arrival->used && arrival->usb.port[0] == '\0' && !arrival->network &&
		    location_of(&arrival->usb) == location_of(device) &&
		    usb_may_be(device, &arrival->udid, 0))
			return arrival;
	}
	return NULL;
}

/* DEVICE is on a port where none was, or where LAST (NULL: none) was and has left it. */
static struct arrival *come_new(struct arrivals *arrivals, struct arrival *last,
				const struct usb_device *device, msec_t now,
				struct arrival_changes *changes)
{
	struct arrival *arrival = find_portless(arrivals, device);

	/* Not in the last one's place: its end is still to be told. */
	if (!arrival)
		arrival = add(arrivals, now);
	if (last)
		forget(arrivals, last, changes);
	if (arrival)
		change(changes, arrivals, ARRIVAL_SEEN, arrival);
	return arrival;
}

static bool is_back(const struct arrival *last, const struct usb_device *device, msec_t now)
{
	return now - last->went < ARRIVAL_RETURN_TIME && is_same_device(&last->usb, device);
}

struct arrival_changes arrivals_usb(struct arrivals *arrivals, const struct usb_device *device,
				    msec_t now)
{
	struct arrival_changes changes = { 0 };
	struct arrival *arrival = find_port(arrivals, device->port);

	if (arrival && arrival->on_bus && is_same_plug(&arrival->usb, device)) {
		arrival->usb = *device; /* it may say more of itself now */
		return changes;
	}
	if (arrival && arrival->on_bus)
		leave_bus(arrivals, arrival, now, &changes);
	if (arrival && is_back(arrival, device, now)) {
		arrival->since = now;
		arrival->went = 0;
		change(&changes, arrivals, ARRIVAL_BACK, arrival);
	} else {
		arrival = come_new(arrivals, arrival, device, now, &changes);
	}
	if (!arrival)
		return changes;
	arrival->on_bus = true;
	arrival->usb = *device;
	return changes;
}

struct arrival_changes arrivals_usb_gone(struct arrivals *arrivals, const struct usb_device *device,
					 msec_t now)
{
	struct arrival_changes changes = { 0 };
	struct arrival *arrival = find_port(arrivals, device->port);

	/* Late news of an earlier plug is no news of this one. */
	if (arrival && arrival->on_bus && location_of(&arrival->usb) == location_of(device))
		leave_bus(arrivals, arrival, now, &changes);
	return changes;
}

/* Whether the device on the bus, or just gone from it, is the one that usbmuxd shows. */
static bool is_sighted(const struct arrival *arrival, const struct mux_sight *sight)
{
	return arrival->used && arrival->usb.port[0] != '\0' && arrival->usb.mode == USB_NORMAL &&
	       location_of(&arrival->usb) == sight->location &&
	       usb_may_be(&arrival->usb, &sight->udid, 0);
}

/* The only device on the bus that calls itself UDID, or NULL. */
static struct arrival *find_name(struct arrivals *arrivals, const struct udid *udid)
{
	struct arrival *found = NULL;

	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		struct arrival *arrival = &arrivals->list[i];

		if (!arrival->used || !arrival->on_bus || !udid_is_set(udid) ||
		    !udid_equal(&arrival->usb.udid, udid))
			continue;
		if (found)
			return NULL;
		found = arrival;
	}
	return found;
}

static struct arrival *find_sighted(struct arrivals *arrivals, const struct mux_sight *sight)
{
	if (sight->network)
		return NULL;
	if (sight->location == 0)
		return find_name(arrivals, &sight->udid);
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		if (is_sighted(&arrivals->list[i], sight))
			return &arrivals->list[i];
	return NULL;
}

/* The same device on its cable and over Wi-Fi is no second one: by which other way usbmuxd shows it
 * already, or NULL. */
static struct arrival *find_other_way(struct arrivals *arrivals, const struct mux_sight *sight)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		struct arrival *arrival = &arrivals->list[i];

		if (arrival->used && arrival->reachable && udid_is_set(&sight->udid) &&
		    udid_equal(&arrival->udid, &sight->udid) &&
		    (arrival->network || sight->network))
			return arrival;
	}
	return NULL;
}

bool arrivals_misses(const struct arrivals *arrivals, const struct mux_sight *sight)
{
	if (sight->network || sight->location == 0)
		return false;
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		if (is_sighted(&arrivals->list[i], sight))
			return false;
	return true;
}

static void reach(struct arrivals *arrivals, struct arrival *arrival, const struct mux_sight *sight,
		  struct arrival_changes *changes)
{
	arrival->handle = sight->handle;
	arrival->network = sight->network;
	arrival->udid = sight->udid;
	/* It left the bus in the meantime: usbmuxd's news are late, and it will say so too. */
	if (arrival->went != 0)
		return;
	arrival->reachable = true;
	arrival->overdue = false;
	change(changes, arrivals, ARRIVAL_REACHED, arrival);
}

/* usbmuxd shows ARRIVAL, which is reachable, no longer; without a place on the bus it is forgotten.
 */
static void lose_reach(struct arrivals *arrivals, struct arrival *arrival, msec_t now,
		       struct arrival_changes *changes)
{
	arrival->handle = 0;
	arrival->reachable = false;
	arrival->since = now;
	change(changes, arrivals, ARRIVAL_LOST, arrival);
	if (!arrival->on_bus)
		forget(arrivals, arrival, changes);
}

struct arrival_changes arrivals_mux(struct arrivals *arrivals, const struct mux_sight *sight,
				    msec_t now)
{
	struct arrival_changes changes = { 0 };
	struct arrival *arrival, *other = find_other_way(arrivals, sight);

	if (find_handle(arrivals, sight->handle) || (other && sight->network))
		return changes;
	arrival = find_sighted(arrivals, sight);
	if (arrival && arrival->reachable)
		change(&changes, arrivals, ARRIVAL_LOST, arrival);
	if (!arrival)
		arrival = add(arrivals, now);
	if (!arrival)
		return changes;
	/* It is worked on over its cable only. */
	if (other)
		lose_reach(arrivals, other, now, &changes);
	if (arrival->usb.port[0] == '\0' && is_place(sight->location)) {
		arrival->usb.bus = (uint8_t)(sight->location >> 16);
		arrival->usb.address = (uint8_t)sight->location;
	}
	reach(arrivals, arrival, sight, &changes);
	return changes;
}

struct arrival_changes arrivals_mux_gone(struct arrivals *arrivals, uint32_t handle, msec_t now)
{
	struct arrival_changes changes = { 0 };
	struct arrival *arrival = handle ? find_handle(arrivals, handle) : NULL;

	if (!arrival)
		return changes;
	if (arrival->reachable)
		lose_reach(arrivals, arrival, now, &changes);
	else
		arrival->handle = 0; /* udev had said so before */
	return changes;
}

void arrivals_mux_up(struct arrivals *arrivals, bool up, msec_t now)
{
	arrivals->mux_up = up;
	for (unsigned i = 0; i < SLOTS_MAX && up; i++)
		if (!arrivals->list[i].reachable)
			arrivals->list[i].since = now;
}

uint32_t arrivals_reachable(const struct arrivals *arrivals)
{
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		if (arrivals->list[i].used && arrivals->list[i].handle != 0)
			return arrivals->list[i].handle;
	return 0;
}

/* When something is due for ARRIVAL; -1 never. */
static msec_t due(const struct arrivals *arrivals, const struct arrival *arrival)
{
	if (!arrival->used || arrival->usb.port[0] == '\0')
		return -1;
	if (!arrival->on_bus)
		return arrival->went + ARRIVAL_RETURN_TIME;
	if (arrival->reachable || arrival->overdue)
		return -1;
	switch (usb_mode_use(arrival->usb.mode)) {
	case USB_WORK:
		return arrivals->mux_up ? arrival->since + arrivals->reach_limit : -1;
	case USB_WAIT:
		return arrival->since + arrivals->reach_limit;
	case USB_SHOW:
		return arrival->since + ARRIVAL_MODE_TIME;
	}
	return -1;
}

struct arrival_changes arrivals_time(struct arrivals *arrivals, msec_t now)
{
	struct arrival_changes changes = { 0 };

	for (unsigned i = 0; i < SLOTS_MAX && changes.count == 0; i++) {
		struct arrival *arrival = &arrivals->list[i];
		msec_t then = due(arrivals, arrival);

		if (then < 0 || now < then)
			continue;
		if (!arrival->on_bus) {
			forget(arrivals, arrival, &changes);
			continue;
		}
		arrival->overdue = true;
		change(&changes, arrivals, ARRIVAL_OVERDUE, arrival);
	}
	return changes;
}

bool arrival_wants_reset(const struct arrival *arrival, msec_t last_reset, msec_t now)
{
	return arrival->on_bus && usb_mode_use(arrival->usb.mode) == USB_WORK &&
	       (last_reset == 0 || now - last_reset >= ARRIVAL_RESET_PAUSE);
}

void arrivals_wait_again(struct arrivals *arrivals, unsigned at, msec_t now)
{
	arrivals->list[at].since = now;
	arrivals->list[at].overdue = false;
}

msec_t arrivals_deadline(const struct arrivals *arrivals)
{
	msec_t first = -1;

	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		msec_t then = due(arrivals, &arrivals->list[i]);

		if (then >= 0 && (first < 0 || then < first))
			first = then;
	}
	return first;
}
