/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants to know of a certificate: whose, by whom, from when until when. */
#include "config.h"

#include "profiles/cms/certificate.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <time.h>

/* Writes the common name of NAME, or the whole of it, cleaned. */
static void describe_name(const X509_NAME *name, char out[static CLEAN_MAX + 1])
{
	int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	long len = 0;

	if (bio && at >= 0)
		ASN1_STRING_print_ex(bio, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)),
				     ASN1_STRFLGS_UTF8_CONVERT);
	else if (bio)
		X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
	if (bio)
		len = BIO_get_mem_data(bio, &text);
	clean_text(len > 0 ? text : "", len > 0 ? (size_t)len : 0, out);
	BIO_free(bio);
}

int64_t certificate_time(const struct asn1_string_st *time)
{
	struct tm tm;

	return ASN1_TIME_to_tm(time, &tm) == 1 ? (int64_t)timegm(&tm) : 0;
}

void certificate_describe(const struct x509_st *x509, struct certificate *ret_certificate)
{
	const X509_NAME *subject = X509_get_subject_name(x509);
	const X509_NAME *issuer = X509_get_issuer_name(x509);

	describe_name(subject, ret_certificate->subject);
	describe_name(issuer, ret_certificate->issuer);
	ret_certificate->from = certificate_time(X509_get0_notBefore(x509));
	ret_certificate->until = certificate_time(X509_get0_notAfter(x509));
	ret_certificate->self_signed = X509_NAME_cmp(subject, issuer) == 0;
	ERR_clear_error();
}

struct x509_st *certificate_parse(const unsigned char *bytes, size_t size)
{
	const unsigned char *at = bytes;
	X509 *x509 = NULL;
	BIO *bio;

	if (size == 0 || size > INT_MAX)
		return NULL;
	x509 = d2i_X509(NULL, &at, (long)size);
	bio = x509 ? NULL : BIO_new_mem_buf(bytes, (int)size);
	if (bio)
		x509 = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	BIO_free(bio);
	ERR_clear_error();
	return x509;
}
