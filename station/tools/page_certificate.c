/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of a page in the bench's network: made for one run, known by its fingerprint. */
#include "station/tools/page_certificate.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR 3600

/* Bytes of the serial number: random, so that no two of one name share it. */
#define SERIAL_BYTES 16

static bool set_serial(X509 *certificate)
{
	unsigned char bytes[SERIAL_BYTES];
	BIGNUM *number;
	bool fine;

	if (RAND_bytes(bytes, sizeof bytes) != 1)
		return false;
	bytes[0] = (bytes[0] & 0x7f) | 0x40; /* positive, of full length */
	number = BN_bin2bn(bytes, sizeof bytes, NULL);
	fine = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
	BN_free(number);
	return fine;
}

static bool set_name(X509 *certificate)
{
	X509_NAME *name = X509_get_subject_name(certificate);
	const unsigned char *text = (const unsigned char *)"muster handover";

	return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
	       X509_set_issuer_name(certificate, name) == 1;
}

static bool set_extension(X509 *certificate, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	bool fine = extension && X509_add_ext(certificate, extension, -1) == 1;

	X509_EXTENSION_free(extension);
	return fine;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *names, time_t from, time_t until)
{
	return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
	       set_name(certificate) &&
	       X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &from) &&
	       X509_time_adj_ex(X509_getm_notAfter(certificate), 0, 0, &until) &&
	       X509_set_pubkey(certificate, key) == 1 &&
	       set_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
	       set_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
	       set_extension(certificate, NID_ext_key_usage, "serverAuth") &&
	       set_extension(certificate, NID_subject_alt_name, names) &&
	       X509_sign(certificate, key, EVP_sha256()) > 0;
}

/* What BIO holds, as a string of the caller's; NULL without memory. */
static char *text_of(BIO *bio)
{
	char *bytes, *text;
	long size = BIO_get_mem_data(bio, &bytes);

	text = malloc((size_t)size + 1);
	if (text) {
		memcpy(text, bytes, (size_t)size);
		text[size] = '\0';
	}
	return text;
}

/* Fills OUT with both as PEM, and the fingerprint. */
static bool write_out(X509 *certificate, EVP_PKEY *key, struct page_certificate *out)
{
	BIO *key_bio = BIO_new(BIO_s_secmem()), *bio = BIO_new(BIO_s_mem());
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	bool fine = key_bio && bio &&
		    PEM_write_bio_PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
		    PEM_write_bio_X509(bio, certificate) == 1 &&
		    X509_digest(certificate, EVP_sha256(), digest, &size) == 1;

	if (fine) {
		out->key = text_of(key_bio);
		out->certificate = text_of(bio);
		fine = out->key && out->certificate;
	}
	for (unsigned i = 0; fine && i < size; i++)
		snprintf(out->fingerprint + 3 * i, 4, "%02X%s", digest[i], i + 1 < size ? ":" : "");
	BIO_free(key_bio);
	BIO_free(bio);
	return fine;
}

int page_certificate_make(const char *address, int64_t now, int64_t until,
			  struct page_certificate *ret_certificate)
{
	struct page_certificate out = { 0 };
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *certificate = X509_new();
	char names[128];
	int r = -ENOMEM;

	snprintf(names, sizeof names, "IP:%s", address);
	if (key && certificate)
		r = fill(certificate, key, names, now - HOUR, until) ? 0 : -EINVAL;
	if (r == 0 && !write_out(certificate, key, &out))
		r = -ENOMEM;
	EVP_PKEY_free(key);
	X509_free(certificate);
	ERR_clear_error();
	if (r < 0)
		page_certificate_done(&out);
	else
		*ret_certificate = out;
	return r;
}

void page_certificate_done(struct page_certificate *certificate)
{
	if (certificate->key)
		OPENSSL_cleanse(certificate->key, strlen(certificate->key));
	free(certificate->key);
	free(certificate->certificate);
	*certificate = (struct page_certificate){ 0 };
}
