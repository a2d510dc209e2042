/* SPDX-License-Identifier: Apache-2.0 */
/* The three certificates of a pairing, made from the host's keys and the device's public key. */
#include "device/certificate.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/decoder.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define TEN_YEARS (10L * 365 * 24 * 60 * 60)
/* A device whose clock is behind must not find the certificate unborn. */
#define DAY (24L * 60 * 60)

static bool is_fit(const EVP_PKEY *key)
{
	int bits = key ? EVP_PKEY_get_bits(key) : 0;

	return bits >= DEVICE_KEY_BITS_MIN && bits <= DEVICE_KEY_BITS_MAX;
}

static EVP_PKEY *read_device_key(const void *pem, size_t len)
{
	EVP_PKEY *key = NULL;
	const unsigned char *from = pem;
	OSSL_DECODER_CTX *decoder;

	if (len > DEVICE_KEY_PEM_MAX)
		return NULL;
	decoder = OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", NULL, "RSA", EVP_PKEY_PUBLIC_KEY, NULL,
						NULL);
	if (decoder && OSSL_DECODER_from_data(decoder, &from, &len) == 1 && !is_fit(key)) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	OSSL_DECODER_CTX_free(decoder);
	return key;
}

static bool add_extension(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX names;
	X509_EXTENSION *extension;
	bool added;

	X509V3_set_ctx(&names, NULL, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &names, nid, value);
	added = extension && X509_add_ext(certificate, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return added;
}

/* The numbers are the certificates' serials: there are readers that refuse 0, which RFC 5280 does
 * not allow (4.1.2.2), and the root may give each but once. */
enum role {
	ROLE_ROOT = 1,
	ROLE_HOST,
	ROLE_DEVICE,
};

static bool fill(X509 *certificate, EVP_PKEY *subject, enum role role, time_t made)
{
	if (X509_set_version(certificate, X509_VERSION_3) != 1 ||
	    ASN1_INTEGER_set(X509_get_serialNumber(certificate), role) != 1 ||
	    !X509_time_adj(X509_getm_notBefore(certificate), -DAY, &made) ||
	    !X509_time_adj(X509_getm_notAfter(certificate), TEN_YEARS, &made) ||
	    X509_set_pubkey(certificate, subject) != 1)
		return false;
	return add_extension(certificate, NID_basic_constraints,
			     role == ROLE_ROOT ? "critical,CA:TRUE" : "critical,CA:FALSE");
}

static char *to_pem(X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL, *pem = NULL;

	if (bio && PEM_write_bio_X509(bio, certificate) == 1) {
		long len = BIO_get_mem_data(bio, &text);

		pem = strndup(text, (size_t)len);
	}
	BIO_free(bio);
	return pem;
}

/* A certificate for SUBJECT in its ROLE, signed by the root of KEYS, as PEM; NULL on failure. */
static char *make(EVP_PKEY *subject, enum role role, const struct host_keys *keys)
{
	X509 *certificate = X509_new();
	char *pem = NULL;

	if (certificate && fill(certificate, subject, role, keys->made) &&
	    (role == ROLE_ROOT || add_extension(certificate, NID_key_usage,
						"critical,digitalSignature,keyEncipherment")) &&
	    (role != ROLE_DEVICE ||
	     add_extension(certificate, NID_subject_key_identifier, "hash")) &&
	    X509_sign(certificate, keys->root, EVP_sha256()) > 0)
		pem = to_pem(certificate);
	X509_free(certificate);
	return pem;
}

int certificates_make(const struct host_keys *keys, const void *device_key, size_t len,
		      struct certificates *ret_certificates)
{
	EVP_PKEY *device = read_device_key(device_key, len);
	struct certificates made;

	if (!device)
		return -EINVAL;
	made.root = make(keys->root, ROLE_ROOT, keys);
	made.host = make(keys->host, ROLE_HOST, keys);
	made.device = make(device, ROLE_DEVICE, keys);
	EVP_PKEY_free(device);
	if (!made.root || !made.host || !made.device) {
		certificates_free(&made);
		return -EIO;
	}
	*ret_certificates = made;
	return 0;
}

void certificates_free(struct certificates *certificates)
{
	free(certificates->root);
	free(certificates->host);
	free(certificates->device);
	*certificates = (struct certificates){ 0 };
}
