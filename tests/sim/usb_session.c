/* SPDX-License-Identifier: Apache-2.0 */
/* The device's side of usbmux over USB: packets taken apart, and given to the connections. */
#include "tests/sim/usb_session.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bytes.h"
#include "tests/sim/phone.h"
#include "tests/sim/usb_call.h"
#include "tests/sim/usb_packet.h"
#include "tests/sim/usb_pipe.h"

/* A host that opens more at a time is refused; a busy station has a dozen. */
#define CALLS_MAX 256
/* First byte of a control packet that says what is wrong. */
#define CONTROL_ERROR 3

struct usb_session {
	struct phone *phone;
	struct usb_pipe *pipe;
	void (*stir)(void *userdata);
	void *userdata;
	unsigned version; /* 0: not agreed on */
	uint16_t sent, received;
	struct bytes input;
	struct usb_call *calls;
	unsigned call_count;
};

struct phone *usb_session_phone(struct usb_session *session)
{
	return session->phone;
}

bool usb_session_full(const struct usb_session *session)
{
	return usb_pipe_full(session->pipe);
}

void usb_session_stir(struct usb_session *session)
{
	session->stir(session->userdata);
}

/* HEAD is put between the packet's own and its payload. Without memory the packet is lost, and the
 * host waits for it: as with a device that hangs. */
static void packet_send(struct usb_session *session, enum usb_protocol protocol, const void *head,
			size_t head_length, const struct usb_segment *segment)
{
	unsigned char bytes[USB_HEAD_2 + USB_SEGMENT_HEAD];
	size_t payload = segment ? segment->length : 0;
	const struct usb_packet packet = { .protocol = protocol,
					   .sent = session->sent,
					   .received = session->received,
					   .length = head_length + payload };
	size_t length = usb_packet_put(bytes, session->version, &packet);

	if (protocol != USB_PROTOCOL_VERSION)
		session->sent++;
	memcpy(bytes + length, head, head_length);
	(void)usb_pipe_add(session->pipe, bytes, length + head_length,
			   segment ? segment->payload : NULL, payload);
}

void usb_session_send(struct usb_session *session, const struct usb_segment *segment)
{
	unsigned char head[USB_SEGMENT_HEAD];

	usb_segment_put(head, segment);
	packet_send(session, USB_PROTOCOL_TCP, head, sizeof(head), segment);
}

/* Tells the host what was wrong, in at most 16 letters. */
static void complain(struct usb_session *session, const char *what)
{
	unsigned char bytes[USB_SEGMENT_HEAD] = { CONTROL_ERROR };
	size_t length = strlen(what);

	memcpy(bytes + 1, what, length);
	if (session->version)
		packet_send(session, USB_PROTOCOL_CONTROL, bytes, 1 + length, NULL);
}

static void calls_free(struct usb_session *session)
{
	while (session->calls) {
		struct usb_call *next = session->calls->next;

		usb_call_free(session->calls);
		session->calls = next;
	}
	session->call_count = 0;
}

void usb_session_restart(struct usb_session *session)
{
	calls_free(session);
	usb_pipe_clear(session->pipe);
	bytes_done(&session->input);
	session->version = 0;
	session->sent = 0;
	session->received = 0;
}

/* The host is new here: whatever was before is over. Its bytes stay. */
static void take_version(struct usb_session *session, const struct usb_packet *packet)
{
	unsigned version = usb_version_look(packet->payload, packet->length);
	unsigned char answer[USB_VERSION_BYTES];

	if (!version) {
		complain(session, "bad version");
		return;
	}
	calls_free(session);
	usb_pipe_clear(session->pipe);
	session->sent = 0;
	session->received = 0;
	session->version = version;
	usb_version_put(answer, version);
	packet_send(session, USB_PROTOCOL_VERSION, answer, sizeof(answer), NULL);
}

static struct usb_call **call_find(struct usb_session *session, const struct usb_segment *segment)
{
	struct usb_call **place = &session->calls;

	while (*place && !usb_call_is(*place, segment))
		place = &(*place)->next;
	return place;
}

/* Takes the ended call at PLACE off the list. */
static void call_drop(struct usb_session *session, struct usb_call **place)
{
	struct usb_call *call = *place;

	*place = call->next;
	session->call_count--;
	usb_call_free(call);
}

static void take_segment(struct usb_session *session, const struct usb_segment *segment)
{
	struct usb_call **place = call_find(session, segment);
	struct usb_call *call = *place;

	if (call) {
		if (!usb_call_take(call, segment))
			call_drop(session, place);
		return;
	}
	if (segment->flags == USB_SYN && session->call_count < CALLS_MAX)
		call = usb_call_new(session, segment);
	if (call) {
		call->next = session->calls;
		session->calls = call;
		session->call_count++;
	} else if (!(segment->flags & USB_RST)) {
		usb_call_refuse(session, segment);
	}
}

static void take_tcp(struct usb_session *session, const struct usb_packet *packet)
{
	struct usb_segment segment;

	if (usb_segment_look(packet->payload, packet->length, &segment) < 0)
		complain(session, "bad segment");
	else
		take_segment(session, &segment);
}

static void take_packet(struct usb_session *session, const struct usb_packet *packet)
{
	if (packet->protocol == USB_PROTOCOL_VERSION) {
		take_version(session, packet);
		return;
	}
	/* Nothing else is said before the versions. */
	if (!session->version)
		return;
	session->received = packet->sent;
	if (packet->protocol == USB_PROTOCOL_SETUP)
		session->sent = 0;
	else if (packet->protocol == USB_PROTOCOL_TCP)
		take_tcp(session, packet);
	else if (packet->protocol != USB_PROTOCOL_CONTROL)
		complain(session, "bad protocol");
}

void usb_session_take(struct usb_session *session, const unsigned char *bytes, size_t length,
		      bool end)
{
	struct usb_packet packet;
	int r;

	if (bytes_add(&session->input, bytes, length) < 0)
		return;
	while ((r = usb_packet_look(bytes_at(&session->input), session->input.length,
				    session->version, &packet)) > 0) {
		take_packet(session, &packet);
		bytes_drop(&session->input, (size_t)r);
	}
	if (r == 0 && !(end && session->input.length))
		return;
	/* No packet, or half of one in a whole transfer: the next transfer begins anew. */
	bytes_drop(&session->input, session->input.length);
	complain(session, "bad packet");
}

void usb_session_go_on(struct usb_session *session)
{
	struct usb_call **place = &session->calls;

	while (*place) {
		if (usb_call_go_on(*place))
			place = &(*place)->next;
		else
			call_drop(session, place);
	}
}

struct usb_session *usb_session_new(struct phone *phone, struct usb_pipe *pipe,
				    void (*stir)(void *userdata), void *userdata)
{
	struct usb_session *session = calloc(1, sizeof(*session));

	if (session)
		*session = (struct usb_session){
			.phone = phone, .pipe = pipe, .stir = stir, .userdata = userdata
		};
	return session;
}

void usb_session_free(struct usb_session *session)
{
	if (!session)
		return;
	calls_free(session);
	bytes_done(&session->input);
	free(session);
}
