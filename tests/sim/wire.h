/* SPDX-License-Identifier: Apache-2.0 */
/* A stream with a host that can change to TLS and back while it runs. */
#ifndef TESTS_SIM_WIRE_H
#define TESTS_SIM_WIRE_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/sim/bytes.h"

struct stream;
struct wire;

/* Takes STREAM, also on failure. NULL when memory is out. */
struct wire *wire_new(struct stream *stream);
/* Closes the connection at once; NULL is fine. */
void wire_free(struct wire *wire);

/* See stream.h. */
int wire_drip(struct wire *wire, uint64_t usec);
void wire_hold(struct wire *wire, bool held);

/* Moves what the host has sent to wire_clear. Returns 1 when something came, 0 when nothing did, or
 * a negative errno when it is no TLS where it should be. */
int wire_take(struct wire *wire);
/* What the host has sent, in clear text, for the caller to drop from. */
struct bytes *wire_clear(struct wire *wire);

/* Sends in the form of the moment. */
void wire_send(struct wire *wire, const void *from, size_t length);
/* So much waits for the host that the next request should wait too. */
bool wire_full(const struct wire *wire);

/* What comes from now on, and what was not used yet, is a TLS handshake with SERVER. No effect when
 * TLS is there already. */
void wire_start_tls(struct wire *wire, SSL_CTX *server);
/* Good-bye of TLS; clear text from now on. No effect without TLS. */
void wire_stop_tls(struct wire *wire);
/* The handshake is done, and TLS was not stopped. */
bool wire_secret(const struct wire *wire);
/* The host has said good-bye of TLS by itself: it wants to close. */
bool wire_left(const struct wire *wire);
/* In DER, or NULL/0; valid while TLS is. */
const unsigned char *wire_host_certificate(struct wire *wire, size_t *ret_length);

/* Says good-bye, lets leave what is under way, and then makes the stream call gone. */
void wire_close(struct wire *wire);
/* The same without good-bye. */
void wire_end(struct wire *wire);
bool wire_ended(const struct wire *wire);

#endif
