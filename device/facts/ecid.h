/* SPDX-License-Identifier: Apache-2.0 */
/* A device's ECID, the number of its chip, as it is written: in hexadecimal, as Apple's tools do.
 */
#ifndef DEVICE_FACTS_ECID_H
#define DEVICE_FACTS_ECID_H

#include <stdint.h>

/* "0x" and 16 digits, with their end. */
#define ECID_TEXT_MAX 19

/* Writes ECID, "0x1A2B3C4D5E6F70"; returns OUT. */
const char *ecid_to_text(uint64_t ecid, char out[static ECID_TEXT_MAX]);

/* The reverse. 0, which is no device's, for what is none. */
uint64_t ecid_from_text(const char *text);

#endif
