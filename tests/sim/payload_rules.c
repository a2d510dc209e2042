/* SPDX-License-Identifier: Apache-2.0 */
/* What a device asks of a profile's keys and of each payload's. */
#include "tests/sim/payload_rules.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tests/sim/decode.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum need {
	MAY,
	MUST
};

/* A key that a dict may or must have, its type, and the words it may hold, apart by blanks. */
struct field {
	const char *key;
	plist_type type;
	enum need need;
	const char *choices;
};

/* The numbers for a missing key, a wrong type, an unsupported value, a wrong version. */
struct codes {
	unsigned missing, type, value, version;
};
static const struct codes profile_codes = { 1002, 1003, 1010, 1001 };
static const struct codes payload_codes = { 2002, 2003, 2004, 2001 };

static const struct field profile_fields[] = {
	{ "PayloadType", PLIST_STRING, MUST, NULL },
	{ "PayloadVersion", PLIST_UINT, MUST, NULL },
	{ "PayloadIdentifier", PLIST_STRING, MUST, NULL },
	{ "PayloadUUID", PLIST_STRING, MUST, NULL },
	{ "PayloadContent", PLIST_ARRAY, MAY, NULL },
	{ "EncryptedPayloadContent", PLIST_DATA, MAY, NULL },
	{ "PayloadDisplayName", PLIST_STRING, MAY, NULL },
	{ "PayloadDescription", PLIST_STRING, MAY, NULL },
	{ "PayloadOrganization", PLIST_STRING, MAY, NULL },
	{ "PayloadRemovalDisallowed", PLIST_BOOLEAN, MAY, NULL },
	{ "HasRemovalPasscode", PLIST_BOOLEAN, MAY, NULL },
	{ "RemovalDate", PLIST_DATE, MAY, NULL },
	{ "PayloadExpirationDate", PLIST_DATE, MAY, NULL },
	{ "ConsentText", PLIST_DICT, MAY, NULL },
	{ "TargetDeviceType", PLIST_UINT, MAY, NULL },
};

static const struct field payload_fields[] = {
	{ "PayloadType", PLIST_STRING, MUST, NULL },
	{ "PayloadVersion", PLIST_UINT, MUST, NULL },
	{ "PayloadIdentifier", PLIST_STRING, MUST, NULL },
	{ "PayloadUUID", PLIST_STRING, MUST, NULL },
	{ "PayloadDisplayName", PLIST_STRING, MAY, NULL },
	{ "PayloadDescription", PLIST_STRING, MAY, NULL },
	{ "PayloadOrganization", PLIST_STRING, MAY, NULL },
};

static const struct field wifi_fields[] = {
	{ "SSID_STR", PLIST_STRING, MAY, NULL }, /* needed unless Passpoint: check_wifi */
	{ "HIDDEN_NETWORK", PLIST_BOOLEAN, MAY, NULL },
	{ "AutoJoin", PLIST_BOOLEAN, MAY, NULL },
	{ "EncryptionType", PLIST_STRING, MAY, "WEP WPA WPA2 WPA3 Any None" },
	{ "Password", PLIST_STRING, MAY, NULL },
	{ "EAPClientConfiguration", PLIST_DICT, MAY, NULL },
	{ "PayloadCertificateUUID", PLIST_STRING, MAY, NULL },
	{ "ProxyType", PLIST_STRING, MAY, "None Manual Auto" },
	{ "CaptiveBypass", PLIST_BOOLEAN, MAY, NULL },
};

static const struct field mdm_fields[] = {
	{ "IdentityCertificateUUID", PLIST_STRING, MUST, NULL },
	{ "Topic", PLIST_STRING, MUST, NULL },
	{ "ServerURL", PLIST_STRING, MUST, NULL },
	{ "CheckInURL", PLIST_STRING, MAY, NULL },
	{ "AccessRights", PLIST_UINT, MAY, NULL },
	{ "SignMessage", PLIST_BOOLEAN, MAY, NULL },
	{ "CheckOutWhenRemoved", PLIST_BOOLEAN, MAY, NULL },
	{ "ServerCapabilities", PLIST_ARRAY, MAY, NULL },
};

static const struct field scep_fields[] = {
	{ "PayloadContent", PLIST_DICT, MUST, NULL },
};

static const struct field acme_fields[] = {
	{ "DirectoryURL", PLIST_STRING, MUST, NULL },
	{ "ClientIdentifier", PLIST_STRING, MUST, NULL },
	{ "KeySize", PLIST_UINT, MUST, NULL },
	{ "KeyType", PLIST_STRING, MUST, "RSA ECSECPrimeRandom" },
	{ "HardwareBound", PLIST_BOOLEAN, MUST, NULL },
	{ "Subject", PLIST_ARRAY, MUST, NULL },
};

