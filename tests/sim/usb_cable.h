/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated device in the hands of a guest: its endpoints behind USB/IP. */
#ifndef TESTS_SIM_USB_CABLE_H
#define TESTS_SIM_USB_CABLE_H

struct phone;
struct stream;
struct usb_cable;

/*
 * The guest behind STREAM, which is the cable's from now on, also on failure, has PHONE: it is
 * phone->cable until the guest or the phone goes. Returns 0 or -ENOMEM.
 */
int usb_cable_new(struct phone *phone, struct stream *stream);
/* Closes the connection: for the guest the device is unplugged. NULL is fine. */
void usb_cable_free(struct usb_cable *cable);
/* Looks at what the guest had sent before. May free the cable. */
void usb_cable_start(struct usb_cable *cable);

#endif
