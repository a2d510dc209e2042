/* SPDX-License-Identifier: Apache-2.0 */
/* The serial number of a Mac as a person types it, or a scanner reads it from the box. */
#include "station/rules/mac_serial.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

const char *mac_serial_sentence(enum mac_serial_fault fault)
{
	switch (fault) {
	case MAC_SERIAL_FINE:
		return "";
	case MAC_SERIAL_LENGTH:
		return "a Mac's serial number has 8 to 14 characters, most often 10 or 12";
	case MAC_SERIAL_CHARACTER:
		return "a Mac's serial number has letters and digits only";
	case MAC_SERIAL_LETTER_O:
		return "a serial number of 11 or 12 characters has neither O nor I: is it 0 or 1?";
	}
	return "";
}

/* Is the S at the front of LEN characters the barcode's? Serials in use have 10 or 12 characters:
 * the 11 of Macs before 2010 run no system that this is for, and a 12 that begins with S is one. */
static bool is_barcode(const char *text, size_t len)
{
	return toupper((unsigned char)text[0]) == 'S' && (len == 11 || len == 13 || len == 15);
}

enum mac_serial_fault mac_serial_read(const char *typed, struct mac_serial *ret_serial)
{
	struct mac_serial serial = { .barcode = false };
	const char *text = typed + strspn(typed, " \t\r\n");
	size_t len = strlen(text);

	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		len--;
	serial.barcode = is_barcode(text, len);
	text += serial.barcode;
	len -= serial.barcode;
	if (len < MAC_SERIAL_MIN || len > MAC_SERIAL_MAX)
		return MAC_SERIAL_LENGTH;
	for (size_t i = 0; i < len; i++) {
		if (!isascii((unsigned char)text[i]) || !isalnum((unsigned char)text[i]))
			return MAC_SERIAL_CHARACTER;
		serial.text[i] = (char)toupper((unsigned char)text[i]);
	}
	if ((len == 11 || len == 12) && strpbrk(serial.text, "OI"))
		return MAC_SERIAL_LETTER_O;
	*ret_serial = serial;
	return MAC_SERIAL_FINE;
}
