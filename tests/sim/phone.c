/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated device on its cable: made, plugged, unplugged, restarted, and its open ports. */
#include "tests/sim/phone.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/channel.h"
#include "tests/sim/lockdown.h"
#include "tests/sim/mux.h"
#include "tests/sim/pairing.h"
#include "tests/sim/person.h"
#include "tests/sim/profiles.h"
#include "tests/sim/usb_cable.h"
#include "tests/sim/usb_door.h"
#include "tests/sim/values.h"

/* Where a system hands out ports on its own, as devices do. */
#define PORT_FIRST 49152
/* A host that starts services and never connects is refused the next one. */
#define PORTS_OPEN_MAX 64

/* Everything in a text that a careless host would trip over; usbmuxd passes it on. */
#define ODD_SERIAL "../\033[31m\n%s/00008101-001D3CE211C0AA22\r"

struct open_port {
	struct open_port *next; /* phone: ports */
	uint16_t port;
	const struct service *service;
	bool tls;
};

static int phone_make_values(struct phone *phone, const struct phone_plan *plan)
{
	const struct values_of of = { .udid = phone->udid,
				      .serial = phone->serial,
				      .ecid = plan->ecid,
				      .product = plan->product,
				      .os = plan->os,
				      .build = plan->build,
				      .name = plan->name,
				      .identity = phone->identity };

	return values_new(&of, &phone->values);
}

static int phone_make_faults(struct phone *phone, const struct phone_plan *plan)
{
	for (unsigned i = 0; i < plan->fault_count; i++) {
		int r = fault_set(&plan->faults[i], phone);

		if (r < 0)
			return r;
	}
	return 0;
}

int phone_new(struct bench *bench, const struct phone_plan *plan, struct phone **ret_phone)
{
	struct phone *phone = calloc(1, sizeof(*phone));
	int r = -ENOMEM;

	if (!phone)
		return -ENOMEM;
	phone->bench = bench;
	phone->setup = plan->setup;
	phone->mode = plan->mode;
	phone->locked = plan->setup.unlock_after != 0;
	phone->ecid = plan->ecid;
	phone->product_id = values_product_id(plan->product);
	phone->board_id = values_board_id(plan->product);
	phone->udid = strdup(plan->udid);
	phone->serial = strdup(plan->serial);
	phone->identity = identity_pool_get(bench->identities, bench->phone_count);
	phone->profiles = profile_store_new();
	if (phone->udid && phone->serial && phone->identity && phone->profiles)
		r = phone_make_values(phone, plan);
	if (r == 0)
		r = phone_make_faults(phone, plan);
	if (r < 0) {
		phone_free(phone);
		return r;
	}
	*ret_phone = phone;
	return 0;
}

static void ports_free(struct phone *phone)
{
	while (phone->ports) {
		struct open_port *next = phone->ports->next;

		free(phone->ports);
		phone->ports = next;
	}
}

static void channels_free(struct phone *phone)
{
	while (phone->channels)
		channel_free(phone->channels);
}

void phone_free(struct phone *phone)
{
	if (!phone)
		return;
	usb_cable_free(phone->cable);
	channels_free(phone);
	person_sees_unplug(phone);
	sd_event_source_disable_unref(phone->person);
	sd_event_source_disable_unref(phone->departure);
	sd_event_source_disable_unref(phone->restart);
	ports_free(phone);
	pairings_free(phone->pairings);
	profile_store_free(phone->profiles);
	plist_free(phone->values);
	plist_free(phone->faults);
	plist_free(phone->cloud_configuration);
	plist_free(phone->provisioning);
	plist_free(phone->stored_profile);
	rules_free(phone->rules);
	free(phone->udid);
	free(phone->serial);
	free(phone);
}

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void phone_take_handle(struct phone *phone, uint32_t handle)
{
	phone->handle = handle;
	phone->attached_us = now_us();
	phone->first_connect_us = 0;
}

static void phone_arrive(struct phone *phone)
{
	phone->location = bench_location(phone->bench, phone->location >> 16);
	phone->on_bus = true;
	if (phone->mode == MODE_NORMAL) {
		phone_take_handle(phone, ++phone->bench->last_handle);
		mux_attached(phone->bench, phone);
	}
	usb_door_offer(phone);
}

static void phone_leave(struct phone *phone)
{
	uint32_t handle = phone->handle;

	phone->departure = sd_event_source_disable_unref(phone->departure);
	phone->handle = 0;
	phone->on_bus = false;
	usb_cable_free(phone->cable);
	channels_free(phone);
	ports_free(phone);
	person_sees_unplug(phone);
	if (handle)
		mux_detached(phone->bench, handle);
}

