/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of TLS with a simulated device in the same process, for tests. */
#ifndef TESTS_UNIT_SIM_SECRET_H
#define TESTS_UNIT_SIM_SECRET_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/unit/sim-host.h"
#include "tests/unit/sim-keys.h"

/* A TLS client over FD; all its calls run the bench. */
struct secret {
	struct sim *sim;
	SSL *ssl;
	SSL_CTX *context;
	int result; /* of the call under way */
	int (*call)(struct secret *secret);
	unsigned char *at;
	int left;
};

/* Makes TLS of this VERSION on FD, with HOST's root certificate for 1.0 and its host certificate
 * for the others: clients differ in it. To be freed also when it failed. */
bool secret_connect(struct secret *secret, struct sim *sim, int fd, const struct host *host,
		    int version);
/* Frees what TLS needs; FD stays. */
void secret_free(struct secret *secret);

/* Reads exactly LENGTH bytes; false at the end. */
bool secret_read(struct secret *secret, void *to, size_t length);

/* Sends the request "Do" WHAT; whether the reply has WHAT as a text. */
bool secret_ask(struct secret *secret, const char *what);

#endif
