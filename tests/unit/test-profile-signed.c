/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of signed profiles: every form of CMS, and that no change of a signed byte goes unseen. */
#include "config.h"

#include <errno.h>
#include <openssl/cms.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/cms.h"
#include "profiles/profile/profile.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/signer.h"
#include "tests/unit/tap.h"

static const char xml[] = "<plist version=\"1.0\"><dict>"
			  "<key>PayloadType</key><string>Configuration</string>"
			  "<key>PayloadVersion</key><integer>1</integer>"
			  "<key>PayloadIdentifier</key><string>org.example.signed</string>"
			  "<key>PayloadUUID</key><string>a</string>"
			  "<key>PayloadContent</key><array><dict>"
			  "<key>PayloadType</key><string>com.apple.mdm</string>"
			  "<key>PayloadVersion</key><integer>1</integer>"
			  "<key>PayloadIdentifier</key><string>org.example.signed.mdm</string>"
			  "<key>PayloadUUID</key><string>b</string></dict></array></dict></plist>";
#define XML_SIZE (sizeof xml - 1)

/* Opens BYTES as the file "f"; frees them. Wants the problems WANT, or "" for a signed profile. */
static void check_open(struct signed_bytes bytes, const char *want, const char *what)
{
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int r = profile_open_bytes("f", bytes.bytes, bytes.size, &problems, &profile);
	char *text = problems_text(&problems);

	is_string(text, want, what);
	is_number(r, want[0] == '\0' ? 0 : -EINVAL, what);
	if (profile) {
		is_number(profile->container, PROFILE_SIGNED, "it is signed");
		is_string(profile->identifier, "org.example.signed", "its identifier");
		ok(profile->enrolls && profile->payload_count == 1, "it enrolls");
		ok(profile->size == bytes.size &&
			   memcmp(profile->bytes, bytes.bytes, bytes.size) == 0,
		   "its bytes are the file's own");
	}
	profile_free(profile);
	free(text);
	free(bytes.bytes);
}

/* BYTES with TAIL behind them. */
static struct signed_bytes with_tail(struct signed_bytes bytes, const char *tail)
{
	bytes.bytes = realloc(bytes.bytes, bytes.size + strlen(tail));
	memcpy(bytes.bytes + bytes.size, tail, strlen(tail));
	bytes.size += strlen(tail);
	return bytes;
}

static struct signed_bytes sign_binary(void)
{
	struct signed_bytes bytes;
	plist_t list = NULL;
	uint32_t size = 0;
	char *binary = NULL;

	plist_from_xml(xml, XML_SIZE, &list);
	plist_to_bin(list, &binary, &size);
	bytes = signer_sign(binary, size, 0);
	plist_free(list);
	free(binary);
	return bytes;
}

static struct signed_bytes sign_twice(void)
{
	struct signed_bytes inner = signer_sign(xml, XML_SIZE, 0), outer;

	outer = signer_sign(inner.bytes, inner.size, 0);
	free(inner.bytes);
	return outer;
}

static struct signed_bytes cut(struct signed_bytes bytes, size_t size)
{
	bytes.size = size;
	return bytes;
}

static void check_forms(void)
{
	check_open(signer_sign(xml, XML_SIZE, 0), "", "DER around XML");
	check_open(signer_sign(xml, XML_SIZE, CMS_STREAM), "", "BER around XML");
	check_open(signer_sign(xml, XML_SIZE, CMS_NOATTR), "", "without signed attributes");
	check_open(signer_sign(xml, XML_SIZE, CMS_NOSMIMECAP), "", "without S/MIME's attributes");
	check_open(sign_binary(), "", "DER around binary");
	check_open(with_tail(signer_sign(xml, XML_SIZE, 0), "\r\n"), "", "a line end behind it");
	check_open(with_tail(signer_sign(xml, XML_SIZE, 0), "junk"),
		   "f: has bytes after the end of its signature; get the original again\n",
		   "junk behind it");
	check_open(signer_sign(xml, XML_SIZE, CMS_DETACHED),
		   "f: is a signature without the profile in it; sign it again with the content "
		   "attached (openssl cms -sign -nodetach)\n",
		   "a detached signature");
	check_open(signer_sign(xml, XML_SIZE, CMS_NOCERTS),
		   "f: does not hold the certificate of its signer; sign it again with the "
		   "certificate inside\n",
		   "without the signer's certificate");
	check_open(signer_wrap(xml, XML_SIZE), "f: is wrapped as if signed, but nobody signed it\n",
		   "without a signer");
	check_open(signer_encrypt(xml, XML_SIZE),
		   "f: is encrypted as a whole, which no device takes; only the payloads inside a "
		   "profile can be encrypted\n",
		   "encrypted as a whole");
	check_open(sign_twice(),
		   "f: is signed around something that is signed or encrypted again\n",
		   "signed twice");
	check_open(signer_sign("hello", 5, 0),
		   "f: is signed around something that is no configuration profile: neither XML, "
		   "nor a binary property list, nor signed\n",
		   "signed around a text");
	check_open(signer_sign("<array/>", 8, 0),
		   "f:1:1: is a property list, but not of a profile: it holds an array\n",
		   "signed around another list");
	check_open(cut(signer_sign(xml, XML_SIZE, 0), 900),
		   "f: begins as a signed profile, but is cut short or damaged; get the original "
		   "again\n",
		   "cut short");
	check_open(cut(signer_sign(xml, XML_SIZE, 0), 4),
		   "f: begins as a signed profile, but is cut short or damaged; get the original "
		   "again\n",
		   "only its beginning");
}

/* Does the signature open to exactly what was signed, or not at all? */
static bool is_safe(const struct signed_bytes *bytes, unsigned *refused)
{
	struct problems problems = { 0 };
	struct cms_signature *signature = NULL;
	bool safe = true;

	if (cms_open("f", bytes->bytes, bytes->size, &problems, &signature) < 0 ||
	    !signature->intact)
		++*refused;
	else
		safe = signature->size == XML_SIZE && memcmp(signature->bytes, xml, XML_SIZE) == 0;
	cms_free(signature);
	problems_done(&problems);
	return safe;
}

static void check_tampering(unsigned flags, const char *what)
{
	struct signed_bytes bytes = signer_sign(xml, XML_SIZE, flags);
	const unsigned char *inside = memmem(bytes.bytes, bytes.size, xml, XML_SIZE);
	unsigned refused = 0, refused_inside = 0, unsafe = 0;

	for (size_t at = 0; at < bytes.size; at++) {
		unsigned before = refused;

		bytes.bytes[at] ^= 1U << at % 8;
		unsafe += !is_safe(&bytes, &refused);
		bytes.bytes[at] ^= 1U << at % 8;
		if (inside && bytes.bytes + at >= inside && bytes.bytes + at < inside + XML_SIZE)
			refused_inside += refused - before;
	}
	is_number(unsafe, 0, what);
	ok(!inside || refused_inside == XML_SIZE, "every byte of the content is covered");
	/* What is not refused stands in the certificate, whose own signature is a matter of trust,
	 * and in what no signature covers. */
	ok(refused > bytes.size / 2, "%u of %zu bytes are covered", refused, bytes.size);
	free(bytes.bytes);
}

int main(void)
{
	check_forms();
	check_tampering(0, "DER: a changed byte is found, or changes nothing");
	check_tampering(CMS_STREAM, "BER: a changed byte is found, or changes nothing");
	check_tampering(CMS_NOATTR, "no attributes: a changed byte is found, or changes nothing");
	signer_done();
	return tap_done();
}
