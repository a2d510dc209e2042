/* SPDX-License-Identifier: Apache-2.0 */
/* The roll of devices, and what counts as a change. */
#include "udev/usb_roll.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/tap.h"

static struct usb_roll roll;

static const struct usb_device phone = {
	.port = "1-4",
	.connector = "1-4",
	.bus = 1,
	.address = 7,
	.product = 0x12a8,
	.mode = USB_NORMAL,
	.family = USB_FAMILY_MOBILE,
	.speed = 480,
	.udid = { "00008110-001A2B3C4D5E6F70" },
	.ecid = 0x1a2b3c4d5e6f70,
	.chip = 0x8110,
	.serial = "F2L",
};

static void test_changes(void)
{
	/* One member is another than the phone's. */
	struct row {
		const char *what;
		enum usb_change change;
		struct usb_device after;
	} rows[] = {
		{ "nothing", USB_SAME, phone },	    { "bus", USB_REPLACED, phone },
		{ "address", USB_REPLACED, phone }, { "product", USB_REPLACED, phone },
		{ "mode", USB_REPLACED, phone },    { "connector", USB_UPDATED, phone },
		{ "family", USB_UPDATED, phone },   { "speed", USB_UPDATED, phone },
		{ "udid", USB_UPDATED, phone },	    { "ecid", USB_UPDATED, phone },
		{ "chip", USB_UPDATED, phone },	    { "serial", USB_UPDATED, phone },
	};

	rows[1].after.bus = 2;
	rows[2].after.address = 8;
	rows[3].after.product = 0x12ab;
	rows[4].after.mode = USB_DFU;
	strcpy(rows[5].after.connector, "2-4");
	rows[6].after.family = USB_FAMILY_UNKNOWN;
	rows[7].after.speed = 5000;
	rows[8].after.udid.text[3] = '1';
	rows[9].after.ecid++;
	rows[10].after.chip++;
	rows[11].after.serial[0] = '\0';
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number(usb_change_between(&phone, &rows[i].after), rows[i].change, rows[i].what);
}

static void test_roll(void)
{
	struct usb_device other = phone;
	size_t put = 0;

	ok(!usb_roll_find(&roll, "1-4"), "an empty roll");
	ok(usb_roll_put(&roll, &phone) && usb_roll_find(&roll, "1-4"), "a phone is put");
	other.address = 9;
	ok(usb_roll_put(&roll, &other) && roll.count == 1 &&
		   usb_roll_find(&roll, "1-4")->address == 9,
	   "another takes its place");
	ok(!usb_roll_find(&roll, "1-") && !usb_roll_find(&roll, "1-4.1"), "ports are whole names");
	for (int i = 1; i < 2000; i++) {
		snprintf(other.port, sizeof other.port, "2-%d.%d", 1 + i / 255, 1 + i % 255);
		put += usb_roll_put(&roll, &other);
	}
	is_number((long long)put, USB_WATCH_MAX - 1, "it takes no more than it may");
	ok(usb_roll_put(&roll, &phone), "and takes news of whom it has");
	usb_roll_drop(&roll, usb_roll_find(&roll, "1-4"));
	ok(!usb_roll_find(&roll, "1-4"), "a phone is dropped");
	is_number((long long)roll.count, USB_WATCH_MAX - 1, "and no other");
	while (roll.count > 0)
		usb_roll_drop(&roll, &roll.list[roll.count - 1]);
	ok(!usb_roll_find(&roll, "2-1.2"), "all are dropped");
}

int main(void)
{
	test_changes();
	test_roll();
	return tap_done();
}