static const struct field certificate_fields[] = {
	{ "PayloadContent", PLIST_DATA, MUST, NULL },
	{ "Password", PLIST_STRING, MAY, NULL },
};

static struct verdict wrong(unsigned code, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static struct verdict wrong(unsigned code, const char *format, ...)
{
	struct verdict verdict = { .code = code };
	va_list args;

	va_start(args, format);
	vsnprintf(verdict.text, sizeof(verdict.text), format, args);
	va_end(args);
	return verdict;
}

static bool is_choice(const char *choices, const char *word)
{
	size_t len = strlen(word);

	if (len == 0)
		return false;
	for (const char *at = choices; (at = strstr(at, word)); at += len) {
		if ((at == choices || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	}
	return false;
}

static struct verdict check_field(plist_t dict, const struct field *field,
				  const struct codes *codes)
{
	plist_t node = plist_dict_get_item(dict, field->key);
	const char *text;

	if (!node && field->need == MUST)
		return wrong(codes->missing, "The required field \"%s\" is missing.", field->key);
	if (node && plist_get_node_type(node) != field->type)
		return wrong(codes->type, "The field \"%s\" is of the wrong type.", field->key);
	text = node && field->type == PLIST_STRING ? plist_get_string_ptr(node, NULL) : NULL;
	if (text && field->need == MUST && text[0] == '\0')
		return wrong(codes->missing, "The required field \"%s\" is empty.", field->key);
	if (text && field->choices && !is_choice(field->choices, text))
		return wrong(codes->value, "The field \"%s\" has a value that is not supported.",
			     field->key);
	return (struct verdict){ 0 };
}

static struct verdict check_fields(plist_t dict, const struct field *fields, size_t count,
				   const struct codes *codes)
{
	struct verdict verdict = { 0 };

	for (size_t i = 0; i < count && verdict.code == 0; i++)
		verdict = check_field(dict, &fields[i], codes);
	return verdict;
}

/* Version 1 is the only one that was ever made. */
static struct verdict check_version(plist_t dict, const struct codes *codes)
{
	uint64_t version = 0;

	plist_get_uint_val(plist_dict_get_item(dict, "PayloadVersion"), &version);
	if (version == 1)
		return (struct verdict){ 0 };
	return wrong(codes->version, "The version %llu is not supported.",
		     (unsigned long long)version);
}

struct verdict profile_check(plist_t profile)
{
	struct verdict verdict =
		check_fields(profile, profile_fields, COUNT(profile_fields), &profile_codes);
	plist_t content = plist_dict_get_item(profile, "PayloadContent");

	if (verdict.code != 0)
		return verdict;
	if (strcmp(dict_text(profile, "PayloadType"), "Configuration") != 0)
		return wrong(4011, "This is not a configuration profile.");
	verdict = check_version(profile, &profile_codes);
	if (verdict.code != 0)
		return verdict;
	/* No device here has a key that anybody could have encrypted for. */
	if (plist_dict_get_item(profile, "EncryptedPayloadContent"))
		return wrong(1006, "The profile cannot be decrypted.");
	if (!content)
		return wrong(1002, "The required field \"PayloadContent\" is missing.");
	if (plist_array_get_size(content) == 0)
		return wrong(1005, "The profile is empty.");
	return verdict;
}

static struct verdict check_wifi(plist_t payload)
{
	if (dict_text(payload, "SSID_STR") || dict_true(payload, "IsHotspot") ||
	    dict_text(payload, "DomainName"))
		return (struct verdict){ 0 };
	return wrong(2002, "The required field \"SSID_STR\" is missing.");
}

/* Right 2 needs 1, right 128 needs 64, and there are thirteen. */
static struct verdict check_mdm(plist_t payload)
{
	plist_t node = plist_dict_get_item(payload, "AccessRights");
	uint64_t rights = 0;

	if (!node)
		return (struct verdict){ 0 };
	plist_get_uint_val(node, &rights);
	if (rights == 0 || rights > 8191 || ((rights & 2) && !(rights & 1)) ||
	    ((rights & 128) && !(rights & 64)))
		return wrong(12000, "The access rights are invalid.");
	return (struct verdict){ 0 };
}

static struct verdict check_scep(plist_t payload)
{
	static const struct field fields[] = {
		{ "URL", PLIST_STRING, MUST, NULL },
		{ "Challenge", PLIST_STRING, MAY, NULL },
		{ "Keysize", PLIST_UINT, MAY, NULL },
		{ "Key Usage", PLIST_UINT, MAY, NULL },
		{ "CAFingerprint", PLIST_DATA, MAY, NULL },
	};

	return check_fields(plist_dict_get_item(payload, "PayloadContent"), fields, COUNT(fields),
			    &payload_codes);
}

/* Both forms are taken in either payload type. */
static struct verdict check_certificate(plist_t payload)
{
	size_t len;
	const char *bytes = dict_bytes(payload, "PayloadContent", &len);
	const unsigned char *der = (const unsigned char *)bytes;
	X509 *certificate = d2i_X509(NULL, &der, (long)len);
	BIO *bio;

	if (!certificate) {
		bio = BIO_new_mem_buf(bytes, (int)len);
		certificate = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
		BIO_free(bio);
	}
	ERR_clear_error();
	if (!certificate)
		return wrong(9005, "The certificate is malformed.");
	X509_free(certificate);
	return (struct verdict){ 0 };
}

/* Without a password in the payload the device asks the person for it. */
static struct verdict check_pkcs12(plist_t payload)
{
	size_t len;
	const char *bytes = dict_bytes(payload, "PayloadContent", &len);
	const unsigned char *der = (const unsigned char *)bytes;
	const char *password = dict_text(payload, "Password");
	PKCS12 *file = d2i_PKCS12(NULL, &der, (long)len);
	struct verdict verdict = { 0 };

	if (!file)
		verdict = wrong(9005, "The identity is malformed.");
	else if (password && PKCS12_verify_mac(file, password, -1) != 1)
		verdict = wrong(9000, "The password of the identity is wrong.");
	ERR_clear_error();
	PKCS12_free(file);
	return verdict;
}

static const struct payload_type {
	const char *type;
	const struct field *fields;
	size_t count;
	struct verdict (*check)(plist_t payload);
} payload_types[] = {
	{ "com.apple.wifi.managed", wifi_fields, COUNT(wifi_fields), check_wifi },
	{ "com.apple.mdm", mdm_fields, COUNT(mdm_fields), check_mdm },
	{ "com.apple.security.scep", scep_fields, COUNT(scep_fields), check_scep },
	{ "com.apple.security.acme", acme_fields, COUNT(acme_fields), NULL },
	{ "com.apple.security.root", certificate_fields, COUNT(certificate_fields),
	  check_certificate },
	{ "com.apple.security.pkcs1", certificate_fields, COUNT(certificate_fields),
	  check_certificate },
	{ "com.apple.security.pem", certificate_fields, COUNT(certificate_fields),
	  check_certificate },
	{ "com.apple.security.pkcs12", certificate_fields, COUNT(certificate_fields),
	  check_pkcs12 },
};

static struct verdict check_by_type(plist_t payload)
{
	const char *type = dict_text(payload, "PayloadType");

	for (size_t i = 0; i < COUNT(payload_types); i++) {
		const struct payload_type *known = &payload_types[i];
		struct verdict verdict;

		if (strcmp(known->type, type) != 0)
			continue;
		verdict = check_fields(payload, known->fields, known->count, &payload_codes);
		if (verdict.code != 0 || !known->check)
			return verdict;
		return known->check(payload);
	}
	return (struct verdict){ 0 };
}

struct verdict payload_check(plist_t payload)
{
	struct verdict verdict;

	if (plist_get_node_type(payload) != PLIST_DICT)
		return wrong(2000, "A payload is not a dictionary.");
	verdict = check_fields(payload, payload_fields, COUNT(payload_fields), &payload_codes);
	if (verdict.code == 0)
		verdict = check_version(payload, &payload_codes);
	return verdict.code == 0 ? check_by_type(payload) : verdict;
}

static bool same_text(plist_t a, plist_t b, const char *key)
{
	return strcasecmp(dict_text(a, key), dict_text(b, key)) == 0;
}

static bool is_mdm(plist_t payload)
{
	return strcmp(dict_text(payload, "PayloadType"), "com.apple.mdm") == 0;
}

/* At most PAYLOADS_MAX payloads: every pair is looked at. */
struct verdict payloads_check(plist_t content)
{
	uint32_t count = plist_array_get_size(content);

	for (uint32_t i = 1; i < count; i++) {
		plist_t late = plist_array_get_item(content, i);

		for (uint32_t k = 0; k < i; k++) {
			plist_t early = plist_array_get_item(content, k);

			if (same_text(early, late, "PayloadUUID"))
				return wrong(1007, "The payload UUID \"%s\" stands twice.",
					     dict_text(late, "PayloadUUID"));
			if (same_text(early, late, "PayloadIdentifier"))
				return wrong(1008, "The payload identifier \"%s\" stands twice.",
					     dict_text(late, "PayloadIdentifier"));
			if (is_mdm(early) && is_mdm(late))
				return wrong(12001, "The profile has several MDM payloads.");
		}
	}
	return (struct verdict){ 0 };
}
