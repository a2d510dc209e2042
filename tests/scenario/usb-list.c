/* SPDX-License-Identifier: Apache-2.0 */
/* Lists the Apple devices on the bus as the watch tells them, one a line: for tests that put
 * another bus under libudev. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "udev/usb_identity.h"
#include "udev/usb_watch.h"

static void print_device(void *owner, const struct usb_device *device)
{
	(void)owner;
	printf("%s connector=%s at=%u.%u product=%04x mode=%s family=%s speed=%u udid=%s "
	       "ecid=%" PRIX64 " chip=%" PRIX32 " serial=%s\n",
	       device->port, device->connector, device->bus, device->address, device->product,
	       usb_mode_name(device->mode), usb_family_name(device->family), device->speed,
	       device->udid.text, device->ecid, device->chip, device->serial);
}

int main(void)
{
	static const struct usb_watch_calls calls = { .present = print_device,
						      .gone = print_device };
	struct usb_watch *watch;
	int r = usb_watch_open(&calls, NULL, &watch);

	if (r == 0)
		r = usb_watch_resync(watch);
	if (r < 0) {
		fprintf(stderr, "usb-list: %s\n", strerror(-r));
		return EXIT_FAILURE;
	}
	usb_watch_close(watch);
	return EXIT_SUCCESS;
}
