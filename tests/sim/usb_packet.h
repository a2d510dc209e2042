/* SPDX-License-Identifier: Apache-2.0 */
/* What usbmuxd and a device say to each other over USB: packets, and the segments in them. */
#ifndef TESTS_SIM_USB_PACKET_H
#define TESTS_SIM_USB_PACKET_H

#include <stddef.h>
#include <stdint.h>

/* Longest packet either way, with its heads: three buffers of 16 KiB. */
#define USB_PACKET_MAX (3U * 16384)
/* Head of a packet in versions 1 and 2, and of a segment. */
#define USB_HEAD_1	  8
#define USB_HEAD_2	  16
#define USB_SEGMENT_HEAD  20
#define USB_SEGMENT_MAX	  (USB_PACKET_MAX - USB_HEAD_2 - USB_SEGMENT_HEAD)
#define USB_VERSION_BYTES 12

enum usb_protocol {
	USB_PROTOCOL_VERSION = 0,
	USB_PROTOCOL_CONTROL = 1,
	USB_PROTOCOL_SETUP = 2,
	USB_PROTOCOL_TCP = 6,
};

enum usb_segment_flag {
	USB_SYN = 2,
	USB_RST = 4,
	USB_ACK = 16,
};

struct usb_packet {
	uint32_t protocol;
	uint16_t sent, received; /* version 2: how many each side has sent */
	const unsigned char *payload;
	size_t length;
};

struct usb_segment {
	uint16_t from, to; /* ports */
	uint32_t sequence, acknowledged;
	uint8_t flags;
	uint16_t window; /* in units of 256 bytes */
	const unsigned char *payload;
	size_t length;
};

/* Reads the packet of VERSION (0: not agreed on) that BYTES begin with. Returns its whole length, 0
 * when more bytes are needed, -EBADMSG when it is none. RET is filled only for a whole one, and
 * points into BYTES. */
int usb_packet_look(const unsigned char *bytes, size_t length, unsigned version,
		    struct usb_packet *ret_packet);
/* Writes the head of PACKET as a device does. Returns the head's length. */
size_t usb_packet_put(unsigned char to[USB_HEAD_2], unsigned version,
		      const struct usb_packet *packet);

/* Reads the segment that is the payload of a packet. Returns 0 or -EBADMSG. */
int usb_segment_look(const unsigned char *bytes, size_t length, struct usb_segment *ret_segment);
void usb_segment_put(unsigned char to[USB_SEGMENT_HEAD], const struct usb_segment *segment);

/* The version that a device takes when its host offers the one in this payload: at most 2. 0 when
 * there is none. */
unsigned usb_version_look(const unsigned char *bytes, size_t length);
void usb_version_put(unsigned char to[USB_VERSION_BYTES], unsigned version);

#endif