void phone_plug(struct phone *phone)
{
	if (phone->plugged)
		return;
	phone->plugged = true;
	if (!phone->restart)
		phone_arrive(phone);
}

void phone_unplug(struct phone *phone)
{
	if (!phone->plugged)
		return;
	phone->plugged = false;
	phone_leave(phone);
}

static int restart_over(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	(void)usec;
	phone->restart = sd_event_source_disable_unref(phone->restart);
	if (phone->plugged)
		phone_arrive(phone);
	return 0;
}

/* Leaves the bus with the cable in; back after AWAY milliseconds. Returns 0 or a negative errno. */
static int phone_leave_for(struct phone *phone, int away)
{
	phone_leave(phone);
	return sd_event_add_time_relative(phone->bench->event, &phone->restart, CLOCK_MONOTONIC,
					  (uint64_t)away * 1000, 1, restart_over, phone);
}

static int vanish_now(sd_event_source *source, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	if (phone->away >= 0)
		return phone_leave_for(phone, phone->away);
	phone_unplug(phone);
	return 0;
}

/* CALL is made in the next round of the event loop, when no service is on the stack any more. What
 * was to happen then already is replaced: the phone leaves once. */
static void phone_depart(struct phone *phone, sd_event_handler_t call)
{
	phone->departure = sd_event_source_disable_unref(phone->departure);
	/* Without memory the phone stays, as one that hangs would. */
	(void)sd_event_add_defer(phone->bench->event, &phone->departure, call, phone);
}

void phone_vanish_for(struct phone *phone, int away)
{
	if (phone->restart)
		return;
	phone->away = away;
	phone_depart(phone, vanish_now);
}

void phone_change_mode(struct phone *phone, enum phone_mode mode, int away)
{
	if (phone->restart)
		return;
	phone->mode = mode;
	if (phone->on_bus)
		phone_vanish_for(phone, away);
}

void phone_vanish(struct phone *phone)
{
	phone_vanish_for(phone, -1);
}

static int drop_now(sd_event_source *source, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	phone->departure = sd_event_source_disable_unref(phone->departure);
	channels_free(phone);
	return 0;
}

void phone_drop_links(struct phone *phone)
{
	/* A phone that is about to leave drops them anyway. */
	if (!phone->departure)
		phone_depart(phone, drop_now);
}

void phone_count_connect(struct phone *phone)
{
	phone->connects++;
	if (!phone->first_connect_us)
		phone->first_connect_us = now_us();
}

void phone_renumber(struct phone *phone, uint32_t handle)
{
	channels_free(phone);
	ports_free(phone);
	phone_take_handle(phone, handle);
}

static int restart_now(sd_event_source *source, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	/* Whoever has a passcode has to enter it after a restart. */
	phone->locked = phone->setup.unlock_after != 0;
	return phone_leave_for(phone, phone->setup.reboot_time);
}

void phone_reboot(struct phone *phone)
{
	if (!phone->restart)
		phone_depart(phone, restart_now);
}

static struct open_port **port_find(struct phone *phone, uint16_t port)
{
	struct open_port **place = &phone->ports;

	while (*place && (*place)->port != port)
		place = &(*place)->next;
	return place;
}

uint16_t phone_open_port(struct phone *phone, const struct service *service, bool tls)
{
	struct open_port *open = calloc(1, sizeof(*open));
	uint16_t port = PORT_FIRST;

	while (*port_find(phone, port))
		port++;
	if (!open || port == PORT_FIRST + PORTS_OPEN_MAX) {
		free(open);
		return 0;
	}
	*open = (struct open_port){ phone->ports, port, service, tls };
	phone->ports = open;
	return port;
}

const struct service *phone_take_port(struct phone *phone, uint16_t port, bool *ret_tls)
{
	struct open_port **place = port_find(phone, port);
	struct open_port *open = *place;
	const struct service *service;

	if (port == LOCKDOWN_PORT) {
		*ret_tls = false;
		return &lockdown_service;
	}
	if (!open)
		return NULL;
	service = open->service;
	*ret_tls = open->tls;
	*place = open->next;
	free(open);
	return service;
}

/* The UDID of some other device on the bench, or its own where it is alone. */
static const char *other_udid(const struct phone *phone)
{
	const struct phone *other = phone->bench->phones;

	if (other == phone)
		other = phone->next;
	return other ? other->udid : phone->udid;
}

const char *phone_usb_serial(const struct phone *phone)
{
	switch (phone->usb_serial) {
	case USB_SERIAL_RIGHT:
		break;
	case USB_SERIAL_EMPTY:
		return "";
	case USB_SERIAL_ODD:
		return ODD_SERIAL;
	case USB_SERIAL_DOUBLE:
		return other_udid(phone);
	}
	return phone->udid;
}
