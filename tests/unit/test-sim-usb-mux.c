/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of usbmux over USB, with usbmuxd's side played: versions, connections, windows. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/channel.h"
#include "tests/sim/phone.h"
#include "tests/sim/usb_door.h"
#include "tests/unit/sim-echo.h"
#include "tests/unit/tap.h"
#include "tests/unit/usb-muxd.h"

static struct sim sim;

static void begin(struct muxd *muxd, unsigned version)
{
	close(echo_begin(&sim, false));
	sim_settle(&sim);
	memset(&seen, 0, sizeof(seen));
	muxd_begin(muxd, &sim, version);
}

static void end(struct muxd *muxd)
{
	muxd_end(muxd);
	usb_door_free(sim.bench->usb);
	sim_done(&sim);
}

static void query_type(struct muxd *muxd, uint16_t from)
{
	struct muxd_call call = muxd_open(muxd, from, LOCKDOWN_PORT);
	plist_t request = plist_new_dict();
	plist_t answer;

	ok(call.open, "lockdown is connected to");
	plist_dict_set_item(request, "Request", plist_new_string("QueryType"));
	ok(muxd_say(&call, request), "and asked");
	answer = muxd_hear(&call);
	is_string(text_of(answer, "Type"), "com.apple.mobile.lockdown", "it answers");
	plist_free(answer);
	muxd_close(&call);
}

static void test_versions(void)
{
	for (unsigned version = 1; version <= 3; version++) {
		struct muxd muxd;

		begin(&muxd, version);
		is_number(muxd.version, version < 2 ? 1 : 2, "the version is agreed on");
		query_type(&muxd, 1);
		query_type(&muxd, 2);
		end(&muxd);
	}
}

/* usbmuxd has been restarted: it begins with a version, and all connections are gone. */
static void test_again(void)
{
	static const unsigned char offer[12] = { 0, 0, 0, 2 };
	const unsigned char *answer;
	struct muxd_call call;
	struct muxd muxd;
	size_t length;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, echo_port(&sim, false));
	ok(call.open, "a connection");
	sim_settle(&sim);
	muxd_send(&muxd, 0, offer, sizeof(offer));
	is_number(muxd_receive(&muxd, &answer, &length), 0, "another version exchange");
	muxd.sent = 0;
	muxd_send(&muxd, 2, "\x07", 1);
	sim_settle(&sim);
	is_number(seen.closed, 1, "the connection is closed for the service");
	query_type(&muxd, 1);
	bytes_done(&call.input);
	end(&muxd);
}

static void test_refused(void)
{
	struct muxd_call call;
	struct muxd muxd;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, 5);
	ok(!call.open && call.over, "nothing is behind port 5");
	is_number(sim.bench->refused, 1, "which is counted");
	call = (struct muxd_call){ .muxd = &muxd, .from = 9, .to = 9, .open = true };
	muxd_segment(&call, 0x10, "x", 1);
	ok(muxd_take(&call) && call.over, "a segment of no connection is answered with RST");
	call = (struct muxd_call){ .muxd = &muxd, .from = 9, .to = 9, .open = true };
	muxd_segment(&call, 0x04, NULL, 0);
	query_type(&muxd, 7);
	end(&muxd);
}

/* Each has a megabyte for the other. */
static void test_large(void)
{
	plist_t request = echo_request("count");
	char *bytes = malloc(ECHO_BIG);
	struct muxd_call call;
	struct muxd muxd;
	uint64_t length = 0;
	plist_t answer;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, echo_port(&sim, false));
	memset(bytes, 'x', ECHO_BIG);
	plist_dict_set_item(request, "Data", plist_new_data(bytes, ECHO_BIG));
	ok(muxd_say(&call, request), "a large request goes out");
	free(bytes);
	answer = muxd_hear(&call);
	is_string(text_of(answer, "Text"), "count", "and is understood");
	plist_free(answer);
	plist_free(muxd_hear(&call));
	ok(muxd_say(&call, echo_request("big")), "a large answer is asked for");
	answer = muxd_hear(&call);
	plist_get_data_ptr(plist_dict_get_item(answer, "Data"), &length);
	is_number((long long)length, (long long)ECHO_BIG, "and comes whole");
	plist_free(answer);
	is_number((long long)call.longest, 3 * 16384 - 36, "in segments of the longest");
	ok(muxd.splits, "which come in more than one transfer");
	ok(muxd.empties, "some with an empty one at the end");
	muxd_close(&call);
	end(&muxd);
}

