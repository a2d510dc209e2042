/* SPDX-License-Identifier: Apache-2.0 */
/* A signed statement (JWT, RFC 7519) with which a certificate's owner signs in. */
#define _GNU_SOURCE /* asprintf */
#include "station/graph/assertion.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/graph/base64.h"

/* Smaller keys are not taken by Microsoft, and by nobody else either. */
#define KEY_BITS_MIN 2048

struct assertion_key {
	EVP_PKEY *key;
	char *thumbprint;
};

void assertion_key_free(struct assertion_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->key);
	free(key->thumbprint);
	free(key);
}

/* An encrypted key would ask a terminal for its passphrase. */
static int no_passphrase(char *out, int size, int writing, void *userdata)
{
	(void)out;
	(void)size;
	(void)writing;
	(void)userdata;
	return -1;
}

static EVP_PKEY *read_key(const char *pem, size_t size)
{
	BIO *bio = BIO_new_mem_buf(pem, (int)size);
	EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;

	BIO_free(bio);
	return key;
}

static X509 *read_certificate(const char *pem, size_t size)
{
	BIO *bio = BIO_new_mem_buf(pem, (int)size);
	X509 *certificate = bio ? PEM_read_bio_X509(bio, NULL, no_passphrase, NULL) : NULL;

	BIO_free(bio);
	return certificate;
}

static char *make_thumbprint(const X509 *certificate)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length;

	if (X509_digest(certificate, EVP_sha256(), digest, &length) != 1)
		return NULL;
	return base64_to_url(digest, length);
}

/* Why KEY and CERTIFICATE will not do, or NULL. */
static const char *judge(EVP_PKEY *key, X509 *certificate)
{
	if (!key)
		return "holds no key that can be read; it must not have a passphrase";
	if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key) < KEY_BITS_MIN)
		return "holds a key that is no RSA key of 2048 bits or more";
	if (!certificate)
		return "holds no certificate beside the key";
	if (X509_check_private_key(certificate, key) != 1)
		return "holds a certificate that is not the key's";
	if (X509_cmp_current_time(X509_get0_notAfter(certificate)) <= 0)
		return "holds a certificate that is expired";
	return NULL;
}

int assertion_key_read(const char *pem, size_t size, struct assertion_key **ret_key,
		       const char **ret_why)
{
	EVP_PKEY *private = read_key(pem, size);
	X509 *certificate = read_certificate(pem, size);
	const char *why = judge(private, certificate);
	struct assertion_key *key = why ? NULL : calloc(1, sizeof *key);

	if (key) {
		key->key = private;
		private = NULL;
		key->thumbprint = make_thumbprint(certificate);
	}
	EVP_PKEY_free(private);
	X509_free(certificate);
	if (key && key->thumbprint) {
		*ret_key = key;
		return 0;
	}
	assertion_key_free(key);
	*ret_why = why ? why : "cannot be read: no memory";
	return -EINVAL;
}

const char *assertion_thumbprint(const struct assertion_key *key)
{
	return key->thumbprint;
}

/* The signature of TEXT in the form of URLs. */
static char *sign(EVP_PKEY *key, const char *text)
{
	EVP_MD_CTX *signing = EVP_MD_CTX_new();
	EVP_PKEY_CTX *padding;
	unsigned char *signature = NULL;
	char *encoded = NULL;
	size_t size = 0, length = strlen(text);

	if (signing && EVP_DigestSignInit(signing, &padding, EVP_sha256(), NULL, key) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1 &&
	    EVP_DigestSign(signing, NULL, &size, (const unsigned char *)text, length) == 1)
		signature = malloc(size);
	if (signature &&
	    EVP_DigestSign(signing, signature, &size, (const unsigned char *)text, length) == 1)
		encoded = base64_to_url(signature, size);
	free(signature);
	EVP_MD_CTX_free(signing);
	return encoded;
}

char *assertion_sign(const struct assertion_key *key, const char *header, const char *claims)
{
	char *first = base64_to_url((const unsigned char *)header, strlen(header));
	char *second = base64_to_url((const unsigned char *)claims, strlen(claims));
	char *text = NULL, *signature = NULL, *whole = NULL;

	if (first && second && asprintf(&text, "%s.%s", first, second) > 0)
		signature = sign(key->key, text);
	if (signature && asprintf(&whole, "%s.%s", text, signature) < 0)
		whole = NULL;
	free(first);
	free(second);
	free(text);
	free(signature);
	return whole;
}
