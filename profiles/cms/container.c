/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile's bytes are wrapped in, told by their beginning (doc/profiles.md, "Containers").
 */
#include "config.h"

#include "profiles/cms/container.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* How far a web page's first tag is looked for behind XML's own header. */
#define PROLOG_MAX 512

/* So many marks of a lost character (U+FFFD) are no accident: chance gives one in 16 MiB. */
#define LOST_MANY 4

static const char *const refusals[] = {
	[CONTAINER_XML] = NULL,
	[CONTAINER_BINARY] = NULL,
	[CONTAINER_CMS] = NULL,
	[CONTAINER_PEM] = "is PEM text, which no device takes; turn it into DER: openssl cms "
			  "-cmsout -inform PEM -outform DER -in OLD -out NEW",
	[CONTAINER_BASE64] = "is Base64 text, which no device takes; decode it: base64 -d OLD >NEW",
	[CONTAINER_JSON] = "is JSON, perhaps a whole reply of Microsoft Graph; take out its "
			   "\"value\" and decode that: jq -r .value OLD | base64 -d >NEW",
	[CONTAINER_JSON_ERROR] =
		"is what a server said in place of the profile, in JSON; read in it why, then "
		"download the profile again, signed in as somebody who may",
	[CONTAINER_PEM_CERTIFICATE] = "is a certificate or a key in PEM text, not a profile; a "
				      "profile holds it as a payload",
	[CONTAINER_HTML] = "is a web page, perhaps a sign-in page saved in place of the profile; "
			   "sign in, then download the profile again",
	[CONTAINER_UTF16] = "is UTF-16 text, perhaps saved again by an editor; get the original, "
			    "or save it as UTF-8 if it is not signed",
	[CONTAINER_RTF] = "is rich text (RTF), as TextEdit saves it; get the original, or save it "
			  "as plain text",
	[CONTAINER_MAIL] = "is a signed mail message (S/MIME), which no device takes; turn it into "
			   "DER: openssl cms -cmsout -inform SMIME -outform DER -in OLD -out NEW",
	[CONTAINER_ARCHIVE] = "is an archive; unpack it, and take the .mobileconfig in it",
	[CONTAINER_DAMAGED] =
		"was damaged when something treated it as text, and cannot be mended; "
		"get the original again, as a binary download",
	[CONTAINER_UNKNOWN] = "is no configuration profile: neither XML, nor a binary property "
			      "list, nor signed",
};

const char *container_to_text(enum container container)
{
	static const char *const texts[] = {
		[CONTAINER_XML] = "xml",
		[CONTAINER_BINARY] = "binary",
		[CONTAINER_CMS] = "cms",
		[CONTAINER_PEM] = "pem",
		[CONTAINER_BASE64] = "base64",
		[CONTAINER_JSON] = "json",
		[CONTAINER_JSON_ERROR] = "json-error",
		[CONTAINER_PEM_CERTIFICATE] = "pem-certificate",
		[CONTAINER_HTML] = "html",
		[CONTAINER_UTF16] = "utf-16",
		[CONTAINER_RTF] = "rtf",
		[CONTAINER_MAIL] = "mail",
		[CONTAINER_ARCHIVE] = "archive",
		[CONTAINER_DAMAGED] = "damaged",
		[CONTAINER_UNKNOWN] = "unknown",
	};

	return texts[container];
}

const char *container_refusal(enum container container)
{
	return refusals[container];
}

size_t container_mark_length(const unsigned char *bytes, size_t size)
{
	return size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Do the LEN bytes at S begin with WORD, in any case? */
static bool begins(const char *s, size_t len, const char *word)
{
	return len >= strlen(word) && strncasecmp(s, word, strlen(word)) == 0;
}

static bool is_utf16(const unsigned char *bytes, size_t size)
{
	static const char starts[][2] = { "\xff\xfe", "\xfe\xff", "<", { '\0', '<' } };

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (size >= 2 && memcmp(bytes, starts[i], 2) == 0)
			return true;
	return false;
}

static size_t count_lost(const unsigned char *bytes, size_t size)
{
	const unsigned char *end = bytes + size;
	size_t count = 0;

	for (const unsigned char *at = bytes;
	     (at = memmem(at, (size_t)(end - at), "\xef\xbf\xbd", 3)); at += 3)
		count++;
	return count;
}

/* Base64 of DER, of XML or of a binary property list, perhaps still in its quotes. */
static bool is_base64(const char *s, size_t len)
{
	static const char *const starts[] = { "MI", "PD94bW", "YnBsaXN0" };
	bool known = false;

	if (len > 0 && *s == '"') {
		s++;
		len--;
	}
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		known |= len >= strlen(starts[i]) && strncmp(s, starts[i], strlen(starts[i])) == 0;
	for (size_t i = 0; known && i < len; i++)
		known = isalnum((unsigned char)s[i]) || isspace((unsigned char)s[i]) ||
			(s[i] != '\0' && strchr("+/=-_\"", s[i]));
	return known;
}

/* Is what begins with a tag a web page? */
static bool is_page(const char *s, size_t len)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body" };
	size_t near = len < PROLOG_MAX ? len : PROLOG_MAX;

	for (size_t at = 0; at < near; at++) {
		if (s[at] != '<')
			continue;
		if (begins(s + at, len - at, "<plist"))
			return false;
		for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
			if (begins(s + at, len - at, tags[i]))
				return true;
	}
	return false;
}