/* No more comes than the window has room for, and the rest when it opens. */
static void test_window(void)
{
	struct muxd_call call;
	struct muxd muxd;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, echo_port(&sim, false));
	call.offer = 1024;
	ok(muxd_say(&call, echo_request("big")), "a large answer, to a small window");
	sim.hasty = true;
	while (muxd_take(&call))
		;
	is_number((long long)call.input.length, 1024, "as much as it has room for");
	call.offer = 512;
	muxd_segment(&call, 0x10, NULL, 0);
	while (muxd_take(&call))
		;
	is_number((long long)call.input.length, 1536, "then as much as there is room again");
	call.offer = 0;
	muxd_segment(&call, 0x10, NULL, 0);
	ok(!muxd_take(&call), "nothing when there is none");
	sim.hasty = false;
	call.offer = MUXD_WINDOW;
	muxd_segment(&call, 0x10, NULL, 0);
	ok(muxd_read(&call, ECHO_BIG), "and all the rest");
	muxd_close(&call);
	end(&muxd);
}

/* A host that does not keep to the rules loses its connection, and that only. */
static const struct {
	const char *name;
	uint8_t flags;
	int32_t sequence; /* off by so much */
	int32_t heard;
	size_t length;
} breaches[] = {
	{ "a byte twice", 0x10, -1, 0, 1 },
	{ "a byte left out", 0x10, 1, 0, 1 },
	{ "a byte acknowledged that was not sent", 0x10, 0, 1, 0 },
	{ "an acknowledgement taken back", 0x10, 0, -1, 0 },
	{ "SYN once more", 0x02, 0, 0, 0 },
	{ "FIN", 0x11, 0, 0, 0 },
	{ "no flags", 0x00, 0, 0, 1 },
};

static void test_breaches(void)
{
	struct muxd muxd;

	begin(&muxd, 2);
	for (size_t i = 0; i < sizeof(breaches) / sizeof(breaches[0]); i++) {
		struct muxd_call call = muxd_open(&muxd, (uint16_t)(i + 1), LOCKDOWN_PORT);

		call.sequence += (uint32_t)breaches[i].sequence;
		call.heard += (uint32_t)breaches[i].heard;
		muxd_segment(&call, breaches[i].flags, "x", breaches[i].length);
		ok(muxd_take(&call) && call.over, "reset: %s", breaches[i].name);
		muxd_close(&call);
	}
	query_type(&muxd, 100);
	end(&muxd);
}

static void test_ends(void)
{
	struct muxd_call call;
	struct muxd muxd;
	plist_t answer;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, echo_port(&sim, false));
	ok(muxd_say(&call, echo_request("close")), "the service is asked to close");
	answer = muxd_hear(&call);
	is_string(text_of(answer, "Text"), "close", "its answer comes first");
	plist_free(answer);
	ok(!call.over, "and it ends only when that is acknowledged");
	while (!call.over && muxd_take(&call))
		;
	ok(call.over, "then with RST");
	muxd_close(&call);
	call = muxd_open(&muxd, 2, echo_port(&sim, false));
	muxd_close(&call);
	sim_settle(&sim);
	is_number(seen.closed, 2, "the host's RST closes it for the service");
	call = muxd_open(&muxd, 3, echo_port(&sim, true));
	sim.hasty = true;
	ok(call.open && !muxd_take(&call) && !call.over, "a service with TLS waits for the host");
	sim.hasty = false;
	muxd_close(&call);
	end(&muxd);
}

static void test_unplug(void)
{
	struct muxd_call call;
	struct muxd muxd;

	begin(&muxd, 2);
	call = muxd_open(&muxd, 1, echo_port(&sim, false));
	ok(call.open, "a connection");
	phone_unplug(sim.bench->phones);
	is_number(seen.closed, 1, "is closed when the cable goes");
	bytes_done(&call.input);
	end(&muxd);
}

