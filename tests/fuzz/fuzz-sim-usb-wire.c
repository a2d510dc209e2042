/* SPDX-License-Identifier: Apache-2.0 */
/* USB/IP that a guest of the simulated bus sends: a request, then commands. */
#include <string.h>

#include "tests/fuzz/entry.h"
#include "tests/sim/usb_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct usb_op op;
	int whole = usb_op_look(bytes, size, &op);

	must(whole <= 0 || (size_t)whole <= size);
	if (whole <= 0)
		return 0;
	must(op.code == USB_OP_LIST || memchr(op.bus_id, 0, sizeof(op.bus_id)));
	while (whole > 0) {
		struct usb_command command = { 0 };

		bytes += whole;
		size -= (size_t)whole;
		whole = usb_command_look(bytes, size, &command);
		must(whole <= 0 || (whole >= USB_WIRE_HEADER && (size_t)whole <= size));
		must(whole <= 0 || command.endpoint < 16);
		must(whole <= 0 || !command.out || command.length <= size - USB_WIRE_HEADER);
	}
	return 0;
}
