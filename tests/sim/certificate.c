/* SPDX-License-Identifier: Apache-2.0 */
/* The keys and certificates of simulated devices, and what a host's certificates must be. */
#include "tests/sim/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#define KEY_BITS  2048
#define TEN_YEARS (10L * 365 * 24 * 3600)

struct identity {
	EVP_PKEY *key;
	SSL_CTX *tls;
};

struct identity_pool {
	struct identity *made[IDENTITY_POOL_SIZE];
};

/* Devices look at the host's certificate after the handshake, by their own list of hosts. */
static int accept_any(int preverified, X509_STORE_CTX *store)
{
	(void)preverified;
	(void)store;
	return 1;
}

/* A certificate without names, as lockdown's are. NULL on failure. */
static X509 *self_sign(EVP_PKEY *key)
{
	X509 *certificate = X509_new();

	if (!certificate)
		return NULL;
	if (X509_set_version(certificate, X509_VERSION_3) &&
	    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) &&
	    X509_gmtime_adj(X509_getm_notBefore(certificate), 0) &&
	    X509_gmtime_adj(X509_getm_notAfter(certificate), TEN_YEARS) &&
	    X509_set_pubkey(certificate, key) && X509_sign(certificate, key, EVP_sha256()) > 0)
		return certificate;
	X509_free(certificate);
	return NULL;
}

static SSL_CTX *tls_server(EVP_PKEY *key)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
	X509 *certificate = self_sign(key);
	bool made = false;

	if (tls && certificate) {
		SSL_CTX_set_security_level(tls, 0);
		SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, accept_any);
		SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
		SSL_CTX_set_options(tls, SSL_OP_NO_TICKET | SSL_OP_IGNORE_UNEXPECTED_EOF);
		SSL_CTX_set_num_tickets(tls, 0);
		made = SSL_CTX_set_min_proto_version(tls, TLS1_VERSION) &&
		       SSL_CTX_set_cipher_list(tls, "ALL:@SECLEVEL=0") &&
		       SSL_CTX_use_certificate(tls, certificate) == 1 &&
		       SSL_CTX_use_PrivateKey(tls, key) == 1;
	}
	X509_free(certificate);
	if (made)
		return tls;
	SSL_CTX_free(tls);
	return NULL;
}

static void identity_free(struct identity *identity)
{
	if (!identity)
		return;
	SSL_CTX_free(identity->tls);
	EVP_PKEY_free(identity->key);
	free(identity);
}

static struct identity *identity_new(void)
{
	struct identity *identity = calloc(1, sizeof(*identity));

	if (!identity)
		return NULL;
	identity->key = EVP_RSA_gen(KEY_BITS);
	if (identity->key)
		identity->tls = tls_server(identity->key);
	if (identity->tls)
		return identity;
	identity_free(identity);
	return NULL;
}

struct identity_pool *identity_pool_new(void)
{
	return calloc(1, sizeof(struct identity_pool));
}

void identity_pool_free(struct identity_pool *pool)
{
	if (!pool)
		return;
	for (size_t i = 0; i < IDENTITY_POOL_SIZE; i++)
		identity_free(pool->made[i]);
	free(pool);
}

struct identity *identity_pool_get(struct identity_pool *pool, unsigned number)
{
	struct identity **place = &pool->made[number % IDENTITY_POOL_SIZE];

	if (!*place)
		*place = identity_new();
	return *place;
}

SSL_CTX *identity_tls(const struct identity *identity)
{
	return identity->tls;
}

/* What was written to BIO, when it WENT well, as a data node; frees BIO. */
static plist_t node_of(BIO *bio, bool went)
{
	plist_t node = NULL;
	char *text = NULL;

	if (went) {
		long length = BIO_get_mem_data(bio, &text);

		node = plist_new_data(text, (uint64_t)length);
	}
	BIO_free(bio);
	return node;
}

plist_t identity_certificate(const struct identity *identity)
{
	BIO *bio = BIO_new(BIO_s_mem());

	return node_of(
		bio, bio && PEM_write_bio_X509(bio, SSL_CTX_get0_certificate(identity->tls)) == 1);
}

plist_t identity_private_key(const struct identity *identity)
{
	BIO *bio = BIO_new(BIO_s_mem());

	return node_of(bio, bio && PEM_write_bio_PrivateKey(bio, identity->key, NULL, NULL, 0, NULL,
							    NULL) == 1);
}

/* PEM_write_bio_RSAPublicKey is deprecated; the encoder writes the same PKCS#1 form. */
plist_t identity_public_key(const struct identity *identity)
{
	BIO *bio = BIO_new(BIO_s_mem());
	unsigned char *der = NULL;
	int len = i2d_PublicKey(identity->key, &der);
	plist_t node = node_of(bio, bio && len > 0 &&
					    PEM_write_bio(bio, "RSA PUBLIC KEY", "", der, len) > 0);

	OPENSSL_free(der);
	return node;
}

/* The certificate in the data node PEM; the caller's. NULL when there is none. */
static X509 *read_certificate(plist_t pem)
{
	X509 *certificate;
	const char *text;
	uint64_t len = 0;
	BIO *bio;

	if (!pem || plist_get_node_type(pem) != PLIST_DATA)
		return NULL;
	text = plist_get_data_ptr(pem, &len);
	if (!text || len == 0 || len > CERTIFICATE_MAX)
		return NULL;
	bio = BIO_new_mem_buf(text, (int)len);
	certificate = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
	BIO_free(bio);
	return certificate;
}

bool identity_fits_record(const struct identity *identity, plist_t root, plist_t host,
			  plist_t device)
{
	X509 *roots = read_certificate(root);
	X509 *hosts = read_certificate(host);
	X509 *devices = read_certificate(device);
	bool fits = roots && hosts && devices;

	if (fits)
		fits = EVP_PKEY_eq(X509_get0_pubkey(devices), identity->key) == 1 &&
		       X509_verify(devices, X509_get0_pubkey(roots)) == 1;
	X509_free(roots);
	X509_free(hosts);
	X509_free(devices);
	return fits;
}

bool certificate_is(plist_t pem, const unsigned char *der, size_t len)
{
	X509 *certificate = read_certificate(pem);
	unsigned char *own = NULL;
	int own_len = certificate ? i2d_X509(certificate, &own) : -1;
	bool same = own_len > 0 && (size_t)own_len == len && memcmp(own, der, len) == 0;

	OPENSSL_free(own);
	X509_free(certificate);
	return same;
}
