/* SPDX-License-Identifier: Apache-2.0 */
/* CMS around bytes: signed so that devices take it, or encrypted for one of them. */
#include "profiles/cms/cms_seal.h"

#include <errno.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/certificate.h"

/* Takes CMS, which may be NULL, and gives it as DER. */
static int to_der(CMS_ContentInfo *cms, unsigned char **ret_bytes, size_t *ret_size)
{
	unsigned char *der = NULL, *bytes = NULL;
	int size = cms ? i2d_CMS_ContentInfo(cms, &der) : -1;

	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	if (size > 0)
		bytes = malloc((size_t)size);
	if (bytes) {
		memcpy(bytes, der, (size_t)size);
		*ret_bytes = bytes;
		*ret_size = (size_t)size;
	}
	OPENSSL_free(der);
	return bytes ? 0 : -ENOMEM;
}

int cms_sign(const struct identity *identity, const void *bytes, size_t size,
	     unsigned char **ret_bytes, size_t *ret_size)
{
	/* Without BINARY line ends would change, with the capabilities of mail nobody reads them.
	 */
	const unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_PARTIAL;
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, identity->others, NULL, flags);
	bool fine =
		in && cms &&
		CMS_add1_signer(cms, identity->certificate, identity->key, EVP_sha256(), flags) &&
		CMS_final(cms, in, NULL, flags & ~(unsigned)CMS_PARTIAL) == 1;

	if (!fine) {
		CMS_ContentInfo_free(cms);
		cms = NULL;
	}
	BIO_free(in);
	return to_der(cms, ret_bytes, ret_size);
}

int cms_encrypt(const struct cms_recipient *recipient, const void *bytes, size_t size,
		struct problems *problems, unsigned char **ret_bytes, size_t *ret_size)
{
	X509 *certificate = certificate_parse(recipient->bytes, recipient->size);
	STACK_OF(X509) *all = sk_X509_new_null();
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	CMS_ContentInfo *cms = NULL;
	int r = -ENOMEM;

	if (!certificate) {
		problems_add(problems, recipient->file, 0, 0, "is no certificate in PEM or DER");
		r = -EINVAL;
	} else if (all && in && sk_X509_push(all, certificate) > 0) {
		cms = CMS_encrypt(all, in, EVP_aes_256_cbc(), CMS_BINARY);
		r = cms ? to_der(cms, ret_bytes, ret_size) : -EINVAL;
		if (!cms)
			problems_add(problems, recipient->file, 0, 0,
				     "has a key that nothing can be encrypted for");
	}
	ERR_clear_error();
	sk_X509_free(all);
	X509_free(certificate);
	BIO_free(in);
	return r;
}
