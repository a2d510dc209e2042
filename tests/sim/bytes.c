/* SPDX-License-Identifier: Apache-2.0 */
/* A queue of bytes: one block of memory with a moving start. */
#include "tests/sim/bytes.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_SIZE_MIN 512

unsigned char *bytes_room(struct bytes *bytes, size_t more)
{
	size_t size = bytes->size ? bytes->size : BYTES_SIZE_MIN;
	unsigned char *memory;

	if (bytes->start && bytes->start + bytes->length + more > bytes->size) {
		memmove(bytes->memory, bytes->memory + bytes->start, bytes->length);
		bytes->start = 0;
	}
	if (bytes->length + more > bytes->size) {
		while (size < bytes->length + more)
			size *= 2;
		memory = realloc(bytes->memory, size);
		if (!memory)
			return NULL;
		bytes->memory = memory;
		bytes->size = size;
	}
	return bytes->memory + bytes->start + bytes->length;
}

void bytes_added(struct bytes *bytes, size_t length)
{
	bytes->length += length;
}

int bytes_add(struct bytes *bytes, const void *from, size_t length)
{
	unsigned char *room;

	/* An empty queue has no memory; nothing fits in there. */
	if (!length)
		return 0;
	room = bytes_room(bytes, length);
	if (!room)
		return -ENOMEM;
	memcpy(room, from, length);
	bytes_added(bytes, length);
	return 0;
}

const unsigned char *bytes_at(const struct bytes *bytes)
{
	return bytes->memory ? bytes->memory + bytes->start : NULL;
}

void bytes_drop(struct bytes *bytes, size_t length)
{
	bytes->start += length;
	bytes->length -= length;
	if (!bytes->length)
		bytes->start = 0;
}

void bytes_done(struct bytes *bytes)
{
	free(bytes->memory);
	*bytes = (struct bytes){ 0 };
}
