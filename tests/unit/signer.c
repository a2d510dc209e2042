/* SPDX-License-Identifier: Apache-2.0 */
/* Signs test profiles, with a key and a certificate made when it is first asked. */
#include "tests/unit/signer.h"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static EVP_PKEY *key;
static X509 *certificate;

static void must(int fine, const char *what)
{
	if (fine)
		return;
	printf("Bail out! cannot %s\n", what);
	exit(1);
}

static void make_certificate(void)
{
	X509_NAME *name;

	if (certificate)
		return;
	key = EVP_RSA_gen(2048);
	certificate = X509_new();
	must(key && certificate, "make a key");
	X509_set_version(certificate, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
	name = X509_get_subject_name(certificate);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"muster test",
				   -1, -1, 0);
	X509_set_issuer_name(certificate, name);
	X509_set_pubkey(certificate, key);
	must(X509_sign(certificate, key, EVP_sha256()) > 0, "sign a certificate");
}

/* Takes what was written to OUT, and CMS. */
static struct signed_bytes take(CMS_ContentInfo *cms, BIO *out)
{
	struct signed_bytes taken;
	char *data;

	taken.size = (size_t)BIO_get_mem_data(out, &data);
	taken.bytes = malloc(taken.size);
	memcpy(taken.bytes, data, taken.size);
	BIO_free(out);
	CMS_ContentInfo_free(cms);
	return taken;
}

static struct signed_bytes write_der(CMS_ContentInfo *cms)
{
	BIO *out = BIO_new(BIO_s_mem());

	must(cms && out && i2d_CMS_bio(out, cms) == 1, "write CMS");
	return take(cms, out);
}

struct signed_bytes signer_sign(const void *bytes, size_t size, unsigned flags)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size), *out;
	CMS_ContentInfo *cms;

	make_certificate();
	cms = CMS_sign(certificate, key, NULL, in, CMS_BINARY | flags);
	must(cms != NULL, "sign");
	if (!(flags & CMS_STREAM)) {
		BIO_free(in);
		return write_der(cms);
	}
	out = BIO_new(BIO_s_mem());
	must(i2d_CMS_bio_stream(out, cms, in, (int)(CMS_BINARY | flags)) == 1, "stream");
	BIO_free(in);
	return take(cms, out);
}

struct signed_bytes signer_wrap(const void *bytes, size_t size)
{
	/* CMS_final insists on a signer; the older interface does not. */
	PKCS7 *wrapped = PKCS7_new();
	struct signed_bytes taken = { 0 };
	BIO *in;
	int len;

	must(wrapped && PKCS7_set_type(wrapped, NID_pkcs7_signed) == 1 &&
		     PKCS7_content_new(wrapped, NID_pkcs7_data) == 1,
	     "wrap");
	in = PKCS7_dataInit(wrapped, NULL);
	must(in && BIO_write(in, bytes, (int)size) == (int)size &&
		     PKCS7_dataFinal(wrapped, in) == 1,
	     "wrap");
	len = i2d_PKCS7(wrapped, &taken.bytes);
	must(len > 0, "write what is wrapped");
	taken.size = (size_t)len;
	BIO_free_all(in);
	PKCS7_free(wrapped);
	return taken;
}

struct signed_bytes signer_encrypt(const void *bytes, size_t size)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	STACK_OF(X509) *to = sk_X509_new_null();
	CMS_ContentInfo *cms;

	make_certificate();
	sk_X509_push(to, certificate);
	cms = CMS_encrypt(to, in, EVP_aes_256_cbc(), CMS_BINARY);
	sk_X509_free(to);
	BIO_free(in);
	return write_der(cms);
}

void signer_done(void)
{
	X509_free(certificate);
	EVP_PKEY_free(key);
}
