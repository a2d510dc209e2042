/* SPDX-License-Identifier: Apache-2.0 */
/* usbmux messages that a client of the simulated bench sends. */
#include "tests/fuzz/entry.h"
#include "tests/sim/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct frame frame;

	while (frame_look(bytes, size, &frame) == 1) {
		must(frame.length >= FRAME_HEADER && frame.length <= size);
		bytes += frame.length;
		size -= frame.length;
	}
	return 0;
}
