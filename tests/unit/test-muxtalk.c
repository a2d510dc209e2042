/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation with muster-mux: every message survives the wire, every other one is refused. */
#include "device/facts/muxtalk.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/tap.h"

#define OLD "0123456789abcdef0123456789abcdef01234567"
#define NEW "00008110-001A2B3C4D5E6F70"

static int parse(const char *line, struct mux_event *ret_event, struct mux_order *ret_order)
{
	struct record record;

	if (record_parse(line, strlen(line), &record) < 0)
		return -EBADMSG;
	return ret_event ? mux_event_parse(&record, ret_event)
			 : mux_order_parse(&record, ret_order);
}

static const char *const good_events[] = {
	"up",
	"down no%20usbmuxd",
	"down -",
	"arrived 1 " OLD " 4776 0 0 usb",
	"arrived 4294967295 " NEW " 65535 4294967295 18446744073709551615 network",
	"odd 0 0 no%20DeviceID",
	"odd 7 65540 empty%20serial",
	"left 1",
	"gate 0 /tmp/gate/0",
	"refused 18446744073709551615 too%20many",
};

static const char *const bad_events[] = {
	"Up",
	"up 1",
	"down",
	"down a b",
	"arrived 0 " OLD " 4776 0 0 usb",
	"arrived -1 " OLD " 4776 0 0 usb",
	"arrived 1 " OLD "0 4776 0 0 usb",
	"arrived 1 - 4776 0 0 usb",
	"arrived 1 " OLD " 65536 0 0 usb",
	"arrived 1 " OLD " 0x12a8 0 0 usb",
	"arrived 1 " OLD " 4776 4294967296 0 usb",
	"arrived 1 " OLD " 4776 0 18446744073709551616 usb",
	"arrived 1 " OLD " 4776 0 99999999999999999999 usb",
	"arrived 1 " OLD " 4776 0 0 USB",
	"arrived 1 " OLD " 4776 0 0",
	"arrived 1 " OLD " 4776 0 0 usb more",
	"arrived 01 " OLD " 4776 0 0 usb",
	"arrived +1 " OLD " 4776 0 0 usb",
	"arrived 1%20 " OLD " 4776 0 0 usb",
	"odd 4294967296 0 why",
	"odd 1 4294967296 why",
	"odd 1 -1 why",
	"odd 1 why",
	"left 0",
	"left",
	"left -",
	"gate 1 relative",
	"gate 1 /tmp/%0Aevil",
	"gate 1 -",
	"gate x /tmp/1",
	"gate 1 /23456789012234567890123456789012345678901234567890123456789"
	"012345678901234567890123456789012345678901234567",
	"refused 1",
	"open 1 1 " OLD,
};

static const char *const good_orders[] = {
	"open 0 1 " OLD, "open 18446744073709551615 4294967295 " NEW,
	"admit 3 1",	 "admit 3 2147483647",
	"close 3",
};

static const char *const bad_orders[] = {
	"open 1 0 " OLD,
	"open 1 1 " OLD " x",
	"open 1 1",
	"open 1 1 nobody",
	"open - 1 " OLD,
	"admit 1 0",
	"admit 1 -1",
	"admit 1 2147483648",
	"admit 1 1 1",
	"admit 1 self",
	"close",
	"close 1 1",
	"close 1x",
	"close %31%0A",
	"open",
	"up",
	"close 18446744073709551616",
};

/* What goes through send and receive must read as LINE again. */
static void check_wire(const char *line, bool is_event)
{
	char text[RECORD_MAX + 1] = "";
	struct mux_event event;
	struct mux_order order;
	int pair[2], r;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		ok(false, "no socket pair");
		return;
	}
	r = parse(line, is_event ? &event : NULL, &order);
	is_number(r, 0, line);
	if (r == 0) {
		r = is_event ? mux_event_send(pair[0], &event) : mux_order_send(pair[0], &order);
		is_number(r, 0, "it is sent");
		if (recv(pair[1], text, sizeof text - 1, MSG_DONTWAIT) < 0)
			strcpy(text, "nothing");
		is_string(text, line, "and unchanged on the wire");
	}
	close(pair[0]);
	close(pair[1]);
}

static void test_cleaning(void)
{
	struct mux_event event = { .verb = MUX_DOWN, .text = "a\x1b[31m\nb" };
	char text[RECORD_MAX + 1] = "";
	int pair[2];

	is_number(parse("odd 1 2 a%1B[31m%0Ab", &event, NULL), 0, "an odd text is read");
	is_string(event.text, "a [31m b", "and cleaned");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	event = (struct mux_event){ .verb = MUX_DOWN, .text = "a\x1b" };
	is_number(mux_event_send(pair[0], &event), 0, "an odd text is sent");
	ok(recv(pair[1], text, sizeof text - 1, MSG_DONTWAIT) > 0, "and received");
	is_string(text, "down a%20", "cleaned");
	close(pair[0]);
	close(pair[1]);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int main(void)
{
	struct mux_event event = { .verb = MUX_LEFT, .handle = 9 };
	struct mux_order order = { .verb = MUX_CLOSE, .key = 9 };

	for (size_t i = 0; i < COUNT(good_events); i++)
		check_wire(good_events[i], true);
	for (size_t i = 0; i < COUNT(good_orders); i++)
		check_wire(good_orders[i], false);
	for (size_t i = 0; i < COUNT(bad_events); i++)
		is_number(parse(bad_events[i], &event, NULL), -EPROTO, bad_events[i]);
	for (size_t i = 0; i < COUNT(bad_orders); i++)
		is_number(parse(bad_orders[i], NULL, &order), -EPROTO, bad_orders[i]);
	ok(event.verb == MUX_LEFT && event.handle == 9, "a refused event leaves the result alone");
	ok(order.verb == MUX_CLOSE && order.key == 9, "a refused order leaves the result alone");
	test_cleaning();
	return tap_done();
}
