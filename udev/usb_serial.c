/* SPDX-License-Identifier: Apache-2.0 */
/* Who a device says it is: the serial number string of its USB descriptor. */
#include "udev/usb_serial.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "udev/usb_identity.h"

/* Digits of an ECID in full, and most digits of the smaller fields. */
#define ECID_DIGITS  16
#define FIELD_DIGITS 8
/* Digits of the chip in a UDID of the newer form. */
#define CHIP_DIGITS 8

/* Chips whose devices have the newer form of UDID: the A12 and all since (and the M series), the
 * watches' S4, the T2. Every older chip has another number. */
static const struct {
	uint32_t first, last;
} new_chips[] = {
	{ 0x6000, 0x60ff }, { 0x8006, 0x8006 }, { 0x8012, 0x8012 },
	{ 0x8020, 0x82ff }, { 0x8301, 0x8310 },
};

static bool has_new_udid(uint32_t chip)
{
	for (size_t i = 0; i < sizeof new_chips / sizeof new_chips[0]; i++)
		if (chip >= new_chips[i].first && chip <= new_chips[i].last)
			return true;
	return false;
}

/* Reads the LEN characters at TEXT, 1 to MOST hexadecimal digits and nothing else. */
static bool read_hex(const char *text, size_t len, size_t most, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (len == 0 || len > most)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (!isxdigit(c))
			return false;
		number = 16 * number + (uint64_t)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
	}
	*ret_number = number;
	return true;
}

/*
 * Finds the field NAME ("ECID:") of TEXT, fields with one blank between. Returns its value and
 * RET_LEN, or NULL when it is not there, or there with another value too: a device that names two
 * is not to be tied to either.
 */
static const char *find_field(const char *text, const char *name, size_t *ret_len)
{
	const char *found = NULL;
	size_t name_len = strlen(name), found_len = 0;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (len >= name_len && memcmp(text, name, name_len) == 0) {
			const char *value = text + name_len;

			if (found &&
			    (len - name_len != found_len || memcmp(found, value, found_len)))
				return NULL;
			found = value;
			found_len = len - name_len;
		}
		text += len;
		text += *text == ' ';
	}
	*ret_len = found_len;
	return found;
}

static uint64_t number_field(const char *text, const char *name, size_t digits, uint64_t otherwise)
{
	size_t len;
	const char *value = find_field(text, name, &len);
	uint64_t number;

	return value && read_hex(value, len, digits, &number) ? number : otherwise;
}

/* "SRNM:[F2LXXXXXXXXX]", letters and digits in its brackets. */
static void read_serial(const char *text, char out[static USB_SERIAL_MAX + 1])
{
	size_t len;
	const char *value = find_field(text, "SRNM:", &len);

	if (!value || len < 3 || len - 2 > USB_SERIAL_MAX || value[0] != '[' ||
	    value[len - 1] != ']')
		return;
	for (size_t i = 1; i < len - 1; i++)
		if (!isalnum((unsigned char)value[i]))
			return;
	memcpy(out, value + 1, len - 2);
	out[len - 2] = '\0';
}

/* The UDID in the newer form, by which a device without its system is known as the same. */
static void derive_udid(struct usb_serial *serial)
{
	char text[UDID_MAX + 1];

	if (serial->ecid == 0 || !has_new_udid(serial->chip))
		return;
	snprintf(text, sizeof text, "%08" PRIX32 "-%016" PRIX64, serial->chip, serial->ecid);
	udid_parse(text, &serial->udid);
}

static void read_fields(const char *text, struct usb_serial *serial)
{
	serial->chip = (uint32_t)number_field(text, "CPID:", FIELD_DIGITS, 0);
	serial->board = (uint32_t)number_field(text, "BDID:", FIELD_DIGITS, USB_BOARD_UNKNOWN);
	serial->ecid = number_field(text, "ECID:", ECID_DIGITS, 0);
	read_serial(text, serial->serial);
	derive_udid(serial);
}

static void read_udid(const char *text, struct usb_serial *serial)
{
	uint64_t number;

	if (udid_parse(text, &serial->udid) < 0 || serial->udid.text[CHIP_DIGITS] != '-')
		return;
	if (read_hex(serial->udid.text, CHIP_DIGITS, CHIP_DIGITS, &number))
		serial->chip = (uint32_t)number;
	if (read_hex(serial->udid.text + CHIP_DIGITS + 1, ECID_DIGITS, ECID_DIGITS, &number))
		serial->ecid = number;
}

struct usb_serial usb_serial_read(enum usb_mode mode, const char *text)
{
	struct usb_serial serial = { .board = USB_BOARD_UNKNOWN };

	if (strnlen(text, USB_SERIAL_TEXT_MAX + 1) > USB_SERIAL_TEXT_MAX)
		return serial;
	switch (mode) {
	case USB_NORMAL:
	case USB_RESTORE:
	case USB_BRIDGE:
		read_udid(text, &serial);
		break;
	case USB_RECOVERY:
	case USB_DFU:
	case USB_WTF:
		read_fields(text, &serial);
		break;
	}
	return serial;
}
