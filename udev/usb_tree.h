/* SPDX-License-Identifier: Apache-2.0 */
/* What hangs on each USB host controller: devices and endpoints, counted from sysfs. */
#ifndef UDEV_USB_TREE_H
#define UDEV_USB_TREE_H

#include <stdbool.h>

#include "udev/usb_device.h"

/* Host controllers of one computer; a server with four cards of four has sixteen. */
#define USB_CONTROLLERS_MAX 64
/* Ports of the controller itself; the kernel allows 31 a bus, and two buses a controller. */
#define USB_BRANCHES_MAX 64
#define USB_NAME_MAX	 64

/* What hangs on one port of the controller, hubs included. */
struct usb_branch {
	char port[USB_PORT_MAX + 1]; /* "3-4" */
	bool hub;		     /* there is a hub on the port: all of it can be moved */
	unsigned devices, endpoints, phones;
};

struct usb_controller {
	char name[USB_NAME_MAX];   /* its place in the computer: "0000:00:14.0" */
	char driver[USB_NAME_MAX]; /* "xhci_hcd"; "" not known */
	/* In use now. Hubs are devices; the endpoints have each device's control endpoint. */
	unsigned devices, endpoints;
	unsigned phones; /* Apple devices in normal mode, of the devices */
	unsigned branch_count;
	struct usb_branch branches[USB_BRANCHES_MAX];
};

struct usb_tree {
	unsigned count;
	struct usb_controller controllers[USB_CONTROLLERS_MAX];
};

/*
 * Reads the tree from ROOT/sys ("" is this computer's). What disappears while it is read is left
 * out; what is more than fits is left out too.
 * Returns 0; -ENOENT when there is no USB at all; or another negative errno.
 */
int usb_tree_read(const char *root, struct usb_tree *ret_tree);

#endif