/* ZIP, gzip, xz, 7-Zip, and what Macs make: xar (packages), disk images' tables. */
static bool is_archive(const unsigned char *bytes, size_t size)
{
	static const struct {
		const char *text;
		size_t len;
	} starts[] = {
		{ "PK\3\4", 4 },   { "PK\5\6", 4 },	{ "\x1f\x8b", 2 },
		{ "\3757zXZ", 5 }, { "7z\xbc\xaf", 4 }, { "xar!", 4 },
	};

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (size >= starts[i].len && memcmp(bytes, starts[i].text, starts[i].len) == 0)
			return true;
	return false;
}

/* A reply of Microsoft Graph, or of a service like it, has "value"; a refusal has "error" instead.
 */
static enum container recognise_json(const char *s, size_t len)
{
	if (memmem(s, len, "\"error\"", 7) && !memmem(s, len, "\"value\"", 7))
		return CONTAINER_JSON_ERROR;
	return CONTAINER_JSON;
}

/* PEM says what is in it: only what CMS is called can be a profile. */
static enum container recognise_pem(const char *s, size_t len)
{
	static const char *const labels[] = { "-----BEGIN CERTIFICATE-----",
					      "-----BEGIN PRIVATE KEY-----",
					      "-----BEGIN ENCRYPTED PRIVATE KEY-----",
					      "-----BEGIN RSA PRIVATE KEY-----" };

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (begins(s, len, labels[i]))
			return CONTAINER_PEM_CERTIFICATE;
	return CONTAINER_PEM;
}

/* Tells the container of a text, its first character at S. */
static enum container recognise_text(const char *s, size_t len)
{
	if (len > 0 && *s == '<')
		return is_page(s, len) ? CONTAINER_HTML : CONTAINER_XML;
	if (begins(s, len, "{\\rtf"))
		return CONTAINER_RTF;
	if (len > 0 && (*s == '{' || *s == '['))
		return recognise_json(s, len);
	if (begins(s, len, "-----BEGIN"))
		return recognise_pem(s, len);
	if (begins(s, len, "MIME-Version:") || begins(s, len, "Content-Type:"))
		return CONTAINER_MAIL;
	return is_base64(s, len) ? CONTAINER_BASE64 : CONTAINER_UNKNOWN;
}

enum container container_recognise(const unsigned char *bytes, size_t size)
{
	size_t skip = container_mark_length(bytes, size);
	enum container container;
	bool lost;

	if (is_utf16(bytes, size))
		return CONTAINER_UTF16;
	if (is_archive(bytes, size))
		return CONTAINER_ARCHIVE;
	if (size >= 2 && bytes[0] == 0x30 && bytes[1] >= 0x80 && bytes[1] <= 0x84)
		return CONTAINER_CMS;
	/* "0" and a length byte above 0x7f, which became U+FFFD. */
	if (begins((const char *)bytes, size, "0\xef\xbf\xbd"))
		return CONTAINER_DAMAGED;
	lost = count_lost(bytes, size) >= LOST_MANY;
	if (size >= 8 && memcmp(bytes, "bplist00", 8) == 0)
		return lost ? CONTAINER_DAMAGED : CONTAINER_BINARY;
	while (skip < size && isspace(bytes[skip]))
		skip++;
	container = recognise_text((const char *)bytes + skip, size - skip);
	return container == CONTAINER_UNKNOWN && lost ? CONTAINER_DAMAGED : container;
}

bool container_line_ends_converted(const unsigned char *bytes, size_t size)
{
	size_t ends = 0;

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != '\n')
			continue;
		if (i == 0 || bytes[i - 1] != '\r')
			return false;
		ends++;
	}
	/* One may be chance: one in 256. */
	return ends > 1;
}
