/* SPDX-License-Identifier: Apache-2.0 */
/* Who a device says it is: the serial number string of its USB descriptor. */
#ifndef UDEV_USB_SERIAL_H
#define UDEV_USB_SERIAL_H

#include <stdint.h>

#include "udev/usb_device.h"

/* Longest string looked at: a USB string descriptor holds 126 characters, and the kernel writes
 * each in one byte or '?' (or as UTF-8 of at most three bytes). What is longer is no such string.
 */
#define USB_SERIAL_TEXT_MAX 378

/* What a serial number string holds; zeroed where it holds nothing (board: USB_BOARD_UNKNOWN). */
struct usb_serial {
	struct udid udid;
	uint64_t ecid;
	uint32_t chip, board;
	char serial[USB_SERIAL_MAX + 1];
};

/*
 * Reads TEXT, the serial number string of a device in MODE (doc/protocol.md, "USB serial number
 * strings"). It is a device's own word: what has not exactly the form of a field is taken as if it
 * were not there, and nothing of the text itself is kept but the serial number's letters and
 * digits. A field that is there twice with two values counts as not there.
 * In normal mode (and in restore mode and bridges) it is the UDID, from which the newer form gives
 * chip and ECID too; in recovery, DFU and WTF mode it is a list of fields, and chip and ECID of a
 * chip with the newer form give the UDID that the device has when its system runs.
 */
struct usb_serial usb_serial_read(enum usb_mode mode, const char *text);

#endif
