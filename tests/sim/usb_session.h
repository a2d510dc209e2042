/* SPDX-License-Identifier: Apache-2.0 */
/* The device's side of usbmux over USB: the version, and the connections of the host. */
#ifndef TESTS_SIM_USB_SESSION_H
#define TESTS_SIM_USB_SESSION_H

#include <stdbool.h>
#include <stddef.h>

struct phone;
struct usb_pipe;
struct usb_segment;
struct usb_session;

/* PHONE speaks to its host by PIPE. STIR is called when something has come into PIPE by itself,
 * from the event loop. NULL without memory. */
struct usb_session *usb_session_new(struct phone *phone, struct usb_pipe *pipe,
				    void (*stir)(void *userdata), void *userdata);
/* Closes its connections. NULL is fine. */
void usb_session_free(struct usb_session *session);

/* The host has sent these bytes in a transfer, of which they are the END or not. */
void usb_session_take(struct usb_session *session, const unsigned char *bytes, size_t length,
		      bool end);
/* There is room in the pipe again. */
void usb_session_go_on(struct usb_session *session);

/* Its connections close, and nothing is agreed on: the interface has begun anew. */
void usb_session_restart(struct usb_session *session);

/* For usb_call.c: the phone, a segment to the host, and whether there is room for more data. */
struct phone *usb_session_phone(struct usb_session *session);
void usb_session_send(struct usb_session *session, const struct usb_segment *segment);
bool usb_session_full(const struct usb_session *session);
/* Something was sent outside of the calls above. */
void usb_session_stir(struct usb_session *session);

#endif
