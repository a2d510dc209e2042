/* SPDX-License-Identifier: Apache-2.0 */
/* The USB/IP server: lists the devices, and gives them to the guests that ask for their ports. */
#include "tests/sim/usb_door.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/phone.h"
#include "tests/sim/stream.h"
#include "tests/sim/usb_cable.h"
#include "tests/sim/usb_number.h"
#include "tests/sim/usb_persona.h"
#include "tests/sim/usb_wire.h"

/* Connections that wait or have not said what they want; then the next one is closed. */
#define GUESTS_MAX 1024

/* Who has asked for nothing yet, or for a port that nothing is in. */
struct usb_guest {
	struct usb_guest *next; /* usb_door: guests, the oldest first */
	struct usb_door *door;
	struct stream *stream;
	unsigned port; /* 0: has not asked */
	bool done;     /* everything was said; only the end is waited for */
};

struct usb_door {
	struct bench *bench;
	struct usb_guest *guests;
	unsigned guest_count;
};

static void offer_of(const struct phone *phone, struct usb_offer *ret_offer)
{
	struct usb_persona persona;

	usb_persona_of(phone, &persona);
	*ret_offer = (struct usb_offer){ .bus = phone->location >> 16,
					 .address = phone->location & 0xffff,
					 .vendor = USB_VENDOR_APPLE,
					 .product = persona.product,
					 .release = USB_RELEASE,
					 .configurations = usb_persona_configurations(&persona) };
	snprintf(ret_offer->bus_id, sizeof(ret_offer->bus_id), "1-%u", phone->port);
}

static void offer_write(struct stream *stream, const struct phone *phone)
{
	unsigned char bytes[USB_WIRE_DEVICE];
	struct usb_offer offer;

	offer_of(phone, &offer);
	usb_offer_put(bytes, &offer);
	stream_write(stream, bytes, sizeof(bytes));
}

/* Leaves the connection to the caller. */
static struct stream *guest_free(struct usb_guest *guest)
{
	struct usb_guest **place = &guest->door->guests;
	struct stream *stream = guest->stream;

	while (*place != guest)
		place = &(*place)->next;
	*place = guest->next;
	guest->door->guest_count--;
	free(guest);
	return stream;
}

static void answer_list(struct usb_guest *guest)
{
	unsigned char head[USB_WIRE_OP + 4] = { 0 };
	unsigned count = 0;

	for (const struct phone *phone = guest->door->bench->phones; phone; phone = phone->next)
		count += phone->on_bus;
	usb_op_answer(head, USB_OP_LIST, true);
	usb_put32(head + USB_WIRE_OP, count);
	stream_write(guest->stream, head, sizeof(head));
	for (const struct phone *phone = guest->door->bench->phones; phone; phone = phone->next) {
		if (phone->on_bus)
			offer_write(guest->stream, phone);
	}
}

/* The port of the bus id, or 0. */
static unsigned port_of(const char *bus_id)
{
	unsigned port = 0;
	char again[USB_WIRE_BUS_ID];

	if (sscanf(bus_id, "1-%4u", &port) != 1 || port > PORTS_MAX)
		return 0;
	/* And in this form only. */
	snprintf(again, sizeof(again), "1-%u", port);
	return strcmp(again, bus_id) == 0 ? port : 0;
}

static void give(struct usb_guest *guest, struct phone *phone)
{
	struct stream *stream = guest_free(guest);
	unsigned char head[USB_WIRE_OP];

	usb_op_answer(head, USB_OP_IMPORT, true);
	stream_write(stream, head, sizeof(head));
	offer_write(stream, phone);
	if (usb_cable_new(phone, stream) == 0)
		usb_cable_start(phone->cable);
}

static bool may_have(const struct usb_guest *guest, const struct phone *phone)
{
	return phone->on_bus && !phone->cable && phone->port == guest->port;
}

/* GUEST gets the phone in its port, if there is one to be had. */
static void guest_look(struct usb_guest *guest)
{
	for (struct phone *phone = guest->door->bench->phones; phone; phone = phone->next) {
		if (may_have(guest, phone)) {
			give(guest, phone);
			return;
		}
	}
}

void usb_door_offer(struct phone *phone)
{
	struct usb_door *door = phone->bench->usb;

	for (struct usb_guest *guest = door ? door->guests : NULL; guest; guest = guest->next) {
		if (may_have(guest, phone)) {
			give(guest, phone);
			return;
		}
	}
}

/* Nothing more is heard from GUEST. */
static void guest_end(struct usb_guest *guest)
{
	guest->done = true;
	stream_finish(guest->stream);
}

static void guest_import(struct usb_guest *guest, const struct usb_op *op)
{
	unsigned char head[USB_WIRE_OP];

	guest->port = port_of(op->bus_id);
	if (guest->port) {
		guest_look(guest);
		return;
	}
	usb_op_answer(head, USB_OP_IMPORT, false);
	stream_write(guest->stream, head, sizeof(head));
	guest_end(guest);
}

static void guest_ready(void *owner)
{
	struct usb_guest *guest = owner;
	size_t length;
	const unsigned char *from = stream_input(guest->stream, &length);
	struct usb_op op;
	int whole;

	/* What comes while it waits is for the device. */
	if (guest->port || guest->done)
		return;
	whole = usb_op_look(from, length, &op);
	if (whole < 0) {
		stream_free(guest_free(guest));
		return;
	}
	if (whole == 0)
		return;
	stream_use(guest->stream, (size_t)whole);
	switch (op.code) {
	case USB_OP_LIST:
		answer_list(guest);
		guest_end(guest);
		break;
	case USB_OP_IMPORT:
		guest_import(guest, &op);
		break;
	}
}

static void guest_gone(void *owner)
{
	stream_free(guest_free(owner));
}

int usb_door_accept(struct usb_door *door, int fd)
{
	static const struct stream_owner calls = { guest_ready, guest_gone };
	struct usb_guest **end = &door->guests;
	struct usb_guest *guest = door->guest_count < GUESTS_MAX ? calloc(1, sizeof(*guest)) : NULL;
	struct stream *stream;
	int r = stream_new(door->bench->event, fd, &stream);

	if (r < 0 || !guest) {
		if (r == 0)
			stream_free(stream);
		free(guest);
		return -ENOMEM;
	}
	*guest = (struct usb_guest){ .door = door, .stream = stream };
	while (*end)
		end = &(*end)->next;
	*end = guest;
	door->guest_count++;
	stream_give(stream, &calls, guest);
	return 0;
}

int usb_door_new(struct bench *bench)
{
	struct usb_door *door = calloc(1, sizeof(*door));

	if (!door)
		return -ENOMEM;
	door->bench = bench;
	bench->usb = door;
	return 0;
}

void usb_door_free(struct usb_door *door)
{
	if (!door)
		return;
	door->bench->usb = NULL;
	while (door->guests)
		stream_free(guest_free(door->guests));
	free(door);
}
