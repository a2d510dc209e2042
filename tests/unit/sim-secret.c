/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of TLS with a simulated device in the same process. */
#include "tests/unit/sim-secret.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

static bool call_over(void *of)
{
	struct secret *secret = of;
	int error;

	secret->result = secret->call(secret);
	error = SSL_get_error(secret->ssl, secret->result);
	return error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
}

static int call_connect(struct secret *secret)
{
	return SSL_connect(secret->ssl);
}

static int call_read(struct secret *secret)
{
	return SSL_read(secret->ssl, secret->at, secret->left);
}

bool secret_connect(struct secret *secret, struct sim *sim, int fd, const struct host *host,
		    int version)
{
	X509 *certificate = version == TLS1_VERSION ? host->root : host->host;

	*secret = (struct secret){ .sim = sim, .call = call_connect };
	secret->context = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_security_level(secret->context, 0);
	SSL_CTX_set_min_proto_version(secret->context, version);
	SSL_CTX_set_max_proto_version(secret->context, version);
	SSL_CTX_use_certificate(secret->context, certificate);
	SSL_CTX_use_PrivateKey(secret->context, host->key);
	secret->ssl = SSL_new(secret->context);
	SSL_set_fd(secret->ssl, fd);
	return sim_wait(sim, call_over, secret) && secret->result == 1;
}

void secret_free(struct secret *secret)
{
	SSL_free(secret->ssl);
	SSL_CTX_free(secret->context);
}

bool secret_read(struct secret *secret, void *to, size_t length)
{
	secret->call = call_read;
	secret->at = to;
	secret->left = (int)length;
	while (secret->left > 0) {
		if (!sim_wait(secret->sim, call_over, secret) || secret->result <= 0)
			return false;
		secret->at += secret->result;
		secret->left -= secret->result;
	}
	return true;
}

bool secret_ask(struct secret *secret, const char *what)
{
	char message[512];
	char want[64];
	uint32_t length;
	int n = snprintf(message + 4, sizeof(message) - 4,
			 "<plist version=\"1.0\"><dict><key>Do</key><string>%s</string></dict>"
			 "</plist>",
			 what);

	length = htobe32((uint32_t)n);
	memcpy(message, &length, 4);
	snprintf(want, sizeof(want), "<string>%s</string>", what);
	if (SSL_write(secret->ssl, message, n + 4) != n + 4 || !secret_read(secret, &length, 4))
		return false;
	length = be32toh(length);
	if (length >= sizeof(message) || !secret_read(secret, message, length))
		return false;
	message[length] = '\0';
	return strstr(message, want);
}
