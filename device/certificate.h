/* SPDX-License-Identifier: Apache-2.0 */
/* The three certificates of a pairing, made from the host's keys and the device's public key. */
#ifndef DEVICE_CERTIFICATE_H
#define DEVICE_CERTIFICATE_H

#include <stddef.h>

#include "device/host_keys.h"

/* A device's key is RSA-2048, very old ones have 1024 bits. What is far larger would only cost
 * time. */
#define DEVICE_KEY_BITS_MIN 1024
#define DEVICE_KEY_BITS_MAX 4096
/* Most bytes of DevicePublicKey: 4096 bits in PEM are 780. */
#define DEVICE_KEY_PEM_MAX 4096

/* PEM texts, as a pair record holds them. */
struct certificates {
	char *root;   /* self-signed, CA */
	char *host;   /* signed by the root key */
	char *device; /* the device's public key, signed by the root key */
};

/*
 * Makes the certificates for KEYS and the LEN bytes of a device's DevicePublicKey (PEM, PKCS#1 or
 * SubjectPublicKeyInfo). SHA-256, empty names, ten years from when the keys were made: the same
 * keys give the same certificates (doc/protocol.md, "Pairing"). Returns 0, -EINVAL for a device key
 * that is none or not of a fitting size, or -EIO.
 */
int certificates_make(const struct host_keys *keys, const void *device_key, size_t len,
		      struct certificates *ret_certificates);

/* Takes a zeroed one too. */
void certificates_free(struct certificates *certificates);

#endif
