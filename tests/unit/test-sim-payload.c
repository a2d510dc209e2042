/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated device's judgement of profiles: each refusal has the device's numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/chain.h"
#include "tests/sim/payload.h"
#include "tests/unit/sim-keys.h"
#include "tests/unit/tap.h"

#define DOCTYPE		  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">"
#define END		  "</plist>\n"
#define TEXT(key, text)	  "<key>" key "</key><string>" text "</string>"
#define NUMBER(key, text) "<key>" key "</key><integer>" text "</integer>"
#define DATA(key, text)	  "<key>" key "</key><data>" text "</data>"
#define LIST(inner)	  "<key>PayloadContent</key><array>" inner "</array>"
#define DICT(inner)	  "<dict>" inner "</dict>"
#define PROFILE(inner)	  DOCTYPE DICT(inner) END

/* The four keys of everything, with an identifier and a UUID made of N. */
#define FOUR(type, n)                               \
	TEXT("PayloadType", type)                   \
	NUMBER("PayloadVersion", "1")               \
	TEXT("PayloadIdentifier", "org.example." n) \
	TEXT("PayloadUUID", "0000000" n "-0000-4000-8000-00000000000a")
#define TOP	   FOUR("Configuration", "0")
#define SSID	   TEXT("SSID_STR", "Bench")
#define WIFI(n)	   DICT(FOUR("com.apple.wifi.managed", n) SSID)
#define ONE(inner) PROFILE(TOP LIST(DICT(inner)))
#define MDM_KEYS   TEXT("IdentityCertificateUUID", "x") TEXT("Topic", "com.apple.mgmt.x")
#define MDM(n)	   DICT(FOUR("com.apple.mdm", n) MDM_KEYS TEXT("ServerURL", "https://mdm.example"))
#define GOOD	   PROFILE(TOP TEXT("PayloadDisplayName", "Bench Wi-Fi") LIST(WIFI("1")))
#define RIGHTS(bits)                                                                     \
	ONE(FOUR("com.apple.mdm", "1") MDM_KEYS TEXT("ServerURL", "https://mdm.example") \
		    NUMBER("AccessRights", bits))

