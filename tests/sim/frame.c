/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux on the wire: little-endian words before a payload. */
#include "tests/sim/frame.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

int frame_look(const unsigned char *bytes, size_t length, struct frame *ret_frame)
{
	uint32_t word[FRAME_HEADER / sizeof(uint32_t)];

	if (length < sizeof(word[0]))
		return 0;
	memcpy(&word[0], bytes, sizeof(word[0]));
	if (le32toh(word[0]) < FRAME_HEADER || le32toh(word[0]) > FRAME_MAX)
		return -EBADMSG;
	if (length < le32toh(word[0]))
		return 0;
	memcpy(word, bytes, sizeof(word));
	*ret_frame = (struct frame){ .length = le32toh(word[0]),
				     .version = le32toh(word[1]),
				     .message = le32toh(word[2]),
				     .tag = le32toh(word[3]) };
	return 1;
}

void frame_put(unsigned char bytes[FRAME_HEADER], const struct frame *frame)
{
	const uint32_t word[] = { htole32(frame->length), htole32(frame->version),
				  htole32(frame->message), htole32(frame->tag) };

	memcpy(bytes, word, sizeof(word));
}

uint16_t frame_swap_port(uint16_t port)
{
	return (uint16_t)(port << 8 | port >> 8);
}
