/* SPDX-License-Identifier: Apache-2.0 */
/* A set of host keys: the two RSA keys that one pairing needs on this side. */
#ifndef DEVICE_HOST_KEYS_H
#define DEVICE_HOST_KEYS_H

#include <openssl/evp.h>
#include <time.h>

/* As lockdown wants them. */
#define HOST_KEY_BITS 2048

struct host_keys {
	EVP_PKEY *root; /* signs the three certificates */
	EVP_PKEY *host;
	time_t made; /* when: the certificates and the HostID made from a set are always the same */
};

/* Makes a set: about 0.2 s of processor time. Returns 0 or -EIO. */
int host_keys_make(struct host_keys *ret_keys);

/* Reads a set as host_keys_write wrote it from the start of FD, a regular file; FD stays the
 * caller's. Returns 0, -EINVAL for anything else than two RSA keys of HOST_KEY_BITS, or another
 * negative errno. */
int host_keys_read(int fd, struct host_keys *ret_keys);

/* Writes both keys as PEM to FD, the root key first. Returns 0 or negative errno. */
int host_keys_write(int fd, const struct host_keys *keys);

/* KEY alone as PEM, in the form that all programs of the field read ("RSA PRIVATE KEY"). NULL
 * without memory; the caller's, host_keys_free_pem. */
char *host_key_to_pem(EVP_PKEY *key);
/* Wipes and frees; takes NULL. */
void host_keys_free_pem(char *pem);

/* Takes a zeroed set too. */
void host_keys_free(struct host_keys *keys);

#endif
