/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what is told of a profile in each container, and of who is trusted to have signed it. */
#include "config.h"

#include "profiles/survey/survey.h"

#include <errno.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "profiles/lint/lint.h"
#include "profiles/cms/pkcs12.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/signer.h"
#include "tests/unit/tap.h"

#define DAY EXPIRY_DAY

static const char enrollment[] =
	"<plist version=\"1.0\"><dict>\n"
	"<key>PayloadType</key><string>Configuration</string>\n"
	"<key>PayloadVersion</key><integer>1</integer>\n"
	"<key>PayloadIdentifier</key><string>edu.school.enroll</string>\n"
	"<key>PayloadUUID</key><string>0C9E5D0A-1F5B-4E0C-8C11-000000000000</string>\n"
	"<key>DurationUntilRemoval</key><real>3600</real>\n"
	"<key>PayloadContent</key><array><dict>\n"
	"<key>PayloadType</key><string>com.apple.security.scep</string>\n"
	"<key>PayloadVersion</key><integer>1</integer>\n"
	"<key>PayloadIdentifier</key><string>edu.school.scep</string>\n"
	"<key>PayloadUUID</key><string>0C9E5D0A-1F5B-4E0C-8C11-000000000001</string>\n"
	"<key>PayloadContent</key><dict>\n"
	"<key>URL</key><string>https://mdm.school.edu/scep?t=S3cret</string>\n"
	"<key>Challenge</key><string>S3cretChallenge</string></dict></dict>\n"
	"<dict><key>PayloadType</key><string>com.apple.mdm</string>\n"
	"<key>PayloadVersion</key><integer>1</integer>\n"
	"<key>PayloadIdentifier</key><string>edu.school.mdm</string>\n"
	"<key>PayloadUUID</key><string>0C9E5D0A-1F5B-4E0C-8C11-000000000002</string>\n"
	"<key>IdentityCertificateUUID</key>\n"
	"<string>0c9e5d0a-1f5b-4e0c-8c11-000000000001</string>\n"
	"<key>Topic</key><string>com.apple.mgmt.External.x</string>\n"
	"<key>ServerURL</key><string>https://i.manage.microsoft.com/x?t=S3cret</string>\n"
	"<key>AccessRights</key><integer>8191</integer></dict></array></dict></plist>\n";
#define ENROLLMENT_SIZE (sizeof enrollment - 1)

/* Surveys the SIZE BYTES, wants the problems WANT, and gives what is told: NULL when nothing is. */
static struct survey *look(const void *bytes, size_t size, const char *want, const char *what)
{
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	char *text, *copy = malloc(size + 1);

	memcpy(copy, bytes, size);
	copy[size] = '\0';
	survey_bytes("f", (unsigned char *)copy, size, time(NULL), &problems, &survey);
	text = problems_text(&problems);
	is_string(text, want, what);
	free(text);
	free(copy);
	return survey;
}

/* Is the content told the same, whatever is around it? */
static void check_content(const struct survey *survey, const char *what)
{
	if (!ok(survey != NULL, "%s is told", what))
		return;
	is_string(survey->identifier, "edu.school.enroll", what);
	is_number((long long)survey->payload_count, 2, "two payloads");
	is_string(survey->payloads[0].type, "com.apple.security.scep", "the first one's type");
	is_string(survey->payloads[0].secrets, "Challenge", "and what is secret in it");
	is_number(survey->enrollment.how, SURVEY_ENROLLS_MDM, "it enrolls");
	is_string(survey->enrollment.server, "https://i.manage.microsoft.com/x?…",
		  "at a server, without the token");
	is_string(survey->enrollment.identity_server, "https://mdm.school.edu/scep?…",
		  "the identity's too");
	is_number(survey->enrollment.identity, SURVEY_IDENTITY_SCEP,
		  "with an identity, its UUID in other letters");
	is_number(survey->enrollment.rights, 8191, "with all rights");
	is_string(survey->enrollment.vendor.name, "Microsoft Intune", "it is Intune's");
	is_number(survey_download(survey, 5).lasts, EXPIRY_INTUNE_LIFE, "whose downloads end");
	is_number(survey->dates.stays, 3600, "it stays for an hour");
	ok(survey->platforms[PLATFORM_IOS] && survey->platforms[PLATFORM_MACOS] &&
		   !survey->platforms[PLATFORM_WATCHOS],
	   "for iPads and Macs");
	ok(!memmem(survey, sizeof *survey, "S3cret", 6), "no secret is kept");
	ok(!memmem(survey->payloads, 2 * sizeof *survey->payloads, "S3cret", 6), "nowhere");
}

