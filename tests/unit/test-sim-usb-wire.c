/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of USB/IP as the simulated bus reads and writes it. */
#include "tests/sim/usb_wire.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/tap.h"

#define IMPORT 0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0

static const struct {
	const char *name;
	unsigned char bytes[48];
	size_t length;
	int want;
} ops[] = {
	{ "nothing", { 0 }, 0, 0 },
	{ "seven bytes", { 0x01, 0x11, 0x80, 0x05 }, 7, 0 },
	{ "a wish for the list", { 0x01, 0x11, 0x80, 0x05 }, 8, 8 },
	{ "one of another version", { 0x01, 0x06, 0x80, 0x05 }, 8, -EBADMSG },
	{ "an answer", { 0x01, 0x11, 0x00, 0x05 }, 8, -EBADMSG },
	{ "an unknown code", { 0x01, 0x11, 0x80, 0x09 }, 8, -EBADMSG },
	{ "an import without its bus id", { IMPORT }, 8, 0 },
	{ "an import but for a byte", { IMPORT, '1', '-', '1' }, 39, 0 },
	{ "an import", { IMPORT, '1', '-', '1' }, 40, 40 },
	{ "an import and more", { IMPORT, '1', '-', '1' }, 48, 40 },
	{ "a bus id without end",
	  { IMPORT, '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1',
	    '1',    '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1' },
	  40,
	  -EBADMSG },
};

static void test_ops(void)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		struct usb_op op = { .bus_id = "before" };
		int got = usb_op_look(ops[i].bytes, ops[i].length, &op);

		is_number(got, ops[i].want, ops[i].name);
		if (got <= 0)
			is_string(op.bus_id, "before", "and the result is untouched");
		if (got == 40)
			is_string(op.bus_id, "1-1", "with its port");
	}
}

/* A command of these words, with SETUP and OUT bytes behind. */
struct words {
	const char *name;
	uint32_t words[10];
	size_t length;
	int want;
};

static const struct words commands[] = {
	{ "nothing", { 0 }, 0, 0 },
	{ "a header but for a byte", { 1, 7, 0, 1, 5, 0, 512, 0, 0xffffffff }, 47, 0 },
	{ "a transfer in", { 1, 7, 0, 1, 5, 0, 512, 0, 0xffffffff }, 48, 48 },
	{ "one as kernels send it", { 1, 7, 0, 1, 5, 0, 512, 0, 0 }, 48, 48 },
	{ "a transfer out, without its bytes", { 1, 7, 0, 0, 4, 0, 4 }, 48, 0 },
	{ "a transfer out, but for a byte", { 1, 7, 0, 0, 4, 0, 4 }, 51, 0 },
	{ "a transfer out", { 1, 7, 0, 0, 4, 0, 4 }, 52, 52 },
	{ "the longest out, as yet without bytes", { 1, 7, 0, 0, 4, 0, USB_WIRE_OUT_MAX }, 64, 0 },
	{ "one byte more", { 1, 7, 0, 0, 4, 0, USB_WIRE_OUT_MAX + 1 }, 64, -EBADMSG },
	{ "four gigabytes out", { 1, 7, 0, 0, 4, 0, 0xffffffff }, 64, -EBADMSG },
	{ "four gigabytes in", { 1, 7, 0, 1, 5, 0, 0xffffffff }, 48, 48 },
	{ "no direction", { 1, 7, 0, 2, 5, 0, 0 }, 48, -EBADMSG },
	{ "endpoint 16", { 1, 7, 0, 1, 16, 0, 0 }, 48, -EBADMSG },
	{ "isochronous packets", { 1, 7, 0, 1, 5, 0, 0, 0, 8 }, 48, -EBADMSG },
	{ "an unlink", { 2, 8, 0, 0, 0, 7 }, 48, 48 },
	{ "a return", { 3, 8, 0, 0, 0, 7 }, 48, -EBADMSG },
	{ "command 0", { 0 }, 48, -EBADMSG },
};

static void test_commands(void)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		unsigned char bytes[64] = { 0 };
		struct usb_command command = { .number = 4711 };
		int got;

		for (int word = 0; word < 10; word++) {
			for (int byte = 0; byte < 4; byte++)
				bytes[4 * word + byte] =
					(unsigned char)(commands[i].words[word] >> (24 - 8 * byte));
		}
		got = usb_command_look(bytes, commands[i].length, &command);
		is_number(got, commands[i].want, commands[i].name);
		if (got <= 0) {
			is_number(command.number, 4711, "and the result is untouched");
			continue;
		}
		is_number(command.number, commands[i].words[1], "its number");
		if (command.kind == USB_UNLINK)
			is_number(command.victim, 7, "and whom it ends");
		else if (!command.in)
			ok(command.out == bytes + 48, "its bytes are behind the header");
	}
}

static void test_short(void)
{
	const unsigned char bytes[48] = { [3] = 1, [15] = 1, [19] = 5, [23] = 1, [40] = 0x80 };
	struct usb_command command;

	is_number(usb_command_look(bytes, sizeof(bytes), &command), 48, "a transfer with a flag");
	ok(command.short_not_ok, "it is not to be short");
	is_number(command.setup[0], 0x80, "the setup bytes are as they came");
}

static void test_answers(void)
{
	const struct usb_offer offer = { .bus_id = "1-7",
					 .bus = 3,
					 .address = 20,
					 .vendor = 0x05ac,
					 .product = 0x12a8,
					 .release = 0x1501,
					 .configurations = 4 };
	static const unsigned char want[24] = {
		0, 0,	 0,    3,    0,	   0,	 0, 20, 0, 0, 0, 3,
		5, 0xac, 0x12, 0xa8, 0x15, 0x01, 0, 0,	0, 0, 4, 0
	};
	unsigned char bytes[USB_WIRE_DEVICE];

	usb_op_answer(bytes, USB_OP_IMPORT, true);
	ok(memcmp(bytes, "\x01\x11\x00\x03\0\0\0\0", 8) == 0, "a good answer");
	usb_op_answer(bytes, USB_OP_LIST, false);
	ok(memcmp(bytes, "\x01\x11\x00\x05\0\0\0\x01", 8) == 0, "a bad one");
	usb_offer_put(bytes, &offer);
	is_string((char *)bytes + 256, "1-7", "a device's port");
	ok(memcmp(bytes + 288, want, sizeof(want)) == 0, "and numbers");
	usb_return_put(bytes, 0x01020304, USB_STALL, 0);
	ok(memcmp(bytes, "\0\0\0\x03\x01\x02\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xe0",
		  24) == 0,
	   "a stall");
	usb_unlinked_put(bytes, 5, USB_UNLINKED);
	ok(memcmp(bytes, "\0\0\0\x04\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\x98", 24) == 0,
	   "an unlink");
}

int main(void)
{
	test_ops();
	test_commands();
	test_short();
	test_answers();
	return tap_done();
}
