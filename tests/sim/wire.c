/* SPDX-License-Identifier: Apache-2.0 */
/* A stream with a host: which of its bytes are TLS, and which are not. */
#include "tests/sim/wire.h"

#include <stdlib.h>

#include "tests/sim/stream.h"
#include "tests/sim/tls.h"

/* The first byte of a TLS record is 20 or above; that of a message's length, which is what follows
 * in clear text, is below as long as messages are (channel.h: CHANNEL_MESSAGE_MAX). */
#define TLS_RECORD_LOWEST 20

struct wire {
	struct stream *stream;
	struct tls *tls;
	bool stopping; /* our good-bye of TLS has left, the host's has not come */
	bool ended;
	struct bytes clear;
};

struct wire *wire_new(struct stream *stream)
{
	struct wire *wire = calloc(1, sizeof(*wire));

	if (!wire) {
		stream_free(stream);
		return NULL;
	}
	wire->stream = stream;
	return wire;
}

void wire_free(struct wire *wire)
{
	if (!wire)
		return;
	tls_free(wire->tls);
	stream_free(wire->stream);
	bytes_done(&wire->clear);
	free(wire);
}

int wire_drip(struct wire *wire, uint64_t usec)
{
	return stream_drip(wire->stream, usec);
}

void wire_hold(struct wire *wire, bool held)
{
	stream_hold(wire->stream, held);
}

struct bytes *wire_clear(struct wire *wire)
{
	return &wire->clear;
}

bool wire_full(const struct wire *wire)
{
	return stream_waiting(wire->stream) >= STREAM_OUTPUT_FULL;
}

bool wire_secret(const struct wire *wire)
{
	return wire->tls && !wire->stopping && tls_up(wire->tls);
}

bool wire_left(const struct wire *wire)
{
	return wire->tls && !wire->stopping && tls_over(wire->tls);
}

const unsigned char *wire_host_certificate(struct wire *wire, size_t *ret_length)
{
	*ret_length = 0;
	return wire->tls ? tls_peer_certificate(wire->tls, ret_length) : NULL;
}

void wire_end(struct wire *wire)
{
	wire->ended = true;
	stream_finish(wire->stream);
}

bool wire_ended(const struct wire *wire)
{
	return wire->ended;
}

/* Sends what TLS wants sent. */
static void wire_flush(struct wire *wire)
{
	struct bytes out = { 0 };

	if (tls_wanted(wire->tls, &out) < 0)
		wire_end(wire);
	else
		stream_write(wire->stream, bytes_at(&out), out.length);
	bytes_done(&out);
}

void wire_send(struct wire *wire, const void *from, size_t length)
{
	if (!wire->tls || wire->stopping) {
		stream_write(wire->stream, from, length);
		return;
	}
	if (tls_write(wire->tls, from, length) < 0)
		wire_end(wire);
	else
		wire_flush(wire);
}

void wire_start_tls(struct wire *wire, SSL_CTX *server)
{
	struct bytes early = wire->clear;

	if (wire->tls)
		return;
	wire->tls = tls_new(server);
	if (!wire->tls) {
		wire_end(wire);
		return;
	}
	wire->clear = (struct bytes){ 0 };
	if (tls_feed(wire->tls, bytes_at(&early), early.length, &wire->clear) < 0)
		wire_end(wire);
	else
		wire_flush(wire);
	bytes_done(&early);
}

/* TLS is over on both sides; what is left of its input is clear text. */
static int wire_drop_tls(struct wire *wire)
{
	int r = tls_rest(wire->tls, &wire->clear);

	tls_free(wire->tls);
	wire->tls = NULL;
	wire->stopping = false;
	return r;
}

void wire_stop_tls(struct wire *wire)
{
	if (!wire->tls || wire->stopping)
		return;
	tls_end(wire->tls);
	wire_flush(wire);
	wire->stopping = true;
	if (tls_over(wire->tls) && wire_drop_tls(wire) < 0)
		wire_end(wire);
}

static int wire_decrypt(struct wire *wire, const unsigned char *from, size_t length)
{
	int r = tls_feed(wire->tls, from, length, &wire->clear);

	wire_flush(wire);
	if (r == 0 && wire->stopping && tls_over(wire->tls))
		r = wire_drop_tls(wire);
	return r;
}

int wire_take(struct wire *wire)
{
	size_t length;
	const unsigned char *from = stream_input(wire->stream, &length);
	int r = 0;

	if (!length)
		return 0;
	/* Some hosts drop TLS without good-bye. */
	if (wire->stopping && from[0] < TLS_RECORD_LOWEST)
		r = wire_drop_tls(wire);
	if (r == 0 && wire->tls)
		r = wire_decrypt(wire, from, length);
	else if (r == 0)
		r = bytes_add(&wire->clear, from, length);
	stream_use(wire->stream, length);
	return r < 0 ? r : 1;
}

void wire_close(struct wire *wire)
{
	if (wire->tls && !wire->stopping) {
		tls_end(wire->tls);
		wire_flush(wire);
	}
	wire_end(wire);
}
