/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses (URLs) in profiles: whose they are, and what of them may be shown. */
#include "config.h"

#include "profiles/values/address.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The parts of a URL, in its own text. */
struct parts {
	const char *host;
	size_t scheme_len; /* with "://" */
	size_t host_len;   /* with the port */
	const char *path;  /* up to the query; may be "" */
	size_t path_len;
	bool query;
};

static bool split(const char *url, struct parts *ret_parts)
{
	const char *mark = strstr(url, "://");
	struct parts parts = { 0 };
	const char *at;
	size_t len;

	if (!mark || mark == url)
		return false;
	parts.host = mark + 3;
	parts.scheme_len = (size_t)(parts.host - url);
	len = strcspn(parts.host, "/?#");
	at = memrchr(parts.host, '@', len);
	parts.path = parts.host + len;
	if (at)
		parts.host = at + 1;
	parts.host_len = (size_t)(parts.path - parts.host);
	parts.path_len = strcspn(parts.path, "?#");
	parts.query = parts.path[parts.path_len] != '\0';
	*ret_parts = parts;
	return parts.host_len > 0;
}

bool address_has(const char *url, const char *scheme)
{
	size_t len = strlen(scheme);
	struct parts parts;

	return split(url, &parts) && parts.scheme_len == len + 3 &&
	       strncasecmp(url, scheme, len) == 0;
}

void address_host(const char *url, char out[static CLEAN_MAX + 1])
{
	struct parts parts;
	size_t len = 0;

	out[0] = '\0';
	if (!split(url, &parts))
		return;
	if (*parts.host == '[')
		len = strcspn(parts.host, "]/") + 1;
	else
		len = strcspn(parts.host, ":/?#");
	clean_text(parts.host, len < parts.host_len ? len : parts.host_len, out);
	for (char *c = out; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

void address_show(const char *url, char out[static CLEAN_MAX + 1])
{
	char shown[2 * CLEAN_MAX];
	struct parts parts;

	if (!split(url, &parts)) {
		size_t len = strcspn(url, "?#");
		const char *at = memrchr(url, '@', len);
		const char *shown_from = at ? at + 1 : url;

		/* It is no address, but somebody may have meant one. */
		clean_text(shown_from, len - (size_t)(shown_from - url), out);
		return;
	}
	snprintf(shown, sizeof shown, "%.*s%.*s%.*s%s", (int)parts.scheme_len, url,
		 (int)parts.host_len, parts.host, (int)parts.path_len, parts.path,
		 parts.query ? "?…" : "");
	clean_string(shown, out);
}

bool address_is_below(const char *host, const char *domain)
{
	size_t len = strlen(host), end = strlen(domain);

	if (len < end || strcmp(host + len - end, domain) != 0)
		return false;
	return len == end || host[len - end - 1] == '.';
}
