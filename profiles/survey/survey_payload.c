/* SPDX-License-Identifier: Apache-2.0 */
/* The payloads of a profile, as they are told: names, platforms, certificates, what is secret. */
#include "config.h"

#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "profiles/cms/certificate.h"
#include "profiles/profile/payload_table.h"
#include "profiles/cms/pkcs12.h"
#include "profiles/survey/reading.h"

/* Most identities that are opened for their dates: each may take a second. */
#define IDENTITIES_MAX 4

bool reading_is_secret(const char *name)
{
	static const char *const words[] = { "password",  "passcode", "secret",
					     "challenge", "token",    "privatekey" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(name, words[i]))
			return true;
	return strcmp(name, "ClientIdentifier") == 0;
}

/* Is NAME one of the names in LIST, with commas between? */
static bool is_listed(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = list; (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ','))
			return true;
	return false;
}

/* Adds NAME to the list OUT, once. */
static void add_name(char out[static SURVEY_TEXT], const char *name)
{
	char cleaned[CLEAN_MAX + 1];
	size_t len = strlen(out);

	clean_string(name, cleaned);
	if (is_listed(out, cleaned) || len + strlen(cleaned) + 3 > SURVEY_TEXT)
		return;
	if (len > 0)
		strcat(out, ", ");
	strcat(out, cleaned);
}

static void find_secrets(const struct profile_keys *keys, const struct plist_spot *spot,
			 const char *name, char out[static SURVEY_TEXT]);

static void find_secrets_in_dict(const struct profile_keys *keys, const struct plist_spot *dict,
				 char out[static SURVEY_TEXT])
{
	struct profile_keys_walk walk;
	struct plist_spot spot;

	profile_keys_walk_begin(&walk, keys, dict);
	while (profile_keys_walk_next(&walk, &spot))
		find_secrets(keys, &spot, walk.name, out);
	profile_keys_walk_end(&walk);
}

/* Adds to OUT the names of the secrets at SPOT, which has NAME, and below; the list was found to be
 * of bounded depth before. Networks of a cellular payload have theirs in an array. */
static void find_secrets(const struct profile_keys *keys, const struct plist_spot *spot,
			 const char *name, char out[static SURVEY_TEXT])
{
	plist_type type = plist_get_node_type(spot->node);
	uint32_t count = type == PLIST_ARRAY ? plist_array_get_size(spot->node) : 0;

	if (type == PLIST_DICT)
		find_secrets_in_dict(keys, spot, out);
	else if ((type == PLIST_STRING || type == PLIST_DATA) && reading_is_secret(name))
		add_name(out, name);
	for (uint32_t i = 0; i < count; i++) {
		struct plist_spot item = { plist_array_get_item(spot->node, i), XML_NONE };

		find_secrets(keys, &item, name, out);
	}
}

/* Keeps when the certificate or identity in the payload DICT ends. */
static void take_certificate(const struct plist_spot *dict, const char *type, unsigned *identities,
			     struct expiry_dates *dates)
{
	const char *password = profile_keys_peek(dict, "Password");
	struct certificate certificate;
	size_t size;
	const unsigned char *bytes = reading_data(dict, "PayloadContent", &size);
	X509 *x509;

	if (!bytes || strncmp(type, "com.apple.security.", 19) != 0)
		return;
	if (strcmp(type, "com.apple.security.pkcs12") == 0) {
		if (++*identities <= IDENTITIES_MAX &&
		    pkcs12_look(bytes, size, password, &certificate) == PKCS12_OPENS)
			expiry_dates_add(dates, EXPIRY_IDENTITY, certificate.until);
		return;
	}
	x509 = certificate_parse(bytes, size);
	if (!x509)
		return;
	certificate_describe(x509, &certificate);
	expiry_dates_add(dates, EXPIRY_CERTIFICATE, certificate.until);
	X509_free(x509);
}

/* A type that is not Apple's is the preferences of a Mac's app. */
static void take_type(struct survey_payload *payload)
{
	const struct payload_type *type = payload_type_find(payload->type);
	bool apple = strncmp(payload->type, "com.apple.", 10) == 0;

	payload->known = type;
	payload->supervised = type && (type->flags & PAYLOAD_SUPERVISED);
	for (int p = 0; p < PLATFORMS; p++)
		payload->platforms[p] = type ? type->since[p] > 0 : apple || p == PLATFORM_MACOS;
}

static void take_payload(const struct reading *reading, const struct plist_spot *dict,
			 struct survey_payload *payload)
{
	reading_text(dict, "PayloadType", payload->type);
	reading_text(dict, "PayloadIdentifier", payload->identifier);
	reading_text(dict, "PayloadUUID", payload->uuid);
	reading_text(dict, "PayloadDisplayName", payload->name);
	find_secrets_in_dict(&reading->keys, dict, payload->secrets);
	if (strcmp(payload->type, "com.apple.security.pkcs12") == 0)
		add_name(payload->secrets, "private key");
	if (reading->keys.scan && dict->value != XML_NONE)
		payload->line = reading->keys.scan->values[dict->value].line;
	take_type(payload);
}

void survey_take_payloads(const struct reading *reading, struct survey *survey)
{
	unsigned identities = 0;

	for (size_t i = 0; i < survey->payload_count; i++) {
		struct plist_spot dict = reading_payload(reading, i);
		struct survey_payload *payload = &survey->payloads[i];

		if (plist_get_node_type(dict.node) != PLIST_DICT)
			continue;
		take_payload(reading, &dict, payload);
		take_certificate(&dict, payload->type, &identities, &survey->dates);
	}
}
