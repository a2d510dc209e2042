/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of a simulated device's endpoint 0: its descriptors in each mode, and every request. */
#include "tests/sim/usb_answer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/phone.h"
#include "tests/sim/usb_serial.h"
#include "tests/sim/values.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

/* Walks the descriptors of a configuration: they fit together, and are as they say. */
static void check_configuration(const struct usb_persona *persona, uint8_t index)
{
	unsigned char bytes[USB_DESCRIPTOR_MAX];
	size_t length = usb_persona_descriptor(persona, 2, index, bytes);
	unsigned highest = 0, settings = 0, endpoints = 0, promised = 0;
	size_t at = 0;

	is_number(bytes[2] | bytes[3] << 8, (long long)length, "a configuration has its length");
	is_number(bytes[5], index + 1, "and its value");
	for (; at < length && bytes[at] >= 2; at += bytes[at]) {
		settings += bytes[at + 1] == 4;
		endpoints += bytes[at + 1] == 5;
		if (bytes[at + 1] != 4)
			continue;
		promised += bytes[at + 4];
		if (bytes[at + 2] + 1U > highest)
			highest = bytes[at + 2] + 1U;
	}
	is_number((long long)at, (long long)length, "its parts fill it");
	is_number(bytes[4], highest, "it counts its interfaces");
	is_number(endpoints, promised, "and they their endpoints");
	ok(settings, "it has some");
}

/* The text with this number, as usbmuxd reads it: what is no ASCII is a question mark. */
static const char *text(const struct usb_persona *persona, uint8_t index)
{
	static char letters[USB_TEXT_MAX + 1];
	unsigned char bytes[USB_DESCRIPTOR_MAX];
	size_t length = usb_persona_descriptor(persona, 3, index, bytes);
	size_t n = 0;

	for (size_t i = 2; i + 1 < length; i += 2)
		letters[n++] = bytes[i + 1] || bytes[i] > 127 ? '?' : (char)bytes[i];
	letters[n] = '\0';
	return letters;
}

static const struct {
	enum phone_mode mode;
	unsigned product, configurations, serial;
	const char *want;
} modes[] = {
	{ MODE_NORMAL, 0x12ab, 4, 3, "000081010014D8E311C0AA22" },
	{ MODE_RECOVERY, 0x1281, 1, 4,
	  "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0E ECID:0014D8E311C0AA22 IBFL:BD "
	  "SRNM:[7GX7TXC14F10]" },
	{ MODE_DFU, 0x1227, 1, 4,
	  "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0E ECID:0014D8E311C0AA22 IBFL:3C "
	  "SRTG:[iBoot-7459.140.15]" },
};

static void test_modes(struct phone *phone)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct usb_persona persona;
		unsigned char bytes[USB_DESCRIPTOR_MAX];
		char want[USB_TEXT_MAX + 1];

		phone->mode = modes[i].mode;
		usb_persona_of(phone, &persona);
		is_number((long long)usb_persona_descriptor(&persona, 1, 0, bytes), 18, "a device");
		is_number(bytes[8] | bytes[9] << 8, 0x05ac, "by Apple");
		is_number(bytes[10] | bytes[11] << 8, modes[i].product, "its product");
		is_number(bytes[17], modes[i].configurations, "its configurations");
		is_number(bytes[16], modes[i].serial, "its serial's number");
		snprintf(want, sizeof(want), "%s", modes[i].want);
		if (modes[i].mode == MODE_RECOVERY)
			sprintf(strstr(want, "SRNM"), "SRNM:[%s]", phone->serial);
		is_string(text(&persona, bytes[16]), want, "its serial");
		is_string(text(&persona, bytes[14]), "Apple Inc.", "its maker");
		for (uint8_t index = 0; index < modes[i].configurations; index++)
			check_configuration(&persona, index);
		is_number((long long)usb_persona_descriptor(
				  &persona, 2, (uint8_t)modes[i].configurations, bytes),
			  0, "and no more");
	}
	phone->mode = MODE_NORMAL;
}

