/* SPDX-License-Identifier: Apache-2.0 */
/* A bulk endpoint to the host. A transfer ends with a packet that is not full, so one whose last
 * packet is full needs an empty one behind it. */
#include "tests/sim/usb_pipe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/usb_persona.h"

struct usb_transfer {
	struct usb_transfer *next; /* usb_pipe: first */
	size_t length, sent;
	unsigned char bytes[];
};

int usb_pipe_add(struct usb_pipe *pipe, const void *head, size_t head_length, const void *body,
		 size_t body_length)
{
	struct usb_transfer *transfer = malloc(sizeof(*transfer) + head_length + body_length);

	if (!transfer)
		return -ENOMEM;
	transfer->next = NULL;
	transfer->length = head_length + body_length;
	transfer->sent = 0;
	if (head_length)
		memcpy(transfer->bytes, head, head_length);
	if (body_length)
		memcpy(transfer->bytes + head_length, body, body_length);
	*(pipe->first ? pipe->end : &pipe->first) = transfer;
	pipe->end = &transfer->next;
	pipe->waiting += transfer->length;
	return 0;
}

bool usb_pipe_full(const struct usb_pipe *pipe)
{
	return pipe->waiting >= USB_PIPE_FULL;
}

static size_t part_of(const struct usb_transfer *transfer, size_t size)
{
	size_t left = transfer->length - transfer->sent;

	return left < size ? left : size;
}

bool usb_pipe_part(const struct usb_pipe *pipe, size_t size, const unsigned char **ret_part,
		   size_t *ret_length)
{
	const struct usb_transfer *transfer = pipe->first;

	if (!transfer)
		return false;
	*ret_part = transfer->bytes + transfer->sent;
	*ret_length = part_of(transfer, size);
	return true;
}

void usb_pipe_sent(struct usb_pipe *pipe, size_t size)
{
	struct usb_transfer *transfer = pipe->first;
	size_t part = part_of(transfer, size);

	transfer->sent += part;
	pipe->waiting -= part;
	if (transfer->sent < transfer->length)
		return;
	/* The buffer is full to the brim with full packets: the host cannot know that this was
	 * all. */
	if (part == size && size && transfer->length % USB_PACKET == 0)
		return;
	pipe->first = transfer->next;
	free(transfer);
}

void usb_pipe_clear(struct usb_pipe *pipe)
{
	while (pipe->first) {
		struct usb_transfer *next = pipe->first->next;

		free(pipe->first);
		pipe->first = next;
	}
	pipe->waiting = 0;
}
