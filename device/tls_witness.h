/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the TLS connection that libimobiledevice was asked for really came to be. */
#ifndef DEVICE_TLS_WITNESS_H
#define DEVICE_TLS_WITNESS_H

#include <stdbool.h>

/*
 * libimobiledevice opens a lockdown session without TLS when the device says so, returns success
 * and does not tell (doc/protocol.md, "Session and TLS"). The witness sees each SSL object made in
 * this process by OpenSSL's own notification. It needs a libimobiledevice that is linked to the
 * same OpenSSL; with another one no session is ever found private.
 */
struct tls_witness;

/* NULL without memory. The caller's, tls_witness_free, when no SSL object is left. */
struct tls_witness *tls_witness_new(void);
void tls_witness_free(struct tls_witness *witness);

/* How many SSL objects have been made until now. */
unsigned tls_witness_count(const struct tls_witness *witness);

/* An SSL object was made after the count was BEFORE, still exists, and has ended its handshake. */
bool tls_witness_saw(const struct tls_witness *witness, unsigned before);

#endif
