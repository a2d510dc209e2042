/* SPDX-License-Identifier: Apache-2.0 */
/* Signs test profiles, with a key and a certificate made when it is first asked. */
#ifndef TESTS_UNIT_SIGNER_H
#define TESTS_UNIT_SIGNER_H

#include <stddef.h>

struct signed_bytes {
	unsigned char *bytes; /* the caller's, free */
	size_t size;
};

/* Signs the SIZE BYTES with FLAGS of CMS_sign added to CMS_BINARY; CMS_STREAM gives BER. */
struct signed_bytes signer_sign(const void *bytes, size_t size, unsigned flags);

/* CMS around the SIZE BYTES that nobody signed; that is encrypted for the signer's certificate. */
struct signed_bytes signer_wrap(const void *bytes, size_t size);
struct signed_bytes signer_encrypt(const void *bytes, size_t size);

void signer_done(void);

#endif
