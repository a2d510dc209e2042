/* SPDX-License-Identifier: Apache-2.0 */
/* A device's ECID, the number of its chip, as it is written: in hexadecimal, as Apple's tools do.
 */
#include "device/facts/ecid.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX	   "0x"
#define DIGITS_MAX 16

const char *ecid_to_text(uint64_t ecid, char out[static ECID_TEXT_MAX])
{
	snprintf(out, ECID_TEXT_MAX, PREFIX "%" PRIX64, ecid);
	return out;
}

uint64_t ecid_from_text(const char *text)
{
	size_t digits;

	if (strncmp(text, PREFIX, strlen(PREFIX)) != 0)
		return 0;
	text += strlen(PREFIX);
	digits = strspn(text, "0123456789abcdefABCDEF");
	return digits <= DIGITS_MAX && text[digits] == '\0' ? strtoull(text, NULL, 16) : 0;
}