/* Which model with its chip it is: the boards of Macs are others than those of pads. */
static void test_boards(struct phone *phone)
{
	const uint8_t own = phone->board_id;
	char serial[USB_SERIAL_MAX + 1];

	phone->board_id = values_board_id("MacBookAir10,1");
	usb_serial_boot(phone, serial);
	ok(strstr(serial, " BDID:26 "), "a Mac has a Mac's board");
	phone->board_id = own;
}

static void test_odd_serials(struct phone *phone)
{
	struct usb_persona persona;

	phone->usb_serial = USB_SERIAL_EMPTY;
	usb_persona_of(phone, &persona);
	is_string(text(&persona, 3), "", "an empty serial is a text without letters");
	phone->usb_serial = USB_SERIAL_ODD;
	usb_persona_of(phone, &persona);
	ok(strchr(text(&persona, 3), '\n'), "an odd one has a line end");
	phone->usb_serial = USB_SERIAL_RIGHT;
}

#define ENDPOINT_IN  0x85, 0
#define ENDPOINT_OUT 0x04, 0

/* One conversation with the device, in this order. */
static const struct {
	const char *name;
	unsigned char setup[8];
	int want;  /* length, or -EPIPE */
	int first; /* byte of the answer; -1: any */
} requests[] = {
	{ "the status", { 0x80, 0x00, 0, 0, 0, 0, 2 }, 2, 1 },
	{ "no configuration yet", { 0x80, 0x08, 0, 0, 0, 0, 1 }, 1, 0 },
	{ "the device", { 0x80, 0x06, 0, 1, 0, 0, 18 }, 18, 18 },
	{ "its first eight bytes", { 0x80, 0x06, 0, 1, 0, 0, 8 }, 8, 18 },
	{ "more than there is", { 0x80, 0x06, 0, 1, 0, 0, 255 }, 18, 18 },
	{ "the qualifier", { 0x80, 0x06, 0, 6, 0, 0, 10 }, 10, 10 },
	{ "the languages", { 0x80, 0x06, 0, 3, 0, 0, 255 }, 4, 4 },
	{ "a configuration's head", { 0x80, 0x06, 3, 2, 0, 0, 9 }, 9, 9 },
	{ "no fifth configuration", { 0x80, 0x06, 4, 2, 0, 0, 9 }, -EPIPE, -1 },
	{ "no BOS", { 0x80, 0x06, 0, 15, 0, 0, 5 }, -EPIPE, -1 },
	{ "no text 7", { 0x80, 0x06, 7, 3, 0, 0, 255 }, -EPIPE, -1 },
	{ "no text 200", { 0x80, 0x06, 200, 3, 0, 0, 255 }, -EPIPE, -1 },
	{ "no endpoints without a configuration",
	  { 0x82, 0x00, 0, 0, ENDPOINT_IN, 2 },
	  -EPIPE,
	  -1 },
	{ "no interfaces either", { 0x81, 0x0a, 0, 0, 1, 0, 1 }, -EPIPE, -1 },
	{ "configuration 5", { 0x00, 0x09, 5 }, -EPIPE, -1 },
	{ "configuration 4", { 0x00, 0x09, 4 }, 0, -1 },
	{ "it is chosen", { 0x80, 0x08, 0, 0, 0, 0, 1 }, 1, 4 },
	{ "an endpoint", { 0x82, 0x00, 0, 0, ENDPOINT_IN, 2 }, 2, 0 },
	{ "is halted", { 0x02, 0x03, 0, 0, ENDPOINT_IN }, 0, -1 },
	{ "and says so", { 0x82, 0x00, 0, 0, ENDPOINT_IN, 2 }, 2, 1 },
	{ "the other one is not", { 0x82, 0x00, 0, 0, ENDPOINT_OUT, 2 }, 2, 0 },
	{ "the halt is cleared", { 0x02, 0x01, 0, 0, ENDPOINT_IN }, 0, -1 },
	{ "it goes on", { 0x82, 0x00, 0, 0, ENDPOINT_IN, 2 }, 2, 0 },
	{ "another feature of it", { 0x02, 0x01, 1, 0, ENDPOINT_IN }, -EPIPE, -1 },
	{ "an endpoint that is not there", { 0x02, 0x01, 0, 0, 0x8f }, -EPIPE, -1 },
	{ "the network's endpoint, in its first setting",
	  { 0x82, 0x00, 0, 0, 0x86, 0, 2 },
	  -EPIPE,
	  -1 },
	{ "its second setting", { 0x01, 0x0b, 1, 0, 2, 0 }, 0, -1 },
	{ "is chosen", { 0x81, 0x0a, 0, 0, 2, 0, 1 }, 1, 1 },
	{ "now it is there", { 0x82, 0x00, 0, 0, 0x86, 0, 2 }, 2, 0 },
	{ "a third setting", { 0x01, 0x0b, 2, 0, 2, 0 }, -EPIPE, -1 },
	{ "interface 200", { 0x01, 0x0b, 0, 0, 200, 0 }, -EPIPE, -1 },
	{ "interface 200's setting", { 0x81, 0x0a, 0, 0, 200, 0, 1 }, -EPIPE, -1 },
	{ "an interface's status", { 0x81, 0x00, 0, 0, 1, 0, 2 }, 2, 0 },
	{ "Apple's mode", { 0xc0, 0x45, 0, 0, 0, 0, 4 }, 4, 3 },
	{ "the same for its network", { 0xc0, 0x45, 0, 0, 2, 0, 3 }, 3, 3 },
	{ "the mode it is in", { 0xc0, 0x52, 0, 0, 1, 0, 1 }, 1, 0 },
	{ "another mode", { 0xc0, 0x52, 0, 0, 3, 0, 1 }, -EPIPE, -1 },
	{ "its network's address", { 0xc0, 0x00, 0, 0, 2, 0, 6 }, 6, 2 },
	{ "another vendor's request", { 0xc0, 0x77, 0, 0, 0, 0, 6 }, -EPIPE, -1 },
	{ "remote wake-up", { 0x00, 0x03, 1, 0, 0, 0 }, 0, -1 },
	{ "a test mode", { 0x00, 0x03, 2, 0, 0, 0 }, -EPIPE, -1 },
	{ "configuration 0", { 0x00, 0x09, 0 }, 0, -1 },
	{ "none is chosen", { 0x80, 0x08, 0, 0, 0, 0, 1 }, 1, 0 },
};

