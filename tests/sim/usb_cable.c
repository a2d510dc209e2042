/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated device in the hands of a guest: transfers asked for, answered, taken back. */
#include "tests/sim/usb_cable.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/phone.h"
#include "tests/sim/stream.h"
#include "tests/sim/usb_answer.h"
#include "tests/sim/usb_door.h"
#include "tests/sim/usb_pipe.h"
#include "tests/sim/usb_session.h"
#include "tests/sim/usb_wire.h"

/* Transfers that wait: usbmuxd has three in and a few out, drivers of the kernel some more. */
#define PENDING_MAX 256

/* A transfer that is not answered yet. */
struct usb_urb {
	struct usb_urb *next; /* usb_cable: pending, in their order */
	struct usb_command command;
	unsigned char bytes[]; /* of one out */
};

struct usb_cable {
	struct phone *phone;
	struct stream *stream;
	struct usb_persona persona;
	struct usb_state state;
	struct usb_urb *pending;
	unsigned pending_count;
	struct usb_pipe pipe;
	struct usb_session *session;
	bool going; /* usb_cable_go_on is on the stack */
};

static void give_back(struct usb_cable *cable, const struct usb_command *command,
		      enum usb_status status, const void *bytes, size_t length)
{
	unsigned char head[USB_WIRE_HEADER];

	if (status == USB_DONE && command->in && command->short_not_ok && length < command->length)
		status = USB_SHORT;
	usb_return_put(head, command->number, status, (uint32_t)length);
	stream_write(cable->stream, head, sizeof(head));
	if (command->in && length)
		stream_write(cable->stream, bytes, length);
}

static uint8_t address_of(const struct usb_command *command)
{
	return command->endpoint | (command->in ? 0x80 : 0);
}

static bool is_mux(const struct usb_cable *cable, const struct usb_command *command)
{
	return usb_persona_muxes(&cable->persona, cable->state.configuration) &&
	       command->endpoint == (command->in ? USB_MUX_IN : USB_MUX_OUT);
}

static void urb_drop(struct usb_cable *cable, struct usb_urb **place)
{
	struct usb_urb *urb = *place;

	*place = urb->next;
	cable->pending_count--;
	free(urb);
}

static void urbs_free(struct usb_cable *cable)
{
	while (cable->pending)
		urb_drop(cable, &cable->pending);
}

/* Answers an out transfer, if what it brings can be taken now. */
static bool serve_out(struct usb_cable *cable, const struct usb_command *command,
		      const unsigned char *bytes)
{
	if (is_mux(cable, command)) {
		if (usb_pipe_full(&cable->pipe))
			return false;
		usb_session_take(cable->session, bytes, command->length,
				 command->length % USB_PACKET != 0 || !command->length);
	}
	/* The other endpoints take everything and are not listened to. */
	give_back(cable, command, USB_DONE, NULL, command->length);
	return true;
}

/* Answers an in transfer, if there is something for it. The other endpoints never have anything. */
static bool serve_in(struct usb_cable *cable, const struct usb_command *command)
{
	const unsigned char *part;
	size_t length;

	if (!is_mux(cable, command) ||
	    !usb_pipe_part(&cable->pipe, command->length, &part, &length))
		return false;
	give_back(cable, command, USB_DONE, part, length);
	usb_pipe_sent(&cable->pipe, command->length);
	return true;
}

static bool serve(struct usb_cable *cable, const struct usb_urb *urb)
{
	const struct usb_command *command = &urb->command;

	if (!usb_state_open(&cable->state, &cable->persona, address_of(command))) {
		give_back(cable, command, USB_STALL, NULL, 0);
		return true;
	}
	return command->in ? serve_in(cable, command) : serve_out(cable, command, urb->bytes);
}

/* Whether an earlier transfer of the same endpoint, up to UNTIL, waits: they keep their order. */
static bool has_earlier(const struct usb_cable *cable, const struct usb_urb *until)
{
	for (const struct usb_urb *urb = cable->pending; urb != until; urb = urb->next) {
		if (address_of(&urb->command) == address_of(&until->command))
			return true;
	}
	return false;
}

/* Goes once through the transfers that wait. Returns whether one was answered. */
static bool serve_pending(struct usb_cable *cable)
{
	struct usb_urb **place = &cable->pending;
	bool any = false;

	while (*place) {
		if (!has_earlier(cable, *place) && serve(cable, *place)) {
			urb_drop(cable, place);
			any = true;
		} else {
			place = &(*place)->next;
		}
	}
	return any;
}