static const struct {
	const char *what;
	const char *profile;
	unsigned codes[3];
} refused[] = {
	{ "nothing", "", { 4007, 1000 } },
	{ "plain text", "hello", { 4007, 1000 } },
	{ "a list cut short", DOCTYPE "<dict><key>a</key>", { 4007, 1000 } },
	{ "an array", DOCTYPE "<array/>" END, { 4007, 1000 } },
	{ "an empty dict", PROFILE(""), { 1000, 1002 } },
	{ "no PayloadType",
	  PROFILE(NUMBER("PayloadVersion", "1") TEXT("PayloadIdentifier", "a")
			  TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1002 } },
	{ "no PayloadIdentifier",
	  PROFILE(TEXT("PayloadType", "Configuration") NUMBER("PayloadVersion", "1")
			  TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1002 } },
	{ "an empty PayloadIdentifier",
	  PROFILE(TEXT("PayloadType", "Configuration") NUMBER("PayloadVersion", "1")
			  TEXT("PayloadIdentifier", "") TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1002 } },
	{ "no PayloadUUID",
	  PROFILE(TEXT("PayloadType", "Configuration") NUMBER("PayloadVersion", "1")
			  TEXT("PayloadIdentifier", "b") LIST(WIFI("1"))),
	  { 1000, 1002 } },
	{ "no PayloadVersion",
	  PROFILE(TEXT("PayloadType", "Configuration") TEXT("PayloadIdentifier", "b")
			  TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1002 } },
	{ "a PayloadVersion in letters",
	  PROFILE(TEXT("PayloadType", "Configuration") TEXT("PayloadVersion", "1")
			  TEXT("PayloadIdentifier", "b") TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1003 } },
	{ "a PayloadVersion to come",
	  PROFILE(TEXT("PayloadType", "Configuration") NUMBER("PayloadVersion", "2")
			  TEXT("PayloadIdentifier", "b") TEXT("PayloadUUID", "b") LIST(WIFI("1"))),
	  { 1000, 1001 } },
	{ "a PayloadRemovalDisallowed in letters",
	  PROFILE(TOP TEXT("PayloadRemovalDisallowed", "yes") LIST(WIFI("1"))),
	  { 1000, 1003 } },
	{ "a display name that is a number",
	  PROFILE(TOP NUMBER("PayloadDisplayName", "1") LIST(WIFI("1"))),
	  { 1000, 1003 } },
	{ "another kind of profile",
	  PROFILE(FOUR("Profile Service", "0") LIST(WIFI("1"))),
	  { 4011 } },
	{ "no content", PROFILE(TOP), { 1000, 1002 } },
	{ "content that is a dict",
	  PROFILE(TOP "<key>PayloadContent</key><dict/>"),
	  { 1000, 1003 } },
	{ "empty content", PROFILE(TOP LIST("")), { 1000, 1005 } },
	{ "encrypted for another device",
	  PROFILE(TOP DATA("EncryptedPayloadContent", "AAAA")),
	  { 1000, 1006 } },
	{ "a payload that is a string", PROFILE(TOP LIST("<string>x</string>")), { 1000, 2000 } },
	{ "a payload without a type", ONE(TEXT("PayloadIdentifier", "a") SSID), { 1000, 2002 } },
	{ "a payload version to come",
	  ONE(TEXT("PayloadType", "a") NUMBER("PayloadVersion", "7") TEXT("PayloadIdentifier", "a")
		      TEXT("PayloadUUID", "b")),
	  { 1000, 2001 } },
	{ "a UUID twice, in another case",
	  PROFILE(TOP LIST(WIFI("1") DICT(
		  TEXT("PayloadType", "a") NUMBER("PayloadVersion", "1")
			  TEXT("PayloadIdentifier", "b")
				  TEXT("PayloadUUID", "00000001-0000-4000-8000-00000000000A")))),
	  { 1000, 1007 } },
	{ "a payload identifier twice",
	  PROFILE(TOP LIST(WIFI("1") DICT(TEXT("PayloadType", "a") NUMBER("PayloadVersion", "1")
						  TEXT("PayloadIdentifier", "org.example.1")
							  TEXT("PayloadUUID", "b")))),
	  { 1000, 1008 } },
	{ "Wi-Fi without a name", ONE(FOUR("com.apple.wifi.managed", "1")), { 1000, 2002 } },
	{ "Wi-Fi with a number for a name",
	  ONE(FOUR("com.apple.wifi.managed", "1") NUMBER("SSID_STR", "5")),
	  { 1000, 2003 } },
	{ "Wi-Fi with an unknown encryption",
	  ONE(FOUR("com.apple.wifi.managed", "1") SSID TEXT("EncryptionType", "WPA9")),
	  { 1000, 2004 } },
	{ "Wi-Fi with a part of an encryption's name",
	  ONE(FOUR("com.apple.wifi.managed", "1") SSID TEXT("EncryptionType", "EP")),
	  { 1000, 2004 } },
	{ "an encryption that is no word",
	  ONE(FOUR("com.apple.wifi.managed", "1") SSID TEXT("EncryptionType", "")),
	  { 1000, 2004 } },
	{ "Wi-Fi with a password that is data",
	  ONE(FOUR("com.apple.wifi.managed", "1") SSID DATA("Password", "AAAA")),
	  { 1000, 2003 } },
	{ "MDM without a topic",
	  ONE(FOUR("com.apple.mdm", "1") TEXT("IdentityCertificateUUID", "x")
		      TEXT("ServerURL", "https://mdm.example")),
	  { 1000, 2002 } },
	{ "MDM with no rights", RIGHTS("0"), { 1000, 12000 } },
	{ "MDM that may install but not look", RIGHTS("2"), { 1000, 12000 } },
	{ "MDM with provisioning but no look at it", RIGHTS("128"), { 1000, 12000 } },
	{ "MDM with more rights than there are", RIGHTS("8192"), { 1000, 12000 } },
	{ "two MDM payloads", PROFILE(TOP LIST(MDM("1") MDM("2"))), { 1000, 12001 } },
	{ "SCEP without an address",
	  ONE(FOUR("com.apple.security.scep", "1") "<key>PayloadContent</key><dict/>"),
	  { 1000, 2002 } },
	{ "ACME with an unknown key type",
	  ONE(FOUR("com.apple.security.acme", "1") TEXT("DirectoryURL", "https://a")
		      TEXT("ClientIdentifier", "c") NUMBER("KeySize", "256") TEXT("KeyType", "EC")),
	  { 1000, 2004 } },
	{ "a certificate that is none",
	  ONE(FOUR("com.apple.security.root", "1") DATA("PayloadContent", "AAAA")),
	  { 1000, 9005 } },
	{ "an empty certificate",
	  ONE(FOUR("com.apple.security.pem", "1") DATA("PayloadContent", "")),
	  { 1000, 9005 } },
	{ "an identity that is none",
	  ONE(FOUR("com.apple.security.pkcs12", "1") DATA("PayloadContent", "AAAA")),
	  { 1000, 9005 } },
};

