/* SPDX-License-Identifier: Apache-2.0 */
/* New identities: a key, and a certificate that it signs itself. */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <time.h>

#include "profiles/cms/identity.h"

/* Of the key: what devices take, and what lasts for the certificate's years. */
#define KEY_BITS 2048

/* Bytes of the serial number: random, so that no two certificates of one name share it. */
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

static bool set_name(X509 *certificate, const char *organization)
{
	X509_NAME *name = X509_get_subject_name(certificate);
	const unsigned char *text = (const unsigned char *)organization;

	return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
	       X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
	       X509_set_issuer_name(certificate, name) == 1;
}

static bool set_extension(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX made_by;
	X509_EXTENSION *extension;
	bool fine;

	X509V3_set_ctx(&made_by, certificate, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &made_by, nid, value);
	fine = extension && X509_add_ext(certificate, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return fine;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *organization, time_t now,
		 unsigned days)
{
	return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
	       set_name(certificate, organization) &&
	       X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &now) &&
	       X509_time_adj_ex(X509_getm_notAfter(certificate), (int)days, 0, &now) &&
	       X509_set_pubkey(certificate, key) == 1 &&
	       set_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
	       set_extension(certificate, NID_key_usage,
			     "critical,digitalSignature,keyEncipherment") &&
	       set_extension(certificate, NID_subject_key_identifier, "hash") &&
	       X509_sign(certificate, key, EVP_sha256()) > 0;
}

int identity_new(const char *organization, int64_t now, unsigned days,
		 struct identity *ret_identity)
{
	struct identity identity = { .key = EVP_RSA_gen(KEY_BITS), .certificate = X509_new() };
	int r = -ENOMEM;

	if (identity.key && identity.certificate)
		r = fill(identity.certificate, identity.key, organization, now, days) ? 0 : -EINVAL;
	ERR_clear_error();
	if (r < 0)
		identity_done(&identity);
	else
		*ret_identity = identity;
	return r;
}
