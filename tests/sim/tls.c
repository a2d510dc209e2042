/* SPDX-License-Identifier: Apache-2.0 */
/* The device's side of TLS: OpenSSL between two memory BIOs. */
#include "tests/sim/tls.h"

#include <errno.h>
#include <limits.h>
#include <openssl/err.h>
#include <stdlib.h>

/* A TLS record's most. */
#define TLS_RECORD 16384

struct tls {
	SSL *ssl;
	BIO *in;  /* the SSL's: what came */
	BIO *out; /* the SSL's: what is to leave */
	bool over;
	unsigned char *certificate;
	size_t certificate_length;
};

struct tls *tls_new(SSL_CTX *server)
{
	struct tls *tls = calloc(1, sizeof(*tls));
	BIO *in = BIO_new(BIO_s_mem());
	BIO *out = BIO_new(BIO_s_mem());
	SSL *ssl = SSL_new(server);

	if (!tls || !in || !out || !ssl) {
		BIO_free(in);
		BIO_free(out);
		SSL_free(ssl);
		free(tls);
		return NULL;
	}
	/* An empty buffer means "more is to come", not the end. */
	BIO_set_mem_eof_return(in, -1);
	SSL_set_bio(ssl, in, out);
	SSL_set_accept_state(ssl);
	*tls = (struct tls){ .ssl = ssl, .in = in, .out = out };
	return tls;
}

void tls_free(struct tls *tls)
{
	if (!tls)
		return;
	SSL_free(tls->ssl);
	OPENSSL_free(tls->certificate);
	free(tls);
}

/* Reads all that is readable. */
static int tls_read(struct tls *tls, struct bytes *plain)
{
	for (;;) {
		unsigned char *room = bytes_room(plain, TLS_RECORD);
		size_t n;

		if (!room)
			return -ENOMEM;
		ERR_clear_error();
		if (SSL_read_ex(tls->ssl, room, TLS_RECORD, &n)) {
			bytes_added(plain, n);
			continue;
		}
		switch (SSL_get_error(tls->ssl, 0)) {
		case SSL_ERROR_WANT_READ:
			return 0;
		case SSL_ERROR_ZERO_RETURN:
			tls->over = true;
			return 0;
		default: /* OpenSSL's numbers, not an enum of ours */
			return -EPROTO;
		}
	}
}

int tls_feed(struct tls *tls, const void *from, size_t length, struct bytes *plain)
{
	if (length > INT_MAX || BIO_write(tls->in, from, (int)length) != (int)length)
		return -ENOMEM;
	return tls->over ? 0 : tls_read(tls, plain);
}

int tls_write(struct tls *tls, const void *from, size_t length)
{
	size_t n;

	ERR_clear_error();
	return SSL_write_ex(tls->ssl, from, length, &n) && n == length ? 0 : -EPROTO;
}

void tls_end(struct tls *tls)
{
	ERR_clear_error();
	(void)SSL_shutdown(tls->ssl); /* in mid-handshake there is nobody to say good-bye to */
}

static int drain(BIO *from, struct bytes *to)
{
	size_t waiting;

	while ((waiting = BIO_ctrl_pending(from)) > 0) {
		unsigned char *room = bytes_room(to, waiting);
		size_t n;

		if (!room)
			return -ENOMEM;
		if (!BIO_read_ex(from, room, waiting, &n))
			return -ENOMEM;
		bytes_added(to, n);
	}
	return 0;
}

int tls_wanted(struct tls *tls, struct bytes *out)
{
	return drain(tls->out, out);
}

int tls_rest(struct tls *tls, struct bytes *plain)
{
	return drain(tls->in, plain);
}

bool tls_up(const struct tls *tls)
{
	return SSL_is_init_finished(tls->ssl);
}

bool tls_over(const struct tls *tls)
{
	return tls->over;
}

const unsigned char *tls_peer_certificate(struct tls *tls, size_t *ret_length)
{
	X509 *peer = SSL_get0_peer_certificate(tls->ssl);

	if (!tls->certificate && peer) {
		int n = i2d_X509(peer, &tls->certificate);

		tls->certificate_length = n > 0 ? (size_t)n : 0;
	}
	*ret_length = tls->certificate_length;
	return tls->certificate;
}