static void check_plain(void)
{
	struct survey *survey = look(enrollment, ENROLLMENT_SIZE, "", "XML");
	plist_t list = NULL;
	char *bytes = NULL;
	uint32_t size = 0;

	check_content(survey, "XML");
	is_number(survey->payloads[0].line, 7, "a payload's line");
	ok(!survey->signature.there, "nobody signed it");
	survey_free(survey);
	plist_from_xml(enrollment, ENROLLMENT_SIZE, &list);
	plist_to_bin(list, &bytes, &size);
	survey = look(bytes, size, "", "binary");
	check_content(survey, "binary");
	is_number(survey->payloads[0].line, 0, "a payload without a line");
	survey_free(survey);
	plist_free(list);
	free(bytes);
}

static void check_signed(unsigned flags, const char *what)
{
	struct signed_bytes bytes = signer_sign(enrollment, ENROLLMENT_SIZE, flags);
	struct survey *survey = look(bytes.bytes, bytes.size, "", what);
	unsigned char *inside = memmem(bytes.bytes, bytes.size, "edu.school.scep", 15);

	check_content(survey, what);
	ok(survey->signature.there && survey->signature.intact, "the signature fits");
	is_number(survey->signature.streaming, !!(flags & CMS_STREAM), "BER is told");
	is_number(survey->signature.now, CMS_SELF_SIGNED, "nobody vouches for the signer");
	is_number(survey->signature.signed_at != EXPIRY_NEVER, !(flags & CMS_NOATTR),
		  "when it was signed");
	is_string(survey->signature.digest, "SHA256", "its digest");
	is_string(survey->signature.chain.list[0].subject, "muster test", "who signed");
	is_number(survey->dates.at[EXPIRY_SIGNER], survey->signature.chain.list[0].until,
		  "until when");
	survey_free(survey);
	/* BER may cut the content in pieces. */
	if (inside) {
		inside[0] = 'E';
		survey = look(bytes.bytes, bytes.size,
			      "f: was changed after it was signed, or damaged: the signature does "
			      "not fit; get the original again\n",
			      "a changed byte");
		ok(survey && !survey->signature.intact, "it is told nevertheless, as broken");
		survey_free(survey);
	}
	free(bytes.bytes);
}

/* Encodes BYTES as Base64 in lines, between BEGIN and END. The caller's. */
static char *encode(const struct signed_bytes *bytes, const char *begin, const char *end)
{
	char *digits = malloc(bytes->size * 2 + 8), *text = malloc(bytes->size * 2 + 200), *at;
	size_t len =
		(size_t)EVP_EncodeBlock((unsigned char *)digits, bytes->bytes, (int)bytes->size);

	at = text + sprintf(text, "%s", begin);
	for (size_t i = 0; i < len; i += 64)
		at += sprintf(at, "%.64s\n", digits + i);
	sprintf(at, "%s", end);
	free(digits);
	return text;
}

