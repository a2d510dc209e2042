/* SPDX-License-Identifier: Apache-2.0 */
/* How many phones a bench holds, and what to move where: arithmetic with controllers' limits. */
#ifndef UDEV_USB_BUDGET_H
#define UDEV_USB_BUDGET_H

#include "udev/usb_tree.h"

/*
 * What an xHCI controller can have at a time. The standard leaves both to its maker (MaxSlots in
 * HCSPARAMS1; the endpoints are not even told), and many stop here: makers of large hubs measured
 * 96 endpoints and 32 devices on Intel's and AMD's, and the kernel then says "Not enough host
 * controller resources". doc/station.md, "How many devices".
 */
#define USB_BUDGET_DEVICES   32
#define USB_BUDGET_ENDPOINTS 96
/* Other controllers keep no table of endpoints; they end with the bus's addresses. */
#define USB_BUDGET_ADDRESSES 127

/* Endpoints of a phone in the configuration that usbmuxd chooses: control, three of PTP, two of
 * usbmux, two of tethering. */
#define USB_PHONE_ENDPOINTS 8

/* How many phones CONTROLLER can have besides what it has now. */
unsigned usb_budget_room(const struct usb_controller *controller);

/* How many phones CONTROLLER can have in all: those that it has, and the room. */
unsigned usb_budget_phones(const struct usb_controller *controller);

struct usb_advice {
	const struct usb_controller *from, *to;
	const struct usb_branch *branch; /* the hub to move, with all that is on it */
};

/*
 * Finds what to move: the largest hub with phones on a controller without room that fits on
 * another, so that it has room again. Returns whether there is one.
 */
bool usb_budget_advise(const struct usb_tree *tree, struct usb_advice *ret_advice);

#endif
