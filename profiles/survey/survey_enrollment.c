/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile enrolls into: server, topic, identity, rights, and whose MDM it looks like. */
#include <string.h>

#include "profiles/values/address.h"
#include "profiles/survey/reading.h"

const char *survey_right(unsigned bit)
{
	static const char *const rights[SURVEY_RIGHTS] = {
		"see profiles",
		"install and remove profiles",
		"lock, and clear the passcode",
		"erase",
		"see the device",
		"see its network",
		"see provisioning profiles",
		"install and remove provisioning profiles",
		"see apps",
		"see restrictions",
		"see its security",
		"change settings",
		"manage apps",
	};

	return rights[bit];
}

const char *survey_identity_to_text(enum survey_identity identity)
{
	static const char *const texts[] = {
		[SURVEY_IDENTITY_NONE] = "none",       [SURVEY_IDENTITY_SCEP] = "scep",
		[SURVEY_IDENTITY_ACME] = "acme",       [SURVEY_IDENTITY_PKCS12] = "pkcs12",
		[SURVEY_IDENTITY_MISSING] = "missing",
	};

	return texts[identity];
}

/* Finds the identity that the MDM payload DICT names. */
static void take_identity(const struct reading *reading, const struct plist_spot *dict,
			  struct survey_enrollment *enrollment)
{
	const char *uuid = profile_keys_peek(dict, "IdentityCertificateUUID");
	struct plist_spot payload, inner;
	const char *type;

	if (uuid[0] == '\0')
		return;
	enrollment->identity = SURVEY_IDENTITY_MISSING;
	if (!reading_find_uuid(reading, uuid, &payload))
		return;
	type = profile_keys_peek(&payload, "PayloadType");
	if (strcmp(type, "com.apple.security.pkcs12") == 0) {
		enrollment->identity = SURVEY_IDENTITY_PKCS12;
	} else if (strcmp(type, "com.apple.security.acme") == 0) {
		enrollment->identity = SURVEY_IDENTITY_ACME;
		address_show(profile_keys_peek(&payload, "DirectoryURL"),
			     enrollment->identity_server);
	} else if (strcmp(type, "com.apple.security.scep") == 0) {
		enrollment->identity = SURVEY_IDENTITY_SCEP;
		inner = profile_keys_member(&reading->keys, &payload, "PayloadContent");
		if (inner.node && plist_get_node_type(inner.node) == PLIST_DICT)
			address_show(profile_keys_peek(&inner, "URL"), enrollment->identity_server);
	}
}

static void take_mdm(const struct reading *reading, const struct plist_spot *dict,
		     struct survey_enrollment *enrollment)
{
	const char *check_in = profile_keys_peek(dict, "CheckInURL");

	enrollment->how = SURVEY_ENROLLS_MDM;
	address_show(profile_keys_peek(dict, "ServerURL"), enrollment->server);
	address_host(profile_keys_peek(dict, "ServerURL"), enrollment->host);
	if (check_in[0] != '\0')
		address_show(check_in, enrollment->check_in);
	reading_text(dict, "Topic", enrollment->topic);
	enrollment->rights = reading_number(dict, "AccessRights", -1);
	enrollment->sign_message = reading_flag(dict, "SignMessage");
	enrollment->development = reading_flag(dict, "UseDevelopmentAPNS");
	enrollment->per_user =
		reading_holds(dict, "ServerCapabilities", "com.apple.mdm.per-user-connections");
	take_identity(reading, dict, enrollment);
}

static void take_service(const struct reading *reading, struct survey_enrollment *enrollment)
{
	struct plist_spot content =
		profile_keys_member(&reading->keys, &reading->top, "PayloadContent");

	enrollment->how = SURVEY_ENROLLS_SERVICE;
	if (!content.node || plist_get_node_type(content.node) != PLIST_DICT)
		return;
	address_show(profile_keys_peek(&content, "URL"), enrollment->server);
	address_host(profile_keys_peek(&content, "URL"), enrollment->host);
}

/* Finds whose MDM it looks like; MDM is its payload, or NULL. */
static void take_vendor(const struct survey_payload *mdm, struct survey *survey)
{
	struct survey_enrollment *enrollment = &survey->enrollment;
	const struct cms_chain *chain = &survey->signature.chain;
	const char *behind = strstr(enrollment->server, "://");
	const struct vendor_signs signs = {
		.host = enrollment->host,
		.path = behind ? strchr(behind + 3, '/') : NULL,
		.identifier = survey->identifier,
		.uuid = survey->uuid,
		.payload_identifier = mdm ? mdm->identifier : NULL,
		.payload_uuid = mdm ? mdm->uuid : NULL,
		.signer = chain->count > 0 ? chain->list[0].subject : NULL,
	};

	enrollment->vendor = vendor_recognise(&signs);
}

void survey_take_enrollment(const struct reading *reading, struct survey *survey)
{
	struct survey_enrollment *enrollment = &survey->enrollment;
	const struct survey_payload *mdm = NULL;

	enrollment->rights = -1;
	enrollment->vendor.life = EXPIRY_NEVER;
	if (strcmp(survey->type, "Profile Service") == 0)
		take_service(reading, enrollment);
	for (size_t i = 0; i < survey->payload_count && !mdm; i++) {
		struct plist_spot dict;

		if (strcmp(survey->payloads[i].type, "com.apple.mdm") != 0)
			continue;
		mdm = &survey->payloads[i];
		dict = reading_payload(reading, i);
		take_mdm(reading, &dict, enrollment);
	}
	if (enrollment->how != SURVEY_ENROLLS_NOT)
		take_vendor(mdm, survey);
}
