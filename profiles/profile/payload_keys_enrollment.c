/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of profiles, and of payloads that make and use identities. */
#include "profiles/profile/payload_keys.h"

static const struct payload_key every_list[] = {
	K("PayloadType", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadVersion", WHOLE, 0, NULL, NULL, 0, 0),
	K("PayloadIdentifier", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadUUID", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadDisplayName", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadDescription", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadOrganization", TEXT, 0, NULL, NULL, 0, 0),
	/* Profile Manager wrote it into everything. */
	K("PayloadEnabled", YES_NO, 0, NULL, NULL, 0, 0),
};
const struct payload_keys payload_every_keys = KEYS(every_list);

/* What is in PayloadContent and ConsentText has forms of its own. */
static const struct payload_key top_list[] = {
	K("PayloadContent", ARRAY, 0, NULL, NULL, 0, 0),
	K("EncryptedPayloadContent", DATA, 0, NULL, NULL, 0, 0),
	K("IsEncrypted", YES_NO, 0, NULL, NULL, 0, 0),
	K("HasRemovalPasscode", YES_NO, 0, NULL, NULL, 0, 0),
	K("PayloadRemovalDisallowed", YES_NO, KEY_SUPERVISED, NULL, NULL, 0, 0),
	K("PayloadScope", TEXT, 0, "System|User", NULL, 0, 0),
	K("RemovalDate", DATE, 0, NULL, NULL, 0, 0),
	K("DurationUntilRemoval", NUMBER, 0, NULL, NULL, 0, 0),
	K("PayloadExpirationDate", DATE, 0, NULL, NULL, 0, 0),
	K("TargetDeviceType", WHOLE, 0, "0..6", NULL, 0, 1015),
	K("ConsentText", DICT, 0, NULL, NULL, 0, 0),
};
const struct payload_keys payload_top_keys = KEYS(top_list);

/* In the PayloadContent of a Profile Service. */
static const struct payload_key service_list[] = {
	K("URL", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("DeviceAttributes", ARRAY, 0, NULL, NULL, 0, 0),
	K("Challenge", TEXT, 0, NULL, NULL, 0, 0),
};
const struct payload_keys payload_service_keys = KEYS(service_list);

static const struct payload_key mdm_list[] = {
	K("IdentityCertificateUUID", TEXT, KEY_REQUIRED | KEY_REFERENCE, NULL, NULL, 0, 0),
	K("Topic", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("ServerURL", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("CheckInURL", TEXT, 0, NULL, NULL, 0, 0),
	K("SignMessage", YES_NO, 0, NULL, NULL, 0, 0),
	K("AccessRights", WHOLE, 0, NULL, NULL, 0, 0),
	K("UseDevelopmentAPNS", YES_NO, 0, NULL, NULL, 0, 0),
	K("ManagedAppleID", TEXT, 0, NULL, NULL, 1301, 1015),
	K("AssignedManagedAppleID", TEXT, 0, NULL, NULL, 1500, 1400),
	K("EnrollmentMode", TEXT, 0, "BYOD|ADDE", NULL, 1500, 1400),
	K("ServerURLPinningCertificateUUIDs", ARRAY, KEY_REFERENCE, NULL, NULL, 1304, 0),
	K("CheckInURLPinningCertificateUUIDs", ARRAY, KEY_REFERENCE, NULL, NULL, 1304, 0),
	K("PinningRevocationCheckRequired", YES_NO, 0, NULL, NULL, 1304, 0),
	K("ServerCapabilities", ARRAY, 0,
	  "com.apple.mdm.per-user-connections|com.apple.mdm.bootstraptoken|com.apple.mdm.token",
	  NULL, 0, 0),
	K("CheckOutWhenRemoved", YES_NO, 0, NULL, NULL, 0, 0),
	K("RequiredAppIDForMDM", WHOLE, 0, NULL, NULL, 1501, -1),
	K("PromptUserToAllowBootstrapTokenForAuthentication", YES_NO, 0, NULL, NULL, -1, 1100),
};
const struct payload_keys payload_mdm_keys = KEYS(mdm_list);

static const struct payload_key scep_inner_list[] = {
	K("URL", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("Name", TEXT, 0, NULL, NULL, 0, 0),
	K("Subject", ARRAY, 0, NULL, NULL, 0, 0),
	K("Challenge", TEXT, 0, NULL, NULL, 0, 0),
	K("Keysize", WHOLE, 0, "1024|2048|4096", NULL, 0, 0),
	K("Key Type", TEXT, 0, NULL, NULL, 0, 0),
	K("Key Usage", WHOLE, 0, NULL, NULL, 0, 0),
	K("CAFingerprint", DATA, 0, NULL, NULL, 0, 0),
	K("Retries", WHOLE, 0, NULL, NULL, 0, 0),
	K("RetryDelay", WHOLE, 0, NULL, NULL, 0, 0),
	/* Of texts, or of arrays of them. */
	K("SubjectAltName", DICT, 0, NULL, NULL, 0, 0),
	K("KeyIsExtractable", YES_NO, 0, NULL, NULL, 0, 0),
	K("AllowAllAppsAccess", YES_NO, 0, NULL, NULL, 0, 0),
};
static const struct payload_keys scep_inner = KEYS(scep_inner_list);

static const struct payload_key scep_list[] = {
	K("PayloadContent", DICT, KEY_REQUIRED, NULL, &scep_inner, 0, 0),
};
const struct payload_keys payload_scep_keys = KEYS(scep_list);

static const struct payload_key acme_list[] = {
	K("DirectoryURL", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("ClientIdentifier", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("KeySize", WHOLE, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("KeyType", TEXT, KEY_REQUIRED, "RSA|ECSECPrimeRandom", NULL, 0, 0),
	K("HardwareBound", YES_NO, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("Subject", ARRAY, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("SubjectAltName", DICT, 0, NULL, NULL, 0, 0),
	K("UsageFlags", WHOLE, 0, NULL, NULL, 0, 0),
	K("ExtendedKeyUsage", ARRAY, 0, NULL, NULL, 0, 0),
	K("Attest", YES_NO, 0, NULL, NULL, 0, 0),
	K("KeyIsExtractable", YES_NO, 0, NULL, NULL, -1, 0),
	K("AllowAllAppsAccess", YES_NO, 0, NULL, NULL, -1, 0),
};
const struct payload_keys payload_acme_keys = KEYS(acme_list);

static const struct payload_key certificate_list[] = {
	K("PayloadCertificateFileName", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadContent", DATA, KEY_REQUIRED, NULL, NULL, 0, 0),
};
const struct payload_keys payload_certificate_keys = KEYS(certificate_list);

static const struct payload_key pkcs12_list[] = {
	K("PayloadCertificateFileName", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadContent", DATA, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("Password", TEXT, 0, NULL, NULL, 0, 0),
	K("AllowAllAppsAccess", YES_NO, 0, NULL, NULL, -1, 0),
	K("KeyIsExtractable", YES_NO, 0, NULL, NULL, -1, 1015),
};
const struct payload_keys payload_pkcs12_keys = KEYS(pkcs12_list);

static const struct payload_key removal_list[] = {
	K("RemovalPassword", TEXT, 0, NULL, NULL, 0, 0),
};
const struct payload_keys payload_removal_keys = KEYS(removal_list);

static const struct payload_key identification_payloadidentification_list[] = {
	K("UserName", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("FullName", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("EmailAddress", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("AuthMethod", TEXT, KEY_REQUIRED, "Password|UserEnteredPassword", NULL, 0, 0),
	K("Password", TEXT, KEY_REQUIRED, NULL, NULL, 0, 0),
	K("Prompt", TEXT, 0, NULL, NULL, 0, 0),
	K("PromptMessage", TEXT, 0, NULL, NULL, 0, 0),
};
static const struct payload_keys identification_payloadidentification =
	KEYS(identification_payloadidentification_list);

static const struct payload_key identification_list[] = {
	K("PayloadIdentification", DICT, KEY_REQUIRED, NULL, &identification_payloadidentification,
	  0, 0),
};
const struct payload_keys payload_identification_keys = KEYS(identification_list);
