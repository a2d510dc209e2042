/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that profiles are checked by: what each is called, how bad it is, what to do about it.
 */
#ifndef PROFILES_VALUES_RULES_H
#define PROFILES_VALUES_RULES_H

enum rule_level {
	RULE_ERROR,   /* a device, or the MDM, refuses the profile */
	RULE_WARNING, /* it works, but not as its author is likely to think */
	RULE_NOTE,    /* worth to be known */
};

/* In the order of the table in rules.c. */
enum rule {
	RULE_NONE, /* a problem of another kind of file: an error without an id */
	/* The file. */
	RULE_FILE,
	RULE_CONTAINER,
	RULE_XML,
	RULE_KEY_TWICE,
	RULE_BASE64,
	RULE_BINARY,
	/* The signature. */
	RULE_CMS,
	RULE_CMS_INTEGRITY,
	RULE_CMS_TRUST,
	RULE_CMS_EXPIRED,
	/* Any profile. */
	RULE_PLIST,
	RULE_NOT_A_PROFILE,
	RULE_TOP_TYPE,
	RULE_CONTENT,
	RULE_REQUIRED_KEY,
	RULE_TYPE_OF_KEY,
	RULE_TEXT_FORM,
	RULE_VERSION,
	RULE_UUID_FORM,
	RULE_UUID_DUP,
	RULE_IDENTIFIER_DUP,
	RULE_IDENTIFIER_OWN,
	RULE_IDENTIFIER_FORM,
	RULE_CHOICE,
	RULE_RANGE,
	RULE_BLANK_KEY,
	RULE_UNKNOWN_KEY,
	RULE_NEAR_KEY,
	RULE_UNKNOWN_PAYLOAD,
	RULE_FOREIGN_PAYLOAD,
	RULE_MULTIPLE,
	RULE_REFERENCE,
	RULE_PLACEHOLDER,
	RULE_PERHAPS_PLACEHOLDER,
	RULE_SECRET_IN_CLEAR,
	/* The devices. */
	RULE_SUPERVISED,
	RULE_MANUAL_INSTALL,
	RULE_OS_RANGE,
	RULE_PLATFORM,
	RULE_TARGET_DEVICE,
	RULE_SCOPE,
	/* Dates. */
	RULE_REMOVAL_DATE,
	RULE_PAYLOAD_DATE,
	RULE_DOWNLOAD_PAST,
	RULE_DOWNLOAD_UNKNOWN,
	RULE_SOON,
	/* Certificates and identities. */
	RULE_CERT_PARSE,
	RULE_CERT_EXPIRED,
	RULE_IDENTITY_EXPIRED,
	RULE_P12_OPENS,
	RULE_P12_PASSWORD,
	RULE_SCEP_URL,
	RULE_SCEP_KEY,
	RULE_SCEP_WEAK,
	RULE_ACME_URL,
	RULE_ACME_KEY,
	RULE_ACME_SERIALS,
	/* Enrollment. */
	RULE_MDM_IDENTITY,
	RULE_MDM_URL,
	RULE_MDM_TOPIC,
	RULE_MDM_RIGHTS,
	RULE_MDM_APPLE_ID,
	RULE_MDM_CAPABILITIES,
	RULE_MDM_DEVELOPMENT,
	RULE_OTA_URL,
	RULE_OTA_PLAIN,
	RULE_OTA_ATTRIBUTE,
	RULE_OTA_ONLY,
	RULE_ENCRYPTED,
	/* Wi-Fi. */
	RULE_WIFI_NETWORK,
	RULE_WIFI_PASSWORD,
	RULE_WIFI_OPEN,
	RULE_WIFI_IDENTITY,
	RULE_WIFI_TRUST,
	RULE_WIFI_PROXY,
	/* Blueprints. */
	RULE_WIFI_FIRST,
	RULES,
};

/* Strings are the table's own. */
struct rule_text {
	const char *id; /* "mdm-topic"; scripts know it by this */
	enum rule_level level;
	const char *sentence; /* what the rule asks for */
	const char *remedy;   /* what to do when it does not hold */
};

/* RULE is not RULE_NONE. */
const struct rule_text *rule_text(enum rule rule);

/* The level of RULE; RULE_NONE is an error. */
enum rule_level rule_level(enum rule rule);

/* "error", "warning", "note". */
const char *rule_level_to_text(enum rule_level level);

#endif
