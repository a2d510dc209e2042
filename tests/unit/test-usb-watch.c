/* SPDX-License-Identifier: Apache-2.0 */
/* The watch of the bus: what it tells for what udevd says and sysfs shows. */
#include "udev/usb_watch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/unit/bus_cage.h"
#include "tests/unit/bus_view.h"
#include "tests/unit/tap.h"
#include "udev/usb_hearing.h"

static struct bus_view view;
static struct usb_watch *watch;

static struct cage_device phone(const char *port, unsigned address)
{
	return (struct cage_device){ .port = port,
				     .bus = 1,
				     .address = address,
				     .vendor = "05ac",
				     .product = "12a8",
				     .serial = "00008110001A2B3C4D5E6F70" };
}

/* What the watch tells next is WANT. */
static void tells(const char *want, const char *what)
{
	is_string(bus_view_story(&view, watch), want, what);
}

/* Plugs DEVICE in and says so. */
static void plug(const struct cage_device *device)
{
	cage_plug(device);
	cage_tell("add", device);
}

static void unplug(const struct cage_device *device)
{
	cage_unplug(device->port);
	cage_tell("remove", device);
}

static void test_first_look(void)
{
	const struct cage_device there = phone("1-1", 2), other = phone("1-2", 3);

	cage_plug(&there);
	is_number(usb_watch_open(&bus_view_calls, &view, &watch), 0, "opens");
	cage_plug(&other);
	cage_tell("add", &other);
	is_string(view.story, "", "tells nothing before it is asked");
	is_number(usb_watch_resync(watch), 0, "looks");
	ok(bus_view_find(&view, "1-1") && bus_view_find(&view, "1-2") && view.count == 2,
	   "tells what is there");
	view.story[0] = '\0';
	tells("", "an event for what the first look showed tells nothing again");
	is_number(usb_watch_counts(watch).events, 1, "it was counted");
	is_number(usb_watch_counts(watch).resyncs, 1, "so was the look");
	ok(usb_watch_counts(watch).buffer > 0, "the buffer's size is known");
	unplug(&there);
	unplug(&other);
	tells("-1-1@2 -1-2@3 ", "both go");
}

static void test_fields(void)
{
	struct cage_device device = phone("3-1.2", 9);
	const struct usb_device *told;

	device.bus = 3;
	device.peer = "1-1-port2"; /* no kernel would say it, and it comes first */
	plug(&device);
	tells("+3-1.2@9 ", "a phone behind a hub");
	told = bus_view_find(&view, "3-1.2");
	if (!ok(told, "is in the view"))
		return;
	is_string(told->connector, "1-1.2", "connector");
	is_number(told->bus, 3, "bus");
	is_number(told->product, 0x12a8, "product");
	is_number(told->mode, USB_NORMAL, "mode");
	is_number(told->family, USB_FAMILY_MOBILE, "family");
	is_number(told->speed, 480, "speed");
	is_string(told->udid.text, "00008110-001A2B3C4D5E6F70", "udid");
	is_number((long long)told->ecid, 0x1a2b3c4d5e6f70, "ecid");
	is_number(told->chip, 0x8110, "chip");
	is_string(told->serial, "", "serial number");
	unplug(&device);
	tells("-3-1.2@9 ", "it goes");
}

/* Every action but remove means that it is there; each may come alone, twice, in any order. */
static void test_actions(void)
{
	static const char *const actions[] = { "add",  "bind",	 "change",  "unbind",
					       "move", "online", "offline", "" };
	const struct cage_device device = phone("1-4", 7);

	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
		cage_plug(&device);
		cage_tell(actions[i], &device);
		cage_tell("add", &device);
		cage_tell(actions[i], &device);
		tells("+1-4@7 ", actions[i]);
		cage_tell("remove", &device);
		cage_tell("remove", &device);
		cage_unplug("1-4");
		tells("-1-4@7 ", "remove, also while sysfs still shows it, and twice");
	}
}

static void test_visits(void)
{
	const struct cage_device old = phone("1-4", 7), new = phone("1-4", 8);
	struct cage_device recovery = phone("1-4", 8);

	plug(&old);
	tells("+1-4@7 ", "the first visit");
	cage_plug(&new);
	cage_tell("remove", &old);
	cage_tell("add", &new);
	tells("-1-4@7 +1-4@8 ", "a re-plug");
	cage_tell("remove", &old);
	tells("", "the end of an old visit does not end the new one");
	recovery.product = "1281";
	recovery.serial = "CPID:8110 BDID:0E ECID:001A2B3C4D5E6F70 SRNM:[F2LX]";
	cage_plug(&recovery);
	cage_tell("change", &recovery);
	tells("-1-4@8 +1-4@8 ", "another mode is another visit");
	is_string(bus_view_find(&view, "1-4")->udid.text, "00008110-001A2B3C4D5E6F70",
		  "and the same device");
	is_string(bus_view_find(&view, "1-4")->serial, "F2LX", "with its serial number");
	recovery.serial = NULL;
	cage_plug(&recovery);
	cage_tell("change", &recovery);
	tells("+1-4@8 ", "what changes within a visit is told again");
	cage_plug(&old);
	cage_tell("add", &old);
	tells("-1-4@8 +1-4@7 ", "a removal that was never said");
	cage_unplug("1-4");
	cage_tell("add", &old);
	tells("", "an event for what has left already");
	cage_tell("remove", &old);
	tells("-1-4@7 ", "and its removal");
}

