/* SPDX-License-Identifier: Apache-2.0 */
/* A bulk endpoint to the host: a queue of transfers, cut into the buffers that the host has. */
#ifndef TESTS_SIM_USB_PIPE_H
#define TESTS_SIM_USB_PIPE_H

#include <stdbool.h>
#include <stddef.h>

struct usb_transfer;

/* All zero is empty. */
struct usb_pipe {
	struct usb_transfer *first;
	struct usb_transfer **end; /* NULL when nothing was ever queued */
	size_t waiting;		   /* bytes */
};

/* Above this nothing more should be asked of whoever fills it. */
#define USB_PIPE_FULL ((size_t)256 << 10)

/* Queues HEAD and BODY as one transfer. Returns 0 or -ENOMEM. */
int usb_pipe_add(struct usb_pipe *pipe, const void *head, size_t head_length, const void *body,
		 size_t body_length);
bool usb_pipe_full(const struct usb_pipe *pipe);

/*
 * What a buffer of SIZE gets: bytes of the first transfer, as many as there are and fit; none for
 * the empty packet that ends one which fills its last packet. Returns false when nothing waits.
 * Valid until usb_pipe_sent.
 */
bool usb_pipe_part(const struct usb_pipe *pipe, size_t size, const unsigned char **ret_part,
		   size_t *ret_length);
/* That part has gone to a buffer of the same SIZE. */
void usb_pipe_sent(struct usb_pipe *pipe, size_t size);

/* Empties it; it can be used again. */
void usb_pipe_clear(struct usb_pipe *pipe);

#endif