static const struct {
	const char *what;
	const char *profile;
} taken[] = {
	{ "a Wi-Fi profile", GOOD },
	{ "a byte order mark and blanks before it", "\xef\xbb\xbf \r\n" GOOD },
	{ "a newline before it", "\n" GOOD },
	{ "no XML header", "<plist version=\"1.0\">" DICT(TOP LIST(WIFI("1"))) END },
	{ "an unknown payload", ONE(FOUR("com.example.other", "1")) },
	{ "Passpoint without a network's name",
	  ONE(FOUR("com.apple.wifi.managed", "1") TEXT("DomainName", "example.org")) },
	{ "an MDM payload", PROFILE(TOP LIST(MDM("1"))) },
	{ "MDM with all rights", RIGHTS("8191") },
};

/* The code of link I of CHAIN; 0: there is none. */
static unsigned code_at(plist_t chain, uint32_t i)
{
	plist_t link = i < plist_array_get_size(chain) ? plist_array_get_item(chain, i) : NULL;
	uint64_t code = 0;

	if (link)
		plist_get_uint_val(plist_dict_get_item(link, "ErrorCode"), &code);
	return (unsigned)code;
}

static void check_refused(const char *what, const char *bytes, size_t len, const unsigned codes[3])
{
	plist_t chain = NULL;
	struct profile *profile = profile_read(bytes, len, &chain);
	bool same = chain != NULL;

	for (uint32_t i = 0; chain && i < 3; i++)
		same = same && code_at(chain, i) == codes[i];
	if (!ok(!profile && same, "%s is refused with %u, %u", what, codes[0], codes[1]) && chain)
		printf("# got %u, %u, %u\n", code_at(chain, 0), code_at(chain, 1),
		       code_at(chain, 2));
	plist_free(chain);
	profile_free(profile);
}

static struct profile *check_taken(const char *what, const char *bytes, size_t len)
{
	plist_t chain = NULL;
	struct profile *profile = profile_read(bytes, len, &chain);

	ok(profile && !chain, "%s is taken", what);
	plist_free(chain);
	return profile;
}

static void test_signed(void)
{
	static const unsigned bad[3] = { 1000, 1004 };
	static const unsigned none[3] = { 4007, 1000 };
	struct profile *profile;
	size_t len;
	char *file;

	file = sign_text(GOOD, false, &len);
	profile = check_taken("a signed profile", file, len);
	is_string(profile ? profile->display_name : NULL, "Bench Wi-Fi", "… and its name is read");
	profile_free(profile);
	for (char *at = file; at < file + len - 5; at++) {
		if (memcmp(at, "Bench", 5) == 0)
			memcpy(at, "Trick", 5);
	}
	check_refused("a signed profile with changed content", file, len, bad);
	check_refused("half a signed profile", file, len / 2, none);
	free(file);

	file = sign_text(GOOD, true, &len);
	ok((unsigned char)file[1] == 0x80, "a streaming signer writes indefinite lengths");
	profile_free(check_taken("a profile signed with indefinite lengths", file, len));
	free(file);

	file = sign_text("hello", false, &len);
	check_refused("a signed text", file, len, none);
	free(file);
}

