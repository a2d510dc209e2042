/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 of a file's bytes, the evidence of what a device was given. */
#include "profiles/files/digest.h"

#include <openssl/sha.h>
#include <stdio.h>

void digest_to_text(const unsigned char *bytes, size_t size, char out[static DIGEST_TEXT_MAX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	SHA256(bytes, size, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}
