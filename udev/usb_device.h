/* SPDX-License-Identifier: Apache-2.0 */
/* An Apple device as the USB bus shows it: where it is plugged in, in which mode, and who it says
 * it is. */
#ifndef UDEV_USB_DEVICE_H
#define UDEV_USB_DEVICE_H

#include <stdint.h>

#include "device/facts/port.h"
#include "device/facts/udid.h"

/* Longest port path, without its end. */
#define USB_PORT_MAX PORT_MAX

/* What the device is doing, by its product number (doc/protocol.md, "USB identities"). */
enum usb_mode {
	USB_NORMAL,   /* its system runs: usbmuxd should see it */
	USB_RECOVERY, /* iBoot's recovery mode */
	USB_DFU, /* device firmware upgrade: phones, pads, and Macs with Apple silicon or a T2 */
	USB_WTF, /* its first stage on the oldest devices */
	USB_RESTORE, /* a restore is under way */
	USB_BRIDGE,  /* the T1 or T2 inside of a Mac */
};
#define USB_MODES 6

/* What kind of machine it is, as far as its product number or its boot loader tells. The mode alone
 * does not: a phone and a Mac have one number in DFU. */
enum usb_family {
	USB_FAMILY_UNKNOWN,
	USB_FAMILY_MOBILE, /* a phone, pad, pod, watch, television box, loudspeaker, headset */
	USB_FAMILY_MAC_SILICON,
	USB_FAMILY_MAC_INTEL, /* a Mac with a T1 or T2 */
};
#define USB_FAMILIES 4

/* Longest serial number kept, without its end; Apple's have 10 to 12 letters and digits. */
#define USB_SERIAL_MAX 24

struct usb_device {
	char port[USB_PORT_MAX + 1]; /* the bus topology, as the kernel names it: "1-4.2" */
	/* The port that stands for the connector: a USB 3 port that shares it with a USB 2 port
	 * gives the same name for both; else the same as PORT. */
	char connector[USB_PORT_MAX + 1];
	uint8_t bus, address; /* the address changes with each plug */
	uint16_t product;     /* the vendor is Apple */
	enum usb_mode mode;
	enum usb_family family;
	unsigned speed;	  /* negotiated, in Mbit/s; 0 when not known */
	struct udid udid; /* not set when the serial number gives none */
	uint64_t ecid;	  /* 0 when not known */
	uint32_t chip;	  /* CPID; 0 when not known */
	/* The serial number on the device's back, letters and digits; "" unless its boot loader
	 * tells it (recovery mode does). */
	char serial[USB_SERIAL_MAX + 1];
};

#endif
