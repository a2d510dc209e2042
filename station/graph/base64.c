/* SPDX-License-Identifier: Apache-2.0 */
/* Base64, in the form of files and in the form of URLs. */
#include "station/graph/base64.h"

#include <errno.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

char *base64_to_url(const unsigned char *bytes, size_t size)
{
	char *text = size < INT_MAX / 2 ? malloc((size + 2) / 3 * 4 + 1) : NULL;

	if (!text)
		return NULL;
	EVP_EncodeBlock((unsigned char *)text, bytes, (int)size);
	text[strcspn(text, "=")] = '\0';
	for (char *c = text; *c; c++)
		*c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
	return text;
}

int base64_parse(const char *text, unsigned char **ret_bytes, size_t *ret_size)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				       "0123456789+/";
	size_t length = strlen(text), letters = strspn(text, alphabet), padding = length - letters;
	unsigned char *bytes;

	if (length == 0 || length % 4 != 0 || length > INT_MAX / 2 || padding > 2 ||
	    strspn(text + letters, "=") != padding)
		return -EINVAL;
	bytes = malloc(length / 4 * 3);
	if (!bytes)
		return -ENOMEM;
	if (EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)length) < 0) {
		free(bytes);
		return -EINVAL;
	}
	*ret_bytes = bytes;
	*ret_size = length / 4 * 3 - padding;
	return 0;
}
