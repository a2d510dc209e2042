/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 of a file's bytes, the evidence of what a device was given. */
#ifndef PROFILES_FILES_DIGEST_H
#define PROFILES_FILES_DIGEST_H

#include <stddef.h>

/* Writes the digest of the SIZE BYTES as 64 lower-case hexadecimal digits and NUL. */
void digest_to_text(const unsigned char *bytes, size_t size, char out[static 65]);

#endif