static void test_binary(void)
{
	plist_t dict = NULL;
	char *file = NULL;
	uint32_t len = 0;

	plist_from_xml(GOOD, strlen(GOOD), &dict);
	plist_to_bin(dict, &file, &len);
	profile_free(check_taken("a binary profile", file, len));
	plist_free(dict);
	free(file);
}

static void test_bare_certificate(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *certificate = make_certificate(key, key);
	unsigned char *der = NULL;
	int len = i2d_X509(certificate, &der);
	struct profile *profile;

	profile = check_taken("a bare certificate", (const char *)der, (size_t)len);
	ok(profile && strlen(profile->identifier) == 40 &&
		   strspn(profile->identifier, "0123456789abcdef") == 40,
	   "… and is known by its fingerprint");
	profile_free(profile);
	OPENSSL_free(der);
	X509_free(certificate);
	EVP_PKEY_free(key);
}

static void test_what_is_read(void)
{
	static const char file[] = PROFILE(TOP TEXT("PayloadDescription", "d") TEXT(
		"PayloadOrganization",
		"o") "<key>PayloadRemovalDisallowed</key><true/>"
		     "<key>RemovalDate</key><date>2030-01-02T03:04:05Z</date>" LIST(MDM("1")));
	struct profile *profile = check_taken("a profile with all keys", file, strlen(file));

	if (!profile)
		return;
	is_string(profile->identifier, "org.example.0", "identifier");
	is_string(profile->uuid, "00000000-0000-4000-8000-00000000000a", "UUID");
	is_string(profile->display_name, "org.example.0",
		  "the name, without one, is the identifier");
	is_string(profile->description, "d", "description");
	is_string(profile->organization, "o", "organization");
	ok(profile->removal_disallowed && profile->has_mdm && profile->expires, "flags");
	is_number((long long)profile->removal_date, 1893553445, "removal date");
	profile_free(profile);
}

/* Deep and wide files must not reach libplist, which recurses. */
static void test_bounds(void)
{
	static const unsigned none[3] = { 4007, 1000 };
	size_t len = strlen(DOCTYPE), levels = 100000;
	char *file = calloc(1, PROFILE_MAX + 2);

	memcpy(file, DOCTYPE, len);
	for (size_t i = 0; i < levels; i++, len += 7)
		memcpy(file + len, "<array>", 7);
	check_refused("a hundred thousand levels", file, len, none);
	memset(file, ' ', PROFILE_MAX + 1);
	memcpy(file, GOOD, strlen(GOOD));
	profile_free(check_taken("a profile of the greatest length", file, PROFILE_MAX));
	check_refused("one byte more", file, PROFILE_MAX + 1, none);
	free(file);
}

static void test_chain(void)
{
	plist_t chain = chain_add(chain_add(NULL, 4001, "outer %d", 1), 13000, "inner");
	char *domain = NULL, *text = NULL;

	plist_get_string_val(plist_dict_get_item(plist_array_get_item(chain, 1), "ErrorDomain"),
			     &domain);
	plist_get_string_val(
		plist_dict_get_item(plist_array_get_item(chain, 0), "LocalizedDescription"), &text);
	is_number(code_at(chain, 0), 4001, "the outermost error comes first");
	is_string(domain, "MCWiFiErrorDomain", "the domain follows from the number");
	is_string(text, "outer 1", "text");
	is_string(chain_domain(77000), "MCInternalErrorDomain", "an unknown range is internal");
	free(domain);
	free(text);
	plist_free(chain);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		check_refused(refused[i].what, refused[i].profile, strlen(refused[i].profile),
			      refused[i].codes);
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		profile_free(
			check_taken(taken[i].what, taken[i].profile, strlen(taken[i].profile)));
	test_signed();
	test_binary();
	test_bare_certificate();
	test_what_is_read();
	test_bounds();
	test_chain();
	return tap_done();
}
