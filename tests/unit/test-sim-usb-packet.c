/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of usbmux's packets and segments on USB. */
#include "tests/sim/usb_packet.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/tap.h"

#define MAGIC 0xfe, 0xed, 0xfa, 0xce

static const struct {
	const char *name;
	unsigned version;
	unsigned char bytes[24];
	size_t length;
	int want;
	size_t payload;
} looks[] = {
	{ "nothing", 0, { 0 }, 0, 0, 0 },
	{ "seven bytes", 0, { 0, 0, 0, 0, 0, 0, 0 }, 7, 0, 0 },
	{ "version 1, no payload", 1, { 0, 0, 0, 6, 0, 0, 0, 8 }, 8, 8, 0 },
	{ "version 1, half a payload", 1, { 0, 0, 0, 6, 0, 0, 0, 10 }, 9, 0, 0 },
	{ "version 1, payload and more", 1, { 0, 0, 0, 6, 0, 0, 0, 10 }, 24, 10, 2 },
	{ "shorter than its head", 1, { 0, 0, 0, 6, 0, 0, 0, 7 }, 8, -EBADMSG, 0 },
	{ "length 0", 1, { 0, 0, 0, 6, 0, 0, 0, 0 }, 8, -EBADMSG, 0 },
	{ "the longest", 1, { 0, 0, 0, 6, 0, 0, 0xc0, 0 }, 8, 0, 0 },
	{ "a byte more", 1, { 0, 0, 0, 6, 0, 0, 0xc0, 1 }, 8, -EBADMSG, 0 },
	{ "four gigabytes", 1, { 0, 0, 0, 6, 255, 255, 255, 255 }, 8, -EBADMSG, 0 },
	{ "version 2", 2, { 0, 0, 0, 6, 0, 0, 0, 17, MAGIC, 0, 1, 0, 2, 9 }, 17, 17, 1 },
	{ "version 2, no room for its head",
	  2,
	  { 0, 0, 0, 6, 0, 0, 0, 15, MAGIC },
	  24,
	  -EBADMSG,
	  0 },
	{ "version 2, no magic", 2, { 0, 0, 0, 6, 0, 0, 0, 17, 0, 0, 0, 0 }, 17, -EBADMSG, 0 },
	{ "a new version in version 2", 2, { 0, 0, 0, 0, 0, 0, 0, 20 }, 20, 20, 12 },
};

static void test_packets(void)
{
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		struct usb_packet packet = { .length = 4711 };
		int got =
			usb_packet_look(looks[i].bytes, looks[i].length, looks[i].version, &packet);

		is_number(got, looks[i].want, looks[i].name);
		is_number((long long)packet.length, got > 0 ? (long long)looks[i].payload : 4711,
			  got > 0 ? "its payload" : "and the result is untouched");
	}
}

static void test_numbers(void)
{
	struct usb_packet packet;
	unsigned char bytes[USB_HEAD_2];

	usb_packet_look(looks[10].bytes, looks[10].length, 2, &packet);
	ok(packet.sent == 1 && packet.received == 2 && *packet.payload == 9, "numbers, payload");
	packet.length = 3;
	is_number((long long)usb_packet_put(bytes, 2, &packet), 16, "the head of version 2");
	ok(memcmp(bytes, "\0\0\0\x06\0\0\0\x13\xfa\xce\xfa\xce\0\x01\0\x02", 16) == 0,
	   "has a device's magic");
	is_number((long long)usb_packet_put(bytes, 1, &packet), 8, "that of version 1");
	ok(memcmp(bytes, "\0\0\0\x06\0\0\0\x0b", 8) == 0, "has none");
	packet.protocol = USB_PROTOCOL_VERSION;
	is_number((long long)usb_packet_put(bytes, 2, &packet), 8, "nor has a version");
}

static void test_segments(void)
{
	const struct usb_segment segment = { .from = 62078,
					     .to = 1,
					     .sequence = 0x01020304,
					     .acknowledged = 0xfffefdfc,
					     .flags = USB_SYN | USB_ACK,
					     .window = 512 };
	static const unsigned char want[USB_SEGMENT_HEAD] = { 0xf2, 0x7e, 0,	1,    1,    2,
							      3,    4,	  0xff, 0xfe, 0xfd, 0xfc,
							      0x50, 0x12, 2,	0 };
	unsigned char bytes[24];
	struct usb_segment got = { .flags = 99 };

	usb_segment_put(bytes, &segment);
	ok(memcmp(bytes, want, sizeof(want)) == 0, "a segment as TCP has it");
	is_number(usb_segment_look(bytes, 19, &got), -EBADMSG, "one byte is missing");
	is_number(got.flags, 99, "and the result is untouched");
	is_number(usb_segment_look(bytes, 20, &got), 0, "a whole one");
	ok(got.from == 62078 && got.to == 1 && got.sequence == 0x01020304 &&
		   got.acknowledged == 0xfffefdfc && got.flags == 18 && got.window == 512,
	   "it is the same");
	is_number((long long)got.length, 0, "without payload");
	bytes[12] = 6 << 4;
	is_number(usb_segment_look(bytes, 24, &got), 0, "options are passed over");
	is_number((long long)got.length, 0, "and are no payload");
	is_number(usb_segment_look(bytes, 23, &got), -EBADMSG, "a head longer than the segment");
	bytes[12] = 4 << 4;
	is_number(usb_segment_look(bytes, 24, &got), -EBADMSG, "a head shorter than a head");
}

static void test_versions(void)
{
	unsigned char bytes[USB_VERSION_BYTES] = { 0, 0, 0, 2 };

	is_number(usb_version_look(bytes, 12), 2, "version 2 is taken");
	is_number(usb_version_look(bytes, 11), 0, "not when it is cut");
	bytes[3] = 1;
	is_number(usb_version_look(bytes, 12), 1, "version 1 as well");
	bytes[3] = 9;
	is_number(usb_version_look(bytes, 12), 2, "of 9, what a device knows");
	usb_version_put(bytes, 2);
	ok(memcmp(bytes, "\0\0\0\x02\0\0\0\0\0\0\0\0", 12) == 0, "a version is written");
}

int main(void)
{
	test_packets();
	test_numbers();
	test_segments();
	test_versions();
	return tap_done();
}
