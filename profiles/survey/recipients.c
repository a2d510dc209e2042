/* SPDX-License-Identifier: Apache-2.0 */
/* For whom the payloads of a profile are encrypted. */
#include "profiles/survey/recipients.h"

#include <errno.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdio.h>

/* Describes the certificate that a recipient is known by. */
static void describe(X509_NAME *issuer, const ASN1_INTEGER *serial, char out[static CLEAN_MAX + 1])
{
	BIGNUM *number = serial ? ASN1_INTEGER_to_BN(serial, NULL) : NULL;
	char *digits = number ? BN_bn2hex(number) : NULL;
	char name[CLEAN_MAX + 1] = "", text[2 * CLEAN_MAX];

	if (issuer)
		X509_NAME_oneline(issuer, name, sizeof name);
	snprintf(text, sizeof text, "a certificate of %s, serial number %.60s",
		 name[0] ? name : "somebody", digits ? digits : "unknown");
	clean_string(text, out);
	OPENSSL_free(digits);
	BN_free(number);
}

static void take(CMS_RecipientInfo *recipient, char out[static CLEAN_MAX + 1])
{
	X509_NAME *issuer = NULL;
	ASN1_INTEGER *serial = NULL;
	ASN1_OCTET_STRING *key = NULL;

	if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_TRANS ||
	    CMS_RecipientInfo_ktri_get0_signer_id(recipient, &key, &issuer, &serial) != 1 || key)
		clean_string("a key that it names", out);
	else
		describe(issuer, serial, out);
}

int recipients_read(const unsigned char *bytes, size_t size, struct recipients *ret_recipients)
{
	const unsigned char *at = bytes;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)size);
	STACK_OF(CMS_RecipientInfo) * all;
	struct recipients recipients = { 0 };
	int r = -EINVAL;

	if (cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_enveloped) {
		all = CMS_get0_RecipientInfos(cms);
		for (int i = 0; i < sk_CMS_RecipientInfo_num(all); i++, recipients.count++)
			if (recipients.count < RECIPIENTS_MAX)
				take(sk_CMS_RecipientInfo_value(all, i),
				     recipients.list[recipients.count]);
		*ret_recipients = recipients;
		r = 0;
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return r;
}
