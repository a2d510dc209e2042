/* SPDX-License-Identifier: Apache-2.0 */
/* Which MDM a profile looks like it comes from, and how sure that is. */
#include "profiles/survey/vendor.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "profiles/values/address.h"
#include "profiles/values/expiry.h"

#define INTUNE	  "Microsoft Intune"
#define JAMF	  "Jamf Pro"
#define WORKSPACE "Workspace ONE"
#define IRU	  "Iru (Kandji)"
#define IVANTI	  "Ivanti"

enum sign {
	SIGN_HOST,	 /* is the domain, or below it */
	SIGN_PATH,	 /* begins so */
	SIGN_IDENTIFIER, /* begins so: of the profile, or of the MDM payload */
	SIGN_UUID,	 /* begins so: of either */
	SIGN_SIGNER,	 /* ends so */
};

static const char *const evidences[] = {
	[SIGN_HOST] = "its server's name",    [SIGN_PATH] = "its server's path",
	[SIGN_IDENTIFIER] = "its identifier", [SIGN_UUID] = "its UUID",
	[SIGN_SIGNER] = "its signer",
};

/* A vendor's own domain is sure; what anybody may write is not. */
static const struct row {
	const char *name;
	enum sign sign;
	const char *text;
	enum vendor_confidence confidence;
} rows[] = {
	{ INTUNE, SIGN_HOST, "manage.microsoft.com", VENDOR_SURE },
	{ INTUNE, SIGN_HOST, "manage.microsoft.us", VENDOR_SURE },
	{ INTUNE, SIGN_HOST, "manage.microsoft.cn", VENDOR_SURE },
	{ INTUNE, SIGN_SIGNER, "manage.microsoft.com", VENDOR_LIKELY },
	{ INTUNE, SIGN_UUID, "67A5265B-12D4-4EB5-A2B3-72C683E33BCF", VENDOR_LIKELY },
	{ INTUNE, SIGN_IDENTIFIER, "Microsoft.Profiles.", VENDOR_LIKELY },
	{ "Jamf Now", SIGN_HOST, "jamfnow.com", VENDOR_SURE },
	{ "Jamf Now", SIGN_HOST, "mdm-na1.jamfcloud.com", VENDOR_LIKELY },
	{ "Jamf School", SIGN_HOST, "jamfschool.com", VENDOR_SURE },
	{ "Jamf School", SIGN_HOST, "zuludesk.com", VENDOR_SURE },
	{ JAMF, SIGN_HOST, "jamfcloud.com", VENDOR_LIKELY },
	{ JAMF, SIGN_PATH, "/mdm/ServerURL", VENDOR_LIKELY },
	{ JAMF, SIGN_UUID, "00000000-0000-0000-A000-4A414D46", VENDOR_LIKELY },
	{ "Fleet", SIGN_PATH, "/api/fleet/ota_enrollment", VENDOR_LIKELY },
	{ "Fleet", SIGN_PATH, "/mdm/apple/mdm", VENDOR_LIKELY },
	{ "Fleet", SIGN_IDENTIFIER, "com.fleetdm.", VENDOR_LIKELY },
	{ "Fleet", SIGN_HOST, "fleetdm.com", VENDOR_SURE },
	{ "SimpleMDM", SIGN_HOST, "simplemdm.com", VENDOR_SURE },
	{ "SimpleMDM", SIGN_IDENTIFIER, "com.unwiredmdm.", VENDOR_LIKELY },
	{ "Mosyle", SIGN_HOST, "mosyle.com", VENDOR_SURE },
	{ "Mosyle", SIGN_IDENTIFIER, "com.mosyle.", VENDOR_LIKELY },
	{ IRU, SIGN_HOST, "kandji.io", VENDOR_SURE },
	{ IRU, SIGN_HOST, "iru.com", VENDOR_SURE },
	{ IRU, SIGN_IDENTIFIER, "com.kandji.", VENDOR_LIKELY },
	{ IRU, SIGN_IDENTIFIER, "io.kandji.", VENDOR_LIKELY },
	{ WORKSPACE, SIGN_HOST, "awmdm.com", VENDOR_SURE },
	{ WORKSPACE, SIGN_HOST, "airwatchportals.com", VENDOR_SURE },
	{ WORKSPACE, SIGN_PATH, "/DeviceServices/", VENDOR_PERHAPS },
	{ "JumpCloud", SIGN_HOST, "jumpcloud.com", VENDOR_SURE },
	{ "JumpCloud", SIGN_IDENTIFIER, "com.jumpcloud.", VENDOR_LIKELY },
	{ "FileWave", SIGN_IDENTIFIER, "com.filewave.", VENDOR_LIKELY },
	{ IVANTI, SIGN_HOST, "mobileiron.com", VENDOR_SURE },
	{ IVANTI, SIGN_HOST, "ivanticloud.com", VENDOR_SURE },
	{ "ManageEngine", SIGN_HOST, "manageengine.com", VENDOR_SURE },
	{ "Cisco Meraki", SIGN_HOST, "meraki.com", VENDOR_SURE },
	{ "Cisco Meraki", SIGN_IDENTIFIER, "com.meraki.", VENDOR_LIKELY },
	{ "Addigy", SIGN_HOST, "addigy.com", VENDOR_SURE },
	{ "Hexnode", SIGN_HOST, "hexnodemdm.com", VENDOR_SURE },
	{ "MicroMDM", SIGN_IDENTIFIER, "com.github.micromdm.micromdm", VENDOR_LIKELY },
	{ "MicroMDM", SIGN_PATH, "/mdm/connect", VENDOR_PERHAPS },
	{ "MicroMDM", SIGN_PATH, "/ota/phase23", VENDOR_PERHAPS },
	{ "NanoMDM", SIGN_IDENTIFIER, "com.github.micromdm.nanomdm", VENDOR_LIKELY },
};

const char *vendor_confidence_to_text(enum vendor_confidence confidence)
{
	static const char *const texts[] = {
		[VENDOR_PERHAPS] = "perhaps",
		[VENDOR_LIKELY] = "likely",
		[VENDOR_SURE] = "sure",
	};

	return texts[confidence];
}

static bool begins(const char *text, const char *start)
{
	return text && strncasecmp(text, start, strlen(start)) == 0;
}

static bool ends(const char *text, const char *end)
{
	size_t len = text ? strlen(text) : 0, end_len = strlen(end);

	return text && len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static bool fits(const struct row *row, const struct vendor_signs *signs)
{
	switch (row->sign) {
	case SIGN_HOST:
		return signs->host && address_is_below(signs->host, row->text);
	case SIGN_PATH:
		return begins(signs->path, row->text);
	case SIGN_IDENTIFIER:
		return begins(signs->identifier, row->text) ||
		       begins(signs->payload_identifier, row->text);
	case SIGN_UUID:
		return begins(signs->uuid, row->text) || begins(signs->payload_uuid, row->text);
	case SIGN_SIGNER:
		return ends(signs->signer, row->text);
	}
	return false;
}

struct vendor vendor_recognise(const struct vendor_signs *signs)
{
	struct vendor vendor = { .life = EXPIRY_NEVER };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!fits(&rows[i], signs) ||
		    (vendor.name && rows[i].confidence <= vendor.confidence))
			continue;
		vendor.name = rows[i].name;
		vendor.confidence = rows[i].confidence;
		vendor.evidence = evidences[rows[i].sign];
	}
	/* A guess must not end a profile that lasts. */
	if (vendor.name && vendor.confidence >= VENDOR_LIKELY && strcmp(vendor.name, INTUNE) == 0)
		vendor.life = EXPIRY_INTUNE_LIFE;
	return vendor;
}
