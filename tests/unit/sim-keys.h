/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, certificates and signed files as hosts make them, for tests of the simulated devices. */
#ifndef TESTS_UNIT_SIM_KEYS_H
#define TESTS_UNIT_SIM_KEYS_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

/* A certificate without names for SUBJECT's key, signed with SIGNER's. Aborts when OpenSSL fails:
 * a test can do nothing then. The caller's. */
X509 *make_certificate(EVP_PKEY *subject, EVP_PKEY *signer);

/* The certificate as a data node with its PEM text; the caller's. */
plist_t new_pem_node(X509 *certificate);

/* The public key in the PEM text of a DevicePublicKey node; the caller's. */
EVP_PKEY *read_public_key(plist_t node);

/* What a host has: its keys, and the certificates for one device. */
struct host {
	EVP_PKEY *key;
	X509 *root;
	X509 *host;
	X509 *device;
	const char *id;
};

/* A new host with this HostID and keys of its own, for the device with PUBLIC_KEY (a node). */
struct host host_new(const char *id, plist_t public_key);
void host_done(struct host *host);

/* The PairRecord of HOST as it travels; the caller's. */
plist_t host_record(const struct host *host);

/* TEXT as CMS SignedData with its content inside, DER, or BER of indefinite length when BER. The
 * caller's, to free(). */
char *sign_text(const char *text, bool ber, size_t *ret_len);

#endif
