/* SPDX-License-Identifier: Apache-2.0 */
/* What a CMS signature stands around, once the signature is found whole. */
#include "profiles/cms.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/cmserr.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

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

/* Checks the signatures and takes the content. Returns as cms_open. */
static int take_content(CMS_ContentInfo *cms, const char *file, struct problems *problems,
			struct cms_content *ret_content)
{
	BIO *out = BIO_new(BIO_s_mem());
	struct cms_content content;
	char *data;
	long len;

	if (!out)
		return -ENOMEM;
	if (CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1) {
		problems_add(problems, file, 0, 0, "%s", explain_signature());
		BIO_free(out);
		return -EINVAL;
	}
	len = BIO_get_mem_data(out, &data);
	if (len <= 0) {
		problems_add(problems, file, 0, 0, "is a signature around nothing");
		BIO_free(out);
		return -EINVAL;
	}
	content.size = (size_t)len;
	content.bytes = malloc(content.size);
	if (content.bytes)
		memcpy(content.bytes, data, content.size);
	BIO_free(out);
	if (!content.bytes)
		return -ENOMEM;
	*ret_content = content;
	return 0;
}

int cms_open(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	     struct cms_content *ret_content)
{
	BIO *in = BIO_new_mem_buf(bytes, (int)size);
	CMS_ContentInfo *cms;
	const char *wrong;
	int r = -EINVAL;

	if (!in)
		return -ENOMEM;
	cms = d2i_CMS_bio(in, NULL);
	if (!cms)
		wrong = "begins as a signed profile, but is cut short or damaged; get the original "
			"again";
	else
		wrong = judge_form(cms);
	if (!wrong)
		wrong = judge_rest(in);
	if (wrong)
		problems_add(problems, file, 0, 0, "%s", wrong);
	else
		r = take_content(cms, file, problems, ret_content);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	ERR_clear_error();
	return r;
}
