/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the TLS connection that libimobiledevice was asked for really came to be. */
#include "device/tls_witness.h"

#include <openssl/ssl.h>
#include <stdlib.h>

struct tls_witness {
	int index;
	const SSL *newest; /* NULL when it has been freed */
	unsigned count;
};

static void saw_new(void *parent, void *ptr, CRYPTO_EX_DATA *data, int index, long number,
		    void *self)
{
	struct tls_witness *witness = self;

	(void)ptr, (void)data, (void)index, (void)number;
	witness->newest = parent;
	witness->count++;
}

static void saw_free(void *parent, void *ptr, CRYPTO_EX_DATA *data, int index, long number,
		     void *self)
{
	struct tls_witness *witness = self;

	(void)ptr, (void)data, (void)index, (void)number;
	if (witness->newest == parent)
		witness->newest = NULL;
}

struct tls_witness *tls_witness_new(void)
{
	struct tls_witness *witness = calloc(1, sizeof *witness);

	if (!witness)
		return NULL;
	witness->index = SSL_get_ex_new_index(0, witness, saw_new, NULL, saw_free);
	if (witness->index < 0) {
		free(witness);
		return NULL;
	}
	return witness;
}

void tls_witness_free(struct tls_witness *witness)
{
	if (!witness)
		return;
	CRYPTO_free_ex_index(CRYPTO_EX_INDEX_SSL, witness->index);
	free(witness);
}

unsigned tls_witness_count(const struct tls_witness *witness)
{
	return witness->count;
}

bool tls_witness_saw(const struct tls_witness *witness, unsigned before)
{
	return witness->count != before && witness->newest && SSL_is_init_finished(witness->newest);
}
