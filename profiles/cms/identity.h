/* SPDX-License-Identifier: Apache-2.0 */
/* Identities: a key with its certificate and those above it, from the files that people have. */
#ifndef PROFILES_CMS_IDENTITY_H
#define PROFILES_CMS_IDENTITY_H

#include <openssl/types.h>
#include <openssl/x509.h>
#include <stddef.h>
#include <stdint.h>

#include "profiles/values/problem.h"

/* Largest file of an identity, in bytes: a key and a chain have some KiB. */
#define IDENTITY_SIZE_MAX (1U << 20)

/* What was read so far; zeroed is nothing. */
struct identity {
	EVP_PKEY *key;		 /* NULL none yet */
	X509 *certificate;	 /* the key's; set by identity_match */
	STACK_OF(X509) * others; /* all other certificates; NULL none */
};
void identity_done(struct identity *identity);

/*
 * Adds what the SIZE BYTES of FILE hold to IDENTITY: PKCS#12; PEM with keys and certificates; a key
 * or a certificate in DER. PASSPHRASE opens what is locked; NULL when there is none.
 * Returns 0; -EINVAL when PROBLEMS tell why not; -EACCES, with a problem, when PASSPHRASE is needed
 * or wrong; or -ENOMEM.
 */
int identity_add(struct identity *identity, const char *file, const unsigned char *bytes,
		 size_t size, const char *passphrase, struct problems *problems);

/* Finds the certificate of the key among those that were added. FILE is named in problems. Returns
 * 0 or -EINVAL. */
int identity_match(struct identity *identity, const char *file, struct problems *problems);

/* Makes a new one: an RSA key and a certificate that it signs itself, for ORGANIZATION, valid from
 * NOW (seconds since 1970) for DAYS. Returns 0 and RET_IDENTITY, or -EINVAL, -ENOMEM. */
int identity_new(const char *organization, int64_t now, unsigned days,
		 struct identity *ret_identity);

/* IDENTITY, which is matched, as PKCS#12 that PASSPHRASE ("" for none) opens, with today's
 * algorithms. Returns 0, RET_BYTES (the caller's, OPENSSL_clear_free) and RET_SIZE, or -ENOMEM. */
int identity_to_pkcs12(const struct identity *identity, const char *passphrase,
		       unsigned char **ret_bytes, size_t *ret_size);

/* Its certificate and the others as PEM. The caller's, free; NULL without memory. */
char *identity_to_pem(const struct identity *identity);

#endif
