/* SPDX-License-Identifier: Apache-2.0 */
/* What a page in the bench's network needs: an address, a certificate, a QR code, HTML. */
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/faces/handover/handover_page.h"
#include "station/faces/handover/handover_sheet.h"
#include "station/tools/listen_address.h"
#include "station/tools/page_certificate.h"
#include "station/tools/qr.h"
#include "tests/unit/tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void check_addresses(void)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
	} rows[] = {
		{ "192.168.7.1:8443", "192.168.7.1:8443" },
		{ "192.168.7.1", "192.168.7.1:1" },
		{ "127.0.0.1:0", "127.0.0.1:0" },
		{ "[fd00::1]:443", "[fd00::1]:443" },
		{ "[fd00::1]", "[fd00::1]:1" },
		{ "fd00::1", "[fd00::1]:1" },
		{ "", NULL },
		{ ":8443", NULL },
		{ "0.0.0.0:8443", NULL },
		{ "[::]:8443", NULL },
		{ "localhost:8443", NULL },
		{ "192.168.7.1:", NULL },
		{ "192.168.7.1:65536", NULL },
		{ "192.168.7.1:123456", NULL },
		{ "192.168.7.1:-1", NULL },
		{ "192.168.7.1:80x", NULL },
		{ "192.168.7:80", NULL },
		{ "[fd00::1", NULL },
		{ "[fd00::1]x", NULL },
		{ "[192.168.7.1x]:80", NULL },
		{ "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc", NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct listen_address address;
		char out[LISTEN_ADDRESS_MAX] = "";
		int r = listen_address_parse(rows[i].text, 1, &address);

		is_number(r, rows[i].want ? 0 : -EINVAL, rows[i].text);
		if (r == 0)
			is_string(listen_address_to_text(&address, out), rows[i].want,
				  "… as links have it");
	}
}

static void check_listening(void)
{
	struct listen_address first, second;
	char out[LISTEN_ADDRESS_MAX];
	int fd, other;

	listen_address_parse("127.0.0.1:0", 1, &first);
	is_number(listen_address_open(&first, &fd), 0, "any free port");
	ok(strcmp(listen_address_to_text(&first, out), "127.0.0.1:0") != 0, "is told: %s", out);
	listen_address_parse(out, 1, &second);
	is_number(listen_address_open(&second, &other), -EADDRINUSE, "one that is taken");
	close(fd);
	listen_address_parse("192.0.2.1:0", 1, &first);
	is_number(listen_address_open(&first, &fd), -EADDRNOTAVAIL, "an address of others");
	if (listen_address_own(8443, &first) == 0)
		ok(strncmp(first.host, "127.", 4) != 0 && strcmp(first.host, "::1") != 0,
		   "our own is no loopback's: %s", first.host);
	else
		tap_skip("this computer has no address");
}

static X509 *read_certificate(const struct page_certificate *page)
{
	BIO *bio = BIO_new_mem_buf(page->certificate, -1);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	return certificate;
}

static void check_certificate(const char *address)
{
	struct page_certificate page, other;
	unsigned char digest[EVP_MAX_MD_SIZE];
	char text[PAGE_FINGERPRINT_MAX] = "";
	unsigned size = 0;
	time_t now = 1000000, until = 2000000;
	X509 *certificate;
	BIO *bio;
	EVP_PKEY *key;

	is_number(page_certificate_make(address, now, until, &page), 0, address);
	certificate = read_certificate(&page);
	bio = BIO_new_mem_buf(page.key, -1);
	key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	ok(certificate && key && X509_check_private_key(certificate, key) == 1,
	   "the key is the certificate's");
	ok(X509_verify(certificate, key) == 1, "which it signed itself");
	is_number(X509_check_ip_asc(certificate, address, 0), 1, "for this address");
	is_number(X509_check_ip_asc(certificate, "192.0.2.99", 0), 0, "and no other");
	ok(X509_cmp_time(X509_get0_notBefore(certificate), &now) < 0 &&
		   X509_cmp_time(X509_get0_notAfter(certificate), &until) <= 0,
	   "for this time");
	X509_digest(certificate, EVP_sha256(), digest, &size);
	for (unsigned i = 0; i < size; i++)
		snprintf(text + 3 * i, 4, "%02X%s", digest[i], i + 1 < size ? ":" : "");
	is_string(page.fingerprint, text, "its fingerprint");
	is_number(page_certificate_make(address, now, until, &other), 0, "another");
	ok(strcmp(page.fingerprint, other.fingerprint) != 0, "is another");
	EVP_PKEY_free(key);
	BIO_free(bio);
	X509_free(certificate);
	page_certificate_done(&page);
	page_certificate_done(&other);
	ok(!page.key, "the key is gone");
}

static void check_codes(void)
{
	char *blocks = qr_to_blocks("https://192.0.2.1:8443/0123456789abcdef0123456789abcdef");
	char *svg = qr_to_svg("x", "a label"), long_text[4000];

	ok(blocks && strstr(blocks, "▀") && strstr(blocks, "▄") && strstr(blocks, "█"),
	   "a code in half blocks");
	ok(svg && strncmp(svg, "<svg ", 5) == 0 && strstr(svg, "aria-label=\"a label\""),
	   "one as a picture");
	memset(long_text, 'x', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	ok(!qr_to_blocks(long_text), "too long for a code");
	ok(!qr_to_svg(long_text, ""), "in either form");
	free(blocks);
	free(svg);
}

static struct handover_profile hostile(void)
{
	return (struct handover_profile){ .name = "<script>a&b",
					  .organization = "\"x' onload=\"",
					  .expiry.end = { .at = 1764000000 } };
}

static void check_page(char *text, const char *what)
{
	ok(text && strstr(text, "&lt;script&gt;a&amp;b"), "%s: a name is text", what);
	ok(text && !strstr(text, "<script"), "… and nothing else");
	ok(text && strstr(text, "&quot;x&#39; onload=&quot;"), "… in quotes too");
	ok(text && strstr(text, "<html lang=\"en\">") && strstr(text, "<title>"),
	   "… the page has a language and a title");
	ok(text && strstr(text, "administrator of this Mac"), "… and says who is needed");
	free(text);
}

static void check_pages(void)
{
	const struct handover_profile profile = hostile();
	const struct handover_link links[] = { { "https://192.0.2.1/a", "14:05", "AA:BB" },
					       { "https://192.0.2.1/b", "14:05", "AA:BB" } };
	char *text;

	check_page(handover_page_landing(&profile, &links[0], ""), "the page");
	check_page(handover_page_landing(&profile, &links[0], "no <b>"), "the page with a word");
	check_page(handover_page_sheet(&profile, links, 2), "the sheet");
	check_page(handover_stick_html(&profile, "a.mobileconfig"), "the stick's");
	text = handover_page_plain("<i>", "a & b");
	ok(text && strstr(text, "<h1>&lt;i&gt;</h1>") && strstr(text, "a &amp; b"), "a plain page");
	free(text);
	text = handover_stick_text(&profile, "a.mobileconfig");
	ok(text && strstr(text, "double-click a.mobileconfig"), "the text names the file");
	ok(text && strstr(text, "What this does not do"), "and what it does not do");
	ok(text && strstr(text, "until 2025-11-2"), "and until when it is good");
	free(text);
}

int main(void)
{
	check_addresses();
	check_listening();
	check_certificate("192.0.2.1");
	check_certificate("fd00::1");
	is_number(page_certificate_make("nowhere", 0, 1, &(struct page_certificate){ 0 }), -EINVAL,
		  "no address");
	check_codes();
	check_pages();
	return tap_done();
}
