/* SPDX-License-Identifier: Apache-2.0 */
/* Opens CMS SignedData as a device does: the signature must fit, whoever made it. */
#include "tests/sim/cms.h"

#include <errno.h>
#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

int cms_looks_like_der(const char *bytes, size_t len)
{
	return len > 2 && bytes[0] == 0x30 && (bytes[1] & 0x80);
}

static CMS_ContentInfo *read_signed(const char *bytes, size_t len)
{
	BIO *bio = len <= INT_MAX ? BIO_new_mem_buf(bytes, (int)len) : NULL;
	CMS_ContentInfo *cms = bio ? d2i_CMS_bio(bio, NULL) : NULL;

	BIO_free(bio);
	if (cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed)
		return cms;
	CMS_ContentInfo_free(cms);
	return NULL;
}

static int copy_content(BIO *from, char **ret_content, size_t *ret_len)
{
	char *text = NULL;
	long len = BIO_get_mem_data(from, &text);
	char *content = malloc((size_t)len + 1);

	if (!content)
		return -ENOMEM;
	if (len > 0)
		memcpy(content, text, (size_t)len);
	content[len] = '\0';
	*ret_content = content;
	*ret_len = (size_t)len;
	return 0;
}

int cms_open(const char *bytes, size_t len, char **ret_content, size_t *ret_len)
{
	CMS_ContentInfo *cms = read_signed(bytes, len);
	BIO *content = BIO_new(BIO_s_mem());
	int err = -EINVAL;

	if (cms && content) {
		err = -EBADMSG;
		if (!CMS_is_detached(cms) &&
		    CMS_verify(cms, NULL, NULL, NULL, content,
			       CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) == 1)
			err = copy_content(content, ret_content, ret_len);
	}
	ERR_clear_error(); /* whatever was wrong is said by our result */
	BIO_free(content);
	CMS_ContentInfo_free(cms);
	return err;
}
