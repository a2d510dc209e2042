/* SPDX-License-Identifier: Apache-2.0 */
/* A device's USB serial number string, in every mode. */
#include <ctype.h>
#include <string.h>

#include "tests/fuzz/entry.h"
#include "udev/usb_identity.h"
#include "udev/usb_serial.h"

static void check(enum usb_mode mode, const char *text)
{
	struct usb_serial serial = usb_serial_read(mode, text);
	struct udid again;

	must(!udid_is_set(&serial.udid) ||
	     (udid_parse(serial.udid.text, &again) == 0 && udid_equal(&serial.udid, &again)));
	must(strlen(serial.serial) <= USB_SERIAL_MAX);
	for (const char *at = serial.serial; *at; at++)
		must(isalnum((unsigned char)*at));
	usb_identity_family(0x1227, serial.chip, serial.board);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);

	must(text);
	if (size > 0)
		memcpy(text, bytes, size);
	text[size] = '\0';
	for (int mode = 0; mode < USB_MODES; mode++)
		check((enum usb_mode)mode, text);
	free(text);
	return 0;
}
