/* SPDX-License-Identifier: Apache-2.0 */
/* CMS around bytes: signed so that devices take it, or encrypted for one of them. */
#ifndef PROFILES_CMS_CMS_SEAL_H
#define PROFILES_CMS_CMS_SEAL_H

#include <stddef.h>

#include "profiles/cms/identity.h"
#include "profiles/values/problem.h"

/*
 * Signs the SIZE BYTES, which stay as they are inside, with IDENTITY and its chain: DER, SHA-256,
 * content attached. Returns 0, RET_BYTES (the caller's, free) and RET_SIZE, or -ENOMEM.
 */
int cms_sign(const struct identity *identity, const void *bytes, size_t size,
	     unsigned char **ret_bytes, size_t *ret_size);

/*
 * Encrypts the SIZE BYTES with AES-256 for the certificate in PEM or DER that the CERT_SIZE bytes
 * of CERT_FILE are. Returns 0, RET_BYTES (DER; the caller's, free) and RET_SIZE; -EINVAL when
 * PROBLEMS tell why not; or -ENOMEM.
 */
struct cms_recipient {
	const char *file;
	const unsigned char *bytes;
	size_t size;
};
int cms_encrypt(const struct cms_recipient *recipient, const void *bytes, size_t size,
		struct problems *problems, unsigned char **ret_bytes, size_t *ret_size);

#endif
