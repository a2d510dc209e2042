/* SPDX-License-Identifier: Apache-2.0 */
/* Big-endian numbers. */
#include "tests/sim/usb_number.h"

#include <endian.h>
#include <string.h>

uint16_t usb_get16(const unsigned char *from)
{
	return (uint16_t)(from[0] << 8 | from[1]);
}

uint32_t usb_get32(const unsigned char *from)
{
	uint32_t number;

	memcpy(&number, from, sizeof(number));
	return be32toh(number);
}

void usb_put16(unsigned char *to, uint16_t number)
{
	to[0] = (unsigned char)(number >> 8);
	to[1] = (unsigned char)number;
}

void usb_put32(unsigned char *to, uint32_t number)
{
	number = htobe32(number);
	memcpy(to, &number, sizeof(number));
}
