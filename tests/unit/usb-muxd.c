/* SPDX-License-Identifier: Apache-2.0 */
/* What usbmuxd does on USB with a simulated device. Written from what usbmuxd 1.1.1 sends and takes
 * (doc/usb-bench.md), not from the code that is tested. */
#include "tests/unit/usb-muxd.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/decode.h"
#include "tests/unit/tap.h"

#define LOOPS 3 /* transfers in that wait */

static uint32_t get32(const unsigned char *from)
{
	uint32_t number;

	memcpy(&number, from, sizeof(number));
	return be32toh(number);
}

static void put32(unsigned char *to, uint32_t number)
{
	number = htobe32(number);
	memcpy(to, &number, sizeof(number));
}

static void transfer_out(struct muxd *muxd, const unsigned char *from, size_t length)
{
	guest_submit(muxd->guest, 0x04, from, length);
	muxd->out++;
}

void muxd_send(struct muxd *muxd, uint32_t protocol, const void *payload, size_t length)
{
	unsigned char packet[MUXD_PACKET_MAX] = { 0 };
	size_t head = muxd->version < 2 || !protocol ? 8 : 16;
	size_t whole = head + length;

	put32(packet, protocol);
	put32(packet + 4, (uint32_t)whole);
	if (head == 16) {
		put32(packet + 8, 0xfeedface);
		packet[12] = (unsigned char)(muxd->sent >> 8);
		packet[13] = (unsigned char)muxd->sent++;
	}
	if (length)
		memcpy(packet + head, payload, length);
	for (size_t at = 0; at < whole; at += 16384)
		transfer_out(muxd, packet + at, whole - at < 16384 ? whole - at : 16384);
	if (whole % 512 == 0)
		transfer_out(muxd, packet, 0);
}

/* Puts one transfer in behind what has come. Returns whether the packet is whole now: usbmuxd goes
 * on only behind a full transfer, and only while the packet is longer. */
static bool gather(struct muxd *muxd, const struct guest_return *ret)
{
	bool first = !muxd->length;
	uint32_t whole;

	if (!ret->length) {
		muxd->empties++;
		return false;
	}
	if (muxd->length + ret->length > sizeof(muxd->packet)) {
		muxd->odd = true;
		return false;
	}
	memcpy(muxd->packet + muxd->length, ret->bytes, ret->length);
	muxd->length += ret->length;
	whole = muxd->length < 8 ? 0 : get32(muxd->packet + 4);
	if (ret->length == MUXD_IN_MAX && muxd->length < whole) {
		muxd->splits += first;
		return false;
	}
	muxd->odd |= whole != muxd->length;
	return true;
}

int muxd_receive(struct muxd *muxd, const unsigned char **ret_payload, size_t *ret_length)
{
	static struct guest_return ret;
	size_t head;

	muxd->length = 0;
	for (bool whole = false; !whole;) {
		if (!guest_return(muxd->guest, &ret) || ret.status)
			return -1;
		if (!muxd->guest->is_in[ret.number % GUEST_NUMBERS]) {
			muxd->out--;
			continue;
		}
		whole = gather(muxd, &ret);
		guest_submit(muxd->guest, 0x85, NULL, MUXD_IN_MAX);
	}
	head = muxd->version < 2 || !get32(muxd->packet) ? 8 : 16;
	muxd->odd |= head == 16 && get32(muxd->packet + 8) != 0xfaceface;
	*ret_payload = muxd->packet + head;
	*ret_length = muxd->length - head;
	return (int)get32(muxd->packet);
}

void muxd_begin(struct muxd *muxd, struct sim *sim, unsigned version)
{
	unsigned char offer[12] = { 0 };
	const unsigned char *answer;
	size_t length;

	memset(muxd, 0, sizeof(*muxd));
	muxd->guest = guest_import(sim);
	is_number(guest_configure(muxd->guest, 4), 0, "the fourth configuration is taken");
	for (int i = 0; i < LOOPS; i++)
		guest_submit(muxd->guest, 0x85, NULL, MUXD_IN_MAX);
	put32(offer, version);
	muxd_send(muxd, 0, offer, sizeof(offer));
	is_number(muxd_receive(muxd, &answer, &length), 0, "the device answers with its version");
	muxd->version = length == 12 ? get32(answer) : 0;
	if (muxd->version == 2)
		muxd_send(muxd, 2, "\x07", 1);
}

void muxd_end(struct muxd *muxd)
{
	ok(!muxd->odd, "nothing came that usbmuxd would not take");
	guest_free(muxd->guest);
}