/* Until nothing moves: an answer makes room, for which the session has more. */
static void cable_go_on(struct usb_cable *cable)
{
	if (cable->going)
		return;
	cable->going = true;
	do {
		usb_session_go_on(cable->session);
	} while (serve_pending(cable));
	cable->going = false;
}

static void cable_stir(void *userdata)
{
	cable_go_on(userdata);
}

/* On endpoint 0, where the answer is there at once. */
static void take_control(struct usb_cable *cable, const struct usb_command *command)
{
	unsigned restarts = cable->state.restarts;
	unsigned char answer[USB_DESCRIPTOR_MAX];
	int length = usb_answer(&cable->state, &cable->persona, command->setup, answer);

	if (length < 0) {
		give_back(cable, command, USB_STALL, NULL, 0);
		return;
	}
	if (cable->state.restarts != restarts)
		usb_session_restart(cable->session);
	if ((size_t)length > command->length)
		length = (int)command->length;
	give_back(cable, command, USB_DONE, answer, (size_t)length);
}

/* Returns 0, or below when the guest asks for too much or memory is out. */
static int take_submit(struct usb_cable *cable, const struct usb_command *command)
{
	size_t length = command->in ? 0 : command->length;
	struct usb_urb **end = &cable->pending;
	struct usb_urb *urb;

	if (!command->endpoint) {
		take_control(cable, command);
		return 0;
	}
	if (cable->pending_count == PENDING_MAX)
		return -ENOBUFS;
	urb = malloc(sizeof(*urb) + length);
	if (!urb)
		return -ENOMEM;
	urb->next = NULL;
	urb->command = *command;
	urb->command.out = NULL; /* the bytes move */
	if (length)
		memcpy(urb->bytes, command->out, length);
	while (*end)
		end = &(*end)->next;
	*end = urb;
	cable->pending_count++;
	return 0;
}

static void take_unlink(struct usb_cable *cable, const struct usb_command *command)
{
	struct usb_urb **place = &cable->pending;
	enum usb_status status = USB_DONE;
	unsigned char head[USB_WIRE_HEADER];

	while (*place && (*place)->command.number != command->victim)
		place = &(*place)->next;
	if (*place) {
		urb_drop(cable, place);
		status = USB_UNLINKED;
	}
	usb_unlinked_put(head, command->number, status);
	stream_write(cable->stream, head, sizeof(head));
}

/* Returns 1 after a command, 0 when none is whole, or below when none can follow. */
static int cable_next(struct usb_cable *cable)
{
	struct usb_command command;
	size_t length;
	const unsigned char *from = stream_input(cable->stream, &length);
	int whole = usb_command_look(from, length, &command);
	int r = 0;

	if (whole <= 0)
		return whole;
	switch (command.kind) {
	case USB_SUBMIT:
		r = take_submit(cable, &command);
		break;
	case USB_UNLINK:
		take_unlink(cable, &command);
		break;
	}
	stream_use(cable->stream, (size_t)whole);
	cable_go_on(cable);
	return r < 0 ? r : 1;
}

/* The guest is gone or has lost its way; the phone is still plugged in, for the next one. */
static void cable_lost(struct usb_cable *cable)
{
	struct phone *phone = cable->phone;

	usb_cable_free(cable);
	usb_door_offer(phone);
}

static void cable_ready(void *owner)
{
	struct usb_cable *cable = owner;
	int r = 1;

	while (r > 0 && stream_waiting(cable->stream) < STREAM_OUTPUT_FULL)
		r = cable_next(cable);
	if (r < 0)
		cable_lost(cable);
}

static void cable_gone(void *owner)
{
	cable_lost(owner);
}

int usb_cable_new(struct phone *phone, struct stream *stream)
{
	static const struct stream_owner calls = { cable_ready, cable_gone };
	struct usb_cable *cable = calloc(1, sizeof(*cable));

	if (cable)
		cable->session = usb_session_new(phone, &cable->pipe, cable_stir, cable);
	if (!cable || !cable->session) {
		free(cable);
		stream_free(stream);
		return -ENOMEM;
	}
	cable->phone = phone;
	cable->stream = stream;
	usb_persona_of(phone, &cable->persona);
	stream_give(stream, &calls, cable);
	phone->cable = cable;
	return 0;
}

void usb_cable_start(struct usb_cable *cable)
{
	cable_ready(cable);
}

void usb_cable_free(struct usb_cable *cable)
{
	if (!cable)
		return;
	cable->phone->cable = NULL;
	usb_session_free(cable->session);
	usb_pipe_clear(&cable->pipe);
	urbs_free(cable);
	stream_free(cable->stream);
	free(cable);
}