/* What the device says of a packet that is none: a control packet with its kind and a text. */
static void is_complaint(struct muxd *muxd, const char *want)
{
	const unsigned char *said;
	char text[32] = "";
	size_t length;

	ok(muxd_receive(muxd, &said, &length) == 1 && length > 1 && length < sizeof(text) &&
		   said[0] == 3,
	   "the device complains");
	memcpy(text, said + 1, length - 1);
	is_string(text, want, "and says of what");
}

static void test_garbage(void)
{
	unsigned char noise[600];
	struct muxd muxd;

	begin(&muxd, 2);
	memset(noise, 0xa5, sizeof(noise));
	guest_submit(muxd.guest, 0x04, noise, sizeof(noise));
	is_complaint(&muxd, "bad packet");
	muxd_send(&muxd, 6, noise, 19);
	is_complaint(&muxd, "bad segment");
	muxd_send(&muxd, 77, noise, 19);
	is_complaint(&muxd, "bad protocol");
	memcpy(noise, "\0\0\0\x06\0\0\x02\x00\xfe\xed\xfa\xce", 12);
	guest_submit(muxd.guest, 0x04, noise, 100);
	is_complaint(&muxd, "bad packet");
	muxd_send(&muxd, 0, noise, 12);
	is_number(muxd.odd, false, "a version between 2 and the sky is 2");
	end(&muxd);
}

/* Packets cut anywhere, and several in a transfer. */
static void test_pieces(void)
{
	static const unsigned char offer[12] = { 0, 0, 0, 2 };
	unsigned char packet[20] = { 0, 0, 0, 0, 0, 0, 0, 20 };
	unsigned char both[512] = { 0 };
	const unsigned char *answer;
	struct muxd muxd;
	size_t length;

	begin(&muxd, 2);
	memcpy(packet + 8, offer, sizeof(offer));
	/* A control packet of 492 bytes, which devices do not heed, and a version behind it. */
	memcpy(both, "\0\0\0\x01\0\0\x01\xec\xfe\xed\xfa\xce", 12);
	memcpy(both + 492, packet, 20);
	guest_submit(muxd.guest, 0x04, both, 512);
	is_number(muxd_receive(&muxd, &answer, &length), 0, "two packets in a transfer");
	memset(both, 0, sizeof(both));
	memcpy(both, "\0\0\0\x01\0\0\x03\xec\xfe\xed\xfa\xce", 12);
	guest_submit(muxd.guest, 0x04, both, 512);
	memset(both, 0, sizeof(both));
	memcpy(both + 492, packet, 20);
	guest_submit(muxd.guest, 0x04, both, 512);
	is_number(muxd_receive(&muxd, &answer, &length), 0, "one packet in two, and the next");
	end(&muxd);
}

/* A host that reads nothing cannot make the device keep more and more. */
static void test_deaf_host(void)
{
	static struct guest_return ret;
	unsigned char segment[36] = {
		0,    0,    0,	  6,	0,	  0,	    0,		 36,
		0xfe, 0xed, 0xfa, 0xce, [17] = 9, [19] = 9, [28] = 0x50, [29] = 0x10
	};
	struct muxd muxd;
	unsigned done = 0, asked = 0;

	begin(&muxd, 2);
	for (uint32_t number = 1; number < 10; number++)
		guest_unlink(muxd.guest, number);
	sim.hasty = true;
	while (guest_return(muxd.guest, &ret))
		;
	while (asked < 20000 && asked - done < 200) {
		guest_submit(muxd.guest, 0x04, segment, sizeof(segment));
		asked++;
		while (guest_return(muxd.guest, &ret))
			done++;
	}
	ok(asked - done == 200, "transfers out wait when those in are not asked for (%u)", done);
	sim.hasty = false;
	end(&muxd);
}

int main(void)
{
	test_versions();
	test_again();
	test_refused();
	test_large();
	test_window();
	test_breaches();
	test_ends();
	test_unplug();
	test_garbage();
	test_pieces();
	test_deaf_host();
	return tap_done();
}
