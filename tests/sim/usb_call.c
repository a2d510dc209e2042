/* SPDX-License-Identifier: Apache-2.0 */
/* One connection over USB: sequence numbers and windows, and a socket pair to the service. usbmuxd
 * knows SYN, ACK and RST only, and drops a connection for any other flags (doc/usb-bench.md). */
#include "tests/sim/usb_call.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/phone.h"
#include "tests/sim/stream.h"
#include "tests/sim/usb_packet.h"
#include "tests/sim/usb_session.h"

/* What the device takes before the service has read it; as usbmuxd on its side. */
#define WINDOW_MAX (128U << 10)
/* No host has so much on its way, whatever window it tells of. */
#define FLIGHT_MAX (256U << 10)
/* Of what a service says, so much is taken from its socket before it is sent. */
#define UNSENT_MAX ((size_t)256 << 10)
/* Windows are told in units of so many bytes. */
#define WINDOW_SHIFT 8

static const char refusal[] = "connection refused";

static void call_send(struct usb_call *call, uint8_t flags, const unsigned char *payload,
		      size_t length)
{
	size_t kept = call->stream ? stream_waiting(call->stream) : 0;
	uint16_t window = kept < WINDOW_MAX ? (uint16_t)((WINDOW_MAX - kept) >> WINDOW_SHIFT) : 0;
	const struct usb_segment segment = { .from = call->phone_port,
					     .to = call->host_port,
					     .sequence = call->sequence,
					     .acknowledged = call->expected,
					     .flags = flags,
					     .window = window,
					     .payload = payload,
					     .length = length };

	usb_session_send(call->session, &segment);
	call->edge = call->expected + ((uint32_t)window << WINDOW_SHIFT);
}

void usb_call_refuse(struct usb_session *session, const struct usb_segment *segment)
{
	const struct usb_segment answer = { .from = segment->to,
					    .to = segment->from,
					    .sequence = segment->acknowledged,
					    .acknowledged = segment->sequence + 1,
					    .flags = USB_RST,
					    .payload = (const unsigned char *)refusal,
					    .length = sizeof(refusal) - 1 };

	usb_session_send(session, &answer);
}

static void call_reset(struct usb_call *call)
{
	call_send(call, USB_RST, NULL, 0);
}

static void call_ready(void *owner)
{
	const struct usb_call *call = owner;

	usb_session_stir(call->session);
}

/* The service has closed: what it said is sent, and then it ends. Without memory it ends early. */
static void call_gone(void *owner)
{
	struct usb_call *call = owner;
	size_t length;
	const unsigned char *from = stream_input(call->stream, &length);

	(void)bytes_add(&call->unsent, from, length);
	stream_free(call->stream);
	call->stream = NULL;
	usb_session_stir(call->session);
}

/* Connects CALL to SERVICE. Returns 0, or below without memory or descriptors. */
static int call_connect(struct usb_call *call, const struct service *service, bool tls)
{
	static const struct stream_owner calls = { call_ready, call_gone };
	struct phone *phone = usb_session_phone(call->session);
	sd_event *event = phone->bench->event;
	struct stream *other;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
		return -1;
	if (stream_new(event, pair[0], &call->stream) < 0) {
		close(pair[1]);
		return -1;
	}
	stream_give(call->stream, &calls, call);
	if (stream_new(event, pair[1], &other) < 0)
		return -1;
	return channel_new(phone, service, tls, other);
}

struct usb_call *usb_call_new(struct usb_session *session, const struct usb_segment *segment)
{
	struct phone *phone = usb_session_phone(session);
	bool tls;
	const struct service *service = phone_take_port(phone, segment->to, &tls);
	struct usb_call *call = service ? calloc(1, sizeof(*call)) : NULL;

	if (!call) {
		phone->bench->refused++;
		return NULL;
	}
	*call = (struct usb_call){ .session = session,
				   .host_port = segment->from,
				   .phone_port = segment->to,
				   .window = (uint32_t)segment->window << WINDOW_SHIFT,
				   .expected = segment->sequence + 1 };
	if (call_connect(call, service, tls) < 0) {
		usb_call_free(call);
		return NULL;
	}
	phone_count_connect(phone);
	call_send(call, USB_SYN | USB_ACK, NULL, 0);
	call->sequence++;
	return call;
}

void usb_call_free(struct usb_call *call)
{
	stream_free(call->stream);
	bytes_done(&call->unsent);
	free(call);
}

bool usb_call_is(const struct usb_call *call, const struct usb_segment *segment)
{
	return call->host_port == segment->from && call->phone_port == segment->to;
}

/* A host keeps to the order, to what was sent to it, and to the window; no packet is ever lost. */
static bool segment_fits(const struct usb_call *call, const struct usb_segment *segment)
{
	uint32_t end = segment->sequence + (uint32_t)segment->length;

	return segment->flags == USB_ACK &&
	       segment->acknowledged - call->acknowledged <= call->sequence - call->acknowledged &&
	       segment->sequence == call->expected && (int32_t)(call->edge - end) >= 0;
}

bool usb_call_take(struct usb_call *call, const struct usb_segment *segment)
{
	if (segment->flags & USB_RST)
		return false;
	if (!segment_fits(call, segment)) {
		call_reset(call);
		return false;
	}
	call->acknowledged = segment->acknowledged;
	call->window = (uint32_t)segment->window << WINDOW_SHIFT;
	if (segment->length) {
		/* What comes after the service has closed is lost, as everywhere. */
		if (call->stream)
			stream_write(call->stream, segment->payload, segment->length);
		call->expected += (uint32_t)segment->length;
		call_send(call, USB_ACK, NULL, 0);
	}
	return usb_call_go_on(call);
}

/* How much the host takes now. */
static size_t call_room(const struct usb_call *call)
{
	uint32_t window = call->window < FLIGHT_MAX ? call->window : FLIGHT_MAX;
	uint32_t flight = call->sequence - call->acknowledged;

	return flight < window ? window - flight : 0;
}

static void call_collect(struct usb_call *call)
{
	size_t length = 0;
	const unsigned char *from = call->stream ? stream_input(call->stream, &length) : NULL;

	if (!length || call->unsent.length >= UNSENT_MAX)
		return;
	if (bytes_add(&call->unsent, from, length) == 0)
		stream_use(call->stream, length);
}

/* Sends one segment of what waits. False: there is nothing, or no room. */
static bool call_push(struct usb_call *call)
{
	size_t length;

	call_collect(call);
	length = call->unsent.length;
	if (length > call_room(call))
		length = call_room(call);
	if (length > USB_SEGMENT_MAX)
		length = USB_SEGMENT_MAX;
	if (!length || usb_session_full(call->session))
		return false;
	call_send(call, USB_ACK, bytes_at(&call->unsent), length);
	call->sequence += (uint32_t)length;
	bytes_drop(&call->unsent, length);
	return true;
}

bool usb_call_go_on(struct usb_call *call)
{
	while (call_push(call))
		;
	if (!call->stream && !call->unsent.length && call->acknowledged == call->sequence) {
		call_reset(call);
		return false;
	}
	/* The service has read: the host may send more. */
	if (call->stream && !stream_waiting(call->stream) &&
	    call->edge - call->expected < WINDOW_MAX / 2)
		call_send(call, USB_ACK, NULL, 0);
	return true;
}
