/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 of a file's bytes, the evidence of what a device was given. */
#ifndef PROFILES_FILES_DIGEST_H
#define PROFILES_FILES_DIGEST_H

#include <stddef.h>

/* Room for a digest as text, 64 digits, with its end. */
#define DIGEST_TEXT_MAX 65

/* Writes the digest of the SIZE BYTES as lower-case hexadecimal digits and NUL. */
void digest_to_text(const unsigned char *bytes, size_t size, char out[static DIGEST_TEXT_MAX]);

#endif
