/* SPDX-License-Identifier: Apache-2.0 */
/* USB/IP on the wire: big-endian fields at fixed places (doc/usb-bench.md). */
#include "tests/sim/usb_wire.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/usb_number.h"

#define VERSION		0x0111
#define PATH_LENGTH	256
#define SPEED_HIGH	3
#define RETURN_SUBMIT	3
#define RETURN_UNLINK	4
#define SHORT_NOT_OK	1U
#define NOT_ISOCHRONOUS 0xffffffffU

int usb_op_look(const unsigned char *bytes, size_t length, struct usb_op *ret_op)
{
	struct usb_op op = { 0 };

	if (length < USB_WIRE_OP)
		return 0;
	if (usb_get16(bytes) != VERSION)
		return -EBADMSG;
	if (usb_get16(bytes + 2) == USB_OP_LIST) {
		op.code = USB_OP_LIST;
		*ret_op = op;
		return USB_WIRE_OP;
	}
	if (usb_get16(bytes + 2) != USB_OP_IMPORT)
		return -EBADMSG;
	if (length < USB_WIRE_OP + USB_WIRE_BUS_ID)
		return 0;
	if (!memchr(bytes + USB_WIRE_OP, 0, USB_WIRE_BUS_ID))
		return -EBADMSG;
	op.code = USB_OP_IMPORT;
	memcpy(op.bus_id, bytes + USB_WIRE_OP, USB_WIRE_BUS_ID);
	*ret_op = op;
	return USB_WIRE_OP + USB_WIRE_BUS_ID;
}

/* The head of a submit; its payload is not looked at. */
static int submit_look(const unsigned char *bytes, struct usb_command *ret_command)
{
	uint32_t packets = usb_get32(bytes + 32);

	/* No device here has isochronous endpoints. */
	if (usb_get32(bytes + 12) > 1 || usb_get32(bytes + 16) > 15 ||
	    (packets && packets != NOT_ISOCHRONOUS))
		return -EBADMSG;
	ret_command->in = usb_get32(bytes + 12);
	ret_command->endpoint = (uint8_t)usb_get32(bytes + 16);
	ret_command->short_not_ok = usb_get32(bytes + 20) & SHORT_NOT_OK;
	ret_command->length = usb_get32(bytes + 24);
	memcpy(ret_command->setup, bytes + 40, sizeof(ret_command->setup));
	if (!ret_command->in && ret_command->length > USB_WIRE_OUT_MAX)
		return -EBADMSG;
	return 0;
}

int usb_command_look(const unsigned char *bytes, size_t length, struct usb_command *ret_command)
{
	struct usb_command command = { 0 };
	size_t whole = USB_WIRE_HEADER;

	if (length < USB_WIRE_HEADER)
		return 0;
	command.number = usb_get32(bytes + 4);
	switch (usb_get32(bytes)) {
	case USB_SUBMIT:
		command.kind = USB_SUBMIT;
		if (submit_look(bytes, &command) < 0)
			return -EBADMSG;
		break;
	case USB_UNLINK:
		command.kind = USB_UNLINK;
		command.victim = usb_get32(bytes + 20);
		break;
	default: /* a stranger's number, not an enum of ours */
		return -EBADMSG;
	}
	if (command.kind == USB_SUBMIT && !command.in) {
		command.out = bytes + whole;
		whole += command.length;
	}
	if (length < whole)
		return 0;
	*ret_command = command;
	return (int)whole;
}

void usb_op_answer(unsigned char to[USB_WIRE_OP], enum usb_op_code code, bool good)
{
	usb_put16(to, VERSION);
	usb_put16(to + 2, (uint16_t)code & 0x7fff);
	usb_put32(to + 4, !good);
}

void usb_offer_put(unsigned char to[USB_WIRE_DEVICE], const struct usb_offer *offer)
{
	unsigned char *at = to + PATH_LENGTH;

	memset(to, 0, USB_WIRE_DEVICE);
	snprintf((char *)to, PATH_LENGTH, "/sys/devices/muster-sim/usb%u/%s", offer->bus,
		 offer->bus_id);
	memcpy(at, offer->bus_id, sizeof(offer->bus_id));
	at += USB_WIRE_BUS_ID;
	usb_put32(at, offer->bus);
	usb_put32(at + 4, offer->address);
	usb_put32(at + 8, SPEED_HIGH);
	usb_put16(at + 12, offer->vendor);
	usb_put16(at + 14, offer->product);
	usb_put16(at + 16, offer->release);
	/* Class, subclass, protocol and configuration are 0: each interface has its own, and
	 * nobody has chosen one. So there are no interfaces to tell of either. */
	at[22] = offer->configurations;
}

void usb_return_put(unsigned char to[USB_WIRE_HEADER], uint32_t number, enum usb_status status,
		    uint32_t actual)
{
	memset(to, 0, USB_WIRE_HEADER);
	usb_put32(to, RETURN_SUBMIT);
	usb_put32(to + 4, number);
	usb_put32(to + 20, (uint32_t)status);
	usb_put32(to + 24, actual);
}

void usb_unlinked_put(unsigned char to[USB_WIRE_HEADER], uint32_t number, enum usb_status status)
{
	memset(to, 0, USB_WIRE_HEADER);
	usb_put32(to, RETURN_UNLINK);
	usb_put32(to + 4, number);
	usb_put32(to + 20, (uint32_t)status);
}
