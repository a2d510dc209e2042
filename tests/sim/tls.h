/* SPDX-License-Identifier: Apache-2.0 */
/* The device's side of TLS over bytes that somebody else carries; can begin and end in mid-stream.
 */
#ifndef TESTS_SIM_TLS_H
#define TESTS_SIM_TLS_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/sim/bytes.h"

struct tls;

/* A server that waits for its client's first message. NULL when OpenSSL fails. */
struct tls *tls_new(SSL_CTX *server);
void tls_free(struct tls *tls);

/*
 * Takes LENGTH encrypted bytes and adds what they say to PLAIN. Returns 0, -EPROTO when it is no
 * TLS that we accept, or -ENOMEM. Then see tls_wanted: there may be something to send.
 */
int tls_feed(struct tls *tls, const void *from, size_t length, struct bytes *plain);

/* Encrypts. Returns 0, or -EPROTO before the handshake is done and after tls_end. */
int tls_write(struct tls *tls, const void *from, size_t length);

/* Says good-bye (close_notify); nothing can be written any more. */
void tls_end(struct tls *tls);

/* Moves what is to be sent to the peer to OUT. Returns 0 or -ENOMEM. */
int tls_wanted(struct tls *tls, struct bytes *out);

/* The handshake is done. */
bool tls_up(const struct tls *tls);
/* The peer has said good-bye; what came behind that is in clear text: tls_rest moves it to PLAIN.
 */
bool tls_over(const struct tls *tls);
int tls_rest(struct tls *tls, struct bytes *plain);

/* The peer's certificate in DER, or NULL/0. Valid as long as TLS. */
const unsigned char *tls_peer_certificate(struct tls *tls, size_t *ret_length);

#endif
