/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of usbmux frames as the simulated bench reads and writes them. */
#include "tests/sim/frame.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/tap.h"

static const struct {
	const char *name;
	unsigned char bytes[24];
	size_t length;
	int want;
} looks[] = {
	{ "nothing", { 0 }, 0, 0 },
	{ "three bytes of the length", { 16, 0, 0 }, 3, 0 },
	{ "a header but for its last byte", { 16, 0, 0, 0, 1, 0, 0, 0, 8 }, 15, 0 },
	{ "a header alone", { 16, 0, 0, 0, 1, 0, 0, 0, 8 }, 16, 1 },
	{ "a payload that is not all there", { 20, 0, 0, 0, 1, 0, 0, 0, 8 }, 19, 0 },
	{ "a whole frame", { 20, 0, 0, 0, 1, 0, 0, 0, 8 }, 20, 1 },
	{ "a frame and more", { 17, 0, 0, 0, 1, 0, 0, 0, 8 }, 24, 1 },
	{ "a length below the header's", { 15, 0, 0, 0 }, 4, -EBADMSG },
	{ "length zero", { 0, 0, 0, 0 }, 4, -EBADMSG },
	{ "the most", { 0, 0, 1, 0 }, 4, 0 },
	{ "one above the most", { 1, 0, 1, 0 }, 4, -EBADMSG },
	{ "four gigabytes", { 255, 255, 255, 255 }, 4, -EBADMSG },
};

static void test_look(void)
{
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		struct frame frame = { .tag = 4711 };
		int got = frame_look(looks[i].bytes, looks[i].length, &frame);

		is_number(got, looks[i].want, looks[i].name);
		if (got != 1)
			is_number(frame.tag, 4711, "and the result is untouched");
	}
}

static void test_round_trip(void)
{
	const struct frame frame = { .length = 0x1234,
				     .version = FRAME_PLIST,
				     .message = FRAME_MESSAGE_PLIST,
				     .tag = 0xcafebabe };
	static const unsigned char want[FRAME_HEADER] = {
		0x34, 0x12, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0xbe, 0xba, 0xfe, 0xca
	};
	static unsigned char bytes[0x1234];
	struct frame got = { 0 };

	frame_put(bytes, &frame);
	ok(memcmp(bytes, want, sizeof(want)) == 0, "the header is little-endian");
	is_number(frame_look(bytes, sizeof(bytes), &got), 1, "what was put is found");
	ok(memcmp(&frame, &got, sizeof(got)) == 0, "and is the same");
}

int main(void)
{
	test_look();
	test_round_trip();
	is_number(frame_swap_port(62078), 32498, "lockdown's port travels swapped");
	is_number(frame_swap_port(1), 256, "and so do small ones");
	return tap_done();
}
