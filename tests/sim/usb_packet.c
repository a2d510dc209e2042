/* SPDX-License-Identifier: Apache-2.0 */
/* Packets of usbmux over USB: big-endian fields at fixed places (doc/usb-bench.md). */
#include "tests/sim/usb_packet.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "tests/sim/usb_number.h"

#define MAGIC_HOST   0xfeedface
#define MAGIC_DEVICE 0xfaceface
#define VERSION_BEST 2

/* Packets that agree on the version have the head of version 1. */
static size_t head_of(unsigned version, uint32_t protocol)
{
	return version >= 2 && protocol != USB_PROTOCOL_VERSION ? USB_HEAD_2 : USB_HEAD_1;
}

int usb_packet_look(const unsigned char *bytes, size_t length, unsigned version,
		    struct usb_packet *ret_packet)
{
	struct usb_packet packet = { 0 };
	uint32_t whole;
	size_t head;

	if (length < USB_HEAD_1)
		return 0;
	packet.protocol = usb_get32(bytes);
	whole = usb_get32(bytes + 4);
	head = head_of(version, packet.protocol);
	if (whole < head || whole > USB_PACKET_MAX)
		return -EBADMSG;
	if (length < whole)
		return 0;
	if (head == USB_HEAD_2) {
		if (usb_get32(bytes + 8) != MAGIC_HOST)
			return -EBADMSG;
		packet.sent = usb_get16(bytes + 12);
		packet.received = usb_get16(bytes + 14);
	}
	packet.payload = bytes + head;
	packet.length = whole - head;
	*ret_packet = packet;
	return (int)whole;
}

size_t usb_packet_put(unsigned char to[USB_HEAD_2], unsigned version,
		      const struct usb_packet *packet)
{
	size_t head = head_of(version, packet->protocol);

	usb_put32(to, packet->protocol);
	usb_put32(to + 4, (uint32_t)(head + packet->length));
	if (head == USB_HEAD_2) {
		usb_put32(to + 8, MAGIC_DEVICE);
		usb_put16(to + 12, packet->sent);
		usb_put16(to + 14, packet->received);
	}
	return head;
}

int usb_segment_look(const unsigned char *bytes, size_t length, struct usb_segment *ret_segment)
{
	size_t head;

	if (length < USB_SEGMENT_HEAD)
		return -EBADMSG;
	head = (size_t)(bytes[12] >> 4) * 4;
	if (head < USB_SEGMENT_HEAD || head > length)
		return -EBADMSG;
	*ret_segment = (struct usb_segment){ .from = usb_get16(bytes),
					     .to = usb_get16(bytes + 2),
					     .sequence = usb_get32(bytes + 4),
					     .acknowledged = usb_get32(bytes + 8),
					     .flags = bytes[13],
					     .window = usb_get16(bytes + 14),
					     .payload = bytes + head,
					     .length = length - head };
	return 0;
}

void usb_segment_put(unsigned char to[USB_SEGMENT_HEAD], const struct usb_segment *segment)
{
	memset(to, 0, USB_SEGMENT_HEAD); /* checksum and urgent pointer stay so */
	usb_put16(to, segment->from);
	usb_put16(to + 2, segment->to);
	usb_put32(to + 4, segment->sequence);
	usb_put32(to + 8, segment->acknowledged);
	to[12] = USB_SEGMENT_HEAD / 4 << 4;
	to[13] = segment->flags;
	usb_put16(to + 14, segment->window);
}

unsigned usb_version_look(const unsigned char *bytes, size_t length)
{
	uint32_t offered = length < USB_VERSION_BYTES ? 0 : usb_get32(bytes);

	return offered < VERSION_BEST ? offered : VERSION_BEST;
}

void usb_version_put(unsigned char to[USB_VERSION_BYTES], unsigned version)
{
	memset(to, 0, USB_VERSION_BYTES); /* the minor version, and nothing */
	usb_put32(to, version);
}
