/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux packets that a guest sends over USB; the first byte is the version. */
#include "tests/fuzz/entry.h"
#include "tests/sim/usb_packet.h"

static void take(const struct usb_packet *packet)
{
	struct usb_segment segment;

	must(usb_version_look(packet->payload, packet->length) <= 2);
	if (usb_segment_look(packet->payload, packet->length, &segment) == 0)
		must(segment.payload >= packet->payload &&
		     segment.payload + segment.length == packet->payload + packet->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	unsigned version = size ? bytes[0] % 3 : 0;
	struct usb_packet packet;
	int whole = 1;

	if (!size)
		return 0;
	for (;;) {
		bytes += whole;
		size -= (size_t)whole;
		whole = usb_packet_look(bytes, size, version, &packet);
		if (whole <= 0)
			return 0;
		must((size_t)whole <= size && (size_t)whole <= USB_PACKET_MAX);
		must(packet.payload + packet.length == bytes + whole);
		take(&packet);
	}
}