static void check_armour(void)
{
	struct signed_bytes bytes = signer_sign(enrollment, ENROLLMENT_SIZE, 0);
	char *text = encode(&bytes, "-----BEGIN CMS-----\n", "-----END CMS-----\n");
	struct survey *survey =
		look(text, strlen(text),
		     "f: is PEM text, which no device takes; turn it into DER: "
		     "openssl cms -cmsout -inform PEM -outform DER -in OLD -out NEW\n",
		     "PEM");

	check_content(survey, "PEM");
	is_number(survey->outer, CONTAINER_PEM, "its container");
	survey_free(survey);
	free(text);
	text = encode(&bytes, "", "");
	survey = look(text, strlen(text),
		      "f: is Base64 text, which no device takes; decode it: base64 -d OLD >NEW\n",
		      "Base64");
	check_content(survey, "Base64");
	survey_free(survey);
	text[9] = '!';
	survey = look(text, strlen(text),
		      "f: is no configuration profile: neither XML, nor a binary property list, "
		      "nor signed\n",
		      "damaged Base64");
	ok(!survey, "is not told");
	free(text);
	free(bytes.bytes);
}

/* What CRLF, UTF-8 and other people's formats make of a signed file. */
static void check_damage(void)
{
	struct signed_bytes bytes = signer_sign(enrollment, ENROLLMENT_SIZE, 0);
	unsigned char *converted = malloc(2 * bytes.size);
	size_t size = 0;

	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.bytes[i] == '\n')
			converted[size++] = '\r';
		converted[size++] = bytes.bytes[i];
	}
	survey_free(look(converted, size,
			 "f: was damaged when something changed its line ends as if it was text; "
			 "get the original again, as a binary download\n",
			 "line ends converted"));
	survey_free(look(bytes.bytes, bytes.size - 1,
			 "f: begins as a signed profile, but is cut short or damaged; get the "
			 "original again\n",
			 "cut short"));
	free(converted);
	free(bytes.bytes);
	bytes = signer_encrypt(enrollment, ENROLLMENT_SIZE);
	survey_free(look(bytes.bytes, bytes.size,
			 "f: is encrypted as a whole, which no device takes; only the payloads "
			 "inside a profile can be encrypted\n",
			 "encrypted as a whole"));
	free(bytes.bytes);
}

static void check_encrypted(void)
{
	struct signed_bytes bytes = signer_encrypt("<array/>", 8);
	char head[] = "<plist version=\"1.0\"><dict>"
		      "<key>PayloadType</key><string>Configuration</string>"
		      "<key>PayloadVersion</key><integer>1</integer>"
		      "<key>PayloadIdentifier</key><string>edu.school.enroll</string>"
		      "<key>PayloadUUID</key><string>u</string>"
		      "<key>EncryptedPayloadContent</key><data>\n";
	char *text = encode(&bytes, head, "</data></dict></plist>");
	struct survey *survey = look(text, strlen(text), "", "encrypted payloads");

	ok(survey && survey->encrypted, "are told");
	is_number((long long)survey->recipients.count, 1, "for one device");
	is_string(survey->recipients.list[0], "a certificate of /CN=muster test, serial number 01",
		  "which one");
	survey_free(survey);
	free(text);
	free(bytes.bytes);
}

/* A key and a certificate for NAME that is good for DAYS from now, signed by ISSUER. */
struct party {
	EVP_PKEY *key;
	X509 *x509;
};

static struct party make_party(const char *name, const struct party *issuer, int from, int until)
{
	struct party party = { EVP_EC_gen("P-256"), X509_new() };
	X509_NAME *subject = X509_get_subject_name(party.x509);
	X509_EXTENSION *ca = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints, "CA:TRUE");

	X509_set_version(party.x509, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(party.x509), name[0]);
	X509_time_adj_ex(X509_getm_notBefore(party.x509), from, 0, NULL);
	X509_time_adj_ex(X509_getm_notAfter(party.x509), until, 0, NULL);
	X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1,
				   -1, 0);
	X509_set_issuer_name(party.x509, issuer ? X509_get_subject_name(issuer->x509) : subject);
	X509_set_pubkey(party.x509, party.key);
	if (!issuer)
		X509_add_ext(party.x509, ca, -1);
	X509_sign(party.x509, issuer ? issuer->key : party.key, EVP_sha256());
	X509_EXTENSION_free(ca);
	return party;
}

