/* SPDX-License-Identifier: Apache-2.0 */
/* A CMS signature: whether it fits, what it stands around, who made it and when. */
#include "profiles/cms/cms.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/cmserr.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/certificate.h"
#include "profiles/cms/cms_scan.h"
#include "profiles/cms/container.h"
#include "profiles/values/expiry.h"

/* What CMS_verify says, in an operator's words; anything else is a signature that does not fit. */
static const struct {
	int reason;
	const char *text;
} reasons[] = {
	{ CMS_R_NO_SIGNERS, "is wrapped as if signed, but nobody signed it" },
	{ CMS_R_SIGNER_CERTIFICATE_NOT_FOUND,
	  "does not hold the certificate of its signer; sign it again with the certificate inside" },
};

/* Why the signature was refused, from OpenSSL's queue of errors. */
static const char *explain_signature(void)
{
	const char *text = "was changed after it was signed, or damaged: the signature does not "
			   "fit; get the original again";
	unsigned long code;

	while ((code = ERR_get_error()) != 0)
		for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
			if (ERR_GET_LIB(code) == ERR_LIB_CMS &&
			    ERR_GET_REASON(code) == reasons[i].reason)
				text = reasons[i].text;
	return text;
}

/* Why CMS is not a signed profile, before its signature is looked at; NULL when it may be one. */
static const char *judge_form(CMS_ContentInfo *cms)
{
	switch (OBJ_obj2nid(CMS_get0_type(cms))) {
	case NID_pkcs7_signed:
		break;
	case NID_pkcs7_enveloped:
		return "is encrypted as a whole, which no device takes; only the payloads inside a "
		       "profile can be encrypted";
	default:
		return "is CMS, but not signed data";
	}
	if (sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) > CMS_SIGNERS_MAX)
		return "has more signers than any profile; get the original again";
	if (CMS_is_detached(cms))
		return "is a signature without the profile in it; sign it again with the content "
		       "attached (openssl cms -sign -nodetach)";
	if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
		return "is signed, but around something else than plain data";
	return NULL;
}

/* Takes what IN has left: an editor's line ends do no harm, anything else is not part of it. */
static const char *judge_rest(BIO *in)
{
	char *rest;
	long len = BIO_get_mem_data(in, &rest);

	for (long i = 0; i < len; i++)
		if (!strchr("\r\n \t", rest[i]) || rest[i] == '\0')
			return "has bytes after the end of its signature; get the original again";
	return NULL;
}

/* What BYTES are that begin as CMS, and are none. */
static const char *judge_stranger(const unsigned char *bytes, size_t size)
{
	const unsigned char *at = bytes;
	X509 *x509 = d2i_X509(NULL, &at, (long)size);
	PKCS12 *pkcs12 = NULL;

	at = bytes;
	if (!x509)
		pkcs12 = d2i_PKCS12(NULL, &at, (long)size);
	X509_free(x509);
	PKCS12_free(pkcs12);
	if (x509)
		return "is a certificate, not a profile; a profile holds it as a payload";
	if (pkcs12)
		return "is an identity (PKCS#12), not a profile; a profile holds it as a payload";
	if (container_line_ends_converted(bytes, size))
		return "was damaged when something changed its line ends as if it was text; get "
		       "the original again, as a binary download";
	return "begins as a signed profile, but is cut short or damaged; get the original again";
}

/* Takes what SIGNER says of itself. */
static void describe_signer(CMS_SignerInfo *signer, struct cms_signature *signature)
{
	X509_ALGOR *digest;
	X509 *x509 = NULL;
	X509_ATTRIBUTE *attribute;
	ASN1_TYPE *time;
	int at;

	CMS_SignerInfo_get0_algs(signer, NULL, &x509, &digest, NULL);
	if (x509 && X509_up_ref(x509) == 1)
		signature->signer = x509;
	snprintf(signature->digest, sizeof signature->digest, "%s",
		 OBJ_nid2sn(OBJ_obj2nid(digest->algorithm)));
	at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
	attribute = at >= 0 ? CMS_signed_get_attr(signer, at) : NULL;
	time = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
	if (time && (time->type == V_ASN1_UTCTIME || time->type == V_ASN1_GENERALIZEDTIME))
		signature->signed_at = certificate_time(time->value.asn1_string);
}

/* Verifies CMS, and takes what it says. Returns as cms_open. */
static int take_signature(CMS_ContentInfo *cms, const char *file, struct problems *problems,
			  struct cms_signature *signature)
{
	const struct problem_place place = { .file = file };
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	ASN1_OCTET_STRING **content = CMS_get0_content(cms);

	signature->signed_at = EXPIRY_NEVER;
	signature->intact = CMS_verify(cms, NULL, NULL, NULL, NULL,
				       CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
	if (!signature->intact)
		problems_add_rule(problems, RULE_CMS_INTEGRITY, &place, "%s", explain_signature());
	signature->signer_count = (size_t)sk_CMS_SignerInfo_num(signers);
	signature->certificates = CMS_get1_certs(cms);
	if (sk_CMS_SignerInfo_num(signers) > 0)
		describe_signer(sk_CMS_SignerInfo_value(signers, 0), signature);
	if (!content || !*content || ASN1_STRING_length(*content) <= 0) {
		if (signature->intact)
			problems_add(problems, file, 0, 0, "is a signature around nothing");
		return -EINVAL;
	}
	signature->size = (size_t)ASN1_STRING_length(*content);
	signature->bytes = malloc(signature->size + 1);
	if (!signature->bytes)
		return -ENOMEM;
	memcpy(signature->bytes, ASN1_STRING_get0_data(*content), signature->size);
	signature->bytes[signature->size] = '\0';
	return 0;
}

/* Takes the signature CMS of FILE. Returns as cms_open. */
static int take(CMS_ContentInfo *cms, const char *file, struct problems *problems,
		struct cms_signature **ret_signature)
{
	struct cms_signature *signature = calloc(1, sizeof *signature);
	int r = signature ? take_signature(cms, file, problems, signature) : -ENOMEM;

	if (r == 0)
		*ret_signature = signature;
	else
		cms_free(signature);
	return r;
}

int cms_open(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	     struct cms_signature **ret_signature)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	CMS_ContentInfo *cms = NULL;
	const char *wrong = cms_scan(bytes, size);
	int r = -EINVAL;

	if (!in)
		return -ENOMEM;
	if (!wrong) {
		cms = d2i_CMS_bio(in, NULL);
		wrong = cms ? judge_form(cms) : judge_stranger(bytes, size);
	}
	if (!wrong)
		wrong = judge_rest(in);
	if (wrong)
		problems_add(problems, file, 0, 0, "%s", wrong);
	else
		r = take(cms, file, problems, ret_signature);
	if (r == 0)
		(*ret_signature)->streaming = size > 1 && bytes[1] == 0x80;
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	ERR_clear_error();
	return r;
}

void cms_free(struct cms_signature *signature)
{
	if (!signature)
		return;
	X509_free(signature->signer);
	sk_X509_pop_free(signature->certificates, X509_free);
	free(signature->bytes);
	free(signature);
}