static void test_requests(const struct phone *phone)
{
	struct usb_state state = { 0 };
	struct usb_persona persona;

	usb_persona_of(phone, &persona);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		unsigned char answer[USB_DESCRIPTOR_MAX] = { 0 };

		is_number(usb_answer(&state, &persona, requests[i].setup, answer), requests[i].want,
			  requests[i].name);
		if (requests[i].first >= 0)
			is_number(answer[0], requests[i].first, "and what it says");
	}
	is_number(state.restarts, 2, "the configurations began anew, and nothing else did");
	ok(!usb_state_open(&state, &persona, 0x85), "no endpoint is open");
}

static void test_muxes(const struct phone *phone)
{
	struct usb_persona persona;
	char got[6] = "";

	usb_persona_of(phone, &persona);
	for (uint8_t value = 0; value < 5; value++)
		got[value] = usb_persona_muxes(&persona, value) ? '1' : '0';
	is_string(got, "00011", "usbmux is in configurations 3 and 4");
}

static void test_boot_knows_no_phone(struct phone *phone)
{
	static const unsigned char setup[8] = { 0xc0, 0x45, 0, 0, 0, 0, 4 };
	struct usb_state state = { 0 };
	struct usb_persona persona;
	unsigned char answer[USB_DESCRIPTOR_MAX];

	phone->mode = MODE_DFU;
	usb_persona_of(phone, &persona);
	is_number(usb_answer(&state, &persona, setup, answer), -EPIPE, "DFU has no such modes");
	ok(!usb_persona_muxes(&persona, 1), "nor usbmux");
}

int main(void)
{
	struct sim sim;

	sim_new(&sim, 2);
	test_modes(sim.bench->phones);
	test_boards(sim.bench->phones);
	test_odd_serials(sim.bench->phones);
	test_requests(sim.bench->phones);
	test_muxes(sim.bench->phones);
	test_boot_knows_no_phone(sim.bench->phones);
	sim_done(&sim);
	return tap_done();
}
