/* SPDX-License-Identifier: Apache-2.0 */
/* Serial numbers on USB, made of the UDID, the ECID and the serial of a device. */
#include "tests/sim/usb_serial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/phone.h"

/* Of the UDIDs that begin with the chip's number. */
#define UDID_DASH 8
/* A device whose UDID is a hash: the chip of an iPhone 7. */
#define CHIP_OF_OLD 0x8010UL

void usb_serial_normal(const struct phone *phone, char to[USB_SERIAL_MAX + 1])
{
	const char *serial = phone_usb_serial(phone);

	/* usbmuxd puts the dash back into a serial of 24 characters. */
	if (strlen(serial) == 25 && serial[UDID_DASH] == '-')
		snprintf(to, USB_SERIAL_MAX + 1, "%.*s%s", UDID_DASH, serial,
			 serial + UDID_DASH + 1);
	else
		snprintf(to, USB_SERIAL_MAX + 1, "%s", serial);
}

static unsigned long chip_of(const struct phone *phone)
{
	if (strlen(phone->udid) == 25)
		return strtoul(phone->udid, NULL, 16);
	return CHIP_OF_OLD;
}

void usb_serial_boot(const struct phone *phone, char to[USB_SERIAL_MAX + 1])
{
	char last[48];

	if (phone->mode == MODE_DFU)
		snprintf(last, sizeof(last), "SRTG:[iBoot-7459.140.15]");
	else
		snprintf(last, sizeof(last), "SRNM:[%s]", phone->serial);
	snprintf(to, USB_SERIAL_MAX + 1,
		 "CPID:%04lX CPRV:11 CPFM:03 SCEP:01 BDID:%02X ECID:%016llX IBFL:%s %s",
		 chip_of(phone), phone->board_id, (unsigned long long)phone->ecid,
		 phone->mode == MODE_DFU ? "3C" : "BD", last);
}

void usb_serial_nonces(const struct phone *phone, char to[USB_SERIAL_MAX + 1])
{
	/* Of no use to anybody here; another one for each device. */
	snprintf(to, USB_SERIAL_MAX + 1, "NONC:%016llX%016llX SNON:%016llX",
		 (unsigned long long)~phone->ecid, (unsigned long long)phone->ecid,
		 (unsigned long long)(phone->ecid ^ 0x5555555555555555ULL));
}
