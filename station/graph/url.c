/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of URLs and of forms: written so that nothing in them means more than itself. */
#include "station/graph/url.h"

#include <stdlib.h>
#include <string.h>

/* RFC 3986, 2.3: what never needs escaping. */
static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~", c));
}

char *url_escape(const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *escaped = malloc(3 * strlen(text) + 1), *put = escaped;

	for (; escaped && *text; text++) {
		if (is_unreserved(*text)) {
			*put++ = *text;
			continue;
		}
		*put++ = '%';
		*put++ = digits[(unsigned char)*text >> 4];
		*put++ = digits[(unsigned char)*text & 15];
	}
	if (escaped)
		*put = '\0';
	return escaped;
}

char *url_odata_string(const char *text)
{
	char *quoted = malloc(2 * strlen(text) + 3), *put = quoted, *escaped;

	if (!quoted)
		return NULL;
	*put++ = '\'';
	for (; *text; text++) {
		if (*text == '\'')
			*put++ = '\'';
		*put++ = *text;
	}
	*put++ = '\'';
	*put = '\0';
	escaped = url_escape(quoted);
	free(quoted);
	return escaped;
}

bool url_is_below(const char *url, const char *base)
{
	size_t length = strlen(base);

	return strncmp(url, base, length) == 0 && url[length] == '/';
}
