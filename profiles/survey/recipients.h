/* SPDX-License-Identifier: Apache-2.0 */
/* For whom the payloads of a profile are encrypted. */
#ifndef PROFILES_SURVEY_RECIPIENTS_H
#define PROFILES_SURVEY_RECIPIENTS_H

#include <stddef.h>

#include "device/facts/clean.h"

/* Most recipients told; real profiles have one, the device's own certificate. */
#define RECIPIENTS_MAX 4

struct recipients {
	size_t count;				  /* all; the first RECIPIENTS_MAX are told */
	char list[RECIPIENTS_MAX][CLEAN_MAX + 1]; /* "CN = Issuer, serial number 0A1B" */
};

/* Reads the SIZE BYTES of EncryptedPayloadContent. Returns 0 and RET_RECIPIENTS, or -EINVAL when
 * they are not CMS EnvelopedData. */
int recipients_read(const unsigned char *bytes, size_t size, struct recipients *ret_recipients);

#endif
