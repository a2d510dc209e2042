/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, certificates and signed files as hosts make them, for tests of the simulated devices. */
#include "tests/unit/sim-keys.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

static void must(bool fine)
{
	if (!fine)
		abort();
}

X509 *make_certificate(EVP_PKEY *subject, EVP_PKEY *signer)
{
	X509 *certificate = X509_new();

	must(certificate && X509_set_version(certificate, X509_VERSION_3) &&
	     ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) &&
	     X509_gmtime_adj(X509_getm_notBefore(certificate), 0) &&
	     X509_gmtime_adj(X509_getm_notAfter(certificate), 24L * 3600) &&
	     X509_set_pubkey(certificate, subject) &&
	     X509_sign(certificate, signer, EVP_sha256()) > 0);
	return certificate;
}

/* All that was written into BIO, which is freed; the caller's, with a NUL behind it. */
static char *take_bytes(BIO *bio, size_t *ret_len)
{
	char *text = NULL;
	size_t len = (size_t)BIO_get_mem_data(bio, &text);
	char *copy = malloc(len + 1);

	must(copy != NULL);
	memcpy(copy, text, len);
	copy[len] = '\0';
	BIO_free(bio);
	*ret_len = len;
	return copy;
}

plist_t new_pem_node(X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	plist_t node;
	size_t len;
	char *text;

	must(bio && PEM_write_bio_X509(bio, certificate));
	text = take_bytes(bio, &len);
	node = plist_new_data(text, len);
	free(text);
	return node;
}

EVP_PKEY *read_public_key(plist_t node)
{
	uint64_t len = 0;
	const char *text = plist_get_data_ptr(node, &len);
	BIO *bio = BIO_new_mem_buf(text, (int)len);
	unsigned char *der = NULL;
	char *name = NULL, *header = NULL;
	const unsigned char *at;
	long der_len = 0;
	EVP_PKEY *key;

	must(bio && PEM_read_bio(bio, &name, &header, &der, &der_len) &&
	     strcmp(name, "RSA PUBLIC KEY") == 0);
	at = der;
	key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, der_len);
	must(key != NULL);
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_free(der);
	BIO_free(bio);
	return key;
}

struct host host_new(const char *id, plist_t public_key)
{
	EVP_PKEY *device = read_public_key(public_key);
	struct host host = { .id = id, .key = EVP_RSA_gen(2048) };

	must(host.key != NULL);
	host.root = make_certificate(host.key, host.key);
	host.host = make_certificate(host.key, host.key);
	ASN1_INTEGER_set(X509_get_serialNumber(host.host), 2);
	must(X509_sign(host.host, host.key, EVP_sha256()) > 0);
	host.device = make_certificate(device, host.key);
	EVP_PKEY_free(device);
	return host;
}

void host_done(struct host *host)
{
	EVP_PKEY_free(host->key);
	X509_free(host->root);
	X509_free(host->host);
	X509_free(host->device);
}

plist_t host_record(const struct host *host)
{
	plist_t record = plist_new_dict();

	plist_dict_set_item(record, "RootCertificate", new_pem_node(host->root));
	plist_dict_set_item(record, "HostCertificate", new_pem_node(host->host));
	plist_dict_set_item(record, "DeviceCertificate", new_pem_node(host->device));
	plist_dict_set_item(record, "HostID", plist_new_string(host->id));
	plist_dict_set_item(record, "SystemBUID", plist_new_string("30142955-444094379208051516"));
	return record;
}

char *sign_text(const char *text, bool ber, size_t *ret_len)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *certificate = make_certificate(key, key);
	BIO *in = BIO_new_mem_buf(text, -1);
	BIO *out = BIO_new(BIO_s_mem());
	unsigned flags = CMS_BINARY | (ber ? CMS_STREAM : 0);
	CMS_ContentInfo *cms = CMS_sign(certificate, key, NULL, in, flags);

	must(cms && out);
	must(ber ? i2d_CMS_bio_stream(out, cms, in, (int)flags) : i2d_CMS_bio(out, cms));
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	X509_free(certificate);
	EVP_PKEY_free(key);
	return take_bytes(out, ret_len);
}