static void test_others(void)
{
	struct cage_device device = phone("1-6", 11);

	device.vendor = "1d6b";
	plug(&device);
	tells("", "another vendor's device");
	unplug(&device);
	device.vendor = "05ac";
	device.product = "024f";
	plug(&device);
	tells("", "a keyboard of Apple's");
	device = phone("1-6", 12);
	plug(&device);
	tells("+1-6@12 ", "a phone in its place");
	cage_tell_interface("add", &device);
	tells("", "its interfaces");
	device.product = "024f";
	cage_plug(&device);
	cage_tell("add", &device);
	tells("-1-6@12 ", "a keyboard in the phone's place");
	unplug(&device);
	tells("", "goes unseen too");
}

static void test_odd_sysfs(void)
{
	struct cage_device device = phone("1-7", 13);

	device.product = "12a8 ";
	plug(&device);
	tells("", "a product number that is none");
	device = phone("1-7", 0);
	plug(&device);
	tells("", "an address that is none");
	device = phone("1-7", 13);
	device.serial = "../../etc/\x1b[31mpasswd";
	plug(&device);
	tells("+1-7@13 ", "an odd serial number");
	ok(!udid_is_set(&bus_view_find(&view, "1-7")->udid), "gives no UDID");
	unplug(&device);
	tells("-1-7@13 ", "it goes");
}

static void test_resync(void)
{
	struct cage_device stays = phone("1-1", 2), leaves = phone("1-2", 3),
			   comes = phone("1-3", 4), again = phone("1-4", 5), raw = phone("1-5", 6);

	plug(&stays);
	plug(&leaves);
	plug(&again);
	tells("+1-1@2 +1-2@3 +1-4@5 ", "three");
	cage_unplug("1-2");
	cage_plug(&comes);
	again.address = 9;
	cage_plug(&again);
	raw.raw = true;
	cage_plug(&raw);
	is_number(usb_watch_resync(watch), 0, "looks in doubt");
	ok(!bus_view_find(&view, "1-2") && bus_view_find(&view, "1-3"), "one left, one came");
	is_number(bus_view_find(&view, "1-4")->address, 9, "one was away");
	ok(bus_view_find(&view, "1-5"), "one is there though udevd is not through with it");
	view.story[0] = '\0';
	is_number(usb_watch_resync(watch), 0, "looks again");
	tells("", "and has nothing to tell");
	raw.raw = false;
	plug(&raw);
	tells("", "what udevd says of it then is not new");
	unplug(&stays);
	unplug(&comes);
	unplug(&again);
	unplug(&raw);
	bus_view_story(&view, watch);
	is_number((long long)view.count, 0, "all are gone");
}

static void test_trouble(void)
{
	const struct usb_watch_counts before = usb_watch_counts(watch);
	const struct cage_device device = phone("1-1", 2);

	cage_plug(&device);
	cage_babble();
	tells("+1-1@2 ", "an event that is none makes it look");
	is_number((long long)(usb_watch_counts(watch).resyncs - before.resyncs), 1, "once");
	is_number((long long)(usb_watch_counts(watch).overruns - before.overruns), 0,
		  "and is no overrun");
	unplug(&device);
	tells("-1-1@2 ", "it goes on as before");
}

/* One more than the roll holds. */
static void test_full(void)
{
	char ports[USB_WATCH_MAX + 1][USB_PORT_MAX + 1];
	int left;

	for (unsigned i = 0; i <= USB_WATCH_MAX; i++) {
		struct cage_device device = phone(ports[i], 1 + i % 127);

		snprintf(ports[i], sizeof ports[i], "%u-1.%u", 1 + i / 127, 1 + i % 127);
		device.bus = 1 + i / 127;
		cage_plug(&device);
	}
	is_number(usb_watch_resync(watch), 0, "looks at a bus that is too full");
	is_number((long long)view.count, USB_WATCH_MAX, "tells as many as it may");
	is_number((long long)usb_watch_counts(watch).beyond, 1, "counts the other");
	left = (int)view.count;
	for (unsigned i = 0; i <= USB_WATCH_MAX; i++)
		cage_unplug(ports[i]);
	is_number(usb_watch_resync(watch), 0, "looks at an empty one");
	is_number((long long)view.count, 0, "takes all of them back");
	ok(left > 0 && !view.broken, "and says of none what is not so");
	view.story[0] = '\0';
}

int main(void)
{
	const char *why = cage_enter();

	if (why) {
		tap_skip(why);
		return tap_done();
	}
	usb_watch_close(NULL);
	test_first_look();
	test_fields();
	test_actions();
	test_visits();
	test_others();
	test_odd_sysfs();
	test_resync();
	test_trouble();
	test_full();
	is_string(view.broken ? view.broken : "", "", "every promise was kept");
	usb_watch_close(watch);
	return tap_done();
}
