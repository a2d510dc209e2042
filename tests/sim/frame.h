/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux on the wire: the header of a frame, and numbers as the protocol has them. */
#ifndef TESTS_SIM_FRAME_H
#define TESTS_SIM_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_HEADER 16
/* usbmuxd's buffer for a client: a longer frame ends the connection. */
#define FRAME_MAX 65536U

enum frame_version {
	FRAME_BINARY = 0,
	FRAME_PLIST = 1,
};

enum frame_message {
	FRAME_MESSAGE_RESULT = 1,
	FRAME_MESSAGE_PLIST = 8,
};

/* What a Result says. Operations on pair records answer with an errno instead. */
enum frame_result {
	FRAME_OK = 0,
	FRAME_BAD_COMMAND = 1,
	FRAME_BAD_DEVICE = 2,
	FRAME_REFUSED = 3,
	FRAME_BAD_VERSION = 6,
};

struct frame {
	uint32_t length; /* with the header */
	uint32_t version;
	uint32_t message;
	uint32_t tag;
};

/* Reads the header of the frame that BYTES begin with. Returns 1 when the frame is whole, 0 when
 * more bytes are needed, -EBADMSG for a length that no frame has. RET is filled only for 1. */
int frame_look(const unsigned char *bytes, size_t length, struct frame *ret_frame);

/* Writes FRAME's header. */
void frame_put(unsigned char bytes[FRAME_HEADER], const struct frame *frame);

/* The number as Connect carries a port: its bytes swapped. */
uint16_t frame_swap_port(uint16_t port);

#endif
