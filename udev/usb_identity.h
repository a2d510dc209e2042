/* SPDX-License-Identifier: Apache-2.0 */
/* What each of Apple's USB product numbers is, in which mode, and what the station does with it. */
#ifndef UDEV_USB_IDENTITY_H
#define UDEV_USB_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "udev/usb_device.h"

/* Apple's vendor number, as sysfs writes it and as a number. */
#define USB_VENDOR_APPLE_TEXT "05ac"
#define USB_VENDOR_APPLE      0x05ac

/*
 * Finds the mode of the device with VENDOR and PRODUCT (doc/protocol.md, "USB identities"). The
 * table is the station's own: no udev rule of anybody is needed.
 * Returns 0, or -ENODEV and leaves RET_MODE alone for all that no station works with: other
 * vendors' devices, Apple's keyboards, hubs, adapters.
 */
int usb_identity_find(uint16_t vendor, uint16_t product, enum usb_mode *ret_mode);

/* Board number of a device that does not tell it. */
#define USB_BOARD_UNKNOWN UINT32_MAX

/*
 * The family of a device with PRODUCT whose boot loader named CHIP (CPID, 0 when not known) and
 * BOARD (BDID, or USB_BOARD_UNKNOWN). Some chips are in pads and in Macs, and their board tells
 * which. USB_FAMILY_UNKNOWN for a chip that is not in the table and for a number alone that says
 * nothing: it is better to say "a device or a Mac" than the wrong one.
 */
enum usb_family usb_identity_family(uint16_t product, uint32_t chip, uint32_t board);

/* Names for JSON, logs and tables: "normal", "recovery", "dfu", "wtf", "restore", "bridge". */
const char *usb_mode_name(enum usb_mode mode);
/* "unknown", "mobile", "mac-silicon", "mac-intel". */
const char *usb_family_name(enum usb_family family);

/* What the station may do with a device, by its mode. */
enum usb_use {
	USB_WORK, /* give it a job once usbmuxd has it */
	USB_WAIT, /* nothing now: it is about to change by itself; to touch it may break it */
	USB_SHOW, /* nothing: a person must act; it is shown and recorded as set aside */
};
enum usb_use usb_mode_use(enum usb_mode mode);

/*
 * What there is and what to do now, for a person at the bench, by DEVICE's mode and family. Plain
 * sentences, static; the remedy of a device that can be worked on is "".
 */
const char *usb_device_sentence(const struct usb_device *device);
const char *usb_device_remedy(const struct usb_device *device);

#endif
