/* SPDX-License-Identifier: Apache-2.0 */
/* One connection of a host to a port of a device, in segments over USB. */
#ifndef TESTS_SIM_USB_CALL_H
#define TESTS_SIM_USB_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/sim/bytes.h"

struct stream;
struct usb_segment;
struct usb_session;

struct usb_call {
	struct usb_call *next; /* usb_session: calls */
	struct usb_session *session;
	uint16_t host_port, phone_port;
	uint32_t sequence;     /* of the next byte to the host */
	uint32_t acknowledged; /* by the host */
	uint32_t window;       /* how much the host takes beyond that, in bytes */
	uint32_t expected;     /* of the next byte from the host */
	uint32_t edge;	       /* the host may send up to here */
	struct stream *stream; /* to the service; NULL: it has closed */
	struct bytes unsent;   /* of what the service says */
};

/* Answers the SYN in SEGMENT: with SYN and ACK, when something listens on the port. NULL when
 * nothing does; then nothing was sent. */
struct usb_call *usb_call_new(struct usb_session *session, const struct usb_segment *segment);
/* Closes the connection to the service without a word to the host. */
void usb_call_free(struct usb_call *call);

/* Whether SEGMENT belongs to CALL. */
bool usb_call_is(const struct usb_call *call, const struct usb_segment *segment);
/* A segment of CALL has come. False: the call is over, and to be freed. */
bool usb_call_take(struct usb_call *call, const struct usb_segment *segment);
/* Sends what can be sent now. False: the call is over, and to be freed. */
bool usb_call_go_on(struct usb_call *call);

/* Answers SEGMENT, which belongs to no call, with RST. */
void usb_call_refuse(struct usb_session *session, const struct usb_segment *segment);

#endif