static void free_party(struct party *party)
{
	EVP_PKEY_free(party->key);
	X509_free(party->x509);
}

/* Signs the enrollment as PARTY with DIGEST. */
static struct signed_bytes sign_as(const struct party *party, const EVP_MD *digest)
{
	BIO *in = BIO_new_mem_buf(enrollment, ENROLLMENT_SIZE);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_BINARY | CMS_PARTIAL);
	struct signed_bytes bytes = { 0 };
	int len;

	CMS_add1_signer(cms, party->x509, party->key, digest, 0);
	CMS_final(cms, in, NULL, CMS_BINARY);
	len = i2d_CMS_ContentInfo(cms, &bytes.bytes);
	bytes.size = len > 0 ? (size_t)len : 0;
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	return bytes;
}

static void check_trust_of(const struct party *party, const EVP_MD *digest, enum cms_trust now,
			   const char *what)
{
	struct signed_bytes bytes = sign_as(party, digest);
	struct survey *survey = look(bytes.bytes, bytes.size, "", what);

	if (ok(survey && survey->signature.intact, "%s fits", what)) {
		is_string(cms_trust_to_text(survey->signature.now), cms_trust_to_text(now), what);
		is_string(survey->signature.digest, OBJ_nid2sn(EVP_MD_get_type(digest)),
			  "its digest");
	}
	survey_free(survey);
	OPENSSL_free(bytes.bytes);
}

/* Counts the bytes of a signed file whose change is neither refused nor seen. */
static void check_every_byte(const struct party *party)
{
	struct signed_bytes bytes = sign_as(party, EVP_sha256());
	size_t refused = 0, distrusted = 0, harmless = 0, unsafe = 0;
	struct x509_store_st *authorities = cms_authorities_load();

	for (size_t at = 0; at < bytes.size; at++) {
		struct problems problems = { 0 };
		struct cms_signature *cms = NULL;

		bytes.bytes[at] ^= 1U << at % 8;
		if (cms_open("f", bytes.bytes, bytes.size, &problems, &cms) < 0 || !cms->intact)
			refused++;
		else if (cms_trust_at(authorities, cms, time(NULL)) != CMS_TRUSTED)
			distrusted++;
		else if (cms->size == ENROLLMENT_SIZE &&
			 memcmp(cms->bytes, enrollment, ENROLLMENT_SIZE) == 0)
			harmless++;
		else
			unsafe++;
		bytes.bytes[at] ^= 1U << at % 8;
		cms_free(cms);
		problems_done(&problems);
	}
	cms_authorities_free(authorities);
	is_number((long long)unsafe, 0, "no changed byte passes as trusted with another content");
	ok(refused > 0 && distrusted > 0, "%zu refused, %zu distrusted", refused, distrusted);
	/* Versions and parameters in CMS's own frame, which no signature covers. */
	ok(harmless <= 32, "%zu of %zu bytes stand outside of both signatures, and say nothing",
	   harmless, bytes.size);
	OPENSSL_free(bytes.bytes);
}

