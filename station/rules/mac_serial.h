/* SPDX-License-Identifier: Apache-2.0 */
/* The serial number of a Mac as a person types it, or a scanner reads it from the box. */
#ifndef STATION_RULES_MAC_SERIAL_H
#define STATION_RULES_MAC_SERIAL_H

#include <stdbool.h>

/* Shortest and longest (doc/handover.md, "Serial numbers"). */
#define MAC_SERIAL_MIN 8
#define MAC_SERIAL_MAX 14

struct mac_serial {
	char text[MAC_SERIAL_MAX + 1]; /* capitals and digits */
	bool barcode;		       /* an S was before it, as on boxes, and is left out */
};

enum mac_serial_fault {
	MAC_SERIAL_FINE,
	MAC_SERIAL_LENGTH,    /* too short or too long */
	MAC_SERIAL_CHARACTER, /* something else than letters and digits */
	MAC_SERIAL_LETTER_O,  /* the letter O or I, which the older form does not have */
};
/* What a person is told; "" for MAC_SERIAL_FINE. */
const char *mac_serial_sentence(enum mac_serial_fault fault);

/* Reads TYPED, without regard to case and to blanks around it. Returns MAC_SERIAL_FINE and
 * RET_SERIAL, or what is wrong. */
enum mac_serial_fault mac_serial_read(const char *typed, struct mac_serial *ret_serial);

#endif
