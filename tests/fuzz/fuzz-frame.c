/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux messages in a stream, as usbmuxd or a worker sends them. */
#include <sys/socket.h>
#include <unistd.h>

#include "device/mux/frame.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct frame_in in = { .max = FRAME_ASKED_MAX };
	struct frame frame;
	uint32_t number;
	int pair[2], r;

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
	r = size > 0 && send(pair[0], bytes, size, MSG_DONTWAIT) != (ssize_t)size;
	close(pair[0]);
	while (r == 0 && frame_receive(&in, pair[1], &frame) == 1) {
		must(frame.len > FRAME_HEADER && frame.len <= FRAME_ASKED_MAX);
		frame_result(&frame, &number);
		frame_done(&frame);
	}
	frame_in_done(&in);
	close(pair[1]);
	return 0;
}
