/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTPS client for tests: asks once, and believes only the certificate with the fingerprint that
 * it is told. Prints the answer as it came, headers and all. */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FINGERPRINT_MAX 96
#define REQUEST_MAX	(128 * 1024)

static void fail(const char *what)
{
	fprintf(stderr, "https-ask: %s\n", what);
	ERR_print_errors_fp(stderr);
	exit(1);
}

static void write_fingerprint(SSL *ssl, char out[static FINGERPRINT_MAX])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	X509 *certificate = SSL_get1_peer_certificate(ssl);

	if (!certificate || X509_digest(certificate, EVP_sha256(), digest, &size) != 1)
		fail("no certificate");
	for (unsigned i = 0; i < size; i++)
		sprintf(out + 3 * i, "%02X%s", digest[i], i + 1 < size ? ":" : "");
	X509_free(certificate);
}

/* Connects to ADDRESS; "-" as FINGERPRINT believes any. */
static BIO *dial(SSL_CTX *context, const char *address, const char *fingerprint)
{
	BIO *bio = BIO_new_ssl_connect(context);
	char found[FINGERPRINT_MAX];
	SSL *ssl = NULL;

	BIO_set_conn_hostname(bio, address);
	if (BIO_do_connect(bio) <= 0)
		fail("cannot connect");
	BIO_get_ssl(bio, &ssl);
	write_fingerprint(ssl, found);
	if (strcmp(fingerprint, "-") != 0 && strcmp(fingerprint, found) != 0)
		fail("another certificate");
	return bio;
}

/* https-ask FINGERPRINT METHOD https://ADDR:PORT/PATH [FORM] */
int main(int argc, char **argv)
{
	static char request[REQUEST_MAX], bytes[4096];
	const char *form = argc > 4 ? argv[4] : "", *path;
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	char *address;
	BIO *bio;
	int n;

	if (argc < 4 || strncmp(argv[3], "https://", 8) != 0) {
		fputs("usage: https-ask FINGERPRINT METHOD URL [FORM]\n", stderr);
		return 2;
	}
	path = strchr(argv[3] + 8, '/');
	address = strndup(argv[3] + 8, path ? (size_t)(path - argv[3] - 8) : strlen(argv[3] + 8));
	bio = dial(context, address, argv[1]);
	n = snprintf(request, sizeof request,
		     "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: "
		     "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		     argv[2], path ? path : "/", address, strlen(form), form);
	if (n >= (int)sizeof request || BIO_write(bio, request, n) != n)
		fail("cannot ask");
	while ((n = BIO_read(bio, bytes, sizeof bytes)) > 0)
		fwrite(bytes, 1, (size_t)n, stdout);
	BIO_free_all(bio);
	SSL_CTX_free(context);
	free(address);
	return 0;
}
