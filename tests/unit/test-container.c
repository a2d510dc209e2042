/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the containers that a profile comes in, by their first bytes. */
#include "profiles/cms/container.h"

#include <string.h>

#include "tests/unit/tap.h"

#define LOST "\xef\xbf\xbd"

static const struct {
	const char *bytes;
	size_t size; /* 0: to the NUL */
	enum container want;
	const char *what;
} rows[] = {
	{ "<?xml version=\"1.0\"?><plist>", 0, CONTAINER_XML, "XML" },
	{ "\xef\xbb\xbf<?xml version=\"1.0\"?>", 0, CONTAINER_XML, "XML behind the mark of UTF-8" },
	{ "\n\t <?xml version=\"1.0\"?>", 0, CONTAINER_XML, "XML behind white space" },
	{ "\xef\xbb\xbf\r\n<plist>", 0, CONTAINER_XML, "a mark, then a line end" },
	{ "<plist version=\"1.0\">", 0, CONTAINER_XML, "XML without its header" },
	{ "<dict></dict>", 0, CONTAINER_XML, "a bare dictionary" },
	{ "<!DOCTYPE plist PUBLIC>", 0, CONTAINER_XML, "a document type of property lists" },
	{ "<!-- c --><plist>", 0, CONTAINER_XML, "a comment" },
	{ "<plist><string><html></string></plist>", 0, CONTAINER_XML, "a page inside of a value" },
	{ "bplist00....", 0, CONTAINER_BINARY, "binary" },
	{ "bplist01....", 0, CONTAINER_UNKNOWN, "a binary form that no device takes" },
	{ "\x30\x82\x01\x02", 0, CONTAINER_CMS, "DER, two bytes of length" },
	{ "\x30\x83\x01\x02", 0, CONTAINER_CMS, "DER, three bytes" },
	{ "\x30\x84\x01\x02", 0, CONTAINER_CMS, "DER, four bytes" },
	{ "\x30\x81\x01\x02", 0, CONTAINER_CMS, "DER, one byte" },
	{ "\x30\x80\x06\x09", 0, CONTAINER_CMS, "BER of indefinite length" },
	{ "-----BEGIN CMS-----\n", 0, CONTAINER_PEM, "PEM" },
	{ "-----BEGIN PKCS7-----\r\n", 0, CONTAINER_PEM, "PEM by its older name" },
	{ "MIIFxzCCBK8=", 0, CONTAINER_BASE64, "Base64 of DER" },
	{ "MIAGCSqGSIb3\nDQEHAqCA\n", 0, CONTAINER_BASE64, "Base64 of BER, in lines" },
	{ "\"MIIFxzCCBK8=\"", 0, CONTAINER_BASE64, "Base64 in quotes" },
	{ "PD94bWwgdmVyc2lvbj0=", 0, CONTAINER_BASE64, "Base64 of XML" },
	{ "YnBsaXN0MDA=", 0, CONTAINER_BASE64, "Base64 of binary" },
	{ "MIND the gap!", 0, CONTAINER_UNKNOWN, "words that begin as Base64 does" },
	{ "{ \"value\": \"MIIF\" }", 0, CONTAINER_JSON, "JSON" },
	{ "{\"error\":{\"code\":\"Forbidden\"}}", 0, CONTAINER_JSON_ERROR, "a refusal in JSON" },
	{ "{\"error\":null,\"value\":\"MIIF\"}", 0, CONTAINER_JSON, "JSON with both" },
	{ "-----BEGIN CERTIFICATE-----\nMIIF", 0, CONTAINER_PEM_CERTIFICATE, "a certificate" },
	{ "-----BEGIN PRIVATE KEY-----\nMIIF", 0, CONTAINER_PEM_CERTIFICATE, "a key" },
	{ "{\\rtf1\\ansi", 0, CONTAINER_RTF, "rich text" },
	{ "\n[1]", 0, CONTAINER_JSON, "a JSON array" },
	{ "<!DOCTYPE html><html>", 0, CONTAINER_HTML, "a page" },
	{ "<!doctype HTML>", 0, CONTAINER_HTML, "a page in other letters" },
	{ "<html lang=\"en\">", 0, CONTAINER_HTML, "a page without its type" },
	{ "<?xml version=\"1.0\"?>\n<html>", 0, CONTAINER_HTML, "an XHTML page" },
	{ "<!-- sign in --><HEAD>", 0, CONTAINER_HTML, "a page behind a comment" },
	{ "\xff\xfe<\0?\0", 6, CONTAINER_UTF16, "UTF-16, little end first" },
	{ "\xfe\xff\0<\0?", 6, CONTAINER_UTF16, "UTF-16, big end first" },
	{ "<\0?\0x\0", 6, CONTAINER_UTF16, "UTF-16 without its mark" },
	{ "\0<\0?", 4, CONTAINER_UTF16, "UTF-16 without its mark, big end first" },
	{ "0" LOST "\x06\x09*", 0, CONTAINER_DAMAGED, "DER that became text" },
	{ "bplist00" LOST LOST "a" LOST LOST, 0, CONTAINER_DAMAGED, "binary that became text" },
	{ "?" LOST LOST LOST LOST, 0, CONTAINER_DAMAGED, "something that became text" },
	{ "bplist00" LOST, 0, CONTAINER_BINARY, "one lost character may be meant" },
	{ "<plist>" LOST LOST LOST LOST, 0, CONTAINER_XML, "lost characters inside of XML" },
	{ "PK\3\4", 0, CONTAINER_ARCHIVE, "an archive" },
	{ "hello", 0, CONTAINER_UNKNOWN, "a text" },
	{ " \n", 0, CONTAINER_UNKNOWN, "white space" },
	{ "\x30", 1, CONTAINER_UNKNOWN, "one byte" },
	{ "\0", 1, CONTAINER_UNKNOWN, "a NUL" },
};

static void check_refusals(void)
{
	for (int i = CONTAINER_XML; i <= CONTAINER_CMS; i++)
		ok(!container_refusal((enum container)i), "form %d is not refused", i);
	for (int i = CONTAINER_PEM; i <= CONTAINER_UNKNOWN; i++) {
		const char *refusal = container_refusal((enum container)i);

		ok(refusal && strlen(refusal) < 200, "form %d is refused in a sentence", i);
		for (int k = CONTAINER_PEM; k < i; k++)
			ok(strcmp(refusal, container_refusal((enum container)k)) != 0,
			   "another one than that of form %d", k);
	}
}

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t size = rows[i].size > 0 ? rows[i].size : strlen(rows[i].bytes);

		is_number(container_recognise((const unsigned char *)rows[i].bytes, size),
			  rows[i].want, rows[i].what);
	}
	check_refusals();
	is_number((long long)container_mark_length((const unsigned char *)"\xef\xbb\xbf<", 4), 3,
		  "the mark has three bytes");
	is_number((long long)container_mark_length((const unsigned char *)"\xef\xbb", 2), 0,
		  "half a mark is none");
	return tap_done();
}
