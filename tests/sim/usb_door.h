/* SPDX-License-Identifier: Apache-2.0 */
/* The USB/IP server: a hub's ports, which guests look at and take the devices from. */
#ifndef TESTS_SIM_USB_DOOR_H
#define TESTS_SIM_USB_DOOR_H

struct bench;
struct phone;
struct usb_door;

/*
 * The door of BENCH is bench->usb from now on. Bus ids are "1-1", "1-2", …: ports, in each of which
 * at most one phone is. Importing a port waits until a phone is in it that no guest has; closing
 * the connection of an import gives the phone back. Returns 0 or -ENOMEM.
 */
int usb_door_new(struct bench *bench);
/* Closes the connections of guests that wait. NULL is fine. */
void usb_door_free(struct usb_door *door);

/* A guest has connected on FD, which is the door's, also on failure. Returns 0 or -ENOMEM. */
int usb_door_accept(struct usb_door *door, int fd);

/* PHONE is on the bus and no guest has it: the first that waits for its port gets it. Without a
 * door, or when it is not so, nothing happens. */
void usb_door_offer(struct phone *phone);

#endif
