/* SPDX-License-Identifier: Apache-2.0 */
/* The keys and certificates of simulated devices, and what a host's certificates must be. */
#ifndef TESTS_SIM_CERTIFICATE_H
#define TESTS_SIM_CERTIFICATE_H

#include <openssl/ssl.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

/* A device's RSA key, its self-signed certificate, and the TLS server made of them. */
struct identity;

/* Identities for many phones. Making an RSA key takes a tenth of a second, so phones share: the
 * pool makes at most IDENTITY_POOL_SIZE of them, each when it is first wanted. */
#define IDENTITY_POOL_SIZE 4
struct identity_pool;

/* NULL when memory is out. Free it after the phones that use it; NULL is fine. */
struct identity_pool *identity_pool_new(void);
void identity_pool_free(struct identity_pool *pool);

/* The identity for the phone of this NUMBER (any). The pool keeps it. NULL when OpenSSL fails. */
struct identity *identity_pool_get(struct identity_pool *pool, unsigned number);

/*
 * The TLS server of IDENTITY: TLS 1.0 to 1.3 at security level 0, as devices of all ages; asks the
 * host for its certificate and accepts any in the handshake (pairing.h judges it). The identity
 * keeps it; SSL_new takes its own reference.
 */
SSL_CTX *identity_tls(const struct identity *identity);

/* The value of DevicePublicKey: data, PEM "RSA PUBLIC KEY". The caller owns it; NULL: no memory. */
plist_t identity_public_key(const struct identity *identity);

/* Its certificate and its private key as the data nodes in PEM that a pair record has. The caller
 * owns them; NULL: no memory. */
plist_t identity_certificate(const struct identity *identity);
plist_t identity_private_key(const struct identity *identity);

/*
 * Whether the three PEM texts of a pair record fit this device: all parse, the device certificate
 * wraps this identity's public key, and the root's key signed it. A node that is not data, or over
 * CERTIFICATE_MAX bytes, fits nothing.
 */
#define CERTIFICATE_MAX 16384
bool identity_fits_record(const struct identity *identity, plist_t root, plist_t host,
			  plist_t device);

/* Whether PEM (a data node) is the certificate with the DER encoding of LEN bytes at DER. */
bool certificate_is(plist_t pem, const unsigned char *der, size_t len);

#endif