void muxd_segment(struct muxd_call *call, uint8_t flags, const void *payload, size_t length)
{
	unsigned char segment[MUXD_PACKET_MAX] = { 0 };

	segment[0] = (unsigned char)(call->from >> 8);
	segment[1] = (unsigned char)call->from;
	segment[2] = (unsigned char)(call->to >> 8);
	segment[3] = (unsigned char)call->to;
	put32(segment + 4, call->sequence);
	put32(segment + 8, call->heard);
	segment[12] = 5 << 4;
	segment[13] = flags;
	segment[14] = (unsigned char)(call->offer >> 16);
	segment[15] = (unsigned char)(call->offer >> 8);
	if (length)
		memcpy(segment + 20, payload, length);
	muxd_send(call->muxd, 6, segment, 20 + length);
	call->sequence += (uint32_t)length;
	call->edge = call->heard + (call->offer & ~0xffU);
}

/* A segment of CALL itself. */
static void segment_take(struct muxd_call *call, const unsigned char *segment, size_t length)
{
	uint8_t flags = segment[13];

	call->acknowledged = get32(segment + 8);
	call->window = (uint32_t)(segment[14] << 8 | segment[15]) << 8;
	if (!call->open) {
		call->open = flags == 0x12;
		call->over = !call->open;
		call->heard += call->open;
		return;
	}
	call->over |= flags != 0x10;
	if (call->over)
		return;
	call->muxd->odd |= get32(segment + 4) != call->heard ||
			   (int32_t)(call->heard + (length - 20) - call->edge) > 0;
	bytes_add(&call->input, segment + 20, length - 20);
	if (length - 20 > call->longest)
		call->longest = length - 20;
	call->heard += (uint32_t)(length - 20);
}

bool muxd_take(struct muxd_call *call)
{
	const unsigned char *segment;
	size_t length;

	if (muxd_receive(call->muxd, &segment, &length) != 6 || length < 20)
		return false;
	call->muxd->odd |= (segment[2] << 8 | segment[3]) != call->from ||
			   (segment[0] << 8 | segment[1]) != call->to;
	segment_take(call, segment, length);
	return true;
}

struct muxd_call muxd_open(struct muxd *muxd, uint16_t from, uint16_t to)
{
	struct muxd_call call = { .muxd = muxd, .from = from, .to = to, .offer = MUXD_WINDOW };

	muxd_segment(&call, 0x02, NULL, 0);
	if (!muxd_take(&call) || !call.open)
		return call;
	call.sequence++;
	muxd_segment(&call, 0x10, NULL, 0);
	return call;
}

bool muxd_write(struct muxd_call *call, const void *from, size_t length)
{
	const unsigned char *at = from;

	while (length && !call->over) {
		uint32_t flight = call->sequence - call->acknowledged;
		size_t room = call->window > flight ? call->window - flight : 0;
		size_t part = length < room ? length : room;

		if (part > MUXD_PACKET_MAX - 36)
			part = MUXD_PACKET_MAX - 36;
		if (part)
			muxd_segment(call, 0x10, at, part);
		else if (!muxd_take(call))
			return false;
		at += part;
		length -= part;
	}
	return !call->over;
}

bool muxd_read(struct muxd_call *call, size_t length)
{
	while (call->input.length < length && !call->over) {
		uint32_t heard = call->heard;

		if (!muxd_take(call))
			return false;
		if (call->heard != heard)
			muxd_segment(call, 0x10, NULL, 0);
	}
	return call->input.length >= length;
}

void muxd_close(struct muxd_call *call)
{
	if (call->open && !call->over)
		muxd_segment(call, 0x04, NULL, 0);
	bytes_done(&call->input);
}

bool muxd_say(struct muxd_call *call, plist_t message)
{
	unsigned char prefix[4];
	char *xml = NULL;
	uint32_t length = 0;
	bool good;

	plist_to_xml(message, &xml, &length);
	plist_free(message);
	put32(prefix, length);
	good = muxd_write(call, prefix, sizeof(prefix)) && muxd_write(call, xml, length);
	free(xml);
	return good;
}

plist_t muxd_hear(struct muxd_call *call)
{
	plist_t message = NULL;
	bool binary;
	uint32_t length;

	if (!muxd_read(call, 4))
		return NULL;
	length = get32(bytes_at(&call->input));
	bytes_drop(&call->input, 4);
	if (muxd_read(call, length)) {
		message = decode_plist((const char *)bytes_at(&call->input), length, &binary);
		bytes_drop(&call->input, length);
	}
	return message;
}
