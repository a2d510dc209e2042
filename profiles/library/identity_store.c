/* SPDX-License-Identifier: Apache-2.0 */
/* The identities of a station: each kept as PKCS#12 under its passphrase, its certificate beside.
 */
#include "config.h"

#include "profiles/library/identity_store.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/certificate.h"
#include "profiles/files/digest.h"
#include "profiles/library/library_entry.h"

/* The files of a thing in the store. */
static const char *const files[] = {
	[IDENTITY_PKCS12] = "identity.p12",
	[IDENTITY_CERTIFICATES] = "certificate.pem",
};

int identity_store_put(const char *dir, const char *name, const struct identity *identity,
		       const char *passphrase)
{
	char *pem = identity_to_pem(identity);
	unsigned char *bytes;
	size_t size;
	int r = library_judge_name(name);

	if (r == 0 && !pem)
		r = -ENOMEM;
	if (r == 0)
		r = identity_to_pkcs12(identity, passphrase, &bytes, &size);
	if (r == 0) {
		const struct store_file parts[] = {
			{ files[IDENTITY_PKCS12], bytes, size },
			{ files[IDENTITY_CERTIFICATES], pem, strlen(pem) },
		};

		r = store_put(dir, name, parts, 2);
		OPENSSL_clear_free(bytes, size);
	}
	free(pem);
	return r;
}

int identity_store_read(const char *dir, const char *name, enum identity_part part,
			unsigned char **ret_bytes, size_t *ret_size)
{
	return store_read(dir, name, files[part], IDENTITY_SIZE_MAX, ret_bytes, ret_size);
}

int identity_store_open(const char *dir, const char *name, const char *passphrase,
			struct problems *problems, struct identity *ret_identity)
{
	struct identity identity = { 0 };
	unsigned char *bytes;
	size_t size;
	int r = identity_store_read(dir, name, IDENTITY_PKCS12, &bytes, &size);

	if (r < 0)
		return r;
	r = identity_add(&identity, name, bytes, size, passphrase, problems);
	OPENSSL_cleanse(bytes, size);
	free(bytes);
	if (r == 0)
		r = identity_match(&identity, name, problems);
	if (r < 0)
		identity_done(&identity);
	else
		*ret_identity = identity;
	return r;
}

static int fill_card(const X509 *certificate, struct identity_card *card)
{
	unsigned char *der = NULL;
	int size = i2d_X509(certificate, &der);
	BIO *out = BIO_new(BIO_s_mem());
	char *data;
	long len;
	int r = -ENOMEM;

	if (size > 0 && out &&
	    X509_NAME_print_ex(out, X509_get_subject_name(certificate), 0,
			       XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) >= 0) {
		len = BIO_get_mem_data(out, &data);
		clean_text(data, (size_t)len, card->subject);
		digest_to_text(der, (size_t)size, card->sha256);
		card->begins = certificate_time(X509_get0_notBefore(certificate));
		card->ends = certificate_time(X509_get0_notAfter(certificate));
		r = 0;
	}
	OPENSSL_free(der);
	BIO_free(out);
	return r;
}

int identity_store_look(const char *dir, const char *name, struct identity_card *ret_card)
{
	X509 *certificate;
	unsigned char *bytes;
	size_t size;
	int r = identity_store_read(dir, name, IDENTITY_CERTIFICATES, &bytes, &size);

	if (r < 0)
		return r;
	certificate = certificate_parse(bytes, size);
	r = certificate ? fill_card(certificate, ret_card) : -EINVAL;
	X509_free(certificate);
	free(bytes);
	return r;
}
