/* SPDX-License-Identifier: Apache-2.0 */
/* The text forms of binary files, PEM and bare Base64, turned back into bytes. */
#include "config.h"

#include "profiles/cms/armour.h"

#include <ctype.h>
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

/* The text between PEM's first and last line; all of it when there are none. */
static void find_text(const char **begin, const char **end)
{
	const char *mark = memmem(*begin, (size_t)(*end - *begin), "-----BEGIN", 10);
	const char *line = mark ? memchr(mark, '\n', (size_t)(*end - mark)) : NULL;

	if (!line)
		return;
	*begin = line;
	mark = memmem(line, (size_t)(*end - line), "-----END", 8);
	if (mark)
		*end = mark;
}

/* Copies the digits of Base64 in BEGIN to END to OUT, in the usual alphabet. Returns how many, or
 * -EINVAL when something else is between them. */
static ssize_t gather(const char *begin, const char *end, unsigned char *out)
{
	size_t count = 0;

	for (; begin < end; begin++) {
		char c = *begin == '-' ? '+' : *begin == '_' ? '/' : *begin;

		if (isspace((unsigned char)c) || c == '"')
			continue;
		if (!isalnum((unsigned char)c) && (c == '\0' || !strchr("+/=", c)))
			return -EINVAL;
		out[count++] = (unsigned char)c;
	}
	return (ssize_t)count;
}

/* How many bytes COUNT digits at TEXT stand for; 0 when they are not whole. */
static size_t count_bytes(const unsigned char *text, size_t count)
{
	size_t padding = 0;

	while (padding < 2 && padding < count && text[count - 1 - padding] == '=')
		padding++;
	if (count % 4 != 0 || count == 0 || memchr(text, '=', count - padding))
		return 0;
	return count / 4 * 3 - padding;
}

int armour_decode(const unsigned char *bytes, size_t size, unsigned char **ret_bytes,
		  size_t *ret_size)
{
	const char *begin = (const char *)bytes, *end = begin + size;
	unsigned char *text, *decoded;
	size_t count = 0;
	ssize_t len;

	text = malloc(size + 1);
	decoded = malloc(size + 4);
	if (!text || !decoded) {
		free(text);
		free(decoded);
		return -ENOMEM;
	}
	find_text(&begin, &end);
	len = gather(begin, end, text);
	if (len > 0)
		count = count_bytes(text, (size_t)len);
	if (count > 0 && EVP_DecodeBlock(decoded, text, (int)len) < 0)
		count = 0;
	free(text);
	if (count == 0) {
		free(decoded);
		return -EINVAL;
	}
	decoded[count] = '\0';
	*ret_bytes = decoded;
	*ret_size = count;
	return 0;
}
