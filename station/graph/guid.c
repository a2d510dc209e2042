/* SPDX-License-Identifier: Apache-2.0 */
/* Random ids (UUID version 4), for requests and assertions. */
#include "station/graph/guid.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

const char *guid_make(char out[static GUID_TEXT_MAX])
{
	unsigned char b[16];

	/* 16 bytes come whole once the kernel has any randomness. */
	while (getrandom(b, sizeof b, 0) < 0 && errno == EINTR)
		;
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	snprintf(out, GUID_TEXT_MAX,
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		 b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
		 b[15]);
	return out;
}