static void check_trust(void)
{
	struct party root = make_party("Root", NULL, -10, 3650);
	struct party good = make_party("good.school.edu", &root, -10, 365);
	struct party past = make_party("past.school.edu", &root, -10, -1);
	struct party early = make_party("early.school.edu", &root, 5, 365);
	struct party stranger = make_party("Stranger", NULL, -10, 3650);
	struct party other = make_party("other.school.edu", &stranger, -10, 365);
	char dir[SCRATCH_PATH], path[SCRATCH_PATH];
	FILE *file;

	scratch_make(dir);
	file = fopen(scratch_path(path, dir, "roots.pem"), "we");
	PEM_write_X509(file, root.x509);
	fclose(file);
	setenv("SSL_CERT_FILE", path, 1);
	setenv("SSL_CERT_DIR", dir, 1);
	check_trust_of(&good, EVP_sha256(), CMS_TRUSTED, "a signer of a known authority");
	check_trust_of(&good, EVP_sha384(), CMS_TRUSTED, "with SHA-384");
	check_trust_of(&good, EVP_sha512(), CMS_TRUSTED, "with SHA-512");
	check_trust_of(&past, EVP_sha256(), CMS_EXPIRED, "an expired signer");
	check_trust_of(&early, EVP_sha256(), CMS_NOT_YET, "a signer to come");
	check_trust_of(&other, EVP_sha256(), CMS_INCOMPLETE, "a signer of an unknown authority");
	check_trust_of(&stranger, EVP_sha256(), CMS_SELF_SIGNED, "a signer of its own");
	check_every_byte(&good);
	scratch_remove(dir);
	free_party(&root);
	free_party(&good);
	free_party(&past);
	free_party(&early);
	free_party(&stranger);
	free_party(&other);
}

/* Writes an identity of PARTY with PASSWORD and ROUNDS. */
static struct signed_bytes make_identity(const struct party *party, const char *password,
					 int rounds)
{
	PKCS12 *pkcs12 = PKCS12_create(password, "id", party->key, party->x509, NULL, 0, 0, rounds,
				       rounds, 0);
	struct signed_bytes bytes = { 0 };
	int len = i2d_PKCS12(pkcs12, &bytes.bytes);

	bytes.size = len > 0 ? (size_t)len : 0;
	PKCS12_free(pkcs12);
	return bytes;
}

/* The identity in BYTES, sealed anew in one round that claims to be ROUNDS. */
static void claim_rounds(struct signed_bytes *bytes, long rounds)
{
	const unsigned char *at = bytes->bytes;
	PKCS12 *pkcs12 = d2i_PKCS12(NULL, &at, (long)bytes->size);
	const ASN1_INTEGER *claimed;
	int len;

	PKCS12_get0_mac(NULL, NULL, NULL, &claimed, pkcs12);
	ASN1_INTEGER_set((ASN1_INTEGER *)claimed, rounds);
	OPENSSL_free(bytes->bytes);
	bytes->bytes = NULL;
	len = i2d_PKCS12(pkcs12, &bytes->bytes);
	bytes->size = len > 0 ? (size_t)len : 0;
	PKCS12_free(pkcs12);
}

static void check_identity(void)
{
	struct party party = make_party("device", NULL, -10, 20);
	struct signed_bytes bytes = make_identity(&party, "S3cret", 2048);
	struct certificate certificate = { .until = 0 };

	is_number(pkcs12_look(bytes.bytes, bytes.size, "S3cret", &certificate), PKCS12_OPENS,
		  "an identity opens");
	is_string(certificate.subject, "device", "whose it is");
	ok(certificate.until > time(NULL) + 19 * DAY, "until when");
	is_number(pkcs12_look(bytes.bytes, bytes.size, "wrong", &certificate),
		  PKCS12_WRONG_PASSWORD, "a wrong password");
	is_number(pkcs12_look(bytes.bytes, bytes.size, NULL, &certificate), PKCS12_UNREAD,
		  "no password");
	is_number(pkcs12_look(bytes.bytes, bytes.size / 2, "S3cret", &certificate), PKCS12_DAMAGED,
		  "half of it");
	claim_rounds(&bytes, 2000000000);
	is_number(pkcs12_look(bytes.bytes, bytes.size, "S3cret", &certificate), PKCS12_TOO_SLOW,
		  "two billion rounds");
	OPENSSL_free(bytes.bytes);
	free_party(&party);
}

int main(void)
{
	check_plain();
	check_signed(0, "DER");
	check_signed(CMS_STREAM, "BER");
	check_signed(CMS_NOATTR, "no attributes");
	check_armour();
	check_damage();
	check_encrypted();
	check_trust();
	check_identity();
	signer_done();
	return tap_done();
}
